/* The path between two connected units, drawn over both diagrams with what the server computed. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** Pixels, as in components/diagrams/style.py. */
  const [STATION, STATION_TEXT] = [17, 10];

  const svg = (...parts) => remit.svg(...parts);

  /** Return a copy of a sector's label, to be drawn above the line. */
  function label(slice) {
    const copy = slice.querySelector("text").cloneNode(true);
    const { classList } = slice;
    // A halo of the sector's own colour, where the line crosses it.
    copy.style.stroke = window.getComputedStyle(slice.querySelector("path.surface")).fill;
    copy.setAttribute("class", ["label", ...classList].join(" "));
    return copy;
  }

  function station({ key, number, x, y }, scale) {
    const at = `translate(${x * scale} ${y * scale})`;
    return svg(
      "g",
      { class: "station", transform: at, "data-station": key },
      svg("circle", { r: STATION / 2 }),
      svg("text", { y: STATION_TEXT * 0.36, "font-size": STATION_TEXT }, String(number)),
    );
  }

  remit.connectionPath = {
    /** Draw a path over the sectors of a plot, below the labels that it crosses. */
    overSunburst(plot, slices, path) {
      plot.querySelectorAll("g.connection-path").forEach((each) => each.remove());
      if (!path || !slices.length) {
        return;
      }
      const radius = Math.max(...slices.map((slice) => slice.__data__.rpx1));
      const scale = radius / path.radius;
      const { cx, cy } = plot.calcdata[0][0];
      const d = path.lines.join(" ");
      const drawn = { d, transform: `scale(${scale})`, "vector-effect": "non-scaling-stroke" };
      const run = svg(
        "g",
        { transform: `translate(${cx} ${cy})` },
        svg("path", { ...drawn, class: "halo" }),
        svg("path", { ...drawn, class: "line" }),
      );
      const marks = svg(
        "g",
        { transform: `translate(${cx} ${cy})` },
        ...path.stations.map((each) => station(each, scale)),
      );
      const labels = slices.filter((slice) => slice.querySelector("tspan")).map(label);
      const layer = slices[0].closest(".main-svg");
      layer.append(svg("g", { class: "connection-path", "aria-hidden": "true" }, run, ...labels, marks));
    },

    /** Add a path to the network, or remove it; `layout` is the current layout of the nodes. */
    inNetwork(cy, layout, path) {
      cy.remove(".station, .step");
      cy.edges(".hierarchy").forEach((edge) => {
        edge.toggleClass("path", Boolean(path) && path.edges.includes(edge.id()));
      });
      if (!path) {
        return;
      }
      for (const added of cy.add(window.structuredClone(path.elements))) {
        if (added.isNode() && layout) {
          const { x, y } = added.data(layout);
          added.position({ x, y });
        }
      }
    },
  };
})();
