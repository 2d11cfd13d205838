/* Turns Dash's HTML components, as fragments contain them, into elements of the document, and keeps
 * the reader's place in parts that are drawn again.
 *
 * Dash itself takes about 1 ms for each element, 400 ms for a long panel; drawn here, a panel is on
 * the screen in the next frame. Text stays text: nothing is parsed as markup. */

import { linkOfPage } from "../state/address.js";
import { elementWith, pageParameters } from "./context.js";

/** @typedef {{namespace: string, type: string, props: Record<string, any>}} Component */
/** @typedef {null|undefined|string|number|Component|any[]} Children text, components, or lists */

/** @type {Record<string, string>} */
const ATTRIBUTES = { className: "class", tabIndex: "tabindex" };

/** Return the nodes for the `children` of a component.
 * @param {Children} children
 * @returns {(Node|string)[]} */
function nodes(children) {
  if (children === null || children === undefined) {
    return [];
  }
  if (Array.isArray(children)) {
    return children.flatMap(nodes);
  }
  return [typeof children === "object" ? elementOf(children) : String(children)];
}

/** @param {Component} component */
function elementOf({ namespace, type, props }) {
  if (namespace !== "dash_html_components") {
    throw new Error(`A fragment holds HTML components only, no ${namespace}.${type}`);
  }
  const element = document.createElement(type.toLowerCase());
  for (const [name, value] of Object.entries(props)) {
    if (name !== "children" && value !== null) {
      const text = name === "href" ? linkOfPage(value, pageParameters()) : value;
      element.setAttribute(ATTRIBUTES[name] || name, text);
    }
  }
  element.append(...nodes(props.children));
  return element;
}

/** @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[T]} */
export function html(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** @param {string} tag @param {Record<string, string|number>} attributes
 * @param {...(Node|string)} children */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {Record<string, string|number|boolean|undefined>} attributes */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
}

/** Fill an element, given by its id, with components.
 * @param {string} id @param {Children} components */
export function fill(id, components) {
  elementWith(id).replaceChildren(...nodes(components));
}

/** Return a copy of an element without `aria-pressed`, which follows the state.
 * @param {Element} element */
function withoutPressed(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  copy.querySelectorAll("[aria-pressed]").forEach((button) => {
    button.removeAttribute("aria-pressed");
  });
  return copy;
}

/** Return the elements of components that are not on the page yet.
 * @param {Children} components */
export const elementsOf = (components) => nodes(components);

/** Redraw the element that has the id of a component, unless nothing has changed.
 * @param {Component} component */
export function replaceElement(component) {
  const updated = elementOf(component);
  const current = elementWith(component.props.id);
  if (!withoutPressed(updated).isEqualNode(withoutPressed(current))) {
    const restoreFocus = preserveFocus(current);
    current.replaceChildren(...updated.childNodes);
    for (const { name, value } of updated.attributes) {
      current.setAttribute(name, value);
    }
    restoreFocus();
  }
}

// ---- The reader's place ------------------------------------------------------------------------

/** Elements that can be told apart by their data attributes. */
const IDENTIFIABLE =
  "[data-unit], [data-focus-on], [data-reference], [data-filter], [data-action], [data-column]";

/** Return a signature that an element has also after its container has been drawn again.
 * @param {Element} element @param {Element} container */
function signature(element, container) {
  const identifiable = /** @type {?HTMLElement} */ (element.closest(IDENTIFIABLE));
  const isInside = identifiable !== null && container.contains(identifiable);
  return JSON.stringify([element.tagName, isInside ? { ...identifiable.dataset } : null]);
}

/** Return a function that finds the successor of an element after a container is drawn again.
 * @param {Element} element @param {Element} container
 * @returns {(place: Element) => ?HTMLElement} */
function finder(element, container) {
  const wanted = signature(element, container);
  /** @param {Element} place */
  const candidates = (place) =>
    [...place.querySelectorAll(element.tagName)].filter(
      (candidate) => signature(candidate, place) === wanted,
    );
  const index = candidates(container).indexOf(element);
  return (place) => /** @type {?HTMLElement} */ (candidates(place)[index] || null);
}

/** Remember the focus, the open details and the scroll position of a container that is about to be
 * drawn again.
 * @param {Element} container
 * @returns {(place?: Element) => boolean} restores them, in the container or in the element given
 *   that has replaced it; returns false if the focus was inside and its element is gone */
export function preserveFocus(container) {
  const { activeElement } = document;
  const isInside = container !== activeElement && container.contains(activeElement);
  const findFocused = activeElement && isInside ? finder(activeElement, container) : null;
  const findOpen = [...container.querySelectorAll("details[open]")].map((details) =>
    finder(details, container),
  );
  const { scrollTop, scrollLeft } = container;
  return (place = container) => {
    for (const findDetails of findOpen) {
      findDetails(place)?.setAttribute("open", "");
    }
    Object.assign(place, { scrollTop, scrollLeft });
    const focused = findFocused?.(place);
    focused?.focus({ preventScroll: true });
    return !findFocused || focused !== null;
  };
}

/** Scroll an entry into view in its list; unlike `scrollIntoView`, nothing else scrolls.
 * @param {Element} entry @param {Element} list */
export function scrollIntoList(entry, list) {
  const [box, view] = [entry, list].map((element) => element.getBoundingClientRect());
  list.scrollTop += Math.min(0, box.top - view.top) + Math.max(0, box.bottom - view.bottom);
}

/** Make an element the only tab stop of its container.
 * @param {HTMLElement} element @param {Element} container */
export function makeTabStop(element, container) {
  container.querySelectorAll("[tabindex='0']").forEach((previous) => {
    previous.setAttribute("tabindex", "-1");
  });
  element.tabIndex = 0;
}

/** Return the element that has the focus, or else the body. */
export const activeElement = () =>
  /** @type {HTMLElement} */ (document.activeElement || document.body);
