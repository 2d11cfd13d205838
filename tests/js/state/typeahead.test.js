import assert from "node:assert/strict";
import { test } from "node:test";
import { typeahead, withoutAccents } from "../../../assets/js/state/typeahead.js";

const NAMES = ["Aid", "Data", "Éducation", "Department", "Protection"];

/** @param {string} current @param {string} typed */
const next = (current, typed) => NAMES[typeahead(NAMES, NAMES.indexOf(current), typed)];

test("a letter leads to the next name that begins with it, around the end", () => {
  assert.equal(next("Aid", "d"), "Data");
  assert.equal(next("Data", "d"), "Department");
  assert.equal(next("Department", "d"), "Data");
});

test("the same letter again goes on", () => assert.equal(next("Data", "dd"), "Department"));

test("more letters stay at a name that begins so", () => {
  assert.equal(next("Data", "da"), "Data");
  assert.equal(next("Data", "de"), "Department");
});

test("accents and capitals make no difference", () => {
  assert.equal(withoutAccents("ÉÑø"), "enø");
  assert.equal(next("Aid", "ed"), "Éducation");
});

test("no name begins so", () => {
  assert.equal(typeahead(NAMES, 0, "x"), -1);
  assert.equal(typeahead([], -1, "x"), -1);
});
