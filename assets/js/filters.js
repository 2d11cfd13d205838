/* Filters by type and by theme: the menu, the chips of active filters, and the marks of matches. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const ALL = "all";
  const NO_FILTER = { lit: null, hits: [], count: "", chips: [] };
  let matches = NO_FILTER; // the content that is shown
  let listed = { version: "", text: "" }; // the fragment with the types and themes of the menu

  // The first HTML repeats some ids, after those of the live page; getElementById finds the latter.
  const queryIn = (id, selector) => {
    const element = document.getElementById(id);
    return element ? [...element.querySelectorAll(selector)] : [];
  };
  const menuButton = () => queryIn("filters", "summary")[0];
  const labels = () => queryIn("filters", "label");

  /** Return the active filters of a state, as parameters of a fragment. */
  function filtersOf(state) {
    return Object.fromEntries(
      remit.state.filterKeys().flatMap((key) => (state[key] ? [[key, state[key]]] : [])),
    );
  }

  // ---- The menu -------------------------------------------------------------------------------

  /** Fill the menu with the types and themes of the edition on the screen. */
  async function fillMenu() {
    const { version, top } = root.dataset;
    if (listed.version === version) {
      return;
    }
    const before = listed;
    listed = { version };
    const fragment = await remit.fragments.fetchCurrent("filters", top, () => true);
    listed = fragment || before;
    if (listed.text === before.text) {
      return;
    }
    const restoreFocus = remit.preserveFocus(document.getElementById("filters"));
    remit.fill("filters", fragment.content);
    for (const label of labels()) {
      const checkbox = document.createElement("input");
      checkbox.type = "checkbox";
      label.prepend(checkbox);
    }
    updateMenu(remit.state.current());
    showCount();
    restoreFocus();
  }

  /** Check the active filters, and write their number on the button of the menu. */
  function updateMenu(state) {
    for (const label of labels()) {
      const { filter, value } = label.dataset;
      label.querySelector("input").checked = remit.state.listValues(state[filter]).includes(value);
    }
    const { filterKeys, listValues } = remit.state;
    const count = filterKeys().flatMap((key) => listValues(state[key])).length;
    if (menuButton()) {
      menuButton().textContent = count
        ? remit.message("filters-on", { count })
        : remit.message("filter");
      menuButton().toggleAttribute("data-on", count > 0);
    }
  }

  document.addEventListener("change", ({ target }) => {
    const label = target.closest("#filters label");
    if (label) {
      const { filter, value } = label.dataset;
      remit.state.dispatch({ type: "toggle-in-list", key: filter, value });
    }
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-filter]");
    if (button) {
      const { filter } = button.dataset;
      remit.state.dispatch(
        filter === ALL
          ? { type: "clear-filters" }
          : { type: "toggle-in-list", key: filter, value: button.value },
      );
      if (!button.closest("#filters")) {
        menuButton().focus(); // the clicked button is removed with its chip
      }
    }
  });

  // ---- The matches ----------------------------------------------------------------------------

  /**
   * Show the matches in every view.
   * @param {object} content - `hits`: keys of the matching units; `lit`: keys of the nodes that are
   *   not dimmed, null if none is; `count`: a sentence; `chips`: components
   */
  function showMatches(content) {
    if (content === matches) {
      return;
    }
    matches = content;
    const lit = content.lit && new Set(content.lit);
    const hits = new Set(content.hits);
    remit.highlight.setSpotlight("filter", lit && (() => ({ lit, hits })));
    showCount();
    remit.fill("filter-chips", content.chips);
    markOutline();
  }

  /** Show how many units match, also in the menu, which may cover the toolbar. */
  function showCount() {
    document.getElementById("filter-count").textContent = matches.count;
    for (const count of queryIn("filters", ".count")) {
      count.textContent = matches.count;
    }
  }

  /** Mark the matching entries of the outline, and dim the others. */
  function markOutline() {
    const lit = matches.lit && new Set(matches.lit);
    const hits = new Set(matches.hits);
    for (const entry of queryIn("outline", "[data-key]")) {
      const { key } = entry.dataset;
      const isHit = hits.has(key);
      entry.classList.toggle("hit", isHit);
      entry.classList.toggle("dimmed", lit !== null && !lit.has(key));
      if (isHit) {
        entry.setAttribute("aria-description", remit.message("filter-match"));
      } else {
        entry.removeAttribute("aria-description");
      }
    }
  }

  /**
   * Remove types and themes that the organization does not have from the state.
   * @param {object} state
   * @param {Object<string, string[]>} known - the valid values of the state by key
   * @returns {boolean} whether the state was corrected
   */
  function correctState(state, known) {
    const invalid = remit.state.filterKeys().find(
      (key) => known[key].length < new Set(remit.state.listValues(state[key])).size,
    );
    if (invalid) {
      remit.showNotice(remit.message("filters-unknown"));
      const value = known[invalid].join(";") || null;
      remit.state.dispatch({ type: "set", key: invalid, value, isCorrection: true });
    }
    return Boolean(invalid);
  }

  async function updateMatches(state) {
    const [filters, focus] = [filtersOf(state), remit.state.focusOf(state)];
    if (!Object.keys(filters).length) {
      showMatches(NO_FILTER);
      return;
    }
    const isWanted = (now) =>
      remit.state.focusOf(now) === focus &&
      remit.state.filterKeys().every((key) => now[key] === state[key]);
    const fragment = await remit.fragments.fetchCurrent("matches", focus, isWanted, filters);
    if (fragment && fragment.known && !correctState(state, fragment.content)) {
      showMatches(fragment.content);
    }
  }

  remit.filters = { markOutline };

  (remit.followers = remit.followers || []).push((state) => {
    fillMenu();
    updateMenu(state);
    updateMatches(state);
  });
})();
