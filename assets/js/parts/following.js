/* Following the data: when the server has a newer edition, the whole page switches to it at once.
 *
 * An edition is one state of the data; the root element names the current one (`data-version`,
 * `data-since`, `data-top`). The page switches only to later editions (`since`), as some of several
 * server processes behind one address may lag. It first fetches all that is shown from the new
 * edition, and then draws it together. */

import {
  elementWith,
  find,
  isEmbedded,
  language,
  moment,
  root,
  setMoment,
} from "../page/context.js";
import { html, replaceElement } from "../page/elements.js";
import { fetchAllShown, fragments, hasAllShown, version, withProgress } from "../page/fragments.js";
import { message, showNotice } from "../page/messages.js";
import { store } from "../page/store.js";
import { isNewer } from "../state/fragment-cache.js";

/** @import { Edition, Refusal } from "../state/fragment-cache.js" */

const POLL_EVERY = 1200; // milliseconds; the server reads a change within 0.5 s
const POLL_EVERY_OFFLINE = 3000;
const OFFLINE_AFTER = 10000;
const TIMEOUT = 8000;
const UNAVAILABLE = 503;
const MAX_ROUNDS = 5; // of fetching, while the reader goes on and asks for more
/** @type {?Edition} */
let incoming = null; // the edition that is being fetched
let shownMoment = moment; // that of the edition that is shown
let pollTimer = 0;
let polledAt = Number.NEGATIVE_INFINITY; // milliseconds since the page was opened
/** @type {?number} */
let silentSince = null; // the time of the first of several failed polls
let wasRefused = false; // the last poll reported that newer data cannot be read

const shownEdition = () => ({ version: version(), since: Number(root.dataset.since) });

const styles = html("style", {}); // the colours of kinds of relation
document.head.append(styles);

// ---- Switching ---------------------------------------------------------------------------------

/** Fetch everything that is shown; return the parts of the page that depend on the edition.
 * @param {Edition} edition */
async function fetchAll(edition) {
  const request = { kind: "page-parts", unit: edition.top };
  const pageParts = await fragments.get(request, edition.version);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    // What the reader asks for during a round is fetched in the next one.
    const isComplete = hasAllShown(edition);
    await fetchAllShown(edition);
    if (isComplete) {
      break;
    }
  }
  return pageParts.content;
}

/** @param {Edition} edition
 * @param {{title: string, language: string, styles: string, parts: any[]}} pageParts */
function show({ version: newVersion, since, top }, pageParts) {
  Object.assign(root.dataset, { version: newVersion, since, top, language: pageParts.language });
  find('meta[property="og:site_name"]').setAttribute("content", pageParts.title);
  styles.textContent = pageParts.styles;
  pageParts.parts.forEach(replaceElement);
  shownMoment = moment;
  store.refresh();
}

/** Fetch an edition and show it, unless another one is wanted meanwhile; return whether it is shown.
 * @param {Edition} edition */
async function take(edition) {
  incoming = edition;
  try {
    const pageParts = await fetchAll(edition);
    const isWanted = incoming === edition;
    if (isWanted) {
      show(edition, pageParts);
    }
    return isWanted;
  } finally {
    if (incoming === edition) {
      incoming = null;
    }
  }
}

/** @param {Edition} edition */
async function switchTo(edition) {
  if (incoming && incoming.since >= edition.since) {
    return;
  }
  try {
    if (await take(edition)) {
      showNotice(message("data-changed"));
    }
  } catch {
    // The page stays as it is; the next poll tries again.
  }
}

/** Show another moment; the newest call wins.
 * @param {Record<string, string>} parameters - of the moment
 * @returns {Promise<boolean>} whether it is shown */
export async function showMoment(parameters) {
  setMoment(parameters);
  const wanted = moment;
  incoming = null; // what is on its way is of another moment
  try {
    const edition = await withProgress(fetchEdition({ ...wanted, wait: "yes" }));
    return moment === wanted && (await withProgress(take(edition)));
  } catch (error) {
    if (moment === wanted) {
      setMoment(shownMoment);
      store.refresh();
      showNotice(error instanceof Unavailable ? error.message : message("no-answer"));
    }
    return false;
  }
}

/** A moment that cannot be shown now; the message says why. */
class Unavailable extends Error {}

/** Return the edition of a moment.
 * @param {Record<string, string>} parameters
 * @returns {Promise<Edition>} */
async function fetchEdition(parameters) {
  const signal = AbortSignal.timeout(TIMEOUT);
  const query = new URLSearchParams(parameters);
  const address = query.size ? `version?${query}` : "version";
  const response = await window.fetch(address, { cache: "no-store", signal });
  if (response.status === UNAVAILABLE) {
    throw new Unavailable(await response.text());
  }
  if (!response.ok) {
    throw new Error(response.statusText);
  }
  return response.json();
}

// ---- The status of the data --------------------------------------------------------------------

let shownProblem = ""; // as JSON

/** Return a time in words: today without the day.
 * @param {string} text */
function formatMoment(text) {
  const [time, now] = [new Date(text), new Date()];
  const isToday = time.toDateString() === now.toDateString();
  const dateStyle = isToday ? undefined : "medium";
  return new Intl.DateTimeFormat(language, { dateStyle, timeStyle: "short" }).format(time);
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
function showDataStatus(problem) {
  const key = JSON.stringify(problem);
  if (key === shownProblem || isEmbedded) {
    return;
  }
  shownProblem = key;
  const sentence =
    problem === "away" ? [message("server-away")] : problem && refusalMessage(problem);
  elementWith("data-status").replaceChildren(...(sentence || []));
}

// ---- Polling -----------------------------------------------------------------------------------

/** @param {Edition} edition */
function onAnswer(edition) {
  silentSince = null;
  // A file that is being written is often invalid for a moment: report it at the second poll.
  showDataStatus((wasRefused && edition.refused) || null);
  wasRefused = Boolean(edition.refused);
  if (isNewer(edition, shownEdition())) {
    switchTo(edition);
  }
}

function onFailure() {
  silentSince = silentSince || Date.now();
  if (Date.now() - silentSince > OFFLINE_AFTER) {
    showDataStatus("away");
  }
}

async function poll() {
  polledAt = performance.now();
  try {
    onAnswer(await fetchEdition(moment));
  } catch {
    onFailure();
  }
  pollLater(silentSince ? POLL_EVERY_OFFLINE : POLL_EVERY);
}

/** Poll a time after the last poll, or at once if that is over; never while the page is hidden.
 * @param {number} interval - milliseconds */
function pollLater(interval) {
  window.clearTimeout(pollTimer);
  if (document.visibilityState === "visible") {
    pollTimer = window.setTimeout(poll, polledAt + interval - performance.now());
  }
}

const pollSoon = () => pollLater(POLL_EVERY);

/** Switch to the edition that the server has instead of a requested one, if it is newer.
 * @param {Edition} edition
 * @param {boolean} isForced - switch to an older edition, too
 * @returns {boolean} whether the page switches */
function acceptEdition(edition, isForced) {
  const isAccepted = isForced || isNewer(edition, shownEdition());
  if (isAccepted) {
    switchTo(edition);
  }
  return isAccepted;
}

/** Follow the data, if the server says that it may change. The HTML of a frozen page is of the
 * default moment, whatever its address says. */
export function start() {
  fragments.acceptEdition = acceptEdition;
  if ("frozen" in root.dataset && Object.keys(moment).length) {
    showMoment(moment);
  }
  if ("follows" in root.dataset) {
    pollSoon();
    document.addEventListener("visibilitychange", pollSoon);
    window.addEventListener("online", pollSoon);
  }
}
