/* The panel: the fragment of the selected unit, or an introduction while none is. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const narrow = window.matchMedia("(max-width: 799px)");
  const title = () => document.querySelector('meta[property="og:site_name"]').content;
  let shown = null;
  let revealed = null;

  /** Move the diagrams to a unit that has been selected and is not in the picture; of the way to
   * another one connection.js takes care.
   *
   * Once: who looks elsewhere afterwards, while it is selected, is not brought back. */
  function reveal() {
    const state = remit.state.current();
    const isCurrent = shown && shown.unit === state.unit;
    if (state.to || !isCurrent || revealed === state.unit || remit.scene.isEmpty()) {
      return;
    }
    revealed = state.unit;
    const isOutside = shown.focus && !remit.scene.keyOf(state.unit);
    if (state.unit && isOutside && shown.focus !== remit.state.focus(state)) {
      remit.state.dispatch({ type: "focus", unit: shown.focus, correct: true });
    }
  }

  function fill(content) {
    const panel = document.getElementById("panel");
    const hadFocus = panel !== document.activeElement && panel.contains(document.activeElement);
    remit.fill("panel", content);
    panel.scrollTop = 0;
    if (narrow.matches && window.scrollY > panel.offsetTop) {
      panel.scrollIntoView(); // the page scrolls there, not the panel
    }
    if (hadFocus) {
      panel.querySelector("h2").focus({ preventScroll: true }); // what was followed is gone
    }
  }

  /** Fill the panel with what is now said of the same unit; the reader stays where they are. */
  function refill(content) {
    const panel = document.getElementById("panel");
    const giveBack = remit.keeping(panel);
    remit.fill("panel", content);
    if (!giveBack()) {
      panel.querySelector("h2").focus({ preventScroll: true });
    }
  }

  async function draw(state) {
    const kind = state.unit ? "panel" : "overview";
    const unit = state.unit || root.dataset.top;
    const wanted = `${root.dataset.version} ${kind} ${unit}`;
    if (shown && shown.wanted === wanted) {
      return;
    }
    const fragment = await remit.fragments.forState(kind, unit, (now) => now.unit === state.unit);
    if (fragment === null) {
      return;
    }
    const named = state.unit && fragment.known ? fragment.unit : state.unit;
    if (!shown || shown.unit !== named) {
      fill(fragment.content);
    } else if (shown.text !== fragment.text) {
      refill(fragment.content);
    }
    const heading = document.querySelector("#panel h2");
    if (shown && shown.unit === named && shown.name && !fragment.known) {
      remit.announce(heading.textContent); // it is gone from the data
    }
    document.title = named ? `${heading.textContent} – ${title()}` : title();
    shown = {
      text: fragment.text,
      unit: named,
      name: state.unit && fragment.known ? heading.firstChild.textContent : null,
      focus: fragment.focus,
      wanted: wanted.replace(unit, named || unit),
    };
    if (named !== state.unit) {
      remit.state.dispatch({ type: "select", unit: named, correct: true }); // it was an alias
    }
    reveal();
  }

  /** Open what the panel says of a reference; the introduction speaks of each. */
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
    reveal,
    showReference,
    /** Return the selected unit and its name; null for both if none is, or it is not known. */
    named: () => ({
      unit: shown && shown.name ? shown.unit : null,
      name: shown && shown.name,
    }),
    /** Return a promise of the panel of the current state. */
    drawn: () => drawing,
    /** Call back once the panel of the current state is on the screen. */
    afterwards(callback) {
      drawing.finally(() => {
        window.requestAnimationFrame(() => window.setTimeout(callback));
      });
    },
  };

  // Before all others: it is what the reader waits for.
  (remit.followers = remit.followers || []).unshift((state) => {
    drawing = draw(state);
  });
})();
