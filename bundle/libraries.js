/* Globals that Dash's scripts use: plotly.js with the sunburst trace alone, which Dash prefers to its
 * own, and the one function of its polyfill that browsers lack. */
const Plotly = require("plotly.js/lib/core");

Plotly.register([require("plotly.js/lib/sunburst")]);
window.regeneratorRuntime = require("regenerator-runtime");

module.exports = Plotly;
