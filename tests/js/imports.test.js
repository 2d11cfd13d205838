/* The scripts import in one direction, and private parts of libraries stay in their adapters. The
 * linter finds import cycles within a folder. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../../assets/js/", import.meta.url);
/** Folders and entry, lowest first: a module imports from its own folder and from those before. */
const LAYERS = ["state", "page", "diagrams", "parts", "embed", "main.js", "frozen"];
const BROWSER = /\b(window|document|navigator|location|history|localStorage|\w*Element|Node)\b/;
const OLD_GLOBAL = /\bwindow\s*\.\s*remit\b|\bremit\s*\./;
/** Per adapter: the names that belong to one version of its library. */
const PRIVATE_NAMES = {
  "page/dash.js": /\b(dash_clientside|set_props|no_update|DashRenderer|React|ReactDOM)\b/,
  "diagrams/plotly.js": /\b(Plotly|__data__|calcdata|rpx[01])\b/,
  "diagrams/cytoscape.js": /\b_cyreg\b/,
};
const ANY_PRIVATE_PROPERTY = /\._\w+/;

/** The text of each module by its path. */
const modules = new Map(
  readdirSync(ROOT, { recursive: true, encoding: "utf-8" })
    .filter((path) => path.endsWith(".js"))
    .map((path) => [path, readFileSync(new URL(path, ROOT), "utf-8")]),
);

/** @param {string} path */
const layerOf = (path) => LAYERS.indexOf(path.split("/")[0]);

/**
 * Return the modules that a module imports, also those of which JSDoc imports types.
 * @param {string} path
 * @param {string} text
 */
const importsOf = (path, text) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, imported]) =>
    posix.join(posix.dirname(path), imported),
  );

/** @param {string} text */
const withoutComments = (text) =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");

/**
 * Return the modules whose code matches.
 * @param {RegExp} pattern
 */
const modulesWith = (pattern) =>
  [...modules].filter(([, text]) => pattern.test(withoutComments(text))).map(([path]) => path);

test("every module is in a known folder", () => {
  assert.deepEqual(
    [...modules.keys()].filter((path) => layerOf(path) < 0),
    [],
  );
});

test("imports run downwards", () => {
  const upwards = [...modules].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter((imported) => !modules.has(imported) || layerOf(imported) > layerOf(path))
      .map((imported) => `${path} imports ${imported}`),
  );
  assert.deepEqual(upwards, []);
});

test("the state does without the browser", () => {
  assert.deepEqual(
    modulesWith(BROWSER).filter((path) => path.startsWith("state/")),
    [],
  );
});

test("nothing is shared by a global", () => {
  assert.deepEqual(modulesWith(OLD_GLOBAL), []);
});

for (const [adapter, names] of Object.entries(PRIVATE_NAMES)) {
  test(`only ${adapter} names the private parts of its library`, () => {
    assert.deepEqual(
      modulesWith(names).filter((path) => path !== adapter),
      [],
    );
  });
}

test("only adapters use properties that begin with an underscore", () => {
  assert.deepEqual(
    modulesWith(ANY_PRIVATE_PROPERTY).filter((path) => !(path in PRIVATE_NAMES)),
    [],
  );
});
