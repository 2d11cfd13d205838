/* Words as the search compares them, the twin of `tokenize` in `components/search/language.py`:
 * folded, and of scripts without spaces pairs of neighbouring characters. */

/** A folded word or character, and where it starts and ends in its text, in UTF-16 code units.
 * @typedef {{word: string, start: number, end: number}} Token */

const CHUNKS = /[0-9A-Za-z\u0080-\u{10ffff}]+/gu; // parts with one or more whole words
const ASCII = /^[\0-\x7f]*$/;
const ACCENTS = /[\u0300-\u036f]/g;
const PUNCTUATION = /[^\p{L}\p{N}\p{M}]/gu;
const COMBINING = /^[\p{M}\u1160-\u11ff]/u; // also the Korean letters that join the one before

/** Return the letters of a text in the case in which they are compared.
 * @param {string} text */
const foldCase = (text) => text.replace(/[^\0-\x7f]/gu, foldLetter).toLowerCase();

/** @param {string} letter */
const foldLetter = (letter) =>
  letter === "ı" ? letter : letter.toLowerCase().toUpperCase().toLowerCase();

/** Return a text without case and accents, and with spaces for punctuation.
 * @param {string} text */
const foldCharacters = (text) =>
  foldCase(text.normalize("NFKD").replace(ACCENTS, "").replace(PUNCTUATION, " "));

/** Return a text for comparison: without case and accents, words separated by single spaces.
 * @param {string} text */
export const foldText = (text) => foldCharacters(text).split(" ").filter(Boolean).join(" ");

/** Return the first characters of a text, which may be outside the basic plane.
 * @param {string} text @param {number} length */
export const begin = (text, length) =>
  text.length > length ? [...text].slice(0, length).join("") : text;

/** Cuts texts into words. */
export class Tokenizer {
  #longest;
  #unspaced;

  /**
   * @param {number} longest - characters of a word that are compared
   * @param {string} unspacedRanges - of a regular expression: letters of scripts without spaces
   */
  constructor(longest, unspacedRanges) {
    this.#longest = longest;
    this.#unspaced = new RegExp(`[${unspacedRanges}]`, "u");
  }

  /** Return whether a text contains letters of a script without spaces between words.
   * @param {string} text */
  isUnspaced(text) {
    return this.#unspaced.test(text);
  }

  /** Return the folded words of a text.
   * @param {string} text */
  words(text) {
    return this.tokens(text).map(({ word }) => word);
  }

  /** Return the tokens of a text. A sign that folds to several words is the place of each of them.
   * @param {string} text @returns {Token[]} */
  tokens(text) {
    return [...text.matchAll(CHUNKS)].flatMap(({ 0: written, index }) => {
      const word = ASCII.test(written)
        ? written.toLowerCase()
        : foldCharacters(written).normalize("NFC");
      return word && !word.includes(" ") && !this.isUnspaced(word)
        ? [{ word: begin(word, this.#longest), start: index, end: index + written.length }]
        : this.#wordsInChunk(written, index);
    });
  }

  /** Return the tokens of a chunk that may hold several words.
   * @param {string} chunk @param {number} offset */
  #wordsInChunk(chunk, offset) {
    return this.#runs(foldedCharacters(chunk, offset)).flatMap((run) => {
      if (this.isUnspaced(run[0].word)) {
        return run.map((_, place) => joined(run.slice(place, place + 2)));
      }
      const token = joined(run);
      return [{ ...token, word: begin(token.word, this.#longest) }];
    });
  }

  /** Return the runs of characters between spaces, and of scripts with and without them.
   * @param {Token[]} characters */
  #runs(characters) {
    /** @type {Token[][]} */
    const runs = [];
    /** @type {?boolean} */
    let runIsUnspaced = null;
    for (const character of characters) {
      const isSpace = character.word === " ";
      const isUnspaced = this.isUnspaced(character.word);
      if (!isSpace && isUnspaced === runIsUnspaced) {
        runs.at(-1)?.push(character);
      } else if (!isSpace) {
        runs.push([character]);
      }
      runIsUnspaced = isSpace ? null : isUnspaced;
    }
    return runs;
  }
}

/** Return one token for neighbouring ones.
 * @param {Token[]} tokens @returns {Token} */
const joined = (tokens) => ({
  word: tokens.map(({ word }) => word).join(""),
  start: tokens[0].start,
  end: Math.max(...tokens.map(({ end }) => end)),
});

/** Return each folded character of a text. A character is folded together with its combining marks:
 * Unicode allows them in several orders, and as one character or several.
 * @param {string} text @param {number} offset - of the text
 * @returns {Token[]} */
function foldedCharacters(text, offset) {
  /** @type {string[]} */
  const groups = [];
  for (const character of text) {
    if (groups.length && COMBINING.test(character.normalize("NFKD"))) {
      groups[groups.length - 1] += character;
    } else {
      groups.push(character);
    }
  }
  let end = offset;
  return groups.flatMap((group) => {
    const start = end;
    end += group.length;
    const folded = foldCharacters(group).normalize("NFC");
    return [...folded].map((word) => ({ word, start, end }));
  });
}
