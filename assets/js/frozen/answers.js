/* The answers of a frozen page: what a server would answer, from packs.
 *
 * components/web/frozen/answers.py lists what a page can ask for. */

import { parentOfSmaller } from "../state/groups.js";
import { withoutAccents } from "../state/typeahead.js";
import { COMPUTED } from "./computed.js";
import { inLanguage } from "./packs.js";

/** @import { Edition } from "../state/fragment-cache.js" */
/** @import { Packs, Record } from "./packs.js" */
/** @import { FragmentReader } from "./tables.js" */

const FRAGMENT = /^fragments\/[^/]*\/([\w-]+)\.json$/;
const ORGANIZATION = "organization:";
const OK = 200;
const NOT_FOUND = 404;

/** Return a response with JSON.
 * @param {string} text @param {number} [status] */
const jsonResponse = (text, status = OK) =>
  new Response(text, { status, headers: { "Content-Type": "application/json" } });

export class Answers {
  /** @param {Packs} packs @param {Edition} edition */
  constructor(packs, edition) {
    this.packs = packs;
    this.edition = edition;
    this.top = edition.top;
    /** For what is computed, which keeps what it has read by it.
     * @type {FragmentReader} */
    this.read = Object.assign((/** @type {string} */ name) => this.file(name), {
      fragment: (/** @type {string} */ kind, /** @type {URLSearchParams} */ parameters) =>
        this.content(kind, parameters),
    });
  }

  /** Return the answer to a request for an address relative to the page; null if it is none of
   * those that are frozen.
   * @param {string} path @param {URLSearchParams} parameters
   * @returns {Promise<?Response>} */
  async response(path, parameters) {
    if (path === "version") {
      return jsonResponse(JSON.stringify(this.edition));
    }
    const [, kind] = FRAGMENT.exec(path) || [];
    const compute = COMPUTED[kind || path];
    if (compute) {
      const answer = await compute(parameters, this.read);
      return answer ? jsonResponse(JSON.stringify(answer)) : this.unknown(parameters);
    }
    if (kind) {
      return this.fragment(kind, parameters);
    }
    const file = await this.packs.record(`file:${path}`);
    return file && jsonResponse(file.answer("")?.content || "");
  }

  /** Return a fragment, as components/web/fragments.py does.
   * @param {string} kind @param {URLSearchParams} parameters */
  async fragment(kind, parameters) {
    const found = await this.find(kind, parameters);
    if (found === null) {
      return this.unknown(parameters);
    }
    const [unit, focus] = [found.unit, found.focus || found.unit].map((name) =>
      JSON.stringify(name),
    );
    return jsonResponse(`{"unit":${unit},"focus":${focus},"content":${found.content}}`);
  }

  /** Return the answer about a unit that does not exist.
   * @param {URLSearchParams} parameters */
  async unknown(parameters) {
    const record = await this.packs.record(ORGANIZATION);
    const answer = await this.answer(record, "unknown", parameters);
    return jsonResponse(`{"nearest":[],"content":${answer?.content}}`, NOT_FOUND);
  }

  /** Return the content of a fragment; null if there is none.
   * @param {string} kind @param {URLSearchParams} parameters
   * @returns {Promise<any>} */
  async content(kind, parameters) {
    const found = await this.find(kind, parameters);
    return found && JSON.parse(found.content);
  }

  /** Return what is stored under a name; null if there is nothing.
   * @param {string} name @returns {Promise<any>} */
  async file(name) {
    const record = await this.packs.record(`file:${name}`);
    return record && JSON.parse(record.answer("")?.content || "null");
  }

  /** Find the answer about the unit in the parameters. A unit without parts has the diagrams of the
   * focus in which it is visible; a group of what is smaller than something, with a size by which
   * nothing is, those of its parent.
   * @param {string} kind @param {URLSearchParams} parameters
   * @returns {Promise<?{unit: string, content: string, focus: string}>} */
  async find(kind, parameters) {
    const common = await this.packs.record(ORGANIZATION);
    const organization = await this.answer(common, kind, parameters);
    if (organization) {
      return { unit: this.top, ...organization };
    }
    const unit = await this.unitRecord(parameters.get("unit") || this.top);
    if (unit === null) {
      return null;
    }
    const name = unit.key.slice(unit.key.indexOf(":") + 1);
    const special = await this.special(kind, name, parameters);
    const record = (await this.part(kind, name, parameters)) || unit;
    const answer =
      (await this.answer(special, kind, parameters)) ||
      (await this.answer(record, kind, parameters));
    if (answer) {
      return { unit: name, ...answer };
    }
    const visible = parentOfSmaller(name) || (await this.answer(unit, "panel", parameters))?.focus;
    if (!visible || visible === name || kind === "panel") {
      return null;
    }
    const query = new URLSearchParams(parameters);
    query.set("unit", visible);
    return this.find(kind, query);
  }

  /** Return the record of a unit or a group, by its id or any other name.
   * @param {string} name */
  async unitRecord(name) {
    return (
      (await this.packs.record(`unit:${name}`)) ||
      (await this.packs.record(`name:${withoutAccents(name).split(/\s+/).join(" ").trim()}`))
    );
  }

  /** Return the record of what is opened in the diagrams, covers a column, or continues the list of
   * changes; null if the request is about none of these, or there is none.
   * @param {string} kind @param {string} unit @param {URLSearchParams} parameters */
  special(kind, unit, parameters) {
    if (kind === "covering") {
      const parts = [unit, parameters.get("by"), parameters.get("column")];
      return this.packs.record(`covering:${parts.join("\n")}`);
    }
    if (kind === "further-changes") {
      return this.packs.record(`changes:${parameters.get("changes")}\n${parameters.get("part")}`);
    }
    const opened = parameters.get("open");
    return opened ? this.packs.record(`open:${unit}\n${opened}`) : null;
  }

  /** Return the record of a part of the answers about a unit; null for the first, and if there is none.
   * @param {string} kind @param {string} unit @param {URLSearchParams} parameters */
  async part(kind, unit, parameters) {
    const { parts } = await this.packs.index();
    const [name, keys] = parts[kind] || ["", []];
    const values = await this.values(keys, parameters);
    return [name, ...values].some(Boolean)
      ? this.packs.record(`unit:${unit}\n${[name, ...values].join("\n")}`)
      : null;
  }

  /** Return the values of some keys; what is not frozen, and what is the default, is empty.
   * @param {string[]} keys @param {URLSearchParams} parameters */
  async values(keys, parameters) {
    const { values } = await this.packs.index();
    return keys.map((key) => {
      const value = parameters.get(key) || "";
      return values[key].indexOf(value) > 0 ? value : "";
    });
  }

  /** Return the answer of a record that parameters ask for, in their language; a value that is not
   * frozen counts as absent.
   * @param {?Record} record @param {string} kind @param {URLSearchParams} parameters */
  async answer(record, kind, parameters) {
    const { keys, languages } = await this.packs.index();
    const values = await this.values(keys[kind] || [], parameters);
    const language = parameters.get("lang") || "";
    const own = record?.answer([kind, language, ...values].join("\n"));
    if (own) {
      return own;
    }
    const answer = record?.answer([kind, languages.join(" "), ...values].join("\n"));
    const place = languages.indexOf(language);
    return answer ? { ...answer, content: inLanguage(answer.content, place) } : null;
  }
}
