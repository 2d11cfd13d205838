/* What the diagrams highlight: nodes that are hovered, selected or found. */

/** @import { Scene } from "./scene.js" */

/** A connection between two units, as the server computes it for both diagrams.
 * @typedef {object} Path
 * @property {number} radius - of the sunburst for which the lines are computed
 * @property {string[]} lines
 * @property {Station[]} stations - on the sunburst
 * @property {string[]} keys - of the stations in both diagrams
 * @property {string[]} edges - of the hierarchy
 * @property {object[]} elements - for Cytoscape */
/** @typedef {{key: string, number: number, x: number, y: number}} Station */

/** All sets contain keys of nodes.
 * @typedef {object} Highlight
 * @property {?string} selected
 * @property {?string} cursor - the node that the keyboard has reached
 * @property {string[]} active - nodes that are hovered, reached by keyboard, or selected
 * @property {Set<string>} chain - the active nodes and their ancestors
 * @property {?Set<string>} lit - nodes that are not dimmed; null if none is dimmed
 * @property {Set<string>} hits - nodes that a spotlight found
 * @property {?Path} path - the connection that is drawn */

/** What a search, a connection or a filter has found.
 * @typedef {{lit: Set<string>, hits: Set<string>, path?: ?Path}} Spotlight */

/** Return what is to be highlighted; `spotlight` is the one that is on.
 * @param {Scene} scene
 * @param {{selected: ?string, hovered: ?string, cursor: ?string, spotlight: ?Spotlight}} marked
 * @returns {Highlight} */
export function highlightOf(scene, { selected, hovered, cursor, spotlight }) {
  const { lit, hits, path = null } = spotlight || { lit: null, hits: new Set(), path: null };
  // Beside a path, what is related to the selected unit would only distract.
  const active = [hovered, cursor, path ? null : selected].filter((key) => key !== null);
  const chain = new Set(active.flatMap((key) => scene.chain(key)));
  const highlight = { selected, cursor, active, chain, hits, path };
  if (lit !== null) {
    return { ...highlight, lit: new Set([...lit, ...chain]) };
  }
  const related = new Set(active.flatMap((key) => [...scene.related(key)]));
  return { ...highlight, lit: active.length ? related : null };
}
