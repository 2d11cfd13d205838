/* The parts of the page, for whoever moves from one to the next without a mouse. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const CAN_HAVE_FOCUS = "a[href], button, input, select, textarea, summary, [tabindex]";

  const heading = () => document.querySelector("#panel h2");
  const isSeen = (element) => Boolean(element) && element.checkVisibility();

  function firstIn(selector) {
    const all = document.querySelectorAll(`${selector} :is(${CAN_HAVE_FOCUS})`);
    return [...all].find((each) => each.tabIndex >= 0 && isSeen(each));
  }

  const focus = (element) => element.focus({ preventScroll: remit.embed.isEmbedded });

  /** Each part, in the order of the page: where it is, and how to get into it. */
  const PARTS = [
    { within: ".search", enter: () => focus(document.getElementById("search")) },
    { within: "#toolbar", enter: () => focus(firstIn("#toolbar")) },
    { within: "main", enter: toMain },
    { within: "#panel", enter: toPanel },
  ];

  function toMain() {
    const diagram = remit.walk.stage();
    if (diagram) {
      focus(diagram);
    } else if (isSeen(document.getElementById("outline"))) {
      remit.outline.focus();
    } else {
      focus(firstIn("main"));
    }
  }

  /** Give the focus to the heading of the panel, once it is the one of the selected unit. */
  async function toPanel() {
    await remit.panel.drawn();
    focus(heading());
  }

  function toOutline() {
    remit.state.dispatch({ type: "choose", key: "view", value: "outline" });
    remit.outline.focus();
  }

  const SKIPS = { "#panel": toPanel, "#outline": toOutline };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".skip a");
    if (link) {
      event.preventDefault(); // the address has no room for it
      SKIPS[link.getAttribute("href")]();
    }
  });

  /** Return what has taken the place of an element of the page that the server drew. */
  function successor(element) {
    const region = element.closest("[id]");
    const living = document.getElementById(region.id); // it comes before the opening
    if (region === element) {
      return living;
    }
    const place = [...region.querySelectorAll(element.tagName)].indexOf(element);
    return living.querySelectorAll(element.tagName)[place];
  }

  remit.parts = {
    toPanel,
    /** Go to the next part that is seen, or with -1 to the one before. */
    turn(step) {
      const seen = PARTS.filter(({ within }) => isSeen(document.querySelector(within)));
      const now = seen.findIndex(({ within }) => document.activeElement.closest(within));
      const from = now < 0 && step < 0 ? 0 : now;
      seen[(from + step + seen.length) % seen.length].enter();
    },
    /** Return a function that gives the focus, once the opening is gone, to the same on the page. */
    keeping() {
      const element = document.activeElement;
      if (!document.getElementById("opening").contains(element)) {
        return () => {};
      }
      const drawing = element.closest("#sunburst, #network");
      if (drawing) {
        const asked = new URLSearchParams(element.getAttribute("href"));
        const unit = asked.get("unit") || asked.get("focus");
        return () => remit.walk.begin(document.getElementById(drawing.id), unit);
      }
      const next = successor(element);
      return () => next && focus(next);
    },
  };
})();
