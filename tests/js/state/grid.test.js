import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "../../../assets/js/state/grid.js";

/** Return where a key leads from a cell in a grid of 20 rows and 5 columns.
 * @param {string} key
 * @param {[row: number, column: number]} from
 * @param {boolean} [ctrlKey] */
function go(key, [row, column], ctrlKey = false) {
  const next = destination({ key, ctrlKey }, { row, column }, { rows: 20, columns: 5, page: 8 });
  return next && [next.row, next.column];
}

test("arrows lead to the neighbours, and stop at the edges", () => {
  assert.deepEqual(go("ArrowRight", [3, 2]), [3, 3]);
  assert.deepEqual(go("ArrowLeft", [3, 0]), [3, 0]);
  assert.deepEqual(go("ArrowDown", [19, 2]), [19, 2]);
  assert.deepEqual(go("ArrowUp", [3, 2]), [2, 2]);
});

test("pages are skipped, as far as there are rows", () => {
  assert.deepEqual(go("PageDown", [3, 2]), [11, 2]);
  assert.deepEqual(go("PageDown", [15, 2]), [19, 2]);
  assert.deepEqual(go("PageUp", [3, 2]), [0, 2]);
});

test("Home and End lead to the ends of a row; with Ctrl, of the grid", () => {
  assert.deepEqual(go("Home", [3, 2]), [3, 0]);
  assert.deepEqual(go("End", [3, 2]), [3, 4]);
  assert.deepEqual(go("Home", [3, 2], true), [0, 0]);
  assert.deepEqual(go("End", [3, 2], true), [19, 4]);
});

test("other keys lead nowhere", () => assert.equal(go("Enter", [3, 2]), null));
