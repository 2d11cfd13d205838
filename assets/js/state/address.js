/* The address of the page beyond the state, and when a state is written to the history. */

/** @import { State } from "./reducer.js" */
/** @import { Follower } from "./store.js" */

const QUERY_DEBOUNCE = 400; // milliseconds without typing after which the address gets the query

/** Return the language that an address asks for, if the page has it, and the parameters that every
 * address of the page keeps beside those of the state.
 * @param {string} search - the query of the address
 * @param {{language: string, isEmbedded: boolean}} page */
export function readAddress(search, { language, isEmbedded }) {
  const query = new URLSearchParams(search);
  const requested = (query.get("lang") || "").toLowerCase().split("-")[0];
  const languageOfAddress = requested === language ? language : "";
  /** @type {[string, string][]} */
  const extraParameters = [...query].flatMap(([key, value]) => {
    if (key === "lang" && languageOfAddress && value === query.get("lang")) {
      return [[key, languageOfAddress]];
    }
    const isKept =
      (key === "panel" && value === "0") ||
      (key === "theme" && ["light", "dark", "auto"].includes(value));
    return isEmbedded && isKept ? [[key, value]] : [];
  });
  return { languageOfAddress, extraParameters };
}

/** Writes each state to the history; a query that is being typed, once the reader pauses. */
export class AddressWriter {
  /** @param {object} page
   * @param {(method: "pushState"|"replaceState", address: string) => void} page.write
   * @param {(state: State) => string} page.addressOf
   * @param {() => State} page.current
   * @param {boolean} page.isEmbedded - the history is the host's, and gets no more entries */
  constructor(page) {
    this.page = page;
    /** @type {?ReturnType<typeof setTimeout>} */
    this.pending = null; // until a query is written
  }

  /** @type {Follower} */
  follow(state, change) {
    if (!change) {
      return;
    }
    const { action } = change;
    const { addressOf, current, isEmbedded, write } = this.page;
    const [address, before] = [addressOf(state), addressOf(change.before)];
    if (address === before && action.type !== "restore") {
      return;
    }
    const wasPending = this.cancel();
    if (action.type === "restore") {
      return; // the browser has the address already
    }
    if (action.key === "q" && state.q) {
      this.pending = setTimeout(() => {
        this.pending = null;
        write("replaceState", addressOf(current()));
      }, QUERY_DEBOUNCE);
      return;
    }
    const isReplaced = action.isCorrection || isEmbedded;
    if (wasPending && !isReplaced) {
      write("replaceState", before);
    }
    write(isReplaced ? "replaceState" : "pushState", address);
  }

  /** Forget a query that is to be written; return whether there was one. */
  cancel() {
    const wasPending = this.pending !== null;
    clearTimeout(this.pending || undefined);
    this.pending = null;
    return wasPending;
  }
}
