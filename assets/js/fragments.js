/* Fragments: what the server says of one unit, kept for as long as the page lives. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const KEPT = 400;
  const kept = new Map();
  let waiting = 0;

  function query(parameters) {
    return new URLSearchParams({ lang: remit.language, ...parameters }).toString();
  }

  async function load(kind, unit, parameters) {
    const path = `fragments/${root.dataset.version}/${kind}/${encodeURIComponent(unit)}.json`;
    const response = await window.fetch(`${path}?${query(parameters)}`);
    const body = await response.json();
    if (response.status === 410) {
      // The data changed on the server: what was kept is of no use any more.
      root.dataset.version = body.version;
      kept.clear();
      return fetchFragment(kind, unit, parameters);
    }
    return { known: response.ok, ...body };
  }

  /** Return a promise of a fragment: `known`, `unit`, `focus`, `content`. */
  function fetchFragment(kind, unit, parameters) {
    const key = `${kind}/${unit}?${query(parameters)}`;
    if (!kept.has(key)) {
      const promise = load(kind, unit, parameters);
      promise.catch(() => kept.delete(key));
      kept.set(key, promise);
      if (kept.size > KEPT) {
        kept.delete(kept.keys().next().value);
      }
    }
    return kept.get(key);
  }

  /** Fetch what may be asked for next; a failure will show when it is. */
  function prefetch(kind, unit) {
    fetchFragment(kind, unit).catch(() => {});
  }

  /** Return what a promise gives, and let the page show meanwhile that something is on its way. */
  async function awaited(promise) {
    waiting += 1;
    root.dataset.waiting = "true";
    try {
      return await promise;
    } finally {
      waiting -= 1;
      if (!waiting) {
        delete root.dataset.waiting;
      }
    }
  }

  /** Return a fragment, or null if meanwhile the state asks for another one. */
  async function forState(kind, unit, stillAsked, parameters) {
    try {
      const fragment = await awaited(fetchFragment(kind, unit, parameters));
      return stillAsked(remit.state.current()) ? fragment : null;
    } catch (error) {
      remit.notice(remit.say("no-answer"));
      return null;
    }
  }

  /** Return a fragment of the focus; an unknown focus gives way to the top. */
  async function ofFocus(kind, state, parameters) {
    const focus = remit.state.focus(state);
    const stillAsked = (now) => remit.state.focus(now) === focus;
    const fragment = await forState(kind, focus, stillAsked, parameters);
    if (fragment === null) {
      return null;
    }
    if (!fragment.known) {
      remit.notice(remit.say("unknown-focus"));
      remit.state.dispatch({ type: "focus", unit: root.dataset.top, correct: true });
      return null;
    }
    if (fragment.unit !== focus) {
      // An alias, or a unit with nothing below it: its parent is the focus.
      remit.state.dispatch({ type: "focus", unit: fragment.unit, correct: true });
      return null;
    }
    return fragment;
  }

  /** Return a follower that fills an element with a fragment whenever the focus is another, and then calls
   * `afterwards` with whether the focus of the keyboard was in it. */
  function filled(kind, afterwards = () => {}) {
    let drawn = "";
    return async (state) => {
      const fragment = await ofFocus(kind, state);
      const wanted = fragment && `${root.dataset.version} ${fragment.unit}`;
      if (wanted && wanted !== drawn) {
        drawn = wanted;
        const hadFocus = document.getElementById(kind).contains(document.activeElement);
        remit.fill(kind, fragment.content);
        afterwards(hadFocus);
      }
    };
  }

  remit.fragments = { awaited, prefetch, forState, ofFocus, filled };
})();
