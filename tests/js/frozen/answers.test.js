import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Answers } from "../../../assets/js/frozen/answers.js";
import { Packs } from "../../../assets/js/frozen/packs.js";

/** Return a pack with the texts of records, by key and variant.
 * @param {Record<string, Record<string, string|[string, string]>>} contents */
function packOf(contents) {
  /** @type {string[]} */
  const pieces = [];
  /** @type {string[]} */
  const variants = [];
  const numberOf = (/** @type {string} */ text) => pieces.push(text);
  /** @type {Record<string, (number|number[])[]>} */
  const records = {};
  for (const [key, answers] of Object.entries(contents)) {
    records[key] = [];
    for (const [variant, content] of Object.entries(answers)) {
      const place = variants.includes(variant)
        ? variants.indexOf(variant)
        : variants.push(variant) - 1;
      records[key][place] = Array.isArray(content) ? content.map(numberOf) : numberOf(content);
    }
    records[key] = Array.from(records[key], (number) => number || 0);
  }
  const texts = pieces.map((_, number) => `${number} *`);
  return [JSON.stringify({ variants, records, texts, base: 0 }), ...pieces].join("\n");
}

const EDITION = { version: "a", since: 1, top: "head" };
const FILES = new Map([
  [
    "index",
    JSON.stringify({
      keys: { panel: [], network: ["room", "colour"], covering: [], overview: [], unknown: [] },
      parts: { network: ["", ["colour"]] },
      values: { room: ["235", "135"], colour: ["", "type"] },
      languages: ["es", "fr"],
      leaves: ["covering:head\ntype\nOffice", "open:head\naid"],
    }),
  ],
  [
    "keys-0",
    JSON.stringify({
      "covering:head\ntype\nOffice": 0,
      "file:words": 0,
      "name:first aid": "unit:aid",
    }),
  ],
  [
    "keys-1",
    JSON.stringify({
      "open:head\naid": 1,
      "organization:": 0,
      "unit:aid": 1,
      "unit:head": 1,
      "unit:head\n\ntype": 0,
      "unit:head~<5": 1,
    }),
  ],
  [
    "0",
    packOf({
      "covering:head\ntype\nOffice": { "covering\nen": '"offices"' },
      "file:words": { "": '{"ü":"𝄞"}' },
      "organization:": { "overview\nen": '"all"', "unknown\nen": '"unknown"' },
      "unit:head\n\ntype": { "network\nen\n\ntype": '"by type"' },
    }),
  ],
  [
    "1",
    packOf({
      "open:head\naid": { "network\nen\n\n": '"opened"' },
      "unit:aid": { "panel\nen": ['"aid"', "head"] },
      "unit:head": {
        "panel\nen": '"head"',
        "panel\nes fr": '"\ufdd0la cabeza\ufdd1la tête\ufdd2, \ufdd0\ufdd1bien\ufdd2"',
        "network\nen\n\n": '"network"',
        "network\nen\n135\n": '"small"',
      },
      "unit:head~<5": { "network\nen\n135\n": '"fewer than five"' },
    }),
  ],
]);
/** @type {string[]} */
const loaded = [];

const packs = () =>
  new Packs((name) => {
    loaded.push(name);
    return Promise.resolve(new Response(gzipSync(FILES.get(name) || "")));
  });

/** Return what is answered to a request, as JSON.
 * @param {string} address */
async function answerTo(address) {
  const [path, query] = address.split("?");
  const response = await new Answers(packs(), EDITION).response(path, new URLSearchParams(query));
  return response && { status: response.status, ...(await response.json()) };
}

/** @param {string} query @param {string} [kind] */
const fragment = (query, kind = "network") => answerTo(`fragments/v/${kind}.json?lang=en&${query}`);

describe("a fragment", () => {
  test("of a unit is found in its pack", async () => {
    const expected = { status: 200, unit: "head", focus: "head", content: "network" };
    assert.deepEqual(await fragment("unit=head"), expected);
  });

  test("is in all languages at once, of which the page has one", async () => {
    const contents = ["es", "fr", "en"].map(async (language) => {
      const answer = await answerTo(`fragments/v/panel.json?unit=head&lang=${language}`);
      return answer?.content;
    });
    const expected = ["la cabeza, ", "la tête, bien", "head"];
    assert.deepEqual(await Promise.all(contents), expected);
  });

  test("depends on its parameters, of which others count as absent", async () => {
    assert.equal((await fragment("unit=head&room=135"))?.content, "small");
    assert.equal((await fragment("unit=head&room=900x680&sort=size"))?.content, "network");
  });

  test("of a part of the answers is in a record of its own", async () => {
    assert.equal((await fragment("unit=head&colour=type"))?.content, "by type");
  });

  test("of what is opened is in one too, or else shows the default", async () => {
    assert.equal((await fragment("unit=head&open=aid"))?.content, "opened");
    assert.equal((await fragment("unit=head&open=aid;food"))?.content, "network");
  });

  test("of a column of the matrix names it", async () => {
    const { content } = (await fragment("unit=head&by=type&column=Office", "covering")) || {};
    assert.equal(content, "offices");
  });

  test("names the focus in which a unit is visible", async () => {
    const expected = { status: 200, unit: "aid", focus: "head", content: "aid" };
    assert.deepEqual(await fragment("unit=aid", "panel"), expected);
  });

  test("of the diagrams of a unit without parts is that of this focus", async () => {
    assert.deepEqual(await fragment("unit=aid"), {
      status: 200,
      unit: "head",
      focus: "head",
      content: "network",
    });
  });

  test("of a group of small units is that of their parent where they are small by something else", async () => {
    assert.equal((await fragment("unit=head~<5&room=135"))?.content, "fewer than five");
    assert.deepEqual(await fragment("unit=head~<5"), {
      status: 200,
      unit: "head",
      focus: "head",
      content: "network",
    });
  });

  test("is found by another name of the unit", async () => {
    assert.equal((await fragment("unit=First%20%20AID", "panel"))?.unit, "aid");
  });

  test("of the organization is the same for all units", async () => {
    assert.equal((await fragment("unit=aid", "overview"))?.content, "all");
  });

  test("of an unknown unit says so", async () => {
    const expected = { status: 404, nearest: [], content: "unknown" };
    assert.deepEqual(await fragment("unit=none"), expected);
    assert.deepEqual(await fragment("unit=__proto__"), expected);
  });
});

test("files are found by their name", async () => {
  assert.deepEqual(await answerTo("words"), { status: 200, ü: "𝄞" });
  assert.equal(await answerTo("other"), null);
});

test("a text is made of pieces, also of those of the base of its pack", async () => {
  const index = { keys: {}, parts: {}, values: {}, leaves: ["file:a"] };
  const about = { variants: ["x"], base: 0 };
  const base = { ...about, records: { "file:a": [1] }, texts: ["0 3*"] };
  const other = { ...about, records: { "file:b": [2] }, texts: ["3 *", "4 =+1;*2=-3;"], base: 1 };
  const files = new Map([
    ["index", JSON.stringify(index)],
    ["keys-0", JSON.stringify({ "file:a": 4, "file:b": 5 })],
    ["4", [JSON.stringify(base), "a", "b", "c"].join("\n")],
    ["5", [JSON.stringify(other), "d", "e"].join("\n")],
  ]);
  const load = (/** @type {string} */ name) =>
    Promise.resolve(new Response(gzipSync(files.get(name) || "")));
  const textOf = async (/** @type {string} */ key) =>
    (await new Packs(load).record(key))?.answer("x")?.content;
  assert.equal(await textOf("file:a"), "abc");
  assert.equal(await textOf("file:b"), "acedec");
});

test("each file is loaded once", async () => {
  loaded.length = 0;
  const answers = new Answers(packs(), EDITION);
  const ask = () => answers.content("network", new URLSearchParams("unit=head&lang=en"));
  assert.deepEqual(await Promise.all([ask(), ask()]), ["network", "network"]);
  assert.deepEqual(loaded.toSorted(), [...new Set(loaded)].toSorted());
});
