/* Answers requests as a frozen page does, for the tests in `tests/web/frozen/`: reads `kind`, the
 * stored `files` by name, `requests` as query strings, and for each the stored `fragments` by kind,
 * and writes the answers, all in JSON. */
import { readFileSync } from "node:fs";

const { kind, files, requests, fragments } = JSON.parse(readFileSync(0, "utf-8"));
const { [kind]: answer } = await import(`../../../assets/js/frozen/${kind}.js`);

/** @param {string} name */
const readFile = (name) => Promise.resolve(files[name] ?? null);

const answers = [];
for (const [place, request] of requests.entries()) {
  const fragment = (/** @type {string} */ needed) =>
    Promise.resolve(fragments[place]?.[needed] ?? null);
  const read = Object.assign(readFile, { fragment });
  answers.push(await answer(new URLSearchParams(request), read));
}
process.stdout.write(JSON.stringify(answers));
