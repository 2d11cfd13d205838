import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../assets/js/state/store.js";
import { stateOf } from "../example.js";

/** @typedef {import("../../../assets/js/state/store.js").Follower} Follower */

/** A store whose only action sets the selected unit. */
const newStore = () =>
  new Store((state, { unit = null }) => (unit === state.unit ? state : { ...state, unit }));

test("a store that has not been started has no state", () => {
  assert.throws(() => newStore().current, /not been started/);
});

test("followers are called in their order, at the start and after each change", () => {
  const store = newStore();
  /** @type {string[]} */
  const calls = [];
  const names = ["first", "second"];
  store.start(
    stateOf("?unit=aid"),
    names.map((name) => ({ unit }, change) => {
      calls.push(`${name}: ${unit}, before ${change?.before.unit}`);
    }),
  );
  store.dispatch({ type: "select", unit: "food" });
  store.dispatch({ type: "select", unit: "food" }); // changes nothing
  assert.deepEqual(calls, [
    "first: aid, before undefined",
    "second: aid, before undefined",
    "first: food, before aid",
    "second: food, before aid",
  ]);
});

test("a follower that dispatches lets the ones after it see the newest state only", () => {
  const store = newStore();
  /** @type {string[]} */
  const calls = [];
  /** @type {(name: string) => Follower} */
  const noting = (name) => (state) => {
    calls.push(`${name}: ${state.unit}`);
  };
  /** @type {Follower} */
  const correcting = ({ unit }) => {
    if (unit === "FOOD") {
      store.dispatch({ type: "select", unit: "food", isCorrection: true });
    }
  };
  store.start(stateOf(), [noting("before"), correcting, noting("after")]);
  calls.length = 0;
  store.dispatch({ type: "select", unit: "FOOD" });
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
