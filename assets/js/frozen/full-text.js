/* Ranking by BM25, the twin of `components/search/full_text.py`: its numbers are in the postings. */

import { sums } from "./tables.js";

/** @import { Boosts } from "./query.js" */
/** @import { Posting, SearchIndex } from "./search-index.js" */

/** A field in which stems follow each other: how rare the stems are, and for each unit how often
 * they do, and its norm.
 * @typedef {{field: number, rarity: number, found: Map<number, {count: number, norm: number}>}}
 *   Occurrences */
/** @typedef {Map<number, number>} Scores by unit */

/** The full text of an organization. */
export class FullText {
  #index;

  /** @param {SearchIndex} index */
  constructor(index) {
    this.#index = index;
  }

  /** Return the units that match at least one clause, best first. The score of a unit is the sum over
   * the clauses; each counts with the best score of its phrases in any field.
   * @param {Boosts[]} clauses @param {number} most */
  async search(clauses, most) {
    const scores = await Promise.all(
      clauses.map(async (boosts) => {
        const phrases = [...boosts].map(([phrase, boost]) => this.#scores(phrase, boost));
        return combined((await Promise.all(phrases)).flat(), Math.max);
      }),
    );
    return ranked(combined(scores, sum), most);
  }

  /** Return the units that contain a phrase, best first.
   * @param {string} phrase @param {number} most */
  async phrase(phrase, most) {
    return ranked(combined(await this.#scores(phrase, 1), sum), most);
  }

  /** Return the number of units with a stem, in the field where it is most frequent.
   * @param {string} stem */
  async frequency(stem) {
    const postings = (await this.#index.postings.get(stem)) ?? [];
    return Math.max(0, ...postings.map(([, , units]) => units.length));
  }

  /** Return the scores of a phrase in each field.
   * @param {string} phrase @param {number} boost @returns {Promise<Scores[]>} */
  async #scores(phrase, boost) {
    const { field_boosts, saturation } = this.#index.about;
    return (await this.#occurrences(phrase)).map(({ field, rarity, found }) => {
      const weight = rarity * saturation * boost * field_boosts[field];
      return new Map(
        [...found].map(([unit, { count, norm }]) => [unit, (weight * count) / (count + norm)]),
      );
    });
  }

  /** Return where the stems of a phrase follow each other.
   * @param {string} phrase @returns {Promise<Occurrences[]>} */
  async #occurrences(phrase) {
    const stems = phrase.split(" ");
    const postings = await Promise.all(stems.map((stem) => this.#index.postings.get(stem)));
    const [first = [], ...others] = postings.map((posting) => posting ?? []);
    return first.flatMap((posting) => {
      const [field] = posting;
      const rest = others.flatMap((each) => each.filter(([other]) => other === field));
      return rest.length === others.length ? [this.#following(posting, rest)] : [];
    });
  }

  /** Return where stems follow each other in a field, given the posting of each.
   * @param {Posting} first @param {Posting[]} others @returns {Occurrences} */
  #following(first, others) {
    const [field, , units, norms, positions] = first;
    const positionsOf = others.map(
      ([, , differences, , each]) =>
        new Map(sums(differences).map((unit, place) => [unit, each[place]])),
    );
    const found = new Map();
    for (const [place, unit] of sums(units).entries()) {
      const starts = positions[place].filter((start) =>
        positionsOf.every((of, behind) => of.get(unit)?.includes(start + behind + 1)),
      );
      if (starts.length) {
        const norm = this.#index.about.norms[field][norms[place]];
        found.set(unit, { count: starts.length, norm });
      }
    }
    const rarity = [first, ...others].reduce((total, posting) => total + posting[1], 0);
    return { field, rarity, found };
  }
}

/** @param {number} one @param {number} other */
const sum = (one, other) => one + other;

/** Return the scores of all units in some scores.
 * @param {Scores[]} each @param {(one: number, other: number) => number} combine
 * @returns {Scores} */
function combined(each, combine) {
  const scores = new Map();
  for (const one of each) {
    for (const [unit, score] of one) {
      // In single precision, as tantivy computes them: nearly equal ones are equal.
      scores.set(unit, Math.fround(combine(scores.get(unit) ?? 0, score)));
    }
  }
  return scores;
}

/** Return the units with the best scores; of equal ones, the first units.
 * @param {Scores} scores @param {number} most */
const ranked = (scores, most) =>
  [...scores]
    .sort(([unit, score], [otherUnit, other]) => other - score || unit - otherUnit)
    .slice(0, most)
    .map(([unit]) => unit);
