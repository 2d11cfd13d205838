/* The scene: what is drawn at the moment, by key, so that both diagrams can speak of the same. */
(function () {
  "use strict";

  const remit = (window.remit = window.remit || {});
  let nodes = new Map();
  let keys = new Map();
  let links = new Map();

  remit.scene = {
    /** Take the elements of the network: the same units as in the sunburst. Return a function that
     * tells the key that a node has now: of other data, a unit has another one. */
    take(elements) {
      const before = nodes;
      nodes = new Map();
      keys = new Map();
      links = new Map();
      for (const { data, classes } of elements) {
        const kinds = classes.split(" ");
        if (data.source === undefined) {
          nodes.set(data.id, { ...data, classes: kinds });
          if (kinds.includes("unit")) {
            keys.set(data.unit, data.id);
          }
        } else if (kinds.includes("link") || kinds.includes("mention")) {
          for (const [one, other] of [
            [data.source, data.target],
            [data.target, data.source],
          ]) {
            links.set(one, (links.get(one) || new Set()).add(other));
          }
        }
      }
      return (key) => {
        const node = before.get(key);
        return (node && keys.get(node.unit)) || null;
      };
    },
    isEmpty: () => nodes.size === 0,
    node: (key) => nodes.get(key),
    /** Tell whether no record of the table describes a unit. */
    isPlaceholder: (key) => nodes.has(key) && nodes.get(key).classes.includes("placeholder"),
    keyOf: (unit) => keys.get(unit),
    /** Return the keys right below a node, in order; a fold comes last. */
    below: (key) => [...nodes.values()].filter(({ up }) => up === key).map(({ id }) => id),
    /** Return the units that may stand in the centre, in the order of the outline. */
    centres: () => [...keys.values()].map((key) => nodes.get(key)).filter(({ below }) => below),
    /** Return the keys from a node up to the focus. */
    chain(key) {
      const chain = [];
      for (let at = key; nodes.has(at); at = nodes.get(at).up) {
        chain.push(at);
      }
      return chain;
    },
    /** Return the keys that concern a node: its chain, all below it, and what is linked to it. */
    around(key) {
      const below = new Set([key]);
      for (const [other, node] of nodes) {
        // Elements come in preorder: a parent is known to be below before its children are asked.
        if (below.has(node.up)) {
          below.add(other);
        }
      }
      return new Set([...remit.scene.chain(key), ...below, ...(links.get(key) || [])]);
    },
  };
})();
