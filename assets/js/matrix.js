/* The matrix: a table of units and themes or references, walked as a grid (WAI-ARIA APG).
 *
 * A cell leads to the entries of the panel that it counts; the head of a column opens the list of
 * the units that cover it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  /** Pixels between the top of the panel and the entry that a cell leads to. */
  const ENTRY_OFFSET = 72;
  const POPOVER_GAP = 4; // pixels
  let drawn = {}; // the fragment that is shown, and what its columns are (`by`)
  /** Where the last clicked cell leads: its `unit` and `column`, and what columns are (`by`). */
  let clickedCell = null;
  /** A cell was activated with the space bar, which leaves the focus in the table. */
  let keepsFocus = false;
  /** The link or column head for which the list of covering units was opened last. */
  let coveringOpener = null;
  /** The unit and the parameters of that list. */
  let coveringRequest = null;

  const table = () => document.querySelector("#matrix table");
  const coveringList = () => document.getElementById("covering");
  const isVisible = () => root.dataset.view === "matrix";

  // ---- Drawing --------------------------------------------------------------------------------

  async function draw(state) {
    const { by } = state;
    const fragment = await remit.fragments.fetchForFocus("matrix", state, { by });
    if (fragment && fragment.text !== drawn.text && remit.state.current().by === by) {
      const area = () => document.querySelector(".matrix-area");
      const restoreFocus = area() && remit.preserveFocus(area());
      remit.fill("matrix", fragment.content);
      if (table()) {
        makeGrid();
      }
      if (restoreFocus && area() && fragment.unit === drawn.unit && by === drawn.by) {
        restoreFocus(area());
      }
      drawn = { ...fragment, by };
      refreshCovering();
    }
  }

  /** Turn the table of links into a grid with a single tab stop. */
  function makeGrid() {
    for (const head of table().tHead.querySelectorAll("[data-covering]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-haspopup", "dialog");
      button.append(...head.childNodes);
      head.append(button);
    }
    for (const link of table().querySelectorAll("a, button")) {
      link.tabIndex = -1;
    }
    table().setAttribute("role", "grid");
    setTabStop(widget(table().tBodies[0].rows[0].cells[0]));
    const area = table().parentElement;
    const { offsetHeight: height, rows } = table().tHead;
    const { offsetWidth: width } = rows[0].cells[0];
    area.style.scrollPadding = `${height + 2}px 2px 2px ${width + 2}px`; // for the sticky heads
  }

  function markSelectedRow({ unit }) {
    for (const row of document.querySelectorAll("#matrix tbody tr")) {
      const isSelected = row.dataset.unit === unit;
      if (isSelected && row.ariaSelected !== "true" && !row.contains(document.activeElement)) {
        remit.scrollIntoList(row, row.closest(".matrix-area"));
      }
      row.ariaSelected = String(isSelected);
    }
  }

  // ---- Moving with the keyboard -----------------------------------------------------------------

  /** Return the element of a cell that takes the focus: its link or button, or the cell itself. */
  const widget = (cell) => cell.querySelector("a, button") || cell;

  /** Make an element the only tab stop of the table. */
  function setTabStop(element) {
    for (const previous of table().querySelectorAll("[tabindex='0']")) {
      previous.tabIndex = -1;
    }
    element.tabIndex = 0;
  }

  /** Return how many rows the keys Page Up and Page Down skip. */
  function rowsPerPage() {
    const [body] = table().tBodies;
    const height = table().parentElement.clientHeight - table().tHead.offsetHeight;
    return Math.max(1, Math.floor((height / body.offsetHeight) * body.rows.length) - 1);
  }

  /** Return the row and column that a key leads to, even outside the table; null for other keys. */
  function destination({ key, ctrlKey }, { row, column }) {
    switch (key) {
      case "ArrowRight":
        return { row, column: column + 1 };
      case "ArrowLeft":
        return { row, column: column - 1 };
      case "ArrowDown":
        return { row: row + 1, column };
      case "ArrowUp":
        return { row: row - 1, column };
      case "PageDown":
        return { row: row + rowsPerPage(), column };
      case "PageUp":
        return { row: row - rowsPerPage(), column };
      case "Home":
        return { row: ctrlKey ? 0 : row, column: 0 };
      case "End":
        return { row: ctrlKey ? Infinity : row, column: Infinity };
      default:
        return null;
    }
  }

  const clamp = (index, count) => Math.min(Math.max(index, 0), count - 1);

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("#matrix :is(td, th)");
    if (!cell || event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    const next = destination(event, { row: cell.parentElement.rowIndex, column: cell.cellIndex });
    if (next) {
      const row = table().rows[clamp(next.row, table().rows.length)];
      const element = widget(row.cells[clamp(next.column, row.cells.length)]);
      setTabStop(element);
      element.focus();
    } else if (event.key === " ") {
      keepsFocus = true;
      event.target.click();
      keepsFocus = false;
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's shortcuts must not handle it, too
  });

  // ---- Highlighting a row or a column -----------------------------------------------------------

  const isCovered = (cell) => cell.tagName === "TD" && cell.firstElementChild !== null;

  /**
   * Highlight the heads of a cell's row and column; for a head, the heads of all that it covers.
   * @param {?HTMLTableCellElement} cell - null removes the highlight
   */
  function highlight(cell) {
    for (const element of document.querySelectorAll("#matrix .highlighted")) {
      element.classList.remove("highlighted");
    }
    if (!cell || !table()) {
      return;
    }
    const { rows } = table();
    const [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
    const isBody = row >= table().tHead.rows.length;
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

  const highlightTarget = ({ target }) => highlight(target.closest("#matrix :is(td, th)"));

  document.addEventListener("pointerover", highlightTarget);
  document.addEventListener("focusin", (event) => {
    highlightTarget(event);
    if (event.target.closest("#matrix :is(td, th)")) {
      setTabStop(event.target);
    }
  });

  // ---- The list of covering units ---------------------------------------------------------------

  /**
   * Open the list of the units at or below a unit that cover a theme or reference.
   * @param {HTMLElement} opener - the clicked link or column head; the list is placed beside it
   * @param {{covering: string, column: string}} request - the unit, and the theme or reference
   */
  async function openCovering(opener, { covering, column }) {
    const { by } = table().dataset;
    coveringOpener = opener;
    coveringRequest = { covering, parameters: { by, column } };
    const isWanted = () => coveringOpener === opener && isVisible();
    const fragment = await remit.fragments.fetchCurrent("covering", covering, isWanted, {
      by,
      column,
    });
    if (!fragment || !opener.isConnected) {
      return;
    }
    remit.fill("covering", fragment.content);
    const list = coveringList();
    list.popover = "auto";
    list.showPopover();
    placeBeside(list, opener);
    list.querySelector("h2, p").focus();
  }

  /** Place the list below its opener, or at the bottom of the window if it would not fit there. */
  function placeBeside(list, opener) {
    const box = opener.getBoundingClientRect();
    const { right } = document.getElementById("matrix").getBoundingClientRect();
    const lowest = window.innerHeight - list.offsetHeight - POPOVER_GAP;
    const top = Math.min(box.bottom + POPOVER_GAP, lowest);
    const left = Math.min(box.left, right - list.offsetWidth - POPOVER_GAP);
    list.style.left = `${Math.max(POPOVER_GAP, left)}px`;
    list.style.top = `${Math.max(POPOVER_GAP, top)}px`;
  }

  /** Update the list, if it is open, where it is. */
  async function refreshCovering() {
    const list = document.querySelector("#covering:popover-open");
    if (list) {
      const { covering, parameters } = coveringRequest;
      const fragment = await remit.fragments.fetchCurrent(
        "covering",
        covering,
        isVisible,
        parameters,
      );
      if (fragment && fragment.known) {
        const restoreFocus = remit.preserveFocus(list);
        remit.fill("covering", fragment.content);
        restoreFocus();
      } else if (fragment) {
        list.hidePopover();
      }
    }
  }

  // ---- The entries behind a cell ----------------------------------------------------------------

  /** Mark the entries of the panel that the clicked cell counts, and return them. */
  function markInPanel() {
    const panel = document.getElementById("panel");
    for (const entry of panel.querySelectorAll(".linked-entry")) {
      entry.classList.remove("linked-entry");
    }
    if (!clickedCell || remit.panel.selectedUnit().unit !== clickedCell.unit) {
      return [];
    }
    const { by, column } = clickedCell;
    const entries = [...panel.querySelectorAll("[data-themes], [data-reference]")].filter(
      ({ dataset }) =>
        by === "themes"
          ? remit.state.listValues(dataset.themes).includes(column)
          : dataset.reference === column,
    );
    entries.forEach((entry) => entry.classList.add("linked-entry"));
    return entries;
  }

  /** Scroll the panel to the first entry that the clicked cell counts, and perhaps focus it. */
  async function showEntry(takesFocus) {
    await remit.panel.whenDrawn();
    const [entry] = markInPanel();
    if (!entry) {
      return;
    }
    if (entry.tagName === "DETAILS") {
      entry.open = true;
    }
    const panel = document.getElementById("panel");
    if (panel.scrollHeight > panel.clientHeight) {
      panel.scrollTop +=
        entry.getBoundingClientRect().top - panel.getBoundingClientRect().top - ENTRY_OFFSET;
    } else if (!remit.embed.isEmbedded) {
      entry.scrollIntoView({ block: "center" });
    }
    if (takesFocus) {
      const target = entry.querySelector("summary") || entry;
      target.tabIndex = target === entry ? -1 : 0;
      target.focus({ preventScroll: true });
    }
  }

  // Registered before the listener of toolbar.js, which selects the unit of the link.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(":is(#matrix, #covering) [data-column]");
    const hasModifier = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || hasModifier || !root.dataset.ready) {
      return;
    }
    const { unit, column } = link.dataset;
    if (!unit) {
      event.preventDefault();
      openCovering(link, link.dataset);
      return;
    }
    if (coveringList().contains(link)) {
      coveringList().hidePopover();
    }
    clickedCell = { unit, column, by: table().dataset.by };
    const isByEnter = event.detail === 0 && !keepsFocus;
    remit.panel.afterPaint(() => showEntry(isByEnter));
  });

  // Escape closes the list and leaves the selection as it is.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && document.querySelector("#covering:popover-open")) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  // ---- Following --------------------------------------------------------------------------------

  (remit.followers = remit.followers || []).push(async (state) => {
    if (clickedCell && state.unit !== clickedCell.unit) {
      clickedCell = null;
    }
    remit.panel.whenDrawn().then(markInPanel);
    if (isVisible()) {
      await draw(state);
      markSelectedRow(remit.state.current());
    }
  });
})();
