import assert from "node:assert/strict";
import { test } from "node:test";
import { listValues, toggledInList } from "../../../assets/js/state/view-keys.js";
import { keys } from "../example.js";

test("a key without a value in the address has its default", () => {
  const { unit, view, layout, by, sort, q } = keys.read("");
  assert.deepEqual(
    { unit, view, layout, by, sort, q },
    { unit: null, view: null, layout: "tree", by: null, sort: "table", q: null },
  );
});

test("a fragment has as parameters what is not the default", () => {
  const names = ["by", "sort", "types"];
  assert.deepEqual(keys.chosen(names, keys.read("")), {});
  assert.deepEqual(keys.chosen(names, keys.read("?sort=size&by=grade")), {
    by: "grade",
    sort: "size",
  });
});

test("values are read from an address", () => {
  const values = keys.read("?unit=aid&view=matrix&types=a;b&q=visa%20centres&other=1");
  assert.equal(values.unit, "aid");
  assert.equal(values.view, "matrix");
  assert.equal(values.types, "a;b");
  assert.equal(values.q, "visa centres");
  assert.ok(!("other" in values));
});

test("an invalid choice is ignored, and so is an empty value", () => {
  const { layout, view, unit } = keys.read("?layout=cose&view=&unit=");
  assert.deepEqual({ layout, view, unit }, { layout: "tree", view: null, unit: null });
});

test("an address has what is not the default, in the order of the schema", () => {
  const state = { ...keys.read(""), q: "x", layout: "radial", unit: "aid", theme: "dark" };
  assert.equal(keys.parameters(state).toString(), "unit=aid&layout=radial&q=x");
});

test("reading an address again gives the same state", () => {
  const search = "unit=a%26b&focus=c&links=all&themes=x%3By&by=references";
  assert.equal(keys.parameters(keys.read(search)).toString(), search);
});

test("pictures depend on the keys of their diagram", () => {
  assert.deepEqual(keys.forPicture("sunburst"), ["unit", "focus", "to", "types", "themes"]);
  assert.ok(keys.forPicture("network").includes("links"));
});

test("the filters are the lists", () => assert.deepEqual(keys.filters, ["types", "themes"]));

test("a list is split at semicolons, and may be missing", () => {
  assert.deepEqual(listValues(";a;;b;"), ["a", "b"]);
  assert.deepEqual([listValues(null), listValues(undefined)], [[], []]);
});

test("a value is added to a list and removed from it", () => {
  assert.equal(toggledInList(null, "a"), "a");
  assert.equal(toggledInList("a", "b"), "a;b");
  assert.equal(toggledInList("a;b;a", "a"), "b");
  assert.equal(toggledInList("a", "a"), null);
});
