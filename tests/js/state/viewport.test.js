import assert from "node:assert/strict";
import { test } from "node:test";
import { panAround, panIntoView } from "../../../assets/js/state/viewport.js";

const PADDING = 6;

test("what is in view stays where it is", () => {
  assert.equal(Math.abs(panIntoView(PADDING, 500 - PADDING, 500, PADDING)), 0);
});

test("what is outside is moved to the nearer edge", () => {
  assert.equal(panIntoView(-50, 10, 500, PADDING), 50 + PADDING);
  assert.equal(panIntoView(480, 520, 500, PADDING), -20 - PADDING);
});

test("a picture that fits is centred", () => {
  assert.equal(panAround(0, 300, 500, PADDING, 10), 100);
  assert.equal(panAround(-300, 0, 500, PADDING, 10), 400);
});

test("a larger picture is shown around the point, without empty edges", () => {
  assert.equal(panAround(0, 2000, 500, PADDING, 1000), -750);
  assert.equal(panAround(0, 2000, 500, PADDING, 10), PADDING);
  assert.equal(panAround(0, 2000, 500, PADDING, 1990), 500 - PADDING - 2000);
});
