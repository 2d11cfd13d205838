/* The fragments that the state asks for. */

import { EditionGone, FragmentCache } from "../state/fragment-cache.js";
import { elementWith, language, moment, root, top } from "./context.js";
import { fill, preserveFocus } from "./elements.js";
import { message, showNotice } from "./messages.js";
import { isWrittenRoom, roomParameter } from "./room.js";
import { dispatch, focusOf, keys, store } from "./store.js";

/** @import { Edition, Fragment, FragmentRequest } from "../state/fragment-cache.js" */
/** @import { State } from "../state/reducer.js" */

/** Kinds whose unit is the focus. */
const SCOPES = [
  "sunburst",
  "network",
  "outline",
  "breadcrumb",
  "key",
  "matrix",
  "relations",
  "matches",
];

/** Return what decides which units fit into the diagrams, as parameters of a fragment.
 * @param {string} kind */
const scopeParameters = (kind) =>
  [...SCOPES, "covering", "panel", "connection"].includes(kind)
    ? { ...keys.chosen(["size"], store.current), ...roomParameter() }
    : {};

export const version = () => root.dataset.version || "";

export const fragments = new FragmentCache({
  fetch: (address, options) => window.fetch(address, options),
  pageParameters: (kind) => ({ lang: language, ...moment, ...scopeParameters(kind) }),
  version,
});

/** By kind, the last request for what is shown.
 * @type {Map<string, FragmentRequest>} */
const shown = new Map();
let pending = 0; // requests that the reader waits for

/** Let the page indicate progress until a promise is settled; return its value.
 * @template T
 * @param {Promise<T>} promise */
export async function withProgress(promise) {
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

/** Fetch a fragment that the state asks for.
 * @param {FragmentRequest} request
 * @param {(state: State) => boolean} [isWanted] - whether a state still asks for it
 * @returns {Promise<?Fragment>} null if it is outdated on arrival (the followers are called again
 *   then) or the request failed (the reader has been told) */
export async function fetchCurrent(request, isWanted = () => true) {
  noteShown(request);
  try {
    const fragment = await withProgress(fragments.get(request));
    return fragment.version === version() && isWanted(store.current) ? fragment : null;
  } catch (error) {
    if (!(error instanceof EditionGone)) {
      showNotice(message("no-answer"));
    }
    return null;
  }
}

/** Note what a part of the page shows, so that a switch to another edition fetches its successor.
 * @param {FragmentRequest} request */
export function noteShown(request) {
  shown.set(request.kind, request);
}

/** Return what width, bars and colours show, as parameters of a fragment.
 * @param {State} state */
export const encodingOf = (state) => keys.chosen(["size", "colour"], state);

/** Return what the places in the network depend on, as parameters of a fragment.
 * @param {State} state */
export const arrangementOf = (state) => keys.chosen(["size", "layout", "open"], state);

/** Return what the network shows, as parameters of a fragment.
 * @param {State} state */
export const networkOf = (state) => ({
  ...arrangementOf(state),
  ...keys.chosen(["colour"], state),
});

/** Return the order of siblings in lists, as parameters of a fragment; none for that of the table.
 * @param {State} state @returns {Record<string, string>} */
export const orderOf = (state) => ({
  ...(state.sort === "size" ? keys.chosen(["size", "sort"], state) : {}),
  ...keys.chosen(["open"], state),
});

/** Fetch a fragment of the focus. If the focus is unknown or an alias, correct the state instead.
 * @param {string} kind @param {State} state
 * @param {(state: State) => Record<string, string>|undefined} [parametersOf]
 * @returns {Promise<?Fragment>} null as in `fetchCurrent`, or if the state was corrected */
export async function fetchForFocus(kind, state, parametersOf = () => undefined) {
  const [focus, parameters] = [focusOf(state), parametersOf(state)];
  const wanted = JSON.stringify(parameters);
  const fragment = await fetchCurrent(
    { kind, unit: focus, parameters },
    (now) => focusOf(now) === focus && JSON.stringify(parametersOf(now)) === wanted,
  );
  if (fragment === null) {
    return null;
  }
  if (!fragment.known) {
    showNotice(message("unknown-focus"));
    dispatch({ type: "focus", unit: top(), isCorrection: true });
    return null;
  }
  if (fragment.unit !== focus) {
    // The focus was an alias, or a leaf, whose parent is focused instead.
    dispatch({ type: "focus", unit: fragment.unit, isCorrection: true });
    return null;
  }
  return fragment;
}

/** Return a follower that fills the element whose id is `kind` with a fragment of the focus. What
 * the server has written into it for the first state stays.
 * @param {string} kind
 * @param {object} [options]
 * @param {(hadFocus: boolean) => void} [options.onFilled] - called with whether the element
 *   contained the focus; also for what the server has written
 * @param {(state: State) => Record<string, string>|undefined} [options.parametersOf]
 * @param {() => Element} [options.scroller] - what scrolls: the element itself, or a part of it */
export function fillingFollower(kind, options = {}) {
  const { onFilled = () => {}, parametersOf = () => undefined } = options;
  const { scroller = () => elementWith(kind) } = options;
  /** @param {State} state */
  const placeOf = (state) =>
    fragments.key({ kind, unit: focusOf(state), parameters: parametersOf(state) }, "");
  /** @type {?{place: string, version: string, text?: string}} */
  let drawn = null;
  /** @param {State} state */
  return async (state) => {
    const element = elementWith(kind);
    const [focus, parameters, place] = [focusOf(state), parametersOf(state), placeOf(state)];
    const isWritten = element.firstElementChild && element.dataset.shows === focus;
    if (drawn === null && isWritten && isWrittenRoom()) {
      drawn = { place, version: version() };
      onFilled(false);
    }
    noteShown({ kind, unit: focus, parameters });
    if (drawn?.place === place && drawn.version === version()) {
      return;
    }
    const fragment = await fetchForFocus(kind, state, parametersOf);
    if (fragment === null || placeOf(store.current) !== place) {
      return;
    }
    if (fragment.text !== drawn?.text) {
      const hadFocus = element.contains(document.activeElement);
      const restorePlace = preserveFocus(scroller());
      fill(kind, fragment.content);
      onFilled(hadFocus);
      if (drawn?.place === place) {
        restorePlace(scroller());
      }
    }
    drawn = { place, version: fragment.version, text: fragment.text };
  };
}

/** Return a function that shows what a fragment of the whole organization contains, if the edition
 * is another one than before.
 * @param {string} kind @param {(content: any) => void} show
 * @param {string} [shownVersion] - the edition that is shown at first */
export function editionFollower(kind, show, shownVersion = version()) {
  /** @type {Pick<Fragment, "version"|"text">} */
  let drawn = { version: shownVersion, text: "" };
  return async () => {
    if (drawn.version === version()) {
      return;
    }
    const before = drawn;
    drawn = { ...before, version: version() };
    const fragment = await fetchCurrent({ kind, unit: top() });
    drawn = fragment || before;
    if (fragment && fragment.text !== before.text) {
      show(fragment.content);
    }
  };
}

/** Return the requests for all that is shown, in an edition; its top may be another unit.
 * @param {Edition} edition */
const requestsFor = (edition) =>
  [...shown.values()].map((request) =>
    request.unit === top() ? { ...request, unit: edition.top } : request,
  );

/** Tell whether all that is shown is in the cache for an edition, or on its way.
 * @param {Edition} edition */
export const hasAllShown = (edition) =>
  requestsFor(edition).every((request) => fragments.has(request, edition.version));

/** Fetch all that is shown from an edition; if it lacks the focus, what its top shows instead.
 * @param {Edition} edition */
export async function fetchAllShown(edition) {
  await Promise.all(
    requestsFor(edition).map(async (request) => {
      const { known } = await fragments.get(request, edition.version);
      if (!known && SCOPES.includes(request.kind)) {
        await fragments.get({ ...request, unit: edition.top }, edition.version);
      }
    }),
  );
}
