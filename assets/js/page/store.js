/* The state of this page, and the addresses that it has. */

import { MOMENT_KEYS } from "../state/address.js";
import { limitsOf } from "../state/frozen.js";
import { reduce, visibleView as visibleViewIn } from "../state/reducer.js";
import { Store } from "../state/store.js";
import { ViewKeys } from "../state/view-keys.js";
import {
  embedParameters,
  fullPage,
  isEmbedded,
  jsonOf,
  pageParameters,
  root,
  top,
} from "./context.js";
import { afterAnswer } from "./painting.js";
import { currentTheme } from "./theme.js";

/** @import { Action, State } from "../state/reducer.js" */

export const keys = new ViewKeys(jsonOf("view-state"));

const narrow = window.matchMedia("(max-width: 799px)");
const wide = window.matchMedia("(min-width: 1200px)");
const roomy = window.matchMedia("(min-width: 1700px)");

/** @returns {"narrow"|"medium"|"wide"|"roomy"} */
function width() {
  if (roomy.matches) {
    return "roomy";
  }
  if (wide.matches) {
    return "wide";
  }
  return narrow.matches ? "narrow" : "medium";
}

export const isNarrow = () => narrow.matches;

/** Return the state that the query of an address describes. An embed has no search.
 * @param {string} search */
export function stateOf(search) {
  const values = keys.read(search);
  const own = { theme: currentTheme(), isChoosing: false, ...(isEmbedded ? { q: null } : {}) };
  return /** @type {State} */ ({ ...values, ...own });
}

const limits = limitsOf(root.dataset.frozen);
const surroundings = { keys, top, read: stateOf, width, isEmbedded, limits };

export const store = new Store((state, action) => reduce(state, action, surroundings), afterAnswer);

// What a reader does next is about the page as it is after a selection: its address, its links.
for (const type of ["click", "keydown"]) {
  window.addEventListener(type, () => store.callWaiting(), { capture: true });
}

/** @param {Action} action */
export const dispatch = (action) => store.dispatch(action);

/** @param {State} state */
export const focusOf = (state) => state.focus || top();

/** @param {State} state */
export const visibleView = ({ view }) => visibleViewIn(view, surroundings);

/** Follow the width of the window, on which the visible view depends. */
export function followWidth() {
  for (const query of [wide, narrow]) {
    query.addEventListener("change", () => store.refresh());
  }
}

/** Return the address of this page in a state, without its host.
 * @param {State} state */
export function addressOf(state) {
  const parameters = [...keys.parameters(state), ...pageParameters(), ...embedParameters];
  const search = new URLSearchParams(parameters).toString();
  return window.location.pathname + (search ? `?${search}` : "");
}

/** Return the address of this page at another moment.
 * @param {State} state
 * @param {Record<string, string>} other - the moment as parameters; empty for the default */
export function addressAt(state, other) {
  const address = new URL(addressOf(state), window.location.href);
  for (const key of MOMENT_KEYS) {
    address.searchParams.delete(key);
  }
  for (const [key, value] of Object.entries(other)) {
    address.searchParams.set(key, value);
  }
  return address.href;
}

/** Return the address of the full page in the current state. */
export function fullPageAddress() {
  const parameters = [...keys.parameters(store.current), ...pageParameters()];
  const address = new URL(isEmbedded ? fullPage : window.location.pathname, window.location.href);
  address.search = new URLSearchParams(parameters).toString();
  return address.href;
}

/** Write the state to the root element, where styles, scripts and tests read it.
 * @param {State} state */
export function writeDataAttributes(state) {
  root.dataset.unit = state.unit || "";
  root.dataset.focus = focusOf(state);
  root.dataset.view = visibleView(state);
  root.dataset.layout = state.layout;
  root.dataset.references = state.references;
  root.toggleAttribute("data-choosing", state.isChoosing);
}
