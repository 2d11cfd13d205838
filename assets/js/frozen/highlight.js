/* How well a text matches a question, where, and an excerpt around the first match: the twin of
 * `components/search/highlight.py`. */

/** @import { Mark } from "../state/search.js" */
/** @import { Clause } from "./query.js" */
/** @import { SearchIndex } from "./search-index.js" */
/** @import { Token } from "./tokens.js" */

/** A clause that matches the words from `start` to `end - 1`.
 * @typedef {{clause: number, weight: number, start: number, end: number}} Match */

/** Finds the clauses of a question in texts. */
export class Highlighter {
  /** @type {Map<string, {clause: number, phrase: string[], weight: number}[]>} */
  #phrases = new Map(); // by their first stem
  /** @type {{clause: number, prefix: string, weight: number}[]} */
  #prefixes = [];
  /** @type {Map<string, string>} */
  #stems = new Map(); // of the words that matter

  /** Return a highlighter for clauses with a weight each.
   * @param {SearchIndex} index @param {Clause[]} clauses @param {number[]} weights */
  static async of(index, clauses, weights) {
    const highlighter = new Highlighter();
    for (const [clause, { boosts, prefix }] of clauses.entries()) {
      const weight = weights[clause];
      for (const [text, boost] of boosts) {
        const phrase = text.split(" ");
        await highlighter.#add(index, { clause, phrase, weight: boost * weight });
      }
      if (prefix) {
        const entry = { clause, prefix, weight: index.limits.PREFIX_BOOST * weight };
        highlighter.#prefixes.push(entry);
      }
    }
    return highlighter;
  }

  /** @param {SearchIndex} index
   * @param {{clause: number, phrase: string[], weight: number}} entry */
  async #add(index, entry) {
    const [first] = entry.phrase;
    this.#phrases.set(first, [...(this.#phrases.get(first) ?? []), entry]);
    for (const stem of entry.phrase) {
      const [, words] = (await index.stems.get(stem)) ?? [0, []];
      // Numbers among facts are in no list of words.
      for (const word of words.length ? words : [stem]) {
        this.#stems.set(word, stem);
      }
    }
  }

  /** Return the weight of each clause that matches among some words, by its number.
   * @param {string[]} words */
  weights(words) {
    /** @type {Map<number, number>} */
    const weights = new Map();
    for (const { clause, weight } of this.#matches(words)) {
      weights.set(clause, Math.max(weight, weights.get(clause) ?? 0));
    }
    return weights;
  }

  /** Return the marks in a text of some tokens, in order; matches that overlap have one together.
   * @param {Token[]} tokens @returns {Mark[]} */
  marks(tokens) {
    const spans = this.#matches(tokens.map(({ word }) => word))
      .map(({ start, end }) => [tokens[start].start, tokens[end - 1].end])
      .sort(([start, end], [otherStart, otherEnd]) => start - otherStart || end - otherEnd);
    /** @type {Mark[]} */
    const marks = [];
    for (const [start, end] of spans) {
      const last = marks.at(-1);
      if (last && start < last[1]) {
        last[1] = Math.max(end, last[1]);
      } else {
        marks.push([start, end]);
      }
    }
    return marks;
  }

  /** @param {string[]} words @returns {Match[]} */
  #matches(words) {
    const stems = words.map((word) => this.#stems.get(word));
    return words.flatMap((word, start) => [
      ...(this.#phrases.get(stems[start] ?? "") ?? [])
        .filter(({ phrase }) => phrase.every((stem, place) => stems[start + place] === stem))
        .map(({ clause, phrase, weight }) => ({
          clause,
          weight,
          start,
          end: start + phrase.length,
        })),
      ...this.#prefixes
        .filter(({ prefix }) => word.startsWith(prefix))
        .map(({ clause, weight }) => ({ clause, weight, start, end: start + 1 })),
    ]);
  }
}

/** Return a text, cut around its first mark if it is long, and the marks in what remains.
 * @param {string} text @param {Mark[]} marks @param {number} longest
 * @returns {{text: string, marks: Mark[]}} */
export function excerpt(text, marks, longest) {
  if (text.length <= longest) {
    return { text, marks };
  }
  const [[first, last]] = marks;
  const spare = Math.max(0, longest - (last - first));
  let start = Math.max(0, Math.min(first - Math.floor(spare / 3), text.length - longest));
  let end = start + longest;
  // Cut between words where possible, but never inside the first mark.
  if (start) {
    const space = text.slice(start, first).indexOf(" ");
    start = Math.min(space < 0 ? start : start + space + 1, first);
  }
  if (end < text.length) {
    const space = text.slice(last, end).lastIndexOf(" ");
    end = space < 0 ? end : last + space;
  }
  const [prefix, suffix] = [start ? "… " : "", end < text.length ? " …" : ""];
  const shift = prefix.length - start;
  return {
    text: `${prefix}${text.slice(start, end)}${suffix}`,
    marks: marks
      .filter(([begin, finish]) => start <= begin && begin < Math.min(finish, end))
      .map(([begin, finish]) => [begin + shift, Math.min(finish, end) + shift]),
  };
}
