/* The parts of the page that depend on the organization as a whole, and the status of its data. */

import { elementWith, find, isEmbedded, language, root } from "../page/context.js";
import { html, replaceElement } from "../page/elements.js";
import { message } from "../page/messages.js";

const styles = html("style", {}); // the colours of kinds of relation
document.head.append(styles);

/** Update the page for another organization, or another edition of this one.
 * @param {{title: string, language: string, styles: string, parts: any[]}} content - of the
 *   fragment `page-parts` */
export function updateParts({ title, language: dataLanguage, styles: rules, parts }) {
  find('meta[property="og:site_name"]').setAttribute("content", title);
  styles.textContent = rules;
  root.dataset.language = dataLanguage;
  parts.forEach(replaceElement);
}

/** @typedef {{reason: string, read: string}} Refusal why newer data cannot be read, and when */

let shown = ""; // the problem that is shown, as JSON

/** Return a moment in words: today its time alone.
 * @param {string} text */
function formatMoment(text) {
  const [moment, now] = [new Date(text), new Date()];
  const isToday = moment.toDateString() === now.toDateString();
  const dateStyle = isToday ? undefined : "medium";
  return new Intl.DateTimeFormat(language, { dateStyle, timeStyle: "short" }).format(moment);
}

/** Return the nodes of a sentence; its reason, always in English, is an element of its own.
 * @param {Refusal} refusal */
function refusalMessage({ reason, read }) {
  const placeholder = "\u0000";
  const values = { reason: placeholder, time: formatMoment(read) };
  const [before, after] = message("data-refused", values).split(placeholder);
  return [before, html("span", { lang: "en" }, reason), after];
}

/** Show that newer data cannot be read, or that the server does not answer. This is for those who
 * maintain the data, so an embedded page does not show it.
 * @param {?Refusal|"away"} problem - null if there is none */
export function showDataStatus(problem) {
  const key = JSON.stringify(problem);
  if (key === shown || isEmbedded) {
    return;
  }
  shown = key;
  const sentence =
    problem === "away" ? [message("server-away")] : problem && refusalMessage(problem);
  elementWith("data-status").replaceChildren(...(sentence || []));
}
