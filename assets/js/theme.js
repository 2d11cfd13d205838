/* The theme: the reader's choice if there is one, else the system's. Inside another page it is what
 * that page asks for, and nothing is read from the storage nor kept there.
 * Loaded right after the opening, which follows the system by itself, and ahead of all others. */
(function () {
  "use strict";

  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const forced = window.matchMedia("(forced-colors: active)");
  const CHOICES = ["light", "dark"];
  const embedded = "embedded" in root.dataset;

  // Storage may be blocked (a sandboxed frame, a private window): the choice then lasts a page.
  function stored() {
    try {
      return window.localStorage.getItem("remit-theme");
    } catch (error) {
      return null;
    }
  }

  function store(choice) {
    try {
      window.localStorage.setItem("remit-theme", choice);
    } catch (error) {
      /* nothing to do: see above */
    }
  }

  const asked = embedded ? new URLSearchParams(window.location.search).get("theme") : stored();
  let choice = CHOICES.includes(asked) ? asked : null;

  function apply() {
    // Colours that the system forces on the page are those of its own theme.
    const chosen = forced.matches ? null : choice;
    root.dataset.theme = chosen || (system.matches ? "dark" : "light");
  }

  apply();

  const remit = (window.remit = window.remit || {});
  remit.theme = {
    current: () => root.dataset.theme,
    choose(theme) {
      choice = theme;
      store(theme);
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
