/* Fragments: what the server says of one unit, kept for as long as the page shows its edition. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const KEPT = 400;
  const TRIES = 20; // of an edition that the server does not know, or does not know yet
  const PAUSE = 500; // milliseconds between them
  const SCOPES = ["sunburst", "network", "outline", "breadcrumb", "matrix", "relations", "matches"];
  const kept = new Map();
  const shown = new Map(); // for each kind what was asked for last: `unit`, `parameters`
  let waiting = 0;

  /** The server has another edition, and the page goes over to it. */
  class Gone extends Error {}

  function query(parameters) {
    return new URLSearchParams({ lang: remit.language, ...parameters }).toString();
  }

  /** Return a promise of an answer that is of one edition.
   *
   * If the server has a newer one the page goes over to that, and this fails with `Gone`. If it has
   * an older one it is a process that is behind: it is asked again, until it insists. */
  async function ask(address, version, options = {}) {
    for (let tries = 1; ; tries += 1) {
      const response = await window.fetch(address, options);
      if (response.status !== 410) {
        return response;
      }
      const told = await response.json();
      if (version !== root.dataset.version || remit.following.offer(told, tries === TRIES)) {
        throw new Gone();
      }
      await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
    }
  }

  async function load(version, kind, unit, parameters) {
    const path = `fragments/${version}/${kind}/${encodeURIComponent(unit)}.json`;
    const response = await ask(`${path}?${query(parameters)}`, version);
    const text = await response.text();
    return { known: response.ok, version, text, ...JSON.parse(text) };
  }

  const keyOf = (version, kind, unit, parameters) =>
    `${version}/${kind}/${unit}?${query(parameters)}`;

  /** Return a promise of a fragment: `known`, `version`, `text`, `unit`, `focus`, `content`. */
  function fetchFragment(kind, unit, parameters, version = root.dataset.version) {
    const key = keyOf(version, kind, unit, parameters);
    if (!kept.has(key)) {
      const promise = load(version, kind, unit, parameters);
      promise.catch(() => kept.delete(key));
      kept.set(key, promise);
      if (kept.size > KEPT) {
        kept.delete(kept.keys().next().value);
      }
    }
    return kept.get(key);
  }

  /** Return what is shown, as it is asked for of another edition: it may have another top. */
  const asked = ({ top }) =>
    [...shown].map(([kind, { unit, parameters }]) => [
      kind,
      unit === root.dataset.top ? top : unit,
      parameters,
    ]);

  /** Tell whether all that is shown has been fetched, or is on its way, of another edition. */
  const isComplete = (told) => asked(told).every((each) => kept.has(keyOf(told.version, ...each)));

  /** Fetch all that is shown of another edition; where its focus is none there, that of the top. */
  async function fetchShown(told) {
    const { version, top } = told;
    await Promise.all(
      asked(told).map(async ([kind, unit, parameters]) => {
        const { known } = await fetchFragment(kind, unit, parameters, version);
        if (!known && SCOPES.includes(kind)) {
          await fetchFragment(kind, top, parameters, version);
        }
      }),
    );
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

  /** Return a fragment, or null if meanwhile the state asks for another one, or the page has gone
   * over to another edition: whoever follows is called again then. */
  async function forState(kind, unit, stillAsked, parameters) {
    shown.set(kind, { unit, parameters });
    try {
      const fragment = await awaited(fetchFragment(kind, unit, parameters));
      const isCurrent = fragment.version === root.dataset.version;
      return isCurrent && stillAsked(remit.state.current()) ? fragment : null;
    } catch (error) {
      if (!(error instanceof Gone)) {
        remit.notice(remit.say("no-answer"));
      }
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

  /** Return a follower that fills an element with a fragment whenever that says something else, and
   * then calls `afterwards` with whether the focus of the keyboard was in it. */
  function filled(kind, afterwards = () => {}) {
    let drawn = {};
    return async (state) => {
      const fragment = await ofFocus(kind, state);
      if (fragment && fragment.text !== drawn.text) {
        const place = document.getElementById(kind);
        const hadFocus = place.contains(document.activeElement);
        const { scrollTop } = place;
        remit.fill(kind, fragment.content);
        afterwards(hadFocus);
        if (fragment.unit === drawn.unit) {
          place.scrollTop = scrollTop;
        }
        drawn = fragment;
      }
    };
  }

  remit.fragments = {
    ask,
    Gone,
    awaited,
    prefetch,
    forState,
    ofFocus,
    filled,
    /** Return a promise of a fragment of another edition. */
    of: ({ version }, kind, unit) => fetchFragment(kind, unit, undefined, version),
    fetchShown,
    isComplete,
  };
})();
