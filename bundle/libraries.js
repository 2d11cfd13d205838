/* Globals that Dash's scripts use: plotly.js with the sunburst trace alone, which Dash prefers to its
 * own, and the one function of its polyfill that browsers lack.
 *
 * `plotly.js/lib/core` would register all components, and the scatter trace. */
const api = require("plotly.js/src/plot_api/plot_api");
const Plots = require("plotly.js/src/plots/plots");
const { register, subplotsRegistry } = require("plotly.js/src/registry");

require("plotly.js/build/plotcss");

/** A layout has no shapes; plotly.js counts them when its size changes. */
const shapes = {
  moduleType: "component",
  name: "shapes",
  supplyLayoutDefaults(_, layout) {
    layout.shapes = [];
  },
};

for (const [name, fn] of Object.entries(api)) {
  register({ moduleType: "apiMethod", name, fn });
}
register([
  require("plotly.js/src/components/colorscale"),
  require("plotly.js/src/components/fx"),
  require("plotly.js/src/components/modebar"),
  shapes,
  require("plotly.js/src/locale-en"),
  require("plotly.js/src/locale-en-us"),
  require("plotly.js/lib/sunburst"),
]);
subplotsRegistry.cartesian = require("plotly.js/src/plots/cartesian"); // of a figure without traces
window.regeneratorRuntime = require("regenerator-runtime");

module.exports = { ...api, Plots };
