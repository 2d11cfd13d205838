/* The sunburst: Plotly draws the sectors; this module draws their labels and marks, and handles
 * clicks. */

import { closest, elementWith, language, on, root } from "../page/context.js";
import { noUpdate } from "../page/dash.js";
import { svg } from "../page/elements.js";
import { encodingOf, fetchForFocus, fragments, version } from "../page/fragments.js";
import { hover, updateHighlight } from "../page/highlight.js";
import { afterAnswer } from "../page/painting.js";
import { parentOfFocus, scene } from "../page/scene.js";
import { dispatch, focusOf, store } from "../page/store.js";
import { hideTooltip, showNamedTooltip, showTooltip } from "../page/tooltip.js";
import { STATES } from "../state/scene.js";
import { drawPathOverSunburst } from "./connection-path.js";
import { circleOf, figureName, keyOf, slicesOf, watchForPlot } from "./plotly.js";
import { showLiving } from "./stage.js";
import { moveSectors } from "./sunburst-motion.js";

/** @import { Highlight } from "../state/highlight.js" */

/** @typedef {[words: string, y: number]} Line */
/** @typedef {[size: number, x: number, y: number, rotation: number, lines: Line[]]} Label */

/** @type {any} */
let plot = null; // Plotly's element
/** For ascending radii (components/diagrams/sunburst.py).
 * @type {{radius: number, texts: Record<string, Label>}[]} */
let labels = [];
let isHovered = false; // whether the pointer is on a sector

const slices = () => slicesOf(plot);

/** Return the key of the node of a sector: the share of a unit itself has a sector of its own.
 * @param {string} id */
const nodeOf = (id) => id.replace(/^o/, "u");

// ---- Clicks -----------------------------------------------------------------------------------

/** @param {{event: MouseEvent, points: {id: string, customdata: any[]}[]}} event */
function onClick({ event, points }) {
  const { id, customdata } = points[0];
  const [unit, , , below] = customdata;
  const isUnit = id.startsWith("u");
  const isGroup = id.startsWith("g");
  const state = store.current;
  const isCentre = id === scene.keyOf(focusOf(state));
  const isDoubleClick = event.detail === 2;
  if (isUnit && event.shiftKey) {
    dispatch({ type: "connect", unit });
  } else if (isCentre && state.focus) {
    dispatch({ type: "focus", unit: parentOfFocus(state.focus) });
  } else if (isGroup || (isDoubleClick && below)) {
    dispatch({ type: "focus", unit });
  } else {
    dispatch({ type: "select", unit });
  }
  return false; // prevents Plotly's own zoom
}

/** Show that the pointer is on no sector. */
function leave() {
  isHovered = false;
  hover(null);
  hideTooltip();
}

/** @param {any} element - Plotly's */
function attach(element) {
  plot = element;
  plot.on("plotly_sunburstclick", onClick);
  plot.on("plotly_hover", (/** @type {any} */ event) => {
    const { id, customdata } = event.points[0];
    const [, name, note] = customdata;
    isHovered = true;
    hover(nodeOf(id));
    if (nodeOf(id) === id) {
      showTooltip(id, event.event);
    } else {
      showNamedTooltip(name, [note], event.event);
    }
  });
  plot.on("plotly_unhover", leave);
  plot.on("plotly_afterplot", () => {
    plot.lang = root.dataset.language || language;
    if (slices().length) {
      drawLabels();
      moveSectors(plot, slices());
      updateHighlight();
      showLiving("sunburst");
    }
  });
}

export function listen() {
  document.addEventListener("click", (event) => {
    if (closest(event, "#sunburst") && !closest(event, "g.slice")) {
      dispatch({ type: "deselect" });
    }
  });
  // Plotly forgets the sector under the pointer when it draws it anew, and says nothing when it is left.
  document.addEventListener("mouseover", (event) => {
    if (isHovered && !closest(event, "#sunburst g.slice")) {
      leave();
    }
  });
  // It takes the focus once a click is answered. A press that gave it would take a frame for that,
  // and the one of the click would be late.
  on("mousedown", "#sunburst", (_, event) => event.preventDefault());
  on("click", "#sunburst", (element) => {
    // As after a press of its own: without a ring, which is for keys.
    const quietly = /** @type {FocusOptions} */ ({ preventScroll: true, focusVisible: false });
    afterAnswer(() => element.focus(quietly));
  });
  watchForPlot(elementWith("sunburst-stage"), attach);
}

// ---- Labels -----------------------------------------------------------------------------------

/** Draw the labels for the largest radius that fits the plot, scaled up to the actual one. A plot may
 * have become a little smaller than its room; then they are those of the smallest, scaled down. */
function drawLabels() {
  const { cx, cy, radius } = circleOf(plot, slices());
  const fitting = labels.findLast((candidate) => candidate.radius <= radius) || labels[0];
  const texts = fitting ? fitting.texts : {};
  const scale = fitting ? radius / fitting.radius : 1;
  for (const slice of slices()) {
    const text = /** @type {SVGTextElement} */ (slice.querySelector("text"));
    const label = texts[keyOf(slice)];
    text.replaceChildren(...(label ? label[4].map(labelLine) : []));
    if (label) {
      const [size, x, y, rotation] = label;
      const position = `translate(${cx + x * scale} ${cy + y * scale})`;
      text.setAttribute("transform", `${position} rotate(${rotation}) scale(${scale})`);
      text.style.fontSize = `${size}px`;
    }
  }
}

/** @param {Line} line */
const labelLine = ([words, y]) => svg("tspan", { x: 0, y }, words);

// ---- The highlight ----------------------------------------------------------------------------

/** Draw the ring of the keyboard cursor around a sector, above all others; null removes it.
 * @param {?SVGGElement} slice */
function drawCursor(slice) {
  for (const path of document.querySelectorAll("#sunburst .cursor")) {
    path.remove();
  }
  const surface = slice?.querySelector("path.surface");
  if (surface) {
    const d = surface.getAttribute("d") || "";
    const transform = surface.getAttribute("transform") || "";
    for (const name of ["gap", "line"]) {
      slice?.parentNode?.append(svg("path", { class: `cursor ${name}`, d, transform }));
    }
  }
}

/** Move sectors to the end of the drawing order, so that none covers half of their outlines. The last
 * stays in its place, and the others move: it may be under the pointer, and a sector that moves
 * between two clicks is not double-clicked.
 * @param {SVGGElement[]} front */
function bringToFront(front) {
  const last = front.at(-1);
  const all = slices();
  if (last && all.slice(-front.length).some((slice, index) => slice !== front[index])) {
    last.before(...all.slice(all.indexOf(last) + 1), ...front.slice(0, -1));
  }
}

/** Mark the sector of the selected unit.
 * @param {?string} selected - its key */
export function markSelected(selected) {
  for (const slice of slices()) {
    slice.classList.toggle("selected", keyOf(slice) === selected);
  }
}

/** Mark the sectors. Plotly replaces them, so this is repeated after each of its drawings.
 * @param {Highlight} highlight */
export function showHighlight({ selected, cursor, lit, chain, hits, path }) {
  const all = slices();
  markSelected(selected);
  /** @type {SVGGElement[]} */
  const bordered = [];
  /** @type {SVGGElement[]} */
  const found = [];
  for (const slice of all) {
    const key = keyOf(slice);
    const states = scene.states(key);
    slice.classList.toggle("dimmed", lit !== null && !lit.has(key));
    slice.classList.toggle("lifted", chain.has(key));
    slice.classList.toggle("hit", hits.has(key));
    for (const state of STATES) {
      slice.classList.toggle(state, states.includes(state));
    }
    if (key !== selected && hits.has(key)) {
      found.push(slice);
    } else if (key !== selected && states.length) {
      bordered.push(slice);
    }
  }
  /** @param {?string} key */
  const sectorOf = (key) => all.find((slice) => keyOf(slice) === key) || null;
  const marked = sectorOf(selected);
  bringToFront([...bordered, ...found, ...(marked ? [marked] : [])]);
  if (plot) {
    drawPathOverSunburst(plot, all, path);
  }
  drawCursor(sectorOf(cursor));
}

// ---- The figure -------------------------------------------------------------------------------

/** Return the figure of the current state; called by Dash when its store changes. */
export async function figure() {
  // At the start the store may be behind the state: Dash fills it after the first corrections.
  const state = store.current;
  const fragment = await fetchForFocus("sunburst", state, encodingOf);
  const request = { kind: "sunburst", unit: focusOf(state), parameters: encodingOf(state) };
  const name = `${state.theme} ${fragments.key(request, version())}`;
  if (fragment === null || name === figureName(plot)) {
    return noUpdate();
  }
  ({ labels } = fragment.content);
  const { data, layout } = fragment.content[state.theme];
  return { data, layout: { ...layout, meta: name } };
}
