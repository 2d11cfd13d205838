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
 * @property {number[]} ends - of the texts, the first of which is empty
 * @property {string} texts */

/** What the index tells about the packs.
 * @typedef {object} Index
 * @property {string[]} leaves - the first key of each leaf
 * @property {{[kind: string]: string[]}} keys - the parameters of the variants of each kind
 * @property {{[kind: string]: [string, string[]]}} parts - of the answers about a unit
 * @property {{[key: string]: string[]}} values - the frozen ones, the default first */

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

/** @param {string} text @returns {Pack} */
function parsed(text) {
  const end = text.indexOf("\n");
  const { variants, records, lengths } = JSON.parse(text.slice(0, end));
  const ends = [end + 1];
  for (const length of lengths) {
    ends.push(/** @type {number} */ (ends.at(-1)) + length);
  }
  const places = new Map(
    variants.map((/** @type {string} */ name, /** @type {number} */ place) => [name, place]),
  );
  return { variants: places, records, ends, texts: text };
}

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
    const pack = await this.cached(String(found), parsed);
    return { key, answer: (variant) => answerIn(pack, key, variant) };
  }

  /** Return what a compressed file contains; the oldest of many is forgotten.
   * @template T
   * @param {string} name @param {(text: string) => T} parse
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
function answerIn({ variants, records, ends, texts }, key, variant) {
  const numbers = records[key][variants.get(variant) ?? -1];
  if (!numbers) {
    return null;
  }
  const [content, focus] = [numbers].flat();
  const text = (/** @type {number} */ number) => texts.slice(ends[number - 1], ends[number]);
  return { content: text(content), focus: focus ? text(focus) : "" };
}
