/* Filters by type and by theme: the menu, the chips of active filters, and the marks of matches. */

import { elementWith, findAll, on, top } from "../page/context.js";
import { fill, html, preserveFocus } from "../page/elements.js";
import { editionFollower, fetchCurrent, noteShown, orderOf } from "../page/fragments.js";
import { setSpotlight } from "../page/highlight.js";
import { message, showNotice } from "../page/messages.js";
import { dispatch, focusOf, keys, store } from "../page/store.js";
import { listValues } from "../state/view-keys.js";

/** @import { Children } from "../page/elements.js" */
/** @import { State } from "../state/reducer.js" */
/** @import { FilterKey } from "../state/view-keys.js" */

const ALL = "all";
/** The keys on which the order of lists depends. */
const ORDER = /** @type {const} */ (["size", "sort", "open"]);
const NO_FILTER = { lit: null, hits: [], count: "", chips: [] };
/** @typedef {{lit: ?string[], hits: string[], count: string, chips: Children}} Matches */

/** @type {Matches} */
let matches = NO_FILTER; // in the diagrams
/** @type {Matches} */
let listed = NO_FILTER; // in the outline, which may be sorted and then show other units
const menuButton = () => findAll("#filters summary")[0];
const labels = () => findAll("#filters label");

/** Return the active filters of a state, as parameters of a fragment.
 * @param {State} state */
const filtersOf = (state) => keys.chosen(keys.filters, state);

// ---- The menu ----------------------------------------------------------------------------------

const followTypesAndThemes = editionFollower("filters", (content) => {
  const restoreFocus = preserveFocus(elementWith("filters"));
  fill("filters", content);
  updateMenu(store.current);
  showCount();
  restoreFocus();
});

/** Return the checkbox of a label; if it has none yet, add it.
 * @param {HTMLElement} label */
function checkboxOf(label) {
  if (!label.querySelector("input")) {
    label.prepend(html("input", { type: "checkbox" }));
  }
  return /** @type {HTMLInputElement} */ (label.querySelector("input"));
}

/** Check the active filters, and write their number on the button of the menu.
 * @param {State} state */
function updateMenu(state) {
  for (const label of labels()) {
    const { filter, value } = label.dataset;
    const values = listValues(state[/** @type {FilterKey} */ (filter)]);
    checkboxOf(label).checked = values.includes(value || "");
  }
  const count = keys.filters.flatMap((key) => listValues(state[key])).length;
  if (menuButton()) {
    menuButton().textContent = count ? message("filters-on", { count }) : message("filter");
    menuButton().toggleAttribute("data-on", count > 0);
  }
}

export function listen() {
  on("change", "#filters label", ({ dataset: { filter, value } }) => {
    dispatch({ type: "toggle-in-list", key: filter, value });
  });

  on("click", "button[data-filter]", (button) => {
    const { filter } = button.dataset;
    const { value } = /** @type {HTMLButtonElement} */ (button);
    const isOfChip = button.closest(".filter-status") !== null;
    dispatch(
      filter === ALL ? { type: "clear-filters" } : { type: "toggle-in-list", key: filter, value },
    );
    if (isOfChip) {
      menuButton().focus(); // the clicked button is removed with its chip
    }
  });
}

// ---- The matches -------------------------------------------------------------------------------

/** Show the matches in every view. `hits` are keys of the matching units, `lit` those of the nodes
 * that are not dimmed, null if none is; `count` is a sentence, `chips` are components.
 * @param {Matches} content - in the diagrams
 * @param {Matches} contentOfLists - in the outline */
function showMatches(content, contentOfLists) {
  if (content === matches && contentOfLists === listed) {
    return;
  }
  matches = content;
  listed = contentOfLists;
  const marks = { lit: new Set(content.lit), hits: new Set(content.hits) };
  setSpotlight("filter", content.lit && (() => marks));
  showCount();
  fill("filter-chips", content.chips);
  markOutline();
}

/** Show how many units match, also in the menu, which may cover the toolbar. */
function showCount() {
  for (const count of findAll("#filter-count, #filters .count")) {
    count.textContent = matches.count;
  }
}

/** Mark the matching entries of the outline, and dim the others. */
export function markOutline() {
  const lit = listed.lit && new Set(listed.lit);
  const hits = new Set(listed.hits);
  for (const entry of findAll("#outline [data-key]")) {
    const { key = "" } = entry.dataset;
    const isHit = hits.has(key);
    entry.classList.toggle("hit", isHit);
    entry.classList.toggle("dimmed", lit !== null && !lit.has(key));
    entry.ariaDescription = isHit ? message("filter-match") : null;
  }
}

/** Remove types and themes that the organization does not have from the state.
 * @param {State} state
 * @param {Record<string, string[]>} known - the valid values of the state by key
 * @returns {boolean} whether the state was corrected */
function correctState(state, known) {
  const invalid = keys.filters.find(
    (key) => known[key].length < new Set(listValues(state[key])).size,
  );
  if (invalid) {
    showNotice(message("filters-unknown"));
    const value = known[invalid].join(";") || null;
    dispatch({ type: "set", key: invalid, value, isCorrection: true });
  }
  return Boolean(invalid);
}

/** @param {State} state */
async function updateMatches(state) {
  const [filters, focus] = [filtersOf(state), focusOf(state)];
  if (!Object.keys(filters).length) {
    showMatches(NO_FILTER, NO_FILTER);
    return;
  }
  /** @param {State} now */
  const isWanted = (now) =>
    focusOf(now) === focus && [...keys.filters, ...ORDER].every((key) => now[key] === state[key]);
  const [drawn, inLists] = await Promise.all(
    [filters, { ...filters, ...orderOf(state) }].map((parameters) =>
      fetchCurrent({ kind: "matches", unit: focus, parameters }, isWanted),
    ),
  );
  if (drawn?.known && inLists?.known && !correctState(state, drawn.content)) {
    showMatches(drawn.content, inLists.content);
  }
}

/** @param {State} state */
export function follow(state) {
  noteShown({ kind: "filters", unit: top() });
  followTypesAndThemes();
  updateMenu(state);
  updateMatches(state);
}
