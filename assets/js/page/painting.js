/* What waits until the browser has painted the panel, for which the reader waits. */

const LONGEST_FRAME = 200; // milliseconds; a page that is not seen has no frames
const LONGEST_WORK = 50; // milliseconds of something more urgent that are waited for

/** @type {Promise<unknown>} */
let drawing = Promise.resolve();
let isPainted = false; // the panel of the current state, if it was drawn at once
/** Called after the next frame.
 * @type {(() => void)[]} */
let waiting = [];

/** Note the promise of the panel that is being drawn.
 * @param {Promise<unknown>} promise */
export function setPanelDrawing(promise) {
  drawing = promise;
  isPainted = false;
}

/** Note that the panel is drawn at once: it is painted in the next frame. */
export function setPanelDrawn() {
  const promise = Promise.resolve();
  setPanelDrawing(promise);
  afterFrame(() => {
    isPainted = drawing === promise;
  });
}

/** @returns {Promise<unknown>} resolved once the panel of the current state is drawn */
export const whenPanelDrawn = () => drawing;

/** Call a function as soon as nothing more urgent is to be done.
 * @param {() => void} callback */
export function whenIdle(callback) {
  if ("requestIdleCallback" in window) {
    window.requestIdleCallback(callback, { timeout: LONGEST_WORK });
  } else {
    setTimeout(callback); // in Safari
  }
}

/** Call a function after the browser has painted the next frame.
 * @param {() => void} callback */
export function afterFrame(callback) {
  waiting.push(callback);
  if (waiting.length > 1) {
    return;
  }
  const frame = window.requestAnimationFrame(() => {
    window.clearTimeout(timer);
    const callbacks = takeWaiting();
    window.setTimeout(() => callAll(callbacks));
  });
  const timer = window.setTimeout(() => {
    window.cancelAnimationFrame(frame);
    callAll(takeWaiting());
  }, LONGEST_FRAME);
}

function takeWaiting() {
  const callbacks = waiting;
  waiting = [];
  return callbacks;
}

/** Call functions in their order; an error in one does not keep the others.
 * @param {(() => void)[]} callbacks */
const callAll = (callbacks) => callbacks.forEach((callback) => queueMicrotask(callback));

/** Call a function after the browser has painted the next frame and has nothing more urgent to do.
 * @param {() => void} callback */
export const afterAnswer = (callback) => afterFrame(() => whenIdle(callback));

/** Call a function after the browser has painted the panel of the current state; if it has, at once.
 * @param {() => void} callback */
export function afterPaint(callback) {
  if (isPainted) {
    callback();
  } else {
    const afterNextFrame = () => afterFrame(callback);
    drawing.then(afterNextFrame, afterNextFrame);
  }
}
