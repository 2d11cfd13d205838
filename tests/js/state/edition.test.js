import assert from "node:assert/strict";
import { test } from "node:test";
import { isNewer } from "../../../assets/js/state/edition.js";

const shown = { version: "b", since: 20 };

test("an edition that was written later is newer", () => {
  assert.equal(isNewer({ version: "c", since: 30, top: "head" }, shown), true);
});

test("the same one, an older one and one of the same moment are not", () => {
  for (const edition of [
    { version: "b", since: 30 },
    { version: "a", since: 10 },
    { version: "c", since: 20 },
  ]) {
    assert.equal(isNewer({ ...edition, top: "head" }, shown), false);
  }
});
