import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Store } from "../../../assets/js/state/store.js";
import { stateOf } from "../example.js";

/** @typedef {import("../../../assets/js/state/store.js").Follower} Follower */

/** Called after the next frame.
 * @type {(() => void)[]} */
let waiting = [];

beforeEach(() => {
  waiting = [];
});

const paintFrame = () => waiting.splice(0).forEach((callback) => callback());

/** A store whose actions select a unit, or focus one. */
const newStore = () =>
  new Store(
    (state, { type, unit = null }) => {
      const key = type === "focus" ? "focus" : "unit";
      return unit === state[key] ? state : { ...state, [key]: unit };
    },
    (callback) => waiting.push(callback),
  );

/** @param {string[]} calls
 * @returns {(name: string) => Follower} */
const notingIn = (calls) => (name) => (state, change) => {
  calls.push(`${name}: ${state.unit} in ${state.focus}, before ${change?.before.unit}`);
};

test("a store that has not been started has no state", () => {
  assert.throws(() => newStore().current, /not been started/);
});

test("followers are called in their order, at the start and after each change", () => {
  const store = newStore();
  /** @type {string[]} */
  const calls = [];
  store.start(stateOf("?unit=aid"), ["first", "second"].map(notingIn(calls)));
  store.dispatch({ type: "focus", unit: "food" });
  store.dispatch({ type: "focus", unit: "food" }); // changes nothing
  assert.deepEqual(calls, [
    "first: aid in null, before undefined",
    "second: aid in null, before undefined",
    "first: aid in food, before aid",
    "second: aid in food, before aid",
  ]);
});

describe("after a selection", () => {
  /** @type {string[]} */
  let calls;
  /** @type {Store} */
  let store;
  beforeEach(() => {
    calls = [];
    store = newStore();
    const followers = ["address", "panel", "outline"].map(notingIn(calls));
    store.start(stateOf("?unit=aid"), followers, [followers[1]]);
    calls.length = 0;
    store.dispatch({ type: "select", unit: "food" });
  });

  test("prompt followers are called at once, the others after the next frame", () => {
    assert.deepEqual(calls, ["panel: food in null, before aid"]);
    paintFrame();
    assert.deepEqual(calls.slice(1), [
      "address: food in null, before aid",
      "outline: food in null, before aid",
    ]);
  });

  test("the others are called before another change, and once", () => {
    store.dispatch({ type: "select", unit: "law" });
    assert.deepEqual(calls.slice(1), [
      "address: food in null, before aid",
      "outline: food in null, before aid",
      "panel: law in null, before food",
    ]);
    calls.length = 0;
    paintFrame();
    assert.deepEqual(calls, [
      "address: law in null, before food",
      "outline: law in null, before food",
    ]);
  });

  test("a refresh calls the others, and then all again", () => {
    store.refresh();
    paintFrame();
    assert.deepEqual(
      calls.slice(1).map((call) => call.replace(" food in null,", "")),
      [
        "address: before aid",
        "outline: before aid",
        "address: before undefined",
        "panel: before undefined",
        "outline: before undefined",
      ],
    );
  });
});

test("a follower that dispatches lets the ones after it see the newest state only", () => {
  const store = newStore();
  /** @type {string[]} */
  const calls = [];
  /** @type {(name: string) => Follower} */
  const noting = (name) => (state) => {
    calls.push(`${name}: ${state.focus}`);
  };
  /** @type {Follower} */
  const correcting = ({ focus }) => {
    if (focus === "FOOD") {
      store.dispatch({ type: "focus", unit: "food", isCorrection: true });
    }
  };
  store.start(stateOf(), [noting("before"), correcting, noting("after")]);
  calls.length = 0;
  store.dispatch({ type: "focus", unit: "FOOD" });
  assert.deepEqual(calls, ["before: FOOD", "before: food", "after: food", "after: food"]);
});

test("a refresh calls all followers with an equal state", () => {
  const store = newStore();
  /** @type {unknown[]} */
  const seen = [];
  const state = stateOf("?unit=aid");
  store.start(state, [
    (now, change) => {
      seen.push(now, change);
    },
  ]);
  store.refresh();
  assert.deepEqual(seen, [state, undefined, state, undefined]);
  assert.notEqual(store.current, state);
});
