/* The parts of the page: F6 and the skip links move the focus between them. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

  const isVisible = (element) => Boolean(element) && element.checkVisibility();

  function firstTabStopIn(selector) {
    const elements = document.querySelectorAll(`${selector} :is(${FOCUSABLE})`);
    return [...elements].find((element) => element.tabIndex >= 0 && isVisible(element));
  }

  const focus = (element) => element.focus({ preventScroll: remit.embed.isEmbedded });

  /** In the order of the page: the selector of each part, and how it gets the focus. */
  const PARTS = [
    { selector: ".search", enter: () => focus(document.getElementById("search")) },
    { selector: "#toolbar", enter: () => focus(firstTabStopIn("#toolbar")) },
    { selector: "main", enter: focusMain },
    { selector: "#panel", enter: focusPanel },
  ];

  function focusMain() {
    const diagram = remit.walk.visibleDiagram();
    if (diagram) {
      focus(diagram);
    } else if (isVisible(document.getElementById("outline"))) {
      remit.outline.focus();
    } else {
      focus(firstTabStopIn("main"));
    }
  }

  /** Focus the heading of the panel, once the panel shows the selected unit. */
  async function focusPanel() {
    await remit.panel.whenDrawn();
    focus(document.querySelector("#panel h2"));
  }

  function focusOutline() {
    remit.state.dispatch({ type: "set", key: "view", value: "outline" });
    remit.outline.focus();
  }

  const SKIP_LINKS = { "#panel": focusPanel, "#outline": focusOutline };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".skip a");
    if (link) {
      event.preventDefault(); // the address of the page has no fragment
      SKIP_LINKS[link.getAttribute("href")]();
    }
  });

  /** Return the element of the live page that corresponds to one of the server's page. */
  function counterpart(element) {
    const region = element.closest("[id]");
    const liveRegion = document.getElementById(region.id); // the first of two with the same id
    if (region === element) {
      return liveRegion;
    }
    const index = [...region.querySelectorAll(element.tagName)].indexOf(element);
    return liveRegion.querySelectorAll(element.tagName)[index];
  }

  remit.parts = {
    focusPanel,
    /**
     * Focus the next visible part, or the previous one.
     * @param {1|-1} step
     */
    cycle(step) {
      const visible = PARTS.filter(({ selector }) => isVisible(document.querySelector(selector)));
      const current = visible.findIndex(({ selector }) => document.activeElement.closest(selector));
      const from = current < 0 && step < 0 ? 0 : current;
      visible[(from + step + visible.length) % visible.length].enter();
    },
    /**
     * Remember which element of the server's page has the focus.
     * @returns {function()} focuses its counterpart, to be called on the live page
     */
    preserveFocus() {
      const element = document.activeElement;
      if (!document.getElementById("opening").contains(element)) {
        return () => {};
      }
      const picture = element.closest("#sunburst, #network");
      if (picture) {
        const query = new URLSearchParams(element.getAttribute("href"));
        const unit = query.get("unit") || query.get("focus");
        return () => remit.walk.enterAt(document.getElementById(picture.id), unit);
      }
      const liveElement = counterpart(element);
      return () => liveElement && focus(liveElement);
    },
  };
})();
