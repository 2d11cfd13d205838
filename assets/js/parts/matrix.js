/* The matrix: a table of units by topics, that is themes, references or values of a category. It is
 * walked as a grid (WAI-ARIA APG).
 *
 * A cell leads to the entries of the panel that it counts; the head of a column opens the list of
 * the units that cover it, or sorts by its numbers. */

import { closest, elementWith, find, findAll, isEmbedded, on, root } from "../page/context.js";
import { fill, html, makeTabStop, preserveFocus, scrollIntoList } from "../page/elements.js";
import { fetchCurrent, fillingFollower } from "../page/fragments.js";
import { afterFrame, whenPanelDrawn } from "../page/painting.js";
import { dispatch, keys, store } from "../page/store.js";
import { destination } from "../state/grid.js";
import { listValues } from "../state/view-keys.js";
import { selectedUnit } from "./panel.js";

/** @import { State } from "../state/reducer.js" */
/** @import { Follower } from "../state/store.js" */

/** Pixels between the top of the panel and the entry that a cell leads to. */
const ENTRY_OFFSET = 72;
const POPOVER_GAP = 4; // pixels
const OPEN_LIST = "#covering:popover-open";
const SORTING = "#matrix [aria-sort]";

/** Where the focus was last in the table.
 * @type {{row: number, column: number}} */
let lastPlace = { row: 0, column: 0 };
/** Where the last clicked cell leads, and what columns are (`by`).
 * @type {?{unit: string, column: string, by: string}} */
let clickedCell = null;
let keepsFocus = false; // a cell was activated with the space bar: the focus stays in the table
/** @type {?HTMLElement} */
let coveringOpener = null; // the link or column head for which the list was opened last
let coveringRequest = { kind: "covering", unit: "", parameters: {} }; // for that list

const table = () => /** @type {HTMLTableElement} */ (find("#matrix table"));
const head = () => /** @type {HTMLTableSectionElement} */ (table().tHead);
const hasTable = () => document.querySelector("#matrix table") !== null;
const area = () => /** @type {?HTMLElement} */ (document.querySelector(".matrix-area"));
const by = () => table().dataset.by || "";
const coveringList = () => elementWith("covering");
const isVisible = () => root.dataset.view === "matrix";
/** @param {Event} event */
const cellOf = (event) =>
  /** @type {?HTMLTableCellElement} */ (closest(event, "#matrix :is(td, th)"));
/** @param {HTMLTableCellElement} cell */
const rowOf = (cell) => /** @type {HTMLTableRowElement} */ (cell.parentElement);

// ---- Drawing -----------------------------------------------------------------------------------

const fillMatrix = fillingFollower("matrix", {
  onFilled: (hadFocus) => hasTable() && makeGrid(hadFocus),
  parametersOf: (state) => keys.chosen(["size", "by", "sort", "open"], state),
  scroller: () => area() || elementWith("matrix"),
});

/** Turn the table of links into a grid with a single tab stop.
 * @param {boolean} hadFocus - the focus then stays where it is: at the head that sorts, for example */
function makeGrid(hadFocus) {
  for (const topic of findAll("[data-covering]", head())) {
    topic.append(html("button", { type: "button", ariaHasPopup: "dialog" }, ...topic.childNodes));
  }
  for (const numbers of findAll(SORTING, head())) {
    numbers.append(html("button", { type: "button" }, ...numbers.childNodes));
  }
  for (const link of findAll("a, button", table())) {
    link.tabIndex = -1;
  }
  table().setAttribute("role", "grid");
  makeTabStop(widget(table().tBodies[0].rows[0].cells[0]), table());
  const { offsetHeight: height, rows } = head();
  const { offsetWidth: width } = rows[0].cells[0];
  const padding = `${height + 2}px 2px 2px ${width + 2}px`; // for the sticky heads
  area()?.style.setProperty("scroll-padding", padding);
  const { row, column } = lastPlace;
  const cell = hadFocus && table().rows[row]?.cells[column];
  if (cell) {
    widget(cell).focus({ preventScroll: true });
  }
}

/** @param {State} state */
function markSelectedRow({ unit }) {
  for (const row of findAll("#matrix tbody tr")) {
    const isSelected = row.dataset.unit === unit;
    if (isSelected && row.ariaSelected !== "true" && !row.contains(document.activeElement)) {
      scrollIntoList(row, find(".matrix-area"));
    }
    row.ariaSelected = String(isSelected);
  }
}

// ---- Moving with the keyboard ------------------------------------------------------------------

/** Return the element of a cell that takes the focus: its link or button, or the cell itself.
 * @param {HTMLTableCellElement} cell */
const widget = (cell) => findAll("a, button", cell)[0] || cell;

/** Return how many rows the keys Page Up and Page Down skip. */
function rowsPerPage() {
  const [body] = table().tBodies;
  const height = find(".matrix-area").clientHeight - head().offsetHeight;
  return Math.max(1, Math.floor((height / body.offsetHeight) * body.rows.length) - 1);
}

/** Return the element that a key leads to from a cell; null for other keys.
 * @param {KeyboardEvent} event @param {HTMLTableCellElement} cell */
function elementAt(event, cell) {
  const { rows } = table();
  const { rowIndex, cells } = rowOf(cell);
  const place = { row: rowIndex, column: cell.cellIndex };
  const size = { rows: rows.length, columns: cells.length, page: rowsPerPage() };
  const next = destination(event, place, size);
  return next && widget(rows[next.row].cells[next.column]);
}

// ---- Highlighting a row or a column ------------------------------------------------------------

/** @param {HTMLTableCellElement} cell */
const isCovered = (cell) => cell.tagName === "TD" && cell.firstElementChild !== null;

/** Highlight the heads of a cell's row and column; for a head, the heads of all that it covers.
 * @param {?HTMLTableCellElement} cell - null removes the highlight */
function highlight(cell) {
  for (const element of findAll("#matrix .highlighted")) {
    element.classList.remove("highlighted");
  }
  if (!cell) {
    return;
  }
  const { rows } = table();
  const [row, column] = [rowOf(cell).rowIndex, cell.cellIndex];
  const isBody = row >= head().rows.length;
  const highlighted = [];
  if (column > 0) {
    const covered = [...table().tBodies[0].rows].filter((tr) => isCovered(tr.cells[column]));
    highlighted.push(rows[0].cells[column]);
    highlighted.push(...(isBody ? [rows[row].cells[0]] : covered.map((tr) => tr.cells[0])));
  } else if (isBody) {
    const covered = [...rows[row].cells].filter(isCovered);
    highlighted.push(cell, ...covered.map(({ cellIndex }) => rows[0].cells[cellIndex]));
  }
  highlighted.forEach((element) => element.classList.add("highlighted"));
}

// ---- The list of covering units ----------------------------------------------------------------

/** Open the list of the units at or below a unit that cover a topic.
 * @param {HTMLElement} opener - the clicked link or column head; the list is placed beside it
 * @param {{covering: string, column: string}} request - the unit, and the topic */
async function openCovering(opener, { covering, column }) {
  coveringOpener = opener;
  coveringRequest = { kind: "covering", unit: covering, parameters: { by: by(), column } };
  const isWanted = () => coveringOpener === opener && isVisible();
  const fragment = await fetchCurrent(coveringRequest, isWanted);
  if (!(fragment?.known && opener.isConnected)) {
    return;
  }
  fill("covering", fragment.content);
  const list = coveringList();
  list.popover = "auto";
  list.showPopover();
  placeBeside(list, opener);
  find("h2, p", list).focus();
}

/** Place the list below its opener, or at the bottom of the window if it would not fit there.
 * @param {HTMLElement} list @param {HTMLElement} opener */
function placeBeside(list, opener) {
  const box = opener.getBoundingClientRect();
  const { right } = elementWith("matrix").getBoundingClientRect();
  const lowest = window.innerHeight - list.offsetHeight - POPOVER_GAP;
  const top = Math.min(box.bottom + POPOVER_GAP, lowest);
  const left = Math.min(box.left, right - list.offsetWidth - POPOVER_GAP);
  list.style.left = `${Math.max(POPOVER_GAP, left)}px`;
  list.style.top = `${Math.max(POPOVER_GAP, top)}px`;
}

/** Update the list, if it is open, where it is. */
async function refreshCovering() {
  const [list] = findAll(OPEN_LIST);
  if (list) {
    const fragment = await fetchCurrent(coveringRequest, isVisible);
    if (fragment?.known) {
      const restoreFocus = preserveFocus(list);
      fill("covering", fragment.content);
      restoreFocus();
    } else if (fragment) {
      list.hidePopover();
    }
  }
}

// ---- The entries behind a cell -----------------------------------------------------------------

/** Mark the entries of the panel that the clicked cell counts, and return them. */
function markInPanel() {
  const panel = elementWith("panel");
  for (const entry of findAll(".linked-entry", panel)) {
    entry.classList.remove("linked-entry");
  }
  if (!clickedCell || selectedUnit().unit !== clickedCell.unit) {
    return [];
  }
  const { by: topics, column } = clickedCell;
  const entries = findAll("[data-themes], [data-reference], [data-fact]", panel).filter(
    ({ dataset: { themes, reference, fact } }) =>
      fact === topics ||
      (topics === "themes" && listValues(themes).includes(column)) ||
      (topics === "references" && reference === column),
  );
  entries.forEach((entry) => entry.classList.add("linked-entry"));
  return entries;
}

/** Scroll the panel to the first entry that the clicked cell counts, and perhaps focus it.
 * @param {boolean} takesFocus */
async function showEntry(takesFocus) {
  await whenPanelDrawn();
  const [entry] = markInPanel();
  if (!entry) {
    return;
  }
  if (entry instanceof HTMLDetailsElement) {
    entry.open = true;
  }
  const panel = elementWith("panel");
  if (panel.scrollHeight > panel.clientHeight) {
    panel.scrollTop +=
      entry.getBoundingClientRect().top - panel.getBoundingClientRect().top - ENTRY_OFFSET;
  } else if (!isEmbedded) {
    entry.scrollIntoView({ block: "center" });
  }
  if (takesFocus) {
    const target = findAll("summary", entry)[0] || entry;
    target.tabIndex = target === entry ? -1 : 0;
    target.focus({ preventScroll: true });
  }
}

// ---- Following ---------------------------------------------------------------------------------

/** @type {Follower} */
export async function follow(state, change) {
  if (clickedCell && state.unit !== clickedCell.unit) {
    clickedCell = null;
  }
  whenPanelDrawn().then(markInPanel);
  if (isVisible()) {
    await fillMatrix(state);
    markSelectedRow(store.current);
    if (!change) {
      refreshCovering(); // the data may have changed
    }
  }
}

// ---- Listening --------------------------------------------------------------------------------

export function listen() {
  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (!cell || event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    const element = elementAt(event, cell);
    if (element) {
      makeTabStop(element, table());
      element.focus();
    } else if (event.key === " ") {
      keepsFocus = true;
      widget(cell).click();
      keepsFocus = false;
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's shortcuts must not handle it, too
  });

  document.addEventListener("pointerover", (event) => highlight(cellOf(event)));

  document.addEventListener("focusin", (event) => {
    const cell = cellOf(event);
    highlight(cell);
    if (cell) {
      lastPlace = { row: rowOf(cell).rowIndex, column: cell.cellIndex };
      makeTabStop(widget(cell), table());
    }
  });

  on("click", SORTING, () => dispatch({ type: "toggle", key: "sort", value: "size" }));

  // Registered before the listener of toolbar.js, which selects the unit of the link.
  on("click", ":is(#matrix, #covering) [data-column]", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const { unit, column = "", covering = "" } = link.dataset;
    if (!unit) {
      event.preventDefault();
      openCovering(link, { covering, column });
      return;
    }
    if (coveringList().contains(link)) {
      coveringList().hidePopover();
    }
    clickedCell = { unit, column, by: by() };
    const isByEnter = event.detail === 0 && !keepsFocus;
    afterFrame(() => showEntry(isByEnter));
  });
}
