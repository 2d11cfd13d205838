"""Coverage: which units cover which topics, that is themes or references.

A unit covers a theme by a responsibility on it, and a reference by mentioning it. The units of each
topic are in preorder, so that counting those in a subtree takes two binary searches.
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
"""The largest number of columns; the topics that most units cover have one."""


class TopicKind(StrEnum):
    """The kind of topics."""

    THEMES = "themes"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Cell:
    """The coverage of a topic in the subtree of a unit."""

    own: int
    """Responsibilities of the unit on the theme, or its mentions of the reference."""
    below: int
    """Descendants that cover the topic."""


NOTHING = Cell(0, 0)


@dataclass(frozen=True)
class Coverage:
    """The coverage of topics by the units of a scope."""

    scope: Scope
    by: TopicKind
    columns: tuple[Topic, ...]
    """The topics with a column, in the order of their table."""
    units: Mapping[str, int]
    """For every topic, the number of units in the subtree of the focus that cover it."""
    cells: Mapping[tuple[int, str], Cell]
    """The cells that are not empty, by unit and id of the topic."""

    def cell(self, unit: int, topic: Topic) -> Cell:
        """Return the cell of a unit and a topic."""
        return self.cells.get((unit, topic.id), NOTHING)

    @cached_property
    def uncovered(self) -> int:
        """The number of topics that no unit covers."""
        return sum(not count for count in self.units.values())

    @cached_property
    def covered_once(self) -> int:
        """The number of topics that only one unit covers."""
        return sum(count == 1 for count in self.units.values())

    @cached_property
    def most_shared(self) -> Topic | None:
        """The topic that most units cover, the first of equals; None if no topic has two units."""
        most = max(self.columns, key=lambda topic: self.units[topic.id], default=None)
        return most if most and self.units[most.id] > 1 else None


def topics(organization: Organization, by: TopicKind) -> Mapping[str, Topic]:
    """Return the topics of a kind by id, in the order of their table."""
    return organization.themes if by is TopicKind.THEMES else organization.references


def topic_kinds(organization: Organization) -> tuple[TopicKind, ...]:
    """Return the kinds of topics that an organization has."""
    return tuple(by for by in TopicKind if topics(organization, by))


def covering_units(
    organization: Organization, by: TopicKind, topic: str, unit: int, *, most: int
) -> tuple[Sequence[int], int]:
    """Return the first ``most`` units of a subtree that cover a topic, and the number of all."""
    units = _covering(organization, by)[topic]
    places = _places(units, unit, unit + int(organization.size[unit]))
    return tuple(units[place] for place in places[:most]), len(places)


def own_count(organization: Organization, by: TopicKind, topic: str, unit: int) -> int:
    """Return the number of a unit's responsibilities on a theme, or mentions of a reference."""
    return _own(organization, by, unit)[topic]


def coverage(scope: Scope, by: TopicKind, *, most: int = MAX_COLUMNS) -> Coverage:
    """Return the coverage of a scope, with columns for the ``most`` topics of most units."""
    organization = scope.organization
    covering = _covering(organization, by)
    end = scope.focus + int(organization.size[scope.focus])
    units = {
        topic: len(_places(covering[topic], scope.focus, end)) for topic in topics(organization, by)
    }
    shown = set(sorted(units, key=lambda topic: -units[topic])[:most])
    columns = [topic for key, topic in topics(organization, by).items() if key in shown]
    cells = {}
    for unit in scope.units:
        own, end = _own(organization, by, unit), unit + int(organization.size[unit])
        for topic in columns:
            cell = Cell(own[topic.id], len(_places(covering[topic.id], unit + 1, end)))
            if cell != NOTHING:
                cells[unit, topic.id] = cell
    return Coverage(scope, by, tuple(columns), units, cells)


def _covering(organization: Organization, by: TopicKind) -> Mapping[str, Sequence[int]]:
    is_theme = by is TopicKind.THEMES
    return organization.units_by_theme if is_theme else organization.units_by_reference


def _own(organization: Organization, by: TopicKind, unit: int) -> Counter[str]:
    if by is TopicKind.REFERENCES:
        return Counter(mention.reference for mention in organization.mentions.of(unit))
    rows = organization.responsibilities.of(unit)
    return Counter(theme for row in rows for theme in dict.fromkeys(row.themes))


def _places(units: Sequence[int], first: int, end: int) -> range:
    """Return the places of the units ``first`` to ``end - 1`` in a list in preorder."""
    start = bisect_left(units, first)
    return range(start, bisect_left(units, end, start))
