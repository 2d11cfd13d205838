/* Which units match the filters in a frozen page: the twin of `matches` in
 * `components/views/filters.py`, from the units of each value (`components/web/frozen/filters.py`). */

import { messagesIn } from "../state/messages.js";
import { listValues } from "../state/view-keys.js";
import { unitOf } from "./nodes.js";
import { countBefore, sums, Table } from "./tables.js";

/** @import { Nodes } from "./nodes.js" */
/** @import { FragmentReader, Read } from "./tables.js" */

/** @typedef {{messages: Record<string, any>, units: string, last: any}} Sentences */
/** @typedef {{tables: Record<string, string[]>, languages: Record<string, Sentences>}} About */
/** A value that is set: the key of the view, the value, its place in the menu, and its units.
 * @typedef {{key: string, value: string, place: number, units: number[]}} Filter */

const FOLDER = "filters";
const DEFAULT_LANGUAGE = "en";
const KEYS = ["changes", "types", "where", "themes"]; // in the order of the chips
const COLUMN = ":"; // between the key and the value of a filter, and between a column and its value

/** Return the matches in the diagram or the list of some parameters, as the server gives them; null
 * if there is no such focus.
 * @param {URLSearchParams} parameters @param {FragmentReader} read */
export async function matches(parameters, read) {
  /** @type {?Nodes} */
  const shown = await read.fragment("nodes", parameters);
  if (!shown) {
    return null;
  }
  /** @type {About} */
  const about = await read(`${FOLDER}/about`);
  const filters = await filtersOf(parameters, read, about);
  const content = filters.length ? await found(shown, filters, parameters, read, about) : NO_FILTER;
  return { unit: shown.centre, focus: shown.centre, content };
}

const NO_FILTER = {
  ...{ changes: [], types: [], where: [], themes: [], hits: [], chips: [] },
  ...{ total: 0, below: 0, lit: null, count: "" },
};

/** Return the filters in some parameters, each key in the order of the menu.
 * @param {URLSearchParams} parameters @param {Read} read @param {About} about
 * @returns {Promise<Filter[]>} */
async function filtersOf(parameters, read, about) {
  /** @type {Table<string, [place: number, differences: number[]]>} */
  const table = new Table(read, `${FOLDER}/units`, about.tables.units);
  const each = KEYS.map(async (key) => {
    const texts = listValues(parameters.get(key)).map((text) => text.trim());
    const filters = [...new Set(texts)].map(async (value) => {
      const entry = await table.get(`${key}${COLUMN}${value}`);
      return entry ? [{ key, value, place: entry[0], units: sums(entry[1]) }] : [];
    });
    const known = (await Promise.all(filters)).flat();
    return known.toSorted((one, other) => one.place - other.place);
  });
  return (await Promise.all(each)).flat();
}

/** @param {Nodes} shown @param {Filter[]} filters @param {URLSearchParams} parameters
 * @param {Read} read @param {About} about */
async function found({ nodes }, filters, parameters, read, about) {
  const units = matching(filters);
  const isMatch = new Set(units);
  const counts = nodes.map(([, , , ...bounds]) => countWithin(units, bounds));
  const lit = nodes.filter((_, place) => counts[place]).map(([key]) => key);
  const drawn = nodes.map(([key]) => key).filter((key) => isMatch.has(unitOf(key)));
  const language = parameters.get("lang") ?? DEFAULT_LANGUAGE;
  const sentences = about.languages[language];
  /** @param {string} name */
  const valuesOf = (name) => filters.flatMap(({ key, value }) => (key === name ? [value] : []));
  return {
    ...Object.fromEntries(KEYS.map((key) => [key, valuesOf(key)])),
    total: units.length,
    below: counts[0],
    hits: lit.filter((key) => isMatch.has(unitOf(key))),
    lit,
    count: sentence(sentences, language, units.length, units.length - drawn.length),
    chips: [...(await chipsOf(filters, language, read, about)), sentences.last],
  };
}

/** Return the units that have one of the values of each category, one of the themes, and a change
 * of one of the kinds.
 * @param {Filter[]} filters */
function matching(filters) {
  /** @type {Map<string, number[][]>} */
  const unitsOf = new Map(); // by category
  for (const { key, value, units } of filters) {
    const category = key === "where" ? value.slice(0, value.indexOf(COLUMN)) : `${COLUMN}${key}`;
    unitsOf.set(category, [...(unitsOf.get(category) ?? []), units]);
  }
  const [first, ...others] = [...unitsOf.values()].map((each) => new Set(each.flat()));
  const all = [...first].filter((unit) => others.every((units) => units.has(unit)));
  return all.sort((unit, other) => unit - other);
}

/** Return how many sorted units are within ranges.
 * @param {number[]} units @param {number[]} bounds - the first unit and the one after the last, ... */
function countWithin(units, bounds) {
  const before = bounds.map((bound) => countBefore(units, bound));
  return before.reduce((total, count, place) => total + (place % 2 ? count : -count), 0);
}

/** Return the number of matches as a sentence, and how many of them are not shown.
 * @param {Sentences} sentences @param {string} language @param {number} total
 * @param {number} hidden */
function sentence({ messages, units }, language, total, hidden) {
  const message = messagesIn(messages, language);
  const key = total ? "filter-matching" : "filter-nothing";
  const text = message(key, { count: total, units });
  return hidden ? `${text}; ${message("filter-elsewhere", { count: hidden })}` : text;
}

/** @param {Filter[]} filters @param {string} language @param {Read} read @param {About} about */
async function chipsOf(filters, language, read, about) {
  const name = `chips-${language}`;
  /** @type {Table<string, any>} */
  const table = new Table(read, `${FOLDER}/${name}`, about.tables[name]);
  return await Promise.all(filters.map(({ key, value }) => table.get(`${key}${COLUMN}${value}`)));
}
