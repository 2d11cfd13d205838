/* The theme: the reader's choice, or else the system's. An embed takes it from its address and
 * stores nothing.
 *
 * Loaded right after the opening, which has the system's theme, and before all other scripts. */
(function () {
  "use strict";

  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const forced = window.matchMedia("(forced-colors: active)");
  const CHOICES = ["light", "dark"];
  const STORAGE_KEY = "remit-theme";
  const isEmbedded = "embedded" in root.dataset;

  const remit = (window.remit = window.remit || {});
  /**
   * The reader's choices. In an embed nothing is stored, and browsers may block the storage (in a
   * sandboxed frame or a private window): a choice then lasts as long as the page.
   */
  remit.storage = {
    read(key) {
      try {
        return isEmbedded ? null : window.localStorage.getItem(key);
      } catch (error) {
        return null;
      }
    },
    write(key, value) {
      try {
        if (!isEmbedded) {
          window.localStorage.setItem(key, value);
        }
      } catch (error) {
        // The storage is blocked.
      }
    },
  };

  const fromAddress = () => new URLSearchParams(window.location.search).get("theme");
  const initial = isEmbedded ? fromAddress() : remit.storage.read(STORAGE_KEY);
  let choice = CHOICES.includes(initial) ? initial : null;

  function apply() {
    // Forced colours are those of the system's theme, whatever the reader has chosen.
    const chosen = forced.matches ? null : choice;
    root.dataset.theme = chosen || (system.matches ? "dark" : "light");
  }

  apply();

  remit.theme = {
    current: () => root.dataset.theme,
    choose(theme) {
      choice = theme;
      remit.storage.write(STORAGE_KEY, theme);
      apply();
    },
    /** Call a function with the current theme whenever the system's theme changes. */
    onSystemChange(callback) {
      system.addEventListener("change", () => {
        apply();
        callback(root.dataset.theme);
      });
    },
  };
})();
