import assert from "node:assert/strict";
import { test } from "node:test";
import { highlightOf } from "../../../assets/js/state/highlight.js";
import { exampleScene } from "../example.js";

const NOTHING = { selected: null, hovered: null, cursor: null, spotlight: null };
const PATH = { radius: 100, lines: [], stations: [], keys: [], edges: [], elements: [] };

/** @param {Partial<Parameters<typeof highlightOf>[1]>} marked */
const highlight = (marked) => highlightOf(exampleScene(), { ...NOTHING, ...marked });

/** @param {?Set<string>} keys */
const sorted = (keys) => keys && [...keys].sort();

test("without a mark, nothing is dimmed", () => {
  const { lit, active, chain, hits, path } = highlight({});
  assert.deepEqual({ lit, active, path }, { lit: null, active: [], path: null });
  assert.deepEqual([chain.size, hits.size], [0, 0]);
});

test("all but the related of the selected unit is dimmed, and its chain is lifted", () => {
  const { lit, chain, active } = highlight({ selected: "u2" });
  assert.deepEqual(sorted(lit), ["r1", "u0", "u1", "u2", "u4"]);
  assert.deepEqual(sorted(chain), ["u0", "u1", "u2"]);
  assert.deepEqual(active, ["u2"]);
});

test("the hovered node and the cursor are active beside the selected one", () => {
  const { active, chain } = highlight({ selected: "u2", hovered: "u4", cursor: "u3" });
  assert.deepEqual(active, ["u4", "u3", "u2"]);
  assert.deepEqual(sorted(chain), ["u0", "u1", "u2", "u3", "u4"]);
});

test("a spotlight lights what it has found, and the chains of active nodes", () => {
  const spotlight = { lit: new Set(["u4", "u0"]), hits: new Set(["u4"]) };
  const { lit, hits } = highlight({ selected: "u2", spotlight });
  assert.deepEqual(sorted(lit), ["u0", "u1", "u2", "u4"]);
  assert.deepEqual(sorted(hits), ["u4"]);
});

test("beside a path, the selected unit is marked but not active", () => {
  const spotlight = { lit: new Set(["u2", "u4"]), hits: new Set(["u2", "u4"]), path: PATH };
  const { selected, active, lit, path } = highlight({ selected: "u2", spotlight });
  assert.deepEqual([selected, active, path], ["u2", [], PATH]);
  assert.deepEqual(sorted(lit), ["u2", "u4"]);
});
