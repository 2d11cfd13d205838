/* What is hovered and what is selected, in both diagrams at once. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** Who else may say what is lit, in this order: the first that has something to show now does. */
  const SPOTLIGHTS = ["search", "connection", "filter"];
  const spotlights = new Map();
  let hovered = null;
  let cursor = null; // what the keyboard has reached

  /** Return what a spotlight shows; null if none does. */
  function spotlight() {
    for (const on of SPOTLIGHTS.map((name) => spotlights.get(name)).filter(Boolean)) {
      const shown = on();
      if (shown) {
        return shown;
      }
    }
    return null;
  }

  /** Return what is to be seen: nothing is `lit` when all is. `hits` are what a spotlight means,
   * `path` what it draws from one of them to the next. */
  function current() {
    const state = remit.state.current();
    const selected = (state && remit.scene.keyOf(state.unit)) || null;
    const { lit, hits, path = null } = spotlight() || { lit: null, hits: new Set() };
    // The path to another unit is seen best without all else that concerns the selected one.
    const active = [hovered, cursor, path ? null : selected].filter(Boolean);
    const chain = new Set(active.flatMap((key) => remit.scene.chain(key)));
    if (lit !== null) {
      return { selected, cursor, active, chain, hits, path, lit: new Set([...lit, ...chain]) };
    }
    const around = new Set(active.flatMap((key) => [...remit.scene.around(key)]));
    return { selected, cursor, active, chain, hits, path, lit: active.length ? around : null };
  }

  function paint() {
    const now = current();
    remit.sunburst.paint(now);
    remit.network.paint(now);
  }

  function prefetch(key) {
    const node = key && remit.scene.node(key);
    if (node && node.unit) {
      remit.fragments.prefetch("panel", node.unit);
    }
  }

  remit.highlight = {
    paint,
    /** Turn a spotlight on or, with null, off. `show` returns sets of keys: what is `lit`, and of
     * it what is meant, the `hits`; it is asked anew whenever the diagrams are painted, and may answer null. */
    spotlight(name, show) {
      if (show || spotlights.get(name)) {
        spotlights.set(name, show);
        paint();
      }
    },
    /** Lift a node while the pointer is on it; null when it has left. */
    hover(key) {
      const known = remit.scene.node(key) ? key : null;
      if (known === hovered) {
        return;
      }
      hovered = known;
      prefetch(known);
      paint();
    },
    /** Ring the node that the keyboard has reached; null when it is elsewhere. */
    point(key) {
      hovered = null;
      cursor = key;
      prefetch(key);
      paint();
    },
    isPointing: () => cursor !== null,
    /** Take note that nodes have other keys now. */
    rename(keyNow) {
      cursor = keyNow(cursor);
    },
    forget() {
      hovered = null;
      cursor = remit.scene.node(cursor) ? cursor : null;
    },
  };

  function follow() {
    remit.sunburst.paint(current());
    // The network is drawn anew for it, which takes longer than the panel may wait.
    remit.panel.afterwards(() => remit.network.paint(current()));
  }

  (remit.followers = remit.followers || []).push(follow);
})();
