/* The lines between linked units: each has all reasons of two units. */

/** Reasons of a line, the strongest first: the class of the kind of each, and what it says.
 * @typedef {{kinds: string[], notes: string[]}} Reasons */

/** Return the reasons of a line whose kinds are not hidden.
 * @param {Reasons} reasons
 * @param {Set<string>} hidden
 * @returns {Reasons} */
export function shownReasons({ kinds, notes }, hidden) {
  return {
    kinds: kinds.filter((kind) => !hidden.has(kind)),
    notes: notes.filter((_, at) => !hidden.has(kinds[at])),
  };
}
