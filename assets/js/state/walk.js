/* Walking from node to node with the arrow keys. */

/** @import { Scene, SceneNode } from "./scene.js" */

/** @param {Scene} scene @param {SceneNode} node @param {number} step */
function sibling(scene, { id, up }, step) {
  const siblings = up ? scene.children(up) : [id];
  return siblings[siblings.indexOf(id) + step];
}

/** @type {Record<string, (scene: Scene, node: SceneNode) => string|undefined>} */
const STEPS = {
  ArrowUp: (_, { up }) => up,
  ArrowDown: (scene, { id }) => scene.children(id)[0],
  ArrowLeft: (scene, node) => sibling(scene, node, -1),
  ArrowRight: (scene, node) => sibling(scene, node, 1),
};

/** @param {Scene} scene @param {SceneNode} node @param {number} step */
function inPreorder(scene, { id }, step) {
  const keys = [...scene.nodes.values()].filter(({ unit }) => unit).map((node) => node.id);
  return keys[keys.indexOf(id) + step];
}

/** In a tree from left to right, as in the outline: see https://www.w3.org/WAI/ARIA/apg/.
 * @type {Record<string, (scene: Scene, node: SceneNode) => string|undefined>} */
const STEPS_IN_TREE = {
  ArrowUp: (scene, node) => inPreorder(scene, node, -1),
  ArrowDown: (scene, node) => inPreorder(scene, node, 1),
  ArrowLeft: (_, { up }) => up,
  ArrowRight: (scene, { id }) => scene.children(id)[0],
};

/** @param {string} key */
export const isArrowKey = (key) => key in STEPS;

/** Return the key of the node to which an arrow leads; null if to none.
 * @param {Scene} scene @param {string} arrow @param {SceneNode} node
 * @param {boolean} [isTree] - whether the nodes are drawn as a tree from left to right */
export const neighbour = (scene, arrow, node, isTree = false) =>
  (isTree ? STEPS_IN_TREE : STEPS)[arrow](scene, node) || null;

/** Return whether an arrow opens a node of a tree, or closes it; null if it does neither.
 * @param {Scene} scene @param {string} arrow @param {SceneNode} node
 * @returns {"open"|"close"|null} */
export function opening(scene, arrow, { id, below, up }) {
  const isOpen = scene.children(id).length > 0;
  if (arrow === "ArrowRight" && below && !isOpen) {
    return "open";
  }
  return arrow === "ArrowLeft" && isOpen && up ? "close" : null;
}

/** Return the key of the message that says why an arrow leads nowhere.
 * @param {string} arrow @param {SceneNode} node
 * @param {string} top - the unit at the top */
export function reasonForEnd(arrow, { unit, below }, top) {
  switch (arrow) {
    case "ArrowUp":
      return unit === top ? "walk-ends-at-top" : "walk-ends-at-centre";
    case "ArrowDown":
      return below ? "walk-ends-before-more" : "walk-ends-at-leaf";
    default:
      return "walk-ends-at-sibling";
  }
}
