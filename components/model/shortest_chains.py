"""The shortest chain of steps between two units.

A step leads to the parent or to a child, along a stated relation in either direction, or to a unit
that mentions the same reference. Among chains with the fewest steps the most informative one is
chosen: stated relations count most, then shared references (a rare one more than a common one),
then the hierarchy, which is visible anyway. Remaining ties are broken by preorder.

A bidirectional breadth-first search (I. Pohl, "Bi-directional search", Machine Intelligence 6,
1971) finds the levels between the two units; it always extends the cheaper side. Dynamic
programming over the levels, backwards from the end, then finds the most informative chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

import numpy as np

from components.model.adjacency import Adjacency
from components.model.organization import Numbers, Organization
from components.model.relations import Direction, direction_from
from components.model.scope import common_ancestor

MAX_LEVELS = 200
"""Steps of the longest chain that is searched; beyond it, the chain follows the hierarchy."""
REFERENCE_COST, HIERARCHY_COST = 1_000, 1_001
"""Costs of a step; a stated relation has the cost 0. A reference that ``n`` units mention has the
cost ``(1 - 1 / n) * REFERENCE_COST``, so that a rare reference is preferred to a common one."""
UNREACHED = np.iinfo(np.int64).max


class StepBasis(StrEnum):
    """The basis of a step, the most informative first."""

    STATED = "stated"
    REFERENCE = "reference"
    HIERARCHY = "hierarchy"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence from the tables, and its source; either may be empty."""

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
    """The kind of the stated relation or the id of the reference; empty for the hierarchy."""
    evidence: tuple[Evidence, ...]
    """One entry; two for a reference: the roles of origin and target."""


def shortest_chain(
    organization: Organization, adjacency: Adjacency, start: int, end: int
) -> tuple[Step, ...]:
    """Return the steps from one unit to another; no steps if they are the same."""
    units = _shortest(organization, adjacency, start, end)
    return tuple(_step(organization, *ends) for ends in pairwise(units))


def units_of(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the units along a chain."""
    return (*(step.origin for step in steps[:1]), *(step.target for step in steps))


@dataclass(slots=True)
class _Frontier:
    """The units that the search has reached from one end."""

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
        """Return the number of steps that lead to the next level."""
        adjacency, edge = self.adjacency, self.levels[-1]
        steps = adjacency.children.count(edge) + adjacency.partners.count(edge)
        return steps + adjacency.mentioned_by.count(self._new_references())

    def _new_references(self) -> Numbers:
        """Return the references that units of the last level mention, but none before."""
        references = self.adjacency.references.of(self.levels[-1])
        return np.unique(references[~self.seen_references[references]])

    def extend(self) -> None:
        """Add the level of the units that are one step further away."""
        adjacency, edge = self.adjacency, self.levels[-1]
        references = self._new_references()
        self.seen_references[references] = True
        parents = adjacency.parent[edge]
        units = np.concatenate(
            (
                parents[parents >= 0],
                adjacency.children.of(edge),
                adjacency.partners.of(edge),
                adjacency.mentioned_by.of(references),
            )
        )
        units = np.unique(units[~self.seen[units]])
        self.seen[units] = True
        self.levels.append(units)


def _shortest(organization: Organization, adjacency: Adjacency, start: int, end: int) -> list[int]:
    near, far = (_Frontier(adjacency, [np.array([unit])]) for unit in (start, end))
    meeting = near.levels[0][far.seen[near.levels[0]]]
    while not len(meeting):
        if len(near.levels) + len(far.levels) > MAX_LEVELS:
            return _by_hierarchy(organization, start, end)
        smaller, other = sorted((near, far), key=_Frontier.cost)
        smaller.extend()
        meeting = smaller.levels[-1][other.seen[smaller.levels[-1]]]
    levels = [*far.levels[:-1], meeting, *near.levels[-2::-1]]
    next_unit = _next_units(adjacency, levels)
    chain = [start]
    while chain[-1] != end:
        chain.append(int(next_unit[chain[-1]]))
    return chain


def _by_hierarchy(organization: Organization, start: int, end: int) -> list[int]:
    depth = int(organization.depth[common_ancestor(organization, (start, end))])
    up, down = ([*organization.ancestors(unit), unit][depth:] for unit in (start, end))
    return [*reversed(up), *down[1:]]


def _next_units(adjacency: Adjacency, levels: Sequence[Numbers]) -> Numbers:
    """Return for each unit of a level the best unit to go to in the level before it.

    The first level is the end of all chains. The rank of a step is ``cost * units + target``, so
    that among steps of equal cost the one to the first unit in preorder has the lowest rank.
    """
    count = len(adjacency.parent)
    mentions = np.maximum(np.diff(adjacency.mentioned_by.first), 1)
    reference_ranks = (REFERENCE_COST - REFERENCE_COST // mentions) * count
    cost = np.full(count, UNREACHED)
    cost[levels[0]] = 0
    next_unit = np.full(count, -1)
    for previous, level in pairwise(levels):
        best = np.full(len(level), UNREACHED)
        targets = previous[cost[previous] < UNREACHED]
        ranks = cost[targets] * count + targets
        _lower(best, level, adjacency.parent[targets], ranks + HIERARCHY_COST * count)
        children = level[adjacency.parent[level] >= 0]
        children = children[cost[adjacency.parent[children]] < UNREACHED]
        parents = adjacency.parent[children]
        _lower(best, level, children, (cost[parents] + HIERARCHY_COST) * count + parents)
        ends, partners = adjacency.partners.pairs(targets)
        _lower(best, level, partners, cost[ends] * count + ends)
        ends, references = adjacency.references.pairs(targets)
        best_by_reference = np.full(len(mentions), UNREACHED)
        ranks = cost[ends] * count + ends + reference_ranks[references]
        np.minimum.at(best_by_reference, references, ranks)
        origins, references = adjacency.references.pairs(level)
        _lower(best, level, origins, best_by_reference[references])

        reached = level[best < UNREACHED]
        cost[reached], next_unit[reached] = np.divmod(best[best < UNREACHED], count)
    return next_unit


def _lower(best: Numbers, level: Numbers, units: Numbers, ranks: Numbers) -> None:
    """Lower the best rank of those units that are in the level, which is sorted."""
    places = np.minimum(np.searchsorted(level, units), len(level) - 1)
    inside = level[places] == units
    np.minimum.at(best, places[inside], ranks[inside])


def _step(organization: Organization, origin: int, target: int) -> Step:
    """Return the most informative step between two units that are one step apart."""
    for row in organization.relations.of(origin):
        if target in (row.origin, row.target):
            direction, evidence = direction_from(origin, row), Evidence(row.description, row.source)
            return Step(origin, target, StepBasis.STATED, direction, row.kind, (evidence,))
    roles, target_roles = (
        {row.reference: Evidence(row.role, row.source) for row in reversed(mentions)}
        for mentions in (organization.mentions.of(unit) for unit in (origin, target))
    )
    shared = [name for name in organization.references if name in roles and name in target_roles]
    if shared:
        rarest = min(shared, key=lambda name: len(organization.mentions_by_reference[name]))
        both = (roles[rarest], target_roles[rarest])
        return Step(origin, target, StepBasis.REFERENCE, Direction.BOTH, rarest, both)
    is_up = int(organization.parent[origin]) == target
    source = organization.units["source"][origin if is_up else target]
    direction = Direction.OUT if is_up else Direction.IN
    return Step(origin, target, StepBasis.HIERARCHY, direction, "", (Evidence("", source),))
