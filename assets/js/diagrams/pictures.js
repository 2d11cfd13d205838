/* The pictures of the first HTML: they show the highlight until the living diagrams are there. */

import { root } from "../page/context.js";
import { version } from "../page/fragments.js";
import { loadedFragment, scene } from "../page/scene.js";
import { DIAGRAMS, pictureOf } from "./stage.js";

/** @import { Highlight } from "../state/highlight.js" */

const drawnVersion = version(); // the edition of the pictures; in others, keys are other units

/**
 * Mark the nodes, and the lines of the hierarchy, whose keys are `h` and the key of the lower node.
 * @param {Highlight} highlight */
export function showHighlight({ selected, lit, chain, hits }) {
  if (scene.isEmpty() || drawnVersion !== version()) {
    return; // before the scene is there, the pictures have the marks of the server
  }
  for (const picture of DIAGRAMS.map(pictureOf)) {
    for (const element of picture?.querySelectorAll("[data-key]") || []) {
      const key = /** @type {SVGElement} */ (element).dataset.key || "";
      const isEdge = element.classList.contains("edge");
      const node = isEdge ? key.slice(1) : key;
      element.classList.toggle("dimmed", lit !== null && !lit.has(node));
      element.classList.toggle("lifted", chain.has(node) && (!isEdge || isAbove(node, chain)));
      element.classList.toggle("hit", !isEdge && hits.has(node));
      element.classList.toggle("selected", !isEdge && node === selected);
    }
    bringToFront(picture);
  }
}

/** Move marked sectors behind the others, whose borders would cover half of theirs.
 * @param {?Element} picture */
function bringToFront(picture) {
  for (const mark of [".placeholder", ".vacant", ".gone", ".new", ".hit", ".selected"]) {
    for (const sector of picture?.querySelectorAll(`.sunburst-inset > a${mark}`) || []) {
      const [last] = [...(sector.parentNode?.querySelectorAll(":scope > a") || [])].slice(-1);
      if (sector !== last) {
        last.after(sector);
      }
    }
  }
}

/** Tell whether the line above a node belongs to a chain.
 * @param {string} key @param {Set<string>} chain */
const isAbove = (key, chain) => chain.has(scene.node(key)?.up || "");

/** Load the page anew if a picture that stays shows another focus or edition than the scene. A
 * frozen page would have the same again. */
export function followScene() {
  const fragment = loadedFragment();
  if (fragment === null || root.dataset.stage !== "failed" || "frozen" in root.dataset) {
    return;
  }
  const hasOther = DIAGRAMS.map(pictureOf).some(
    (picture) => picture && picture.dataset.shows !== fragment.unit,
  );
  if (hasOther || fragment.version !== drawnVersion) {
    window.location.reload();
  }
}
