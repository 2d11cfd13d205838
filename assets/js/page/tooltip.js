/* The tooltip beside the pointer. */

import { elementWith } from "./context.js";
import { html } from "./elements.js";
import { markAsData } from "./messages.js";
import { scene } from "./scene.js";

const DISTANCE = 14; // pixels from the pointer

/** @param {string} name @param {string} note @param {MouseEvent} event */
function show(name, note, event) {
  const { pointerType = "" } = /** @type {PointerEvent} */ (event);
  if (pointerType === "touch" || event.type.startsWith("touch")) {
    return; // a finger does not hover: it selects, and the panel shows more
  }
  const tooltip = elementWith("tooltip");
  tooltip.replaceChildren(
    markAsData(html("p", { className: "name" }, name)),
    ...(note ? [html("p", { className: "note" }, note)] : []),
  );
  tooltip.classList.add("shown");
  const { width, height } = tooltip.getBoundingClientRect();
  const isTooWide = event.clientX + DISTANCE + width > window.innerWidth;
  const isTooHigh = event.clientY + DISTANCE + height > window.innerHeight;
  const left = isTooWide ? -DISTANCE - width : DISTANCE;
  const top = isTooHigh ? -DISTANCE - height : DISTANCE;
  tooltip.style.left = `${Math.max(0, event.clientX + left)}px`;
  tooltip.style.top = `${Math.max(0, event.clientY + top)}px`;
}

/** Show the name and the note of a node.
 * @param {string} key @param {MouseEvent} event */
export function showTooltip(key, event) {
  const node = scene.node(key);
  if (node) {
    show(node.name, node.note, event);
  }
}

/** Show both ends of a link, and what it rests on.
 * @param {{source: string, target: string, note: string}} link @param {MouseEvent} event */
export function showLinkTooltip({ source, target, note }, event) {
  const names = [source, target].map((key) => scene.node(key)?.name);
  show(names.join(" – "), note, event);
}

export function hideTooltip() {
  elementWith("tooltip").classList.remove("shown");
}
