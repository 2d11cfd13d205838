/* How two units are connected, in a frozen page: the answer that the server would give, from what
 * `components/web/frozen/connections.py` writes and from the index of the search. */

import { messagesIn } from "../state/messages.js";
import { fill } from "./contents.js";
import { Graph, shortestChain } from "./graph.js";
import { keyOf } from "./nodes.js";
import { pathForPage, pathOf } from "./path.js";
import { SearchIndex } from "./search-index.js";
import { Table } from "./tables.js";
import { foldText } from "./tokens.js";

/** @import { Limits } from "./graph.js" */
/** @import { Nodes } from "./nodes.js" */
/** @import { Geometry, Networks } from "./path.js" */
/** @import { FragmentReader, Read } from "./tables.js" */

/** @typedef {{text: string, source: string, who: string}} Evidence */
/** A step of a chain: its basis, its direction, the kind of relation or the reference, its evidence,
 * and the item that says it, with places.
 * @typedef {{basis: string, direction: string, through: string, evidence: Evidence[], item: any}}
 *   Step */
/** By language and direction.
 * @typedef {Record<string, Record<string, any>>} Items */
/** What the section is made of in a language, with places.
 * @typedef {object} Contents
 * @property {Record<string, any>} messages
 * @property {any} section
 * @property {any} name
 * @property {any} link
 * @property {any} arrival
 * @property {any} more
 * @property {any} evidence
 * @property {Record<string, any>} hierarchy - the items of steps, by direction */
/** @typedef {object} About
 * @property {Record<string, any[]>} tables
 * @property {Record<string, Contents>} languages
 * @property {Limits} chains
 * @property {Geometry} path
 * @property {number} max_steps - that are listed */
/** @typedef {{unit: number, id: string, name: string}} Named */

const FOLDER = "connection";
const DEFAULT_LANGUAGE = "en";
const DEFAULT_LAYOUT = "tree";
/** The layouts that a network has: a tree also the one with short names.
 * @type {Record<string, string[]>} */
const LAYOUTS = { tree: ["tree", "compact"], radial: ["radial"] };

/** @type {WeakMap<Read, Promise<Connections>>} */
const opened = new WeakMap();

/** The parameters of diagrams in which nothing is opened in place. */
const CLOSED = { open: "" };

/** Return the connection of the units in some parameters, as the server gives it; null if there is
 * no such unit.
 * @param {URLSearchParams} parameters @param {FragmentReader} read */
export async function connection(parameters, read) {
  let connections = opened.get(read);
  if (!connections) {
    connections = Connections.open(read);
    opened.set(read, connections);
  }
  return (await connections).between(parameters);
}

/** The connections of the units of one organization. */
class Connections {
  /**
   * @param {FragmentReader} read
   * @param {About} about
   * @param {Graph} graph
   * @param {SearchIndex} index
   */
  constructor(read, about, graph, index) {
    /** @param {string} name @returns {Table<any, any>} */
    const table = (name) => new Table(read, `${FOLDER}/${name}`, about.tables[name]);
    this.read = read;
    this.about = about;
    this.graph = graph;
    this.index = index;
    /** @type {Table<number, [unit: number, kind: string, direction: string, text: string,
     *   source: string][]>} */
    this.stated = table("stated");
    /** @type {Table<number, [label: string, rows: [reference: number, role: string,
     *   source: string][]]>} */
    this.mentions = table("mentions");
    /** @type {Table<number, string>} */
    this.sources = table("sources");
    /** @type {Table<string, Items>} */
    this.kinds = table("kinds");
    /** @type {Table<number, [id: string, items: Items]>} */
    this.references = table("references");
  }

  /** @param {FragmentReader} read */
  static async open(read) {
    const [about, graph, index] = await Promise.all([
      read(`${FOLDER}/about`),
      read(`${FOLDER}/graph`),
      SearchIndex.open(read),
    ]);
    return new Connections(read, about, new Graph(graph), index);
  }

  /** @param {URLSearchParams} parameters */
  async between(parameters) {
    const texts = ["unit", "to"].map((key) => parameters.get(key) ?? "");
    const [one, other] = await Promise.all(texts.map((text) => this.#find(text)));
    if (!one || !other) {
      return null;
    }
    const language = parameters.get("lang") ?? DEFAULT_LANGUAGE;
    const units = shortestChain(this.graph, one.unit, other.unit, this.about.chains);
    const [named, steps, shown] = await Promise.all([
      Promise.all(units.map((unit) => this.#named(unit))),
      this.#steps(units, language),
      this.#shown(units, parameters),
    ]);
    if (!shown) {
      return null;
    }
    const bases = steps.map(({ basis }) => basis);
    const [withOpened, networks] = await Promise.all([
      this.#fragment("nodes", shown.centre, parameters),
      this.#networks(shown, parameters),
    ]);
    const [sunburst, network] = [shown, withOpened ?? shown].map((nodes) => ({
      nodes,
      path: pathOf(nodes, this.graph, units, bases),
    }));
    const listed = steps.slice(0, this.about.max_steps);
    const content = {
      to: other.id,
      units: named.slice(0, listed.length + 1).map(({ id }) => id),
      steps: listed.map(({ basis, direction, through }) => ({ basis, direction, through })),
      panel: steps.length ? [this.#section(named, steps, language)] : [],
      ...pathForPage(sunburst, network, this.about.path, networks),
    };
    return { unit: one.id, focus: shown.centre, content };
  }

  /** Return the unit with an id, or else the only one with a name.
   * @param {string} text @returns {Promise<?Named>} */
  async #find(text) {
    const units = ((await this.index.names.get(foldText(text))) ?? []).flat();
    const named = await Promise.all(units.map((unit) => this.#named(unit)));
    return named.find(({ id }) => id === text) ?? (named.length === 1 ? named[0] : null);
  }

  /** @param {number} unit @returns {Promise<Named>} */
  async #named(unit) {
    const { id, texts } = await this.index.unit(unit);
    return { unit, id, name: texts[0][1] };
  }

  // ---- Steps -----------------------------------------------------------------------------------

  /** Return the most informative step between each two units of a chain.
   * @param {number[]} units @param {string} language */
  async #steps(units, language) {
    const pairs = units.slice(1).map((target, place) => [units[place], target]);
    return await Promise.all(
      pairs.map(
        async ([origin, target]) =>
          (await this.#statedStep(origin, target, language)) ??
          (await this.#sharedStep(origin, target, language)) ??
          (await this.#hierarchyStep(origin, target, language)),
      ),
    );
  }

  /** @param {number} origin @param {number} target @param {string} language
   * @returns {Promise<?Step>} */
  async #statedStep(origin, target, language) {
    const rows = (await this.stated.get(origin)) ?? [];
    const row = rows.find(([unit]) => unit === target);
    if (!row) {
      return null;
    }
    const [, through, direction, text, source] = row;
    const items = await this.kinds.get(through);
    const item = items?.[language][direction];
    const evidence = [{ text, source, who: "" }];
    return { basis: "stated", direction, through, evidence, item };
  }

  /** Return the step through the rarest reference that two units share.
   * @param {number} origin @param {number} target @param {string} language
   * @returns {Promise<?Step>} */
  async #sharedStep(origin, target, language) {
    const both = await Promise.all([origin, target].map((unit) => this.mentions.get(unit)));
    const [mentioned, others] = [origin, target].map((unit) => this.graph.references(unit));
    const [rarest] = mentioned
      .filter((reference) => others.includes(reference))
      .sort((one, other) => this.#frequency(one) - this.#frequency(other) || one - other);
    if (rarest === undefined) {
      return null;
    }
    const evidence = both.flatMap(([label, rows] = ["", []]) =>
      rows
        .filter(([reference]) => reference === rarest)
        .slice(0, 1)
        .map(([, text, source]) => ({ text, source, who: label })),
    );
    const [through, items] = (await this.references.get(rarest)) ?? ["", {}];
    const item = items[language].both;
    return { basis: "reference", direction: "both", through, evidence, item };
  }

  /** @param {number} reference */
  #frequency(reference) {
    return this.graph.mentionedBy(reference).length;
  }

  /** @param {number} origin @param {number} target @param {string} language
   * @returns {Promise<Step>} */
  async #hierarchyStep(origin, target, language) {
    const isUp = this.graph.parents[origin] === target;
    const source = (await this.sources.get(isUp ? origin : target)) ?? "";
    const direction = isUp ? "out" : "in";
    const item = this.about.languages[language].hierarchy[direction];
    const evidence = [{ text: "", source, who: "" }];
    return { basis: "hierarchy", direction, through: "", evidence, item };
  }

  // ---- The section of the panel ----------------------------------------------------------------

  /** @param {Named[]} named @param {Step[]} steps @param {string} language */
  #section(named, steps, language) {
    const contents = this.about.languages[language];
    const message = messagesIn(contents.messages, language);
    const links = named.map((unit) => linkTo(contents.link, unit));
    const items = steps.slice(0, this.about.max_steps).map(({ item, evidence }, place) => {
      const [one, other] = links.slice(place, place + 2);
      const elements = evidence.flatMap((each) => evidenceElements(contents.evidence, each));
      return fill(item, { one, other, evidence: elements });
    });
    const unlisted = steps.length - items.length;
    const more = message("connection-more", { count: unlisted });
    const [one, other] = [named[0], named[steps.length]].map(({ name }) =>
      fill(contents.name, { name }),
    );
    return fill(contents.section, {
      one,
      other,
      count: message("connection-steps", { count: steps.length }),
      items,
      end: unlisted
        ? withProperties(contents.more, { children: more })
        : fill(contents.arrival, { link: links[steps.length] }),
    });
  }

  // ---- The diagrams ----------------------------------------------------------------------------

  /** Return the nodes of a focus if they show all units, else those of the common ancestor.
   * @param {number[]} units @param {URLSearchParams} parameters @returns {Promise<?Nodes>} */
  async #shown(units, parameters) {
    /** @type {?Nodes} */
    const shown = await this.#fragment("nodes", parameters.get("focus") ?? "", parameters, CLOSED);
    const keys = new Set(shown?.nodes.map(([key]) => key));
    if (units.every((unit) => keys.has(keyOf(unit)))) {
      return shown;
    }
    const [first, ...chains] = units.map((unit) => this.graph.chain(unit));
    const ancestor = first.findLast((unit) => chains.every((chain) => chain.includes(unit)));
    const { id } = await this.#named(Number(ancestor));
    return await this.#fragment("nodes", id, parameters, CLOSED);
  }

  /** Return the network in the layouts of some parameters; none if it is not frozen.
   * @param {Nodes} shown @param {URLSearchParams} parameters @returns {Promise<Networks>} */
  async #networks({ centre }, parameters) {
    const layout = parameters.get("layout") || DEFAULT_LAYOUT;
    const [elements, curves] = await Promise.all(
      ["network", "curves"].map((kind) => this.#fragment(kind, centre, parameters, { layout })),
    );
    const names = elements ? LAYOUTS[layout] : [];
    return new Map(names.map((name) => [name, { elements, curves: curves ?? {} }]));
  }

  /** Return the content of a fragment in the room of some parameters.
   * @param {string} kind @param {string} unit @param {URLSearchParams} parameters
   * @param {Record<string, string>} [own] */
  #fragment(kind, unit, parameters, own = {}) {
    const query = new URLSearchParams(parameters);
    for (const key of ["unit", "to", "focus"]) {
      query.delete(key);
    }
    for (const [key, value] of Object.entries({ unit, ...own })) {
      query.set(key, value);
    }
    return this.read.fragment(kind, query);
  }
}

/** Return the link to a unit.
 * @param {any} link @param {Named} unit */
function linkTo(link, { id, name }) {
  const href = `?${new URLSearchParams({ unit: id })}`;
  return withProperties(fill(link, { name }), { href, "data-unit": id });
}

/** @param {any} component @param {Record<string, any>} properties */
const withProperties = (component, properties) => ({
  ...component,
  props: { ...component.props, ...properties },
});

/** Return the element with the source's words; none if there are none.
 * @param {any} element @param {Evidence} evidence */
function evidenceElements(element, { who, text, source }) {
  if (!text && !source) {
    return [];
  }
  const [whose, why, origin] = element.props.children;
  const children = [...(who ? [whose] : []), ...(text ? [why] : []), ...(source ? [origin] : [])];
  return [fill(withProperties(element, { children }), { who, text, source })];
}
