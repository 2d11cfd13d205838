/* The adapter to Dash 4.4: its scripts, its store and its clientside callbacks.
 *
 * Dash draws only the stage: the two living diagrams. Its scripts are loaded by this module, so that
 * the page answers before they run. */

import { elementWith } from "./context.js";
import { html } from "./elements.js";
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

/** Run a classic script, after those that were added before; the promise is resolved then.
 * @param {string} src */
const loadScript = (src) =>
  new Promise((onload) => {
    document.head.append(html("script", { async: false, onload, src }));
  });

/** Run Dash's scripts, which the document holds in a template; the last starts its renderer. */
export async function startDash() {
  const { content } = /** @type {HTMLTemplateElement} */ (elementWith("dash-scripts"));
  const scripts = [...content.querySelectorAll("script")];
  const addresses = scripts.filter(({ src }) => src).map(({ src }) => src);
  for (const href of addresses) {
    document.head.append(html("link", { rel: "preload", as: "script", href }));
  }
  await new Promise((resolve) => {
    afterPaint(() => window.setTimeout(resolve, QUIET));
  });
  await Promise.all(addresses.map(loadScript));
  for (const { textContent } of scripts.filter(({ src }) => !src)) {
    document.head.append(html("script", { textContent })); // one of a template would not run
  }
}
