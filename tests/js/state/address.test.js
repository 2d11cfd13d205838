import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import {
  AddressWriter,
  dataAddress,
  linkOfPage,
  momentOf,
  readAddress,
} from "../../../assets/js/state/address.js";
import { keys, stateOf } from "../example.js";

/** @typedef {import("../../../assets/js/state/reducer.js").Action} Action */

describe("the address of the data files", () => {
  test("has the moment instead of the one before", () => {
    assert.equal(dataAddress("data/", { state: "before" }, false), "data/?state=before");
    const address = dataAddress("data/?lang=fr&state=before", { at: "2024-01-01" }, false);
    assert.equal(address, "data/?lang=fr&at=2024-01-01");
    assert.equal(dataAddress("data/?state=after", {}, false), "data/");
  });

  test("is that of another file in a frozen page", () => {
    const address = dataAddress("data/index.fr.html", { state: "before" }, true);
    assert.equal(address, "data/before-index.fr.html");
    const another = dataAddress(address, { at: "2024-01-01" }, true);
    assert.equal(another, "data/2024-01-01-index.fr.html");
    assert.equal(dataAddress(another, {}, true), "data/index.fr.html");
  });
});

describe("the parameters that addresses keep", () => {
  const page = { language: "fr", isEmbedded: false };
  const embed = { ...page, isEmbedded: true };

  test("are the language, if the page has it", () => {
    assert.equal(readAddress("?unit=aid&lang=FR-ca", page).languageOfAddress, "fr");
    const none = { languageOfAddress: "", embedParameters: [] };
    assert.deepEqual(readAddress("?lang=de", page), none);
    assert.deepEqual(readAddress("?unit=aid", page), none);
  });

  test("are the first language only", () => {
    assert.equal(readAddress("?lang=fr&lang=es", page).languageOfAddress, "fr");
  });

  test("are the moment, of which nothing is empty", () => {
    const parameters = { version: "a", at: "2023-01-01", before: "", state: "after" };
    assert.deepEqual(momentOf(parameters), { at: "2023-01-01", state: "after" });
  });

  test("are valid options of an embed", () => {
    const search = "?panel=0&theme=dark";
    assert.deepEqual(readAddress(search, page).embedParameters, []);
    assert.deepEqual(readAddress(search, embed).embedParameters, [
      ["panel", "0"],
      ["theme", "dark"],
    ]);
    assert.deepEqual(readAddress("?panel=1&theme=pink&constructor=1", embed).embedParameters, []);
  });
});

describe("a link in a fragment", () => {
  /** @type {[string, string][]} */
  const parameters = [
    ["at", "2023-01-01"],
    ["lang", "fr"],
  ];

  test("leads to the same day and language", () => {
    assert.equal(linkOfPage("?unit=a%2Fb", parameters), "?unit=a%2Fb&at=2023-01-01&lang=fr");
  });

  test("to a file leads to the same day, in the language that it has", () => {
    assert.equal(linkOfPage("data/", parameters), "data/?at=2023-01-01");
    const picture = "export/network.png?unit=aid&lang=es";
    assert.equal(linkOfPage(picture, parameters), `${picture}&at=2023-01-01`);
  });

  test("to anything else stays as it is, as do all on an ordinary page", () => {
    assert.equal(linkOfPage("https://a.example/data/", parameters), "https://a.example/data/");
    assert.equal(linkOfPage("#problems", parameters), "#problems");
    assert.equal(linkOfPage("?unit=aid", []), "?unit=aid");
  });
});

describe("the history", () => {
  /** @type {string[]} */
  let written;
  let state = stateOf();
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    written = [];
    state = stateOf();
  });
  afterEach(() => mock.timers.reset());

  const newWriter = (isEmbedded = false) =>
    new AddressWriter({
      write: (method, address) => written.push(`${method} ${address}`),
      addressOf: (shown) => `?${keys.parameters(shown)}`,
      current: () => state,
      isEmbedded,
    });

  /** Change the state and let a writer follow.
   * @param {AddressWriter} writer
   * @param {string} search - of the next state
   * @param {Partial<Action>} [action] */
  function go(writer, search, action) {
    const before = state;
    state = stateOf(search);
    writer.follow(state, { action: { type: "select", ...action }, before });
  }

  test("gets nothing at the start, and when the data has changed", () => {
    newWriter().follow(state);
    assert.deepEqual(written, []);
  });

  test("gets an entry for each address", () => {
    const writer = newWriter();
    go(writer, "?unit=aid");
    go(writer, "?unit=aid", { type: "theme" });
    go(writer, "?unit=aid&focus=staff");
    assert.deepEqual(written, ["pushState ?unit=aid", "pushState ?unit=aid&focus=staff"]);
  });

  test("gets no entry for a correction, in an embed, or for what it has restored", () => {
    go(newWriter(), "?unit=aid", { isCorrection: true });
    go(newWriter(true), "?unit=food");
    go(newWriter(), "?unit=staff", { type: "restore" });
    assert.deepEqual(written, ["replaceState ?unit=aid", "replaceState ?unit=food"]);
  });

  test("gets a query once the reader pauses", () => {
    const writer = newWriter();
    for (const q of ["v", "vi", "visa"]) {
      go(writer, `?q=${q}`, { type: "set", key: "q", isCorrection: true });
      mock.timers.tick(399);
    }
    assert.deepEqual(written, []);
    mock.timers.tick(1);
    assert.deepEqual(written, ["replaceState ?q=visa"]);
  });

  test("gets a pending query before the unit that ends it", () => {
    const writer = newWriter();
    go(writer, "?q=visa", { type: "set", key: "q", isCorrection: true });
    go(writer, "?unit=aid");
    mock.timers.tick(400);
    assert.deepEqual(written, ["replaceState ?q=visa", "pushState ?unit=aid"]);
  });

  test("gets no pending query after the reader has cleared the field or gone back", () => {
    const writer = newWriter();
    go(writer, "?q=visa", { type: "set", key: "q", isCorrection: true });
    go(writer, "", { type: "set", key: "q", isCorrection: true });
    go(writer, "?q=visa", { type: "set", key: "q", isCorrection: true });
    go(writer, "?unit=aid", { type: "restore" });
    mock.timers.tick(400);
    assert.deepEqual(written, ["replaceState ?"]);
  });
});
