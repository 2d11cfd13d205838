/* A small organization and a view of it, for the tests. */
import { Scene } from "../../assets/js/state/scene.js";
import { ViewKeys } from "../../assets/js/state/view-keys.js";

/** @typedef {import("../../assets/js/state/reducer.js").State} State */
/** @typedef {import("../../assets/js/state/view-keys.js").Key} Key */

/** @param {Key["type"]} type @param {string[]} diagrams @param {...string} values @returns {Key} */
const key = (type, diagrams, ...values) => ({ type, values, diagrams });
const BOTH = ["sunburst", "network"];

export const keys = new ViewKeys({
  unit: key("unit", BOTH),
  focus: key("focus", BOTH),
  view: key("choice", [], "", "both", "sunburst", "network", "outline", "matrix"),
  links: key("choice", ["network"], "selected", "all"),
  layout: key("choice", ["network"], "tree", "radial"),
  references: key("choice", ["network"], "hidden", "shown"),
  open: key("openings", ["network"]),
  to: key("unit", BOTH),
  types: key("list", BOTH),
  themes: key("list", BOTH),
  by: key("column", [], "", "themes", "references", "grade", "location"),
  sort: key("choice", [], "table", "size"),
  q: key("text", []),
});

/** Return the state of an address.
 * @param {string} [search]
 * @param {Partial<State>} [own] - what addresses do not have */
export const stateOf = (search = "", own = {}) =>
  /** @type {State} */ ({ ...keys.read(search), theme: "light", isChoosing: false, ...own });

/** Return a node for Cytoscape.
 * @param {string} id
 * @param {string} unit
 * @param {string} up
 * @param {{classes?: string, below?: boolean}} [more] */
const node = (id, unit, up, { classes = "unit", below = false } = {}) => ({
  data: { id, unit, up, below, name: unit.toUpperCase(), note: "", place: 1, siblings: 1 },
  classes,
});

/** @param {string} source @param {string} target @param {string} classes */
const edge = (source, target, classes) => ({ data: { source, target }, classes });

/** A part of the box of a node: its mark, or what opens it.
 * @param {string} id @param {string} owner @param {string} classes */
const part = (id, owner, classes) => ({
  data: { id, owner, name: "", note: "" },
  classes,
});

/** Head has Aid (with Food and Shelter) and Staff; what is below Staff is gathered. */
export const ELEMENTS = [
  node("u0", "head", "", { below: true }),
  node("u1", "aid", "u0", { below: true }),
  node("u2", "food", "u1"),
  node("u3", "shelter", "u1", { classes: "unit placeholder" }),
  node("u4", "staff", "u0", { below: true }),
  node("g4-1", "staff~1-9", "u4", { classes: "group", below: true }),
  part("xu1", "u1", "opener closing"),
  part("xg4-1", "g4-1", "opener"),
  node("r1", "", "", { classes: "reference" }),
  edge("u0", "u1", "hierarchy"),
  edge("u2", "u4", "link"),
  part("iu2", "u2", "mark"),
  edge("u2", "r1", "mention"),
];

export function exampleScene() {
  const scene = new Scene();
  scene.load(ELEMENTS, "head");
  return scene;
}
