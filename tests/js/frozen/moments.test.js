import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { momentIn, withAnswers } from "../../../assets/js/frozen/moments.js";

/** @param {string} version @param {string} top */
const edition = (version, top) => ({ version, since: 1, top });
const BOTH = { moment: {}, edition: edition("b", "port"), day: "" };
const EARLIER = { moment: { state: "before" }, edition: edition("e", "harbour"), day: "" };
const MOMENTS = [BOTH, EARLIER];

/** @param {string} query */
const found = (query) => momentIn(MOMENTS, new URLSearchParams(query));

test("the moment of some parameters is found among their others", () => {
  assert.equal(found("unit=locks&lang=fr"), BOTH);
  assert.equal(found("unit=locks&state=before&lang=fr"), EARLIER);
  assert.equal(found("state="), BOTH);
});

test("a moment that is not frozen is the default one", () => {
  assert.equal(found("state=after"), BOTH);
  assert.equal(found("state=before&at=2020-01-01"), BOTH);
});

test("on a day, the newest state is found that is not later", () => {
  /** @param {string} day @param {Record<string, string>} moment */
  const dated = (day, moment) => ({ moment, edition: edition(day, "port"), day });
  const [first, second, last] = ["2023-01-01", "2024-01-01", "2025-01-01"];
  const moments = [dated(last, {}), dated(first, { at: first }), dated(second, { at: second })];
  /** @param {string} query */
  const dayIn = (query) => momentIn(moments, new URLSearchParams(query)).day;
  assert.equal(dayIn("unit=locks"), last);
  assert.equal(dayIn("at=2024-01-01"), second);
  assert.equal(dayIn("at=2024-06-30"), second);
  assert.equal(dayIn("at=2030-01-01"), last);
  assert.equal(dayIn("at=2022-01-01"), last);
  assert.equal(dayIn("at=2024-06-30&before=2023-01-01"), last);
});

test("each moment has answers of its own, and names its edition", async () => {
  /** @type {string[]} */
  const loaded = [];
  const [both, earlier] = withAnswers(MOMENTS, (name) => {
    loaded.push(name);
    return Promise.resolve(new Response(new Uint8Array(gzipSync('{"leaves":[]}'))));
  });
  for (const { answers } of [both, earlier]) {
    await answers.file("words");
  }
  assert.deepEqual(loaded, ["b/index", "e/index"]);
  assert.equal(earlier.answers.top, "harbour");
  const response = await earlier.answers.response("version", new URLSearchParams());
  assert.deepEqual(await response?.json(), EARLIER.edition);
});
