import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../../assets/js/frozen/contents.js";

const link = { type: "A", props: { children: "Fire" } };

test("what has no places stays", () => {
  for (const content of ["text", "", null, 1, ["a", { props: {} }], { type: "P" }]) {
    assert.deepEqual(fill(content, {}), content);
  }
});

test("a place is filled by text, a component or a list", () => {
  assert.equal(fill("\0count\0", { count: "2 steps" }), "2 steps");
  assert.deepEqual(fill({ type: "P", props: { children: "\0link\0" } }, { link }), {
    type: "P",
    props: { children: link },
  });
  assert.deepEqual(fill({ children: ["first", "\0end\0"] }, { end: [link, link] }), {
    children: ["first", link, link],
  });
  assert.deepEqual(fill({ children: "\0items\0" }, { items: [] }), { children: [] });
});

test("texts beside places are joined with them", () => {
  assert.equal(fill("\0one\0 and \0other\0", { one: "A", other: "B" }), "A and B");
  assert.deepEqual(fill(["How \0one\0 works"], { one: "A" }), ["How A works"]);
  assert.deepEqual(fill(["\0one\0 supports \0other\0."], { one: link, other: "B" }), [
    link,
    " supports B.",
  ]);
});
