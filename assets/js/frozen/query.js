/* A question in the words of an organization, the twin of `components/search/query.py`: each word
 * becomes a clause of alternative phrases. */

import { beginningWith } from "./tables.js";

/** @import { SearchIndex } from "./search-index.js" */

/** Alternative phrases, their stems separated by spaces, and the boost of each.
 * @typedef {Map<string, number>} Boosts */
/** The alternatives for one word of a question, or for several words that belong together. Words
 * that start with the prefix are highlighted, too, unless it is empty.
 * @typedef {{boosts: Boosts, prefix: string}} Clause */

/** Set the boost of a phrase that has none yet.
 * @param {Boosts} boosts @param {string} phrase @param {number} boost */
function setDefault(boosts, phrase, boost) {
  if (!boosts.has(phrase)) {
    boosts.set(phrase, boost);
  }
}

/** @param {string} text */
const isDecimal = (text) => /^\p{Nd}+$/u.test(text);

/** @param {string} text */
const isAlphabetic = (text) => /^\p{L}+$/u.test(text);

/** @param {string} text */
const lengthOf = (text) => [...text].length;

/** Turns the words of questions into clauses. */
export class QueryBuilder {
  #index;
  #limits;

  /** @param {SearchIndex} index */
  constructor(index) {
    this.#index = index;
    this.#limits = index.limits;
  }

  /** Return the words that are no stop words; all of them if there are only stop words.
   * @param {string[]} words */
  contentWords(words) {
    const found = words.filter((word) => !this.#index.stopWords.has(word));
    return found.length ? found : words;
  }

  /** Return the clauses for the words of a question; stop words matter only in synonyms.
   * @param {string[]} words @param {string[]} contentWords */
  async clauses(words, contentWords) {
    const stems = await Promise.all(words.map((word) => this.#index.stem(word)));
    /** @type {Clause[]} */
    const clauses = [];
    /** @type {Set<number>} */
    const covered = new Set(); // places of the words in clauses for several words
    for (let length = this.#index.about.longest_synonym; length > 1; length -= 1) {
      for (let start = 0; start + length <= stems.length; start += 1) {
        const end = start + length;
        const boosts = await this.#synonymBoosts(stems.slice(start, end).join(" "));
        if (boosts.size) {
          clauses.push({ boosts, prefix: "" });
          stems.slice(start, end).forEach((_, place) => covered.add(start + place));
        }
      }
    }
    for (let start = 0; start + 1 < words.length; start += 1) {
      const pair = words.slice(start, start + 2);
      const isCovered = covered.has(start) && covered.has(start + 1);
      if (!isCovered && pair.every((word) => contentWords.includes(word))) {
        const boosts = await this.#stemBoosts(await this.#index.stem(pair.join("")));
        if (boosts.size) {
          clauses.push({ boosts, prefix: "" });
          covered.add(start).add(start + 1);
        }
      }
    }
    const placesOf = new Map(words.map((word, place) => [word, place]));
    const asked = [...placesOf].filter(([word]) => contentWords.includes(word));
    for (const [word, place] of asked.slice(0, this.#limits.MAX_WORDS)) {
      const isLast = place === words.length - 1;
      const boosts = await this.#wordBoosts(word, covered.has(place), isLast);
      if (boosts.size) {
        const hasPrefix = isLast || (await this.#index.words.get(word)) === undefined;
        clauses.push({ boosts, prefix: hasPrefix ? word : "" });
      }
    }
    return clauses;
  }

  /** Return clauses for the words of the organization that resemble those of a question.
   * @param {string[]} words @returns {Promise<Clause[]>} */
  async similarClauses(words) {
    const { MAX_WORDS, SIMILARITY_MARGIN } = this.#limits;
    const perWord = words.slice(0, MAX_WORDS).map((word) => this.#similarStems(word));
    const matches = (await Promise.all(perWord)).flat();
    const best = Math.max(0, ...matches.map(({ similarity }) => similarity));
    return matches
      .filter(({ similarity }) => similarity >= best - SIMILARITY_MARGIN)
      .map(({ stem }) => ({ boosts: new Map([[stem, 1]]), prefix: "" }));
  }

  /** Return the stems of the words that are most similar to a word among its neighbours.
   * @param {string} word */
  async #similarStems(word) {
    const { MAX_SIMILAR, MIN_SIMILARITY, NEIGHBOURS } = this.#limits;
    const stems = new Map([
      ...(await this.#index.words.before(word, NEIGHBOURS)),
      ...(await this.#index.words.from(word, NEIGHBOURS)),
    ]);
    const letters = [...word];
    return this.contentWords([...stems.keys()])
      .map((other) => ({
        stem: /** @type {string} */ (stems.get(other)),
        similarity: similarityOf(letters, [...other]),
      }))
      .filter(({ similarity }) => similarity >= MIN_SIMILARITY)
      .sort((one, other) => other.similarity - one.similarity)
      .slice(0, MAX_SIMILAR);
  }

  /** Return the alternatives for one word. The last word may not be complete yet. A word that is
   * covered by a clause for several words has no synonyms and no corrections of its own.
   * @param {string} word @param {boolean} isCovered @param {boolean} isLast */
  async #wordBoosts(word, isCovered, isLast) {
    const { CORRECTION_BOOST, PREFIX_BOOST } = this.#limits;
    const stem = await this.#index.stem(word);
    const boosts = await (isCovered ? this.#exactBoosts(stem) : this.#stemBoosts(stem));
    if (isDecimal(word)) {
      setDefault(boosts, word, 1); // Numbers among facts are in no list of words.
    }
    if (isLast || !boosts.size) {
      for (const [, longer] of await this.#withPrefix(this.#index.words, word)) {
        setDefault(boosts, longer, PREFIX_BOOST);
      }
    }
    if (isLast && !boosts.size) {
      for (const [phrase, boost] of await this.#synonymsWithPrefix(word)) {
        setDefault(boosts, phrase, boost * PREFIX_BOOST);
      }
    }
    const isWord = (await this.#index.words.get(word)) !== undefined;
    if (!isCovered && !isWord && !(await this.#index.synonyms.get(stem))) {
      for (const [phrase, boost] of await this.#corrections(word)) {
        setDefault(boosts, phrase, boost * CORRECTION_BOOST);
      }
    }
    return boosts;
  }

  /** @param {string} stem @returns {Promise<Boosts>} */
  async #stemBoosts(stem) {
    const synonyms = await this.#synonymBoosts(stem);
    return new Map([...synonyms, ...(await this.#exactBoosts(stem))]);
  }

  /** @param {string} stem @returns {Promise<Boosts>} */
  async #exactBoosts(stem) {
    return new Map((await this.#index.isKnown(stem)) ? [[stem, 1]] : []);
  }

  /** @param {string} phrase @returns {Promise<Boosts>} */
  async #synonymBoosts(phrase) {
    const { SYNONYM_BOOST, SYNONYM_DECAY } = this.#limits;
    const used = (await this.#index.synonyms.get(phrase)) ?? [];
    return new Map(used.map((synonym, rank) => [synonym, SYNONYM_BOOST * SYNONYM_DECAY ** rank]));
  }

  /** Return the first entries of a table of words that start with a prefix.
   * @param {SearchIndex["words"]} table @param {string} prefix @param {number} [most] */
  async #withPrefix(table, prefix, most = this.#limits.MAX_EXPANSIONS) {
    const isLong = lengthOf(prefix) >= this.#limits.MIN_PREFIX;
    return isLong || this.#index.tokenizer.isUnspaced(prefix)
      ? await beginningWith(table, prefix, most)
      : [];
  }

  /** Return what the first synonyms with a prefix stand for.
   * @param {string} prefix @returns {Promise<[phrase: string, boost: number][]>} */
  async #synonymsWithPrefix(prefix) {
    const found = [];
    // Of the synonyms, only those count of which the organization has a meaning.
    for (const [, stem] of await this.#withPrefix(
      this.#index.synonymWords,
      prefix,
      Number.POSITIVE_INFINITY,
    )) {
      const boosts = await this.#synonymBoosts(stem);
      if (boosts.size) {
        found.push([...boosts]);
      }
    }
    return found.slice(0, this.#limits.MAX_EXPANSIONS).flat();
  }

  /** Return phrases for a word that is one edit away from the given one, with their boosts.
   * @param {string} word @returns {Promise<[phrase: string, boost: number][]>} */
  async #corrections(word) {
    const { MAX_CORRECTED, MIN_CORRECTED, MIN_CORRECTED_SYNONYM } = this.#limits;
    const length = lengthOf(word);
    if (length < MIN_CORRECTED || length > MAX_CORRECTED || !isAlphabetic(word)) {
      return [];
    }
    if (this.#index.tokenizer.isUnspaced(word)) {
      return [];
    }
    const edits = (await this.#edits(word)).filter((edited) => !this.#index.stopWords.has(edited));
    const corrected = await this.#found(this.#index.words, edits);
    /** @type {[string, number][]} */
    const phrases = corrected.map((stem) => [stem, 1]);
    if (length >= MIN_CORRECTED_SYNONYM) {
      // Synonyms are listed in the singular, but people also misspell the plural.
      for (const singular of new Set([word, word.replace(/s$/, "")])) {
        const edited = editsOf(singular, this.#index.about.letters);
        for (const stem of await this.#found(this.#index.synonymWords, edited)) {
          phrases.push(...(await this.#synonymBoosts(stem)));
        }
      }
    }
    if (!corrected.length) {
      phrases.push(...(await this.#splits(word)));
    }
    return phrases;
  }

  /** Return the edits of a word that may be words of the organization. A letter is inserted in front
   * only if that makes one: there are shards for each first letter.
   * @param {string} word */
  async #edits(word) {
    const tails = (await this.#index.tails.get(word)) ?? [];
    const letters = this.#index.about.letters.filter((letter) => tails.includes(letter));
    return editsOf(word, this.#index.about.letters, letters);
  }

  /** Return the values of those keys that a table has.
   * @param {SearchIndex["words"]} table @param {string[]} keys */
  async #found(table, keys) {
    const values = await Promise.all(keys.map((key) => table.get(key)));
    return values.filter((value) => value !== undefined);
  }

  /** Return pairs of known words that make up a word, with at most one letter between them.
   * @param {string} word @returns {Promise<[phrase: string, boost: number][]>} */
  async #splits(word) {
    const letters = [...word];
    /** @type {[string, number][]} */
    const pairs = [];
    for (let place = 2; place < letters.length - 1; place += 1) {
      const first = await this.#index.words.get(letters.slice(0, place).join(""));
      const rests = first === undefined ? [] : [letters.slice(place), letters.slice(place + 1)];
      for (const rest of rests.filter(({ length }) => length > 1)) {
        const second = await this.#index.words.get(rest.join(""));
        if (second !== undefined) {
          pairs.push([`${first} ${second}`, 1]);
        }
      }
    }
    return pairs;
  }
}

/** Return all words that are one edit away; the first letter is neither replaced nor deleted.
 *
 * An edit inserts, transposes, replaces or deletes: Peter Norvig, "How to Write a Spelling
 * Corrector" (2007).
 * @param {string} word @param {string[]} letters
 * @param {string[]} [firstLetters] - those that are inserted in front
 * @returns {string[]} without repetitions */
function editsOf(word, letters, firstLetters = letters) {
  const own = [...word];
  /** @param {number} place @param {number} deleted @param {string[]} inserted */
  const edit = (place, deleted, ...inserted) => own.toSpliced(place, deleted, ...inserted).join("");
  const places = [...own.keys()];
  const inner = places.slice(1);
  return [
    ...new Set([
      ...firstLetters.map((letter) => edit(0, 0, letter)),
      ...[...inner, own.length].flatMap((place) => letters.map((letter) => edit(place, 0, letter))),
      ...places.slice(0, -1).map((place) => edit(place, 2, own[place + 1], own[place])),
      ...inner.flatMap((place) => letters.map((letter) => edit(place, 1, letter))),
      ...inner.map((place) => edit(place, 1)),
    ]),
  ];
}

/** Return the similarity of two words, from 0 to 100: RapidFuzz's `ratio`, which counts the letters
 * of the longest common subsequence.
 * @param {string[]} one @param {string[]} other */
function similarityOf(one, other) {
  let lengths = new Array(other.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (const [place, another] of other.entries()) {
      next.push(
        letter === another ? lengths[place] + 1 : Math.max(next[place], lengths[place + 1]),
      );
    }
    lengths = next;
  }
  const total = one.length + other.length;
  return (1 - (total - 2 * lengths[other.length]) / total) * 100;
}
