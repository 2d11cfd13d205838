/* The highlight of this page: what is hovered, reached, selected or found stands out in all
 * pictures of the organization. */

import { highlightOf } from "../state/highlight.js";
import { afterPaint } from "./painting.js";
import { prefetchPanel } from "./panels.js";
import { scene } from "./scene.js";
import { store } from "./store.js";

/** @import { Highlight, Spotlight } from "../state/highlight.js" */
/** @import { Follower } from "../state/store.js" */
/** @import { SceneFollower } from "./scene.js" */

/** @typedef {(highlight: Highlight) => void} Viewer */

/** By falling priority: the first spotlight that has something to show is shown. */
const SPOTLIGHTS = ["search", "connection", "filter"];
/** @type {Map<string, ?(() => ?Spotlight)>} */
const spotlights = new Map();
/** @type {{marks: ((selected: ?string) => void)[], fast: Viewer[], slow: Viewer[]}} */
let viewers = { marks: [], fast: [], slow: [] };
/** @type {?string} */
let hovered = null; // key of the node under the pointer
/** @type {?string} */
let cursor = null; // key of the node that the keyboard has reached

/** Return the content of the spotlight with the highest priority; null if none is on. */
function spotlightContent() {
  for (const name of SPOTLIGHTS) {
    const content = spotlights.get(name)?.();
    if (content) {
      return content;
    }
  }
  return null;
}

function current() {
  const selected = scene.keyOf(store.current.unit);
  return highlightOf(scene, { selected, hovered, cursor, spotlight: spotlightContent() });
}

/** @param {Viewer[]} list */
function show(list) {
  const highlight = current();
  list.forEach((viewer) => viewer(highlight));
}

/** Set what shows the highlight.
 * @param {typeof viewers} added - slow ones must not delay the panel; marks show no more than which
 *   node is selected */
export function showHighlightIn(added) {
  viewers = added;
}

export function updateHighlight() {
  show([...viewers.fast, ...viewers.slow]);
}

/** Mark the selected node; its highlight follows.
 * @type {Follower} */
export function showSelection({ unit }) {
  const selected = scene.keyOf(unit);
  viewers.marks.forEach((mark) => mark(selected));
}

/** Show the highlight of a new state. */
export function followState() {
  show(viewers.fast);
  afterPaint(() => show(viewers.slow));
}

/** Show the highlight of a new scene.
 * @type {SceneFollower} */
export function followScene(newKeyOf) {
  if (newKeyOf) {
    const moved = newKeyOf(cursor);
    cursor = scene.node(moved) ? moved : null;
    hovered = null;
    updateHighlight();
  }
}

/** @param {?string} key */
function prefetch(key) {
  const node = scene.node(key);
  if (node?.unit) {
    prefetchPanel(node.unit);
  }
}

/** Turn a spotlight on, or off with null.
 * @param {string} name - one of SPOTLIGHTS
 * @param {?(() => ?Spotlight)} content - called at every update; returns null for nothing */
export function setSpotlight(name, content) {
  if (content || spotlights.get(name)) {
    spotlights.set(name, content);
    updateHighlight();
  }
}

/** Highlight the node under the pointer; null when the pointer has left it.
 * @param {?string|undefined} key */
export function hover(key) {
  const known = scene.node(key) ? key || null : null;
  if (known !== hovered) {
    hovered = known;
    prefetch(known);
    updateHighlight();
  }
}

/** Draw a ring around the node that the keyboard has reached; null removes it.
 * @param {?string} key */
export function setCursor(key) {
  hovered = null;
  cursor = key;
  prefetch(key);
  updateHighlight();
}

export const hasCursor = () => cursor !== null;
