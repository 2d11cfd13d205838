import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, foldText, Tokenizer } from "../../../assets/js/frozen/tokens.js";

const tokenizer = new Tokenizer(60, "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff");

test("folded text has neither case, accents nor punctuation", () => {
  assert.equal(foldText("  Brûlé — BRIGADE (Straße, ΟΔΟΣ) "), "brule brigade strasse οδοσ");
  assert.equal(foldText("Kılıç"), "kılıc");
  assert.equal(foldText("½ km²"), "1 2 km2");
});

test("a token is a word with its place", () => {
  assert.deepEqual(tokenizer.tokens("a 🚒 Éclair"), [
    { word: "a", start: 0, end: 1 },
    { word: "eclair", start: 5, end: 11 },
  ]);
});

test("scripts without spaces are cut into pairs of characters", () => {
  assert.deepEqual(tokenizer.words("税務課ABC係"), ["税務", "務課", "課", "abc", "係"]);
});

test("each word of a sign has the place of the sign", () => {
  assert.deepEqual(tokenizer.tokens("x½"), [
    { word: "x1", start: 0, end: 2 },
    { word: "2", start: 1, end: 2 },
  ]);
});

test("long words and texts are cut between characters", () => {
  assert.deepEqual(tokenizer.words("x".repeat(99)), ["x".repeat(60)]);
  assert.equal(begin("🚒🚒🚒", 2), "🚒🚒");
});
