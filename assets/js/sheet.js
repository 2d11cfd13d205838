/* The sheet: on a phone the panel slides up from below, by touch, keyboard or selection.
 *
 * It stops at three heights, named in `data-sheet` of the root element; assets/css/sheet.css sets
 * them. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  const root = document.documentElement;
  // assets/css/sheet.css has the same query.
  const phone = window.matchMedia("(max-width: 799px) and (min-height: 501px)");
  const STOPS = ["peek", "half", "full"];
  const DOUBLE_TAP = 400; // milliseconds in which a second tap may follow
  const TOUCH_SLOP = 6; // pixels that a finger may move in a tap
  const VELOCITY_WINDOW = 100; // milliseconds of a movement from which its speed is measured
  const GLIDE = 150; // milliseconds that a released sheet would go on at its speed

  let sheet = null;
  let selectedUnit; // undefined until the sheet is set up
  let drag = null; // the drag under way: its start, the limits of the height, and the last points
  let isDragged = false; // the finger has moved further than the slop
  let riseTimer = 0;

  const isSheet = () => phone.matches && !remit.embed.isEmbedded;
  const currentStop = () => STOPS.indexOf(root.dataset.sheet);

  function settle(stop) {
    root.dataset.sheet = stop;
    sheet.querySelector(".sheet-handle").setAttribute("aria-expanded", String(stop !== "peek"));
    if (stop === "peek") {
      document.getElementById("panel").scrollTop = 0;
    }
  }

  /** Raise a peeking sheet to half; until a double tap is ruled out, the diagram stays in place. */
  function raise() {
    if (currentStop() > 0) {
      return;
    }
    settle("half");
    root.dataset.rising = "true";
    window.clearTimeout(riseTimer);
    riseTimer = window.setTimeout(() => {
      delete root.dataset.rising;
      const unit = window.CSS.escape(selectedUnit);
      const entry = document.querySelector(`#outline [data-unit="${unit}"]`);
      if (entry && isSheet()) {
        entry.scrollIntoView({ block: "nearest" });
      }
    }, DOUBLE_TAP);
  }

  /** Return the heights of the stops in pixels. */
  function heights() {
    const { minHeight } = window.getComputedStyle(sheet);
    const share = window.getComputedStyle(root).getPropertyValue("--half-height");
    const { bottom } = document.querySelector(".page-header").getBoundingClientRect();
    return [
      parseFloat(minHeight),
      (parseFloat(share) / 100) * window.innerHeight,
      window.innerHeight - bottom,
    ];
  }

  // ---- Dragging -------------------------------------------------------------------------------

  function beginDrag(y, time) {
    const [minHeight, , maxHeight] = heights();
    const startHeight = sheet.offsetHeight;
    drag = { startY: y, startHeight, minHeight, maxHeight, points: [{ y, time }] };
    isDragged = false;
  }

  function moveDrag(y, time) {
    if (!isDragged && Math.abs(y - drag.startY) < TOUCH_SLOP) {
      return;
    }
    isDragged = true;
    root.dataset.dragging = "true";
    const recent = drag.points.filter((point) => time - point.time < VELOCITY_WINDOW);
    drag.points = [...recent, { y, time }];
    const height = drag.startHeight + drag.startY - y;
    sheet.style.height = `${Math.min(drag.maxHeight, Math.max(drag.minHeight, height))}px`;
  }

  /** Settle at the stop that is nearest to where the movement would end. */
  function endDrag() {
    if (isDragged) {
      const [first, last] = [drag.points[0], drag.points[drag.points.length - 1]];
      const speed = (first.y - last.y) / Math.max(1, last.time - first.time);
      const target = sheet.offsetHeight + speed * GLIDE;
      const distances = heights().map((height) => Math.abs(height - target));
      delete root.dataset.dragging;
      settle(STOPS[distances.indexOf(Math.min(...distances))]);
      sheet.style.height = "";
    }
    drag = null;
  }

  function listenToHandle(handle) {
    handle.addEventListener("pointerdown", (event) => {
      if (event.isPrimary && event.button === 0) {
        handle.setPointerCapture(event.pointerId);
        beginDrag(event.clientY, event.timeStamp);
      }
    });
    handle.addEventListener("pointermove", (event) => {
      if (drag && event.isPrimary) {
        moveDrag(event.clientY, event.timeStamp);
      }
    });
    for (const type of ["pointerup", "pointercancel"]) {
      handle.addEventListener(type, () => drag && endDrag());
    }
    handle.addEventListener("click", ({ detail }) => {
      if (!detail || !isDragged) {
        settle(STOPS[(currentStop() + 1) % STOPS.length]);
      }
    });
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (step) {
        event.preventDefault();
        event.stopPropagation(); // otherwise the arrow would move in a diagram
        settle(STOPS[Math.min(2, Math.max(0, currentStop() + step))]);
      }
    });
  }

  /** Let a finger scroll the panel; at its top and downwards, or while it peeks, drag the sheet. */
  function listenToPanel(panel) {
    let isUndecided = false; // the first movement decides between scrolling and dragging
    panel.addEventListener("touchstart", ({ touches, timeStamp }) => {
      isUndecided = isSheet() && touches.length === 1;
      if (isUndecided) {
        beginDrag(touches[0].clientY, timeStamp);
      }
    });
    panel.addEventListener(
      "touchmove",
      (event) => {
        if (!drag) {
          return;
        }
        const { clientY } = event.touches[0];
        if (isUndecided && currentStop() && (panel.scrollTop > 0 || clientY <= drag.startY)) {
          drag = null; // the browser scrolls the panel
          return;
        }
        isUndecided = false;
        event.preventDefault();
        moveDrag(clientY, event.timeStamp);
      },
      { passive: false },
    );
    for (const type of ["touchend", "touchcancel"]) {
      panel.addEventListener(type, () => drag && endDrag());
    }
    panel.addEventListener("click", ({ target }) => {
      if (isSheet() && !target.closest("a, button, summary")) {
        raise();
      }
    });
    panel.addEventListener("focusin", ({ target }) => {
      if (isSheet() && target.matches(":focus-visible")) {
        raise(); // an element with the focus must be visible
      }
    });
  }

  remit.sheet = { raise };

  (remit.followers = remit.followers || []).push(({ unit }) => {
    if (!sheet) {
      sheet = document.querySelector(".sheet");
      listenToHandle(sheet.querySelector(".sheet-handle"));
      listenToPanel(document.getElementById("panel"));
      selectedUnit = unit;
      settle(unit === null ? "peek" : "half");
    } else if (unit !== selectedUnit) {
      selectedUnit = unit;
      if (unit === null) {
        settle("peek");
      } else {
        raise();
      }
    }
  });
})();
