/* The adapter to dash-cytoscape 1.0 (cytoscape.js 3.28). */

/** @typedef {any} Cytoscape an instance of cytoscape.js, which has no types here */

/** Wait until Dash has mounted an instance.
 * @param {string} id - of its element
 * @returns {Promise<Cytoscape>} */
export async function whenMounted(id) {
  for (;;) {
    const element = /** @type {any} */ (document.getElementById(id));
    if (element?._cyreg?.cy) {
      return element._cyreg.cy;
    }
    await new Promise((resolve) => {
      window.requestAnimationFrame(resolve);
    });
  }
}
