/* The adapter to Dash 4.4: its scripts, its store and its clientside callbacks.
 *
 * Dash draws only the stage: the two living diagrams. Its scripts are loaded by this module, so that
 * the page answers before they run. */

import { elementWith } from "./context.js";
import { afterPaint } from "./painting.js";

const STORE = "state";
const QUIET = 150; // milliseconds for a first click, which would wait while Dash's scripts run

/** The globals of Dash and React. */
const globals = /** @type {any} */ (window);

/** A Dash component whose children are drawn inside an element that the server has written.
 * @param {{children: unknown, into: string}} props */
const Portal = ({ children, into }) => globals.ReactDOM.createPortal(children, elementWith(into));

/** The namespace is that of components/views/elements.py. */
globals.remit_components = { Portal };

let isRunning = false; // Dash has asked for the state; before that, it can take none

/** Define the functions of clientside callbacks (components/callbacks.py).
 * @param {{state: () => object, figure: () => unknown}} functions */
export function defineCallbacks({ state, figure }) {
  const stage = {
    state() {
      isRunning = true;
      return state();
    },
    figure,
  };
  globals.dash_clientside = { ...globals.dash_clientside, stage };
}

/** Return what a callback returns for "no change". */
export const noUpdate = () => globals.dash_clientside.no_update;

/** Write the state into Dash's store, for its callbacks.
 * @param {object} state */
export function writeToDash(state) {
  if (isRunning) {
    globals.dash_clientside.set_props(STORE, { data: state });
  }
}

/** Call a function if a script cannot be loaded, be it one that Dash loads later.
 * @param {() => void} callback */
export function onScriptFailure(callback) {
  // In the capture phase, since the event does not bubble.
  window.addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLScriptElement) {
        callback();
      }
    },
    true,
  );
}

/** Load a classic script.
 * @param {string} address
 * @returns {Promise<void>} resolved once it has run */
function loadScript(address) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.async = false; // scripts run in the order in which they are added
    script.addEventListener("load", () => resolve());
    script.src = address;
    document.head.append(script);
  });
}

/** Fetch a script without running it.
 * @param {string} address */
function preloadScript(address) {
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "script";
  link.href = address;
  document.head.append(link);
}

/** Run Dash's scripts, which the document holds in a template; the last starts its renderer. */
export async function startDash() {
  const { content } = /** @type {HTMLTemplateElement} */ (elementWith("dash-scripts"));
  const scripts = [...content.querySelectorAll("script")];
  const addresses = scripts.filter(({ src }) => src).map(({ src }) => src);
  addresses.forEach(preloadScript);
  await new Promise((resolve) => {
    afterPaint(() => window.setTimeout(resolve, QUIET));
  });
  await Promise.all(addresses.map(loadScript));
  for (const { textContent } of scripts.filter(({ src }) => !src)) {
    const inline = document.createElement("script"); // a script of a template would not run
    inline.textContent = textContent;
    document.head.append(inline);
  }
}
