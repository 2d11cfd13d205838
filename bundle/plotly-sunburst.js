/* plotly.js with the sunburst trace alone. Dash prefers a global `Plotly` to its own. */
const Plotly = require("plotly.js/lib/core");

Plotly.register([require("plotly.js/lib/sunburst")]);

module.exports = Plotly;
