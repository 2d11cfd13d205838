/* The panel: the fragment of the selected unit, or an introduction while none is. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  let shown = null;

  /** Move the diagrams to the selected unit if it is not in the picture. */
  function reveal() {
    const state = remit.state.current();
    if (!shown || shown.unit !== state.unit || remit.scene.isEmpty()) {
      return;
    }
    if (!remit.scene.keyOf(shown.unit) && shown.focus !== remit.state.focus(state)) {
      remit.state.dispatch({ type: "focus", unit: shown.focus, correct: true });
    }
  }

  remit.panel = { reveal };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.panel = {
    async content(state) {
      const { no_update } = window.dash_clientside;
      const kind = state.unit ? "panel" : "overview";
      const unit = state.unit || root.dataset.top;
      const wanted = `${root.dataset.version} ${kind} ${unit}`;
      if (shown && shown.wanted === wanted) {
        return no_update;
      }
      const fragment = await remit.fragments.forState(kind, unit, (now) => now.unit === state.unit);
      if (fragment === null) {
        return no_update;
      }
      shown = { wanted, unit: fragment.unit, focus: fragment.focus };
      if (fragment.known && state.unit && fragment.unit !== state.unit) {
        shown.wanted = `${root.dataset.version} ${kind} ${fragment.unit}`;
        remit.state.dispatch({ type: "select", unit: fragment.unit, correct: true });
      }
      reveal();
      const panel = document.getElementById("panel");
      panel.scrollTop = 0;
      return fragment.content;
    },
  };
})();
