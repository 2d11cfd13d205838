/* The sunburst of all units with d3, as in its gallery: labels where they fit, titles for the rest. */

import { arc, create, interpolateRainbow, partition, quantize, scaleOrdinal, stratify } from "d3";
import { fetchUnits, showPanel } from "./panel.js";

const RADIUS = 440;
const LEAST_ARC = 10;

const units = await fetchUnits();
const tree = stratify()
  .id(({ id }) => id)
  .parentId(({ parent_id }) => parent_id)(units)
  .count();
const root = partition().size([2 * Math.PI, RADIUS])(tree);
const colour = scaleOrdinal(quantize(interpolateRainbow, root.children.length + 1));
const branch = (node) => node.ancestors().at(-2)?.id ?? "";
const sector = arc()
  .startAngle(({ x0 }) => x0)
  .endAngle(({ x1 }) => x1)
  .innerRadius(({ y0 }) => y0)
  .outerRadius(({ y1 }) => y1 - 1);
const middle = ({ y0, y1 }) => (y0 + y1) / 2;
const nodes = root.descendants();

const svg = create("svg")
  .attr("viewBox", [-520, -450, 1040, 900])
  .attr("font-size", 10)
  .attr("text-anchor", "middle");
svg
  .append("g")
  .selectAll("path")
  .data(nodes)
  .join("path")
  .attr("fill", (node) => colour(branch(node)))
  .attr("fill-opacity", 0.6)
  .attr("d", sector)
  .on("click", (_, { data }) => showPanel(data))
  .append("title")
  .text(({ data }) => data.name);
svg
  .append("g")
  .attr("pointer-events", "none")
  .selectAll("text")
  .data(nodes.filter((node) => node.depth && middle(node) * (node.x1 - node.x0) > LEAST_ARC))
  .join("text")
  .attr("transform", (node) => {
    const angle = ((node.x0 + node.x1) / 2) * (180 / Math.PI);
    return `rotate(${angle - 90}) translate(${middle(node)},0) rotate(${angle < 180 ? 0 : 180})`;
  })
  .attr("dy", "0.35em")
  .text(({ data }) => data.name);
document.getElementById("diagram").append(svg.node());
