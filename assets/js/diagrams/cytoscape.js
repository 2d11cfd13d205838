/* The adapter to dash-cytoscape 1.0 (cytoscape.js 3.28), with private properties of its renderer. */

/** @typedef {any} Cytoscape an instance of cytoscape.js, which has no types here */

const AFTERWARDS = 12; // frames after a drawing, in which Cytoscape renders finer what it has drawn
const LAST = 0; // priority: after all that Cytoscape does in a frame

/** Wait until Dash has mounted an instance.
 * @param {string} id - of its element
 * @returns {Promise<Cytoscape>} */
export async function whenMounted(id) {
  for (;;) {
    const element = /** @type {any} */ (document.getElementById(id));
    if (element?._cyreg?.cy) {
      restWhenDrawn(element._cyreg.cy.renderer());
      return element._cyreg.cy;
    }
    await new Promise((resolve) => {
      window.requestAnimationFrame(resolve);
    });
  }
}

/** Let a renderer rest while there is nothing to draw. Its loop would go on with every frame of the
 * screen, for as long as the page is open: the processor would never rest, and what a click changes
 * would wait for the next of these frames.
 * @param {any} renderer - of Cytoscape */
function restWhenDrawn(renderer) {
  let quiet = 0; // frames since the last drawing
  renderer.beforeRender((/** @type {boolean} */ isDrawing) => {
    quiet = isDrawing ? 0 : quiet + 1;
    if (quiet === AFTERWARDS) {
      endLoop(renderer);
    }
  }, LAST);
  const { redraw } = renderer;
  renderer.redraw = (/** @type {object|undefined} */ options) => {
    redraw.call(renderer, options);
    quiet = 0;
    renderer.startRenderLoop(); // unless it runs
  };
}

/** End the loop of a renderer, called within it. The loop ends when it finds the renderer destroyed,
 * which it therefore is while the callback of its next frame runs, and at no other time.
 * @param {any} renderer - of Cytoscape */
function endLoop(renderer) {
  window.requestAnimationFrame(() => {
    renderer.destroyed = true;
  });
  // The loop asks for its next frame when this callback has returned.
  window.queueMicrotask(() =>
    window.requestAnimationFrame(() => {
      Object.assign(renderer, { destroyed: false, renderLoopStarted: false });
      if (renderer.requestedFrame) {
        renderer.startRenderLoop();
      }
    }),
  );
}
