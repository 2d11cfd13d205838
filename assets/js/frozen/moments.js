/* The moments of a frozen page: both states of an organization as one, and each of them alone
 * (components/web/frozen/moments.py). */

import { momentOf } from "../state/address.js";
import { Answers } from "./answers.js";
import { Packs } from "./packs.js";

/** @import { Edition } from "../state/fragment-cache.js" */

/** @typedef {{moment: Record<string, string>, edition: Edition}} FrozenMoment */

/** @param {Record<string, string>} moment */
const nameOf = (moment) => new URLSearchParams(momentOf(moment)).toString();

/** Return the moment in some parameters; the default one if it is not frozen.
 * @template {FrozenMoment} T
 * @param {T[]} moments - the default first @param {URLSearchParams} parameters
 * @returns {T} */
export function momentIn(moments, parameters) {
  const name = nameOf(Object.fromEntries(parameters));
  return moments.find(({ moment }) => nameOf(moment) === name) || moments[0];
}

/** Return each moment with its answers.
 * @param {FrozenMoment[]} moments
 * @param {(name: string) => Promise<Response>} load - fetches a pack */
export const withAnswers = (moments, load) =>
  moments.map(({ moment, edition }) => {
    const packs = new Packs((name) => load(`${edition.version}/${name}`));
    return { moment, edition, answers: new Answers(packs, edition) };
  });
