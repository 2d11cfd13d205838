/* The moment that is shown: the day, and what is shown of two states. The page switches to another
 * one in place, so the view stays. */

import { closest, find, findAll, isEmbedded, moment, on } from "../page/context.js";
import { addressAt, addressOf, store } from "../page/store.js";
import { MOMENT_KEYS, momentOf } from "../state/address.js";
import { showMoment } from "./following.js";

/** @import { State } from "../state/reducer.js" */

const STEP = 1800; // milliseconds that each state is shown while they are played

/** @param {string} query */
const readMoment = (query) => momentOf(Object.fromEntries(new URLSearchParams(query)));

/** Return the moment to which a link leads. That between states keeps the days.
 * @param {HTMLElement} link */
const momentOfLink = ({ dataset }) =>
  dataset.shown === undefined
    ? readMoment(dataset.moment || "")
    : momentOf({ ...moment, state: dataset.shown });

/** @param {Record<string, string>} one @param {Record<string, string>} other */
const isSame = (one, other) => MOMENT_KEYS.every((key) => one[key] === other[key]);

/** Point the links to other moments to the same view, and mark the one that is shown.
 * @param {State} state */
export function follow(state) {
  for (const link of findAll("#current-day, #moments a")) {
    const leadsTo = momentOfLink(link);
    link.setAttribute("href", addressAt(state, leadsTo));
    if (isSame(leadsTo, moment)) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  for (const group of findAll("#moments .states")) {
    group.hidden = !("compared" in group.dataset || moment.before);
  }
  for (const slider of findAll("#moments [type=range]")) {
    showDay(/** @type {HTMLInputElement} */ (slider));
  }
}

/** @param {HTMLInputElement} slider */
const daysOf = (slider) => (slider.dataset.days || "").split(" ");

/** Return the moment of a place of the slider; the last one is the default.
 * @param {HTMLInputElement} slider @param {number} place
 * @returns {Record<string, string>} */
function momentAt(slider, place) {
  const days = daysOf(slider);
  return place >= days.length - 1 ? {} : { at: days[place] };
}

/** Show at the slider which state is shown.
 * @param {HTMLInputElement} slider */
function showDay(slider) {
  slider.value = String(moment.at ? placeOf(slider, moment.at) : daysOf(slider).length - 1);
  sayDay(slider);
}

/** Return the place of the state on a day.
 * @param {HTMLInputElement} slider @param {string} day */
const placeOf = (slider, day) => daysOf(slider).findLastIndex((begin) => begin <= day);

/** Return the day of a place of the slider, as the list of days has it.
 * @param {number} place */
function nameOfDay(place) {
  const entries = findAll("#moments li > a:first-child"); // the newest first
  return entries.at(-1 - place)?.textContent || "";
}

/** Say the day of the slider, and the one with which it is compared.
 * @param {HTMLInputElement} slider */
function sayDay(slider) {
  const name = nameOfDay(Number(slider.value));
  const earlier = moment.before && nameOfDay(placeOf(slider, moment.before));
  find("#moments .day-menu summary").textContent = earlier ? `${earlier} → ${name}` : name;
  slider.setAttribute("aria-valuetext", name);
}

/** Show another moment, and give it an address.
 * @param {Record<string, string>} parameters */
async function show(parameters) {
  if (!isSame(parameters, moment) && (await showMoment(parameters))) {
    const method = isEmbedded ? "replaceState" : "pushState";
    window.history[method](null, "", addressOf(store.current));
  }
}

// ---- Playing -----------------------------------------------------------------------------------

let playing = 0; // the timer of the next step; 0 if nothing is played

/** @param {HTMLElement} button @param {boolean} isPlaying */
function mark(button, isPlaying) {
  button.setAttribute("aria-pressed", String(isPlaying));
  button.textContent = isPlaying ? "❚❚" : "▶";
}

/** @param {HTMLElement} button */
function stop(button) {
  window.clearTimeout(playing);
  playing = 0;
  mark(button, false);
}

/** Show the states from that of the slider to the last one; from the first if it is the last.
 * @param {HTMLElement} button */
async function play(button) {
  const slider = /** @type {HTMLInputElement} */ (
    find("[type=range]", button.parentElement || document)
  );
  const last = daysOf(slider).length - 1;
  const step = async () => {
    await show(momentAt(slider, Number(slider.value) + 1));
    if (playing && Number(slider.value) < last) {
      playing = window.setTimeout(step, STEP);
    } else {
      stop(button);
    }
  };
  playing = window.setTimeout(step, STEP);
  mark(button, true);
  if (Number(slider.value) === last) {
    await show(momentAt(slider, 0));
  }
}

export function listen() {
  on("submit", "#day form", (form, event) => {
    const { name, value } = /** @type {HTMLInputElement} */ (find("[type=date]", form));
    event.preventDefault();
    find("details", find("#day")).removeAttribute("open");
    show(momentOf({ ...moment, [name]: value }));
  });
  on("click", "#current-day, #moments a", (link, event) => {
    const { altKey, ctrlKey, metaKey, shiftKey } = event;
    if (!(altKey || ctrlKey || metaKey || shiftKey)) {
      event.preventDefault();
      closest(event, "details")?.removeAttribute("open");
      show(momentOfLink(link));
    }
  });
  on("click", "#moments [data-action='play']", (button) => {
    if (playing) {
      stop(button);
    } else {
      play(button);
    }
  });
  on("input", "#moments [type=range]", (slider) => {
    sayDay(/** @type {HTMLInputElement} */ (slider));
  });
  on("change", "#moments [type=range]", (slider) => {
    const { value } = /** @type {HTMLInputElement} */ (slider);
    show(momentAt(/** @type {HTMLInputElement} */ (slider), Number(value)));
  });
  window.addEventListener("popstate", () => {
    const wanted = readMoment(window.location.search);
    if (!isSame(wanted, moment)) {
      showMoment(wanted);
    }
  });
}
