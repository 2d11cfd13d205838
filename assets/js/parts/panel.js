/* The panel: the fragment of the selected unit, or an overview of the organization. */

import { elementWith, find, findAll, isEmbedded, top } from "../page/context.js";
import { fill, preserveFocus } from "../page/elements.js";
import { fetchCurrent, fragments, noteShown, version } from "../page/fragments.js";
import { announce } from "../page/messages.js";
import { afterPaint, setPanelDrawing, setPanelDrawn, whenPanelDrawn } from "../page/painting.js";
import { elementsOfPanel } from "../page/panels.js";
import { isWrittenRoom } from "../page/room.js";
import { scene } from "../page/scene.js";
import { dispatch, focusOf, isNarrow, store } from "../page/store.js";
import { raiseSheet } from "./sheet.js";

/** @import { Children } from "../page/elements.js" */
/** @import { Fragment, FragmentRequest } from "../state/fragment-cache.js" */
/** @import { State } from "../state/reducer.js" */

const title = () => find('meta[property="og:site_name"]').getAttribute("content") || "";
const heading = () => find("#panel h2");
/** Return the name in the heading, without the acronym. */
const nameInHeading = () => heading().firstChild?.textContent?.trim() || null;
/**
 * What the panel shows: the request and its text, the unit and its name, and the focus in which the
 * unit is visible. The unit is null for the overview, the name for an unknown unit. The focus is null
 * while it is not known for the room of this window.
 * @type {?{request: string, text: ?string, unit: ?string, name: ?string, focus: ?string}} */
let shown = null;
/** @type {?string} */
let revealedUnit = null; // the unit that the diagrams have been moved to

/** Focus a newly selected unit if it is not in the diagrams.
 *
 * Once for each selection: readers who then focus another unit are not brought back. If a
 * connection is shown, connection.js sets the focus. */
export function revealInDiagrams() {
  const state = store.current;
  if (state.to || shown?.unit !== state.unit || revealedUnit === state.unit) {
    return;
  }
  if (shown.focus === null || scene.centre !== focusOf(state)) {
    return; // it is not known yet; this is called again
  }
  revealedUnit = state.unit;
  const isOutside = shown.focus && !scene.keyOf(state.unit);
  if (state.unit && isOutside && shown.focus !== focusOf(state)) {
    dispatch({ type: "focus", unit: shown.focus, isCorrection: true });
  }
}

/** Fill the panel for another unit, from its beginning.
 * @param {(Node|string)[]} elements */
function fillAnew(elements) {
  const panel = elementWith("panel");
  const hadFocus = panel !== document.activeElement && panel.contains(document.activeElement);
  const isScrolled = panel.scrollTop > 0; // asked while nothing has to be laid out for the answer
  panel.replaceChildren(...elements);
  if (isScrolled) {
    panel.scrollTop = 0;
  }
  if (isNarrow() && window.scrollY > panel.offsetTop) {
    panel.scrollIntoView(); // there the page scrolls, not the panel
  }
  if (hadFocus) {
    heading().focus({ preventScroll: true }); // the clicked link is gone
  }
}

/** Fill the panel for the same unit again; focus and scroll position stay.
 * @param {Children} content */
function refill(content) {
  const panel = elementWith("panel");
  const restoreFocus = preserveFocus(panel);
  fill("panel", content);
  if (!restoreFocus()) {
    heading().focus({ preventScroll: true });
  }
}

/** Take what the server has written into the panel, if that is what a state asks for. */
function adopt(/** @type {State} */ { unit }) {
  const { shows, within } = elementWith("panel").dataset;
  if (shows === (unit || "")) {
    const name = unit && within !== undefined ? nameInHeading() : null;
    const isComplete = !within || isWrittenRoom();
    const request = isComplete ? requestFor(unit) : "";
    shown = { request, text: null, unit, name, focus: isComplete ? within || "" : null };
  }
}

/** @param {?string} unit - null for the overview */
const requestFor = (unit) => `${version()} ${unit ? "panel" : "overview"} ${unit || top()}`;

/** Fetch the fragment of a state, and show it.
 * @param {FragmentRequest} request @param {State} state */
async function fetchAndShow(request, state) {
  const fragment = await fetchCurrent(request, (now) => now.unit === state.unit);
  if (fragment) {
    show(fragment, state);
  }
}

/** Show the fragment of a state.
 * @param {Fragment} fragment @param {State} state */
function show(fragment, state) {
  const canonical = state.unit && fragment.known ? fragment.unit : state.unit;
  const isSameUnit = shown !== null && shown.unit === canonical;
  if (!isSameUnit) {
    fillAnew(elementsOfPanel(fragment));
  } else if (shown?.text !== fragment.text) {
    refill(fragment.content);
  }
  if (isSameUnit && shown?.name && !fragment.known) {
    announce(heading().textContent || ""); // the new edition no longer has the unit
  }
  const name = canonical && heading().textContent;
  afterPaint(() => {
    document.title = name ? `${name} – ${title()}` : title();
  });
  shown = {
    text: fragment.text,
    unit: canonical,
    name: state.unit && fragment.known ? nameInHeading() : null,
    focus: fragment.focus,
    request: requestFor(canonical),
  };
  if (canonical !== state.unit) {
    // The state has an alias.
    dispatch({ type: "select", unit: canonical, isCorrection: true });
  }
  afterPaint(revealInDiagrams);
}

/** @param {State} state */
export function follow(state) {
  if (shown === null) {
    adopt(state);
  }
  const kind = state.unit ? "panel" : "overview";
  const request = { kind, unit: state.unit || top() };
  noteShown(request);
  if (shown?.request === requestFor(state.unit)) {
    setPanelDrawn();
    return;
  }
  const fragment = fragments.arrived(request);
  if (fragment) {
    setPanelDrawn();
    show(fragment, state);
  } else {
    setPanelDrawing(fetchAndShow(request, state));
  }
}

/** Open the entry of a reference in the panel, or in the overview, which has all references.
 * @param {string} reference - its id */
export async function showReference(reference) {
  const entry = () =>
    findAll("#panel [data-reference]").find(({ dataset }) => dataset.reference === reference);
  if (!entry()) {
    dispatch({ type: "clear" });
    await whenPanelDrawn();
  }
  const found = entry();
  if (found) {
    raiseSheet();
    found.setAttribute("open", "");
    found.scrollIntoView({ block: "nearest" });
  }
}

/** Focus the heading of the panel, once the panel shows the selected unit. */
export async function focusPanel() {
  await whenPanelDrawn();
  heading().focus({ preventScroll: isEmbedded });
}

/** Return the selected unit.
 * @returns {{unit: ?string, name: ?string}} null for both if none is selected or it is unknown */
export const selectedUnit = () => ({
  unit: shown?.name ? shown.unit : null,
  name: shown?.name || null,
});
