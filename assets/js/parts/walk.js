/* Keyboard navigation in the diagrams. Each diagram is one tab stop. The arrow keys move a cursor,
 * which is a ring in both diagrams and is announced by a live region.
 *
 * A diagram has the role `application`, so that screen readers pass the arrow keys on while it has
 * the focus. Units have no elements that could take the focus, hence the live region. */

import { panTo } from "../diagrams/network.js";
import { DIAGRAMS, isLiving } from "../diagrams/stage.js";
import { elementWith, find, on, top } from "../page/context.js";
import { activeElement, setAttributes } from "../page/elements.js";
import { hasCursor, setCursor } from "../page/highlight.js";
import { announce, message } from "../page/messages.js";
import { whenPanelDrawn } from "../page/painting.js";
import { loadedFragment, scene } from "../page/scene.js";
import { dispatch, store } from "../page/store.js";
import { neighbour, opening, reasonForEnd } from "../state/walk.js";
import { focusPanel, selectedUnit } from "./panel.js";

/** @import { SceneFollower } from "../page/scene.js" */
/** @import { SceneNode } from "../state/scene.js" */
/** @import { Follower } from "../state/store.js" */

/** @type {?string} */
let cursor = null; // key of the node that was reached last
let lastDiagram = DIAGRAMS[0]; // the diagram that had the focus last
/** @type {?string} */
let centre = null; // the focused unit, as the diagrams show it
/** @type {?string|undefined} */
let announcedUnit; // the unit whose selection was announced last

/** @param {Element} element */
const isDiagram = (element) => DIAGRAMS.includes(element.id);
/** @param {{name: string, note: string}} node */
const nameAndNote = ({ name, note }) => [name, note].filter(Boolean).join(", ");

/** Return a node that the scene is known to have.
 * @param {?string} key */
const nodeAt = (key) => /** @type {SceneNode} */ (scene.node(key));

// ---- The cursor --------------------------------------------------------------------------------

/**
 * Return the key at which a step starts: the cursor, or else the selected unit or the centre; empty
 * before the scene is loaded. */
const currentKey = () =>
  scene.node(cursor)?.id || scene.keyOf(store.current.unit) || scene.keyOf(centre) || "";

/** Return the sentence that announces a node and its position.
 * @param {string} key */
function announcementOf(key) {
  const node = nodeAt(key);
  const unit = nameAndNote(node);
  const parent = scene.node(node.up);
  if (node.classes.includes("group")) {
    return message("walk-reached-group", { unit });
  }
  const { place, siblings } = node;
  const sentence = parent
    ? message("walk-reached", { unit, place, siblings, parent: parent.name })
    : message("walk-reached-centre", { unit });
  const isSelected = node.unit === store.current.unit;
  return isSelected ? `${sentence} ${message("walk-is-selected")}` : sentence;
}

/** @param {string} key */
function moveCursor(key) {
  cursor = key;
  setCursor(key);
  panTo(key);
  announce(announcementOf(key));
}

// ---- What Enter and + do -----------------------------------------------------------------------

function announceCentre() {
  const unit = nameAndNote(nodeAt(scene.keyOf(centre)));
  announce(message("centred", { unit }));
}

/** Focus a unit, unless it is a leaf.
 * @param {string} unit */
export function focusOn(unit) {
  const node = scene.node(scene.keyOf(unit));
  if (node && !node.below) {
    announce(message("walk-ends-at-leaf"));
  } else if (unit === centre) {
    announceCentre();
  } else {
    dispatch({ type: "focus", unit });
  }
}

/** Select a unit or, if it is selected, go to its panel; enter a group.
 * @param {{unit?: string, focusOn?: string}} item - a unit to select, or a group to focus */
export function activate({ unit, focusOn: group }) {
  if (group) {
    focusOn(group);
  } else if (unit === store.current.unit) {
    focusPanel();
  } else {
    dispatch({ type: "select", unit });
  }
}

// ---- What other modules call ------------------------------------------------------------------

/** Return the visible living diagram, of two the one that had the focus last; null if none is. */
export function visibleDiagram() {
  const order = [lastDiagram, ...DIAGRAMS].filter(isLiving).map(elementWith);
  return order.find((element) => element.checkVisibility()) || null;
}

/** Move the cursor by an arrow key.
 * @param {string} arrow */
export function step(arrow) {
  const node = nodeAt(currentKey());
  const isTree = activeElement()?.id === "network" && store.current.layout === "tree";
  const type = isTree ? opening(scene, arrow, node) : null;
  if (type) {
    moveCursor(node.id);
    dispatch({ type, unit: node.unit });
    announce(message(`walk-${type}`, { unit: node.name }));
    return;
  }
  const next = neighbour(scene, arrow, node, isTree);
  moveCursor(next || node.id);
  if (!next) {
    announce(message(reasonForEnd(arrow, node, top())));
  }
}

/** Return the item at the cursor.
 * @returns {?{unit?: string, focusOn?: string}} null if no diagram has the focus */
export function reachedItem() {
  const node = isDiagram(activeElement()) ? scene.node(currentKey()) : null;
  return node && (scene.isGroup(node.id) ? { focusOn: node.unit } : { unit: node.unit });
}

/** Announce a new focus, once the scene shows it. */
function followFocus(/** @type {string} */ focus) {
  if (focus === centre) {
    labelDiagrams(); // a new edition may have renamed the unit
    return;
  }
  const isFirst = centre === null;
  centre = focus;
  if (cursor && scene.isGroup(cursor)) {
    cursor = scene.keyOf(centre); // the reader has entered the group
  }
  labelDiagrams();
  if (isFirst) {
    return;
  }
  announceCentre();
  if (isDiagram(activeElement()) && hasCursor()) {
    setCursor(currentKey());
    panTo(currentKey());
  }
}

/** @type {SceneFollower} */
export function followScene(newKeyOf) {
  if (newKeyOf) {
    cursor = newKeyOf(cursor);
  }
  followFocus(loadedFragment()?.unit || top());
}

/** Make a living diagram a tab stop; the focus moves to it from its picture.
 * @param {string} diagram
 * @param {?string} unit - whose shape in the picture had the focus */
export function enable(diagram, unit) {
  const element = elementWith(diagram);
  setAttributes(element, {
    tabindex: 0,
    role: "application",
    "aria-roledescription": message("walk-diagram"),
    "aria-describedby": "walk-help",
  });
  for (const drawing of element.children) {
    drawing.setAttribute("aria-hidden", "true"); // it only has labels in an arbitrary order
  }
  labelDiagrams();
  if (unit !== null) {
    cursor = scene.keyOf(unit);
    element.focus({ preventScroll: true });
  }
}

function labelDiagrams() {
  const unit = scene.node(scene.keyOf(centre))?.name;
  for (const diagram of unit ? DIAGRAMS.filter(isLiving) : []) {
    elementWith(diagram).setAttribute("aria-label", message(`walk-${diagram}`, { unit }));
  }
}

// ---- Focus and selection -----------------------------------------------------------------------

export function listen() {
  const selector = DIAGRAMS.map((diagram) => `#${diagram}`).join();

  on("focusin", selector, (element) => {
    lastDiagram = element.id;
    if (element.matches(":focus-visible") && currentKey()) {
      moveCursor(currentKey());
    }
  });

  on("focusout", selector, () => setCursor(null));
}

/** Announce the selection once its panel is drawn; the next step starts from it. A new focus, which
 * selects its unit, is announced itself, and the cursor stays.
 * @type {Follower} */
export async function follow({ unit }, change) {
  if (unit === announcedUnit) {
    return;
  }
  const isFirst = announcedUnit === undefined;
  announcedUnit = unit;
  const { type, isCorrection } = change?.action || {};
  if (type === "focus" || isCorrection) {
    return;
  }
  if (scene.keyOf(unit)) {
    cursor = null;
  }
  await whenPanelDrawn();
  if (isFirst || store.current.unit !== unit) {
    return;
  }
  const { name } = selectedUnit();
  if (name) {
    announce(message("selected-now", { unit: name }));
  } else if (unit) {
    announce(find("#panel h2").textContent || ""); // it is unknown
  } else {
    announce(message("selected-none"));
  }
}
