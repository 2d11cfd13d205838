/* The scene: the nodes that the diagrams show, by key. Both diagrams use the same keys. */

/** @typedef {object} SceneNode
 * @property {string} id - its key
 * @property {string} unit - or group, as in an address; empty for a reference
 * @property {string} name
 * @property {string} note
 * @property {string[]} [more] - further lines of its tooltip
 * @property {string} up - key of the parent; empty at the focus
 * @property {string} [above] - of the focus: the unit above it, unless it is the top
 * @property {boolean} below - whether the unit has children, drawn or not
 * @property {number} place
 * @property {number} siblings
 * @property {string[]} classes */

/** What the border of a unit says: other units name it but no record describes it, nobody holds the
 * post, or of two states only the earlier or only the later one has it. */
export const STATES = ["placeholder", "vacant", "gone", "new"];

/** @typedef {{data: any, classes: string}} SceneElement an element for Cytoscape */

export class Scene {
  constructor() {
    /** In preorder.
     * @type {Map<string, SceneNode>} */
    this.nodes = new Map();
    /** @type {Map<string, string>} */
    this.keys = new Map(); // by unit or group, as in an address
    /** @type {Map<string, Set<string>>} */
    this.links = new Map(); // by key, the keys of linked nodes
    this.centre = ""; // the unit or the group of the first node, as in an address
  }

  /** Load the elements of the network; the sunburst shows the same units.
   * @param {SceneElement[]} elements - in preorder
   * @param {string} centre - the unit or the group that the first one shows, as in an address
   * @returns {(key: ?string) => ?string} maps the previous key of a unit's node to its new key:
   *   keys change with the data */
  load(elements, centre) {
    const previousNodes = this.nodes;
    this.nodes = new Map();
    this.keys = new Map();
    this.links = new Map();
    for (const { data, classes } of elements) {
      const classList = classes.split(" ");
      if (data.owner) {
        continue; // a part of the box of another node
      }
      if (data.source === undefined) {
        this.nodes.set(data.id, { ...data, classes: classList });
        if (data.unit) {
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
    this.centre = centre;
    const [root] = this.nodes.keys();
    if (root) {
      this.keys.set(centre, root);
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

  /** Return those of `STATES` in which a unit is.
   * @param {string} key */
  states(key) {
    const { classes = [] } = this.node(key) || {};
    return STATES.filter((state) => classes.includes(state));
  }

  /** @param {string} key */
  isGroup(key) {
    return Boolean(this.node(key)?.classes.includes("group"));
  }

  /** @param {?string} unit - or a group */
  keyOf(unit) {
    return (unit !== null && this.keys.get(unit)) || null;
  }

  /** Return the keys of the children of a node, in order; groups are the last.
   * @param {string} key */
  children(key) {
    return [...this.nodes.values()].filter(({ up }) => up === key).map(({ id }) => id);
  }

  /** Return what can be the focus, as in an address, with its name: the centre, the units with
   * children, and the groups; in preorder. */
  focusable() {
    return [...this.nodes.values()]
      .filter(({ below }) => below)
      .map(({ up, unit, name }) => ({ unit: up ? unit : this.centre, name }));
  }

  /** Return the keys of the nodes that are above all of some nodes, from the top.
   * @param {string[]} keys */
  above(keys) {
    const [first = [], ...others] = keys.map((key) => this.chain(key).slice(1));
    return first.filter((key) => others.every((chain) => chain.includes(key))).reverse();
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

  /** Return the units and groups that a node is in, as in an address.
   * @param {?string} key */
  unitsAround(key) {
    const [, ...around] = this.chain(key || "");
    return around.flatMap((other) => this.node(other)?.unit || []);
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
