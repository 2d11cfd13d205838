import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { reduce, visibleView } from "../../../assets/js/state/reducer.js";
import { keys, stateOf } from "../example.js";

/** @typedef {import("../../../assets/js/state/reducer.js").Action} Action */
/** @typedef {import("../../../assets/js/state/reducer.js").State} State */
/** @typedef {import("../../../assets/js/state/reducer.js").Surroundings} Surroundings */

/** @type {Surroundings} */
const WIDE = { keys, top: () => "head", read: stateOf, width: () => "wide", isEmbedded: false };
/** @type {Surroundings} */
const NARROW = { ...WIDE, width: () => "narrow" };
/** @type {Surroundings} */
const ROOMY = { ...WIDE, width: () => "roomy" };

/** Return what an action changes in a state.
 * @param {State} state
 * @param {Action} action
 * @param {Surroundings} [surroundings] */
function changed(state, action, surroundings = WIDE) {
  const next = reduce(state, action, surroundings);
  return Object.fromEntries(
    Object.entries(next).filter(
      ([key, value]) => value !== state[/** @type {keyof State} */ (key)],
    ),
  );
}

describe("selecting a unit", () => {
  test("ends the search and the connection", () => {
    const state = stateOf("?unit=aid&to=staff&q=food");
    assert.deepEqual(changed(state, { type: "select", unit: "food" }), {
      unit: "food",
      to: null,
      q: null,
    });
  });

  test("changes nothing if it is selected already", () => {
    const state = stateOf("?unit=aid");
    assert.equal(reduce(state, { type: "select", unit: "aid" }, WIDE), state);
  });

  test("keeps the connection if an alias is replaced", () => {
    const state = stateOf("?unit=AID&to=staff&q=food", { isChoosing: true });
    const action = { type: "select", unit: "aid", isCorrection: true };
    assert.deepEqual(changed(state, action), { unit: "aid" });
  });
});

describe("another size", () => {
  const bySize = { type: "set", key: "size", value: "budget" };

  test("leaves a group of what is smaller than something for its parent", () => {
    const state = stateOf("?focus=a%257Eb~<5&unit=a%257Eb~<5&size=staff");
    assert.deepEqual(changed(state, bySize), { focus: "a~b", size: "budget", unit: "a~b" });
    const atTop = stateOf("?focus=head~<5~1-9&unit=aid");
    assert.deepEqual(changed(atTop, bySize), { focus: null, size: "budget" });
    const written = stateOf("?focus=50%25~<5&size=staff");
    assert.deepEqual(changed(written, bySize), { focus: "50%", size: "budget" });
  });

  test("keeps any other focus", () => {
    for (const focus of ["aid", "head~type:Office", "head~1-9"]) {
      const state = stateOf(`?focus=${focus}`);
      assert.deepEqual(changed(state, bySize), { size: "budget" });
    }
  });
});

describe("while the second unit of a connection is being chosen", () => {
  const choosing = stateOf("?unit=aid&q=food", { isChoosing: true });

  test("selecting connects", () => {
    const expected = { to: "food", q: null, isChoosing: false };
    assert.deepEqual(changed(choosing, { type: "select", unit: "food" }), expected);
  });

  test("selecting selects if no unit is selected", () => {
    const state = stateOf("", { isChoosing: true });
    const expected = { unit: "food", isChoosing: false };
    assert.deepEqual(changed(state, { type: "select", unit: "food" }), expected);
  });

  test("a unit is not connected with itself", () => {
    assert.equal(reduce(choosing, { type: "select", unit: "aid" }, WIDE), choosing);
  });

  test("clearing the selection ends it", () => {
    const expected = { unit: null, q: null, isChoosing: false };
    assert.deepEqual(changed(choosing, { type: "select", unit: null }), expected);
  });

  test("clear and stop-choosing only end it", () => {
    for (const type of ["clear", "stop-choosing"]) {
      assert.deepEqual(changed(choosing, { type }), { isChoosing: false });
    }
  });

  test("connecting and going back in the history end it", () => {
    assert.equal(reduce(choosing, { type: "connect", unit: "food" }, WIDE).isChoosing, false);
    const action = { type: "restore", search: "?unit=aid&q=food" };
    assert.deepEqual(changed(choosing, action), { isChoosing: false });
  });

  test("focusing, deselecting and filtering do not", () => {
    for (const action of [
      { type: "focus", unit: "aid" },
      { type: "deselect" },
      { type: "toggle-in-list", key: "types", value: "office" },
    ]) {
      assert.equal(reduce(choosing, action, WIDE).isChoosing, true);
    }
  });

  test("it begins with start-choosing", () => {
    assert.deepEqual(changed(stateOf("?unit=aid"), { type: "start-choosing" }), {
      isChoosing: true,
    });
  });
});

describe("connecting", () => {
  test("connects with the selected unit", () => {
    const action = { type: "connect", unit: "staff" };
    assert.deepEqual(changed(stateOf("?unit=aid&q=s"), action), { to: "staff", q: null });
  });

  test("selects if no unit is selected", () => {
    assert.deepEqual(changed(stateOf(), { type: "connect", unit: "staff" }), { unit: "staff" });
  });

  test("of the selected unit with itself ends a connection", () => {
    const action = { type: "connect", unit: "aid", isCorrection: true };
    assert.deepEqual(changed(stateOf("?unit=aid&to=AID"), action), { to: null });
  });
});

describe("clearing", () => {
  test("goes step by step: the connection, the selection, the filters", () => {
    let state = stateOf("?unit=aid&to=staff&types=office&themes=visas");
    const steps = [{ to: null }, { unit: null }, { types: null, themes: null }, {}];
    for (const expected of steps) {
      assert.deepEqual(changed(state, { type: "clear" }), expected);
      state = reduce(state, { type: "clear" }, WIDE);
    }
  });

  test("the selection alone keeps the filters", () => {
    assert.deepEqual(changed(stateOf("?to=staff&unit=aid"), { type: "deselect" }), { to: null });
    assert.deepEqual(changed(stateOf("?types=office"), { type: "deselect" }), {});
  });

  test("the filters alone keeps the selection", () => {
    const state = stateOf("?unit=aid&types=office");
    assert.deepEqual(changed(state, { type: "clear-filters" }), { types: null });
  });
});

test("the top is the focus of an address without one", () => {
  assert.equal(changed(stateOf(), { type: "focus", unit: "aid" }).focus, "aid");
  assert.deepEqual(changed(stateOf("?focus=aid"), { type: "focus", unit: "head" }), {
    focus: null,
  });
});

test("a focus selects its unit, the top nothing", () => {
  const state = stateOf("?focus=aid&unit=staff");
  assert.deepEqual(changed(stateOf("?unit=staff"), { type: "focus", unit: "aid" }), {
    focus: "aid",
    unit: "aid",
  });
  assert.deepEqual(changed(state, { type: "focus", unit: "head" }), { focus: null, unit: null });
});

test("a focus keeps the selection of a connection, and what a correction did not ask for", () => {
  const connected = stateOf("?unit=staff&to=fire");
  assert.deepEqual(changed(connected, { type: "focus", unit: "aid" }), { focus: "aid" });
  const choosing = { ...stateOf("?unit=staff"), isChoosing: true };
  assert.deepEqual(changed(choosing, { type: "focus", unit: "aid" }), { focus: "aid" });
  const correction = { type: "focus", unit: "aid", isCorrection: true };
  assert.deepEqual(changed(stateOf("?unit=staff"), correction), { focus: "aid" });
});

describe("opening in place", () => {
  /** @param {?string} open @param {string} type @param {string} unit */
  const openAfter = (open, type, unit) => reduce(stateOf("", { open }), { type, unit }, WIDE).open;

  test("names what is opened, and what is closed after a hyphen", () => {
    assert.equal(openAfter(null, "open", "aid"), "aid");
    assert.equal(openAfter("aid", "open", "staff~1-9"), "aid;staff~1-9");
    assert.equal(openAfter("aid", "close", "staff"), "aid;-staff");
  });

  test("names nothing that is as it was", () => {
    assert.equal(openAfter("aid;staff", "close", "aid"), "staff");
    assert.equal(openAfter("-aid", "open", "aid"), null);
  });

  test("ends with another focus and with a connection, not with a correction of the focus", () => {
    const state = stateOf("?unit=staff&open=aid");
    const open = null;
    assert.deepEqual(changed(state, { type: "focus", unit: "aid" }), {
      focus: "aid",
      unit: "aid",
      open,
    });
    const connected = stateOf("?unit=staff&to=fire&open=aid");
    assert.deepEqual(changed(connected, { type: "focus", unit: "aid" }), { focus: "aid", open });
    assert.deepEqual(changed(state, { type: "connect", unit: "fire" }), { to: "fire", open });
    const choosing = stateOf("?unit=staff&open=aid", { isChoosing: true });
    const selecting = { type: "select", unit: "fire" };
    assert.deepEqual(changed(choosing, selecting), { to: "fire", isChoosing: false, open });
    const correction = { type: "focus", unit: "aid", isCorrection: true };
    assert.deepEqual(changed(state, correction), { focus: "aid" });
    assert.deepEqual(changed(state, { type: "select", unit: "fire" }), { unit: "fire" });
  });
});

test("the theme is set", () => {
  assert.deepEqual(changed(stateOf(), { type: "theme", theme: "dark" }), { theme: "dark" });
});

test("an address is restored as a whole", () => {
  const action = { type: "restore", search: "?unit=staff" };
  assert.deepEqual(reduce(stateOf("?unit=aid&types=office"), action, WIDE), stateOf("?unit=staff"));
});

test("keys are set, toggled and toggled in lists", () => {
  assert.deepEqual(changed(stateOf(), { type: "set", key: "q", value: "visa" }), { q: "visa" });
  const toggle = { type: "toggle", key: "links", value: "all" };
  assert.deepEqual(changed(stateOf(), toggle), { links: "all" });
  assert.deepEqual(changed(stateOf("?links=all"), toggle), { links: "selected" });
  const filter = { type: "toggle-in-list", key: "types", value: "unit" };
  assert.deepEqual(changed(stateOf("?types=office"), filter), { types: "office;unit" });
  assert.deepEqual(changed(stateOf("?types=unit"), filter), { types: null });
});

test("an unknown action is an error", () => {
  assert.throws(() => reduce(stateOf(), { type: "jump" }, WIDE), /Unknown action: jump/);
});

describe("the visible view", () => {
  test("is both diagrams in wide windows, else the sunburst", () => {
    assert.equal(visibleView(null, WIDE), "both");
    assert.equal(visibleView(null, ROOMY), "both");
    assert.equal(visibleView(null, { ...WIDE, width: () => "medium" }), "sunburst");
    assert.equal(visibleView(null, NARROW), "sunburst");
  });

  test("is the chosen one, but not both in narrow windows other than embeds", () => {
    assert.equal(visibleView("outline", NARROW), "outline");
    assert.equal(visibleView("both", NARROW), "sunburst");
    assert.equal(visibleView("both", { ...NARROW, isEmbedded: true }), "both");
  });
});

describe("what needs room", () => {
  const radial = { type: "set", key: "layout", value: "radial" };
  const references = { type: "toggle", key: "references", value: "shown" };

  test("shows the network alone where both diagrams are cramped", () => {
    assert.deepEqual(changed(stateOf(), radial), { layout: "radial", view: "network" });
    assert.deepEqual(changed(stateOf(), references), { references: "shown", view: "network" });
  });

  test("changes no view in large windows, or where one diagram is visible", () => {
    assert.deepEqual(changed(stateOf(), radial, ROOMY), { layout: "radial" });
    assert.deepEqual(changed(stateOf("?view=sunburst"), references), { references: "shown" });
  });

  test("lets the reader return to both", () => {
    const state = stateOf("?layout=radial&view=network");
    assert.deepEqual(changed(state, { type: "set", key: "view", value: "both" }), { view: "both" });
  });
});
