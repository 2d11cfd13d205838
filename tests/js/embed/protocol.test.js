import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowed, isCommand, targetOrigins } from "../../../assets/js/embed/protocol.js";

const OWN = "https://remit.example";
const HOST = "https://intranet.example";
const ANY = { own: OWN, allowed: ["*"] };
const NONE = { own: OWN, allowed: [] };
const LISTED = { own: OWN, allowed: [HOST, "https://other.example"] };

test("select and focus with a unit or null are commands", () => {
  assert.ok(isCommand({ remit: 1, type: "select", unit: "aid" }));
  assert.ok(isCommand({ unit: null, type: "focus", remit: 1 }));
  assert.ok(isCommand({ remit: 1, type: "select", unit: "x".repeat(1000) }));
});

test("nothing else is one", () => {
  const good = { remit: 1, type: "select", unit: "aid" };
  for (const data of [
    null,
    undefined,
    "select",
    7,
    [],
    [1, "select", "aid"],
    {},
    { ...good, remit: 2 },
    { ...good, remit: "1" },
    { ...good, type: "ready" },
    { ...good, type: "restore" },
    { ...good, type: ["select"] },
    { ...good, unit: "" },
    { ...good, unit: 7 },
    { ...good, unit: undefined },
    { ...good, unit: ["aid"] },
    { ...good, unit: { toString: () => "aid" } },
    { ...good, unit: Object("aid") },
    { ...good, unit: "x".repeat(1001) },
    { ...good, more: true },
    { remit: 1, type: "select" },
    Object.assign(Object.create(good), good),
    Object.assign([], good),
    Object.assign(new Date(), good),
    Object.assign(new Error("select"), good),
    new Map(Object.entries(good)),
    JSON.parse('{"__proto__": {"unit": "aid"}, "remit": 1, "type": "select"}'),
  ]) {
    assert.equal(isCommand(data), false, JSON.stringify(data));
  }
});

test("messages are accepted from the page's own origin and from allowed ones", () => {
  assert.deepEqual(
    [OWN, HOST, "null"].map((origin) => isAllowed(NONE, origin)),
    [true, false, false],
  );
  assert.deepEqual(
    [OWN, HOST].map((origin) => isAllowed(LISTED, origin)),
    [true, true],
  );
  assert.equal(isAllowed(LISTED, `${HOST}.evil.example`), false);
  assert.equal(isAllowed(ANY, "null"), true);
});

test("a public page posts to any host, others to the host alone if it is allowed", () => {
  assert.deepEqual(targetOrigins(ANY, HOST), ["*"]);
  assert.deepEqual(targetOrigins(LISTED, HOST), [HOST]);
  assert.deepEqual(targetOrigins(LISTED, "https://evil.example"), []);
  assert.deepEqual(targetOrigins(NONE, OWN), [OWN]);
});

test("where the browser does not reveal the host, it posts to all that are allowed", () => {
  assert.deepEqual(targetOrigins(LISTED), [OWN, ...LISTED.allowed]);
});
