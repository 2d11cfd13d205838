"""Who covers what: units by themes, or by references.

A unit covers a theme by a responsibility on it, and a reference by mentioning it. The units of each
topic are sorted in preorder, so that counting those in a subtree takes two binary searches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from components.model.organization import Organization, Reference, Theme
from components.model.scope import Scope

Topic = Theme | Reference
MAX_COLUMNS = 40
"""So many topics are told apart; of more, those that most units cover."""


class By(StrEnum):
    """What units are held against."""

    THEMES = "themes"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Cell:
    """How far a unit covers a topic."""

    own: int
    """Responsibilities of its own on the theme, or its own mentions of the reference."""
    below: int
    """Units below it that cover the topic."""


NOTHING = Cell(0, 0)


@dataclass(frozen=True)
class Coverage:
    """Who of a scope covers what."""

    scope: Scope
    by: By
    columns: tuple[Topic, ...]
    """The topics that are told apart, in the order of their table."""
    units: Mapping[str, int]
    """For each topic, also those left out: how many units cover it, the focus and all below it."""
    cells: Mapping[tuple[int, str], Cell]
    """By unit and topic, where the unit or one below it covers the topic."""

    def cell(self, unit: int, topic: Topic) -> Cell:
        """Return how far a unit covers a topic."""
        return self.cells.get((unit, topic.id), NOTHING)

    @cached_property
    def nobodys(self) -> int:
        """The number of topics that no unit covers."""
        return sum(not count for count in self.units.values())

    @cached_property
    def only_ones(self) -> int:
        """The number of topics that one unit alone covers."""
        return sum(count == 1 for count in self.units.values())

    @cached_property
    def most_shared(self) -> Topic | None:
        """The topic that most units cover, the first of equals; None if no two share any."""
        most = max(self.columns, key=lambda topic: self.units[topic.id], default=None)
        return most if most and self.units[most.id] > 1 else None


def topics(organization: Organization, by: By) -> Mapping[str, Topic]:
    """Return what units are held against, by id, in the order of its table."""
    return organization.themes if by is By.THEMES else organization.references


def kinds_of_topics(organization: Organization) -> tuple[By, ...]:
    """Return what the units of an organization can be held against."""
    return tuple(by for by in By if topics(organization, by))


def covering_units(
    organization: Organization, by: By, topic: str, unit: int, *, most: int
) -> tuple[Sequence[int], int]:
    """Return who covers a topic, of a unit and all below it: the first in preorder, and how many.

    No more than ``most`` units are returned, and only these are looked at.
    """
    covering = _covering(organization, by)[topic]
    part = _within(covering, unit, unit + int(organization.size[unit]))
    return covering[part.start : min(part.stop, part.start + most)], _length(part)


def own_count(organization: Organization, by: By, topic: str, unit: int) -> int:
    """Return the responsibilities of a unit on a theme, or its mentions of a reference."""
    return _own(organization, by, unit)[topic]


def coverage(scope: Scope, by: By, *, most: int = MAX_COLUMNS) -> Coverage:
    """Return who of a scope covers what; at most so many topics are told apart."""
    organization = scope.organization
    covering = _covering(organization, by)
    end = scope.focus + int(organization.size[scope.focus])
    units = {
        topic: _length(_within(covering[topic], scope.focus, end))
        for topic in topics(organization, by)
    }
    kept = set(sorted(units, key=lambda topic: -units[topic])[:most])
    columns = [each for key, each in topics(organization, by).items() if key in kept]
    cells = {}
    for unit in scope.units:
        own, end = _own(organization, by, unit), unit + int(organization.size[unit])
        for topic in columns:
            cell = Cell(own[topic.id], _length(_within(covering[topic.id], unit + 1, end)))
            if cell != NOTHING:
                cells[unit, topic.id] = cell
    return Coverage(scope, by, tuple(columns), units, cells)


def _covering(organization: Organization, by: By) -> Mapping[str, Sequence[int]]:
    return organization.units_by_theme if by is By.THEMES else organization.units_by_reference


def _own(organization: Organization, by: By, unit: int) -> Counter[str]:
    if by is By.REFERENCES:
        return Counter(mention.reference for mention in organization.mentions.of(unit))
    rows = organization.responsibilities.of(unit)
    return Counter(theme for row in rows for theme in dict.fromkeys(row.themes))


def _within(units: Sequence[int], first: int, end: int) -> slice:
    """Return where in a list in preorder those from ``first`` to ``end - 1`` stand."""
    start = bisect_left(units, first)
    return slice(start, bisect_left(units, end, start))


def _length(part: slice) -> int:
    return int(part.stop - part.start)
