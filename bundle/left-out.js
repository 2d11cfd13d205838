/* Stands for modules of plotly.js that do nothing for a sunburst without a mode bar (LEFT_OUT in
 * build-libraries.mjs): some are a function, others have functions. */

function nothing() {}

module.exports = Object.assign(nothing, { clearOutline: nothing, initInteractions: nothing });
