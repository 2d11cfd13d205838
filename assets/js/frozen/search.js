/* The answer to a search in a frozen page: the twin of `components/search/finder.py`, which writes
 * the index, and of the route of the search. */

import { FullText } from "./full-text.js";
import { excerpt, Highlighter } from "./highlight.js";
import { QueryBuilder } from "./query.js";
import { SearchIndex } from "./search-index.js";
import { beginningWith } from "./tables.js";
import { begin, foldText } from "./tokens.js";

/** @import { Mark } from "../state/search.js" */
/** @import { Clause } from "./query.js" */
/** @import { Text } from "./search-index.js" */
/** @import { Read } from "./tables.js" */
/** @import { Token } from "./tokens.js" */

/** A unit that answers a question; `chain` from the top down. The marks are where its name and the
 * text that matched have words of the question.
 * @typedef {object} Hit
 * @property {string} unit
 * @property {string} name
 * @property {string} acronym
 * @property {string} [change]
 * @property {{unit: string, name: string}[]} chain
 * @property {Mark[]} name_marks
 * @property {?{kind: string, heading: string, text: string, marks: Mark[]}} matched */
/** @typedef {{kind: string, text: string, heading: string, tokens: Token[]}} TokenizedText */

/** @type {WeakMap<Read, Promise<Finder>>} */
const finders = new WeakMap();

/** Return the answer to the question in some parameters, as the server gives it.
 * @param {URLSearchParams} parameters @param {Read} read
 * @returns {Promise<{hits: Hit[], near: boolean}>} `near` if nothing matched, so that hits are only
 *   similar */
export async function search(parameters, read) {
  let finder = finders.get(read);
  if (!finder) {
    finder = SearchIndex.open(read).then((index) => new Finder(index));
    finders.set(read, finder);
  }
  return (await finder).find(parameters.get("q") ?? "");
}

/** Finds the units of one organization. */
class Finder {
  #index;
  #limits;
  #queries;
  #fullText;

  /** @param {SearchIndex} index */
  constructor(index) {
    this.#index = index;
    this.#limits = index.limits;
    this.#queries = new QueryBuilder(index);
    this.#fullText = new FullText(index);
  }

  /** @param {string} text */
  async find(text) {
    const question = begin(text, this.#limits.LONGEST_QUESTION);
    if (!question.trim()) {
      return { hits: [], near: false };
    }
    const words = this.#index.tokenizer.words(question);
    const contentWords = this.#queries.contentWords(words);
    let clauses = await this.#queries.clauses(words, contentWords);
    let units = await this.#matching(foldText(question), words, contentWords, clauses);
    const near = !units.length;
    if (near) {
      clauses = await this.#queries.similarClauses(contentWords);
      const boosts = clauses.map((clause) => clause.boosts);
      units = await this.#fullText.search(boosts, this.#limits.MOST_HITS);
    }
    const rarities = await Promise.all(clauses.map((clause) => this.#rarity(clause)));
    const highlighter = await Highlighter.of(this.#index, clauses, rarities);
    return { hits: await Promise.all(units.map((unit) => this.#hit(unit, highlighter))), near };
  }

  /** Return the units that match a question, best first.
   * @param {string} folded @param {string[]} words @param {string[]} contentWords
   * @param {Clause[]} clauses */
  async #matching(folded, words, contentWords, clauses) {
    const weighted = clauses.map((clause) => this.#weighted(clause));
    const { MAX_MISSPELT, MOST_HITS } = this.#limits;
    const ranked = await this.#fullText.search(weighted, Math.max(MOST_HITS, MAX_MISSPELT));
    const [phrase, literal] = await Promise.all(
      [words, contentWords].map((each) => Promise.all(each.map((word) => this.#index.stem(word)))),
    );
    const isMisspelt = await Promise.all(ranked.map((unit) => this.#isMisspeltName(unit, folded)));
    const candidates = new Set([
      ...(await this.#named(folded)),
      ...ranked.filter((_, place) => isMisspelt[place]),
      ...(phrase.length > 1 ? await this.#fullText.phrase(phrase.join(" "), MOST_HITS) : []),
      ...(await this.#named(contentWords.join(" "))),
      ...(literal.length === 1 ? await this.#fullText.phrase(literal[0], MOST_HITS) : []),
      ...ranked,
    ]);
    return [...candidates].slice(0, MOST_HITS);
  }

  /** Return the units with this name, then those whose name starts with it. Full names come before
   * acronyms and aliases, and short names before long ones.
   * @param {string} text */
  async #named(text) {
    const { MAX_NAMES, MIN_PREFIX } = this.#limits;
    const length = [...text].length;
    const { names } = this.#index;
    if (length < MIN_PREFIX) {
      return ((await names.get(text)) ?? []).flat().sort((unit, other) => unit - other);
    }
    const found = (await beginningWith(names, text, MAX_NAMES)).flatMap(([name, [named, others]]) =>
      [named, others].flatMap((units, place) =>
        units.map((unit) => ({
          unit,
          group: name === text ? 0 : 1 + place,
          length: [...name].length,
        })),
      ),
    );
    found.sort(
      (one, other) => one.group - other.group || one.length - other.length || one.unit - other.unit,
    );
    return [...new Set(found.map(({ unit }) => unit))];
  }

  /** Return whether a question is at most one edit away from a name of a unit.
   * @param {number} unit @param {string} question */
  async #isMisspeltName(unit, question) {
    const { texts } = await this.#index.unit(unit);
    return (
      [...question].length >= this.#limits.MIN_MISSPELT &&
      texts
        .filter(([kind]) => this.#index.about.name_kinds.includes(kind))
        .some(([, name]) => isAtMostOneEdit(question, foldText(name)))
    );
  }

  /** Return the first alternatives of a clause; words for types of units count less.
   * @param {Clause} clause */
  #weighted({ boosts }) {
    const { MAX_EXPANSIONS, TYPE_FACTOR } = this.#limits;
    const stems = [...boosts.keys()].flatMap((phrase) => phrase.split(" "));
    const factor = stems.some((stem) => this.#index.typeStems.has(stem)) ? TYPE_FACTOR : 1;
    const alternatives = [...boosts].slice(0, MAX_EXPANSIONS);
    return new Map(alternatives.map(([phrase, boost]) => [phrase, boost * factor]));
  }

  /** Return the inverse document frequency of a clause.
   * @param {Clause} clause */
  async #rarity({ boosts }) {
    const phrases = [...boosts.keys()].slice(0, this.#limits.MAX_EXPANSIONS);
    const stems = phrases.flatMap((phrase) => phrase.split(" "));
    const counts = await Promise.all(stems.map((stem) => this.#fullText.frequency(stem)));
    return Math.log(1 + this.#index.about.units / (1 + Math.max(0, ...counts)));
  }

  /** Return a unit with the text that matches most, unless its name matches the same.
   * @param {number} unit @param {Highlighter} highlighter @returns {Promise<Hit>} */
  async #hit(unit, highlighter) {
    const { id, acronym, parent, texts, change } = await this.#index.unit(unit);
    const [name, ...others] = texts.map((text) => this.#tokenized(text));
    const inName = highlighter.weights(wordsOf(name));
    let [best, bestText] = [0, /** @type {?TokenizedText} */ (null)];
    for (const text of others) {
      const weights = highlighter.weights(wordsOf(text));
      const weight = [...weights.values()].reduce((total, each) => total + each, 0);
      if (weight > best && [...weights.keys()].some((clause) => !inName.has(clause))) {
        [best, bestText] = [weight, text];
      }
    }
    return {
      unit: id,
      name: name.text,
      acronym,
      ...(change ? { change } : {}),
      chain: await this.#chain(parent),
      name_marks: highlighter.marks(name.tokens),
      matched: bestText && {
        kind: bestText.kind,
        heading: bestText.heading,
        ...excerpt(bestText.text, highlighter.marks(bestText.tokens), this.#limits.LONGEST_EXCERPT),
      },
    };
  }

  /** @param {Text} text @returns {TokenizedText} */
  #tokenized([kind, text, heading]) {
    return { kind, text, heading, tokens: this.#index.tokenizer.tokens(text) };
  }

  /** Return the ancestors from the top down to a unit; none for -1.
   * @param {number} unit @returns {Promise<{unit: string, name: string}[]>} */
  async #chain(unit) {
    const parent = await this.#index.parents.get(unit);
    if (!parent) {
      return [];
    }
    const [id, name, above] = parent;
    return [...(await this.#chain(above)), { unit: id, name }];
  }
}

/** @param {TokenizedText} text */
const wordsOf = ({ tokens }) => tokens.map(({ word }) => word);

/** Return whether a text becomes another one by inserting, deleting or replacing at most one
 * character, or by transposing two neighbours.
 * @param {string} one @param {string} other */
function isAtMostOneEdit(one, other) {
  let [left, right] = [[...one], [...other]];
  const shared = left.findIndex((character, place) => character !== right[place]);
  const prefix = shared < 0 ? left.length : shared;
  [left, right] = [left.slice(prefix), right.slice(prefix)];
  while (left.length && right.length && left.at(-1) === right.at(-1)) {
    left.pop();
    right.pop();
  }
  const isTransposed = left.length === 2 && left.toReversed().join("") === right.join("");
  return Math.max(left.length, right.length) <= 1 || isTransposed;
}
