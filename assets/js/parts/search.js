/* The search: an editable combobox (ARIA Authoring Practices) with a list of units.
 *
 * The query is part of the state (`q`), and the list is open while there is one. Typing sets the
 * query, the server answers it, and choosing a unit ends it. */

import { closest, elementWith, find, findAll, moment, on, onCapture } from "../page/context.js";
import { html } from "../page/elements.js";
import { fragments, version, withProgress } from "../page/fragments.js";
import { hover, setSpotlight } from "../page/highlight.js";
import { markAsData, message, showNotice } from "../page/messages.js";
import { prefetchPanel } from "../page/panels.js";
import { scene } from "../page/scene.js";
import { dispatch, store } from "../page/store.js";
import { EditionGone } from "../state/fragment-cache.js";
import { queryOf, shortChain, splitAtMarks } from "../state/search.js";

/** @import { State } from "../state/reducer.js" */
/** @import { Mark } from "../state/search.js" */

/** A unit that was found, as the server answers; `chain` from the top down.
 * @typedef {object} Hit
 * @property {string} unit
 * @property {string} name
 * @property {string} acronym
 * @property {string} [change] - of two states: "gone", "new" or "moved"
 * @property {{unit: string, name: string}[]} chain
 * @property {Mark[]} name_marks
 * @property {?{kind: string, heading: string, text: string, marks: Mark[]}} matched - what else
 *   matches; with the heading of the column if the table names it */
/** @typedef {object} Answer
 * @property {Hit[]} hits
 * @property {boolean} near - the words are only similar, or none is
 * @property {boolean} [preparing] - the server has searched only the units near the top as yet */

const ASK_AGAIN_AFTER = 1000; // milliseconds, while the server prepares the search
const ANNOUNCE_DELAY = 400; // milliseconds; typing on within them cancels the announcement

const HIT = "#search-hits > li";
const touch = window.matchMedia("(pointer: coarse)");
/** @type {?string} */
let currentQuery = null; // as in the state
let searchedVersion = ""; // the edition that it was sent to
let request = new AbortController();
/** @type {?string} */
let answeredQuery = null; // the query of the hits in the list, which may lag behind
/** @type {Hit[]} */
let hits = [];
let active = -1; // index of the active option
/** @type {(() => void)[]} */
let pendingActions = []; // of keys that were pressed before the answer arrived
let announceTimer = 0;

const field = () => /** @type {HTMLInputElement} */ (elementWith("search"));
const list = () => elementWith("search-hits");
const popup = () => find(".search .popup");
/** @param {Element} item */
const indexOf = (item) => [...list().children].indexOf(item);

// ---- The query ---------------------------------------------------------------------------------

/** @param {?string} query */
function setQuery(query) {
  dispatch({ type: "set", key: "q", value: query, isCorrection: true });
}

const close = () => setQuery(null);

/** Answer the query of the state, whether it was typed or comes from the address.
 * @param {State} state */
export function follow({ q }) {
  if (q === currentQuery) {
    if (q && searchedVersion !== version()) {
      ask(q); // in the new edition; the list stays until the answer replaces it
    }
    return;
  }
  const query = q && queryOf(q);
  if (query !== q) {
    setQuery(query);
    return;
  }
  currentQuery = query;
  request.abort();
  pendingActions = [];
  activate(-1);
  if (query === null) {
    hide();
    return;
  }
  if (queryOf(field().value) !== query) {
    field().value = query; // from the address
    field().focus({ preventScroll: true });
  }
  ask(query);
}

/** @param {string} query */
async function ask(query) {
  request.abort();
  request = new AbortController();
  searchedVersion = version();
  const { signal } = request;
  try {
    const answer = await withProgress(fetchHits(query, signal));
    if (signal.aborted) {
      return;
    }
    if (answer.preparing) {
      window.setTimeout(() => signal.aborted || ask(query), ASK_AGAIN_AFTER);
    }
    if (answer.preparing && !answer.hits.length) {
      showPreparing();
    } else {
      show(answer);
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof EditionGone)) {
      showNotice(message("no-answer"));
      close();
    }
  }
}

/** @param {string} query @param {AbortSignal} signal @returns {Promise<Answer>} */
async function fetchHits(query, signal) {
  const parameters = new URLSearchParams({ q: query, version: version(), ...moment });
  const response = await fragments.fetchFromEdition(`search?${parameters}`, version(), { signal });
  if (!response.ok) {
    throw new Error(response.statusText);
  }
  return response.json();
}

// ---- The list ----------------------------------------------------------------------------------

/** Say that the server has found nothing yet. Keys that are pressed meanwhile count when it has
 * searched all units. */
function showPreparing() {
  if (!popup().classList.contains("is-preparing")) {
    hide();
    popup().classList.add("is-preparing");
    popup().hidden = false;
    announce(find(".search .preparing").textContent || "", ANNOUNCE_DELAY);
  }
}

/** @param {Answer} answer */
function show(answer) {
  const isUpdate = answeredQuery === currentQuery; // the data has changed, not the query
  const activeUnit = isUpdate && hits[active]?.unit;
  answeredQuery = currentQuery;
  ({ hits } = answer);
  list().replaceChildren(...hits.map(option));
  if (isUpdate) {
    activate(hits.findIndex(({ unit }) => unit === activeUnit));
  } else {
    list().scrollTop = 0;
  }
  popup().classList.toggle("is-near", answer.near && hits.length > 0);
  popup().classList.toggle("is-none", !hits.length);
  popup().classList.toggle("is-partial", Boolean(answer.preparing));
  popup().classList.remove("is-preparing");
  popup().hidden = false;
  field().setAttribute("aria-expanded", String(hits.length > 0));
  markHits();
  if (isUpdate && !pendingActions.length) {
    return; // nothing to announce: the reader did not search
  }
  const [first] = hits;
  if (!first) {
    pendingActions = []; // there is nothing to select
    announce(message("units-found-none"), ANNOUNCE_DELAY);
    return;
  }
  prefetchPanel(first.unit);
  const [found, near] = store.current.isChoosing
    ? ["units-to-connect-found", "units-to-connect-near"] // Enter connects the first of them
    : ["units-found", "units-near"];
  const key = answer.near ? near : found;
  announce(message(key, { count: hits.length, name: first.name }), ANNOUNCE_DELAY);
  if (answer.preparing) {
    return; // what was pressed before an answer is meant for the best of all units
  }
  // An action may end the search, and with it the others.
  for (let action = pendingActions.shift(); action; action = pendingActions.shift()) {
    action();
  }
}

function hide() {
  answeredQuery = null;
  hits = [];
  popup().hidden = true;
  popup().classList.remove("is-preparing");
  list().replaceChildren();
  field().setAttribute("aria-expanded", "false");
  announce("");
  markHits();
}

/** Announce a sentence to screen readers, unless another one follows within the delay.
 * @param {string} sentence
 * @param {number} [delay] - milliseconds */
function announce(sentence, delay = 0) {
  window.clearTimeout(announceTimer);
  announceTimer = window.setTimeout(() => {
    elementWith("search-status").textContent = sentence;
  }, delay);
}

/** @param {"div"|"span"|"mark"} tag @param {string} className @param {...(Node|string)} content */
const element = (tag, className, ...content) => html(tag, { className, dir: "auto" }, ...content);

/** Return the list item of a hit: its name, its ancestors, and the matching text if it is another.
 * @param {Hit} hit
 * @param {number} index - of the hit in the list */
function option({ unit, name, acronym, change, chain, name_marks: marks, matched }, index) {
  const matchesAcronym = matched?.kind === "acronym" && matched.text === acronym;
  const heading = markAsData(element("div", "name", ...withMarks(name, marks)));
  if (acronym) {
    const content = withMarks(acronym, matchesAcronym ? matched.marks : []);
    heading.append(" ", element("span", "acronym", ...content));
  }
  if (change) {
    // The menu of filters has the names of changes.
    const kind = find(`#filters [data-filter=changes][data-value=${change}] .name`);
    heading.append(" ", element("span", `change ${change}`, kind.textContent || ""));
  }
  const item = html(
    "li",
    { id: `search-hit-${index}`, role: "option", ariaSelected: "false" },
    heading,
  );
  item.dataset.unit = unit;
  if (chain.length) {
    const steps = shortChain(chain.map((ancestor) => ancestor.name));
    const elements = steps.map((step) => element("span", "", step));
    item.append(markAsData(element("div", "chain", ...elements)));
  }
  if (matched && !matchesAcronym) {
    const found = matched.heading ? "fact" : matched.kind.replace("_", "-");
    const named = message(`found-${found}`, { heading: matched.heading });
    const kind = element("span", "kind", named);
    const text = element("span", "text", ...withMarks(matched.text, matched.marks));
    const where = matched.heading ? markAsData(kind) : kind;
    item.append(element("div", "matched", where, " ", markAsData(text)));
  }
  return item;
}

/** Return a text as nodes, the matching words as `mark` elements.
 * @param {string} text @param {Mark[]} marks */
const withMarks = (text, marks) =>
  splitAtMarks(text, marks).map((piece, index) => (index % 2 ? element("mark", "", piece) : piece));

/** Make the option at an index the active one; -1 for none.
 * @param {number} index */
function activate(index) {
  active = index;
  const options = list().children;
  for (const item of options) {
    item.ariaSelected = String(item === options[index]);
  }
  if (index < 0) {
    field().removeAttribute("aria-activedescendant");
  } else {
    field().setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
    prefetchPanel(hits[index].unit);
  }
  hoverHit(index);
}

/** Select or connect the unit of a hit.
 * @param {Hit} hit @param {"select"|"connect"} type */
function choose(hit, type) {
  field().select(); // typing then replaces the query
  if (touch.matches) {
    field().blur(); // hides the on-screen keyboard
  }
  dispatch({ type, unit: hit.unit });
  close();
  if (store.current.isChoosing) {
    return; // the hit is the selected unit itself; the second unit is still to be chosen
  }
  // Without a selected unit, connecting selects the unit.
  const isConnected = store.current.to === hit.unit;
  const key = isConnected ? "search-connected" : "search-selected";
  announce(message(key, { name: hit.name }));
}

// ---- The hits in the diagrams and in the outline -----------------------------------------------

/** Return the key of a hit, or of its nearest ancestor that the diagrams show; null if of none.
 * @param {Hit} hit */
function keyOf({ unit, chain }) {
  const units = [...chain.map((ancestor) => ancestor.unit), unit];
  return scene.keyOf(units.findLast((other) => scene.keyOf(other)) || null);
}

function spotlight() {
  const keys = hits.flatMap((hit) => keyOf(hit) || []);
  return { hits: new Set(keys), lit: new Set(keys.flatMap((key) => scene.chain(key))) };
}

function markHits() {
  const units = new Set(hits.map(({ unit }) => unit));
  for (const link of findAll("#outline a[data-unit]")) {
    link.classList.toggle("found", units.has(link.dataset.unit || ""));
  }
  setSpotlight("search", hits.length ? spotlight : null);
}

/** @param {number} index */
function hoverHit(index) {
  hover(hits[index] ? keyOf(hits[index]) : null);
}

// ---- Keys, pointer, focus ----------------------------------------------------------------------

/** Do something with the hits for the text in the field, as soon as they are there, if there are any.
 * @param {() => void} action */
function withHits(action) {
  setQuery(queryOf(field().value));
  if (answeredQuery !== null && answeredQuery === currentQuery) {
    if (hits.length) {
      action();
    }
  } else {
    pendingActions.push(action);
  }
}

/** Move the active option, past the end to the beginning; open the list if it is closed.
 * @param {1|-1} step */
function move(step) {
  withHits(() => {
    const from = active < 0 && step < 0 ? 0 : active;
    activate((from + step + hits.length) % hits.length);
  });
}

/** Close the list or, if it is closed, empty the field; return whether anything has changed. */
function pressEscape() {
  if (currentQuery !== null) {
    close();
    return true;
  }
  const hadText = field().value !== "";
  field().value = "";
  return hadText;
}

/** Handle a key in the field; return whether the page's other listeners must not get it.
 * @param {KeyboardEvent} event */
function press({ key, altKey, shiftKey }) {
  switch (key) {
    case "ArrowDown":
      if (altKey) {
        setQuery(queryOf(field().value));
      } else {
        move(1);
      }
      return true;
    case "ArrowUp":
      if (altKey) {
        close();
      } else {
        move(-1);
      }
      return true;
    case "Enter":
      withHits(() => choose(hits[Math.max(active, 0)], shiftKey ? "connect" : "select"));
      return true;
    case "Escape":
      return pressEscape();
    case "Tab":
      close();
      return false;
    case "ArrowLeft":
    case "ArrowRight":
    case "Home":
    case "End":
      activate(-1); // these keys move the caret
      return false;
    default:
      return false;
  }
}

/** @param {Event} event */
function closeIfOutside(event) {
  if (currentQuery !== null && !closest(event, ".search")) {
    close();
  }
}

export function listen() {
  // Before the page's shortcuts, which move in the diagrams and clear the selection.
  onCapture("keydown", "*", (_, event) => {
    const { altKey, ctrlKey, isComposing, key, metaKey, target } = event;
    const isTyping = closest(event, "input, textarea, select, dialog, [contenteditable]");
    if (target === field() && !ctrlKey && !metaKey && !isComposing) {
      if (press(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    } else if (key === "/" && !isTyping && !altKey && !ctrlKey && !metaKey) {
      event.preventDefault();
      field().focus();
      field().select();
    }
  });

  on("input", "#search", () => {
    activate(-1);
    setQuery(queryOf(field().value));
  });

  on("click", "#search", () => setQuery(queryOf(field().value)));

  on("click", ".search .clear", () => {
    field().value = "";
    field().focus();
    close();
  });

  on("click", HIT, (item, event) => {
    event.preventDefault(); // toolbar.js would select its unit, too
    choose(hits[indexOf(item)], event.shiftKey ? "connect" : "select");
  });

  // A click on the list must not take the focus from the field.
  on("mousedown", ".search :is(.popup, .clear)", (_, event) => event.preventDefault());

  on("pointerover", HIT, (item) => hoverHit(indexOf(item)));
  on("pointerout", HIT, () => hoverHit(active));
  document.addEventListener("pointerdown", closeIfOutside);
  document.addEventListener("focusin", closeIfOutside);
}

/** Take over what the reader has typed before the scripts ran. */
export function takeTyped() {
  const query = queryOf(field().value);
  if (query !== null) {
    setQuery(query);
  }
}
