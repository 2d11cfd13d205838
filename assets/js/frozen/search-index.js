/* The search's index in a frozen page, as `components/search/shards.py` writes it. */

import { Table } from "./tables.js";
import { Tokenizer } from "./tokens.js";

/** @import { Read } from "./tables.js" */

/** Where a stem occurs in a field: the number of the field; the inverse document frequency; the
 * first unit and the differences from one unit to the next; for each unit the place of its norm
 * among those of the field, and the positions.
 * @typedef {[field: number, rarity: number, units: number[], norms: number[],
 *   positions: number[][]]} Posting */
/** The endings that fit a stem, as bits, and the words of the organization with the stem.
 * @typedef {[endings: number, words: string[]]} Stem */
/** @typedef {[kind: string, text: string, heading: string]} Text */
/** @typedef {[id: string, acronym: string, parent: number, texts: Text[],
 * change?: string]} Unit */
/** @typedef {[id: string, label: string, parent: number]} Parent */

/**
 * @typedef {object} About what holds for every question
 * @property {number} units - how many there are
 * @property {Record<string, any[]>} tables - the first key of each shard
 * @property {string[]} letters - those that corrections try
 * @property {string[]} stop_words
 * @property {[stem: string, word: string][]} endings - of a stem, and of a word instead
 * @property {number} longest_synonym - in words
 * @property {string[]} type_stems - of words for types of units
 * @property {number[]} field_boosts
 * @property {number} saturation - of a weight by repetitions: 1 + k1 of BM25
 * @property {number[][]} norms - for each field, by how much texts of some lengths reduce a weight
 * @property {string[]} name_kinds - kinds of texts that name a unit
 * @property {Record<string, any>} limits - the constants of the finder
 */

const FOLDER = "search";

/** The tables of one organization, and what they are read with. */
export class SearchIndex {
  /** @param {Read} read @param {About} about */
  constructor(read, about) {
    /** @param {string} name @returns {Table<any, any>} */
    const table = (name) => new Table(read, `${FOLDER}/${name}`, about.tables[name]);
    this.about = about;
    this.limits = about.limits;
    this.stopWords = new Set(about.stop_words);
    this.typeStems = new Set(about.type_stems);
    this.tokenizer = new Tokenizer(this.limits.LONGEST_WORD, this.limits.UNSPACED_RANGES);
    /** @type {Table<string, string>} */
    this.words = table("words");
    /** @type {Table<string, string[]>} */
    this.tails = table("tails");
    /** @type {Table<string, Stem>} */
    this.stems = table("stems");
    /** @type {Table<string, Posting[]>} */
    this.postings = table("postings");
    /** @type {Table<string, string[]>} */
    this.synonyms = table("synonyms");
    /** @type {Table<string, string>} */
    this.synonymWords = table("synonym-words");
    /** @type {Table<string, [named: number[], others: number[]]>} */
    this.names = table("names");
    /** @type {Table<number, Unit>} */
    this.units = table("units");
    /** @type {Table<number, Parent>} */
    this.parents = table("parents");
  }

  /** @param {Read} read */
  static async open(read) {
    return new SearchIndex(read, await read(`${FOLDER}/about`));
  }

  /** @param {number} number */
  async unit(number) {
    const unit = await this.units.get(number);
    if (!unit) {
      throw new Error(`The index lacks unit ${number}.`);
    }
    const [id, acronym, parent, texts, change] = unit;
    return { id, acronym, parent, texts, change };
  }

  /** Return the stem of a word. The stem of a word that the organization does not use is one with
   * an ending of the word that fits it; if there is none, the word itself.
   * @param {string} word @returns {Promise<string>} */
  async stem(word) {
    const known = (await this.words.get(word)) ?? (await this.synonymWords.get(word));
    if (known !== undefined) {
      return known;
    }
    for (const [bit, [end, instead]] of this.about.endings.entries()) {
      if (word.endsWith(instead)) {
        const stem = word.slice(0, word.length - instead.length) + end;
        const [endings] = (await this.stems.get(stem)) ?? [0];
        if ((endings >> bit) & 1) {
          return stem;
        }
      }
    }
    return word;
  }

  /** Return whether a word of the organization has this stem.
   * @param {string} stem */
  async isKnown(stem) {
    const [, words] = (await this.stems.get(stem)) ?? [0, []];
    return words.length > 0;
  }
}
