/* What is hovered and what is selected, in both diagrams at once. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  let hovered = null;

  /** Return what is to be seen: nothing is `lit` when all is. */
  function current() {
    const state = remit.state.current();
    const selected = (state && remit.scene.keyOf(state.unit)) || null;
    const active = [hovered, selected].filter(Boolean);
    return {
      selected,
      active,
      lit: active.length ? new Set(active.flatMap((key) => [...remit.scene.around(key)])) : null,
      chain: new Set(active.flatMap((key) => remit.scene.chain(key))),
    };
  }

  function paint() {
    const now = current();
    remit.sunburst.paint(now);
    remit.network.paint(now);
  }

  remit.highlight = {
    paint,
    /** Lift a node while the pointer is on it; null when it has left. */
    hover(key) {
      const known = remit.scene.node(key) ? key : null;
      if (known === hovered) {
        return;
      }
      hovered = known;
      const node = known && remit.scene.node(known);
      if (node && node.unit) {
        remit.fragments.prefetch("panel", node.unit);
      }
      paint();
    },
    forget() {
      hovered = null;
    },
  };

  function follow() {
    remit.sunburst.paint(current());
    // The network is drawn anew for it, which takes longer than the panel may wait.
    remit.panel.afterwards(() => remit.network.paint(current()));
  }

  (remit.followers = remit.followers || []).push(follow);
})();
