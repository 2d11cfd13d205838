import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph, shortestChain } from "../../../assets/js/frozen/graph.js";

/** @import { GraphFile } from "../../../assets/js/frozen/graph.js" */

const LIMITS = { max_levels: 200, reference_cost: 1000, hierarchy_cost: 1001 };

/** Return the chain between two units of a graph: 0 with 1 and 4 below it, 2 and 3 below 1, 5 below 4.
 * @param {number} start @param {number} end @param {Partial<GraphFile>} [steps]
 * @param {Partial<typeof LIMITS>} [limits] */
function chain(start, end, steps, limits) {
  const none = { partners: [], mentions: [], references: 0 };
  const graph = new Graph({ depths: [0, 1, 2, 2, 1, 2], ...none, ...steps });
  return shortestChain(graph, start, end, { ...LIMITS, ...limits });
}

test("a unit has its parent, its children and its chain", () => {
  const graph = new Graph({ depths: [0, 1, 2, 2, 1], partners: [], mentions: [], references: 0 });
  assert.deepEqual(graph.parents, [-1, 0, 1, 1, 0]);
  assert.deepEqual(graph.children(0), [1, 4]);
  assert.deepEqual(graph.chain(3), [0, 1, 3]);
});

test("without other steps a chain follows the hierarchy", () => {
  assert.deepEqual(chain(2, 5), [2, 1, 0, 4, 5]);
  assert.deepEqual(chain(2, 5, {}, { max_levels: 2 }), [2, 1, 0, 4, 5]);
  assert.deepEqual(chain(1, 3), [1, 3]);
  assert.deepEqual(chain(3, 3), [3]);
});

test("a stated relation is a step in both directions", () => {
  /** @type {[number, number[]][]} */
  const partners = [
    [3, [5]],
    [5, [3]],
  ];
  assert.deepEqual(chain(2, 5, { partners }), [2, 1, 3, 5]);
  assert.deepEqual(chain(5, 3, { partners }), [5, 3]);
});

test("of equally short chains the one with the rarer reference is taken", () => {
  /** @type {[number, number[]][]} */
  const mentions = [
    [0, [0]],
    [2, [0, 1]],
    [3, [1]],
    [4, [0]],
    [5, [0, 1]],
  ];
  assert.deepEqual(chain(2, 5, { mentions, references: 2 }), [2, 5]);
  assert.deepEqual(chain(3, 4, { mentions, references: 2 }), [3, 2, 4]);
});
