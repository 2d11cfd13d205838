"""Coverage: which units cover which topics: themes, references, or the values of a category.

A unit covers a theme by a responsibility on it, a reference by mentioning it, and a value by having
it. The units of each topic are in preorder, so that counting those in a subtree takes two binary
searches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

import numpy as np

from components.model.categories import Category
from components.model.organization import Numbers, Organization
from components.model.scope import Scope

MAX_COLUMNS = 40
"""The largest number of columns; the topics that most units cover have one."""
THEMES, REFERENCES = "themes", "references"
"""Ids of topics that do not come from a category."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that units cover."""

    id: str
    name: str
    acronym: str = ""
    description: str = ""


@dataclass(frozen=True)
class Topics:
    """All themes, all references, or all values of a category."""

    id: str
    """``themes``, ``references``, or the id of the category."""
    topics: Mapping[str, Topic]
    """By id, in the order of their table."""
    units: Callable[[str], Sequence[int]] = field(repr=False)
    """The units that cover a topic, given by its id, in preorder."""
    own: Callable[[int], Mapping[str, int]] = field(repr=False)
    """How often a unit itself covers each topic, by its id; those that it does not are left out."""
    category: Category | None = None
    """The category that has the values; a unit covers each of them once at most."""

    def covering(
        self, organization: Organization, topic: str, roots: Numbers, *, most: int
    ) -> tuple[Sequence[int], int]:
        """Return the first ``most`` units in some subtrees that cover a topic, and their number.

        ``roots`` are the tops of the subtrees, ascending; none is below another one.
        """
        units = self.units(topic)
        begins = np.searchsorted(units, roots)
        ends = np.searchsorted(units, roots + organization.size[roots])
        places = chain.from_iterable(map(range, begins, ends))
        return tuple(units[place] for place in islice(places, most)), int((ends - begins).sum())


@dataclass(frozen=True, slots=True)
class Cell:
    """The coverage of a topic in the subtree of a unit."""

    own: int
    """Responsibilities of the unit on the theme, or its mentions of the reference; 1 if it has the
    value."""
    below: int
    """Descendants that cover the topic."""


NOTHING = Cell(0, 0)


@dataclass(frozen=True)
class Coverage:
    """The coverage of topics by the units of a scope."""

    scope: Scope
    by: Topics
    columns: tuple[Topic, ...]
    """The topics with a column, in the order of their table."""
    units: Mapping[str, int]
    """For every topic, the number of units that cover it, of all that the scope stands for."""
    cells: Mapping[tuple[int, str], Cell]
    """The cells that are not empty, by unit and id of the topic; in the scope of a group, those of
    its focus are the group's."""

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


def topics_of(
    organization: Organization, categories: Mapping[str, Category]
) -> Mapping[str, Topics]:
    """Return what columns of a matrix can be, by id: themes, references, then categories."""
    choices = (_themes(organization), _references(organization), *map(_values, categories.values()))
    return {topics.id: topics for topics in choices if topics.topics}


def _themes(organization: Organization) -> Topics:
    def own(unit: int) -> Mapping[str, int]:
        rows = organization.responsibilities.of(unit)
        return Counter(theme for row in rows for theme in dict.fromkeys(row.themes))

    topics = {
        theme.id: Topic(theme.id, theme.name, description=theme.description)
        for theme in organization.themes.values()
    }
    return Topics(THEMES, topics, organization.units_by_theme.__getitem__, own)


def _references(organization: Organization) -> Topics:
    def own(unit: int) -> Mapping[str, int]:
        return Counter(mention.reference for mention in organization.mentions.of(unit))

    topics = {
        each.id: Topic(each.id, each.name, each.acronym, each.description)
        for each in organization.references.values()
    }
    return Topics(REFERENCES, topics, lambda topic: organization.units_by_reference[topic], own)


def _values(category: Category) -> Topics:
    def own(unit: int) -> Mapping[str, int]:
        return dict.fromkeys(category.of(unit), 1)

    topics = {value: Topic(value, value) for value in category.values}
    return Topics(category.id, topics, lambda value: category.units[value], own, category)


def coverage(scope: Scope, by: Topics, *, most: int = MAX_COLUMNS) -> Coverage:
    """Return the coverage of a scope, with columns for the ``most`` topics of most units."""
    organization = scope.organization
    units = {topic: by.covering(organization, topic, scope.roots, most=0)[1] for topic in by.topics}
    shown = set(sorted(units, key=lambda topic: -units[topic])[:most])
    columns = [topic for key, topic in by.topics.items() if key in shown]
    cells = {}
    if scope.group:
        cells = {(scope.focus, topic): Cell(0, units[topic]) for topic in shown if units[topic]}
    for unit in scope.units[1 if scope.group else 0 :]:
        own, end = by.own(unit), unit + int(organization.size[unit])
        for topic in columns:
            below = len(_places(by.units(topic.id), unit + 1, end))
            cell = Cell(own.get(topic.id, 0), below)
            if cell != NOTHING:
                cells[unit, topic.id] = cell
    return Coverage(scope, by, tuple(columns), units, cells)


def _places(units: Sequence[int], first: int, end: int) -> range:
    """Return the places of the units ``first`` to ``end - 1`` in a list in preorder."""
    start = bisect_left(units, first)
    return range(start, bisect_left(units, end, start))
