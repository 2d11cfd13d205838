/* The way from one unit to another, drawn over both diagrams as the server tells it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** Pixels, as in components/diagrams/style.py. */
  const [STATION, STATION_TEXT] = [17, 10];

  const { svg } = remit;

  /** Return the label of a sector once more, to stand above the line. */
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

  remit.way = {
    /** Draw a way over the sectors of a plot, below what is written on those that it crosses. */
    overSunburst(plot, slices, way) {
      plot.querySelectorAll("g.way").forEach((each) => each.remove());
      if (!way || !slices.length) {
        return;
      }
      const radius = Math.max(...slices.map((slice) => slice.__data__.rpx1));
      const scale = radius / way.radius;
      const { cx, cy } = plot.calcdata[0][0];
      const d = way.lines.join(" ");
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
        ...way.stations.map((each) => station(each, scale)),
      );
      const labels = slices.filter((slice) => slice.querySelector("tspan")).map(label);
      const layer = slices[0].closest(".main-svg");
      layer.append(svg("g", { class: "way", "aria-hidden": "true" }, run, ...labels, marks));
    },

    /** Put a way into the network, or take it out of it; `layout` is where its nodes stand now. */
    inNetwork(cy, layout, way) {
      cy.remove(".station, .step");
      cy.edges(".hierarchy").forEach((edge) => {
        edge.toggleClass("way", Boolean(way) && way.edges.includes(edge.id()));
      });
      if (!way) {
        return;
      }
      for (const added of cy.add(window.structuredClone(way.elements))) {
        if (added.isNode() && layout) {
          const { x, y } = added.data(layout);
          added.position({ x, y });
        }
      }
    },
  };
})();
