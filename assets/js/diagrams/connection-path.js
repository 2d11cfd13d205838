/* Draws the path between two connected units, which the server computes, over both diagrams. */

import { svg } from "../page/elements.js";
import { circleOf } from "./plotly.js";

/** @import { Path, Station } from "../state/highlight.js" */
/** @import { Cytoscape } from "./cytoscape.js" */

/** Distance from the centre of a number to its baseline. */
const BASELINE_SHIFT = "0.36em";

/** Return a copy of a sector's label, to be drawn above the line of the path.
 * @param {SVGGElement} slice */
function copyOfLabel(slice) {
  const [text] = slice.querySelectorAll("text");
  const [surface] = slice.querySelectorAll("path.surface");
  const copy = /** @type {SVGTextElement} */ (text.cloneNode(true));
  // A halo in the colour of the sector keeps the label legible where the line crosses it.
  copy.style.stroke = window.getComputedStyle(surface).fill;
  copy.setAttribute("class", ["label", ...slice.classList].join(" "));
  return copy;
}

/** Return the numbered circle of a unit on the path.
 * @param {Station} station @param {number} scale */
function stationMark({ key, number, x, y }, scale) {
  const transform = `translate(${x * scale} ${y * scale})`;
  return svg(
    "g",
    { class: "station", transform, "data-station": key },
    svg("circle", {}),
    svg("text", { y: BASELINE_SHIFT }, String(number)),
  );
}

/** Draw a path over the sectors of a plot and below their labels, in place of an earlier one.
 * @param {any} plot - Plotly's element
 * @param {SVGGElement[]} slices - its sectors
 * @param {?Path} path - null removes the path */
export function drawPathOverSunburst(plot, slices, path) {
  for (const layer of plot.querySelectorAll("g.connection-path")) {
    layer.remove();
  }
  const isDrawn = path !== null && slices.length > 0;
  plot.toggleAttribute("data-has-path", isDrawn); // a selector with :has() slows down every click
  if (!isDrawn) {
    return;
  }
  const { cx, cy, radius } = circleOf(plot, slices);
  const scale = radius / path.radius;
  const line = { d: path.lines.join(" "), transform: `scale(${scale})` };
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
    ?.append(
      svg("g", { class: "connection-path", "aria-hidden": "true" }, lines, ...labels, stations),
    );
}

/** Show a path in the network, in place of an earlier one.
 * @param {Cytoscape} cy
 * @param {string} layout - the current layout of the nodes
 * @param {?Path} path - null removes the path */
export function showPathInNetwork(cy, layout, path) {
  cy.remove(".station, .step");
  for (const edge of cy.edges(".hierarchy")) {
    edge.toggleClass("path", Boolean(path?.edges.includes(edge.id())));
  }
  if (!path) {
    return;
  }
  for (const element of cy.add(window.structuredClone(path.elements))) {
    // In another layout, all nodes are placed once it is applied.
    const place = element.isNode() && element.data(layout);
    if (place) {
      element.position({ x: place.x, y: place.y });
    }
  }
}
