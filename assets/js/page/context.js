/* The document: what kind of page it is, its elements, and the events in them. */

import { MOMENT_KEYS, momentOf, readAddress } from "../state/address.js";

/** The root element: the server, scripts and styles share its data attributes. */
export const root = document.documentElement;
export const isEmbedded = "embedded" in root.dataset;
/** The address of the full page, and that of the embed. */
export const { fullPage = "./", embed = "embed" } = root.dataset;
/** The language of the page; requests name it, so that answers have the same. */
export const language = root.lang;

/** The moment that is shown, as parameters of requests and addresses; empty for the default. */
export let moment = momentOf(root.dataset);

/** @param {Record<string, string>} parameters */
export function setMoment(parameters) {
  for (const key of MOMENT_KEYS) {
    delete root.dataset[key];
  }
  moment = momentOf(parameters);
  Object.assign(root.dataset, moment);
}

/** What addresses of this page have beside the moment and the parameters of the state. */
export const { languageOfAddress, embedParameters } = readAddress(window.location.search, {
  language,
  isEmbedded,
});

/** Return the moment and the language of the address: what links to the same page keep. */
export const pageParameters = () =>
  Object.entries({ ...moment, ...(languageOfAddress ? { lang: languageOfAddress } : {}) });

/** Return the id of the unit at the top. */
export const top = () => root.dataset.top || "";

/** Return a number that scripts and styles share (components/diagrams/properties.py).
 * @param {string} name */
export const property = (name) =>
  Number.parseFloat(window.getComputedStyle(root).getPropertyValue(`--${name}`));

/** @param {string} id - of a script element */
export const jsonOf = (id) => JSON.parse(elementWith(id).textContent || "");

/** Return the first element that matches a selector; it is an error if there is none.
 * @param {string} selector @param {ParentNode} [container] */
export function find(selector, container = document) {
  const element = container.querySelector(selector);
  if (element === null) {
    throw new Error(`The page has no element ${selector}.`);
  }
  return /** @type {HTMLElement} */ (element);
}

/** Return the element that has an id; it is an error if there is none.
 * @param {string} id */
export const elementWith = (id) => find(`#${id}`);

/** @param {string} selector @param {ParentNode} [container] */
export const findAll = (selector, container = document) =>
  /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]);

/** Return the element in which an event happened.
 * @param {Event} event */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);

/** Return the element in which an event happened, or its nearest ancestor, that matches a selector.
 * @param {Event} event @param {string} selector
 * @returns {?HTMLElement} */
export const closest = (event, selector) => targetOf(event).closest?.(selector) || null;

/** Return a function that listens to the events in elements that match a selector.
 * @param {boolean} isCapture */
const listening =
  (isCapture) =>
  /** @template {keyof DocumentEventMap} T
   * @param {T} type @param {string} selector
   * @param {(element: HTMLElement, event: DocumentEventMap[T]) => void} listener */
  (type, selector, listener) => {
    /** @param {DocumentEventMap[T]} event */
    const onEvent = (event) => {
      const element = closest(event, selector);
      if (element) {
        listener(element, event);
      }
    };
    document.addEventListener(type, onEvent, isCapture);
  };

export const on = listening(false);

/** Listen in the capture phase: before the listeners of the elements and of `on`, and also to
 * events that do not bubble. */
export const onCapture = listening(true);
