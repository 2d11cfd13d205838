/* The address of the page beyond the state, and when a state is written to the history. */

/** @import { State } from "./reducer.js" */
/** @import { Follower } from "./store.js" */

const QUERY_DEBOUNCE = 400; // milliseconds without typing after which the address gets the query

/** Return what addresses of the page have beside the parameters of the state.
 *
 * `languageOfAddress` is the language that the address asks for, if the page has it.
 * `pageParameters` are the day and this language: those that links to the same page keep.
 * `embedParameters` are the options of an embed.
 * @param {string} search - the query of the address
 * @param {{at: string, language: string, isEmbedded: boolean}} page - `at` is the day in the
 *   address, empty if the page does not have it */
export function readAddress(search, { at, language, isEmbedded }) {
  const query = new URLSearchParams(search);
  const requested = (query.get("lang") || "").toLowerCase().split("-")[0];
  const languageOfAddress = requested === language ? language : "";
  const pageParameters = Object.entries({ at, lang: languageOfAddress }).filter(
    ([, value]) => value,
  );
  const embedParameters = [...query].filter(
    ([key, value]) =>
      isEmbedded &&
      ((key === "panel" && value === "0") ||
        (key === "theme" && ["light", "dark", "auto"].includes(value))),
  );
  return { languageOfAddress, pageParameters, embedParameters };
}

/** Add the parameters of the page to a link from a fragment: those to views have all of them, those
 * to files the day; their language is in the fragment.
 * @param {string} address @param {string[][]} pageParameters */
export function linkOfPage(address, pageParameters) {
  const isView = address.startsWith("?");
  const isFile = /^(export|data)\//.test(address);
  const kept = pageParameters.filter(([key]) => isView || (isFile && key === "at"));
  const separator = address.includes("?") ? "&" : "?";
  return kept.length ? address + separator + new URLSearchParams(kept) : address;
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
