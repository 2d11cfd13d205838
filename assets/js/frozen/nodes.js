/* The nodes of a diagram or a list, as `components/web/frozen/nodes.py` writes them. */

/** A node: its key, its level below the focus, the middle of its sector in degrees clockwise from the
 * top, and its units with all below them as ranges: the first one and the one after the last, ...
 * @typedef {[key: string, level: number, middle: number, ...bounds: number[]]} Node */
/** The focus as in an address, and the nodes in preorder.
 * @typedef {{centre: string, nodes: Node[]}} Nodes */

/** Return the unit of the key of a node; NaN for a group.
 * @param {string} key */
export const unitOf = (key) => (key.startsWith("u") ? Number(key.slice(1)) : Number.NaN);

/** Return the key of a unit.
 * @param {number} unit */
export const keyOf = (unit) => `u${unit}`;

/** Return whether a node is a unit, or holds it.
 * @param {Node} node @param {number} unit */
export const holds = ([, , , ...bounds], unit) =>
  bounds.filter((bound) => bound <= unit).length % 2 === 1;
