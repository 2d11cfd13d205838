/* Buttons, links and lists to choose from, anywhere on the page: they become actions. */

import { fit, zoom } from "../diagrams/network.js";
import { embedParameters, findAll, isEmbedded, on, pageParameters, root } from "../page/context.js";
import { hover } from "../page/highlight.js";
import { announce, message, showNotice } from "../page/messages.js";
import { prefetchPanel } from "../page/panels.js";
import { scene } from "../page/scene.js";
import { dispatch, fullPageAddress, keys as viewKeys } from "../page/store.js";
import { chooseTheme, currentTheme } from "../page/theme.js";
import * as keys from "./keys.js";
import * as problems from "./problems.js";

/** @import { State } from "../state/reducer.js" */

const ZOOM_STEP = 1.25;
const LINK = "a[data-unit]";
const SELECT = "select[data-key]"; // its first option is the default of the key

function switchTheme() {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  chooseTheme(theme);
  dispatch({ type: "theme", theme });
  announce(message(`switched-to-${theme}`));
}

async function copyLink() {
  try {
    await window.navigator.clipboard.writeText(fullPageAddress());
    showNotice(message("link-copied"));
  } catch {
    // Over plain HTTP browsers have no clipboard; the reader can copy the link by hand.
    showNotice(message(isEmbedded ? "link-on-full-page" : "link-in-address-bar"));
  }
}

/** What buttons do that set no key of the state, by their `data-action`.
 * @type {Record<string, () => unknown>} */
const COMMANDS = {
  clear: () => dispatch({ type: "clear" }),
  "end-connection": () => dispatch({ type: "set", key: "to", value: null }),
  connect: () => dispatch({ type: "start-choosing" }),
  theme: switchTheme,
  "zoom-in": () => zoom(ZOOM_STEP),
  "zoom-out": () => zoom(1 / ZOOM_STEP),
  fit,
  "copy-link": copyLink,
  keys: keys.open,
  "close-keys": keys.close,
  characters: keys.toggleCharacterKeys,
  problems: problems.open,
  "close-problems": problems.close,
};

/** Do what a button is for: a command, or setting the key of the state that it names.
 * @param {HTMLElement} button */
function press(button) {
  const { action = "", value } = button.dataset;
  if (COMMANDS[action]) {
    COMMANDS[action]();
  } else {
    const type = button.classList.contains("switch") ? "toggle" : "set";
    dispatch({ type, key: action, value });
  }
}

/** @param {HTMLElement} target @param {MouseEvent} event */
function onClick(target, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) {
    return; // handled already, or the browser opens the link in a new tab or window
  }
  if (target === root) {
    return; // its attribute is the selected unit
  }
  const { action, unit, focusOn = null } = target.dataset;
  event.preventDefault();
  if (action) {
    press(target);
  } else if (unit) {
    dispatch({ type: "select", unit });
  } else {
    dispatch({ type: "focus", unit: focusOn });
  }
}

/** Prefetch and highlight the unit of a link under the pointer or with the focus.
 * @param {HTMLElement} link */
function onEnter({ dataset: { unit = "" } }) {
  prefetchPanel(unit);
  hover(scene.keyOf(unit));
}

/** @param {HTMLElement} _ @param {PointerEvent|FocusEvent} event */
function onLeave(_, { relatedTarget }) {
  const entered = /** @type {?Element} */ (relatedTarget);
  if (!entered?.closest(LINK)) {
    hover(null);
  }
}

/** @param {HTMLElement} target */
function onChange(target) {
  const { dataset, selectedIndex, value } = /** @type {HTMLSelectElement} */ (target);
  const { key = "" } = dataset;
  dispatch({ type: "set", key, value: selectedIndex ? value : viewKeys.defaults[key] });
}

export function listen() {
  on("change", SELECT, onChange);
  on("click", "[data-action], [data-unit], [data-focus-on]", onClick);
  on("pointerover", LINK, onEnter);
  on("pointerout", LINK, onLeave);
  on("focusin", LINK, onEnter);
  on("focusout", LINK, onLeave);
}

/** Show in the lists to choose from what a state has.
 * @param {State} state */
export function showChoices(state) {
  for (const select of /** @type {HTMLSelectElement[]} */ (findAll(SELECT))) {
    const value = state[/** @type {"size"|"by"} */ (select.dataset.key)];
    const index = [...select.options].findIndex((option) => option.value === value);
    select.selectedIndex = Math.max(0, index);
  }
}

/** Press the buttons whose value the state has, and show it in lists; links to other languages lead to it.
 * @param {State} state */
export function follow(state) {
  const { view } = root.dataset; // the visible view; the state's may be null
  for (const button of findAll("button[data-value]")) {
    const { action = "", value } = button.dataset;
    const current = action === "view" ? view : state[/** @type {keyof State} */ (action)];
    button.setAttribute("aria-pressed", String(current === value));
  }
  showChoices(state);
  const others = [...viewKeys.parameters(state), ...pageParameters(), ...embedParameters];
  for (const link of findAll(".languages a")) {
    const parameters = new URLSearchParams(others);
    parameters.set("lang", link.lang);
    const [path] = (link.getAttribute("href") || "").split("?");
    link.setAttribute("href", `${path}?${parameters}`);
  }
}
