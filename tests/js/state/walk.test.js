import assert from "node:assert/strict";
import { test } from "node:test";
import { isArrowKey, neighbour, opening, reasonForEnd } from "../../../assets/js/state/walk.js";
import { exampleScene } from "../example.js";

const scene = exampleScene();
/** @param {string} key */
const node = (key) => scene.node(key) ?? assert.fail(key);

/** @param {string} key @param {string} arrow */
const go = (key, arrow) => neighbour(scene, arrow, node(key));

/** @param {string} key @param {string} arrow */
const goInTree = (key, arrow) => neighbour(scene, arrow, node(key), true);

/** @param {string} key @param {string} arrow */
const reason = (key, arrow) => reasonForEnd(arrow, node(key), "head");

test("up leads to the parent, down to the first child", () => {
  assert.equal(go("u2", "ArrowUp"), "u1");
  assert.equal(go("u1", "ArrowDown"), "u2");
  assert.equal(go("u4", "ArrowDown"), "g4-1");
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

test("in a tree up and down lead to the previous and the next node that is drawn", () => {
  const order = ["u0", "u1", "u2", "u3", "u4", "g4-1"];
  for (const [at, key] of order.entries()) {
    assert.equal(goInTree(key, "ArrowUp"), order[at - 1] ?? null);
    assert.equal(goInTree(key, "ArrowDown"), order[at + 1] ?? null);
  }
});

test("in a tree left leads to the parent, right to the first child", () => {
  assert.deepEqual([goInTree("u3", "ArrowLeft"), goInTree("u0", "ArrowLeft")], ["u1", null]);
  assert.deepEqual([goInTree("u1", "ArrowRight"), goInTree("u3", "ArrowRight")], ["u2", null]);
});

test("in a tree right opens what is closed, left closes what is open but the focus", () => {
  /** @param {string} key @param {string} arrow */
  const type = (key, arrow) => opening(scene, arrow, node(key));
  assert.deepEqual([type("g4-1", "ArrowRight"), type("u4", "ArrowLeft")], ["open", "close"]);
  for (const key of ["u0", "u1", "u2"]) {
    assert.equal(type(key, "ArrowRight"), null);
  }
  for (const key of ["u0", "u2", "g4-1"]) {
    assert.equal(type(key, "ArrowLeft"), null);
  }
  assert.deepEqual([type("g4-1", "ArrowDown"), type("u4", "ArrowUp")], [null, null]);
});

test("four keys are arrows", () => {
  assert.deepEqual(["ArrowUp", "ArrowLeft", "Enter", "a"].map(isArrowKey), [
    true,
    true,
    false,
    false,
  ]);
});
