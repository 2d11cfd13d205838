/* Typeahead (ARIA Authoring Practices): typed letters lead to the next name that begins so. */

/** @param {string} text */
export const withoutAccents = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Return the index of the name to go to, -1 if none begins with what is typed. The same letter
 * again goes on to the next such name.
 * @param {string[]} names
 * @param {number} current - index of the name at which the reader is
 * @param {string} typed - without accents */
export function typeahead(names, current, typed) {
  const isOneLetter = [...typed].every((letter) => letter === typed[0]);
  const prefix = isOneLetter ? typed[0] : typed;
  const start = isOneLetter ? current + 1 : current;
  const order = names.map((_, step) => (start + step) % names.length);
  return order.find((index) => withoutAccents(names[index]).startsWith(prefix)) ?? -1;
}
