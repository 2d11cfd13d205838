/* Packs: the compressed files of a frozen page (components/web/frozen/packs.py says what is in them).
 *
 * Nothing here draws or knows the page, so it runs in node too. */

const MOST_PACKS = 60; // that stay in memory

/** The answers about a unit, a group, or what is opened in its diagrams.
 * @typedef {object} Record
 * @property {(variant: string) => ?{content: string, focus: string}} answer - the JSON of a variant,
 *   and its focus, empty if that is the unit itself; null if there is no such variant */

/** @typedef {object} Pack
 * @property {Map<string, number>} variants - their places in the records
 * @property {{[key: string]: (number|[number, number])[]}} records
 * @property {string[]} codes - the pieces of each text
 * @property {string[]} pieces - those of its base first */

/** What the index tells about the packs.
 * @typedef {object} Index
 * @property {string[]} leaves - the first key of each leaf
 * @property {{[kind: string]: string[]}} keys - the parameters of the variants of each kind
 * @property {{[kind: string]: [string, string[]]}} parts - of the answers about a unit
 * @property {{[key: string]: string[]}} values - the frozen ones, the default first
 * @property {string[]} languages - in the order that they have in texts in all of them */

/** Return the text of compressed bytes.
 * @param {Response} response */
export function decompressed({ body }) {
  const stream = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body);
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Return the last of some sorted keys that is not after a key.
 * @param {string[]} sorted @param {string} key */
function placeOf(sorted, key) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** Return a sign of a text's code with how often it is repeated, or how far it leads. */
const SIGN = /(\d*)([*=])|([+-]\d+);/g;

/** Return a text from its code (components/web/frozen/packs.py).
 * @param {Pack} pack @param {number} number - of the text, from 1 */
function textIn({ codes, pieces }, number) {
  const code = codes[number - 1];
  let [next, expected] = [Number.parseInt(code, 10), 0];
  let text = "";
  for (const [, times, sign, steps] of code.slice(code.indexOf(" ")).matchAll(SIGN)) {
    expected += Number(steps || 0);
    for (let left = Number(times || 1); left; left -= 1) {
      text += sign === "*" ? pieces[next++] : pieces[expected++];
    }
  }
  return text;
}

/** A text in several languages (components/words/multilingual.py). */
const ALTERNATIVES = /\ufdd0([^\ufdd2]*)\ufdd2/g;

/** Return a text in several languages as the one at a place among them has it.
 * @param {string} text @param {number} place */
export const inLanguage = (text, place) =>
  text.replace(ALTERNATIVES, (_, texts) => texts.split("\ufdd1")[place]);

export class Packs {
  /** @param {(name: string) => Promise<Response>} load - fetches a compressed file */
  constructor(load) {
    this.load = load;
    /** Promises of what has been read, oldest first.
     * @type {Map<string, Promise<any>>} */
    this.read = new Map();
    /** @type {?Promise<Index>} */
    this.opened = null;
  }

  /** Return the index, which is read once.
   * @returns {Promise<Index>} */
  index() {
    this.opened ??= this.load("index").then(decompressed).then(JSON.parse);
    this.opened.catch(() => {
      this.opened = null;
    });
    return this.opened;
  }

  /** Return the record of a key, also if that is another name of it; null if there is none.
   * @param {string} key
   * @returns {Promise<?(Record & {key: string})>} */
  async record(key) {
    const { leaves } = await this.index();
    const place = placeOf(leaves, key);
    if (place < 0) {
      return null;
    }
    const leaf = await this.cached(`keys-${place}`, JSON.parse);
    const found = Object.hasOwn(leaf, key) ? leaf[key] : null;
    if (typeof found !== "number") {
      return found === null ? null : this.record(found);
    }
    const pack = await this.pack(found);
    return { key, answer: (variant) => answerIn(pack, key, variant) };
  }

  /** Return a pack, with the pieces of that on which it builds.
   * @param {number} number @returns {Promise<Pack>} */
  pack(number) {
    return this.cached(String(number), async (text) => {
      const [head, ...own] = text.split("\n");
      const { variants, records, texts, base } = JSON.parse(head);
      const pieces = base ? (await this.pack(number - base)).pieces.concat(own) : own;
      const places = variants.map((/** @type {string} */ name, /** @type {number} */ at) => [
        name,
        at,
      ]);
      return { variants: new Map(places), records, codes: texts, pieces };
    });
  }

  /** Return what a compressed file contains; the oldest of many is forgotten.
   * @template T
   * @param {string} name @param {(text: string) => T|Promise<T>} parse
   * @returns {Promise<T>} */
  cached(name, parse) {
    const before = this.read.get(name);
    const promise = before || this.load(name).then(decompressed).then(parse);
    this.read.delete(name);
    this.read.set(name, promise);
    promise.catch(() => this.read.delete(name));
    if (this.read.size > MOST_PACKS) {
      this.read.delete(/** @type {string} */ (this.read.keys().next().value));
    }
    return promise;
  }
}

/** @param {Pack} pack @param {string} key @param {string} variant */
function answerIn(pack, key, variant) {
  const numbers = pack.records[key][pack.variants.get(variant) ?? -1];
  if (!numbers) {
    return null;
  }
  const [content, focus] = [numbers].flat();
  return { content: textIn(pack, content), focus: focus ? textIn(pack, focus) : "" };
}
