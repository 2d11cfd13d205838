/* Fragments: parts of the page about one unit, fetched from the server and cached. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const CACHE_SIZE = 400; // fragments
  const GONE = 410; // the status of a request for an edition that the server does not have
  const MAX_ATTEMPTS = 20; // for such an edition
  const PAUSE = 500; // milliseconds between attempts
  /** Kinds whose unit is the focus. */
  const SCOPES = ["sunburst", "network", "outline", "breadcrumb", "matrix", "relations", "matches"];
  const cache = new Map(); // promises of fragments, oldest first
  const shown = new Map(); // by kind, the `unit` and `parameters` of the last request
  let pending = 0; // requests that the reader waits for

  /**
   * @typedef {object} Fragment
   * @property {boolean} known - whether the organization has the unit
   * @property {string} version - of the edition
   * @property {string} text - the JSON as received; fragments with the same text show the same
   * @property {string} unit - its canonical name, where an alias was requested
   * @property {string} focus - the focus in which the unit is visible
   * @property {*} content - components, or data of a diagram
   */

  /** The server has another edition, and the page switches to it. */
  class EditionGone extends Error {}

  // ---- Fetching -------------------------------------------------------------------------------

  function query(parameters) {
    return new URLSearchParams({ lang: remit.language, ...parameters }).toString();
  }

  /**
   * Fetch an address that belongs to one edition.
   *
   * Throws `EditionGone` if the server has a newer edition, to which the page then switches. If it
   * has an older one, a process lags: the page tries again, and in the end switches to that.
   * @returns {Promise<Response>}
   */
  async function fetchFromEdition(address, version, options = {}) {
    for (let attempt = 1; ; attempt += 1) {
      const response = await window.fetch(address, options);
      if (response.status !== GONE) {
        return response;
      }
      const edition = await response.json();
      const isLastAttempt = attempt === MAX_ATTEMPTS;
      if (
        version !== root.dataset.version ||
        remit.following.acceptEdition(edition, isLastAttempt)
      ) {
        throw new EditionGone();
      }
      await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
    }
  }

  async function load(version, kind, unit, parameters) {
    const path = `fragments/${version}/${kind}/${encodeURIComponent(unit)}.json`;
    const response = await fetchFromEdition(`${path}?${query(parameters)}`, version);
    const text = await response.text();
    return { known: response.ok, version, text, ...JSON.parse(text) };
  }

  const cacheKey = (version, kind, unit, parameters) =>
    `${version}/${kind}/${unit}?${query(parameters)}`;

  /** @returns {Promise<Fragment>} from the cache or from the server */
  function fetchFragment(kind, unit, parameters, version = root.dataset.version) {
    const key = cacheKey(version, kind, unit, parameters);
    if (!cache.has(key)) {
      const promise = load(version, kind, unit, parameters);
      promise.catch(() => cache.delete(key));
      cache.set(key, promise);
      if (cache.size > CACHE_SIZE) {
        cache.delete(cache.keys().next().value);
      }
    }
    return cache.get(key);
  }

  /** Fetch a fragment that may be requested next; errors are reported when it is. */
  function prefetch(kind, unit) {
    fetchFragment(kind, unit).catch(() => {});
  }

  /** Let the page indicate progress until a promise is settled; return its value. */
  async function withProgress(promise) {
    pending += 1;
    root.dataset.waiting = "true";
    try {
      return await promise;
    } finally {
      pending -= 1;
      if (!pending) {
        delete root.dataset.waiting;
      }
    }
  }

  // ---- Fetching for the state -----------------------------------------------------------------

  /**
   * Fetch a fragment that the state asks for.
   * @param {string} kind
   * @param {string} unit
   * @param {function(object): boolean} isWanted - whether a state still asks for it
   * @param {Object<string, string>=} parameters
   * @returns {Promise<?Fragment>} null if it is outdated on arrival (the followers are called again
   *   then) or the request failed (the reader has been told)
   */
  async function fetchCurrent(kind, unit, isWanted, parameters) {
    shown.set(kind, { unit, parameters });
    try {
      const fragment = await withProgress(fetchFragment(kind, unit, parameters));
      const isCurrent = fragment.version === root.dataset.version;
      return isCurrent && isWanted(remit.state.current()) ? fragment : null;
    } catch (error) {
      if (!(error instanceof EditionGone)) {
        remit.showNotice(remit.message("no-answer"));
      }
      return null;
    }
  }

  /**
   * Fetch a fragment of the focus. If the focus is unknown or an alias, correct the state instead.
   * @returns {Promise<?Fragment>} null as in `fetchCurrent`, or if the state was corrected
   */
  async function fetchForFocus(kind, state, parameters) {
    const focus = remit.state.focusOf(state);
    const isWanted = (now) => remit.state.focusOf(now) === focus;
    const fragment = await fetchCurrent(kind, focus, isWanted, parameters);
    if (fragment === null) {
      return null;
    }
    if (!fragment.known) {
      remit.showNotice(remit.message("unknown-focus"));
      remit.state.dispatch({ type: "focus", unit: root.dataset.top, isCorrection: true });
      return null;
    }
    if (fragment.unit !== focus) {
      // The focus was an alias, or a leaf, whose parent is focused instead.
      remit.state.dispatch({ type: "focus", unit: fragment.unit, isCorrection: true });
      return null;
    }
    return fragment;
  }

  /**
   * Return a follower that fills the element whose id is `kind` with a fragment of the focus.
   * @param {string} kind
   * @param {function(boolean)} onFilled - called with whether the element contained the focus
   */
  function fillingFollower(kind, onFilled = () => {}) {
    let drawn = {}; // the fragment that is shown
    return async (state) => {
      const fragment = await fetchForFocus(kind, state);
      if (fragment && fragment.text !== drawn.text) {
        const element = document.getElementById(kind);
        const hadFocus = element.contains(document.activeElement);
        const { scrollTop } = element;
        remit.fill(kind, fragment.content);
        onFilled(hadFocus);
        if (fragment.unit === drawn.unit) {
          element.scrollTop = scrollTop;
        }
        drawn = fragment;
      }
    };
  }

  // ---- Another edition ------------------------------------------------------------------------

  /** Return the requests for all that is shown, in an edition; its top may be another unit. */
  const requestsFor = ({ top }) =>
    [...shown].map(([kind, { unit, parameters }]) => [
      kind,
      unit === root.dataset.top ? top : unit,
      parameters,
    ]);

  /** Tell whether all that is shown is in the cache for an edition, or on its way. */
  const hasAllShown = (edition) =>
    requestsFor(edition).every((request) => cache.has(cacheKey(edition.version, ...request)));

  /** Fetch all that is shown from an edition; if it lacks the focus, what its top shows instead. */
  async function fetchAllShown(edition) {
    const { version, top } = edition;
    await Promise.all(
      requestsFor(edition).map(async ([kind, unit, parameters]) => {
        const { known } = await fetchFragment(kind, unit, parameters, version);
        if (!known && SCOPES.includes(kind)) {
          await fetchFragment(kind, top, parameters, version);
        }
      }),
    );
  }

  remit.fragments = {
    fetchFromEdition,
    EditionGone,
    withProgress,
    prefetch,
    fetchCurrent,
    fetchForFocus,
    fillingFollower,
    /** Fetch a fragment of another edition. */
    fetchFragmentOf: ({ version }, kind, unit) => fetchFragment(kind, unit, undefined, version),
    fetchAllShown,
    hasAllShown,
  };
})();
