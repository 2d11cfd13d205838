/* The chart of d3-org-chart as it begins: the root and its children, the others behind buttons. */

import { OrgChart } from "d3-org-chart";
import { fetchUnits, showPanel } from "./panel.js";

const STYLE = "border: 1px solid #888; height: 78px; padding: 8px; box-sizing: border-box";

new OrgChart()
  .container("#diagram")
  .svgWidth(1040)
  .svgHeight(900)
  .data(await fetchUnits())
  .parentNodeId(({ parent_id }) => parent_id)
  .nodeWidth(() => 200)
  .nodeHeight(() => 80)
  .duration(0)
  .nodeContent(({ data }) => `<div style="${STYLE}">${data.name}</div>`)
  .onNodeClick(({ data }) => showPanel(data))
  .render()
  .fit({ animate: false });
