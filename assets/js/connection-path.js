/* Draws the path between two connected units, which the server computes, over both diagrams. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** Pixels, as in components/diagrams/style.py. */
  const STATION_DIAMETER = 17;
  const STATION_FONT_SIZE = 10;
  /** Distance from the centre of a number to its baseline, in font sizes. */
  const BASELINE_SHIFT = 0.36;

  const svg = (...parts) => remit.svg(...parts);

  /**
   * Return a copy of a sector's label, to be drawn above the line of the path.
   * @param {SVGGElement} slice
   * @returns {SVGTextElement}
   */
  function copyOfLabel(slice) {
    const copy = slice.querySelector("text").cloneNode(true);
    // A halo in the colour of the sector keeps the label legible where the line crosses it.
    copy.style.stroke = window.getComputedStyle(slice.querySelector("path.surface")).fill;
    copy.setAttribute("class", ["label", ...slice.classList].join(" "));
    return copy;
  }

  /** Return the numbered circle of a unit on the path. */
  function stationMark({ key, number, x, y }, scale) {
    const transform = `translate(${x * scale} ${y * scale})`;
    return svg(
      "g",
      { class: "station", transform, "data-station": key },
      svg("circle", { r: STATION_DIAMETER / 2 }),
      svg(
        "text",
        { y: STATION_FONT_SIZE * BASELINE_SHIFT, "font-size": STATION_FONT_SIZE },
        String(number),
      ),
    );
  }

  remit.connectionPath = {
    /**
     * Draw a path over the sectors of a plot and below their labels, in place of an earlier one.
     * @param {HTMLElement} plot - Plotly's element
     * @param {SVGGElement[]} slices - its sectors
     * @param {?object} path - `radius`, `lines` and `stations`; null removes the path
     */
    drawOverSunburst(plot, slices, path) {
      plot.querySelectorAll("g.connection-path").forEach((layer) => layer.remove());
      if (!path || !slices.length) {
        return;
      }
      const radius = Math.max(...slices.map((slice) => slice.__data__.rpx1));
      const scale = radius / path.radius;
      const { cx, cy } = plot.calcdata[0][0];
      const line = {
        d: path.lines.join(" "),
        transform: `scale(${scale})`,
        "vector-effect": "non-scaling-stroke",
      };
      const lines = svg(
        "g",
        { transform: `translate(${cx} ${cy})` },
        svg("path", { ...line, class: "halo" }),
        svg("path", { ...line, class: "line" }),
      );
      const stations = svg(
        "g",
        { transform: `translate(${cx} ${cy})` },
        ...path.stations.map((station) => stationMark(station, scale)),
      );
      const labels = slices.filter((slice) => slice.querySelector("tspan")).map(copyOfLabel);
      slices[0]
        .closest(".main-svg")
        .append(
          svg("g", { class: "connection-path", "aria-hidden": "true" }, lines, ...labels, stations),
        );
    },

    /**
     * Show a path in the network, in place of an earlier one.
     * @param {object} cy - the Cytoscape instance
     * @param {string} layout - the current layout of the nodes
     * @param {?object} path - `edges` and `elements`; null removes the path
     */
    showInNetwork(cy, layout, path) {
      cy.remove(".station, .step");
      cy.edges(".hierarchy").forEach((edge) => {
        edge.toggleClass("path", Boolean(path) && path.edges.includes(edge.id()));
      });
      if (!path) {
        return;
      }
      for (const element of cy.add(window.structuredClone(path.elements))) {
        if (element.isNode() && layout) {
          const { x, y } = element.data(layout);
          element.position({ x, y });
        }
      }
    },
  };
})();
