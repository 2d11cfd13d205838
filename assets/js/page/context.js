/* The document: what kind of page it is, its elements, and the events in them. */

import { readAddress } from "../state/address.js";

/** The root element: the server, scripts and styles share its data attributes. */
export const root = document.documentElement;
export const isEmbedded = "embedded" in root.dataset;
/** The address of the full page, and that of the embed. */
export const { fullPage = "./", embed = "embed" } = root.dataset;
/** The language of the page; requests name it, so that answers have the same. */
export const language = root.lang;

/** The day in the address; empty for the current one. It is the same as long as the page is open:
 * another day is another page. */
export const at = root.dataset.at || "";
/** The day as a parameter of requests. */
export const dayParameter = /** @type {Record<string, string>} */ (at ? { at } : {});
/** What addresses of this page have beside the parameters of the state. */
export const { languageOfAddress, pageParameters, embedParameters } = readAddress(
  window.location.search,
  { at, language, isEmbedded },
);

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
