/* The address of the page beyond the state, and when a state is written to the history. */

/** @import { State } from "./reducer.js" */
/** @import { Follower } from "./store.js" */

const QUERY_DEBOUNCE = 400; // milliseconds without typing after which the address gets the query

/** The parameters that say which state of the organization, or which two, a page shows. */
export const MOMENT_KEYS = ["at", "before", "state"];

/** Return the moment in some parameters, without what is empty.
 * @param {Record<string, string|undefined>} parameters
 * @returns {Record<string, string>} */
export const momentOf = (parameters) =>
  Object.fromEntries(
    MOMENT_KEYS.flatMap((key) => {
      const value = parameters[key];
      return value ? [[key, value]] : [];
    }),
  );

/** Return what addresses of the page have beside the moment and the parameters of the state.
 *
 * `languageOfAddress` is the language that the address asks for, if the page has it.
 * `embedParameters` are the options of an embed.
 * @param {string} search - the query of the address
 * @param {{language: string, isEmbedded: boolean}} page */
export function readAddress(search, { language, isEmbedded }) {
  const query = new URLSearchParams(search);
  const requested = (query.get("lang") || "").toLowerCase().split("-")[0];
  const languageOfAddress = requested === language ? language : "";
  const embedParameters = [...query].filter(
    ([key, value]) =>
      isEmbedded &&
      ((key === "panel" && value === "0") ||
        (key === "theme" && ["light", "dark", "auto"].includes(value))),
  );
  return { languageOfAddress, embedParameters };
}

/** Add the parameters of the page to a link from a fragment: those to views have all of them, those
 * to files the moment; their language is in the fragment.
 * @param {string} address @param {string[][]} pageParameters */
export function linkOfPage(address, pageParameters) {
  const isView = address.startsWith("?");
  const isFile = /^(export|data)\//.test(address);
  const kept = pageParameters.filter(([key]) => isView || (isFile && MOMENT_KEYS.includes(key)));
  const separator = address.includes("?") ? "&" : "?";
  return kept.length ? address + separator + new URLSearchParams(kept) : address;
}

/** Return the address of the list of data files at a moment. A frozen page has a file for each moment,
 * whose name begins with its values (components/web/frozen/folder.py).
 * @param {string} address - that of any moment @param {Record<string, string>} moment
 * @param {boolean} isFrozen */
export function dataAddress(address, moment, isFrozen) {
  const [path, query] = address.split("?");
  if (isFrozen) {
    const name = path.split(/[-/]/).at(-1);
    return `data/${[...Object.values(moment), name].join("-")}`;
  }
  const others = [...new URLSearchParams(query)].filter(([key]) => !MOMENT_KEYS.includes(key));
  const parameters = new URLSearchParams([...others, ...Object.entries(moment)]);
  return parameters.size ? `${path}?${parameters}` : path;
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
