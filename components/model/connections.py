"""How two units are connected: the shortest chain of steps from the one to the other.

One step leads to the parent or to a child, along a stated relation either way, or to whoever names
the same reference. The chain has the fewest steps; of several such chains it is the one that tells
most: what is stated counts more than what is shared, a rare reference more than one that many
name, and the hierarchy least, for it is seen anyway. Equals are told apart by preorder.

The search goes level by level from both ends until they meet (I. Pohl, "Bi-directional search",
Machine Intelligence 6, 1971), always from the end that has less before it; whoever names a
reference is reached once, through whichever unit comes to it first. Then the levels are gone
through back from the end, as in dynamic programming, for the chain that tells most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from components.model.relations import SYMMETRIC_KINDS, Direction

if TYPE_CHECKING:
    from components.model.organization import Numbers, Organization, Scope

KEPT = 8
"""So many chains are kept as they were last asked for: a page asks several times for its own."""
MOST_LEVELS = 200
"""Steps up to which the shortest chain is looked for; beyond it is the way by the hierarchy."""
OF_A_REFERENCE, OF_THE_HIERARCHY = 1_000, 1_001
"""What a step costs, a stated one nothing: of a reference that ``n`` units name ``1 - 1 / n`` of
it, so that more than a stated and less than a step in the hierarchy."""
NEVER = np.iinfo(np.int64).max


class Footing(StrEnum):
    """What a step rests on, from the most telling to the least."""

    STATED = "stated"
    REFERENCE = "reference"
    HIERARCHY = "hierarchy"


@dataclass(frozen=True, slots=True)
class Fact:
    """What the source says, and where; either may be empty."""

    told: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, between two units."""

    origin: int
    target: int
    footing: Footing
    direction: Direction
    """``OUT`` from origin to target: as the relation is stated, or up to the parent."""
    through: str
    """The kind of the stated relation, or the id of the reference; empty in the hierarchy."""
    facts: tuple[Fact, ...]
    """One; of a reference two: what the origin does with it, and what the target does."""


class Connections:
    """Tells how units of one organization are connected; may be asked from several threads."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._steps = lru_cache(KEPT)(self._find)

    def steps(self, start: int, end: int) -> tuple[Step, ...]:
        """Return the steps from one unit to another, found or kept."""
        return self._steps(start, end)

    def _find(self, start: int, end: int) -> tuple[Step, ...]:
        units = _shortest(self._organization, start, end)
        return tuple(_step(self._organization, *ends) for ends in pairwise(units))


def connection(organization: Organization, start: int, end: int) -> tuple[Step, ...]:
    """Return the steps from one unit to another; none if they are the same."""
    return organization.connections.steps(start, end)


def units_of(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the units of a chain, in its order."""
    return (*(step.origin for step in steps[:1]), *(step.target for step in steps))


def common_ancestor(organization: Organization, units: Sequence[int]) -> int:
    """Return the deepest unit that all of some units are or lie below."""
    # In preorder whatever holds the first and the last holds all between them.
    ancestor, last = min(units), max(units)
    while not organization.is_below(last, ancestor):
        ancestor = int(organization.parent[ancestor])
    return ancestor


def scope_connecting(
    organization: Organization, ends: tuple[int, int], focus: int, *, levels: int, most: int
) -> Scope:
    """Return the scope of a focus; if not all of the chain is in it, of the unit that holds it."""
    scope = organization.scope(focus, levels=levels, most=most)
    units = units_of(connection(organization, *ends))
    if set(units) <= set(scope.units):
        return scope
    return organization.scope(common_ancestor(organization, units), levels=levels, most=most)


@dataclass(slots=True)
class _Reach:
    """What has been reached from one end."""

    organization: Organization
    levels: list[Numbers]
    """The units at each distance from the end."""
    seen: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)
    named: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)

    def __post_init__(self) -> None:
        self.seen = np.zeros(len(self.organization), dtype=np.bool_)
        self.seen[self.levels[0]] = True
        self.named = np.zeros(len(self.organization.references), dtype=np.bool_)

    def ahead(self) -> int:
        """Return how much there is to be looked at in one step further."""
        ways, edge = self.organization.ways, self.levels[-1]
        beside = ways.children.count(edge) + ways.partners.count(edge)
        return beside + ways.naming.count(self._references())

    def _references(self) -> Numbers:
        """Return what those who were reached last are the first to name."""
        references = self.organization.ways.named.beyond(self.levels[-1])
        return np.unique(references[~self.named[references]])

    def widen(self) -> None:
        """Go one step further."""
        ways, edge = self.organization.ways, self.levels[-1]
        references = self._references()
        self.named[references] = True
        above = ways.parent[edge]
        found = np.concatenate(
            (
                above[above >= 0],
                ways.children.beyond(edge),
                ways.partners.beyond(edge),
                ways.naming.beyond(references),
            )
        )
        found = np.unique(found[~self.seen[found]])
        self.seen[found] = True
        self.levels.append(found)


def _shortest(organization: Organization, start: int, end: int) -> list[int]:
    near, far = (_Reach(organization, [np.array([each])]) for each in (start, end))
    meeting = near.levels[0][far.seen[near.levels[0]]]
    while not len(meeting):
        if len(near.levels) + len(far.levels) > MOST_LEVELS:
            return _by_hierarchy(organization, start, end)
        smaller, other = sorted((near, far), key=_Reach.ahead)
        smaller.widen()
        meeting = smaller.levels[-1][other.seen[smaller.levels[-1]]]
    levels = [*far.levels[:-1], meeting, *near.levels[-2::-1]]
    following = _following(organization, levels)
    chain = [start]
    while chain[-1] != end:
        chain.append(int(following[chain[-1]]))
    return chain


def _by_hierarchy(organization: Organization, start: int, end: int) -> list[int]:
    shared = common_ancestor(organization, (start, end))
    depth = int(organization.depth[shared])
    up, down = (
        [*organization.ancestors(unit)[depth:], unit] if unit != shared else [shared]
        for unit in (start, end)
    )
    return [*reversed(up), *down[1:]]


def _following(organization: Organization, levels: Sequence[Numbers]) -> Numbers:
    """Return for the units of each level the best unit to go on to, in the level before it.

    The first level is the end of all chains. Cost and unit are one number, so that of equal costs
    the first unit in preorder is the least.
    """
    ways, count = organization.ways, len(organization)
    crowds = np.maximum(np.diff(ways.naming.first), 1)
    by_reference = (OF_A_REFERENCE - OF_A_REFERENCE // crowds) * count
    cost = np.full(count, NEVER)
    cost[levels[0]] = 0
    following = np.full(count, -1)
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
        offer(ways.parent[known], ranked + OF_THE_HIERARCHY * count)
        inner = level[ways.parent[level] >= 0]
        above = ways.parent[inner]
        inner, above = inner[cost[above] < NEVER], above[cost[above] < NEVER]
        offer(inner, (cost[above] + OF_THE_HIERARCHY) * count + above)
        origins, ends = ways.partners.pairs(known)
        offer(ends, cost[origins] * count + origins)
        origins, references = ways.named.pairs(known)
        shared = np.full(len(crowds), NEVER)
        ranked = cost[origins] * count + origins + by_reference[references]
        np.minimum.at(shared, references, ranked)
        origins, references = ways.named.pairs(level)
        offer(origins, shared[references])

        found = level[best < NEVER]
        cost[found], following[found] = np.divmod(best[best < NEVER], count)
    return following


def _step(organization: Organization, origin: int, target: int) -> Step:
    """Return the most telling step between two units that are one step apart."""
    for relation in organization.relations.of(origin):
        if target in (relation.origin, relation.target):
            direction = Direction.OUT if relation.origin == origin else Direction.IN
            return Step(
                origin,
                target,
                Footing.STATED,
                Direction.BOTH if relation.kind in SYMMETRIC_KINDS else direction,
                relation.kind,
                (Fact(relation.description, relation.source),),
            )
    one, other = (
        {each.reference: Fact(each.role, each.source) for each in reversed(mentions)}
        for mentions in (organization.mentions.of(unit) for unit in (origin, target))
    )
    shared = [each for each in organization.references if each in one and each in other]
    if shared:
        through = min(shared, key=lambda each: len(organization.mentioned_by[each]))
        facts = (one[through], other[through])
        return Step(origin, target, Footing.REFERENCE, Direction.BOTH, through, facts)
    is_up = int(organization.parent[origin]) == target
    source = organization.units["source"][origin if is_up else target]
    direction = Direction.OUT if is_up else Direction.IN
    return Step(origin, target, Footing.HIERARCHY, direction, "", (Fact("", source),))
