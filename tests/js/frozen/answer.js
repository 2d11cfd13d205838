/* Answers requests as a frozen page does, for the tests in `tests/web/frozen/`: reads `kind`, the
 * stored `files` by name, the contents of `fragments` by kind and parameters, and `requests` as query
 * strings, and writes the answers, all in JSON. */
import { readFileSync } from "node:fs";

const { kind, files, fragments, requests } = JSON.parse(readFileSync(0, "utf-8"));
const { [kind]: answer } = await import(`../../../assets/js/frozen/${kind}.js`);
const KEYS = ["unit", "lang", "room", "layout", "sort"]; // as in `fragment_key`

const read = Object.assign((/** @type {string} */ name) => Promise.resolve(files[name] ?? null), {
  /** @param {string} needed @param {URLSearchParams} parameters */
  fragment: (needed, parameters) => {
    const values = KEYS.map((key) => parameters.get(key) ?? "");
    return Promise.resolve(fragments[[needed, ...values].join(" ")] ?? null);
  },
});

const answers = [];
for (const request of requests) {
  answers.push(await answer(new URLSearchParams(request), read));
}
process.stdout.write(JSON.stringify(answers));
