/* Answers requests as a frozen page does, for the tests in `tests/web/frozen/`: reads `kind`, the
 * stored `files` by name, and `requests` as query strings, and writes the answers, all in JSON. */
import { readFileSync } from "node:fs";

const { kind, files, requests } = JSON.parse(readFileSync(0, "utf-8"));
const { [kind]: answer } = await import(`../../../assets/js/frozen/${kind}.js`);

/** @param {string} name */
const read = async (name) => files[name] ?? null;

const answers = [];
for (const request of requests) {
  answers.push(await answer(new URLSearchParams(request), read));
}
process.stdout.write(JSON.stringify(answers));
