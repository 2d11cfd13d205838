/* The scene: the nodes that the diagrams show, by key. Both diagrams use the same keys. */

/** @typedef {object} SceneNode
 * @property {string} id - its key
 * @property {string} unit - empty for a reference
 * @property {string} name
 * @property {string} note
 * @property {string} up - key of the parent; empty at the focus
 * @property {boolean} below - whether the unit has children, drawn or not
 * @property {number} place
 * @property {number} siblings
 * @property {string[]} classes */

/** @typedef {{data: any, classes: string}} SceneElement an element for Cytoscape */

export class Scene {
  constructor() {
    /** In preorder.
     * @type {Map<string, SceneNode>} */
    this.nodes = new Map();
    /** @type {Map<string, string>} */
    this.keys = new Map(); // by unit
    /** @type {Map<string, Set<string>>} */
    this.links = new Map(); // by key, the keys of linked nodes
  }

  /** Load the elements of the network; the sunburst shows the same units.
   * @param {SceneElement[]} elements - in preorder
   * @returns {(key: ?string) => ?string} maps the previous key of a unit's node to its new key:
   *   keys change with the data */
  load(elements) {
    const previousNodes = this.nodes;
    this.nodes = new Map();
    this.keys = new Map();
    this.links = new Map();
    for (const { data, classes } of elements) {
      const classList = classes.split(" ");
      if (data.source === undefined) {
        this.nodes.set(data.id, { ...data, classes: classList });
        if (classList.includes("unit")) {
          this.keys.set(data.unit, data.id);
        }
      } else if (classList.includes("link") || classList.includes("mention")) {
        for (const [from, to] of [
          [data.source, data.target],
          [data.target, data.source],
        ]) {
          this.links.set(from, (this.links.get(from) || new Set()).add(to));
        }
      }
    }
    return (key) => {
      const node = key && previousNodes.get(key);
      return (node && this.keys.get(node.unit)) || null;
    };
  }

  isEmpty() {
    return this.nodes.size === 0;
  }

  /** @param {?string|undefined} key */
  node(key) {
    return (key && this.nodes.get(key)) || null;
  }

  /** Tell whether other units name a unit that no record of the table describes.
   * @param {string} key */
  isPlaceholder(key) {
    return Boolean(this.node(key)?.classes.includes("placeholder"));
  }

  /** @param {string} key */
  isFold(key) {
    return Boolean(this.node(key)?.classes.includes("fold"));
  }

  /** @param {?string} unit */
  keyOf(unit) {
    return (unit !== null && this.keys.get(unit)) || null;
  }

  /** Return the keys of the children of a node, in order; a fold is the last.
   * @param {string} key */
  children(key) {
    return [...this.nodes.values()].filter(({ up }) => up === key).map(({ id }) => id);
  }

  /** Return the nodes of units that can be focused (that have children), in preorder. */
  focusable() {
    return [...this.keys.values()]
      .flatMap((key) => this.node(key) || [])
      .filter(({ below }) => below);
  }

  /** Return the keys of a node and its ancestors, up to the focus.
   * @param {string} key */
  chain(key) {
    const chain = [];
    for (let node = this.node(key); node; node = this.node(node.up)) {
      chain.push(node.id);
    }
    return chain;
  }

  /** Return the keys of a node, its ancestors, its descendants, and the nodes linked to it.
   * @param {string} key */
  related(key) {
    const descendants = new Set([key]);
    for (const [other, node] of this.nodes) {
      // In preorder a parent comes before its children.
      if (descendants.has(node.up)) {
        descendants.add(other);
      }
    }
    return new Set([...this.chain(key), ...descendants, ...(this.links.get(key) || [])]);
  }
}
