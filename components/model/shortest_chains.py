"""The shortest chain of steps between two units.

A step leads to the parent or to a child, along a stated relation in either direction, or to a unit
that mentions the same reference. Among chains with the fewest steps the most informative one is
chosen: stated relations count most, then shared references (a rare one more than a common one),
then the hierarchy, which is visible anyway. Remaining ties are broken by preorder.

The search is bidirectional, level by level (I. Pohl, "Bi-directional search", Machine
Intelligence 6, 1971), and always widens the cheaper side. All units that mention a reference are
reached at once, from the first of them that is reached. A second pass over the levels, by dynamic
programming from the end, finds the most informative chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

import numpy as np

from components.model.adjacency import Adjacency
from components.model.organization import Numbers, Organization
from components.model.relations import SYMMETRIC_KINDS, Direction
from components.model.scope import common_ancestor

MAX_LEVELS = 200
"""Steps up to which a shortest chain is searched; beyond it the chain follows the hierarchy."""
REFERENCE_COST, HIERARCHY_COST = 1_000, 1_001
"""Cost of a step; a stated relation costs nothing. A reference that ``n`` units mention costs
``1 - 1 / n`` of its figure, so that a rare reference is preferred to a common one."""
NEVER = np.iinfo(np.int64).max


class StepBasis(StrEnum):
    """What a step is based on, the most informative first."""

    STATED = "stated"
    REFERENCE = "reference"
    HIERARCHY = "hierarchy"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the data and its source; either may be empty."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, between two units."""

    origin: int
    target: int
    basis: StepBasis
    direction: Direction
    """``OUT`` if the relation is stated from origin to target, or if the target is the parent."""
    through: str
    """ProblemKind of the stated relation or id of the reference; empty for the hierarchy."""
    evidence: tuple[Evidence, ...]
    """One entry; two for a reference: the roles of origin and target."""


def shortest_chain(
    organization: Organization, adjacency: Adjacency, start: int, end: int
) -> tuple[Step, ...]:
    """Return the steps from one unit to another; none if they are the same."""
    units = _shortest(organization, adjacency, start, end)
    return tuple(_step(organization, *ends) for ends in pairwise(units))


def units_of(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the units along a chain."""
    return (*(step.origin for step in steps[:1]), *(step.target for step in steps))


@dataclass(slots=True)
class _Frontier:
    """The units that have been reached from one end."""

    adjacency: Adjacency
    levels: list[Numbers]
    """The units at each distance from the end."""
    seen: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)
    seen_references: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)

    def __post_init__(self) -> None:
        self.seen = np.zeros(len(self.adjacency.parent), dtype=np.bool_)
        self.seen[self.levels[0]] = True
        self.seen_references = np.zeros(len(self.adjacency.mentioned_by.first) - 1, dtype=np.bool_)

    def cost(self) -> int:
        """Return the number of steps to follow for the next level."""
        adjacency, edge = self.adjacency, self.levels[-1]
        steps = adjacency.children.count(edge) + adjacency.partners.count(edge)
        return steps + adjacency.mentioned_by.count(self._new_references())

    def _new_references(self) -> Numbers:
        """Return the references that the last level is the first to mention."""
        references = self.adjacency.references.of(self.levels[-1])
        return np.unique(references[~self.seen_references[references]])

    def widen(self) -> None:
        """Add the units that are one step further away."""
        adjacency, edge = self.adjacency, self.levels[-1]
        references = self._new_references()
        self.seen_references[references] = True
        above = adjacency.parent[edge]
        found = np.concatenate(
            (
                above[above >= 0],
                adjacency.children.of(edge),
                adjacency.partners.of(edge),
                adjacency.mentioned_by.of(references),
            )
        )
        found = np.unique(found[~self.seen[found]])
        self.seen[found] = True
        self.levels.append(found)


def _shortest(organization: Organization, adjacency: Adjacency, start: int, end: int) -> list[int]:
    near, far = (_Frontier(adjacency, [np.array([each])]) for each in (start, end))
    meeting = near.levels[0][far.seen[near.levels[0]]]
    while not len(meeting):
        if len(near.levels) + len(far.levels) > MAX_LEVELS:
            return _by_hierarchy(organization, start, end)
        smaller, other = sorted((near, far), key=_Frontier.cost)
        smaller.widen()
        meeting = smaller.levels[-1][other.seen[smaller.levels[-1]]]
    levels = [*far.levels[:-1], meeting, *near.levels[-2::-1]]
    next_unit = _next_units(adjacency, levels)
    chain = [start]
    while chain[-1] != end:
        chain.append(int(next_unit[chain[-1]]))
    return chain


def _by_hierarchy(organization: Organization, start: int, end: int) -> list[int]:
    shared = common_ancestor(organization, (start, end))
    depth = int(organization.depth[shared])
    up, down = (
        [*organization.ancestors(unit)[depth:], unit] if unit != shared else [shared]
        for unit in (start, end)
    )
    return [*reversed(up), *down[1:]]


def _next_units(adjacency: Adjacency, levels: Sequence[Numbers]) -> Numbers:
    """Return for each unit of a level the best unit to go to in the level before it.

    The first level is the end of all chains. Cost and unit number are combined into one number, so
    that among equal costs the first unit in preorder is the minimum.
    """
    count = len(adjacency.parent)
    mentions = np.maximum(np.diff(adjacency.mentioned_by.first), 1)
    by_reference = (REFERENCE_COST - REFERENCE_COST // mentions) * count
    cost = np.full(count, NEVER)
    cost[levels[0]] = 0
    next_unit = np.full(count, -1)
    for towards, level in pairwise(levels):
        best = np.full(len(level), NEVER)

        def offer(
            units: Numbers, ranks: Numbers, level: Numbers = level, best: Numbers = best
        ) -> None:
            places = np.minimum(np.searchsorted(level, units), len(level) - 1)
            inside = level[places] == units
            np.minimum.at(best, places[inside], ranks[inside])

        known = towards[cost[towards] < NEVER]
        ranked = cost[known] * count + known
        offer(adjacency.parent[known], ranked + HIERARCHY_COST * count)
        inner = level[adjacency.parent[level] >= 0]
        above = adjacency.parent[inner]
        inner, above = inner[cost[above] < NEVER], above[cost[above] < NEVER]
        offer(inner, (cost[above] + HIERARCHY_COST) * count + above)
        origins, ends = adjacency.partners.pairs(known)
        offer(ends, cost[origins] * count + origins)
        origins, references = adjacency.references.pairs(known)
        shared = np.full(len(mentions), NEVER)
        ranked = cost[origins] * count + origins + by_reference[references]
        np.minimum.at(shared, references, ranked)
        origins, references = adjacency.references.pairs(level)
        offer(origins, shared[references])

        found = level[best < NEVER]
        cost[found], next_unit[found] = np.divmod(best[best < NEVER], count)
    return next_unit


def _step(organization: Organization, origin: int, target: int) -> Step:
    """Return the most informative step between two units that are one step apart."""
    for relation in organization.relations.of(origin):
        if target in (relation.origin, relation.target):
            direction = Direction.OUT if relation.origin == origin else Direction.IN
            return Step(
                origin,
                target,
                StepBasis.STATED,
                Direction.BOTH if relation.kind in SYMMETRIC_KINDS else direction,
                relation.kind,
                (Evidence(relation.description, relation.source),),
            )
    one, other = (
        {each.reference: Evidence(each.role, each.source) for each in reversed(mentions)}
        for mentions in (organization.mentions.of(unit) for unit in (origin, target))
    )
    shared = [each for each in organization.references if each in one and each in other]
    if shared:
        through = min(shared, key=lambda each: len(organization.mentions_by_reference[each]))
        evidence = (one[through], other[through])
        return Step(origin, target, StepBasis.REFERENCE, Direction.BOTH, through, evidence)
    is_up = int(organization.parent[origin]) == target
    source = organization.units["source"][origin if is_up else target]
    direction = Direction.OUT if is_up else Direction.IN
    return Step(origin, target, StepBasis.HIERARCHY, direction, "", (Evidence("", source),))
