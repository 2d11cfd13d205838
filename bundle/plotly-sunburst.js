/* Dash takes a Plotly that is there before it asks for its own. */
const Plotly = require("plotly.js/lib/core");

Plotly.register([require("plotly.js/lib/sunburst")]);

module.exports = Plotly;
