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

test("a fold is not the unit whose descendants it holds", () => {
  const scene = exampleScene();
  assert.equal(scene.keyOf("staff"), "u4");
  assert.deepEqual(
    [scene.isFold("f4"), scene.isFold("u4"), scene.isFold("u9")],
    [true, false, false],
  );
});

test("placeholders are told apart", () => {
  const scene = exampleScene();
  assert.deepEqual([scene.isPlaceholder("u3"), scene.isPlaceholder("u2")], [true, false]);
});

test("children are in order, a fold included", () => {
  const scene = exampleScene();
  assert.deepEqual(scene.children("u0"), ["u1", "u4"]);
  assert.deepEqual(scene.children("u4"), ["f4"]);
  assert.deepEqual(scene.children("u2"), []);
});

test("units with children can be focused", () => {
  assert.deepEqual(
    exampleScene()
      .focusable()
      .map(({ unit }) => unit),
    ["head", "aid", "staff"],
  );
});

test("a chain leads from a node up to the focus", () => {
  const scene = exampleScene();
  assert.deepEqual(scene.chain("u2"), ["u2", "u1", "u0"]);
  assert.deepEqual(scene.chain("f4"), ["f4", "u4", "u0"]);
  assert.deepEqual(scene.chain("u9"), []);
});

test("related are ancestors, descendants, and linked nodes in both directions", () => {
  const scene = exampleScene();
  assert.deepEqual([...scene.related("u1")].sort(), ["u0", "u1", "u2", "u3"]);
  assert.deepEqual([...scene.related("u4")].sort(), ["f4", "u0", "u2", "u4"]);
  assert.deepEqual([...scene.related("r1")].sort(), ["r1", "u2"]);
});

test("names of properties that all objects have are names like others", () => {
  const scene = new Scene();
  const data = { ...ELEMENTS[0].data, id: "u0", unit: "__proto__" };
  scene.load([{ data, classes: "unit" }]);
  assert.equal(scene.keyOf("__proto__"), "u0");
  assert.equal(scene.keyOf("constructor"), null);
});

test("loading again maps the old keys to the new ones of the same units", () => {
  const scene = exampleScene();
  const renamed = scene.load([
    { data: { ...ELEMENTS[0].data, id: "u0" }, classes: "unit" },
    { data: { ...ELEMENTS[2].data, id: "u7", up: "u0" }, classes: "unit" },
  ]);
  assert.deepEqual(["u2", "u1", "f4", "u9", null].map(renamed), ["u7", null, null, null, null]);
  assert.deepEqual([...scene.related("u7")].sort(), ["u0", "u7"]);
});
