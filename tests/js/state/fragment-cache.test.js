import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { EditionGone, FragmentCache, isNewer } from "../../../assets/js/state/fragment-cache.js";

/** @typedef {import("../../../assets/js/state/fragment-cache.js").Edition} Edition */

const NEWER = { version: "v2", since: 2, top: "head" };
const ATTEMPTS = 20;

/** @type {{address: string, signal?: AbortSignal|null}[]} */
let requests;
let version = "v1";
/** @type {(address: string) => Response} */
let answer;

/** @param {unknown} content @param {number} [status] */
const response = (content, status = 200) => new Response(JSON.stringify(content), { status });

const cache = () =>
  new FragmentCache({
    fetch: (address, options) => {
      requests.push({ address: String(address), signal: options?.signal });
      return new Promise((resolve) => resolve(answer(String(address))));
    },
    pageParameters: (kind) => ({
      lang: "fr",
      at: "2023-01-01",
      ...(kind === "network" ? { room: "170" } : {}),
    }),
    version: () => version,
  });

/** Wait for all pending promises. */
const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Let all pending promises and one pause go on. */
async function pass() {
  await settled();
  mock.timers.tick(500);
}

beforeEach(() => {
  requests = [];
  version = "v1";
  answer = () => response({ unit: "aid", focus: "head", content: ["x"] });
});

describe("a fragment", () => {
  test("has the parameters of its kind", async () => {
    await cache().get({ kind: "network", unit: "a~1-9" });
    assert.equal(
      requests[0].address,
      "fragments/v1/network.json?unit=a%7E1-9&lang=fr&at=2023-01-01&room=170",
    );
  });

  test("is fetched from an address with edition, kind, unit and language", async () => {
    const fragment = await cache().get({
      kind: "panel",
      unit: "a/b?",
      parameters: { by: "themes" },
    });
    assert.equal(
      requests[0].address,
      "fragments/v1/panel.json?unit=a%2Fb%3F&lang=fr&at=2023-01-01&by=themes",
    );
    const { known, text, ...others } = fragment;
    assert.deepEqual(others, { version: "v1", unit: "aid", focus: "head", content: ["x"] });
    assert.equal(known, true);
    assert.equal(text, JSON.stringify({ unit: "aid", focus: "head", content: ["x"] }));
  });

  test("of an unknown unit is not known, but has content", async () => {
    answer = () => response({ content: "unknown" }, 404);
    const { known, content } = await cache().get({ kind: "panel", unit: "nobody" });
    assert.deepEqual([known, content], [false, "unknown"]);
  });

  test("is fetched once, also if two ask for it at the same time", async () => {
    const fragments = cache();
    assert.equal(fragments.has({ kind: "panel", unit: "aid" }), false);
    const [one, other] = [
      fragments.get({ kind: "panel", unit: "aid" }),
      fragments.get({ kind: "panel", unit: "aid" }),
    ];
    assert.equal(fragments.has({ kind: "panel", unit: "aid" }), true);
    assert.equal(await one, await other);
    assert.equal(requests.length, 1);
  });

  test("is another one with other parameters or of another edition", async () => {
    const fragments = cache();
    await fragments.get({ kind: "matrix", unit: "aid", parameters: { by: "themes" } });
    await fragments.get({ kind: "matrix", unit: "aid", parameters: { by: "references" } });
    await fragments.get({ kind: "matrix", unit: "aid", parameters: { by: "themes" } }, "v2");
    assert.equal(requests.length, 3);
    assert.equal(
      fragments.has({ kind: "matrix", unit: "aid", parameters: { by: "themes" } }, "v2"),
      true,
    );
    assert.equal(fragments.has({ kind: "matrix", unit: "aid" }), false);
  });

  test("that could not be fetched is requested again", async () => {
    const fragments = cache();
    answer = () => {
      throw new TypeError("no connection");
    };
    await assert.rejects(fragments.get({ kind: "panel", unit: "aid" }), /no connection/);
    assert.equal(fragments.has({ kind: "panel", unit: "aid" }), false);
    answer = () => response({ unit: "aid" });
    assert.equal((await fragments.get({ kind: "panel", unit: "aid" })).unit, "aid");
  });

  test("that is no JSON is requested again", async () => {
    const fragments = cache();
    answer = () => new Response("<html>", { status: 502 });
    await assert.rejects(fragments.get({ kind: "panel", unit: "aid" }), SyntaxError);
    assert.equal(fragments.has({ kind: "panel", unit: "aid" }), false);
  });

  test("that has arrived is there without waiting, in its edition", async () => {
    const fragments = cache();
    const request = { kind: "panel", unit: "aid" };
    const promise = fragments.get(request);
    assert.equal(fragments.arrived(request), null);
    assert.equal(await promise, fragments.arrived(request));
    version = "v2";
    assert.equal(fragments.arrived(request), null);
  });
});

test("of 401 fragments the oldest is forgotten", async () => {
  const fragments = cache();
  for (let unit = 0; unit <= 400; unit += 1) {
    await fragments.get({ kind: "panel", unit: String(unit) });
  }
  assert.equal(fragments.has({ kind: "panel", unit: "0" }), false);
  assert.equal(fragments.has({ kind: "panel", unit: "1" }), true);
  assert.equal(fragments.has({ kind: "panel", unit: "400" }), true);
});

describe("an edition that the server does not have", () => {
  /** @type {[edition: Edition, isForced: boolean][]} */
  let offered;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    offered = [];
    answer = () => response(NEWER, 410);
  });
  afterEach(() => mock.timers.reset());

  /** @param {(edition: Edition, isForced: boolean) => boolean} accepts */
  function offering(accepts) {
    const fragments = cache();
    fragments.acceptEdition = (edition, isForced) => {
      offered.push([edition, isForced]);
      return accepts(edition, isForced);
    };
    return fragments;
  }

  test("is replaced by a newer one at once", async () => {
    await assert.rejects(offering(() => true).get({ kind: "panel", unit: "aid" }), EditionGone);
    assert.deepEqual(offered, [[NEWER, false]]);
    assert.equal(requests.length, 1);
  });

  test("is asked for again where a process lags", async () => {
    let failures = 2;
    answer = () => {
      failures -= 1;
      return failures < 0 ? response({ unit: "aid" }) : response(NEWER, 410);
    };
    const fragment = offering(() => false).get({ kind: "panel", unit: "aid" });
    await pass();
    await pass();
    assert.equal((await fragment).unit, "aid");
    assert.equal(requests.length, 3);
  });

  test("is replaced by an older one in the end", async () => {
    const fragment = offering((_, isForced) => isForced).get({ kind: "panel", unit: "aid" });
    fragment.catch(() => {});
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      await pass();
    }
    await assert.rejects(fragment, EditionGone);
    assert.equal(requests.length, ATTEMPTS);
    assert.deepEqual(offered.at(-1), [NEWER, true]);
  });

  test("that the page no longer shows is not asked for again", async () => {
    const fragment = offering(() => false).get({ kind: "panel", unit: "aid" });
    version = "v2";
    await assert.rejects(fragment, EditionGone);
    assert.deepEqual(offered, []);
  });
});

test("a request can be aborted", async () => {
  const { signal } = new AbortController();
  answer = () => response([]);
  await cache().fetchFromEdition("search?q=visa", "v1", { signal });
  assert.deepEqual(requests, [{ address: "search?q=visa", signal }]);
});

describe("an edition", () => {
  const shown = { version: "b", since: 20 };

  test("that was written later is newer", () => {
    assert.equal(isNewer({ version: "c", since: 30, top: "head" }, shown), true);
  });

  test("the same one, an older one and one of the same moment are not newer", () => {
    for (const edition of [
      { version: "b", since: 30 },
      { version: "a", since: 10 },
      { version: "c", since: 20 },
    ]) {
      assert.equal(isNewer({ ...edition, top: "head" }, shown), false);
    }
  });
});
