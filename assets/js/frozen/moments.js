/* The moments of a frozen page: two states as one and each of them alone, or dated states
 * (components/web/frozen/moments.py). */

import { momentOf } from "../state/address.js";
import { Answers } from "./answers.js";
import { Packs } from "./packs.js";

/** @import { Edition } from "../state/fragment-cache.js" */

/** A moment as parameters, its edition, and the day of a dated state.
 * @typedef {{moment: Record<string, string>, edition: Edition, day: string}} FrozenMoment */

/** Return the moment in some parameters; the default one if it is not frozen. On a day, that is the
 * newest state that is not later.
 * @template {FrozenMoment} T
 * @param {T[]} moments - the default first @param {URLSearchParams} parameters
 * @returns {T} */
export function momentIn(moments, parameters) {
  const { at = "", before, state } = momentOf(Object.fromEntries(parameters));
  const found = at
    ? moments
        .filter(({ day }) => day && day <= at)
        .toSorted(byDay)
        .at(-1)
    : moments.find(({ moment }) => moment.state === state);
  return (!before && !(at && state) && found) || moments[0];
}

/** @param {FrozenMoment} one @param {FrozenMoment} other */
const byDay = (one, other) => (one.day < other.day ? -1 : 1);

/** Return each moment with its answers.
 * @param {FrozenMoment[]} moments
 * @param {(name: string) => Promise<Response>} load - fetches a pack */
export const withAnswers = (moments, load) =>
  moments.map((each) => {
    const packs = new Packs((name) => load(`${each.edition.version}/${name}`));
    return { ...each, answers: new Answers(packs, each.edition) };
  });
