/* Components as JSON with marks of places, which `place` in `components/views/text.py` returns. */

const MARK = /\0(\w+)\0/;

/** Return components with their places filled in, which may be by text, a component or a list.
 * @param {any} content @param {Record<string, any>} places
 * @returns {any} */
export function fill(content, places) {
  if (typeof content === "string") {
    return fillText(content, places);
  }
  if (Array.isArray(content)) {
    return joinTexts(content.flatMap((part) => fill(part, places)));
  }
  if (content && typeof content === "object") {
    const entries = Object.entries(content);
    return Object.fromEntries(entries.map(([key, value]) => [key, fill(value, places)]));
  }
  return content;
}

/** @param {string} text @param {Record<string, any>} places */
function fillText(text, places) {
  const pieces = text.split(MARK); // every second one is the name of a place
  if (pieces.length === 1) {
    return text;
  }
  if (pieces.join("") === pieces[1]) {
    return places[pieces[1]];
  }
  const parts = pieces.flatMap((piece, index) => (index % 2 ? places[piece] : piece));
  const [first, ...others] = joinTexts(parts.filter((part) => part !== ""));
  return others.length ? [first, ...others] : first;
}

/** Return parts of a sentence with adjacent texts joined.
 * @param {any[]} parts */
function joinTexts(parts) {
  /** @type {any[]} */
  const joined = [];
  for (const part of parts) {
    if (typeof part === "string" && typeof joined.at(-1) === "string") {
      joined.push(joined.pop() + part);
    } else {
      joined.push(part);
    }
  }
  return joined;
}
