/* The state: one small object, read from the address once and written back to it.
 *
 * Whatever happens on the page becomes an event, `reduce` makes the next state of it, and whatever
 * shows a part of the state follows: the functions in `remit.followers`, at once, and what Dash
 * draws (see components/callbacks.py) through the store. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  remit.followers = remit.followers || [];
  const root = document.documentElement;
  const wide = window.matchMedia("(min-width: 1200px)");
  const narrow = window.matchMedia("(max-width: 799px)");
  const roomy = window.matchMedia("(min-width: 1700px)");
  const TYPED_TOGETHER = 400; // milliseconds between the letters of one question
  /** The keys of a view with their `type`, `values` and `diagrams` (components/view_state.py). */
  const KEYS = JSON.parse(document.getElementById("view-state").textContent);
  /** The default of each key: the first of its values, if it has few. */
  const BARE = Object.fromEntries(
    Object.entries(KEYS).map(([key, { values }]) => [key, values[0] || null]),
  );

  function fromAddress(search) {
    const asked = new URLSearchParams(search);
    const state = { ...BARE, theme: remit.theme.current() };
    for (const [key, { type, values }] of Object.entries(KEYS)) {
      const value = asked.get(key);
      if (value && (type !== "choice" || values.includes(value))) {
        state[key] = value;
      }
    }
    return remit.embed.isEmbedded ? { ...state, q: null } : state;
  }

  /** Return the parameters of a state, as those of an address. */
  function parameters(state) {
    const said = new URLSearchParams();
    for (const [key, bare] of Object.entries(BARE)) {
      if (state[key] && state[key] !== bare) {
        said.set(key, state[key]);
      }
    }
    return said;
  }

  function toAddress(state) {
    const search = new URLSearchParams([...parameters(state), ...remit.embed.parameters]).toString();
    return window.location.pathname + (search ? `?${search}` : "");
  }

  /** Return the next state; the same object if nothing changes. */
  function reduce(state, event) {
    const next = withRoom({ ...state, ...changes(state, event) }, state);
    return Object.keys(next).every((key) => next[key] === state[key]) ? state : next;
  }

  /** Give what takes much room, rings and references, the whole width where there is little. */
  function withRoom(next, state) {
    const larger =
      (next.layout === "radial" && state.layout !== "radial") ||
      (next.references === "shown" && state.references !== "shown");
    return larger && seen(next) === "both" && !roomy.matches ? { ...next, view: "network" } : next;
  }

  /** Return the view that is seen: in a narrow window of its own one diagram at a time. */
  function seen({ view }) {
    const single = narrow.matches && !remit.embed.isEmbedded;
    return view && !(view === "both" && single) ? view : wide.matches ? "both" : "sunburst";
  }

  function changes(state, event) {
    switch (event.type) {
      case "select":
        // A unit that is only called by its right name stays connected with the other one.
        return event.correct ? { unit: event.unit } : { unit: event.unit, to: null, q: null };
      case "connect":
        return { ...connected(state, event.unit), q: null };
      case "focus":
        return { focus: event.unit === top() ? null : event.unit };
      case "clear":
        return outwards(state);
      case "release":
        return released(state);
      case "unfilter":
        return { types: null, themes: null };
      case "theme":
        return { theme: event.theme };
      case "restore":
        return fromAddress(event.search);
      case "switch":
        return { [event.key]: state[event.key] === event.value ? BARE[event.key] : event.value };
      case "choose":
        return { [event.key]: event.value };
      case "toggle":
        return { [event.key]: toggled(state[event.key], event.value) };
      default:
        throw new Error(`No such event: ${event.type}`);
    }
  }

  /** Ask how a unit is connected with the selected one; it is selected itself if none is. */
  function connected({ unit }, other) {
    return unit === null || unit === other ? { unit: other, to: null } : { to: other };
  }

  /** One step back at a time: the connection, the selection, the filters. */
  function outwards({ to, unit }) {
    return to === null && unit === null ? { types: null, themes: null } : released({ to });
  }

  /** What a click beside all units lets go of; the filters stay. */
  function released({ to }) {
    return to !== null ? { to: null } : { unit: null };
  }

  /** Return the values of a list; there may be none. */
  const valuesOf = (list) => (list || "").split(";").filter(Boolean);

  /** Put a value into a list, or take it out. */
  function toggled(list, value) {
    const values = valuesOf(list);
    const others = values.filter((each) => each !== value);
    return (others.length < values.length ? others : [...values, value]).join(";") || null;
  }

  const top = () => root.dataset.top;

  let current = null;
  let writing = 0; // the timer of an address that is still to be written

  /** Write the address. Where a browser refuses, as some do after many, the page goes on. */
  function change(kind, address) {
    writing = 0;
    try {
      window.history[kind](null, "", address);
    } catch (error) {
      if (error.name !== "SecurityError") {
        throw error;
      }
    }
  }

  /** Let the address follow what an event has changed; a question, once no letter is added. */
  function write(event, before) {
    const address = toAddress(current);
    const isDue = writing !== 0;
    if (event.type === "restore") {
      window.clearTimeout(writing);
      writing = 0;
    } else if (address !== before) {
      window.clearTimeout(writing);
      if (event.key === "q" && current.q) {
        writing = window.setTimeout(() => change("replaceState", toAddress(current)), TYPED_TOGETHER);
        return;
      }
      // Inside another page nothing is added to that page's history either.
      const kept = event.correct || remit.embed.isEmbedded;
      if (isDue && !kept) {
        change("replaceState", before);
      }
      change(kept ? "replaceState" : "pushState", address);
    }
  }

  /** Make the state follow an event. `correct: true` mends the address instead of adding to it. */
  function dispatch(asked) {
    const event = remit.connection.meant(asked);
    const next = event ? reduce(current, event) : current;
    if (next === current) {
      return;
    }
    const before = toAddress(current);
    current = next;
    write(event, before);
    publish();
  }

  function publish() {
    describe();
    follow();
    remit.panel.afterwards(() => window.dash_clientside.set_props("state", { data: current }));
  }

  function follow() {
    for (const follower of remit.followers) {
      follower(current);
    }
  }

  /** Let styles, scripts and tests read the state from the root element. */
  function describe() {
    root.dataset.unit = current.unit || "";
    root.dataset.focus = current.focus || top();
    root.dataset.view = seen(current);
    root.dataset.layout = current.layout;
  }

  window.addEventListener("popstate", () => {
    dispatch({ type: "restore", search: window.location.search });
  });

  remit.state = {
    dispatch,
    /** Let all follow once more: what they show has changed, and the state has not. */
    renew() {
      current = { ...current };
      publish();
    },
    parameters,
    /** Return the keys on which the picture of a diagram depends. */
    keysOf: (diagram) => Object.keys(KEYS).filter((key) => KEYS[key].diagrams.includes(diagram)),
    current: () => current,
    values: valuesOf,
    focus: (state) => state.focus || top(),
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.state = {
    begin() {
      if (current === null) {
        current = fromAddress(window.location.search);
        describe();
        follow();
        for (const query of [wide, narrow]) {
          query.addEventListener("change", publish);
        }
        remit.theme.onSystemChange((theme) => dispatch({ type: "theme", theme }));
      }
      return current;
    },
  };
})();
