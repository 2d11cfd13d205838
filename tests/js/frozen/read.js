/* Answers requests from the packs of a frozen folder, for `tests/web/frozen/test_freezing.py`: reads
 * the `folder` of the packs, the `moments` of the page, and `requests` as pairs of an address and a
 * query string, and writes the answers, all in JSON. */
import { readFileSync } from "node:fs";
import { momentIn, withAnswers } from "../../../assets/js/frozen/moments.js";

const { folder, moments, requests } = JSON.parse(readFileSync(0, "utf-8"));
const load = (/** @type {string} */ name) =>
  Promise.resolve(new Response(readFileSync(`${folder}/${name}.pack`)));
const frozen = withAnswers(moments, load);

const responses = [];
for (const [path, query] of requests) {
  const parameters = new URLSearchParams(query);
  const response = await momentIn(frozen, parameters).answers.response(path, parameters);
  responses.push(await response?.json());
}
process.stdout.write(JSON.stringify(responses));
