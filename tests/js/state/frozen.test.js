import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { limitsOf } from "../../../assets/js/state/frozen.js";
import { reduce } from "../../../assets/js/state/reducer.js";
import { keys, stateOf } from "../example.js";

/** @typedef {import("../../../assets/js/state/reducer.js").Action} Action */

/** Return the state of a frozen page after an action.
 * @param {string} frozen @param {string} search @param {Action} action */
const after = (frozen, search, action) =>
  reduce({ ...stateOf(search), size: null, colour: null }, action, {
    keys,
    top: () => "head",
    read: stateOf,
    width: () => "wide",
    isEmbedded: false,
    limits: limitsOf(frozen),
  });

test("a served page has no limits", () => {
  assert.equal(limitsOf(undefined), null);
});

describe("where boxes are opened in place", () => {
  test("those around a box that is opened stay open, and others are closed", () => {
    const action = { type: "open", unit: "food", above: ["aid", "head"] };
    assert.equal(after("opens", "?open=aid;staff", action).open, "aid;food");
  });

  test("closing a box leaves those around it open", () => {
    const action = { type: "close", unit: "food" };
    assert.equal(after("opens", "?open=aid;food;water", action).open, "aid");
  });

  test("a box that is open by default is closed alone, and opened again", () => {
    const closed = after("opens", "?open=aid", { type: "close", unit: "staff" });
    assert.equal(closed.open, "-staff");
    const opened = after("opens", "?open=-staff", { type: "open", unit: "staff", above: [] });
    assert.equal(opened.open, null);
  });
});

test("elsewhere a box that is opened becomes the focus", () => {
  const { focus, unit, open } = after("", "", { type: "open", unit: "aid", above: ["head"] });
  assert.deepEqual({ focus, unit, open }, { focus: "aid", unit: "aid", open: null });
});

test("a size resets the colour and what is opened, and a colour the size", () => {
  const sized = after("opens", "?open=aid", { type: "set", key: "size", value: "units" });
  assert.deepEqual([sized.size, sized.colour, sized.open], ["units", null, null]);
  const coloured = reduce(
    { ...sized },
    { type: "set", key: "colour", value: "type" },
    {
      keys,
      top: () => "head",
      read: stateOf,
      width: () => "wide",
      isEmbedded: false,
      limits: limitsOf("opens"),
    },
  );
  assert.deepEqual([coloured.size, coloured.colour], [null, "type"]);
});
