/* The search: an editable combobox (ARIA Authoring Practices) with a list of units.
 *
 * The query is part of the state (`q`), and the list is open while there is one. Typing sets the
 * query, the server answers it, and choosing a unit ends it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const MAX_QUERY_LENGTH = 200; // characters
  const MAX_CHAIN_LENGTH = 4; // names of ancestors that are shown
  const ANNOUNCE_DELAY = 400; // milliseconds; typing on within them cancels the announcement

  if (remit.embed.isEmbedded) {
    return;
  }

  const touch = window.matchMedia("(pointer: coarse)");
  let currentQuery = null; // as in the state
  let searchedVersion = null; // the edition that it was sent to
  let request = new AbortController();
  let answeredQuery = null; // the query of the hits in the list, which may lag behind
  let hits = [];
  let active = -1; // index of the active option
  let pendingActions = []; // of keys that were pressed before the answer arrived
  let announceTimer = 0;

  const field = () => document.getElementById("search");
  const list = () => document.getElementById("search-hits");
  const popup = () => list().parentElement;
  const search = () => field().closest(".search");

  // ---- The query ------------------------------------------------------------------------------

  /** Return a text as a query, null if it is blank. Addresses cannot contain lone surrogates. */
  function normalize(text) {
    return (
      text.slice(0, MAX_QUERY_LENGTH).replace(/\p{Cs}/gu, "").replace(/\s+/g, " ").trim() || null
    );
  }

  function setQuery(query) {
    remit.state.dispatch({ type: "set", key: "q", value: query, isCorrection: true });
  }

  const close = () => setQuery(null);

  /** Answer the query of the state, whether it was typed or comes from the address. */
  function follow({ q }) {
    const isOutdated = q && q === currentQuery && root.dataset.version !== searchedVersion;
    if (!root.dataset.ready || (q === currentQuery && !isOutdated)) {
      return;
    }
    if (isOutdated) {
      find(currentQuery); // in the new edition; the list stays until the answer replaces it
      return;
    }
    const query = q && normalize(q);
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
    if (normalize(field().value) !== query) {
      field().value = query; // from the address
      field().focus({ preventScroll: true });
    }
    find(query);
  }

  async function find(query) {
    request.abort();
    request = new AbortController();
    searchedVersion = root.dataset.version;
    const { signal } = request;
    try {
      const answer = await remit.fragments.withProgress(fetchHits(query, signal));
      if (!signal.aborted) {
        show(answer);
      }
    } catch (error) {
      if (!signal.aborted && !(error instanceof remit.fragments.EditionGone)) {
        remit.showNotice(remit.message("no-answer"));
        close();
      }
    }
  }

  async function fetchHits(query, signal) {
    const { version } = root.dataset;
    const address = `search?${new URLSearchParams({ q: query, version })}`;
    const response = await remit.fragments.fetchFromEdition(address, version, { signal });
    if (!response.ok) {
      throw new Error(response.statusText);
    }
    return response.json();
  }

  // ---- The list -------------------------------------------------------------------------------

  function show(answer) {
    if (!answer.hits.length) {
      close();
      return;
    }
    const isUpdate = answeredQuery === currentQuery; // the data has changed, not the query
    const activeUnit = isUpdate && hits[active] && hits[active].unit;
    answeredQuery = currentQuery;
    ({ hits } = answer);
    list().replaceChildren(...hits.map(option));
    if (isUpdate) {
      activate(hits.findIndex(({ unit }) => unit === activeUnit));
    } else {
      list().scrollTop = 0;
    }
    popup().classList.toggle("is-near", answer.near);
    popup().hidden = false;
    field().setAttribute("aria-expanded", "true");
    markHits();
    if (isUpdate) {
      return; // nothing to announce: the reader did not search
    }
    const [{ name, unit }] = hits;
    remit.fragments.prefetch("panel", unit);
    const [found, near] = root.dataset.choosing
      ? ["units-to-connect-found", "units-to-connect-near"] // Enter connects the first of them
      : ["units-found", "units-near"];
    const key = answer.near ? near : found;
    announce(remit.message(key, { count: hits.length, name }), ANNOUNCE_DELAY);
    while (pendingActions.length) {
      pendingActions.shift()();
    }
  }

  function hide() {
    answeredQuery = null;
    hits = [];
    popup().hidden = true;
    list().replaceChildren();
    field().setAttribute("aria-expanded", "false");
    announce("");
    markHits();
  }

  /** Announce a sentence to screen readers, unless another one follows within the delay. */
  function announce(sentence, delay = 0) {
    window.clearTimeout(announceTimer);
    announceTimer = window.setTimeout(() => {
      document.getElementById("search-status").textContent = sentence;
    }, delay);
  }

  function createElement(tag, className, ...content) {
    const element = document.createElement(tag);
    element.className = className;
    element.dir = "auto";
    element.append(...content);
    return element;
  }

  /**
   * Return the list item of a hit: its name, its ancestors, and the matching text if it is another.
   * @param {object} hit - one of the server's answer
   * @param {number} index - of the hit in the list
   */
  function option({ unit, name, acronym, chain, name_marks: marks, matched }, index) {
    const matchesAcronym = matched && matched.kind === "acronym" && matched.text === acronym;
    const item = document.createElement("li");
    item.id = `search-hit-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.unit = unit;
    item.append(remit.markAsData(createElement("div", "name", ...withMarks(name, marks))));
    if (acronym) {
      const content = matchesAcronym ? withMarks(acronym, matched.marks) : [acronym];
      item.firstChild.append(" ", createElement("span", "acronym", ...content));
    }
    if (chain.length) {
      item.append(remit.markAsData(createElement("div", "chain", ...chainSteps(chain))));
    }
    if (matched && !matchesAcronym) {
      const kind = remit.message(`found-${matched.kind.replace("_", "-")}`);
      const text = createElement("span", "text", ...withMarks(matched.text, matched.marks));
      item.append(
        createElement(
          "div",
          "matched",
          createElement("span", "kind", kind),
          " ",
          remit.markAsData(text),
        ),
      );
    }
    return item;
  }

  /**
   * Return a text as nodes, the matching words as `mark` elements.
   * @param {string} text
   * @param {Array<[number, number]>} marks - start and end of each word, in ascending order
   */
  function withMarks(text, marks) {
    const ends = [0, ...marks.map(([, end]) => end)];
    return [
      ...marks.flatMap(([start, end], index) => [
        text.slice(ends[index], start),
        createElement("mark", "", text.slice(start, end)),
      ]),
      text.slice(ends[marks.length]),
    ];
  }

  /** Return the names of a hit's ancestors from the top down; a long chain lacks its middle. */
  function chainSteps(chain) {
    const names = chain.map(({ name }) => name);
    const isLong = names.length > MAX_CHAIN_LENGTH;
    const steps = isLong ? [names[0], "…", ...names.slice(-2)] : names;
    return steps.map((name) => createElement("span", "", name));
  }

  /** Make the option at an index the active one; -1 for none. */
  function activate(index) {
    active = index;
    const options = list().children;
    for (const item of options) {
      item.setAttribute("aria-selected", String(item === options[index]));
    }
    if (index < 0) {
      field().removeAttribute("aria-activedescendant");
    } else {
      field().setAttribute("aria-activedescendant", options[index].id);
      options[index].scrollIntoView({ block: "nearest" });
      remit.fragments.prefetch("panel", hits[index].unit);
    }
    hoverHit(index);
  }

  /**
   * Select or connect the unit of a hit.
   * @param {object} hit
   * @param {"select"|"connect"} type
   */
  function choose(hit, type) {
    field().select(); // typing then replaces the query
    if (touch.matches) {
      field().blur(); // hides the on-screen keyboard
    }
    remit.state.dispatch({ type, unit: hit.unit });
    close();
    if (root.dataset.choosing) {
      return; // the hit is the selected unit itself; the second unit is still to be chosen
    }
    // Without a selected unit, connecting selects the unit.
    const isConnected = remit.state.current().to === hit.unit;
    const key = isConnected ? "search-connected" : "search-selected";
    announce(remit.message(key, { name: hit.name }));
  }

  // ---- The hits in the diagrams and in the outline --------------------------------------------

  /** Return the key of a hit, or of its nearest ancestor that the diagrams show. */
  function keyOf({ unit, chain }) {
    const upwards = [unit, ...chain.map((ancestor) => ancestor.unit).reverse()];
    return upwards.map(remit.scene.keyOf).find(Boolean);
  }

  function spotlight() {
    const keys = hits.map(keyOf).filter(Boolean);
    return { hits: new Set(keys), lit: new Set(keys.flatMap(remit.scene.chain)) };
  }

  function markHits() {
    const units = new Set(hits.map(({ unit }) => unit));
    for (const link of document.querySelectorAll("#outline a[data-unit]")) {
      link.classList.toggle("found", units.has(link.dataset.unit));
    }
    remit.highlight.setSpotlight("search", hits.length ? spotlight : null);
  }

  function hoverHit(index) {
    remit.highlight.hover(hits[index] ? keyOf(hits[index]) : null);
  }

  // ---- Keys, pointer, focus -------------------------------------------------------------------

  /** Do something with the hits for the text in the field, as soon as they are there. */
  function withHits(action) {
    setQuery(normalize(field().value));
    if (answeredQuery !== null && answeredQuery === currentQuery) {
      action();
    } else {
      pendingActions.push(action);
    }
  }

  /** Move the active option, past the end to the beginning; open the list if it is closed. */
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

  /** Handle a key in the field; return whether the page's other listeners must not get it. */
  function press({ key, altKey, shiftKey }) {
    switch (key) {
      case "ArrowDown":
        if (altKey) {
          setQuery(normalize(field().value));
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

  // In the capture phase, before the page's shortcuts, which move in the diagrams and clear the
  // selection.
  document.addEventListener(
    "keydown",
    (event) => {
      const { altKey, ctrlKey, isComposing, key, metaKey, target } = event;
      const isTyping = target.closest("input, textarea, select, dialog, [contenteditable]");
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
    },
    true,
  );

  document.addEventListener("input", ({ target }) => {
    if (target === field()) {
      activate(-1);
      setQuery(normalize(target.value));
    }
  });

  // A click on the list must not take the focus from the field.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".search .popup, .search .clear")) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    const { target } = event;
    const item = target.closest("#search-hits [data-unit]");
    if (item) {
      event.preventDefault(); // toolbar.js would select its unit, too
      choose(hits[[...list().children].indexOf(item)], event.shiftKey ? "connect" : "select");
    } else if (target.closest(".search .clear")) {
      field().value = "";
      field().focus();
      close();
    } else if (target === field()) {
      setQuery(normalize(target.value));
    }
  });

  document.addEventListener("pointerover", ({ target }) => {
    const item = target.closest("#search-hits [data-unit]");
    if (item) {
      hoverHit([...list().children].indexOf(item));
    }
  });

  document.addEventListener("pointerout", ({ target }) => {
    if (target.closest("#search-hits [data-unit]")) {
      hoverHit(active);
    }
  });

  function closeIfOutside({ target }) {
    if (currentQuery !== null && !search().contains(target)) {
      close();
    }
  }

  document.addEventListener("pointerdown", closeIfOutside);
  document.addEventListener("focusin", closeIfOutside);

  (remit.followers = remit.followers || []).push(follow);

  // Answer the query of the address once the page is ready.
  new MutationObserver((_, observer) => {
    if (root.dataset.ready) {
      observer.disconnect();
      follow(remit.state.current());
    }
  }).observe(root, { attributes: true, attributeFilter: ["data-ready"] });
})();
