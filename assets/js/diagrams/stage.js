/* The stage: each diagram is first a picture that the server has written, and then a living diagram
 * that takes its place. */

import { root } from "../page/context.js";
import { activeElement } from "../page/elements.js";

export const DIAGRAMS = ["sunburst", "network"];

/** @type {Set<string>} */
const living = new Set();
/** @type {(diagram: string, unit: ?string) => void} */
let listener = () => {};

/** @param {string} diagram */
export const isLiving = (diagram) => living.has(diagram);

/** @param {string} diagram */
export const pictureOf = (diagram) => document.getElementById(`${diagram}-picture`);

/** Call a function when a diagram has become alive.
 * @param {typeof listener} callback - called with the unit of the link in the picture that had the
 *   focus, or null if none had */
export function onLiving(callback) {
  listener = callback;
}

/** Let a living diagram take the place of its picture; the page is ready once both have.
 * @param {string} diagram */
export function showLiving(diagram) {
  if (living.has(diagram)) {
    return;
  }
  living.add(diagram);
  const picture = pictureOf(diagram);
  const focused = picture?.contains(activeElement()) ? activeElement().dataset : {};
  picture?.remove();
  listener(diagram, focused.unit || focused.focusOn || null);
  if (living.size === DIAGRAMS.length) {
    performance.mark("remit-ready");
    root.dataset.ready = "true";
  }
}
