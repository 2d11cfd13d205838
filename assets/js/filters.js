/* Filters by type and by theme: the menu, what is on, and what it leaves in every view. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const KEYS = ["types", "themes"];
  const ALL = "all";
  const NOTHING = { lit: null, hits: [], count: "", chips: [] };
  let found = NOTHING;
  let listed = { version: "", text: "" }; // the fragment that the menu has the types and themes of

  // The first HTML has the same ids, after those of the living page.
  const within = (id, selector) => {
    const element = document.getElementById(id);
    return element ? [...element.querySelectorAll(selector)] : [];
  };
  const button = () => within("filters", "summary")[0];
  const labels = () => within("filters", "label");

  /** Return the filters of a state, as parameters of a fragment. */
  function filtersOf(state) {
    return Object.fromEntries(KEYS.filter((key) => state[key]).map((key) => [key, state[key]]));
  }

  // ---- The menu -------------------------------------------------------------------------------

  async function list() {
    const { version, top } = root.dataset;
    if (listed.version === version) {
      return;
    }
    const before = listed;
    listed = { version };
    const fragment = await remit.fragments.forState("filters", top, () => true);
    listed = fragment || before;
    if (listed.text === before.text) {
      return;
    }
    const giveBack = remit.keeping(document.getElementById("filters"));
    remit.fill("filters", fragment.content);
    for (const label of labels()) {
      const box = document.createElement("input");
      box.type = "checkbox";
      label.prepend(box);
    }
    tick(remit.state.current());
    tell();
    giveBack();
  }

  /** Show in the menu, and on its button, what is on. */
  function tick(state) {
    for (const label of labels()) {
      const { filter, value } = label.dataset;
      label.querySelector("input").checked = remit.state.values(state[filter]).includes(value);
    }
    const count = KEYS.flatMap((key) => remit.state.values(state[key])).length;
    if (button()) {
      button().textContent = count ? remit.say("filters-on", { count }) : remit.say("filter");
      button().toggleAttribute("data-on", count > 0);
    }
  }

  document.addEventListener("change", ({ target }) => {
    const label = target.closest("#filters label");
    if (label) {
      const { filter, value } = label.dataset;
      remit.state.dispatch({ type: "toggle", key: filter, value });
    }
  });

  document.addEventListener("click", ({ target }) => {
    const taking = target.closest("button[data-filter]");
    if (taking) {
      const { filter } = taking.dataset;
      remit.state.dispatch(
        filter === ALL ? { type: "unfilter" } : { type: "toggle", key: filter, value: taking.value },
      );
      if (!taking.closest("#filters")) {
        button().focus(); // what was clicked is no more
      }
    }
  });

  // ---- What the filters leave -----------------------------------------------------------------

  function show(content) {
    if (content === found) {
      return;
    }
    found = content;
    const [lit, hits] = [content.lit, content.hits].map((keys) => new Set(keys));
    remit.highlight.spotlight("filter", content.lit && (() => ({ lit, hits })));
    tell();
    remit.fill("filter-chips", content.chips);
    mark();
  }

  /** Say how many units match, also in the menu, which may lie over it. */
  function tell() {
    document.getElementById("filter-count").textContent = found.count;
    for (const count of within("filters", ".count")) {
      count.textContent = found.count;
    }
  }

  /** Mark the entries of the outline, which may have been drawn anew since. */
  function mark() {
    const [lit, hits] = [found.lit, found.hits].map((keys) => new Set(keys));
    for (const entry of within("outline", "[data-key]")) {
      const { key } = entry.dataset;
      const isHit = hits.has(key);
      entry.classList.toggle("hit", isHit);
      entry.classList.toggle("dimmed", found.lit !== null && !lit.has(key));
      if (isHit) {
        entry.setAttribute("aria-description", remit.say("filter-match"));
      } else {
        entry.removeAttribute("aria-description");
      }
    }
  }

  /** Leave out of the state what no unit of this organization has. */
  function correct(state, known) {
    const wrong = KEYS.find((key) => known[key].length < new Set(remit.state.values(state[key])).size);
    if (wrong) {
      remit.notice(remit.say("filters-unknown"));
      const value = known[wrong].join(";") || null;
      remit.state.dispatch({ type: "choose", key: wrong, value, correct: true });
    }
    return Boolean(wrong);
  }

  async function find(state) {
    const [asked, focus] = [filtersOf(state), remit.state.focus(state)];
    if (!Object.keys(asked).length) {
      show(NOTHING);
      return;
    }
    const isAsked = (now) =>
      remit.state.focus(now) === focus && KEYS.every((key) => now[key] === state[key]);
    const fragment = await remit.fragments.forState("matches", focus, isAsked, asked);
    if (fragment && fragment.known && !correct(state, fragment.content)) {
      show(fragment.content);
    }
  }

  remit.filters = { mark };

  (remit.followers = remit.followers || []).push((state) => {
    list();
    tick(state);
    find(state);
  });
})();
