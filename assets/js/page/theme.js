/* The theme: the reader's choice, or else the system's. An embed takes it from its address and
 * stores nothing.
 *
 * The document loads this module before all others, so that a choice against the system's theme is
 * applied early. */

import { isEmbedded, root } from "./context.js";
import { readChoice, storeChoice } from "./storage.js";

const system = window.matchMedia("(prefers-color-scheme: dark)");
const forced = window.matchMedia("(forced-colors: active)");
const THEMES = ["light", "dark"];
const STORAGE_KEY = "remit-theme";

const fromAddress = () => new URLSearchParams(window.location.search).get("theme");
const initial = isEmbedded ? fromAddress() : readChoice(STORAGE_KEY);
let choice = initial !== null && THEMES.includes(initial) ? initial : null;

function apply() {
  // Forced colours are those of the system's theme, whatever the reader has chosen.
  const chosen = forced.matches ? null : choice;
  root.dataset.theme = chosen || (system.matches ? "dark" : "light");
}

apply();

export const currentTheme = () => root.dataset.theme || "light";

/** @param {string} theme */
export function chooseTheme(theme) {
  choice = theme;
  storeChoice(STORAGE_KEY, theme);
  apply();
}

/** Call a function with the current theme whenever the system's theme changes.
 * @param {(theme: string) => void} callback */
export function onSystemTheme(callback) {
  system.addEventListener("change", () => {
    apply();
    callback(currentTheme());
  });
}
