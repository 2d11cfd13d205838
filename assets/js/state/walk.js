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

/** @param {string} key */
export const isArrowKey = (key) => key in STEPS;

/** Return the key of the node to which an arrow leads; null if to none.
 * @param {Scene} scene @param {string} arrow @param {SceneNode} node */
export const neighbour = (scene, arrow, node) => STEPS[arrow](scene, node) || null;

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
