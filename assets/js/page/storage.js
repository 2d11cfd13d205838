/* The reader's choices. In an embed nothing is stored, and browsers may block the storage (in a
 * sandboxed frame or a private window): a choice then lasts as long as the page. */

import { isEmbedded } from "./context.js";

/** @param {string} key @returns {?string} */
export function readChoice(key) {
  try {
    return isEmbedded ? null : window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function storeChoice(key, value) {
  try {
    if (!isEmbedded) {
      window.localStorage.setItem(key, value);
    }
  } catch {
    // The storage is blocked.
  }
}
