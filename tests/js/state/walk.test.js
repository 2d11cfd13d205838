import assert from "node:assert/strict";
import { test } from "node:test";
import { isArrowKey, neighbour, reasonForEnd } from "../../../assets/js/state/walk.js";
import { exampleScene } from "../example.js";

const scene = exampleScene();
/** @param {string} key */
const node = (key) => scene.node(key) ?? assert.fail(key);

/** @param {string} key @param {string} arrow */
const go = (key, arrow) => neighbour(scene, arrow, node(key));

/** @param {string} key @param {string} arrow */
const reason = (key, arrow) => reasonForEnd(arrow, node(key), "head");

test("up leads to the parent, down to the first child", () => {
  assert.equal(go("u2", "ArrowUp"), "u1");
  assert.equal(go("u1", "ArrowDown"), "u2");
  assert.equal(go("u4", "ArrowDown"), "f4");
});

test("left and right lead to the siblings", () => {
  assert.equal(go("u2", "ArrowRight"), "u3");
  assert.equal(go("u3", "ArrowLeft"), "u2");
});

test("at the ends they lead nowhere, for a reason", () => {
  assert.deepEqual([go("u0", "ArrowUp"), reason("u0", "ArrowUp")], [null, "walk-ends-at-top"]);
  assert.equal(reasonForEnd("ArrowUp", node("u1"), "head"), "walk-ends-at-centre");
  assert.deepEqual([go("u2", "ArrowDown"), reason("u2", "ArrowDown")], [null, "walk-ends-at-leaf"]);
  assert.equal(reason("u1", "ArrowDown"), "walk-ends-before-more");
  for (const [key, arrow] of [
    ["u0", "ArrowRight"],
    ["u3", "ArrowRight"],
    ["u2", "ArrowLeft"],
  ]) {
    assert.deepEqual([go(key, arrow), reason(key, arrow)], [null, "walk-ends-at-sibling"]);
  }
});

test("four keys are arrows", () => {
  assert.deepEqual(["ArrowUp", "ArrowLeft", "Enter", "a"].map(isArrowKey), [
    true,
    true,
    false,
    false,
  ]);
});
