/* The units above the part of the network that is seen, while their boxes are out of sight. */

import { elementWith } from "../page/context.js";
import { html } from "../page/elements.js";
import { scene } from "../page/scene.js";

/** @typedef {any} Node - of Cytoscape */

/** Show them whenever the network is drawn.
 * @param {any} cy - of Cytoscape */
export function followViewport(cy) {
  let drawn = "";
  cy.on("render", () => {
    const keys = outOfSight(cy);
    const shown = keys.map((key) => `${key} ${scene.node(key)?.unit}`).join(" ");
    if (shown !== drawn) {
      drawn = shown;
      const chain = elementWith("network-chain");
      chain.replaceChildren(...keys.map((key) => buttonFor(cy.getElementById(key))));
      chain.hidden = !keys.length;
    }
  });
}

/** Return the keys of the nodes above all that is in sight that are not, from the top.
 * @param {any} cy - of Cytoscape */
function outOfSight(cy) {
  const seen = cy
    .nodes(".unit, .group")
    .filter((/** @type {Node} */ node) => isSeen(node, cy))
    .map((/** @type {Node} */ node) => node.id());
  return scene.above(seen).filter((key) => !seen.includes(key));
}

/** Tell whether the middle of a node is in the viewport.
 * @param {Node} node @param {any} cy - of Cytoscape */
function isSeen(node, cy) {
  const { x, y } = node.renderedPosition();
  return x >= 0 && x <= cy.width() && y >= 0 && y <= cy.height();
}

/** Return a button that does what a click on a node does.
 * @param {Node} node */
function buttonFor(node) {
  const { unit, name, compact, radial } = node.data();
  const button = html(
    "button",
    { type: "button", title: name },
    (compact || radial).label.replaceAll("\n", " "),
  );
  button.dataset[node.hasClass("group") ? "focusOn" : "unit"] = unit;
  return button;
}
