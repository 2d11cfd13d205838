/* The path between two connected units in the diagrams, the twin of
 * `components/diagrams/connection_path.py`. */

import { holds, keyOf } from "./nodes.js";

/** @import { Graph } from "./graph.js" */
/** @import { Node, Nodes } from "./nodes.js" */

/** A node on the path, and the position of its unit in the chain, from 1.
 * @typedef {{key: string, number: number}} Station */
/** A step of the chain between two different stations; its basis.
 * @typedef {{origin: string, target: string, basis: string}} Leg */
/** @typedef {{stations: Station[], legs: Leg[]}} Path */
/** A diagram, and the path in it.
 * @typedef {{nodes: Nodes, path: Path}} Drawn */
/** @typedef {[x: number, y: number]} Point */
/** Numbers and colours of paths.
 * @typedef {object} Geometry
 * @property {number} radius - of the sunburst
 * @property {number} station_offset
 * @property {number} centre_offset
 * @property {number} bend_position
 * @property {number} box_overhang
 * @property {number} station_size
 * @property {{fill: Record<string, string>, text: Record<string, string>}} station */
/** A curve as the data of an edge: its ends, seen from the centres of the nodes, and its control
 * points along and across the line between these, see `curve_data`.
 * @typedef {{from: number[], to: number[], along: number[], across: number[]}} Curve */
/** By layout, the elements of the network, and the curves of steps by the keys of their two nodes.
 * @typedef {Map<string, {elements: any[], curves: Record<string, Record<string, Curve>>}>}
 *   Networks */

const HIERARCHY = "hierarchy";
const RADIAL = "radial";

/** Return the path of a chain of units in a diagram.
 * @param {Nodes} shown @param {Graph} graph @param {number[]} units
 * @param {string[]} bases - of the steps */
export function pathOf({ nodes }, graph, units, bases) {
  const keys = units.map((unit) => stationOf(nodes, graph, unit));
  const drawn = keys.map((key, place) => ({ key, number: place + 1 })).filter(({ key }) => key);
  const stations = drawn.filter(({ key, number }) => keys.indexOf(key) === number - 1);
  const legs = bases
    .map((basis, place) => ({ origin: keys[place], target: keys[place + 1], basis }))
    .filter(({ origin, target }) => origin && target && origin !== target);
  return { stations, legs };
}

/** Return the key of the lowest node that is a unit or holds it; empty if there is none.
 * @param {Node[]} nodes @param {Graph} graph @param {number} unit */
function stationOf(nodes, graph, unit) {
  const node = nodes.findLast((each) => holds(each, unit));
  // A group in the centre has the key of its parent, which stands for all that is not in the group.
  const [focus] = nodes[0];
  return node?.[0] ?? (graph.chain(unit).some((above) => keyOf(above) === focus) ? focus : "");
}

/** Return the centres of the stations, by key, in a sunburst around (0, 0).
 * @param {Nodes} shown @param {Path} path @param {Geometry} geometry
 * @returns {Map<string, Point>} */
function stationPoints({ nodes }, { stations, legs }, { radius, station_offset, centre_offset }) {
  const ring = radius / (1 + Math.max(...nodes.map(([, level]) => level)));
  const [focus] = nodes[0];
  /** @type {Map<string, Point>} */
  const points = new Map();
  for (const [key, level, middle] of nodes.slice(1)) {
    if (stations.some((station) => station.key === key)) {
      const [angle, distance] = [(middle * Math.PI) / 180, (level + station_offset) * ring];
      points.set(key, [distance * Math.sin(angle), -distance * Math.cos(angle)]);
    }
  }
  if (stations.some(({ key }) => key === focus)) {
    const neighbours = legs
      .filter(({ origin, target }) => origin === focus || target === focus)
      .map(({ origin, target }) => pointOf(points, origin === focus ? target : origin));
    points.set(focus, meanDirection(neighbours, centre_offset * ring));
  }
  return points;
}

/** @param {Map<string, Point>} points @param {string} key */
const pointOf = (points, key) => /** @type {Point} */ (points.get(key));

/** Return the point at a distance in the mean direction of some points, or else upwards.
 * @param {Point[]} points @param {number} distance @returns {Point} */
function meanDirection(points, distance) {
  const [x, y] = [0, 1].map((axis) => points.reduce((total, point) => total + point[axis], 0));
  const length = Math.hypot(x, y);
  return length < 1 ? [0, -distance] : [(x / length) * distance, (y / length) * distance];
}

/** Return the path data of each leg between the stations of a sunburst.
 * @param {Path} path @param {Map<string, Point>} points @param {Geometry} geometry */
function legLines({ legs }, points, { bend_position }) {
  return legs.map(({ origin, target, basis }) => {
    const [start, end] = [pointOf(points, origin), pointOf(points, target)];
    const bend = [0, 1].map((axis) => ((start[axis] + end[axis]) / 2) * bend_position);
    const curve = basis === HIERARCHY ? "L" : `Q${written(bend)} `;
    return `M${written(start)}${curve}${written(end)}`;
  });
}

/** @param {number[]} point */
const written = (point) => point.map((axis) => axis.toFixed(2)).join(" ");

/** @param {number} number */
const rounded = (number) => Number(number.toFixed(2));

/** Return a path as JSON, for both diagrams of the page: what `path_for_page` returns.
 * @param {Drawn} sunburst @param {Drawn} network @param {Geometry} geometry
 * @param {Networks} networks */
export function pathForPage(sunburst, network, geometry, networks) {
  const { path } = sunburst;
  const points = stationPoints(sunburst.nodes, path, geometry);
  const stations = [...path.stations, ...network.path.stations];
  return {
    radius: geometry.radius,
    keys: [...new Set(stations.map(({ key }) => key))].sort(),
    stations: path.stations.map((station) => {
      const [x, y] = pointOf(points, station.key);
      return { ...station, x: rounded(x), y: rounded(y) };
    }),
    lines: legLines(path, points, geometry),
    elements: [
      ...network.path.stations.map((station) => stationNode(station, geometry, networks)),
      ...network.path.legs.flatMap((leg, place) =>
        leg.basis === HIERARCHY ? [] : [stepEdge(leg, place + 1, networks)],
      ),
    ],
    edges: hierarchyEdges(network.nodes, network.path),
  };
}

/** Return the keys of the hierarchy edges along a path in the network.
 * @param {Nodes} shown @param {Path} path */
function hierarchyEdges({ nodes }, { legs }) {
  const places = new Map(nodes.map(([key], place) => [key, place]));
  const edges = legs
    .filter(({ basis }) => basis === HIERARCHY)
    .flatMap(({ origin, target }) => {
      const ends = [origin, target].map((key) => Number(places.get(key)));
      const [upper, lower] = ends.sort((one, other) => nodes[one][1] - nodes[other][1]);
      return keysBetween(nodes, upper, lower);
    });
  return [...new Set(edges)].map((key) => `h${key}`).sort();
}

/** Return the keys of a node and of those between it and one above it.
 * @param {Node[]} nodes @param {number} upper - places in preorder @param {number} lower
 * @returns {string[]} */
function keysBetween(nodes, upper, lower) {
  if (lower === upper) {
    return [];
  }
  const [key, level] = nodes[lower];
  const parent = nodes.slice(0, lower).findLastIndex((node) => node[1] < level);
  return [key, ...keysBetween(nodes, upper, parent)];
}

/** Return the numbered node of a station.
 * @param {Station} station @param {Geometry} geometry @param {Networks} networks */
function stationNode({ key, number }, geometry, networks) {
  const nodes = [...networks].map(([layout, { elements }]) => ({
    layout,
    node: elements.find(({ data }) => data.id === key),
  }));
  return {
    data: {
      id: `w${number}`,
      name: nodes[0]?.node.data.name,
      note: "",
      ...geometry.station,
      ...Object.fromEntries(
        nodes.map(({ layout, node }) => [layout, placement(node, layout, number, geometry)]),
      ),
    },
    classes: "station",
  };
}

/** Return the placement of a station: on a dot, or at the upper left corner of a box.
 * @param {any} node @param {string} layout @param {number} number @param {Geometry} geometry */
function placement({ data, classes }, layout, number, { box_overhang, station_size }) {
  const { x, y, width, height } = data[layout];
  const isDot = layout === RADIAL && classes.split(" ").includes("dot");
  const [left, up] = isDot ? [0, 0] : [width / 2 + box_overhang, height / 2];
  return {
    x: rounded(x - left),
    y: rounded(y - up),
    width: station_size,
    height: station_size,
    label: String(number),
  };
}

/** Return the edge of a step outside the hierarchy. Without a stored curve it is a straight line.
 * @param {Leg} leg @param {number} number @param {Networks} networks */
function stepEdge({ origin, target }, number, networks) {
  const curves = [...networks].map(([layout, { curves: stored }]) => {
    return [layout, stored[`${origin} ${target}`]?.[layout] ?? STRAIGHT];
  });
  return {
    data: { id: `s${number}`, source: origin, target, ...Object.fromEntries(curves) },
    classes: "step",
  };
}

/** @type {Curve} */
const STRAIGHT = { from: [0, 0], to: [0, 0], along: [0.5], across: [0] };
