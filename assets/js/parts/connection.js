/* How two units are connected: choosing the second unit, and showing the path to it. */

import { closest, elementWith, find, findAll, onCapture } from "../page/context.js";
import { fill, html, preserveFocus } from "../page/elements.js";
import { arrangementOf, fetchCurrent } from "../page/fragments.js";
import { setSpotlight } from "../page/highlight.js";
import { message, showNotice } from "../page/messages.js";
import { whenPanelDrawn } from "../page/painting.js";
import { isArrangedFor, scene } from "../page/scene.js";
import { dispatch, focusOf, isNarrow, store } from "../page/store.js";
import { selectedUnit } from "./panel.js";

/** @import { Children } from "../page/elements.js" */
/** @import { Path } from "../state/highlight.js" */
/** @import { State } from "../state/reducer.js" */
/** @import { Follower } from "../state/store.js" */

/** @typedef {Path & {to: string, panel: Children}} Connection the content of a fragment */

/** @type {?Connection} */
let shown = null;
/** @type {?string} */
let shownPair = null; // the two units in the panel, as JSON
/** @type {?string} */
let focusedOnArrival = null; // the second unit whose section takes the focus once it is shown
const banner = html("div", { id: "choosing", role: "status" });

// ---- Choosing the second unit ------------------------------------------------------------------

/** Show that the next selected unit, in any view, becomes the second one. */
function showChoosing() {
  const cancel = html("button", { type: "button" }, message("connection-cancel"));
  cancel.addEventListener("click", () => {
    dispatch({ type: "stop-choosing" });
    focusElement('#panel [data-action="connect"]');
  });
  banner.replaceChildren(html("span", {}, message("connection-hint")), cancel);
  if (isNarrow()) {
    find("main").scrollIntoView();
  }
}

/** @param {string} selector */
function focusElement(selector) {
  findAll(selector)[0]?.focus({ preventScroll: true });
}

/** @type {Follower} */
function followChoosing(state, change) {
  const wasChoosing = Boolean(change?.before.isChoosing);
  if (state.isChoosing && !wasChoosing) {
    showChoosing();
  } else if (!state.isChoosing && wasChoosing) {
    banner.replaceChildren();
    if (change?.action.type === "select") {
      focusedOnArrival = state.to;
    }
  }
}

// ---- Showing the path --------------------------------------------------------------------------

/** @type {Follower} */
export async function follow(state, change) {
  followChoosing(state, change);
  const { unit, to } = state;
  if (focusedOnArrival !== to) {
    focusedOnArrival = null;
  }
  if (!unit || !to) {
    show(null);
    return;
  }
  await whenPanelDrawn();
  const [focus, arrangement] = [focusOf(state), arrangementOf(state)];
  /** @param {State} now */
  const isWanted = (now) =>
    now.unit === unit &&
    now.to === to &&
    focusOf(now) === focus &&
    JSON.stringify(arrangementOf(now)) === JSON.stringify(arrangement);
  if (!isWanted(store.current) || selectedUnit().unit !== unit) {
    return; // the state has changed meanwhile, or the selected unit is unknown
  }
  const request = { kind: "connection", unit, parameters: { to, focus, ...arrangement } };
  const fragment = await fetchCurrent(request, isWanted);
  if (fragment === null) {
    if (isWanted(store.current)) {
      focusedOnArrival = null; // the request failed
    }
    return;
  }
  if (!fragment.known) {
    showNotice(message("connection-unknown"));
    dispatch({ type: "set", key: "to", value: null, isCorrection: true });
  } else if (fragment.content.to !== to) {
    // `to` was an alias, perhaps of the selected unit itself.
    focusedOnArrival = focusedOnArrival && fragment.content.to;
    dispatch({ type: "connect", unit: fragment.content.to, isCorrection: true });
  } else {
    show(fragment.content, state);
    if (fragment.focus !== focus) {
      dispatch({ type: "focus", unit: fragment.focus, isCorrection: true });
    }
  }
}

/** Show the connection of a state in the panel and in both diagrams; null removes it.
 * @param {?Connection} content @param {State} [state] */
function show(content, state = store.current) {
  showInPanel(content);
  if (content !== shown) {
    shown = content;
    setSpotlight("connection", content && (() => spotlight(content, state)));
  }
}

/** Fill the section of the panel, unless it shows this content already.
 * @param {?Connection} content */
function showInPanel(content) {
  const place = document.getElementById("connection");
  // The panel may have been drawn again meanwhile; its section is empty then.
  const isFilled = place?.hasChildNodes();
  if (!place || (content === shown && Boolean(content) === isFilled)) {
    return;
  }
  const hadFocus = place.contains(document.activeElement);
  const restoreFocus = preserveFocus(place);
  fill("connection", content ? content.panel : []);
  const { unit, to } = store.current;
  const pair = content && JSON.stringify([unit, to]);
  const isSamePair = content && pair === shownPair;
  const isFocusKept = isSamePair && restoreFocus();
  if (!isFocusKept && ((content && focusedOnArrival) || hadFocus)) {
    focusElement(content ? "#connection h3" : "#panel h2");
  }
  if (content && !isSamePair) {
    focusedOnArrival = null;
    elementWith("panel").scrollTop = 0;
  }
  shownPair = pair;
}

/** Return the path of a state and its stations for the highlight; null until the diagrams show them
 * all, where they are in the state.
 * @param {Path} path @param {State} state */
function spotlight(path, state) {
  const keys = new Set(path.keys);
  const isDrawn = isArrangedFor(state) && path.keys.every((key) => scene.node(key));
  return isDrawn ? { lit: keys, hits: keys, path } : null;
}

// ---- Click with Shift --------------------------------------------------------------------------

/** Return the unit that a click with Shift connects; null if the click is left to the browser.
 * @param {MouseEvent} event */
function unitToConnect(event) {
  const link = event.shiftKey ? closest(event, "a[data-unit]") : null;
  const connects = link && (store.current.unit || link.closest("#outline"));
  return (connects && !link.closest("dialog") && link.dataset.unit) || null;
}

export function listen() {
  document.body.append(banner);

  // Before the browser opens a window, and before the listeners that ignore clicks with Shift.
  onCapture("click", "a[data-unit]", (_, event) => {
    const unit = unitToConnect(event);
    if (unit) {
      event.preventDefault();
      dispatch({ type: "connect", unit });
    }
  });

  // Otherwise Shift would select the text between the last click and this one.
  document.addEventListener("mousedown", (event) => {
    if (event.shiftKey && (unitToConnect(event) || closest(event, ".diagram"))) {
      event.preventDefault();
    }
  });
}
