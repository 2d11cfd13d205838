/* The keys of the state that an address can hold, as components/view_state.py describes them. */

/** @typedef {object} Key
 * @property {"unit"|"focus"|"choice"|"list"|"openings"|"column"|"text"} type
 * @property {string[]} values - the only valid ones of a choice or a column, the default first; else
 *   empty
 * @property {string[]} diagrams - those whose picture depends on the key */

/** @typedef {"types"|"themes"|"where"|"changes"} FilterKey */

/** Types of keys that have one of some values. */
const LIMITED = ["choice", "column"];

/** The keys of a view, and the addresses that hold them. */
export class ViewKeys {
  /** @param {Record<string, Partial<Key> & Pick<Key, "type">>} schema - by name of the key; what
   *   is empty may be missing */
  constructor(schema) {
    /** @type {Record<string, Key>} */
    this.schema = Object.fromEntries(
      Object.entries(schema).map(([key, parts]) => [key, { values: [], diagrams: [], ...parts }]),
    );
    /** The default of each key: the first of its values if they are limited, else null.
     * @type {Record<string, ?string>} */
    this.defaults = Object.fromEntries(
      Object.entries(this.schema).map(([key, { values }]) => [key, values[0] || null]),
    );
    /** The keys that are lists of values: the filters. */
    this.filters = /** @type {FilterKey[]} */ (this.ofType("list"));
  }

  /** @param {Key["type"]} type */
  ofType(type) {
    return Object.keys(this.schema).filter((key) => this.schema[key].type === type);
  }

  /** Return those of some keys that are not default in a state, as parameters of a fragment.
   * @param {readonly string[]} keys @param {object} state
   * @returns {Record<string, string>} */
  chosen(keys, state) {
    const values = /** @type {Record<string, string>} */ (state);
    const chosen = keys.filter((key) => values[key] && values[key] !== this.defaults[key]);
    return Object.fromEntries(chosen.map((key) => [key, values[key]]));
  }

  /** Return the values of all keys in the query of an address; invalid ones are ignored.
   * @param {string} search */
  read(search) {
    const query = new URLSearchParams(search);
    const values = { ...this.defaults };
    for (const [key, { type, values: choices }] of Object.entries(this.schema)) {
      const value = query.get(key);
      if (value && (!LIMITED.includes(type) || choices.includes(value))) {
        values[key] = value;
      }
    }
    return values;
  }

  /** Return a state as parameters of an address; defaults are omitted.
   * @param {Record<string, unknown>} state */
  parameters(state) {
    const parameters = new URLSearchParams();
    for (const [key, defaultValue] of Object.entries(this.defaults)) {
      const value = state[key];
      if (typeof value === "string" && value && value !== defaultValue) {
        parameters.set(key, value);
      }
    }
    return parameters;
  }

  /** Return the keys on which the picture of a diagram depends.
   * @param {string} diagram */
  forPicture(diagram) {
    return Object.keys(this.schema).filter((key) => this.schema[key].diagrams.includes(diagram));
  }
}

/** Return the values of a list.
 * @param {?string} [list] - separated by semicolons */
export const listValues = (list) => (list || "").split(";").filter(Boolean);

/** Add a value to a list, or remove it; return null for an empty list.
 * @param {?string} list @param {string} value */
export function toggledInList(list, value) {
  const values = listValues(list);
  const others = values.filter((other) => other !== value);
  return (others.length < values.length ? others : [...values, value]).join(";") || null;
}
