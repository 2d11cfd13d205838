/* The wheel and touch gestures of an embedded page: they scroll the host's page, unless they are
 * meant for the network. */

import { closest, find, onCapture } from "../page/context.js";
import { message } from "../page/messages.js";

const HINT_LASTS = 1500; // milliseconds

const isMac = /Mac|iPhone|iPad/.test(window.navigator.platform);
let hintTimer = 0;
let isPinch = false; // until the last finger is lifted

/** Return the section of the living network if an event happened in it, else null.
 * @param {Event} event */
const networkSection = (event) => closest(event, ".diagram:has(#network)");

/** @param {HTMLElement} section @param {string} sentence */
function showHint(section, sentence) {
  section.dataset.hint = sentence;
  window.clearTimeout(hintTimer);
  hintTimer = window.setTimeout(() => delete section.dataset.hint, HINT_LASTS);
}

// One finger scrolls the page, and its tap becomes a mouse click; two fingers move the network.
/** @param {TouchEvent} event */
function onTouch(event) {
  isPinch = isPinch || event.touches.length > 1;
  const section = networkSection(event);
  if (section && !isPinch) {
    event.stopPropagation();
    if (event.type === "touchmove") {
      showHint(section, message("two-fingers"));
    }
  }
  isPinch = isPinch && event.touches.length > 0;
}

export function listen() {
  // Cytoscape handles every wheel and touch event that reaches it, so the others are stopped here.
  document.addEventListener(
    "wheel",
    (event) => {
      const section = networkSection(event);
      const isForNetwork =
        event.ctrlKey ||
        event.metaKey ||
        (document.hasFocus() && section?.contains(document.activeElement));
      if (section && !isForNetwork) {
        event.stopPropagation();
        showHint(section, message("wheel-zooms", { key: isMac ? "⌘" : "Ctrl" }));
      }
    },
    { capture: true, passive: true },
  );

  // Cytoscape removes the focus when the pointer is pressed, so it is set at the click.
  onCapture("click", ".diagram:has(#network)", (section) => {
    if (!section.contains(document.activeElement)) {
      find("#network", section).focus({ preventScroll: true });
    }
  });

  for (const type of /** @type {const} */ (["start", "move", "end", "cancel"])) {
    document.addEventListener(`touch${type}`, onTouch, { capture: true, passive: true });
  }
}
