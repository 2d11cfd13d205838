/* The sunburst of all units with ECharts. */

import { SunburstChart } from "echarts/charts";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { fetchUnits, showPanel } from "./panel.js";

use([SunburstChart, CanvasRenderer]);

/** Return the root of the units, with all others below it. */
function treeOf(units) {
  const nodes = new Map(units.map((unit) => [unit.id, { name: unit.name, unit }]));
  for (const { id, parent_id } of units.slice(1)) {
    const parent = nodes.get(parent_id);
    parent.children ??= [];
    parent.children.push(nodes.get(id));
  }
  for (const node of nodes.values()) {
    node.value = node.children ? undefined : 1;
  }
  return nodes.get(units[0].id);
}

const chart = init(document.getElementById("diagram"));
chart.setOption({
  animation: false,
  series: {
    type: "sunburst",
    data: [treeOf(await fetchUnits())],
    radius: [0, "98%"],
    nodeClick: false,
    label: { minAngle: 2 },
  },
});
chart.on("click", ({ data }) => showPanel(data.unit));
globalThis.chart = chart; // for probes.js
