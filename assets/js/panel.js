/* The panel: the fragment of the selected unit, or an introduction while none is. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  let shown = null;

  /** Move the diagrams to the selected unit if it is not in the picture. */
  function reveal() {
    const state = remit.state.current();
    const isCurrent = state.unit && shown && shown.focus && shown.unit === state.unit;
    if (!isCurrent || remit.scene.isEmpty() || remit.scene.keyOf(state.unit)) {
      return;
    }
    if (shown.focus !== remit.state.focus(state)) {
      remit.state.dispatch({ type: "focus", unit: shown.focus, correct: true });
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
    shown = { unit: named, focus: fragment.focus, wanted: wanted.replace(unit, named || unit) };
    remit.fill("panel", fragment.content);
    document.getElementById("panel").scrollTop = 0;
    if (named !== state.unit) {
      remit.state.dispatch({ type: "select", unit: named, correct: true }); // it was an alias
    }
    reveal();
  }

  remit.panel = { reveal };
  (remit.followers = remit.followers || []).push(draw);
})();
