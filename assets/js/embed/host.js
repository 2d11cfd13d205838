/* The page inside another page, its host: the messages that it posts to it and accepts from it.
 *
 * Frame → host, by `window.postMessage`:
 *   { remit: 1, type: "ready" }                      both diagrams are drawn; commands are accepted
 *   { remit: 1, type: "height", height }             the CSS pixels that it needs at its width
 *   { remit: 1, type: "unit", unit, name, focus }    the selected unit (or null), and the focus
 * Host → frame:
 *   { remit: 1, type: "select", unit }               null clears the selection
 *   { remit: 1, type: "focus", unit }                null focuses the top
 *
 * docs/embedding.md documents the protocol. The full page posts and accepts nothing. */

import { elementWith, find, root } from "../page/context.js";
import { whenPanelDrawn } from "../page/painting.js";
import { dispatch, fullPageAddress } from "../page/store.js";
import { selectedUnit } from "../parts/panel.js";
import { isAllowed, isCommand, PROTOCOL_VERSION, targetOrigins } from "./protocol.js";

const COMMAND_DELAY = 50; // milliseconds; of several commands of one type only the last counts
const NAMED_HEIGHT = "contain-intrinsic-height";
const ROUNDING = 0.1; // pixels by which sums of heights may be off

// ---- Posting to the host -----------------------------------------------------------------------

const isFramed = window.parent !== window;
const origins = {
  own: window.location.origin,
  allowed: (root.dataset.framedBy || "").split(" ").filter(Boolean),
};

/** @type {Record<string, string>} */
const lastPosted = {}; // messages as JSON, by type

/** Post a message to the host, unless it repeats the last one of its type.
 * @param {string} type @param {object} [facts] */
function post(type, facts) {
  const message = { remit: PROTOCOL_VERSION, type, ...facts };
  const text = JSON.stringify(message);
  if (isFramed && lastPosted[type] !== text) {
    lastPosted[type] = text;
    for (const origin of targetOrigins(origins, window.location.ancestorOrigins?.[0])) {
      window.parent.postMessage(message, origin);
    }
  }
}

/** The parts above and below the diagrams, which are as high as their content. */
const fixedParts = () => [elementWith("toolbar"), find(".legend")];

/** Post the height that the page needs.
 *
 * It depends on the width alone: the diagrams and the panel fill what height the iframe has, so
 * what counts is the height that the styles name for them. Otherwise the iframe of a host that
 * applies the height would grow without end. */
function postHeight() {
  const own = fixedParts().map((element) => element.getBoundingClientRect().height);
  const named = [find("main"), elementWith("panel")].map(
    (element) =>
      Number.parseFloat(window.getComputedStyle(element).getPropertyValue(NAMED_HEIGHT)) || 0,
  );
  const needed = [...own, ...named].reduce((sum, height) => sum + height);
  post("height", { height: Math.ceil(needed - ROUNDING) });
}

function postUnit() {
  post("unit", { ...selectedUnit(), focus: root.dataset.focus });
}

// ---- Commands of the host ----------------------------------------------------------------------

/** @type {Map<"select"|"focus", ?string>} */
const pendingCommands = new Map(); // the last unit by type

function runCommands() {
  const commands = new Map(pendingCommands);
  pendingCommands.clear();
  // A focus selects its unit, so what the host selects itself comes after it.
  for (const type of /** @type {const} */ (["focus", "select"])) {
    if (commands.has(type)) {
      dispatch({ type, unit: commands.get(type) });
    }
  }
}

/** @param {MessageEvent} event */
function onMessage({ source, origin, data }) {
  const isFromHost = isFramed && source === window.parent && isAllowed(origins, origin);
  if (!isFromHost || !root.dataset.ready || !isCommand(data)) {
    return;
  }
  if (!pendingCommands.size) {
    window.setTimeout(runCommands, COMMAND_DELAY);
  }
  pendingCommands.set(data.type, data.unit);
}

export function follow() {
  find(".full-page").setAttribute("href", fullPageAddress());
}

export function listen() {
  const sizes = new ResizeObserver(postHeight);
  for (const part of [elementWith("page"), ...fixedParts()]) {
    sizes.observe(part);
  }
  new MutationObserver(() => {
    postHeight(); // browsers delay resize observers in iframes that are out of sight
    if (root.dataset.ready) {
      post("ready");
      whenPanelDrawn().then(postUnit, postUnit);
    }
  }).observe(root, {
    attributes: true,
    attributeFilter: ["data-ready", "data-unit", "data-focus", "data-view", "data-layout"],
  });
  window.addEventListener("message", onMessage);
}
