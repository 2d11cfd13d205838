/* Sentences for the reader, in the language of the page: messages, the notice at the bottom, and
 * the live region for screen readers. */

import { messagesIn } from "../state/messages.js";
import { elementWith, jsonOf, language, root } from "./context.js";

const NOTICE_LASTS = 6000; // milliseconds
let noticeTimer = 0;

export const message = messagesIn(jsonOf("words"), language);

/** Give an element that contains data the language of the data, if the page has another one.
 * @template {HTMLElement} T
 * @param {T} element */
export function markAsData(element) {
  const { language: dataLanguage } = root.dataset;
  if (dataLanguage) {
    element.lang = dataLanguage;
    element.dir = "auto";
  }
  return element;
}

/** Announce a sentence to screen readers through the polite live region.
 * @param {string} sentence */
export function announce(sentence) {
  const region = elementWith("announcer");
  // An unchanged text would not be announced again.
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}

/** Show a sentence for some seconds.
 * @param {string} sentence */
export function showNotice(sentence) {
  const notice = elementWith("notice");
  notice.textContent = sentence;
  notice.classList.add("shown");
  window.clearTimeout(noticeTimer);
  noticeTimer = window.setTimeout(() => notice.classList.remove("shown"), NOTICE_LASTS);
}
