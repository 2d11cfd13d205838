/* The theme: the reader's choice if there is one, else the system's. Inside another page it is what
 * that page asks for, and nothing is read from the storage nor kept there.
 * Loaded right after the opening, which follows the system by itself, and ahead of all others. */
(function () {
  "use strict";

  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const forced = window.matchMedia("(forced-colors: active)");
  const CHOICES = ["light", "dark"];
  const STORED = "remit-theme";
  const embedded = "embedded" in root.dataset;

  const remit = (window.remit = window.remit || {});
  /** What the reader has chosen. Storage may be blocked (a sandboxed frame, a private window), and
   * inside another page nothing is kept: a choice then lasts a page. */
  remit.storage = {
    read(key) {
      try {
        return embedded ? null : window.localStorage.getItem(key);
      } catch (error) {
        return null;
      }
    },
    write(key, value) {
      try {
        if (!embedded) {
          window.localStorage.setItem(key, value);
        }
      } catch (error) {
        /* nothing to do: see above */
      }
    },
  };

  const inAddress = () => new URLSearchParams(window.location.search).get("theme");
  const asked = embedded ? inAddress() : remit.storage.read(STORED);
  let choice = CHOICES.includes(asked) ? asked : null;

  function apply() {
    // Colours that the system forces on the page are those of its own theme.
    const chosen = forced.matches ? null : choice;
    root.dataset.theme = chosen || (system.matches ? "dark" : "light");
  }

  apply();

  remit.theme = {
    current: () => root.dataset.theme,
    choose(theme) {
      choice = theme;
      remit.storage.write(STORED, theme);
      apply();
    },
    /** Call back when the system changes and the reader has not chosen. */
    onSystemChange(callback) {
      system.addEventListener("change", () => {
        apply();
        callback(root.dataset.theme);
      });
    },
  };
})();
