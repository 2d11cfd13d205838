/* The scene: the nodes that the diagrams show, by key. Both diagrams use the same keys. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  let nodes = new Map(); // data and `classes` by key, in preorder
  let keys = new Map(); // by unit
  let links = new Map(); // by key, the keys of linked nodes

  remit.scene = {
    /**
     * Load the elements of the network; the sunburst shows the same units.
     * @param {object[]} elements - for Cytoscape, in preorder
     * @returns {function(string): ?string} maps the previous key of a unit's node to its new key:
     *   keys change with the data
     */
    load(elements) {
      const previousNodes = nodes;
      nodes = new Map();
      keys = new Map();
      links = new Map();
      for (const { data, classes } of elements) {
        const classList = classes.split(" ");
        if (data.source === undefined) {
          nodes.set(data.id, { ...data, classes: classList });
          if (classList.includes("unit")) {
            keys.set(data.unit, data.id);
          }
        } else if (classList.includes("link") || classList.includes("mention")) {
          for (const [from, to] of [
            [data.source, data.target],
            [data.target, data.source],
          ]) {
            links.set(from, (links.get(from) || new Set()).add(to));
          }
        }
      }
      return (key) => {
        const node = previousNodes.get(key);
        return (node && keys.get(node.unit)) || null;
      };
    },
    isEmpty: () => nodes.size === 0,
    node: (key) => nodes.get(key),
    /** Tell whether other units name a unit that no record of the table describes. */
    isPlaceholder: (key) => nodes.has(key) && nodes.get(key).classes.includes("placeholder"),
    keyOf: (unit) => keys.get(unit),
    /** Return the keys of the children of a node, in order; a fold is the last. */
    children: (key) => [...nodes.values()].filter(({ up }) => up === key).map(({ id }) => id),
    /** Return the nodes of units that can be focused (that have children), in preorder. */
    focusable: () => [...keys.values()].map((key) => nodes.get(key)).filter(({ below }) => below),
    /** Return the keys of a node and its ancestors, up to the focus. */
    chain(key) {
      const chain = [];
      for (let current = key; nodes.has(current); current = nodes.get(current).up) {
        chain.push(current);
      }
      return chain;
    },
    /** Return the keys of a node, its ancestors, its descendants, and the nodes linked to it. */
    related(key) {
      const descendants = new Set([key]);
      for (const [other, node] of nodes) {
        // In preorder a parent comes before its children.
        if (descendants.has(node.up)) {
          descendants.add(other);
        }
      }
      return new Set([...remit.scene.chain(key), ...descendants, ...(links.get(key) || [])]);
    },
  };
})();
