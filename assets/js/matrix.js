/* The matrix: a table that is walked as a grid (WAI-ARIA APG), whose cells lead to what is behind. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  /** So far below the panel's upper rim comes what a cell leads to, where there is room. */
  const BELOW_RIM = 72;
  const AWAY = 4;
  let drawn = {};
  /** What the panel was led to from a cell: a unit, and a theme or reference. */
  let pointed = null;
  /** Whether the focus stays where it is, while a cell is chosen by the space bar. */
  let stays = false;
  /** Of whom it was asked last who covers it: a head of a column, or a link in what is told. */
  let wondered = null;
  /** What was told last of who covers it, as it is asked for. */
  let told = null;

  const table = () => document.querySelector("#matrix table");
  const isSeen = () => root.dataset.view === "matrix";

  // ---- Drawing --------------------------------------------------------------------------------

  async function draw(state) {
    const { by } = state;
    const fragment = await remit.fragments.ofFocus("matrix", state, { by });
    if (fragment && fragment.text !== drawn.text && remit.state.current().by === by) {
      const area = () => document.querySelector(".matrix-area");
      const giveBack = area() && remit.keeping(area());
      remit.fill("matrix", fragment.content);
      if (table()) {
        becomeGrid();
      }
      if (giveBack && area() && fragment.unit === drawn.unit && by === drawn.by) {
        giveBack(area());
      }
      drawn = { ...fragment, by };
      tellAgain();
    }
  }

  /** Make the table, which is one of plain links, a grid with one stop of the Tab key. */
  function becomeGrid() {
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
    stop(widget(table().tBodies[0].rows[0].cells[0]));
    const area = table().parentElement;
    const { offsetHeight, rows } = table().tHead;
    area.style.scrollPadding = `${offsetHeight + 2}px 2px 2px ${rows[0].cells[0].offsetWidth + 2}px`;
  }

  /** Mark the row of the selected unit. */
  function mark({ unit }) {
    for (const row of document.querySelectorAll("#matrix tbody tr")) {
      const isSelected = row.dataset.unit === unit;
      if (isSelected && row.ariaSelected !== "true" && !row.contains(document.activeElement)) {
        remit.reveal(row, row.closest(".matrix-area"));
      }
      row.ariaSelected = String(isSelected);
    }
  }

  // ---- Walking --------------------------------------------------------------------------------

  /** Return what takes the focus in a cell: the link or button in it, or else the cell. */
  const widget = (cell) => cell.querySelector("a, button") || cell;

  /** Let the Tab key stop here, and nowhere else in the table. */
  function stop(next) {
    for (const before of table().querySelectorAll("[tabindex='0']")) {
      before.tabIndex = -1;
    }
    next.tabIndex = 0;
  }

  /** Return how many rows a page has. */
  function page() {
    const [body] = table().tBodies;
    const room = table().parentElement.clientHeight - table().tHead.offsetHeight;
    return Math.max(1, Math.floor((room / body.offsetHeight) * body.rows.length) - 1);
  }

  /** Return the row and the column that a key leads to, however far beyond the table. */
  function target({ key, ctrlKey }, { row, column }) {
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
        return { row: row + page(), column };
      case "PageUp":
        return { row: row - page(), column };
      case "Home":
        return { row: ctrlKey ? 0 : row, column: 0 };
      case "End":
        return { row: ctrlKey ? Infinity : row, column: Infinity };
      default:
        return null;
    }
  }

  const within = (place, count) => Math.min(Math.max(place, 0), count - 1);

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("#matrix :is(td, th)");
    if (!cell || event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    const next = target(event, { row: cell.parentElement.rowIndex, column: cell.cellIndex });
    if (next) {
      const row = table().rows[within(next.row, table().rows.length)];
      const to = widget(row.cells[within(next.column, row.cells.length)]);
      stop(to);
      to.focus();
    } else if (event.key === " ") {
      stays = true;
      event.target.click();
      stays = false;
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation(); // no key of the page's own
  });

  // ---- What a row or a column has in common -----------------------------------------------------

  const isCovered = (cell) => cell.tagName === "TD" && cell.firstElementChild !== null;

  /** Light what belongs to a cell: the heads of its row and column; of a head, whom it covers. */
  function light(cell) {
    for (const lit of document.querySelectorAll("#matrix .lit")) {
      lit.classList.remove("lit");
    }
    if (!cell || !table()) {
      return;
    }
    const { rows } = table();
    const [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
    const isBody = row >= table().tHead.rows.length;
    const lit = [];
    if (column > 0) {
      const covered = [...table().tBodies[0].rows].filter((each) => isCovered(each.cells[column]));
      lit.push(rows[0].cells[column]);
      lit.push(...(isBody ? [rows[row].cells[0]] : covered.map((each) => each.cells[0])));
    } else if (isBody) {
      const covered = [...rows[row].cells].filter(isCovered);
      lit.push(cell, ...covered.map((each) => rows[0].cells[each.cellIndex]));
    }
    lit.forEach((each) => each.classList.add("lit"));
  }

  const lightUnder = ({ target: under }) => light(under.closest("#matrix :is(td, th)"));

  document.addEventListener("pointerover", lightUnder);
  document.addEventListener("focusin", (event) => {
    lightUnder(event);
    const cell = event.target.closest("#matrix :is(td, th)");
    if (cell) {
      stop(event.target);
    }
  });

  // ---- What is behind ---------------------------------------------------------------------------

  /** Tell who covers a theme or reference, of a unit and all below it, beside where it is asked. */
  async function tellCovering(asked, { covering, column }) {
    const { by } = table().dataset;
    wondered = asked;
    told = { covering, parameters: { by, column } };
    const isAsked = () => wondered === asked && isSeen();
    const fragment = await remit.fragments.forState("covering", covering, isAsked, { by, column });
    if (!fragment || !asked.isConnected) {
      return;
    }
    const list = document.getElementById("covering");
    remit.fill("covering", fragment.content);
    list.popover = "auto";
    list.showPopover();
    const [box, room] = [asked, document.getElementById("matrix")].map((each) =>
      each.getBoundingClientRect(),
    );
    const { offsetWidth, offsetHeight } = list;
    const isAbove = box.bottom + AWAY + offsetHeight > window.innerHeight;
    const top = isAbove ? window.innerHeight - offsetHeight - AWAY : box.bottom + AWAY;
    list.style.left = `${Math.max(AWAY, Math.min(box.left, room.right - offsetWidth - AWAY))}px`;
    list.style.top = `${Math.max(AWAY, top)}px`;
    list.querySelector("h2, p").focus();
  }

  /** Tell anew what is told, since it may have changed; it stays where it is. */
  async function tellAgain() {
    const list = document.querySelector("#covering:popover-open");
    if (list) {
      const { covering, parameters } = told;
      const fragment = await remit.fragments.forState("covering", covering, isSeen, parameters);
      if (fragment && fragment.known) {
        const giveBack = remit.keeping(list);
        remit.fill("covering", fragment.content);
        giveBack();
      } else if (fragment) {
        list.hidePopover();
      }
    }
  }

  /** Mark in the panel what the cell is about that led to it, and return it. */
  function markInPanel() {
    const panel = document.getElementById("panel");
    for (const entry of panel.querySelectorAll(".pointed")) {
      entry.classList.remove("pointed");
    }
    if (!pointed || remit.panel.named().unit !== pointed.unit) {
      return [];
    }
    const { by, column } = pointed;
    const entries = [...panel.querySelectorAll("[data-themes], [data-reference]")].filter(
      ({ dataset }) =>
        by === "themes"
          ? remit.state.values(dataset.themes).includes(column)
          : dataset.reference === column,
    );
    entries.forEach((entry) => entry.classList.add("pointed"));
    return entries;
  }

  /** Show what is behind a cell, and take the focus there if it is to go. */
  async function leadThere(goes) {
    await remit.panel.drawn();
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
        entry.getBoundingClientRect().top - panel.getBoundingClientRect().top - BELOW_RIM;
    } else if (!remit.embed.isEmbedded) {
      entry.scrollIntoView({ block: "center" });
    }
    if (goes) {
      const reached = entry.querySelector("summary") || entry;
      reached.tabIndex = reached === entry ? -1 : 0;
      reached.focus({ preventScroll: true });
    }
  }

  // Before toolbar.js, which selects the unit of a link.
  document.addEventListener("click", (event) => {
    const asked = event.target.closest(":is(#matrix, #covering) [data-column]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (!asked || !isPlain || !root.dataset.ready) {
      return;
    }
    const { unit, column } = asked.dataset;
    if (!unit) {
      event.preventDefault();
      tellCovering(asked, asked.dataset);
      return;
    }
    const list = document.getElementById("covering");
    if (list.contains(asked)) {
      list.hidePopover();
    }
    pointed = { unit, column, by: table().dataset.by };
    const goes = event.detail === 0 && !stays; // by Enter, and no click of a pointer
    remit.panel.afterwards(() => leadThere(goes));
  });

  // Escape closes what is told, and leaves the selection as it is.
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
    if (pointed && state.unit !== pointed.unit) {
      pointed = null;
    }
    remit.panel.drawn().then(markInPanel);
    if (isSeen()) {
      await draw(state);
      mark(remit.state.current());
    }
  });
})();
