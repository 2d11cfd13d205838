/* The sheet: on a phone the panel slides up from below, by touch, keyboard or selection.
 *
 * It stops at three heights, named in `data-sheet` of the root element; assets/css/sheet.css sets
 * them. */

import { closest, elementWith, find, property, root, targetOf } from "../page/context.js";

/** @import { State } from "../state/reducer.js" */

const STOPS = ["peek", "half", "full"];
const DOUBLE_TAP = 400; // milliseconds in which a second tap may follow
const TOUCH_SLOP = 6; // pixels that a finger may move in a tap
const VELOCITY_WINDOW = 100; // milliseconds of a movement from which its speed is measured
const GLIDE = 150; // milliseconds that a released sheet would go on at its speed

/** @type {?string|undefined} */
let selectedUnit; // undefined at the start
/** @type {?{startY: number, startHeight: number, points: {y: number, time: number}[]}} */
let drag = null; // the drag under way: its start, and the last points
let isDragged = false; // the finger has moved further than the slop
let riseTimer = 0;

const currentStop = () => STOPS.indexOf(root.dataset.sheet || "");
const sheet = () => find(".sheet");
const handle = () => find(".sheet-handle");
const isSheet = () => handle().checkVisibility(); // only a sheet shows its handle

/** @param {string} stop */
function mark(stop) {
  root.dataset.sheet = stop;
  handle().setAttribute("aria-expanded", String(stop !== "peek"));
}

/** @param {string} stop */
function settle(stop) {
  mark(stop);
  if (stop === "peek") {
    elementWith("panel").scrollTop = 0;
  }
}

/** Raise a peeking sheet to half; until a double tap is ruled out, the diagram stays in place. */
export function raiseSheet() {
  if (currentStop() > 0) {
    return;
  }
  settle("half");
  root.dataset.rising = "true";
  window.clearTimeout(riseTimer);
  riseTimer = window.setTimeout(() => {
    delete root.dataset.rising;
    const unit = window.CSS.escape(selectedUnit || "");
    const entry = document.querySelector(`#outline [data-unit="${unit}"]`);
    if (entry && isSheet()) {
      entry.scrollIntoView({ block: "nearest" });
    }
  }, DOUBLE_TAP);
}

/** Return the heights of the stops in pixels. */
function heights() {
  const { minHeight } = window.getComputedStyle(sheet());
  const { bottom } = find(".page-header").getBoundingClientRect();
  return [
    Number.parseFloat(minHeight),
    (property("half-height") / 100) * window.innerHeight,
    window.innerHeight - bottom,
  ];
}

// ---- Dragging ----------------------------------------------------------------------------------

/** @param {number} y @param {number} time */
function beginDrag(y, time) {
  drag = { startY: y, startHeight: sheet().offsetHeight, points: [{ y, time }] };
  isDragged = false;
}

/** @param {number} y @param {number} time */
function moveDrag(y, time) {
  if (!drag || (!isDragged && Math.abs(y - drag.startY) < TOUCH_SLOP)) {
    return;
  }
  isDragged = true;
  root.dataset.dragging = "true";
  const recent = drag.points.filter((point) => time - point.time < VELOCITY_WINDOW);
  drag.points = [...recent, { y, time }];
  sheet().style.height = `${drag.startHeight + drag.startY - y}px`; // the styles have its limits
}

/** Settle at the stop that is nearest to where the movement would end. */
function endDrag() {
  if (drag && isDragged) {
    const [first] = drag.points;
    const last = drag.points.at(-1) || first;
    const speed = (first.y - last.y) / Math.max(1, last.time - first.time);
    const target = sheet().offsetHeight + speed * GLIDE;
    const distances = heights().map((height) => Math.abs(height - target));
    delete root.dataset.dragging;
    settle(STOPS[distances.indexOf(Math.min(...distances))]);
    sheet().style.height = "";
  }
  drag = null;
}

function listenToHandle() {
  const element = handle();
  element.addEventListener("pointerdown", (event) => {
    if (event.isPrimary && event.button === 0) {
      element.setPointerCapture(event.pointerId);
      beginDrag(event.clientY, event.timeStamp);
    }
  });
  element.addEventListener("pointermove", (event) => {
    if (drag && event.isPrimary) {
      moveDrag(event.clientY, event.timeStamp);
    }
  });
  element.addEventListener("lostpointercapture", endDrag);
  element.addEventListener("click", ({ detail }) => {
    if (!detail || !isDragged) {
      settle(STOPS[(currentStop() + 1) % STOPS.length]);
    }
  });
  element.addEventListener("keydown", (event) => {
    const step = /** @type {Record<string, number>} */ ({ ArrowUp: 1, ArrowDown: -1 })[event.key];
    if (step) {
      event.preventDefault();
      event.stopPropagation(); // otherwise the arrow would move in a diagram
      settle(STOPS[Math.min(2, Math.max(0, currentStop() + step))]);
    }
  });
}

/** Let a finger scroll the panel; at its top and downwards, or while it peeks, drag the sheet. */
function listenToPanel() {
  const panel = elementWith("panel");
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
    panel.addEventListener(type, endDrag);
  }
  panel.addEventListener("click", (event) => {
    if (isSheet() && !closest(event, "a, button, summary")) {
      raiseSheet();
    }
  });
  panel.addEventListener("focusin", (event) => {
    if (isSheet() && targetOf(event).matches(":focus-visible")) {
      raiseSheet(); // an element with the focus must be visible
    }
  });
}

export function listen() {
  listenToHandle();
  listenToPanel();
}

/** @param {State} state */
export function follow({ unit }) {
  if (selectedUnit === undefined) {
    selectedUnit = unit;
    // The panel is at its top yet: to scroll it would make the browser lay out the page.
    mark(unit === null ? "peek" : "half");
  } else if (unit !== selectedUnit) {
    selectedUnit = unit;
    if (unit === null) {
      settle("peek");
    } else {
      raiseSheet();
    }
  }
}
