/* The wheel and the fingers inside another page: they scroll that page, unless the network is meant. */
(function () {
  "use strict";

  const remit = window.remit;
  const HINT_LASTS = 1500;

  if (!remit.embed.isEmbedded) {
    return;
  }

  const isMac = /Mac|iPhone|iPad/.test(window.navigator.platform);
  let hiding = 0;
  let isPinch = false;

  const networkOf = ({ target }) => {
    const section = target.closest && target.closest(".diagram");
    return section && section.querySelector("#network") ? section : null;
  };

  function hint(section, sentence) {
    section.dataset.hint = sentence;
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => delete section.dataset.hint, HINT_LASTS);
  }

  // Cytoscape takes every wheel and every finger on it. It hears of those that are meant for it.
  document.addEventListener(
    "wheel",
    (event) => {
      const section = networkOf(event);
      const isMeant =
        event.ctrlKey ||
        event.metaKey ||
        (document.hasFocus() && section && section.contains(document.activeElement));
      if (section && !isMeant) {
        event.stopPropagation();
        hint(section, remit.say("wheel-zooms", { key: isMac ? "⌘" : "Ctrl" }));
      }
    },
    { capture: true, passive: true },
  );

  // It takes the focus away when it is pressed, so this waits for the click.
  document.addEventListener(
    "click",
    (event) => {
      const section = networkOf(event);
      if (section && !section.contains(document.activeElement)) {
        section.querySelector("#network").focus({ preventScroll: true });
      }
    },
    true,
  );

  // One finger scrolls the page, and a tap becomes a click of the mouse; two move the network.
  function touch(event) {
    isPinch = isPinch || event.touches.length > 1;
    if (networkOf(event) && !isPinch) {
      event.stopPropagation();
      if (event.type === "touchmove") {
        hint(networkOf(event), remit.say("two-fingers"));
      }
    }
    isPinch = isPinch && event.touches.length > 0;
  }

  for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
    document.addEventListener(type, touch, { capture: true, passive: true });
  }
})();
