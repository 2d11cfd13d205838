/* The reducer: how an action changes the state. */

import { limited } from "./frozen.js";
import { parentOfSmaller } from "./groups.js";
import { listValues, toggledInList } from "./view-keys.js";

/** @import { Limits } from "./frozen.js" */
/** @import { ViewKeys } from "./view-keys.js" */

/** The state of the page: the keys of the address (see view-keys.js), and two of its own.
 * @typedef {object} State
 * @property {?string} unit
 * @property {?string} to
 * @property {?string} focus - a unit or a group; null for the top
 * @property {?string} open - units and groups that are opened in place, or closed after a "-"
 * @property {?string} view - null for the default of the window's width
 * @property {?string} q
 * @property {?string} types
 * @property {?string} themes
 * @property {?string} where
 * @property {?string} changes - kinds of changes; missing unless the page shows two states
 * @property {?string} size
 * @property {?string} colour
 * @property {string} layout
 * @property {string} links
 * @property {string} references
 * @property {?string} by - null for the first of what the organization has
 * @property {string} sort
 * @property {string} theme - "light" or "dark"
 * @property {boolean} isChoosing - the next unit that is selected becomes the second one of a
 *   connection */

/** @typedef {object} Action
 * @property {string} type - see `changes`
 * @property {?string} [unit] - of "select", "connect", "focus", "open" and "close"
 * @property {string[]} [above] - of "open": what the unit is in, as in an address
 * @property {string} [key] - of "set", "toggle" and "toggle-in-list": the key of the state
 * @property {?string} [value] - of the same
 * @property {string} [theme] - of "theme"
 * @property {string} [search] - of "restore": the query of an address
 * @property {boolean} [isCorrection] - replaces the current entry of the history instead of adding
 *   one: the page replaces an alias, for example, or the reader goes on typing a query */

/** What the reducer has to know about the page.
 * @typedef {object} Surroundings
 * @property {ViewKeys} keys
 * @property {() => string} top - the unit at the top
 * @property {(search: string) => State} read - the state that an address describes
 * @property {() => "narrow"|"medium"|"wide"|"roomy"} width - of the window
 * @property {boolean} isEmbedded
 * @property {?Limits} [limits] - null if every state can be shown */

/** Return the view that is visible: narrow windows, except embeds, show one diagram at a time.
 * @param {?string} view - of the state
 * @param {Pick<Surroundings, "width"|"isEmbedded">} surroundings */
export function visibleView(view, { width, isEmbedded }) {
  const isSingle = width() === "narrow" && !isEmbedded;
  if (view && !(view === "both" && isSingle)) {
    return view;
  }
  return ["wide", "roomy"].includes(width()) ? "both" : "sunburst";
}

/** Return the next state; the same object if nothing changes.
 * @param {State} state @param {Action} action @param {Surroundings} surroundings
 * @returns {State} */
export function reduce(state, action, surroundings) {
  const { limits } = surroundings;
  const changed = { ...state, ...changes(state, action, surroundings) };
  const possible = limits ? limited(changed, state, action, limits) : changed;
  const inFocus = withSuitableFocus(possible, state, surroundings);
  const next = withSuitableView(inFocus, state, surroundings);
  const keys = /** @type {(keyof State)[]} */ (Object.keys(next));
  return keys.every((key) => next[key] === state[key]) ? state : next;
}

/** Leave a group of small units for its parent if the size by which they are small changes.
 * @param {State} next @param {State} state @param {Surroundings} surroundings */
function withSuitableFocus(next, state, { top }) {
  const group = next.focus;
  const parent = next.size !== state.size && group === state.focus && parentOfSmaller(group);
  if (!parent) {
    return next;
  }
  const focus = parent === top() ? null : parent;
  return { ...next, focus, unit: next.unit === group ? focus : next.unit };
}

/** Show the network alone if the radial layout or references are turned on in a small window.
 * @param {State} next @param {State} state @param {Surroundings} surroundings */
function withSuitableView(next, state, surroundings) {
  const needsRoom =
    (next.layout === "radial" && state.layout !== "radial") ||
    (next.references === "shown" && state.references !== "shown");
  const isCramped =
    visibleView(next.view, surroundings) === "both" && surroundings.width() !== "roomy";
  return needsRoom && isCramped ? { ...next, view: "network" } : next;
}

/** Return the keys of the state that an action changes, with their new values.
 * @param {State} state @param {Action} action @param {Surroundings} surroundings
 * @returns {Partial<State>} */
function changes(state, action, { keys, read, top }) {
  const { type, unit = null, key = "", value = null } = action;
  switch (type) {
    case "select":
      return selected(state, action);
    case "connect":
      return { ...connected(state, unit), q: null, isChoosing: false };
    case "start-choosing":
      return { isChoosing: true };
    case "stop-choosing":
      return { isChoosing: false };
    case "focus":
      return focused(state, action, top());
    case "open":
      return { open: withOpening(state.open, String(unit), true) };
    case "close":
      return { open: withOpening(state.open, String(unit), false) };
    case "clear":
      return state.isChoosing ? { isChoosing: false } : cleared(state, keys);
    case "deselect":
      return deselected(state);
    case "clear-filters":
      return withoutFilters(keys);
    case "theme":
      return { theme: action.theme };
    case "restore": // from the history of the browser
      return read(action.search || "");
    case "set":
      return { [key]: value };
    case "toggle": {
      const isOn = state[/** @type {keyof State} */ (key)] === value;
      return { [key]: isOn ? keys.defaults[key] : value };
    }
    case "toggle-in-list": {
      const list = /** @type {?string} */ (state[/** @type {keyof State} */ (key)]);
      return { [key]: toggledInList(list, String(value)) };
    }
    default:
      throw new Error(`Unknown action: ${type}`);
  }
}

/** Select a unit; while the second unit of a connection is being chosen, connect it instead.
 * @param {State} state @param {Action} action
 * @returns {Partial<State>} */
function selected(state, { unit = null, isCorrection }) {
  if (isCorrection) {
    return { unit }; // replacing an alias by the canonical name must not end the connection
  }
  if (!state.isChoosing || unit === null) {
    return { unit, to: null, q: null, isChoosing: false };
  }
  // A unit is not connected with itself.
  return unit === state.unit ? {} : { ...connected(state, unit), q: null, isChoosing: false };
}

/** Return what is opened and closed in place after a unit or a group is opened or closed.
 * @param {?string} list @param {string} unit @param {boolean} isOpen */
function withOpening(list, unit, isOpen) {
  const closed = `-${unit}`;
  const others = listValues(list).filter((entry) => entry !== unit && entry !== closed);
  // What the reader had changed before is again as it was.
  const isBack = listValues(list).includes(isOpen ? closed : unit);
  return [...others, ...(isBack ? [] : [isOpen ? unit : closed])].join(";") || null;
}

/** Make a unit the focus and select it, so that the panel is about it; at the top the panel is about
 * the whole organization. Nothing is opened in place any more. A connection, and the choice of its
 * second unit, stay as they are.
 * @param {State} state @param {Action} action @param {string} top */
function focused({ to, isChoosing }, { unit = null, isCorrection }, top) {
  const focus = unit === top ? null : unit;
  if (isCorrection) {
    return { focus };
  }
  return isChoosing || to !== null ? { focus, open: null } : { focus, open: null, unit: focus };
}

/** Connect a unit with the selected one; if none is selected, select it.
 * @param {State} state @param {?string} other */
function connected({ unit }, other) {
  return unit === null || unit === other ? { unit: other, to: null } : { to: other, open: null };
}

/** Clear the first of these that is set: the connection, the selection, the filters.
 * @param {State} state @param {ViewKeys} keys */
function cleared({ to, unit }, keys) {
  return to === null && unit === null ? withoutFilters(keys) : deselected({ to });
}

/** @param {ViewKeys} keys
 * @returns {Partial<State>} */
const withoutFilters = ({ filters }) => Object.fromEntries(filters.map((key) => [key, null]));

/** Clear the connection or, if there is none, the selection.
 * @param {Pick<State, "to">} state */
function deselected({ to }) {
  return to !== null ? { to: null } : { unit: null };
}
