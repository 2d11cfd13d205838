/* The search without its elements: queries, and the texts of the units that were found. */

const MAX_QUERY_LENGTH = 200; // characters
const MAX_CHAIN_LENGTH = 4; // names of ancestors that are shown

/** @typedef {[start: number, end: number]} Mark a word of a text that matches */

/** Return a text as a query, null if it is blank. Addresses cannot contain lone surrogates.
 * @param {string} text */
export const queryOf = (text) =>
  text
    .slice(0, MAX_QUERY_LENGTH)
    .replace(/\p{Cs}/gu, "")
    .replace(/\s+/g, " ")
    .trim() || null;

/** Split a text into pieces, alternately without and with a mark; the first and the last have none.
 * @param {string} text
 * @param {Mark[]} marks - in ascending order */
export function splitAtMarks(text, marks) {
  const bounds = [0, ...marks.flat(), text.length];
  return bounds.slice(1).map((bound, index) => text.slice(bounds[index], bound));
}

/** Return the names of ancestors from the top down; a long chain lacks its middle.
 * @param {string[]} names */
export const shortChain = (names) =>
  names.length > MAX_CHAIN_LENGTH ? [names[0], "…", ...names.slice(-2)] : names;
