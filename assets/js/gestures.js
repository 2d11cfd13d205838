/* The wheel and touch gestures of an embedded page: they scroll the host's page, unless they are
 * meant for the network. */
(function () {
  "use strict";

  const remit = window.remit;
  const HINT_LASTS = 1500; // milliseconds

  if (!remit.embed.isEmbedded) {
    return;
  }

  const isMac = /Mac|iPhone|iPad/.test(window.navigator.platform);
  let hintTimer = 0;
  let isPinch = false; // until the last finger is lifted

  /** Return the section of the network if an event happened in it, else null. */
  const networkSection = ({ target }) => {
    const section = target.closest && target.closest(".diagram");
    return section && section.querySelector("#network") ? section : null;
  };

  function showHint(section, sentence) {
    section.dataset.hint = sentence;
    window.clearTimeout(hintTimer);
    hintTimer = window.setTimeout(() => delete section.dataset.hint, HINT_LASTS);
  }

  // Cytoscape handles every wheel and touch event that reaches it, so the others are stopped here.
  document.addEventListener(
    "wheel",
    (event) => {
      const section = networkSection(event);
      const isForNetwork =
        event.ctrlKey ||
        event.metaKey ||
        (document.hasFocus() && section && section.contains(document.activeElement));
      if (section && !isForNetwork) {
        event.stopPropagation();
        showHint(section, remit.message("wheel-zooms", { key: isMac ? "⌘" : "Ctrl" }));
      }
    },
    { capture: true, passive: true },
  );

  // Cytoscape removes the focus when the pointer is pressed, so it is set at the click.
  document.addEventListener(
    "click",
    (event) => {
      const section = networkSection(event);
      if (section && !section.contains(document.activeElement)) {
        section.querySelector("#network").focus({ preventScroll: true });
      }
    },
    true,
  );

  // One finger scrolls the page, and its tap becomes a mouse click; two fingers move the network.
  function onTouch(event) {
    isPinch = isPinch || event.touches.length > 1;
    if (networkSection(event) && !isPinch) {
      event.stopPropagation();
      if (event.type === "touchmove") {
        showHint(networkSection(event), remit.message("two-fingers"));
      }
    }
    isPinch = isPinch && event.touches.length > 0;
  }

  for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
    document.addEventListener(type, onTouch, { capture: true, passive: true });
  }
})();
