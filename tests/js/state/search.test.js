import assert from "node:assert/strict";
import { test } from "node:test";
import { queryOf, shortChain, splitAtMarks } from "../../../assets/js/state/search.js";

test("a query has single spaces, and none around it", () => {
  assert.equal(queryOf("  visa \n\t centres "), "visa centres");
});

test("a blank text is no query", () => {
  assert.deepEqual(["", "  ", "\n", "\ud83d"].map(queryOf), [null, null, null, null]);
});

test("a query has at most 200 characters and no half of one", () => {
  assert.equal(queryOf("x".repeat(10_000)), "x".repeat(200));
  assert.equal(queryOf(`${"x".repeat(199)}🙂`), "x".repeat(199));
  assert.equal(queryOf("🙂 visa \ude42"), "🙂 visa");
});

test("a text is split at its marks", () => {
  assert.deepEqual(
    splitAtMarks("Visa application centres", [
      [0, 4],
      [17, 23],
    ]),
    ["", "Visa", " application ", "centre", "s"],
  );
  assert.deepEqual(splitAtMarks("Visa", []), ["Visa"]);
});

test("a long chain lacks its middle", () => {
  assert.deepEqual(shortChain(["a", "b", "c", "d"]), ["a", "b", "c", "d"]);
  assert.deepEqual(shortChain(["a", "b", "c", "d", "e"]), ["a", "…", "d", "e"]);
  assert.deepEqual(shortChain([]), []);
});
