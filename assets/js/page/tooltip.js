/* The tooltip beside the pointer, with which it goes. A finger does not hover, so touch has none: it
 * selects, and the panel shows more. */

import { elementWith } from "./context.js";
import { html } from "./elements.js";
import { markAsData } from "./messages.js";
import { scene } from "./scene.js";

const DISTANCE = 14; // pixels from the pointer
/** The kind of the pointer that was last used: after a tap, browsers send events of a mouse, too. */
let pointer = "mouse";

/** @param {MouseEvent} event */
function place({ clientX, clientY }) {
  const tooltip = elementWith("tooltip");
  const { width, height } = tooltip.getBoundingClientRect();
  const isTooWide = clientX + DISTANCE + width > window.innerWidth;
  const isTooHigh = clientY + DISTANCE + height > window.innerHeight;
  const left = isTooWide ? -DISTANCE - width : DISTANCE;
  const top = isTooHigh ? -DISTANCE - height : DISTANCE;
  tooltip.style.left = `${Math.max(0, clientX + left)}px`;
  tooltip.style.top = `${Math.max(0, clientY + top)}px`;
}

export function listen() {
  /** @param {PointerEvent} event */
  const onPointer = (event) => {
    pointer = event.pointerType;
    if (pointer === "touch") {
      hideTooltip();
    } else if (elementWith("tooltip").classList.contains("shown")) {
      place(event);
    }
  };
  for (const type of /** @type {const} */ (["pointerdown", "pointermove"])) {
    document.addEventListener(type, onPointer, { capture: true, passive: true });
  }
}

/** @param {string} name @param {string[]} notes - a line each @param {MouseEvent} event */
export function showNamedTooltip(name, notes, event) {
  if (pointer === "touch") {
    return;
  }
  const tooltip = elementWith("tooltip");
  tooltip.replaceChildren(
    markAsData(html("p", { className: "name" }, name)),
    ...notes.filter(Boolean).map((note) => html("p", { className: "note" }, note)),
  );
  tooltip.classList.add("shown");
  place(event);
}

/** Show the name of a node, its note, what colours show of it, and what it does first.
 * @param {string} key @param {MouseEvent} event */
export function showTooltip(key, event) {
  const node = scene.node(key);
  if (node) {
    showNamedTooltip(node.name, [node.note, ...(node.more || [])], event);
  }
}

/** Show both ends of a link, and its reasons, one a line.
 * @param {{source: string, target: string}} link @param {string[]} notes
 * @param {MouseEvent} event */
export function showLinkTooltip({ source, target }, notes, event) {
  const names = [source, target].map((key) => scene.node(key)?.name);
  showNamedTooltip(names.join(" – "), notes, event);
}

export function hideTooltip() {
  elementWith("tooltip").classList.remove("shown");
}
