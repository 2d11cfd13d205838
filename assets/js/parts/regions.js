/* The parts of the page: F6 and the skip links move the focus between them. */

import { elementWith, findAll, isEmbedded, on } from "../page/context.js";
import { activeElement } from "../page/elements.js";
import { dispatch } from "../page/store.js";
import { focusOutlineEntry } from "./outline.js";
import { focusPanel } from "./panel.js";
import * as walk from "./walk.js";

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/** @param {?Element} element */
const isVisible = (element) => Boolean(element?.checkVisibility());

/** @param {HTMLElement} [element] */
const focus = (element) => element?.focus({ preventScroll: isEmbedded });

/** @param {string} selector */
const firstTabStopIn = (selector) =>
  findAll(`${selector} :is(${FOCUSABLE})`).find(
    (element) => element.tabIndex >= 0 && isVisible(element),
  );

/** In the order of the page: the selector of each part, and how it gets the focus. */
const PARTS = [
  { selector: ".search", enter: () => focus(elementWith("search")) },
  { selector: "#toolbar", enter: () => focus(firstTabStopIn("#toolbar")) },
  { selector: "main", enter: focusMain },
  { selector: "#panel", enter: focusPanel },
];

function focusMain() {
  const diagram = walk.visibleDiagram();
  if (diagram) {
    focus(diagram);
  } else if (isVisible(elementWith("outline"))) {
    focusOutlineEntry();
  } else {
    focus(firstTabStopIn("main"));
  }
}

function focusOutline() {
  dispatch({ type: "set", key: "view", value: "outline" });
  focusOutlineEntry();
}

/** @type {Record<string, () => unknown>} */
const SKIP_LINKS = { "#panel": focusPanel, "#outline": focusOutline };

export function listen() {
  on("click", ".skip a", (link, event) => {
    event.preventDefault(); // the address of the page has no fragment
    SKIP_LINKS[link.getAttribute("href") || ""]();
  });
}

/** Focus the next visible part, or the previous one.
 * @param {1|-1} step */
export function cycle(step) {
  const visible = PARTS.filter(({ selector }) => isVisible(document.querySelector(selector)));
  const current = visible.findIndex(({ selector }) => activeElement().closest(selector));
  const from = current < 0 && step < 0 ? 0 : current;
  visible[(from + step + visible.length) % visible.length].enter();
}
