/* The panel: the fragment of the selected unit, or an overview of the organization. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const narrow = window.matchMedia("(max-width: 799px)");
  const title = () => document.querySelector('meta[property="og:site_name"]').content;
  let shown = null; // what the panel shows: text, unit, name, focus, request
  let revealedUnit = null; // the unit that the diagrams have been moved to

  /**
   * Focus a newly selected unit if it is not in the diagrams.
   *
   * Once for each selection: readers who then focus another unit are not brought back. If a
   * connection is shown, connection.js sets the focus.
   */
  function revealInDiagrams() {
    const state = remit.state.current();
    const isCurrent = shown && shown.unit === state.unit;
    if (state.to || !isCurrent || revealedUnit === state.unit || remit.scene.isEmpty()) {
      return;
    }
    revealedUnit = state.unit;
    const isOutside = shown.focus && !remit.scene.keyOf(state.unit);
    if (state.unit && isOutside && shown.focus !== remit.state.focusOf(state)) {
      remit.state.dispatch({ type: "focus", unit: shown.focus, isCorrection: true });
    }
  }

  /** Fill the panel for another unit, from its beginning. */
  function fill(content) {
    const panel = document.getElementById("panel");
    const hadFocus = panel !== document.activeElement && panel.contains(document.activeElement);
    remit.fill("panel", content);
    panel.scrollTop = 0;
    if (narrow.matches && window.scrollY > panel.offsetTop) {
      panel.scrollIntoView(); // there the page scrolls, not the panel
    }
    if (hadFocus) {
      panel.querySelector("h2").focus({ preventScroll: true }); // the clicked link is gone
    }
  }

  /** Fill the panel for the same unit again; focus and scroll position stay. */
  function refill(content) {
    const panel = document.getElementById("panel");
    const restoreFocus = remit.preserveFocus(panel);
    remit.fill("panel", content);
    if (!restoreFocus()) {
      panel.querySelector("h2").focus({ preventScroll: true });
    }
  }

  async function draw(state) {
    const kind = state.unit ? "panel" : "overview";
    const unit = state.unit || root.dataset.top;
    const request = `${root.dataset.version} ${kind} ${unit}`;
    if (shown && shown.request === request) {
      return;
    }
    const isWanted = (now) => now.unit === state.unit;
    const fragment = await remit.fragments.fetchCurrent(kind, unit, isWanted);
    if (fragment === null) {
      return;
    }
    const canonical = state.unit && fragment.known ? fragment.unit : state.unit;
    const isSameUnit = shown && shown.unit === canonical;
    if (!isSameUnit) {
      fill(fragment.content);
    } else if (shown.text !== fragment.text) {
      refill(fragment.content);
    }
    const heading = document.querySelector("#panel h2");
    if (isSameUnit && shown.name && !fragment.known) {
      remit.announce(heading.textContent); // the new edition no longer has the unit
    }
    document.title = canonical ? `${heading.textContent} – ${title()}` : title();
    shown = {
      text: fragment.text,
      unit: canonical,
      name: state.unit && fragment.known ? heading.firstChild.textContent : null,
      focus: fragment.focus,
      request: request.replace(unit, canonical || unit),
    };
    if (canonical !== state.unit) {
      // The state has an alias.
      remit.state.dispatch({ type: "select", unit: canonical, isCorrection: true });
    }
    revealInDiagrams();
  }

  /** Open the entry of a reference in the panel, or in the overview, which has all references. */
  async function showReference(reference) {
    const entry = () =>
      [...document.querySelectorAll("#panel [data-reference]")].find(
        (details) => details.dataset.reference === reference,
      );
    if (!entry()) {
      remit.state.dispatch({ type: "clear" });
      await draw(remit.state.current());
    }
    if (entry()) {
      remit.sheet.raise();
      entry().open = true;
      entry().scrollIntoView({ block: "nearest" });
    }
  }

  let drawing = Promise.resolve();

  remit.panel = {
    revealInDiagrams,
    showReference,
    /**
     * Return the selected unit.
     * @returns {{unit: ?string, name: ?string}} null for both if none is selected or it is unknown
     */
    selectedUnit: () => ({
      unit: shown && shown.name ? shown.unit : null,
      name: shown && shown.name,
    }),
    /** @returns {Promise} resolved once the panel of the current state is drawn */
    whenDrawn: () => drawing,
    /** Call a function after the browser has painted the panel of the current state. */
    afterPaint(callback) {
      drawing.finally(() => {
        window.requestAnimationFrame(() => window.setTimeout(callback));
      });
    },
  };

  // The first of the followers, since the reader waits for the panel.
  (remit.followers = remit.followers || []).unshift((state) => {
    drawing = draw(state);
  });
})();
