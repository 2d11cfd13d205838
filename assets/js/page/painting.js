/* What waits until the browser has painted the panel, for which the reader waits. */

/** @type {Promise<unknown>} */
let drawing = Promise.resolve();

/** Note the promise of the panel that is being drawn.
 * @param {Promise<unknown>} promise */
export function setPanelDrawing(promise) {
  drawing = promise;
}

/** @returns {Promise<unknown>} resolved once the panel of the current state is drawn */
export const whenPanelDrawn = () => drawing;

/** Call a function after the browser has painted the panel of the current state.
 * @param {() => void} callback */
export function afterPaint(callback) {
  const afterNextFrame = () =>
    window.requestAnimationFrame(() => {
      window.setTimeout(callback);
    });
  drawing.then(afterNextFrame, afterNextFrame);
}
