/* Fragments: parts of the page about one unit, fetched from the server and cached. */

/** @typedef {{reason: string, read: string}} Refusal why newer data cannot be read, and when */

/** A state of the data, as the server names it.
 * @typedef {object} Edition
 * @property {string} version - hash of the content
 * @property {number} since - when it was written
 * @property {string} top - the unit at the top
 * @property {?Refusal} [refused] */

const GONE = 410; // the status of a request for an edition that the server does not have
const MAX_ATTEMPTS = 20; // for such an edition
const PAUSE = 500; // milliseconds between attempts
const CACHE_SIZE = 400; // fragments

/** @typedef {object} Fragment
 * @property {boolean} known - whether the organization has the unit
 * @property {string} version - of the edition
 * @property {string} text - the JSON as received; fragments with the same text show the same
 * @property {string} unit - its canonical name, where an alias was requested
 * @property {string} focus - the focus in which the unit is visible
 * @property {any} content - components, or data of a diagram */

/** @typedef {{kind: string, unit: string, parameters?: Record<string, string>}} FragmentRequest */

/** Tell whether an edition is later than another. Some of several server processes may lag.
 * @param {Edition} edition @param {Pick<Edition, "version"|"since">} shown */
export const isNewer = (edition, shown) =>
  edition.version !== shown.version && edition.since > shown.since;

/** The server has another edition, and the page switches to it. */
export class EditionGone extends Error {}

export class FragmentCache {
  /** @param {object} surroundings
   * @param {typeof globalThis.fetch} surroundings.fetch
   * @param {(kind: string) => Record<string, string>} surroundings.pageParameters - of every
   *   fragment of a kind: its language, and the day, whose edition the server has forgotten if nobody
   *   has asked for it for long; of some, what fits into the diagrams
   * @param {() => string} surroundings.version - of the edition that the page shows */
  constructor({ fetch, pageParameters, version }) {
    this.fetch = fetch;
    this.pageParameters = pageParameters;
    this.version = version;
    /** Promises of fragments, oldest first, and those that have arrived.
     * @type {Map<string, {promise: Promise<Fragment>, fragment: ?Fragment}>} */
    this.cache = new Map();
    /**
     * Called with the edition that the server has instead of a requested one, and whether to switch
     * to it even if it is older; returns whether the page switches.
     * @type {(edition: Edition, isForced: boolean) => boolean} */
    this.acceptEdition = () => false;
  }

  /** @param {FragmentRequest} request @param {string} version */
  key({ kind, unit, parameters }, version) {
    const query = new URLSearchParams({ unit, ...this.pageParameters(kind), ...parameters });
    return `${version}/${kind}.json?${query}`;
  }

  /** Tell whether a fragment has been fetched or is on its way.
   * @param {FragmentRequest} request @param {string} [version] */
  has(request, version = this.version()) {
    return this.cache.has(this.key(request, version));
  }

  /** Return a fragment that has arrived, without waiting; null if it has not.
   * @param {FragmentRequest} request */
  arrived(request) {
    return this.cache.get(this.key(request, this.version()))?.fragment || null;
  }

  /** Return a fragment from the cache or from the server.
   * @param {FragmentRequest} request @param {string} [version] */
  get(request, version = this.version()) {
    const key = this.key(request, version);
    const cached = this.cache.get(key);
    if (cached) {
      return cached.promise;
    }
    const promise = this.load(key, version);
    /** @type {{promise: Promise<Fragment>, fragment: ?Fragment}} */
    const entry = { promise, fragment: null };
    promise.then(
      (fragment) => {
        entry.fragment = fragment;
      },
      () => this.cache.delete(key),
    );
    this.cache.set(key, entry);
    if (this.cache.size > CACHE_SIZE) {
      this.cache.delete(/** @type {string} */ (this.cache.keys().next().value));
    }
    return promise;
  }

  /** @param {string} key @param {string} version
   * @returns {Promise<Fragment>} */
  async load(key, version) {
    const response = await this.fetchFromEdition(`fragments/${key}`, version);
    const text = await response.text();
    return { known: response.ok, version, text, ...JSON.parse(text) };
  }

  /** Fetch an address that belongs to one edition.
   *
   * If the server has a newer edition, the page switches to that. If it has an older one, a process
   * lags: the page tries again, and in the end switches to that.
   * @param {string} address @param {string} version @param {RequestInit} [options]
   * @throws {EditionGone} if the page switches */
  async fetchFromEdition(address, version, options = {}) {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.fetch(address, options);
      if (response.status !== GONE) {
        return response;
      }
      const edition = await response.json();
      if (version !== this.version() || this.acceptEdition(edition, attempt === MAX_ATTEMPTS)) {
        throw new EditionGone();
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
