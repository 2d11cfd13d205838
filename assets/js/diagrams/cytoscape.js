/* The adapter to dash-cytoscape 1.0 (cytoscape.js 3.28). */

/** @typedef {any} Cytoscape an instance of cytoscape.js, which has no types here */

/** Return the instance that Dash has mounted.
 * @param {string} id - of its element
 * @returns {?Cytoscape} */
function mountedInstance(id) {
  const element = /** @type {any} */ (document.getElementById(id));
  return element?._cyreg?.cy || null;
}

/** Wait until Dash has mounted an instance.
 * @param {string} id - of its element
 * @returns {Promise<Cytoscape>} */
export async function whenMounted(id) {
  for (;;) {
    const instance = mountedInstance(id);
    if (instance) {
      return instance;
    }
    await new Promise((resolve) => {
      window.requestAnimationFrame(resolve);
    });
  }
}
