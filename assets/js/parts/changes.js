/* The list of all changes between two states: by kind, and by branch below it. The filter leaves the
 * chosen kinds, and what is typed the entries with these words; further entries are fetched when the
 * reader wants them, or searches in them.
 *
 * Its links are a single tab stop, which the arrow keys move from entry to entry. */

import { elementWith, find, findAll, language, on, root, top } from "../page/context.js";
import { elementsOf, fill, html, makeTabStop, scrollIntoList } from "../page/elements.js";
import { editionFollower, fetchCurrent, version } from "../page/fragments.js";
import { markAsData } from "../page/messages.js";
import { store } from "../page/store.js";
import { destination } from "../state/grid.js";
import { withoutAccents } from "../state/typeahead.js";
import { listValues } from "../state/view-keys.js";

/** @import { State } from "../state/reducer.js" */

/** An entry of the list.
 * @typedef {{item: HTMLElement, branch: string, text: string, count: number}} Entry */
/** What the list has of a kind of changes.
 * @typedef {object} Section
 * @property {HTMLElement} element
 * @property {string} kind
 * @property {number} total - of entries, also those that are not here yet
 * @property {Entry[]} entries
 * @property {number} parts - that have been fetched
 * @property {number} most - entries that are shown
 * @property {HTMLButtonElement} more */

const ALL = "all";
const MORE = 200; // entries that are shown further
const MOST_SEARCHED = 20_000; // entries that are fetched for a search
const PAGE = 10; // entries that Page Down skips

/** @type {Section[]} */
let sections = [];
/** @type {string[]} */
let typed = []; // the words in the field, without accents
let isFetching = false; // for a search
/** @type {?string|undefined} */
let drawnKinds; // as in the state; undefined before the first drawing
/** @type {?string} */
let revealed = null; // the selected unit whose entry was brought into view last

const list = () => elementWith("changes");
const field = () => /** @type {HTMLInputElement} */ (find("#changes input"));
const isVisible = () => root.dataset.view === "changes";
const isWritten = () => document.querySelector("#changes section") !== null;
/** @param {number} count */
const formatted = (count) => new Intl.NumberFormat(language).format(count);
/** @param {string|undefined} template @param {number} left */
const withNumber = (template, left) => (template || "").replace("{left}", formatted(left));
/** @param {ParentNode} place */
const linksIn = (place) => findAll("a[data-unit]", place);

// ---- Entries -----------------------------------------------------------------------------------

/** Return the entries in branches.
 * @param {ParentNode} branches
 * @returns {Entry[]} */
function entriesIn(branches) {
  return findAll(".branch > ul > li", branches).map((item) => {
    const branch = item.closest(".branch")?.querySelector("h3 > span")?.textContent || "";
    for (const link of linksIn(item)) {
      link.tabIndex = -1;
    }
    const text = withoutAccents(`${branch} ${item.textContent}`);
    return { item, branch, text, count: Number(item.dataset.count || 1) };
  });
}

/** Take over what the server has written.
 * @param {HTMLElement} element
 * @returns {Section} */
function sectionOf(element) {
  const { kind = "", entries: total } = element.dataset;
  const entries = entriesIn(element);
  const more = html("button", { type: "button", className: "more" });
  find(".branches", element).after(more);
  for (const note of findAll("p.more", element)) {
    note.remove();
  }
  return { element, kind, total: Number(total), entries, parts: 0, most: entries.length, more };
}

/** Fetch the next part of a kind; return whether there is one.
 * @param {Section} section */
async function fetchPart(section) {
  const parameters = { changes: section.kind, part: String(section.parts) };
  const request = { kind: "further-changes", unit: top(), parameters };
  const fragment = await fetchCurrent(request, () => sections.includes(section));
  if (!fragment?.known) {
    return false;
  }
  const branches = document.createElement("div");
  branches.append(...elementsOf(fragment.content));
  section.entries.push(...entriesIn(branches));
  section.parts += 1;
  return true;
}

// ---- Drawing -----------------------------------------------------------------------------------

/** @param {Entry} entry */
const isFound = ({ text }) => typed.every((word) => text.includes(word));

/** Return how many changes some entries tell.
 * @param {Entry[]} entries */
const changesIn = (entries) => entries.reduce((sum, { count }) => sum + count, 0);

/** Show what is left of a kind; of a branch, how many changes it has if all are here.
 * @param {Section} section */
function draw({ element, entries, total, most, more }) {
  const found = entries.filter(isFound);
  const shown = found.slice(0, most);
  const isWhole = entries.length === total && shown.length === found.length;
  /** @type {Map<string, Entry[]>} */
  const branches = new Map();
  for (const entry of shown) {
    branches.set(entry.branch, [...(branches.get(entry.branch) || []), entry]);
  }
  find(".branches", element).replaceChildren(
    ...[...branches].map(([name, those]) => {
      const heading = html("h3", {}, markAsData(html("span", {}, name)));
      if (isWhole && changesIn(those) > 1) {
        heading.append(" ", html("small", {}, formatted(changesIn(those))));
      }
      const items = those.map(({ item }) => item);
      return html("div", { className: "branch" }, heading, html("ul", {}, ...items));
    }),
  );
  const left = (typed.length ? found.length : total) - shown.length;
  more.hidden = left === 0;
  more.textContent = withNumber(find(".changes-head").dataset.more, left);
  element.classList.toggle("is-empty", !shown.length);
}

/** Show the chosen kinds, and how many changes are found in them. */
function drawAll() {
  drawnKinds = store.current.changes;
  const chosen = listValues(drawnKinds);
  const focused = /** @type {?HTMLElement} */ (document.activeElement);
  let found = 0;
  for (const section of sections) {
    const isShown = !chosen.length || chosen.includes(ALL) || chosen.includes(section.kind);
    section.element.hidden = !isShown;
    if (isShown) {
      draw(section);
      found += changesIn(section.entries.filter(isFound));
    }
  }
  for (const button of /** @type {HTMLButtonElement[]} */ (findAll("#changes .kinds button"))) {
    button.ariaPressed = String(chosen.includes(button.value));
  }
  const status = find("#changes .left");
  status.textContent = typed.length ? withNumber(status.dataset.left, found) : "";
  if (focused && list().contains(focused)) {
    focused.focus({ preventScroll: true }); // drawing has taken it
  }
  const [first] = linksIn(list());
  if (first && !list().querySelector("a[tabindex='0']")) {
    makeTabStop(first, list());
  }
  markSelected(store.current);
}

/** Mark the selected unit, and bring its first entry into view if it is newly selected.
 * @param {State} state */
function markSelected({ unit }) {
  const links = linksIn(list());
  for (const link of links) {
    link.ariaCurrent = link.dataset.unit === unit ? "true" : null;
  }
  if (unit !== revealed && !list().contains(document.activeElement)) {
    const link = links.find(({ dataset }) => dataset.unit === unit);
    if (link) {
      scrollIntoList(link, list());
    }
  }
  revealed = unit;
}

function takeOver() {
  drawnKinds = undefined;
  sections = findAll("#changes > section").map(sectionOf);
}

const fillList = editionFollower(
  "changes",
  (content) => {
    const text = isWritten() ? field().value : "";
    fill("changes", content);
    if (isWritten()) {
      field().value = text;
    }
    takeOver();
  },
  isWritten() ? version() : "",
);

export async function follow() {
  if (!isVisible()) {
    return;
  }
  await fillList();
  if (!isWritten()) {
    return; // nothing has changed
  }
  if (!sections.length) {
    takeOver();
  }
  if (store.current.changes !== drawnKinds) {
    drawAll();
  } else {
    markSelected(store.current);
  }
}

// ---- Searching ---------------------------------------------------------------------------------

async function search() {
  typed = withoutAccents(field().value).split(/\s+/).filter(Boolean);
  drawAll();
  if (isFetching) {
    return;
  }
  isFetching = true;
  const next = () =>
    sections.find(
      ({ element, entries, total }) =>
        !element.hidden && entries.length < Math.min(total, MOST_SEARCHED),
    );
  for (let section = next(); section && typed.length; section = next()) {
    if (!(await fetchPart(section))) {
      break;
    }
    drawAll();
  }
  isFetching = false;
}

/** Show further entries of a kind.
 * @param {Section} section */
async function showMore(section) {
  const last = section.most;
  section.most += MORE;
  while (section.entries.length < Math.min(section.total, section.most)) {
    if (!(await fetchPart(section))) {
      break;
    }
  }
  drawAll();
  if (section.more.hidden) {
    findAll("li", section.element)[last]?.querySelector("a")?.focus();
  }
}

// ---- Keys --------------------------------------------------------------------------------------

/** Return the link that a key leads to; null for other keys.
 * @param {KeyboardEvent} event @param {HTMLElement} link */
function linkAt({ key, ctrlKey }, link) {
  const rows = findAll("#changes section:not([hidden]) .branch li").filter(
    (item) => linksIn(item).length,
  );
  const row = rows.findIndex((item) => item.contains(link));
  const columns = linksIn(rows[row]);
  const place = { row, column: columns.indexOf(link) };
  const size = { rows: rows.length, columns: columns.length, page: PAGE };
  const isEnd = key === "Home" || key === "End";
  const next = destination({ key, ctrlKey: ctrlKey || isEnd }, place, size);
  if (!next) {
    return null;
  }
  const links = linksIn(rows[next.row]);
  return next.row === row ? links[next.column] : links[0];
}

export function listen() {
  on("input", "#changes input", search);
  on("click", "#changes button.more", (button) => {
    const section = sections.find(({ more }) => more === button);
    if (section) {
      showMore(section);
    }
  });
  on("focusin", "#changes a[data-unit]", (link) => makeTabStop(link, list()));
  on("keydown", "#changes a[data-unit]", (link, event) => {
    if (event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    const next = linkAt(event, link);
    if (next) {
      next.focus({ preventScroll: true });
      scrollIntoList(next, list());
    } else if (event.key === " ") {
      link.click();
    } else {
      return;
    }
    event.preventDefault();
  });
}
