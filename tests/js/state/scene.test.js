import assert from "node:assert/strict";
import { test } from "node:test";
import { Scene } from "../../../assets/js/state/scene.js";
import { ELEMENTS, exampleScene } from "../example.js";

test("a scene is empty before it is loaded", () => {
  assert.equal(new Scene().isEmpty(), true);
  assert.equal(exampleScene().isEmpty(), false);
});

test("units have a key and nodes have a unit", () => {
  const scene = exampleScene();
  assert.equal(scene.keyOf("aid"), "u1");
  assert.equal(scene.node("u1")?.name, "AID");
  assert.deepEqual([scene.keyOf(null), scene.keyOf("nobody"), scene.keyOf("")], [null, null, null]);
  assert.deepEqual([scene.node(null), scene.node("u9"), scene.node("")], [null, null, null]);
});

test("a group has an address and a key of its own", () => {
  const scene = exampleScene();
  assert.deepEqual([scene.keyOf("staff"), scene.keyOf("staff~1-9")], ["u4", "g4-1"]);
  assert.deepEqual(
    [scene.isGroup("g4-1"), scene.isGroup("u4"), scene.isGroup("u9")],
    [true, false, false],
  );
});

test("the centre is the group to which the scene is limited", () => {
  const scene = new Scene();
  const elements = [ELEMENTS[0], ELEMENTS[1]];
  scene.load(elements, "head~1-9");
  assert.deepEqual([scene.keyOf("head~1-9"), scene.keyOf("head")], ["u0", "u0"]);
  assert.deepEqual(scene.chain(scene.keyOf("aid") || ""), ["u1", "u0"]);
  const focusable = scene.focusable().map(({ unit }) => unit);
  assert.deepEqual(focusable, ["head~1-9", "aid"]);
});

test("marks and openers are parts of the box of a node, and no nodes", () => {
  const scene = exampleScene();
  assert.deepEqual([...scene.nodes.keys()], ["u0", "u1", "u2", "u3", "u4", "g4-1", "r1"]);
});

test("placeholders are told apart", () => {
  const scene = exampleScene();
  assert.deepEqual([scene.states("u3"), scene.states("u2")], [["placeholder"], []]);
});

test("children are in order, a group included", () => {
  const scene = exampleScene();
  assert.deepEqual(scene.children("u0"), ["u1", "u4"]);
  assert.deepEqual(scene.children("u4"), ["g4-1"]);
  assert.deepEqual(scene.children("u2"), []);
});

test("units with children and groups can be focused", () => {
  assert.deepEqual(
    exampleScene()
      .focusable()
      .map(({ unit }) => unit),
    ["head", "aid", "staff", "staff~1-9"],
  );
});

test("a chain leads from a node up to the focus", () => {
  const scene = exampleScene();
  assert.deepEqual(scene.chain("u2"), ["u2", "u1", "u0"]);
  assert.deepEqual(scene.chain("g4-1"), ["g4-1", "u4", "u0"]);
  assert.deepEqual(scene.chain("u9"), []);
});

test("above some nodes is what is above all of them, from the top", () => {
  const scene = exampleScene();
  const chain = scene.chain("g4-1").slice(1).reverse();
  assert.deepEqual(scene.above(["g4-1"]), chain);
  assert.deepEqual(scene.above(["g4-1", "u1"]), ["u0"]);
  assert.deepEqual(scene.above(["u0", "u1"]), []);
  assert.deepEqual(scene.above([]), []);
  assert.deepEqual(scene.above(["u1", "u9"]), []);
});

test("related are ancestors, descendants, and linked nodes in both directions", () => {
  const scene = exampleScene();
  assert.deepEqual([...scene.related("u1")].sort(), ["u0", "u1", "u2", "u3"]);
  assert.deepEqual([...scene.related("u4")].sort(), ["g4-1", "u0", "u2", "u4"]);
  assert.deepEqual([...scene.related("r1")].sort(), ["r1", "u2"]);
});

test("names of properties that all objects have are names like others", () => {
  const scene = new Scene();
  const data = { ...ELEMENTS[0].data, id: "u0", unit: "__proto__" };
  scene.load([{ data, classes: "unit" }], "__proto__");
  assert.equal(scene.keyOf("__proto__"), "u0");
  assert.equal(scene.keyOf("constructor"), null);
});

test("loading again maps the old keys to the new ones of the same units", () => {
  const scene = exampleScene();
  const renamed = scene.load(
    [
      { data: { ...ELEMENTS[0].data, id: "u0" }, classes: "unit" },
      { data: { ...ELEMENTS[2].data, id: "u7", up: "u0" }, classes: "unit" },
    ],
    "head",
  );
  assert.deepEqual(["u2", "u1", "g4-1", "u9", null].map(renamed), ["u7", null, null, null, null]);
  assert.deepEqual([...scene.related("u7")].sort(), ["u0", "u7"]);
});
