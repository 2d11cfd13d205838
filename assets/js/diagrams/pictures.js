/* The pictures of the first HTML: they show the highlight until the living diagrams are there. */

import { root } from "../page/context.js";
import { version } from "../page/fragments.js";
import { loadedFragment, scene } from "../page/scene.js";
import { DIAGRAMS, pictureOf } from "./stage.js";

/** @import { Highlight } from "../state/highlight.js" */

const drawnVersion = version(); // the edition of the pictures; in others, keys are other units

/** Return the pictures that show the scene: before it is there, they have the marks of the server. */
const markedPictures = () =>
  scene.isEmpty() || drawnVersion !== version()
    ? []
    : DIAGRAMS.map(pictureOf).filter((picture) => picture !== null);

/** Return the elements of the nodes in a picture, and of the lines between them, with their keys.
 * @param {Element} picture
 * @returns {[Element, string][]} */
const elementsIn = (picture) =>
  [.../** @type {NodeListOf<SVGElement>} */ (picture.querySelectorAll("[data-key]"))].map(
    (element) => [element, element.dataset.key || ""],
  );

/** Mark the node of the selected unit.
 * @param {?string} selected - its key */
export function markSelected(selected) {
  for (const [element, key] of markedPictures().flatMap(elementsIn)) {
    element.classList.toggle("selected", key === selected);
  }
}

/**
 * Mark the nodes, and the lines of the hierarchy, whose keys are `h` and the key of the lower node.
 * @param {Highlight} highlight */
export function showHighlight({ selected, lit, chain, hits }) {
  markSelected(selected);
  for (const picture of markedPictures()) {
    for (const [element, key] of elementsIn(picture)) {
      const isEdge = element.classList.contains("edge");
      const node = isEdge ? key.slice(1) : key;
      element.classList.toggle("dimmed", lit !== null && !lit.has(node));
      element.classList.toggle("lifted", chain.has(node) && (!isEdge || isAbove(node, chain)));
      element.classList.toggle("hit", !isEdge && hits.has(node));
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
