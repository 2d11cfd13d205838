/* The highlight: nodes that are hovered, selected or found stand out in both diagrams. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  /** By falling priority: the first spotlight that has something to show is shown. */
  const SPOTLIGHTS = ["search", "connection", "filter"];
  const spotlights = new Map();
  let hovered = null; // key of the node under the pointer
  let cursor = null; // key of the node that the keyboard has reached

  /**
   * What the diagrams highlight. All sets contain keys of nodes.
   * @typedef {object} Highlight
   * @property {?string} selected
   * @property {?string} cursor
   * @property {string[]} active - nodes that are hovered, reached by keyboard, or selected
   * @property {Set<string>} chain - the active nodes and their ancestors
   * @property {?Set<string>} lit - nodes that are not dimmed; null if none is dimmed
   * @property {Set<string>} hits - nodes that a spotlight found
   * @property {?object} path - the connection that is drawn
   */

  /** Return the content of the spotlight with the highest priority; null if none is on. */
  function spotlightContent() {
    for (const show of SPOTLIGHTS.map((name) => spotlights.get(name)).filter(Boolean)) {
      const content = show();
      if (content) {
        return content;
      }
    }
    return null;
  }

  /** @returns {Highlight} */
  function current() {
    const state = remit.state.current();
    const selected = (state && remit.scene.keyOf(state.unit)) || null;
    const { lit, hits, path = null } = spotlightContent() || { lit: null, hits: new Set() };
    // Beside a path, what is related to the selected unit would only distract.
    const active = [hovered, cursor, path ? null : selected].filter(Boolean);
    const chain = new Set(active.flatMap((key) => remit.scene.chain(key)));
    if (lit !== null) {
      return { selected, cursor, active, chain, hits, path, lit: new Set([...lit, ...chain]) };
    }
    const related = new Set(active.flatMap((key) => [...remit.scene.related(key)]));
    return { selected, cursor, active, chain, hits, path, lit: active.length ? related : null };
  }

  function update() {
    const highlight = current();
    remit.sunburst.showHighlight(highlight);
    remit.network.showHighlight(highlight);
  }

  function prefetch(key) {
    const node = key && remit.scene.node(key);
    if (node && node.unit) {
      remit.fragments.prefetch("panel", node.unit);
    }
  }

  remit.highlight = {
    update,
    /**
     * Turn a spotlight on, or off with null.
     * @param {string} name - one of SPOTLIGHTS
     * @param {?function(): ?object} show - called at every update; returns `lit`, `hits` and
     *   perhaps `path`, as in a highlight, or null for nothing
     */
    setSpotlight(name, show) {
      if (show || spotlights.get(name)) {
        spotlights.set(name, show);
        update();
      }
    },
    /** Highlight the node under the pointer; null when the pointer has left it. */
    hover(key) {
      const known = remit.scene.node(key) ? key : null;
      if (known === hovered) {
        return;
      }
      hovered = known;
      prefetch(known);
      update();
    },
    /** Draw a ring around the node that the keyboard has reached; null removes it. */
    setCursor(key) {
      hovered = null;
      cursor = key;
      prefetch(key);
      update();
    },
    hasCursor: () => cursor !== null,
    /** Replace the keys of an earlier edition. */
    renameKeys(newKeyOf) {
      cursor = newKeyOf(cursor);
    },
    /** Forget nodes that the scene no longer has. */
    dropMissingKeys() {
      hovered = null;
      cursor = remit.scene.node(cursor) ? cursor : null;
    },
  };

  function follow() {
    remit.sunburst.showHighlight(current());
    // Redrawing the network takes long; the panel must not wait for it.
    remit.panel.afterPaint(() => remit.network.showHighlight(current()));
  }

  (remit.followers = remit.followers || []).push(follow);
})();
