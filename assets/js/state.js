/* The state: one small object that is read from the address once and written back to it.
 *
 * Everything that happens on the page dispatches an action; `reduce` computes the next state. The
 * functions in `remit.followers` show the state and are called at once. What Dash draws (see
 * components/callbacks.py) follows through its store. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  remit.followers = remit.followers || [];
  const root = document.documentElement;
  const wide = window.matchMedia("(min-width: 1200px)");
  const narrow = window.matchMedia("(max-width: 799px)");
  const roomy = window.matchMedia("(min-width: 1700px)");
  const QUERY_DEBOUNCE = 400; // milliseconds without typing after which the address gets the query
  /** The keys of the state: `type`, `values` and `diagrams` of each (components/view_state.py). */
  const KEYS = JSON.parse(document.getElementById("view-state").textContent);
  /** The default of each key: the first of its values if they are limited, else null. */
  const DEFAULTS = Object.fromEntries(
    Object.entries(KEYS).map(([key, { values }]) => [key, values[0] || null]),
  );

  const top = () => root.dataset.top;

  // ---- The address ----------------------------------------------------------------------------

  /** Return the state that the query of an address describes; invalid values are ignored. */
  function fromAddress(search) {
    const query = new URLSearchParams(search);
    const state = { ...DEFAULTS, theme: remit.theme.current() };
    for (const [key, { type, values }] of Object.entries(KEYS)) {
      const value = query.get(key);
      if (value && (type !== "choice" || values.includes(value))) {
        state[key] = value;
      }
    }
    return remit.embed.isEmbedded ? { ...state, q: null } : state;
  }

  /**
   * Return a state as parameters of an address; defaults are omitted.
   * @returns {URLSearchParams}
   */
  function toParameters(state) {
    const parameters = new URLSearchParams();
    for (const [key, defaultValue] of Object.entries(DEFAULTS)) {
      if (state[key] && state[key] !== defaultValue) {
        parameters.set(key, state[key]);
      }
    }
    return parameters;
  }

  function toAddress(state) {
    const parameters = [...toParameters(state), ...remit.embed.extraParameters];
    const search = new URLSearchParams(parameters).toString();
    return window.location.pathname + (search ? `?${search}` : "");
  }

  // ---- The reducer ----------------------------------------------------------------------------

  /**
   * @typedef {object} Action
   * @property {string} type - see `changes`
   * @property {?string} unit - of "select", "connect" and "focus"
   * @property {string} key - of "set", "toggle" and "toggle-in-list": the key of the state
   * @property {?string} value - of the same
   * @property {boolean} isCorrection - replaces the current entry of the history instead of adding
   *   one: the page replaces an alias, for example, or the reader goes on typing a query
   */

  /** Return the next state; the same object if nothing changes. */
  function reduce(state, action) {
    const next = withSuitableView({ ...state, ...changes(state, action) }, state);
    return Object.keys(next).every((key) => next[key] === state[key]) ? state : next;
  }

  /** Show the network alone if the radial layout or references are turned on in a small window. */
  function withSuitableView(next, state) {
    const needsRoom =
      (next.layout === "radial" && state.layout !== "radial") ||
      (next.references === "shown" && state.references !== "shown");
    const isCramped = visibleView(next) === "both" && !roomy.matches;
    return needsRoom && isCramped ? { ...next, view: "network" } : next;
  }

  /** Return the view that is visible: narrow windows, except embeds, show one diagram at a time. */
  function visibleView({ view }) {
    const isSingle = narrow.matches && !remit.embed.isEmbedded;
    if (view && !(view === "both" && isSingle)) {
      return view;
    }
    return wide.matches ? "both" : "sunburst";
  }

  /** Return the keys of the state that an action changes, with their new values. */
  function changes(state, action) {
    switch (action.type) {
      case "select":
        // Replacing an alias by the unit's canonical name must not end the connection.
        return { unit: action.unit, ...(action.isCorrection ? {} : { to: null, q: null }) };
      case "connect":
        return { ...connected(state, action.unit), q: null };
      case "focus":
        return { focus: action.unit === top() ? null : action.unit };
      case "clear":
        return cleared(state);
      case "deselect":
        return deselected(state);
      case "clear-filters":
        return { types: null, themes: null };
      case "theme":
        return { theme: action.theme };
      case "restore": // from the history of the browser
        return fromAddress(action.search);
      case "set":
        return { [action.key]: action.value };
      case "toggle": {
        const isOn = state[action.key] === action.value;
        return { [action.key]: isOn ? DEFAULTS[action.key] : action.value };
      }
      case "toggle-in-list":
        return { [action.key]: toggledInList(state[action.key], action.value) };
      default:
        throw new Error(`Unknown action: ${action.type}`);
    }
  }

  /** Connect a unit with the selected one; if none is selected, select it. */
  function connected({ unit }, other) {
    return unit === null || unit === other ? { unit: other, to: null } : { to: other };
  }

  /** Clear the first of these that is set: the connection, the selection, the filters. */
  function cleared({ to, unit }) {
    return to === null && unit === null ? { types: null, themes: null } : deselected({ to });
  }

  /** Clear the connection or, if there is none, the selection. */
  function deselected({ to }) {
    return to !== null ? { to: null } : { unit: null };
  }

  /**
   * Return the values of a list in the state.
   * @param {?string} list - separated by semicolons
   * @returns {string[]}
   */
  const listValues = (list) => (list || "").split(";").filter(Boolean);

  /** Add a value to a list, or remove it; return null for an empty list. */
  function toggledInList(list, value) {
    const values = listValues(list);
    const others = values.filter((other) => other !== value);
    return (others.length < values.length ? others : [...values, value]).join(";") || null;
  }

  // ---- The history ----------------------------------------------------------------------------

  let current = null;
  let addressTimer = 0; // until the address gets a new query; 0 if none is pending

  /** Write an address to the history. Some browsers refuse after many calls; the page goes on. */
  function writeHistory(method, address) {
    addressTimer = 0;
    try {
      window.history[method](null, "", address);
    } catch (error) {
      if (error.name !== "SecurityError") {
        throw error;
      }
    }
  }

  /**
   * Update the address after an action; a query that is being typed is debounced.
   * @param {Action} action
   * @param {string} before - the address of the previous state
   */
  function updateAddress(action, before) {
    const address = toAddress(current);
    const wasPending = addressTimer !== 0;
    if (action.type === "restore") {
      window.clearTimeout(addressTimer);
      addressTimer = 0;
    } else if (address !== before) {
      window.clearTimeout(addressTimer);
      if (action.key === "q" && current.q) {
        const writeQuery = () => writeHistory("replaceState", toAddress(current));
        addressTimer = window.setTimeout(writeQuery, QUERY_DEBOUNCE);
        return;
      }
      // An embed must not add entries to the history, which is its host's.
      const isReplaced = action.isCorrection || remit.embed.isEmbedded;
      if (wasPending && !isReplaced) {
        writeHistory("replaceState", before);
      }
      writeHistory(isReplaced ? "replaceState" : "pushState", address);
    }
  }

  window.addEventListener("popstate", () => {
    dispatch({ type: "restore", search: window.location.search });
  });

  // ---- Dispatching ----------------------------------------------------------------------------

  /** @param {Action} dispatched */
  function dispatch(dispatched) {
    const action = remit.connection.interpret(dispatched);
    const next = action ? reduce(current, action) : current;
    if (next === current) {
      return;
    }
    const before = toAddress(current);
    current = next;
    updateAddress(action, before);
    publish();
  }

  function publish() {
    writeDataAttributes();
    notifyFollowers();
    remit.panel.afterPaint(() => window.dash_clientside.set_props("state", { data: current }));
  }

  function notifyFollowers() {
    for (const follower of remit.followers) {
      follower(current);
    }
  }

  /** Write the state to the root element, where styles, scripts and tests read it. */
  function writeDataAttributes() {
    root.dataset.unit = current.unit || "";
    root.dataset.focus = current.focus || top();
    root.dataset.view = visibleView(current);
    root.dataset.layout = current.layout;
  }

  remit.state = {
    dispatch,
    /** Call all followers again, because the data has changed and the state has not. */
    refresh() {
      current = { ...current };
      publish();
    },
    toParameters,
    /** Return the keys of the state on which the picture of a diagram depends. */
    keysForPicture: (diagram) =>
      Object.keys(KEYS).filter((key) => KEYS[key].diagrams.includes(diagram)),
    /** Return the keys of the state that are lists of values: the filters. */
    filterKeys: () => Object.keys(KEYS).filter((key) => KEYS[key].type === "list"),
    current: () => current,
    listValues,
    /** Return the focus of a state. */
    focusOf: (state) => state.focus || top(),
  };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.state = {
    /** Read the state from the address; called by Dash, which keeps the result in its store. */
    begin() {
      if (current === null) {
        current = fromAddress(window.location.search);
        writeDataAttributes();
        notifyFollowers();
        for (const query of [wide, narrow]) {
          query.addEventListener("change", publish);
        }
        remit.theme.onSystemChange((theme) => dispatch({ type: "theme", theme }));
      }
      return current;
    },
  };
})();
