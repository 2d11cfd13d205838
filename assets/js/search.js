/* The search: an editable combobox, as the ARIA Authoring Practices have it, with a list of units.
 *
 * The question is a part of the state: the list is open while there is one. What is typed becomes
 * the question, the server answers it, and a unit that is chosen ends it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const LONGEST = 200; // characters of a question that are looked at
  const MOST_STEPS = 4; // of a chain that are named
  const CALM = 400; // milliseconds without a letter before the result is said

  if (remit.embed.isEmbedded) {
    return;
  }

  const finger = window.matchMedia("(pointer: coarse)");
  let asked = null;
  let searched = null; // the edition that it was asked of
  let asking = new AbortController();
  let answered = null; // the question that the list answers: an earlier one for some milliseconds
  let hits = [];
  let active = -1;
  let pending = []; // what keys mean that were faster than the answer
  let saying = 0;

  const field = () => document.getElementById("search");
  const list = () => document.getElementById("search-hits");
  const popup = () => list().parentElement;
  const search = () => field().closest(".search");

  // ---- The question ---------------------------------------------------------------------------

  /** Return a text as a question; null if it has no word. Half a character fits no address. */
  function questionIn(text) {
    return text.slice(0, LONGEST).replace(/\p{Cs}/gu, "").replace(/\s+/g, " ").trim() || null;
  }

  function ask(question) {
    remit.state.dispatch({ type: "choose", key: "q", value: question, correct: true });
  }

  const close = () => ask(null);

  /** Answer the question of the state, wherever it comes from. */
  function follow({ q }) {
    const isAgain = q && q === asked && root.dataset.version !== searched;
    if (!root.dataset.ready || (q === asked && !isAgain)) {
      return;
    }
    if (isAgain) {
      find(asked); // of other data; the answer takes the place of the one that is shown
      return;
    }
    const question = q && questionIn(q);
    if (question !== q) {
      ask(question);
      return;
    }
    asked = question;
    asking.abort();
    pending = [];
    activate(-1);
    if (question === null) {
      hide();
      return;
    }
    if (questionIn(field().value) !== question) {
      field().value = question; // from the address
      field().focus({ preventScroll: true });
    }
    find(question);
  }

  async function find(question) {
    asking.abort();
    asking = new AbortController();
    searched = root.dataset.version;
    const { signal } = asking;
    try {
      const answer = await remit.fragments.awaited(fetchHits(question, signal));
      if (!signal.aborted) {
        show(answer);
      }
    } catch (error) {
      if (!signal.aborted && !(error instanceof remit.fragments.Gone)) {
        remit.notice(remit.say("no-answer"));
        close();
      }
    }
  }

  async function fetchHits(question, signal) {
    const { version } = root.dataset;
    const address = `search?${new URLSearchParams({ q: question, version })}`;
    const response = await remit.fragments.ask(address, version, { signal });
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
    const isAgain = answered === asked;
    const chosen = isAgain && hits[active] && hits[active].unit;
    answered = asked;
    ({ hits } = answer);
    list().replaceChildren(...hits.map(option));
    if (isAgain) {
      activate(hits.findIndex(({ unit }) => unit === chosen));
    } else {
      list().scrollTop = 0;
    }
    popup().classList.toggle("is-near", answer.near);
    popup().hidden = false;
    field().setAttribute("aria-expanded", "true");
    mark();
    if (isAgain) {
      return; // nobody has asked for it
    }
    const [{ name, unit }] = hits;
    remit.fragments.prefetch("panel", unit);
    const [found, near] = root.dataset.choosing
      ? ["units-to-connect-found", "units-to-connect-near"] // that is what Enter does
      : ["units-found", "units-near"];
    say(remit.say(answer.near ? near : found, { count: hits.length, name }), CALM);
    while (pending.length) {
      pending.shift()();
    }
  }

  function hide() {
    answered = null;
    hits = [];
    popup().hidden = true;
    list().replaceChildren();
    field().setAttribute("aria-expanded", "false");
    say("");
    mark();
  }

  /** Say something to those who listen to the page. */
  function say(sentence, delay = 0) {
    window.clearTimeout(saying);
    saying = window.setTimeout(() => {
      document.getElementById("search-status").textContent = sentence;
    }, delay);
  }

  function element(tag, name, ...content) {
    const made = document.createElement(tag);
    made.className = name;
    made.dir = "auto";
    made.append(...content);
    return made;
  }

  function option({ unit, name, acronym, chain, name_marks: marks, matched }, place) {
    const isAcronym = matched && matched.kind === "acronym" && matched.text === acronym;
    const made = document.createElement("li");
    made.id = `search-hit-${place}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dataset.unit = unit;
    made.append(remit.ofData(element("div", "name", ...marked(name, marks))));
    if (acronym) {
      const written = isAcronym ? marked(acronym, matched.marks) : [acronym];
      made.firstChild.append(" ", element("span", "acronym", ...written));
    }
    if (chain.length) {
      made.append(remit.ofData(element("div", "chain", ...steps(chain))));
    }
    if (matched && !isAcronym) {
      const kind = remit.say(`found-${matched.kind.replace("_", "-")}`);
      const told = element("span", "told", ...marked(matched.text, matched.marks));
      made.append(element("div", "matched", element("span", "kind", kind), " ", remit.ofData(told)));
    }
    return made;
  }

  /** Return a text with the words that matched as marks. */
  function marked(text, marks) {
    const ends = [0, ...marks.map(([, end]) => end)];
    return [
      ...marks.flatMap(([start, end], place) => [
        text.slice(ends[place], start),
        element("mark", "", text.slice(start, end)),
      ]),
      text.slice(ends[marks.length]),
    ];
  }

  /** Return a chain from the top down; of a long one, the middle is left out. */
  function steps(chain) {
    const names = chain.map(({ name }) => name);
    const told = names.length > MOST_STEPS ? [names[0], "…", ...names.slice(-2)] : names;
    return told.map((name) => element("span", "", name));
  }

  /** Make an option the active one, by its place; -1 for none. */
  function activate(place) {
    active = place;
    for (const each of list().children) {
      each.setAttribute("aria-selected", String(each === list().children[place]));
    }
    if (place < 0) {
      field().removeAttribute("aria-activedescendant");
    } else {
      const made = list().children[place];
      field().setAttribute("aria-activedescendant", made.id);
      made.scrollIntoView({ block: "nearest" });
      remit.fragments.prefetch("panel", hits[place].unit);
    }
    emphasise(place);
  }

  function choose(hit, type) {
    field().select(); // the next letter begins the next question
    if (finger.matches) {
      field().blur(); // and takes its keyboard away
    }
    remit.state.dispatch({ type, unit: hit.unit });
    close();
    if (root.dataset.choosing) {
      return; // it is the first unit itself, and the second one is still to be chosen
    }
    const isConnected = remit.state.current().to === hit.unit; // with none selected it is itself
    say(remit.say(isConnected ? "search-connected" : "search-selected", { name: hit.name }));
  }

  // ---- The hits in the diagrams and in the outline --------------------------------------------

  /** Return the key of a hit, or of the nearest above it that is in the picture. */
  function keyOf({ unit, chain }) {
    const upwards = [unit, ...chain.map((each) => each.unit).reverse()];
    return upwards.map(remit.scene.keyOf).find(Boolean);
  }

  function spotlight() {
    const keys = hits.map(keyOf).filter(Boolean);
    return { hits: new Set(keys), lit: new Set(keys.flatMap(remit.scene.chain)) };
  }

  function mark() {
    const units = new Set(hits.map(({ unit }) => unit));
    for (const link of document.querySelectorAll("#outline a[data-unit]")) {
      link.classList.toggle("found", units.has(link.dataset.unit));
    }
    remit.highlight.spotlight("search", hits.length ? spotlight : null);
  }

  function emphasise(place) {
    remit.highlight.hover(hits[place] ? keyOf(hits[place]) : null);
  }

  // ---- Keys, pointer, focus -------------------------------------------------------------------

  /** Do something with the answer to what stands in the field, at once if it is there. */
  function withHits(action) {
    ask(questionIn(field().value));
    if (answered !== null && answered === asked) {
      action();
    } else {
      pending.push(action);
    }
  }

  /** Move through the list, from its end to its beginning; open it if it is closed. */
  function move(step) {
    withHits(() => {
      const from = active < 0 && step < 0 ? 0 : active;
      activate((from + step + hits.length) % hits.length);
    });
  }

  function escape() {
    if (asked !== null) {
      close();
      return true;
    }
    const hadText = field().value !== "";
    field().value = "";
    return hadText;
  }

  /** Do what a key in the field means; return whether it means anything here. */
  function press({ key, altKey, shiftKey }) {
    switch (key) {
      case "ArrowDown":
        if (altKey) {
          ask(questionIn(field().value));
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
        return escape();
      case "Tab":
        close();
        return false;
      case "ArrowLeft":
      case "ArrowRight":
      case "Home":
      case "End":
        activate(-1); // they move in the text
        return false;
      default:
        return false;
    }
  }

  // Ahead of the page's own keys, which would walk through the diagrams and clear the selection.
  document.addEventListener(
    "keydown",
    (event) => {
      const { altKey, ctrlKey, isComposing, key, metaKey, target } = event;
      const isFree = !target.closest("input, textarea, select, dialog, [contenteditable]");
      if (target === field() && !ctrlKey && !metaKey && !isComposing) {
        if (press(event)) {
          event.preventDefault();
          event.stopImmediatePropagation();
        }
      } else if (key === "/" && isFree && !altKey && !ctrlKey && !metaKey) {
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
      ask(questionIn(target.value));
    }
  });

  // The list has no focus of its own: it stays in the field.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".search .popup, .search .clear")) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    const { target } = event;
    const chosen = target.closest("#search-hits [data-unit]");
    if (chosen) {
      event.preventDefault(); // it is no link of the page
      choose(hits[[...list().children].indexOf(chosen)], event.shiftKey ? "connect" : "select");
    } else if (target.closest(".search .clear")) {
      field().value = "";
      field().focus();
      close();
    } else if (target === field()) {
      ask(questionIn(target.value));
    }
  });

  document.addEventListener("pointerover", ({ target }) => {
    const over = target.closest("#search-hits [data-unit]");
    if (over) {
      emphasise([...list().children].indexOf(over));
    }
  });

  document.addEventListener("pointerout", ({ target }) => {
    if (target.closest("#search-hits [data-unit]")) {
      emphasise(active);
    }
  });

  document.addEventListener("pointerdown", ({ target }) => {
    if (asked !== null && !search().contains(target)) {
      close();
    }
  });

  document.addEventListener("focusin", ({ target }) => {
    if (asked !== null && !search().contains(target)) {
      close();
    }
  });

  (remit.followers = remit.followers || []).push(follow);

  // The question of the address, as soon as the page can be used.
  new MutationObserver((_, observer) => {
    if (root.dataset.ready) {
      observer.disconnect();
      follow(remit.state.current());
    }
  }).observe(root, { attributes: true, attributeFilter: ["data-ready"] });
})();
