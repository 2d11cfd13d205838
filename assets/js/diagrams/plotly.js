/* The adapter to plotly.js 4.1: what it draws and where, partly from its private properties. */

/** @typedef {any} Plot Plotly's element */

/** Call a function with each plot that appears in a container: Dash loads Plotly on demand and
 * creates the plot some time later.
 * @param {Element} container @param {(plot: Plot) => void} callback */
export function watchForPlot(container, callback) {
  /** @type {?Plot} */
  let known = null;
  new MutationObserver(() => {
    /** @type {?Plot} */
    const plot = container.querySelector(".js-plotly-plot");
    if (plot && plot !== known && plot.on) {
      known = plot;
      callback(plot);
    }
  }).observe(container, { childList: true, subtree: true });
}

/** Return the name of the figure that is drawn (`meta` of its layout); Dash drops figures that come
 * too late.
 * @param {?Plot} plot */
export const figureName = (plot) => plot?.layout?.meta;

/** @param {?Plot} plot
 * @returns {SVGGElement[]} */
export const slicesOf = (plot) => (plot ? [...plot.querySelectorAll("g.slice")] : []);

/** @param {SVGGElement} slice
 * @returns {string} */
export const keyOf = (slice) => /** @type {any} */ (slice).__data__.data.data.id;

/** Return what names a sector in every edition: the kind of its key, and the id of its unit.
 * @param {Plot} plot
 * @returns {(slice: SVGGElement) => string} */
export function namesOf(plot) {
  const { ids, customdata } = plot.data[0];
  const names = new Map(
    ids.map((/** @type {string} */ key, /** @type {number} */ index) => [
      key,
      `${key[0]} ${customdata[index][0]}`,
    ]),
  );
  return (slice) => names.get(keyOf(slice)) || keyOf(slice);
}

/** Start and end of a sector in radians, anticlockwise from the right, and its radii in pixels.
 * @typedef {[start: number, end: number, inner: number, outer: number]} Sector */

/** @param {SVGGElement} slice
 * @returns {Sector} */
export function placeOf(slice) {
  const { x0, x1, rpx0, rpx1 } = /** @type {any} */ (slice).__data__;
  return [x0, x1, rpx0, rpx1];
}

/** Return the centre and the radius of a sunburst in pixels.
 * @param {Plot} plot @param {SVGGElement[]} slices
 * @returns {{cx: number, cy: number, radius: number}} */
export function circleOf(plot, slices) {
  const radii = slices.map((slice) => /** @type {any} */ (slice).__data__.rpx1);
  const { cx, cy } = plot.calcdata[0][0];
  return { cx, cy, radius: Math.max(...radii) };
}
