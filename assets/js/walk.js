/* Keyboard navigation in the diagrams. Each diagram is one tab stop. The arrow keys move a cursor,
 * which is a ring in both diagrams and is announced by a live region.
 *
 * A diagram has the role `application`, so that screen readers pass the arrow keys on while it has
 * the focus. Units have no elements that could take the focus, hence the live region. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const DIAGRAMS = ["sunburst", "network"];
  let cursor = null; // key of the node that was reached last
  let lastDiagram = DIAGRAMS[0]; // the diagram that had the focus last
  let centre = null; // the focused unit, as the diagrams show it
  let announcedUnit; // the unit whose selection was announced last

  const { scene } = remit;
  const elementOf = (diagram) => document.getElementById(diagram);
  const isDiagram = (element) => DIAGRAMS.includes(element.id);
  const nameAndNote = ({ name, note }) => [name, note].filter(Boolean).join(", ");

  // ---- The cursor -----------------------------------------------------------------------------

  /** Return the key at which a step starts: the cursor, or else the selected unit or the centre. */
  function currentKey() {
    const { unit } = remit.state.current();
    return scene.node(cursor) ? cursor : scene.keyOf(unit) || scene.keyOf(centre);
  }

  function sibling(key, step) {
    const { up } = scene.node(key);
    const siblings = up ? scene.children(up) : [key];
    return siblings[siblings.indexOf(key) + step];
  }

  const STEPS = {
    ArrowUp: (key) => scene.node(key).up,
    ArrowDown: (key) => scene.children(key)[0],
    ArrowLeft: (key) => sibling(key, -1),
    ArrowRight: (key) => sibling(key, 1),
  };

  /** Return the key of the message that says why a step leads nowhere. */
  function reasonForEnd(arrow, { unit, below }) {
    if (arrow === "ArrowUp") {
      return unit === root.dataset.top ? "walk-ends-at-top" : "walk-ends-at-centre";
    }
    if (arrow === "ArrowDown") {
      return below ? "walk-ends-before-more" : "walk-ends-at-leaf";
    }
    return "walk-ends-at-sibling";
  }

  /** Return the sentence that announces a node and its position. */
  function announcementOf(key) {
    const node = scene.node(key);
    const unit = nameAndNote(node);
    const parent = scene.node(node.up);
    if (node.classes.includes("fold")) {
      return remit.message("walk-reached-fold", { unit });
    }
    const { place, siblings } = node;
    const sentence = parent
      ? remit.message("walk-reached", { unit, place, siblings, parent: parent.name })
      : remit.message("walk-reached-centre", { unit });
    const isSelected = node.unit === remit.state.current().unit;
    return isSelected ? `${sentence} ${remit.message("walk-is-selected")}` : sentence;
  }

  function moveCursor(key) {
    cursor = key;
    remit.highlight.setCursor(key);
    remit.network.panTo(key);
    remit.announce(announcementOf(key));
  }

  // ---- What Enter and + do --------------------------------------------------------------------

  function announceCentre() {
    const unit = nameAndNote(scene.node(scene.keyOf(centre)));
    remit.announce(remit.message("centred", { unit }));
  }

  /** Focus a unit, unless it is a leaf. */
  function focusOn(unit) {
    const node = scene.node(scene.keyOf(unit));
    if (node && !node.below) {
      remit.announce(remit.message("walk-ends-at-leaf"));
    } else if (unit === centre) {
      announceCentre();
    } else {
      remit.state.dispatch({ type: "focus", unit });
    }
  }

  /**
   * Select a unit or, if it is selected, go to its panel; focus the unit of a fold.
   * @param {{unit: ?string, focusOn: ?string}} item - a unit to select, or one to focus
   */
  function activate({ unit, focusOn: folded }) {
    if (folded && folded === centre) {
      remit.showNotice(remit.message("folded-for-good"));
    } else if (folded) {
      focusOn(folded);
    } else if (unit === remit.state.current().unit) {
      remit.parts.focusPanel();
    } else {
      remit.state.dispatch({ type: "select", unit });
    }
  }

  // ---- What other scripts call ----------------------------------------------------------------

  remit.walk = {
    activate,
    focusOn,
    /** Return the visible diagram, of two the one that had the focus last; null if none is. */
    visibleDiagram() {
      const order = [lastDiagram, ...DIAGRAMS].map(elementOf);
      return order.find((element) => element.checkVisibility()) || null;
    },
    isArrowKey: (key) => key in STEPS,
    /** Move the cursor by an arrow key. */
    step(arrow) {
      const next = STEPS[arrow](currentKey());
      moveCursor(next || currentKey());
      if (!next) {
        remit.announce(remit.message(reasonForEnd(arrow, scene.node(currentKey()))));
      }
    },
    /**
     * Return the item at the cursor.
     * @returns {?{unit: string}|{focusOn: string}} null if no diagram has the focus
     */
    reachedItem() {
      if (!isDiagram(document.activeElement) || !currentKey()) {
        return null;
      }
      const { unit, classes } = scene.node(currentKey());
      return classes.includes("fold") ? { focusOn: unit } : { unit };
    },
    /** Give the focus to a diagram, with the cursor at a unit. */
    enterAt(diagram, unit) {
      cursor = scene.keyOf(unit) || null;
      diagram.focus({ preventScroll: true });
    },
    /** Make the diagrams tab stops; called once both are drawn. */
    enable() {
      for (const diagram of DIAGRAMS) {
        const element = elementOf(diagram);
        element.tabIndex = 0;
        element.setAttribute("role", "application");
        element.setAttribute("aria-roledescription", remit.message("walk-diagram"));
        element.setAttribute("aria-describedby", "walk-help");
        for (const drawing of element.children) {
          drawing.setAttribute("aria-hidden", "true"); // it only has labels in an arbitrary order
        }
      }
      labelDiagrams();
    },
    /** Replace the key of an earlier edition. */
    renameKeys(newKeyOf) {
      cursor = newKeyOf(cursor);
    },
    /** Announce a new focus, once the scene shows it. */
    focusChanged(focus) {
      if (focus === centre) {
        labelDiagrams(); // a new edition may have renamed the unit
        return;
      }
      const isFirst = centre === null;
      centre = focus;
      if (scene.node(cursor) && scene.node(cursor).classes.includes("fold")) {
        cursor = scene.keyOf(centre); // the reader has entered the fold
      }
      labelDiagrams();
      if (isFirst) {
        return;
      }
      announceCentre();
      if (isDiagram(document.activeElement) && remit.highlight.hasCursor()) {
        remit.highlight.setCursor(currentKey());
        remit.network.panTo(currentKey());
      }
    },
  };

  function labelDiagrams() {
    const unit = centre && scene.node(scene.keyOf(centre)).name;
    for (const diagram of DIAGRAMS) {
      elementOf(diagram).setAttribute("aria-label", remit.message(`walk-${diagram}`, { unit }));
    }
  }

  // ---- Focus and selection --------------------------------------------------------------------

  document.addEventListener("focusin", ({ target }) => {
    if (isDiagram(target)) {
      lastDiagram = target.id;
      if (target.matches(":focus-visible") && currentKey()) {
        moveCursor(currentKey());
      }
    }
  });

  document.addEventListener("focusout", ({ target }) => {
    if (isDiagram(target)) {
      remit.highlight.setCursor(null);
    }
  });

  /** Announce the selection once its panel is drawn; the next step starts from it. */
  async function announceSelection({ unit }) {
    if (unit === announcedUnit) {
      return;
    }
    const isFirst = announcedUnit === undefined;
    announcedUnit = unit;
    if (scene.keyOf(unit)) {
      cursor = null;
    }
    await remit.panel.whenDrawn();
    if (isFirst || remit.state.current().unit !== unit) {
      return;
    }
    const { name } = remit.panel.selectedUnit();
    if (name) {
      remit.announce(remit.message("selected-now", { unit: name }));
    } else if (unit) {
      remit.announce(document.querySelector("#panel h2").textContent); // it is unknown
    } else {
      remit.announce(remit.message("selected-none"));
    }
  }

  (remit.followers = remit.followers || []).push(announceSelection);
})();
