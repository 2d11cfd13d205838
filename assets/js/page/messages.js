/* The messages of the scripts, in the language of the page. */

import { messagesIn } from "../state/messages.js";
import { jsonOf, language, root } from "./context.js";

export const message = messagesIn(jsonOf("words"), language);

/** Give an element that contains data the language of the data, if the page has another one.
 * @template {HTMLElement} T
 * @param {T} element
 * @returns {T} */
export function markAsData(element) {
  const { language: dataLanguage } = root.dataset;
  if (dataLanguage) {
    element.lang = dataLanguage;
    element.dir = "auto";
  }
  return element;
}
