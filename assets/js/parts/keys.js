/* The page's keyboard shortcuts, and the dialog that lists them (components/views/keys.py).
 *
 * Elements with keys of their own (a field, a menu, the outline, ...) handle them first and prevent
 * their default or stop them: this listener is at the window, after all others. */

import { closest, elementWith, find, root, targetOf } from "../page/context.js";
import { activeElement } from "../page/elements.js";
import { announce, message } from "../page/messages.js";
import { parentOfFocus, scene } from "../page/scene.js";
import { readChoice, storeChoice } from "../page/storage.js";
import { dispatch, store } from "../page/store.js";
import { isArrowKey } from "../state/walk.js";
import { focusOutlineEntry } from "./outline.js";
import { cycle } from "./regions.js";
import * as walk from "./walk.js";

const FIELDS = "input, textarea, select, [contenteditable]";
/** Elements in which arrow keys have another meaning, if only to scroll. */
const USE_ARROWS =
  "#panel, #outline, #changes, [role=grid], [role=menu], [role=listbox], [role=radiogroup]";
const STORAGE_KEY = "remit-characters";
let hasCharacterKeys = readChoice(STORAGE_KEY) !== "off";

const dialog = () => /** @type {HTMLDialogElement} */ (elementWith("keys-dialog"));
const isModalOpen = () => Boolean(document.querySelector("dialog[open], :popover-open"));

// ---- What a key does ---------------------------------------------------------------------------

/** Return the unit at the cursor of a diagram, of the focused link, or the selected one. */
function currentUnit() {
  const { unit, focusOn } = walk.reachedItem() || {};
  /** @type {?HTMLElement} */
  const link = activeElement().closest("a[data-unit], a[data-focus-on]");
  return unit || focusOn || link?.dataset.unit || link?.dataset.focusOn || store.current.unit;
}

function focusCurrentUnit() {
  const unit = currentUnit();
  if (unit) {
    walk.focusOn(unit);
  }
}

function focusParent() {
  const { focus } = store.current;
  if (focus) {
    dispatch({ type: "focus", unit: parentOfFocus(focus) });
  } else {
    announce(message("walk-ends-at-top"));
  }
}

/** @type {Record<string, () => void>} */
const CHARACTER_KEYS = {
  "+": focusCurrentUnit,
  "-": focusParent,
  "?": open,
};

/** Tell whether an arrow key scrolls the page; in a diagram it does not.
 * @param {KeyboardEvent} event */
function scrollsPage({ key, target }) {
  const { scrollHeight, clientHeight } = document.scrollingElement || root;
  return (
    (key === "ArrowUp" || key === "ArrowDown") &&
    scrollHeight > clientHeight &&
    target !== walk.visibleDiagram()
  );
}

/** Move in the visible diagram, or give the focus to the outline, which handles its own keys.
 * @param {KeyboardEvent} event */
function pressArrow(event) {
  if (closest(event, USE_ARROWS) || scrollsPage(event)) {
    return false;
  }
  const diagram = walk.visibleDiagram();
  if (diagram && !scene.isEmpty()) {
    if (diagram !== document.activeElement) {
      diagram.focus({ preventScroll: true });
    }
    walk.step(event.key);
  } else if (root.dataset.view === "outline") {
    focusOutlineEntry();
  }
  return true;
}

/** @param {KeyboardEvent} event */
function pressEnter(event) {
  const { shiftKey } = event;
  const reached = walk.reachedItem();
  const { unit } = reached || targetOf(event).dataset;
  if (shiftKey && unit) {
    dispatch({ type: "connect", unit });
  } else if (reached && !shiftKey) {
    walk.activate(reached);
  } else {
    return false;
  }
  return true;
}

/** Handle a key; return whether the page uses it.
 * @param {KeyboardEvent} event */
function press(event) {
  const { key, shiftKey } = event;
  if (key === "F6") {
    cycle(shiftKey ? -1 : 1);
  } else if (key === "Escape") {
    dispatch({ type: "clear" });
  } else if (closest(event, FIELDS)) {
    return false;
  } else if (key === "Enter") {
    return pressEnter(event);
  } else if (isArrowKey(key)) {
    return !shiftKey && pressArrow(event);
  } else if (CHARACTER_KEYS[key]) {
    CHARACTER_KEYS[key]();
  } else {
    return false;
  }
  return true;
}

export function listen() {
  window.addEventListener("keydown", (event) => {
    const isHandled = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
    if (!isHandled && !isModalOpen() && press(event)) {
      event.preventDefault();
    }
  });

  // Shortcuts of one character that work everywhere can be turned off (WCAG 2.1.4). Fields and the
  // outline still receive characters. In the capture phase, before all other listeners.
  window.addEventListener(
    "keydown",
    (event) => {
      const isCharacter = event.key.length === 1 && event.key !== " ";
      const isTyping = closest(event, `${FIELDS}, [role=treeitem]`);
      if (!hasCharacterKeys && isCharacter && !isTyping) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}

// ---- The dialog -------------------------------------------------------------------------------

function updateButton() {
  const button = find("[data-action=characters]", dialog());
  button.setAttribute("aria-pressed", String(hasCharacterKeys));
}

export function open() {
  updateButton();
  dialog().showModal();
}

export const close = () => dialog().close();

/** Turn shortcuts of one character off, or on again. */
export function toggleCharacterKeys() {
  hasCharacterKeys = !hasCharacterKeys;
  storeChoice(STORAGE_KEY, hasCharacterKeys ? "on" : "off");
  updateButton();
}
