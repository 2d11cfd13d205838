/* Builds libraries.js without what a sunburst never uses of plotly.js, a third of it. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Modules that others import, and that a sunburst without a mode bar calls in vain or never. */
const LEFT_OUT = [
  "components/legend/draw",
  "components/modebar/buttons",
  "components/modebar/manage",
  "components/selections/index",
  "plots/cartesian/graph_interact",
];
const SOURCES = /[\\/]plotly\.js[\\/]src[\\/](?<name>.+)\.js$/;
/** What an attribute is for, which only the documentation of plotly.js shows. */
const DESCRIPTION = /\n\s*description:\s*(\[[^[\]]*\]\s*\.join\('[^']*'\)|'([^'\\\n]|\\.)*'),?(?=\n)/g;

const file = (name) => fileURLToPath(new URL(name, import.meta.url));

const smaller = {
  name: "smaller",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^culori$/ }, () => ({ path: file("colours.js") }));
    onLoad({ filter: SOURCES }, async ({ path }) => {
      const name = SOURCES.exec(path).groups.name.replaceAll("\\", "/");
      const text = await readFile(LEFT_OUT.includes(name) ? file("left-out.js") : path, "utf8");
      return { contents: text.replace(DESCRIPTION, "") };
    });
  },
};

await build({
  entryPoints: [file("libraries.js")],
  outfile: file("../assets/bundle/libraries.js"),
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  define: { global: "window" },
  loader: { ".css": "empty" }, // of maps
  plugins: [smaller],
  logLevel: "error",
});
