/* Messages beside the diagrams (tooltip, notice, live region), and the start of the live page. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  const NOTICE_LASTS = 6000; // milliseconds
  const TOOLTIP_DISTANCE = 14; // pixels from the pointer
  const undrawn = new Set(["sunburst", "network"]);
  let noticeTimer = 0;

  /** Report that a diagram is drawn; the page is ready once both are. */
  remit.diagramReady = (diagram) => {
    undrawn.delete(diagram);
    if (!undrawn.size && remit.readyAt === undefined) {
      remit.readyAt = window.performance.now();
      remit.panel.afterPaint(showLivePage);
    }
  };

  /** Replace the page that the server rendered with the live one. */
  function showLivePage() {
    const restoreFocus = remit.parts.preserveFocus();
    document.getElementById("opening").remove();
    document.getElementById("react-entry-point").removeAttribute("inert");
    remit.walk.enable();
    root.dataset.ready = "true";
    restoreFocus();
  }

  /** Announce a sentence to screen readers through the polite live region. */
  remit.announce = (sentence) => {
    const region = document.getElementById("announcer");
    // An unchanged text would not be announced again.
    region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
  };

  /** Show a sentence for some seconds. */
  remit.showNotice = (sentence) => {
    const notice = document.getElementById("notice");
    notice.textContent = sentence;
    notice.classList.add("shown");
    window.clearTimeout(noticeTimer);
    noticeTimer = window.setTimeout(() => notice.classList.remove("shown"), NOTICE_LASTS);
  };

  /** Copy a text. The promise is rejected over plain HTTP, where browsers have no clipboard. */
  remit.copyText = async (text) => window.navigator.clipboard.writeText(text);

  /** Scroll an entry into view in its list; unlike `scrollIntoView`, nothing else scrolls. */
  remit.scrollIntoList = (entry, list) => {
    const [box, view] = [entry, list].map((element) => element.getBoundingClientRect());
    list.scrollTop += Math.min(0, box.top - view.top) + Math.max(0, box.bottom - view.bottom);
  };

  // ---- The tooltip ----------------------------------------------------------------------------

  function showTooltip(name, note, event) {
    if (event.pointerType === "touch" || event.type.startsWith("touch")) {
      return; // a finger does not hover: it selects, and the panel shows more
    }
    const tooltip = document.getElementById("tooltip");
    tooltip.replaceChildren(
      remit.markAsData(paragraph(name, "name")),
      ...(note ? [paragraph(note, "note")] : []),
    );
    tooltip.classList.add("shown");
    const { width, height } = tooltip.getBoundingClientRect();
    const isTooWide = event.clientX + TOOLTIP_DISTANCE + width > window.innerWidth;
    const isTooHigh = event.clientY + TOOLTIP_DISTANCE + height > window.innerHeight;
    const left = isTooWide ? -TOOLTIP_DISTANCE - width : TOOLTIP_DISTANCE;
    const top = isTooHigh ? -TOOLTIP_DISTANCE - height : TOOLTIP_DISTANCE;
    tooltip.style.left = `${Math.max(0, event.clientX + left)}px`;
    tooltip.style.top = `${Math.max(0, event.clientY + top)}px`;
  }

  function paragraph(text, className) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  }

  remit.tooltip = {
    /** Show the name and the note of a node beside the pointer. */
    show(key, event) {
      const node = remit.scene.node(key);
      if (node) {
        showTooltip(node.name, node.note, event);
      }
    },
    /** Show both ends of a link, and what it rests on. */
    showLink({ source, target, note }, event) {
      const names = [source, target].map((key) => remit.scene.node(key).name);
      showTooltip(names.join(" – "), note, event);
    },
    hide() {
      document.getElementById("tooltip").classList.remove("shown");
    },
  };
})();
