/* What the state of a frozen page is limited to: the views of which somebody has written the answers
 * beforehand (components/web/frozen/extent.py). */

import { listValues } from "./view-keys.js";

/** @import { Action, State } from "./reducer.js" */

/** @typedef {object} Limits
 * @property {boolean} opens - whether boxes are opened in place, one in another; else a box that is
 *   opened becomes the focus */

/** Return the limits of a page; null if a server answers it.
 * @param {string|undefined} frozen - what is frozen, as the root element says it
 * @returns {?Limits} */
export const limitsOf = (frozen) =>
  frozen === undefined ? null : { opens: frozen.split(" ").includes("opens") };

/** Keep the next state to what is frozen: a size or a colour; or one chain of boxes that are opened
 * or a box that is closed, in the default size and colours.
 * @param {State} next @param {State} state @param {Action} action @param {Limits} limits
 * @returns {State} */
export function limited(next, state, action, { opens }) {
  if (next.size && next.size !== state.size) {
    return { ...next, colour: null, open: null };
  }
  if (next.colour && next.colour !== state.colour) {
    return { ...next, size: null, open: null };
  }
  if (action.type === "close") {
    return { ...next, open: closed(state, action) };
  }
  if (action.type !== "open") {
    return next;
  }
  const { unit = null } = action;
  return opens && !next.size && !next.colour
    ? { ...next, open: opened(state, action) }
    : { ...next, open: null, focus: unit, unit };
}

/** Return what is opened after a box is: those around it stay open.
 * @param {State} state @param {Action} action */
function opened({ open }, { unit, above = [] }) {
  const entries = listValues(open);
  return entries.includes(`-${unit}`)
    ? null
    : [...entries.filter((entry) => above.includes(entry)), unit].join(";");
}

/** Return what is opened after a box is closed: what is around it.
 * @param {State} state @param {Action} action */
function closed({ open }, { unit }) {
  const entries = listValues(open);
  const place = entries.indexOf(String(unit));
  return place < 0 ? `-${unit}` : entries.slice(0, place).join(";") || null;
}
