/* The sheet: on a phone the panel comes from below, as far as a finger, a key or a selection says.
 *
 * It stops at three heights, `data-sheet` of the root element; assets/css/sheet.css knows them. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  // The same query stands in assets/css/sheet.css.
  const phone = window.matchMedia("(max-width: 799px) and (min-height: 501px)");
  const STOPS = ["peek", "half", "full"];
  const DOUBLE_TAP = 400; // milliseconds
  const SLOP = 6; // pixels that a finger moves without meaning it
  const RECENT = 100; // milliseconds of a movement that make its speed
  const REACH = 150; // milliseconds that a released sheet would go on at its speed

  let sheet = null;
  let unit; // that was selected last
  let drag = null;
  let dragged = false;
  let rising = 0;

  const isSheet = () => phone.matches && !remit.embed.isEmbedded;
  const at = () => STOPS.indexOf(root.dataset.sheet);

  function settle(stop) {
    root.dataset.sheet = stop;
    sheet.querySelector(".sheet-handle").setAttribute("aria-expanded", String(stop !== "peek"));
    if (stop === "peek") {
      document.getElementById("panel").scrollTop = 0;
    }
  }

  /** Come up far enough to be read; the diagram keeps its place while a second tap may follow. */
  function raise() {
    if (at() > 0) {
      return;
    }
    settle("half");
    root.dataset.rising = "true";
    window.clearTimeout(rising);
    rising = window.setTimeout(() => {
      delete root.dataset.rising;
      const entry = document.querySelector(`#outline [data-unit="${window.CSS.escape(unit)}"]`);
      if (entry && isSheet()) {
        entry.scrollIntoView({ block: "nearest" });
      }
    }, DOUBLE_TAP);
  }

  /** Return the heights of the stops in pixels. */
  function heights() {
    const { minHeight } = window.getComputedStyle(sheet);
    const share = parseFloat(window.getComputedStyle(root).getPropertyValue("--half")) / 100;
    const { bottom } = document.querySelector(".page-header").getBoundingClientRect();
    return [parseFloat(minHeight), share * window.innerHeight, window.innerHeight - bottom];
  }

  // ---- A finger or a mouse --------------------------------------------------------------------

  function begin(y, time) {
    const [least, , most] = heights();
    drag = { from: y, height: sheet.offsetHeight, least, most, trail: [{ y, time }] };
    dragged = false;
  }

  function move(y, time) {
    if (!dragged && Math.abs(y - drag.from) < SLOP) {
      return;
    }
    dragged = true;
    root.dataset.dragging = "true";
    drag.trail = [...drag.trail.filter((each) => time - each.time < RECENT), { y, time }];
    const height = drag.height + drag.from - y;
    sheet.style.height = `${Math.min(drag.most, Math.max(drag.least, height))}px`;
  }

  /** Go on to the stop that is nearest to where the movement leads. */
  function end() {
    if (dragged) {
      const [first, last] = [drag.trail[0], drag.trail[drag.trail.length - 1]];
      const speed = (first.y - last.y) / Math.max(1, last.time - first.time);
      const aim = sheet.offsetHeight + speed * REACH;
      const away = heights().map((height) => Math.abs(height - aim));
      delete root.dataset.dragging;
      settle(STOPS[away.indexOf(Math.min(...away))]);
      sheet.style.height = "";
    }
    drag = null;
  }

  function listenToHandle(handle) {
    handle.addEventListener("pointerdown", (event) => {
      if (event.isPrimary && event.button === 0) {
        handle.setPointerCapture(event.pointerId);
        begin(event.clientY, event.timeStamp);
      }
    });
    handle.addEventListener("pointermove", (event) => {
      if (drag && event.isPrimary) {
        move(event.clientY, event.timeStamp);
      }
    });
    for (const type of ["pointerup", "pointercancel"]) {
      handle.addEventListener(type, () => drag && end());
    }
    handle.addEventListener("click", ({ detail }) => {
      if (!detail || !dragged) {
        settle(STOPS[(at() + 1) % STOPS.length]);
      }
    });
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (step) {
        event.preventDefault();
        event.stopPropagation(); // here the arrows mean the sheet
        settle(STOPS[Math.min(2, Math.max(0, at() + step))]);
      }
    });
  }

  /** Let the panel be scrolled, but pulled down at its top, and either way while it only peeks. */
  function listenToPanel(panel) {
    let isOpen = false; // whether the first movement is still to say what is meant
    panel.addEventListener("touchstart", ({ touches, timeStamp }) => {
      isOpen = isSheet() && touches.length === 1;
      if (isOpen) {
        begin(touches[0].clientY, timeStamp);
      }
    });
    panel.addEventListener(
      "touchmove",
      (event) => {
        if (!drag) {
          return;
        }
        const { clientY } = event.touches[0];
        if (isOpen && at() && (panel.scrollTop > 0 || clientY <= drag.from)) {
          drag = null; // the content is scrolled
          return;
        }
        isOpen = false;
        event.preventDefault();
        move(clientY, event.timeStamp);
      },
      { passive: false },
    );
    for (const type of ["touchend", "touchcancel"]) {
      panel.addEventListener(type, () => drag && end());
    }
    panel.addEventListener("click", ({ target }) => {
      if (isSheet() && !target.closest("a, button, summary")) {
        raise();
      }
    });
    panel.addEventListener("focusin", ({ target }) => {
      if (isSheet() && target.matches(":focus-visible")) {
        raise(); // what has the focus is seen
      }
    });
  }

  remit.sheet = { raise };

  (remit.followers = remit.followers || []).push((state) => {
    if (!sheet) {
      sheet = document.querySelector(".sheet");
      listenToHandle(sheet.querySelector(".sheet-handle"));
      listenToPanel(document.getElementById("panel"));
      unit = state.unit;
      settle(unit === null ? "peek" : "half");
    } else if (state.unit !== unit) {
      unit = state.unit;
      if (unit === null) {
        settle("peek");
      } else {
        raise();
      }
    }
  });
})();
