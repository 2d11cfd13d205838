import assert from "node:assert/strict";
import { test } from "node:test";
import { beginningWith, Table } from "../../../assets/js/frozen/tables.js";

/** @type {[string, number][][]} */
const SHARDS = [
  [
    ["dock", 1],
    ["fire", 2],
  ],
  [
    ["firefly", 3],
    ["quay", 4],
  ],
  [
    ["\uffee", 5],
    ["🚒", 6],
    ["🚓", 7],
  ],
];

/** Return a table of the shards, and the names of those that are read. */
function opened() {
  /** @type {string[]} */
  const names = [];
  /** @param {string} name */
  const read = (name) => {
    names.push(name);
    return Promise.resolve(SHARDS[Number(name.split("-")[1])]);
  };
  const firstKeys = SHARDS.map(([[key]]) => key);
  /** @type {Table<string, number>} */
  const table = new Table(read, "words", firstKeys);
  return { table, names };
}

test("a key has its value, and another text has none", async () => {
  const { table } = opened();
  for (const [key, value] of SHARDS.flat()) {
    assert.equal(await table.get(key), value);
  }
  for (const key of ["", "a", "fir", "firef", "zebra", "🚒🚒", "🚔"]) {
    assert.equal(await table.get(key), undefined);
  }
});

test("only the shard that may have a key is read, and once", async () => {
  const { table, names } = opened();
  await Promise.all([table.get("firefly"), table.get("quarry"), table.get("quay")]);
  assert.deepEqual(names, ["words-1"]);
});

test("nothing is read for what comes before the first key", async () => {
  const { table, names } = opened();
  assert.equal(await table.get("a"), undefined);
  assert.deepEqual(await table.before("a", 3), []);
  assert.deepEqual(names, []);
});

test("neighbours of a key are found beyond its shard", async () => {
  const { table } = opened();
  const keysOf = (/** @type {[string, number][]} */ entries) => entries.map(([key]) => key);
  assert.deepEqual(keysOf(await table.before("firefly", 1)), ["fire"]);
  assert.deepEqual(keysOf(await table.before("quay", 9)), ["dock", "fire", "firefly"]);
  assert.deepEqual(keysOf(await table.from("egg", 3)), ["fire", "firefly", "quay"]);
  assert.deepEqual(keysOf(await table.from("", 1)), ["dock"]);
  assert.deepEqual(keysOf(await table.from("z", 9)), ["\uffee", "🚒", "🚓"]);
});

test("entries that begin with a text are found", async () => {
  const { table } = opened();
  assert.deepEqual(await beginningWith(table, "fire", 9), [
    ["fire", 2],
    ["firefly", 3],
  ]);
  assert.deepEqual(await beginningWith(table, "fire", 1), [["fire", 2]]);
  assert.deepEqual(await beginningWith(table, "x", 9), []);
});

test("a table without shards has no entries", async () => {
  /** @type {Table<string, number>} */
  const table = new Table(() => Promise.resolve([]), "words", []);
  assert.equal(await table.get("a"), undefined);
  assert.deepEqual(await table.from("a", 9), []);
});
