/* The shortest chain of steps between two units, the twin of `components/model/shortest_chains.py`:
 * of the chains with the fewest steps the most informative one. */

/** The units and their steps, as `components/web/frozen/connections.py` writes them.
 * @typedef {object} GraphFile
 * @property {number[]} depths - of each unit, in preorder
 * @property {[unit: number, ends: number[]][]} partners - by stated relations
 * @property {[unit: number, references: number[]][]} mentions
 * @property {number} references - how many there are */
/** Steps of the longest chain that is searched, and the costs of steps; those along stated relations
 * cost nothing.
 * @typedef {{max_levels: number, reference_cost: number, hierarchy_cost: number}} Limits */

/** The single steps from unit to unit. */
export class Graph {
  /** @type {number[]} */
  parents = []; // -1 for the top
  /** @type {number[][]} */
  #children = [];
  #partners;
  #mentions;
  /** @type {number[][]} */
  #mentionedBy;

  /** @param {GraphFile} file */
  constructor({ depths, partners, mentions, references }) {
    /** @type {number[]} */
    const chain = []; // the last unit of each depth
    for (const [unit, depth] of depths.entries()) {
      chain[depth] = unit;
      this.parents.push(depth ? chain[depth - 1] : -1);
      this.#children.push([]);
      this.#children[chain[depth - 1]]?.push(unit);
    }
    this.#partners = new Map(partners);
    this.#mentions = new Map(mentions);
    this.#mentionedBy = Array.from({ length: references }, () => []);
    for (const [unit, mentioned] of mentions) {
      for (const reference of mentioned) {
        this.#mentionedBy[reference].push(unit);
      }
    }
  }

  /** @param {number} unit */
  children(unit) {
    return this.#children[unit];
  }

  /** Return the units with a stated relation to a unit, in either direction.
   * @param {number} unit */
  partners(unit) {
    return this.#partners.get(unit) ?? [];
  }

  /** Return the references that a unit mentions.
   * @param {number} unit */
  references(unit) {
    return this.#mentions.get(unit) ?? [];
  }

  /** Return the units that mention a reference.
   * @param {number} reference */
  mentionedBy(reference) {
    return this.#mentionedBy[reference];
  }

  /** Return the chain from the top down to a unit.
   * @param {number} unit @returns {number[]} */
  chain(unit) {
    return unit < 0 ? [] : [...this.chain(this.parents[unit]), unit];
  }
}

/** The units that the search has reached from one end. */
class Frontier {
  #graph;
  /** @type {Set<number>} */
  #seenReferences = new Set();

  /** @param {Graph} graph @param {number} end */
  constructor(graph, end) {
    this.#graph = graph;
    this.levels = [[end]]; // the units at each distance from the end
    this.seen = new Set([end]);
  }

  #edge() {
    return this.levels.at(-1) ?? [];
  }

  /** Return the references that units of the last level mention, but none before. */
  #newReferences() {
    const references = new Set(this.#edge().flatMap((unit) => this.#graph.references(unit)));
    return [...references].filter((reference) => !this.#seenReferences.has(reference));
  }

  /** Return the number of steps that lead to the next level. */
  cost() {
    const counts = [
      ...this.#edge().map(
        (unit) => this.#graph.children(unit).length + this.#graph.partners(unit).length,
      ),
      ...this.#newReferences().map((reference) => this.#graph.mentionedBy(reference).length),
    ];
    return counts.reduce((total, count) => total + count, 0);
  }

  /** Add the level of the units that are one step further away, and return it. */
  extend() {
    const references = this.#newReferences();
    const units = [
      ...this.#edge().flatMap((unit) => [
        ...(this.#graph.parents[unit] < 0 ? [] : [this.#graph.parents[unit]]),
        ...this.#graph.children(unit),
        ...this.#graph.partners(unit),
      ]),
      ...references.flatMap((reference) => this.#graph.mentionedBy(reference)),
    ];
    const level = [...new Set(units)].filter((unit) => !this.seen.has(unit));
    for (const reference of references) {
      this.#seenReferences.add(reference);
    }
    for (const unit of level) {
      this.seen.add(unit);
    }
    this.levels.push(level);
    return level;
  }
}

/** Return the units along the shortest chain from one unit to another.
 * @param {Graph} graph @param {number} start @param {number} end @param {Limits} limits */
export function shortestChain(graph, start, end, limits) {
  const [near, far] = [start, end].map((unit) => new Frontier(graph, unit));
  let meeting = start === end ? [start] : [];
  while (!meeting.length) {
    if (near.levels.length + far.levels.length > limits.max_levels) {
      return chainByHierarchy(graph, start, end);
    }
    const [smaller, other] = far.cost() < near.cost() ? [far, near] : [near, far];
    meeting = smaller.extend().filter((unit) => other.seen.has(unit));
  }
  const levels = [
    ...far.levels.slice(0, -1),
    meeting,
    ...near.levels.slice(0, -1).reverse(), // of a copy
  ];
  const nextUnit = nextUnits(graph, levels, limits);
  const chain = [start];
  for (let unit = start; unit !== end; ) {
    unit = Number(nextUnit.get(unit));
    chain.push(unit);
  }
  return chain;
}

/** @param {Graph} graph @param {number} start @param {number} end */
function chainByHierarchy(graph, start, end) {
  const [up, down] = [start, end].map((unit) => graph.chain(unit));
  const shared = up.filter((unit, depth) => unit === down[depth]).length;
  return [...up.slice(shared - 1).reverse(), ...down.slice(shared)];
}

/** Return for each unit of a level the best unit to go to in the level before it; the first level is
 * the end of all chains. The rank of a step is `cost * units + target`, so that among steps of equal
 * cost the one to the first unit in preorder has the lowest rank.
 * @param {Graph} graph @param {number[][]} levels @param {Limits} limits */
function nextUnits(graph, levels, { hierarchy_cost, reference_cost }) {
  const count = graph.parents.length;
  /** @param {number} reference */
  const costOf = (reference) =>
    reference_cost - Math.floor(reference_cost / graph.mentionedBy(reference).length);
  const cost = new Map(levels[0].map((unit) => [unit, 0]));
  /** @type {Map<number, number>} */
  const nextUnit = new Map();
  for (const [before, level] of levels.slice(1).entries()) {
    const best = new Map(level.map((unit) => [unit, Number.POSITIVE_INFINITY]));
    /** @type {Map<number, number>} */
    const bestByReference = new Map();
    for (const target of levels[before].filter((unit) => cost.has(unit))) {
      const rank = Number(cost.get(target)) * count + target;
      lower(best, graph.parents[target], rank + hierarchy_cost * count);
      for (const partner of graph.partners(target)) {
        lower(best, partner, rank);
      }
      for (const reference of graph.references(target)) {
        const known = bestByReference.get(reference) ?? Number.POSITIVE_INFINITY;
        bestByReference.set(reference, Math.min(known, rank + costOf(reference) * count));
      }
    }
    for (const unit of level) {
      const parent = graph.parents[unit];
      lower(best, unit, (Number(cost.get(parent)) + hierarchy_cost) * count + parent);
      for (const reference of graph.references(unit)) {
        lower(best, unit, bestByReference.get(reference) ?? Number.POSITIVE_INFINITY);
      }
    }
    for (const [unit, rank] of best) {
      if (rank < Number.POSITIVE_INFINITY) {
        cost.set(unit, Math.floor(rank / count));
        nextUnit.set(unit, rank % count);
      }
    }
  }
  return nextUnit;
}

/** Lower the best rank of a unit if it has one; a rank that is no number lowers none.
 * @param {Map<number, number>} best @param {number} unit @param {number} rank */
function lower(best, unit, rank) {
  if (rank < Number(best.get(unit))) {
    best.set(unit, rank);
  }
}
