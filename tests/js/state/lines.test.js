import assert from "node:assert/strict";
import { test } from "node:test";
import { shownReasons } from "../../../assets/js/state/lines.js";

const reasons = { kinds: ["advises", "reference", "reference"], notes: ["Advises", "Law", "Pact"] };

test("A line is drawn for the reasons whose kinds are not hidden", () => {
  assert.deepEqual(shownReasons(reasons, new Set()), reasons);
  assert.deepEqual(shownReasons(reasons, new Set(["advises"])), {
    kinds: ["reference", "reference"],
    notes: ["Law", "Pact"],
  });
});

test("A line without other reasons is left without any", () => {
  const hidden = new Set(["swatch", "advises", "reference"]);

  assert.deepEqual(shownReasons(reasons, hidden), { kinds: [], notes: [] });
});
