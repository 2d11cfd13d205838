/* Keeping the reader's place in parts that are drawn again. */

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
