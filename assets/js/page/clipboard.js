/** Copy a text. The promise is rejected over plain HTTP, where browsers have no clipboard.
 * @param {string} text */
export async function copyText(text) {
  await window.navigator.clipboard.writeText(text);
}
