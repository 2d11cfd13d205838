/* Sorted tables in shards, as `components/shards.py` writes them: reading what is needed. */

/** Return the stored JSON of a name, null if there is none.
 * @typedef {(name: string) => Promise<any>} Read */
/** The same, and the content of a frozen fragment of a kind, null if there is none.
 * @typedef {Read & {fragment: (kind: string, parameters: URLSearchParams) => Promise<any>}}
 *   FragmentReader */

/** Return whether a key comes before another one: numbers by value, texts by code points.
 * @template {string|number} Key
 * @param {Key} one @param {Key} other */
function isBefore(one, other) {
  if (typeof one === "number" || typeof other === "number") {
    return one < other;
  }
  const length = Math.min(one.length, other.length);
  let place = 0;
  while (place < length && one[place] === other[place]) {
    place += 1;
  }
  if (place === length) {
    return one.length < other.length;
  }
  // The second halves of pairs differ only after equal first halves.
  return Number(one.codePointAt(place)) < Number(other.codePointAt(place));
}

/** Return how many of some sorted keys come before a key.
 * @template {string|number} Key
 * @param {Key[]} keys @param {Key} key */
export function countBefore(keys, key) {
  let [first, end] = [0, keys.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (isBefore(keys[middle], key)) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  return first;
}

/** A table of entries, sorted by their keys.
 * @template {string|number} Key
 * @template Value */
export class Table {
  /** @type {Read} */
  #read;
  #name;
  #firstKeys;
  /** @type {Map<number, Promise<{keys: Key[], values: Value[]}>>} */
  #shards = new Map();

  /**
   * @param {Read} read
   * @param {string} name - of its shards, which are numbered
   * @param {Key[]} firstKeys - the first key of each shard
   */
  constructor(read, name, firstKeys) {
    this.#read = read;
    this.#name = name;
    this.#firstKeys = firstKeys;
  }

  /** @param {number} number */
  #shard(number) {
    let shard = this.#shards.get(number);
    if (!shard) {
      shard = this.#read(`${this.#name}-${number}`).then(
        (/** @type {[Key, Value][]} */ entries) => ({
          keys: entries.map(([key]) => key),
          values: entries.map(([, value]) => value),
        }),
      );
      this.#shards.set(number, shard);
    }
    return shard;
  }

  /** Return the number of the shard with a key, or with the last one before it.
   * @param {Key} key */
  #shardOf(key) {
    const before = countBefore(this.#firstKeys, key);
    return this.#firstKeys[before] === key ? before : before - 1;
  }

  /** Return the value of a key; undefined if it has none.
   * @param {Key} key @returns {Promise<Value|undefined>} */
  async get(key) {
    const number = this.#shardOf(key);
    if (number < 0) {
      return;
    }
    const { keys, values } = await this.#shard(number);
    const place = countBefore(keys, key);
    return keys[place] === key ? values[place] : undefined;
  }

  /** Return up to so many entries before a key, the nearest last.
   * @param {Key} key @param {number} most @returns {Promise<[Key, Value][]>} */
  async before(key, most) {
    /** @type {[Key, Value][]} */
    let found = [];
    for (let number = this.#shardOf(key); number >= 0 && found.length < most; number -= 1) {
      const { keys, values } = await this.#shard(number);
      const end = countBefore(keys, key);
      const first = Math.max(0, end - most + found.length);
      found = [...pairs(keys, values, first, end), ...found];
    }
    return found;
  }

  /** Return up to so many entries from a key on, whether the table has it or not.
   * @param {Key} key @param {number} most @returns {Promise<[Key, Value][]>} */
  async from(key, most) {
    /** @type {[Key, Value][]} */
    const found = [];
    const first = Math.max(0, this.#shardOf(key));
    for (let number = first; number < this.#firstKeys.length && found.length < most; number += 1) {
      const { keys, values } = await this.#shard(number);
      const place = countBefore(keys, key);
      found.push(...pairs(keys, values, place, place + most - found.length));
    }
    return found;
  }
}

/**
 * @template Key, Value
 * @param {Key[]} keys @param {Value[]} values @param {number} first @param {number} end
 * @returns {[Key, Value][]} */
const pairs = (keys, values, first, end) =>
  keys.slice(first, end).map((key, place) => [key, values[first + place]]);

/** Return the first entries of a table whose keys begin with a text.
 * @template Value
 * @param {Table<string, Value>} table @param {string} text @param {number} most */
export async function beginningWith(table, text, most) {
  const found = await table.from(text, most);
  return found.filter(([key]) => key.startsWith(text));
}

/** Return sorted numbers, given the first one and the differences from each to the next.
 * @param {number[]} differences */
export function sums(differences) {
  let sum = 0;
  return differences.map((difference) => {
    sum += difference;
    return sum;
  });
}
