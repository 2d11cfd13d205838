/* The network: Dash mounts Cytoscape once; this module fills it and positions and marks nodes. */

import { findAll, property } from "../page/context.js";
import { editionFollower } from "../page/fragments.js";
import { hover, updateHighlight } from "../page/highlight.js";
import { loadedFragment, scene } from "../page/scene.js";
import { dispatch, store } from "../page/store.js";
import { hideTooltip, showLinkTooltip, showNamedTooltip, showTooltip } from "../page/tooltip.js";
import { shownReasons } from "../state/lines.js";
import { panAround, panIntoView } from "../state/viewport.js";
import { showPathInNetwork } from "./connection-path.js";
import { whenMounted } from "./cytoscape.js";
import { endMotion, isMoving, move, placesOf } from "./motion.js";
import { followViewport } from "./network-chain.js";
import { showLiving } from "./stage.js";

/** @import { Highlight } from "../state/highlight.js" */
/** @import { State } from "../state/reducer.js" */

/** The smallest zoom, as a share of the zoom at which the picture fits. */
const MIN_SHARE_OF_FIT = 0.8;
const padding = () => property("network-padding");

/** @type {any} */
let cy = null; // the Cytoscape instance
/** `sheets` by theme and layout; in pixels, `label` and `least_label`: font sizes; `strengths`: the
 * classes of links for one reason, for two, and so on; the last is for all more.
 * @type {any} */
let style = null;
/** What is on the screen.
 * @type {{text?: string, layout?: string, sheet?: string, selected?: ?string, path?: ?object,
 *   viewKey?: string, hiddenKinds?: string, touched?: ?string}} `touched` is the node that the
 *   reader has reached, opened or closed last, unless another was selected since */
const drawn = {};
let isMoved = false; // the reader has zoomed or panned; the viewport is then left alone

/** @typedef {{target: any, originalEvent: MouseEvent}} CytoscapeEvent */

/** @param {(reference: string) => void} showReference */
function addListeners(showReference) {
  /** @type {(type: string, selector: string, handler: (event: CytoscapeEvent) => void) => void} */
  const on = (type, selector, handler) => cy.on(type, selector, handler);
  on("tap", "node", ({ target, originalEvent }) => {
    const { unit, owner } = target.data();
    if (target.hasClass("opener")) {
      const type = target.hasClass("closing") ? "close" : "open";
      drawn.touched = owner;
      const opened = scene.node(owner)?.unit;
      dispatch({ type, unit: opened, above: scene.unitsAround(owner) });
    } else if (target.hasClass("group")) {
      dispatch({ type: "focus", unit });
    } else if (unit) {
      dispatch({ type: originalEvent.shiftKey ? "connect" : "select", unit });
    } else {
      showReference(target.data("reference"));
    }
  });
  on("dbltap", "node", ({ target }) => {
    if (target.data("below")) {
      dispatch({ type: "focus", unit: target.data("unit") });
    }
  });
  cy.on("tap", (/** @type {CytoscapeEvent} */ { target }) => {
    if (target === cy) {
      dispatch({ type: "deselect" });
    }
  });
  on("mouseover", "node", ({ target, originalEvent }) => {
    const { owner, name } = target.data();
    const key = owner || target.id();
    hover(key);
    if (target.hasClass("opener")) {
      showNamedTooltip(name, [], originalEvent);
    } else {
      showTooltip(key, originalEvent);
      showClosing(key);
    }
  });
  on("mouseover", "edge.link, edge.mention", ({ target, originalEvent }) => {
    lift(target);
    const { notes = [] } = target.scratch("shown") || {};
    showLinkTooltip(target.data(), notes, originalEvent);
  });
  on("mouseout", "edge.link, edge.mention", updateHighlight);
  on("mouseout", "node, edge", () => {
    hover(null);
    hideTooltip();
  });
  cy.on("scrollzoom dragpan pinchzoom", () => {
    endMotion();
    isMoved = true;
  });
  followViewport(cy);
  new ResizeObserver(onResize).observe(cy.container());
}

/** Show what closes a box, once the pointer or the cursor is on the box.
 * @param {?string} key */
function showClosing(key) {
  cy.nodes(".closing.shown").removeClass("shown");
  cy.nodes(".closing").filter(`[owner = "${key}"]`).addClass("shown");
}

/** Draw what fits into another size. A motion goes on: another focus often changes the height of the
 * legend below the diagram. */
function onResize() {
  const before = isMoving() ? placesOf(cy) : null;
  cy.resize();
  if (cy.elements().empty()) {
    return;
  }
  if (isMoved) {
    showNode(cy.nodes(".selected"));
  } else {
    applyLayout(store.current);
  }
  if (before) {
    move(cy, before);
  }
}

// ---- Layout and viewport --------------------------------------------------------------------

/** Pan as little as needed for a node to be in view; return whether the viewport moved.
 * @param {any} node - of Cytoscape */
function showNode(node) {
  if (node.empty() || !cy.width() || !cy.height()) {
    return false;
  }
  endMotion();
  const { x1, y1, x2, y2 } = node.renderedBoundingBox({ includeOutlines: false });
  const pan = {
    x: panIntoView(x1, x2, cy.width(), padding()),
    y: panIntoView(y1, y2, cy.height(), padding()),
  };
  cy.panBy(pan);
  return Boolean(pan.x || pan.y);
}

/** Return the layout to apply, of those that the nodes have: a tree whose labels would be too small
 * gets short names. */
function layoutToApply() {
  if (cy.nodes()[0].data("radial")) {
    return "radial";
  }
  return zoomToFit("tree") >= legibleZoom() ? "tree" : "compact";
}

/** Return the zoom at which labels have their smallest legible size. */
const legibleZoom = () => style.least_label / style.label;

/** Return the nodes that take room in a layout, whatever layout is styled now, if any.
 * @param {string} layout */
const nodesIn = (layout) =>
  cy
    .nodes(".unit, .group, .reference.shown, .opener")
    .not(layout === "radial" ? ".opener" : ".closing");

/** @param {string} layout */
function zoomToFit(layout) {
  const box = boundingBox(layout);
  return Math.min(
    (cy.width() - 2 * padding()) / (box.x2 - box.x1),
    (cy.height() - 2 * padding()) / (box.y2 - box.y1),
  );
}

/** Return the bounding box of all nodes and their labels in a layout.
 * @param {string} layout */
function boundingBox(layout) {
  const box = {
    x1: Number.POSITIVE_INFINITY,
    y1: Number.POSITIVE_INFINITY,
    x2: Number.NEGATIVE_INFINITY,
    y2: Number.NEGATIVE_INFINITY,
  };
  for (const node of nodesIn(layout)) {
    const at = node.data(layout);
    // The label of a dot stands outside of it, on one side; other labels are inside their nodes.
    const isOutside = node.hasClass("dot") && layout === "radial";
    const [endX, endY] = isOutside ? [2 * at.label_x, 2 * at.label_y] : [0, 0];
    const pitch = node.numericStyle("font-size") * node.numericStyle("line-height");
    const half = isOutside ? (at.label.split("\n").length * pitch) / 2 : 0;
    const beside = half * Math.abs(Math.sin(at.rotation));
    const above = half * Math.abs(Math.cos(at.rotation));
    box.x1 = Math.min(box.x1, at.x - at.width / 2, at.x + Math.min(0, endX) - beside);
    box.x2 = Math.max(box.x2, at.x + at.width / 2, at.x + Math.max(0, endX) + beside);
    box.y1 = Math.min(box.y1, at.y - at.height / 2, at.y + Math.min(0, endY) - above);
    box.y2 = Math.max(box.y2, at.y + at.height / 2, at.y + Math.max(0, endY) + above);
  }
  return box;
}

/** Apply a stylesheet. For readers who ask for more contrast, dimmed elements stay legible.
 * @param {object[]} sheet */
function applyStylesheet(sheet) {
  const stylesheet = cy.style().fromJson(sheet);
  if (window.matchMedia("(prefers-contrast: more)").matches) {
    const node = { "text-opacity": property("dimmed-text-opacity") };
    const edge = { opacity: property("dimmed-opacity") };
    stylesheet.selector("node.dimmed").style(node).selector("edge.dimmed").style(edge);
  }
  stylesheet.update();
}

/** Apply the layout and the theme of the state; the server has computed the positions.
 * @param {State} state
 * @param {boolean} keepsViewport - do not fit the picture into the viewport */
function applyLayout(state, keepsViewport = false) {
  endMotion();
  const layout = layoutToApply();
  const sheet = `${state.theme} ${layout}`;
  if (sheet !== drawn.sheet) {
    applyStylesheet(style.sheets[state.theme][layout]);
    drawn.sheet = sheet;
    drawn.layout = layout;
  }
  cy.batch(() => {
    cy.nodes().positions((/** @type {any} */ node) => ({
      x: node.data(layout).x,
      y: node.data(layout).y,
    }));
  });
  if (!keepsViewport) {
    fitIn(layout);
  }
}

/** Fit the picture into the viewport; if labels would be illegible, the part where the reader is.
 * @param {string} layout */
function fitIn(layout) {
  if (!cy.width() || !cy.height()) {
    return; // it is hidden; when it is shown, its size changes and it is fitted then
  }
  const box = boundingBox(layout);
  const level = Math.min(property("most-zoom"), Math.max(zoomToFit(layout), legibleZoom()));
  cy.minZoom(Math.min(zoomToFit(layout), legibleZoom()) * MIN_SHARE_OF_FIT);
  const touched = cy.getElementById(drawn.touched || "");
  const places = [touched, cy.nodes(".selected"), cy.nodes()];
  const point = places.find((nodes) => nodes.nonempty())[0].position();
  const pan = {
    x: panAround(box.x1 * level, box.x2 * level, cy.width(), padding(), point.x * level),
    y: panAround(box.y1 * level, box.y2 * level, cy.height(), padding(), point.y * level),
  };
  cy.viewport({ zoom: level, pan });
  isMoved = false;
}

// ---- Links ----------------------------------------------------------------------------------------

/** Let a line stand out among all others.
 * @param {any} line - of Cytoscape */
function lift(line) {
  cy.batch(() => {
    cy.edges(".link.shown, .mention.shown").addClass("dimmed").removeClass("lifted");
    line.addClass("lifted").removeClass("dimmed");
  });
}

/** Draw each link for the reasons whose kinds are switched on in the legend. */
function applyKinds() {
  const off = findAll("#lines button[aria-pressed='false'] > .swatch");
  const hidden = new Set(off.flatMap(({ classList }) => [...classList]));
  const key = `${drawn.text} ${[...hidden].join(" ")}`;
  if (key === drawn.hiddenKinds) {
    return;
  }
  drawn.hiddenKinds = key;
  for (const link of cy.edges(".link")) {
    const shown = shownReasons(link.data(), hidden);
    const count = Math.max(shown.kinds.length, link.data("moved") || 0);
    const strength = Math.min(count, style.strengths.length) - 1;
    link.scratch("shown", shown);
    link.removeClass([...link.data("kinds"), ...style.strengths]);
    link.addClass([shown.kinds[0] || "", style.strengths[strength] || ""]);
  }
}

/** Show the kinds of links that are switched on, once the network is alive. */
export function updateLines() {
  if (cy && style) {
    updateHighlight();
  }
}

// ---- What other modules call ------------------------------------------------------------------

/** @param {Highlight} highlight */
export function showHighlight({ selected, cursor, lit, chain, active, hits, path }) {
  if (!cy || drawn.text !== loadedFragment()?.text) {
    return;
  }
  const { links, references } = store.current;
  if (drawn.path !== path) {
    showPathInNetwork(cy, drawn.layout || "", path);
    drawn.path = path;
  }
  const isNewSelection = selected !== drawn.selected;
  drawn.selected = selected;
  drawn.touched = isNewSelection ? null : drawn.touched;
  cy.batch(() => {
    applyKinds();
    for (const mark of cy.nodes(".mark")) {
      const { owner } = mark.data();
      mark.toggleClass("dimmed", lit !== null && !lit.has(owner));
      mark.toggleClass("covered", Boolean(path?.keys.includes(owner)));
    }
    for (const opener of cy.nodes(".opener")) {
      opener.toggleClass("faded", lit !== null && !lit.has(opener.data("owner")));
    }
    for (const node of cy.nodes().not(".station, .mark, .opener")) {
      const key = node.id();
      node.toggleClass("dimmed", lit !== null && !lit.has(key));
      node.toggleClass("lifted", chain.has(key));
      node.toggleClass("hit", hits.has(key));
      node.toggleClass("selected", key === selected);
      node.toggleClass("cursor", key === cursor);
    }
    for (const edge of cy.edges(".hierarchy")) {
      const ends = [edge.source().id(), edge.target().id()];
      edge.toggleClass("lifted", chain.has(ends[0]) && chain.has(ends[1]));
      edge.toggleClass("dimmed", lit !== null && !ends.every((end) => lit.has(end)));
    }
    cy.nodes(".reference").toggleClass("shown", references === "shown");
    for (const edge of cy.edges(".link, .mention")) {
      const isActive = [edge.source(), edge.target()].some((end) => active.includes(end.id()));
      const isShown = edge.hasClass("mention")
        ? references === "shown"
        : isActive || edge.hasClass("change") || (links === "all" && !edge.hasClass("theme"));
      edge.toggleClass("shown", isShown && edge.scratch("shown")?.kinds.length !== 0);
      edge.toggleClass("lifted", isActive);
      edge.toggleClass("dimmed", lit !== null && !isActive);
    }
  });
  if (cursor) {
    showClosing(cursor);
  }
  if (isNewSelection) {
    showNode(cy.nodes(".selected"));
  }
}

/** Zoom around the centre of the viewport, once the network is alive.
 * @param {number} factor */
export function zoom(factor) {
  if (cy) {
    endMotion();
    isMoved = true;
    const renderedPosition = { x: cy.width() / 2, y: cy.height() / 2 };
    cy.zoom({ level: cy.zoom() * factor, renderedPosition });
  }
}

export function fit() {
  if (drawn.sheet) {
    applyLayout(store.current);
  }
}

/** Pan as little as needed for a node to be in view.
 * @param {string} key */
export function panTo(key) {
  if (cy) {
    drawn.touched = key;
    isMoved = showNode(cy.getElementById(key)) || isMoved;
  }
}

// ---- Drawing ----------------------------------------------------------------------------------

/** Draw as soon as Dash has mounted Cytoscape.
 * @param {(reference: string) => void} showReference - called when a reference is clicked */
export async function start(showReference) {
  cy = await whenMounted("network");
  addListeners(showReference);
  draw();
}

const takeStyle = (/** @type {any} */ content) => {
  style = content;
  drawn.sheet = "";
};
const followStyle = editionFollower("network-style", takeStyle, "");

/** Draw the scene, with the styles of its edition. */
export async function followScene() {
  await followStyle();
  draw();
}

function draw() {
  const [fragment, state] = [loadedFragment(), store.current];
  if (!cy || !style || fragment === null) {
    return;
  }
  const isNewContent = drawn.text !== fragment.text;
  const before = isNewContent && drawn.text ? placesOf(cy) : null;
  if (isNewContent) {
    endMotion();
    cy.elements().remove();
    drawn.path = null;
    cy.add(window.structuredClone(fragment.content));
  }
  const { layout, references, theme } = state;
  const viewKey = `${fragment.unit} ${layout} ${references} ${theme}`;
  if (isNewContent || drawn.viewKey !== viewKey || !drawn.sheet) {
    // Where only the data has changed, the reader's viewport stays.
    const isSameView = drawn.viewKey === viewKey;
    const keepsViewport = isMoved && isSameView;
    const touched = isSameView ? drawn.touched : null;
    Object.assign(drawn, { touched, text: fragment.text, viewKey });
    updateHighlight();
    applyLayout(state, keepsViewport);
    if (keepsViewport) {
      showNode(cy.getElementById(touched || ""));
    }
    if (before) {
      move(cy, before);
    }
    // Cytoscape draws in the next frame.
    window.requestAnimationFrame(() => {
      window.setTimeout(() => showLiving("network"));
    });
  }
}
