/* Panels that are made before a click: fetched and turned into elements while the pointer rests on a
 * unit, so that the click has only to show them. */

import { elementWith } from "./context.js";
import { elementsOf, html } from "./elements.js";
import { fragments } from "./fragments.js";
import { whenIdle } from "./painting.js";

/** @import { Fragment } from "../state/fragment-cache.js" */

/** The elements of panels that are not shown yet.
 * @type {WeakMap<Fragment, (Node|string)[]>} */
const prepared = new WeakMap();

/** Fetch the panel of a unit that may be selected next; errors are reported when it is.
 * @param {string} unit */
export async function prefetchPanel(unit) {
  try {
    const fragment = await fragments.get({ kind: "panel", unit });
    whenIdle(() => prepare(fragment));
  } catch {
    // Reported when the unit is selected.
  }
}

/** @param {Fragment} fragment */
function prepare(fragment) {
  if (!prepared.has(fragment)) {
    const elements = elementsOf(fragment.content);
    prepared.set(fragment, elements);
    layOut(elements);
  }
}

/** Lay elements out once where they will be shown, unseen: what the browser finds out about their
 * styles and words it knows afterwards.
 * @param {(Node|string)[]} elements */
function layOut(elements) {
  const place = html("div", { className: "ahead" }, ...elements);
  elementWith("panel").append(place);
  place.getBoundingClientRect();
  place.remove();
}

/** Return the elements of a panel, which may be shown once.
 * @param {Fragment} fragment */
export function elementsOfPanel(fragment) {
  const elements = prepared.get(fragment) || elementsOf(fragment.content);
  prepared.delete(fragment);
  return elements;
}
