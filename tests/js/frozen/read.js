/* Answers requests from the packs of a frozen folder, for `tests/web/frozen/test_freezing.py`: reads
 * the `folder` of the packs, the id of the unit at the `top`, and `requests` as pairs of the kind of a
 * fragment and a query string, and writes the answers, all in JSON. */
import { readFileSync } from "node:fs";
import { Answers } from "../../../assets/js/frozen/answers.js";
import { Packs } from "../../../assets/js/frozen/packs.js";

const { folder, top, requests } = JSON.parse(readFileSync(0, "utf-8"));
const load = (/** @type {string} */ name) =>
  Promise.resolve(new Response(readFileSync(`${folder}/${name}.pack`)));
const answers = new Answers(new Packs(load), top);

const responses = [];
for (const [kind, query] of requests) {
  const response = await answers.response(`fragments/v/${kind}.json`, new URLSearchParams(query));
  responses.push(await response?.json());
}
process.stdout.write(JSON.stringify(responses));
