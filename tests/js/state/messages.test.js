import assert from "node:assert/strict";
import { test } from "node:test";
import { messagesIn } from "../../../assets/js/state/messages.js";

const ENGLISH = {
  found: { one: "{count} unit: {name}", other: "{count} units" },
  hint: "Press {keys}",
};

test("values are filled in, as they are", () => {
  const message = messagesIn(ENGLISH, "en");
  assert.equal(message("hint", { keys: "$& <Ctrl>" }), "Press $& <Ctrl>");
});

test("the count chooses the plural form", () => {
  const message = messagesIn(ENGLISH, "en");
  assert.equal(message("found", { count: 1, name: "Aid" }), "1 unit: Aid");
  assert.equal(message("found", { count: 0 }), "0 units");
});

test("in French, zero is singular", () => {
  const message = messagesIn({ found: { one: "{count} unité", other: "{count} unités" } }, "fr");
  assert.deepEqual(
    [0, 1, 2].map((count) => message("found", { count })),
    ["0 unité", "1 unité", "2 unités"],
  );
});

test("a plural form that a language lacks is the general one", () => {
  const message = messagesIn({ found: { one: "{count} unidad", other: "{count} unidades" } }, "es");
  assert.equal(message("found", { count: 1_000_000 }), "1.000.000 unidades"); // "many"
});

test("numbers have the separators of the language", () => {
  const entries = { found: "{count}" };
  const numbers = ["en", "fr", "es"].map((language) =>
    messagesIn(entries, language)("found", { count: 12345 }).replace(/\s/u, "_"),
  );
  assert.deepEqual(numbers, ["12,345", "12_345", "12.345"]);
});
