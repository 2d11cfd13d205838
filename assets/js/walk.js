/* Walking through the diagrams with the arrows. Each diagram is one stop of the tab key; what is
 * reached in it is ringed in both, and told.
 *
 * A diagram is an `application`: a screen reader that reads the page with the arrows itself gives
 * them away as soon as the diagram has the focus. What it holds is a picture, so the place that is
 * reached has no element of its own, and a polite live region tells it. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const DIAGRAMS = ["sunburst", "network"];
  let at = null; // key of the node that was reached last
  let last = DIAGRAMS[0]; // the diagram that had the focus last
  let centre = null; // the unit that is in it
  let selected; // the unit that was told to be selected last

  const { scene } = remit;
  const elementOf = (diagram) => document.getElementById(diagram);
  const isDiagram = (element) => DIAGRAMS.includes(element.id);
  const titled = ({ name, note }) => [name, note].filter(Boolean).join(", ");

  /** Return the key of the place where walking goes on. */
  function here() {
    const { unit } = remit.state.current();
    return scene.node(at) ? at : scene.keyOf(unit) || scene.keyOf(centre);
  }

  function sibling(key, step) {
    const { up } = scene.node(key);
    const all = up ? scene.below(up) : [key];
    return all[all.indexOf(key) + step];
  }

  const STEPS = {
    ArrowUp: (key) => scene.node(key).up,
    ArrowDown: (key) => scene.below(key)[0],
    ArrowLeft: (key) => sibling(key, -1),
    ArrowRight: (key) => sibling(key, 1),
  };

  /** Return why there is no step further. */
  function ending(arrow, { unit, below }) {
    if (arrow === "ArrowUp") {
      return unit === root.dataset.top ? "walk-ends-at-top" : "walk-ends-at-centre";
    }
    if (arrow === "ArrowDown") {
      return below ? "walk-ends-before-more" : "walk-ends-at-leaf";
    }
    return "walk-ends-at-sibling";
  }

  /** Return a sentence of a node: what it is, and its place. */
  function told(key) {
    const node = scene.node(key);
    const unit = titled(node);
    const parent = scene.node(node.up);
    if (node.classes.includes("fold")) {
      return remit.say("walk-reached-fold", { unit });
    }
    const { place, siblings } = node;
    const sentence = parent
      ? remit.say("walk-reached", { unit, place, siblings, parent: parent.name })
      : remit.say("walk-reached-centre", { unit });
    const isSelected = node.unit === remit.state.current().unit;
    return isSelected ? `${sentence} ${remit.say("walk-is-selected")}` : sentence;
  }

  function reach(key) {
    at = key;
    remit.highlight.point(key);
    remit.network.reveal(key);
    remit.announce(told(key));
  }

  const tellCentre = () =>
    remit.announce(remit.say("centred", { unit: titled(scene.node(scene.keyOf(centre))) }));

  /** Put a unit into the centre, unless there is nothing below it to be seen there. */
  function lead(unit) {
    const node = scene.node(scene.keyOf(unit));
    if (node && !node.below) {
      remit.announce(remit.say("walk-ends-at-leaf"));
    } else if (unit === centre) {
      tellCentre();
    } else {
      remit.state.dispatch({ type: "focus", unit });
    }
  }

  /** Do what Enter means: select a unit, go to its panel if it is selected; a fold leads there. */
  function choose({ unit, focusOn }) {
    if (focusOn && focusOn === centre) {
      remit.notice(remit.say("folded-for-good"));
    } else if (focusOn) {
      lead(focusOn);
    } else if (unit === remit.state.current().unit) {
      remit.parts.toPanel();
    } else {
      remit.state.dispatch({ type: "select", unit });
    }
  }

  remit.walk = {
    choose,
    lead,
    /** Return the diagram that is seen, the one that had the focus last if both are. */
    stage() {
      const order = [last, ...DIAGRAMS].map(elementOf);
      return order.find((element) => element.checkVisibility()) || null;
    },
    isStep: (key) => key in STEPS,
    /** Take a step from the place that was reached last. */
    step(arrow) {
      const next = STEPS[arrow](here());
      if (next) {
        reach(next);
      } else {
        reach(here());
        remit.announce(remit.say(ending(arrow, scene.node(here()))));
      }
    },
    /** Return what Enter chooses in the diagram that has the focus; null if none has. */
    reached() {
      if (!isDiagram(document.activeElement) || !here()) {
        return null;
      }
      const { unit, classes } = scene.node(here());
      return classes.includes("fold") ? { focusOn: unit } : { unit };
    },
    /** Give the keyboard to a diagram, at a unit. */
    begin(diagram, unit) {
      at = scene.keyOf(unit) || null;
      diagram.focus({ preventScroll: true });
    },
    /** Make the diagrams, once they are drawn, parts that can be walked through. */
    open() {
      for (const diagram of DIAGRAMS) {
        const element = elementOf(diagram);
        element.tabIndex = 0;
        element.setAttribute("role", "application");
        element.setAttribute("aria-roledescription", remit.say("walk-diagram"));
        element.setAttribute("aria-describedby", "walk-help");
        for (const drawing of element.children) {
          drawing.setAttribute("aria-hidden", "true"); // labels without an order
        }
      }
      name();
    },
    /** Take note that nodes have other keys now. */
    rename(keyNow) {
      at = keyNow(at);
    },
    /** Tell that another unit has come into the centre, once the scene is the one of its picture. */
    follow(focus) {
      if (focus === centre) {
        name(); // it may be called otherwise now
        return;
      }
      const isFirst = centre === null;
      centre = focus;
      if (scene.node(at) && scene.node(at).classes.includes("fold")) {
        at = scene.keyOf(centre); // it has led there
      }
      name();
      if (isFirst) {
        return;
      }
      tellCentre();
      if (isDiagram(document.activeElement) && remit.highlight.isPointing()) {
        remit.highlight.point(here());
        remit.network.reveal(here());
      }
    },
  };

  function name() {
    const unit = centre && scene.node(scene.keyOf(centre)).name;
    for (const diagram of DIAGRAMS) {
      elementOf(diagram).setAttribute("aria-label", remit.say(`walk-${diagram}`, { unit }));
    }
  }

  document.addEventListener("focusin", ({ target }) => {
    if (isDiagram(target)) {
      last = target.id;
      if (target.matches(":focus-visible") && here()) {
        reach(here());
      }
    }
  });

  document.addEventListener("focusout", ({ target }) => {
    if (isDiagram(target)) {
      remit.highlight.point(null);
    }
  });

  /** Tell what is selected, once its panel is there; walking goes on from there. */
  async function tell({ unit }) {
    if (unit === selected) {
      return;
    }
    const isFirst = selected === undefined;
    selected = unit;
    if (scene.keyOf(unit)) {
      at = null;
    }
    await remit.panel.drawn();
    if (!isFirst && remit.state.current().unit === unit) {
      const { name: known } = remit.panel.named();
      const heading = document.querySelector("#panel h2").textContent;
      const missing = unit ? heading : remit.say("selected-none");
      remit.announce(known ? remit.say("selected-now", { unit: known }) : missing);
    }
  }

  (remit.followers = remit.followers || []).push(tell);
})();
