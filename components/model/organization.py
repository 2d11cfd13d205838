"""An organization as immutable data: units, hierarchy, responsibilities, relations, references.

Units are numbered in preorder: a unit, then all descendants of its first child, then those of its
second, and so on. The descendants of unit ``i`` are therefore the range
``i + 1 ... i + size[i] - 1``, and its children are found by jumping from sibling to sibling. No
method costs more than what it returns, however large the organization is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from components.model.branches import TRUNK
from components.model.facts import FactColumn
from components.model.text import file_name_part, fold_text, short_id, split_list
from components.model.unit_names import UnitNames, unit_names
from components.problems import Problem

if TYPE_CHECKING:  # a history is about organizations
    from components.model.history import History

ALSO_PART_OF = "also_part_of"
"""The kind of relation between a unit and its second and any further parent."""
Numbers = npt.NDArray[np.int64]
Row = TypeVar("Row")
Value = TypeVar("Value")


class Records(StrEnum):
    """What the units of an organization are."""

    UNITS = "units"
    PEOPLE = "people"
    POSTS = "posts"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as its table describes it; an empty cell is empty text."""

    id: str
    name: str
    short_name: str
    acronym: str
    aliases: tuple[str, ...]
    type: str
    head: str
    location: str
    summary: str
    status: str
    """Such as "dissolved"; mostly empty."""
    source: str
    notes: str


UNIT_COLUMNS = tuple(field.name for field in fields(Unit))
"""The columns of the table ``units``, without the parent."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A task that a unit is responsible for."""

    text: str
    themes: tuple[str, ...]
    """Ids of themes, all of which exist."""
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation between two units, which are given as unit numbers."""

    origin: int
    target: int
    kind: str
    description: str
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Something other than a unit that units work with: a framework, a body, a publication, ..."""

    id: str
    name: str
    acronym: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit's mention of a reference, in a role such as "Follows up on commitments under it"."""

    unit: int
    reference: str
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in a unit, where units and people have a table each."""

    name: str
    title: str
    email: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What else their table says, by heading; equal headings for all people."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic that cuts across the hierarchy."""

    id: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that people use, and the words of the organization for the same."""

    words: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """The metadata of a dataset; missing entries are empty text."""

    name: str
    """Name of the data package, or of the file without its extension."""
    title: str
    description: str
    source_title: str
    source_url: str
    licence: str
    date: str
    language: str
    """Language of the data as a BCP 47 tag: ``en``, ``pt-BR``."""


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """Rows of a side table, sorted by the unit that they belong to."""

    rows: Sequence[Row]
    first: Numbers
    """Length ``units + 1``: the rows of unit ``i`` are ``first[i]`` to ``first[i + 1] - 1``."""

    def of(self, unit: int) -> tuple[Row, ...]:
        """Return the rows of one unit."""
        return tuple(self.rows[self.first[unit] : self.first[unit + 1]])


def rows_by_unit(rows: Iterable[tuple[int, Row]], units: int) -> Rows[Row]:
    """Return rows, each with its unit, as the side table of so many units; in their order."""
    ordered = sorted(rows, key=lambda row: row[0])
    owners = np.array([unit for unit, _ in ordered], dtype=np.int64)
    counts = np.bincount(owners, minlength=units)
    return Rows(tuple(row for _, row in ordered), np.concatenate(([0], np.cumsum(counts))))


def themes_of_units(responsibilities: Rows[Responsibility]) -> Iterator[tuple[str, int]]:
    """Yield each theme of each unit once, in preorder of the units."""
    for unit in np.flatnonzero(np.diff(responsibilities.first)).tolist():
        themes = (theme for row in responsibilities.of(unit) for theme in row.themes)
        yield from ((theme, unit) for theme in dict.fromkeys(themes))


def grouped_by_key(
    pairs: Iterable[tuple[str, Value]], keys: Iterable[str]
) -> dict[str, tuple[Value, ...]]:
    """Return the values of each key, in their order."""
    groups: dict[str, list[Value]] = {key: [] for key in keys}
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


@dataclass(frozen=True)
class Organization:
    """An organization, built once from tables and never changed.

    ``parent``, ``depth``, ``size`` (a unit and its descendants) and ``leaves`` (how many of those
    have no children) are arrays indexed by unit number. The top is unit 0; its parent is -1.
    ``version`` is a hash of all content.
    """

    about: About
    version: str
    parent: Numbers
    depth: Numbers
    size: Numbers
    leaves: Numbers
    branch: Numbers
    """For each unit, the number of the hue of its branch; see ``branch_numbers``."""
    themes: Mapping[str, Theme]
    references: Mapping[str, Reference]
    synonyms: tuple[Synonym, ...]
    problems: tuple[Problem, ...]
    mentions_by_reference: Mapping[str, tuple[Mention, ...]]
    """The mentions of each reference, by reference id, in preorder of the units."""
    units_by_theme: Mapping[str, tuple[int, ...]]
    """The units with a responsibility on each theme, by theme id, in preorder."""
    number: Mapping[str, int]
    """The unit number for each id."""
    units: Mapping[str, Sequence[str]] = field(repr=False)
    """Columns of the table ``units``, each indexed by unit number."""
    responsibilities: Rows[Responsibility] = field(repr=False)
    """Sorted by position within each unit."""
    relations: Rows[Relation] = field(repr=False)
    """Each relation is listed twice: with its origin and with its target."""
    mentions: Rows[Mention] = field(repr=False)
    facts: Mapping[str, FactColumn] = field(repr=False)
    """What the table says of units besides ``units``, by id, in the order of its columns."""
    people: Rows[Person] = field(repr=False)
    """In the order of their table within each unit."""
    synthetic: frozenset[int] = frozenset()
    """Units without a record: placeholders of missing parents, and a top that gathers roots."""
    vacancies: frozenset[int] = frozenset()
    """Posts that nobody holds."""
    records: Records = Records.UNITS
    """What the units are, by which the page calls them."""
    type_heading: str = ""
    """What the table calls the types of units, such as "Grade"; empty for "type"."""
    has_synthetic_top: bool = False
    """Whether the top has no record and only gathers several roots."""
    has_periods: bool = False
    """Whether its records hold for periods of time, so that it differs from day to day."""
    day: date | None = None
    """The day on which its records hold; None without periods, or if all records are drawn because
    none holds on the day that was asked for."""
    history: History | None = field(default=None, repr=False)
    """What has become of the units of an earlier state, if it stands for two states."""

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.parent)

    @property
    def as_of(self) -> str:
        """The day of which it is (ISO 8601), or else the date of the data; empty if unknown."""
        return self.day.isoformat() if self.day else self.about.date

    @property
    def file_name(self) -> str:
        """The beginning of the names of its files: the dataset, and the day if it has one."""
        name = file_name_part(self.about.name) or "organization"
        return f"{name}-{self.day}" if self.day else name

    @cached_property
    def levels(self) -> int:
        """Number of levels, not counting synthetic and gone units."""
        levels = self.depth + 1
        for unit in self.synthetic:
            levels[unit : unit + int(self.size[unit])] -= 1
        return int(np.delete(levels, [*self.gone]).max())

    def count(self, unit: int = 0) -> int:
        """Return the number of units in a subtree, not counting synthetic and gone ones."""
        first, end = np.searchsorted(self._sorted_uncounted, (unit, unit + int(self.size[unit])))
        return int(self.size[unit]) - int(end - first)

    @cached_property
    def placeholders(self) -> frozenset[int]:
        """Parents that units name but that have no record."""
        return self.synthetic - {0} if self.has_synthetic_top else self.synthetic

    @property
    def gone(self) -> frozenset[int]:
        """Units of an earlier state only, if it stands for two states."""
        return self.history.gone if self.history else frozenset()

    @cached_property
    def uncounted(self) -> frozenset[int]:
        """Units that are no part of it: without a record, or gone."""
        return self.synthetic | self.gone

    @cached_property
    def _sorted_uncounted(self) -> Numbers:
        return np.array(sorted(self.uncounted), dtype=np.int64)

    @cached_property
    def relation_kinds(self) -> tuple[str, ...]:
        """Kinds of stated relations, in order of first occurrence."""
        return tuple(dict.fromkeys(relation.kind for relation in self.relations.rows))

    @cached_property
    def units_by_name(self) -> UnitNames:
        """Unit numbers by folded id, name, short name, acronym and alias."""
        return unit_names(self.units, range(len(self)))

    def restore_units_by_name(self, units_by_name: UnitNames) -> None:
        """Take ``units_by_name`` as it was once computed: among a million units that takes 2 s."""
        vars(self)["units_by_name"] = units_by_name

    @cached_property
    def units_by_reference(self) -> Mapping[str, tuple[int, ...]]:
        """The units that mention each reference, by reference id, in preorder."""
        return {
            reference: tuple(dict.fromkeys(mention.unit for mention in mentions))
            for reference, mentions in self.mentions_by_reference.items()
        }

    @cached_property
    def child_count(self) -> Numbers:
        """The number of children of each unit."""
        return np.bincount(self.parent[1:], minlength=len(self))

    @cached_property
    def _trunk_depth(self) -> int:
        # The trunk is a single chain: it has one unit on each level.
        return int(np.count_nonzero(self.branch == TRUNK)) - 1

    def branch_level(self, unit: int) -> int:
        """Return the level of a unit within its branch, from 1; 0 for units above all branches."""
        if self.branch[unit] == TRUNK:
            return 0
        return max(1, int(self.depth[unit]) - self._trunk_depth)

    @cached_property
    def position(self) -> Numbers:
        """Position of each unit among its siblings, from 1; 1 for the top."""
        place = np.ones(len(self), dtype=np.int64)
        first = np.repeat(self._children_end - self.child_count, self.child_count)
        place[self._by_parent] = np.arange(1, len(self)) - first
        return place

    @cached_property
    def _by_parent(self) -> Numbers:
        """All units but the top, by parent."""
        return np.argsort(self.parent[1:], kind="stable") + 1

    @cached_property
    def _children_end(self) -> Numbers:
        """For each unit, the place after its last child in ``_by_parent``."""
        return np.cumsum(self.child_count)

    @cached_property
    def has_summaries(self) -> bool:
        """Whether any unit has a summary."""
        return any(self.units["summary"])

    def unit(self, number: int) -> Unit:
        """Return the record of a unit."""
        cells = {name: values[number] for name, values in self.units.items()}
        aliases = split_list(cells.pop("aliases"))
        return Unit(aliases=aliases, **cells)

    def label(self, unit: int) -> str:
        """Return the short name of a unit, or its name if it has none."""
        return self.units["short_name"][unit] or self.units["name"][unit]

    def find(self, name: str) -> int | None:
        """Return the unit with this id, else the only one with this name, acronym or alias."""
        if name in self.number or not name:
            return self.number.get(name)
        units = self.units_by_name.get(fold_text(name), ())
        return units[0] if len(units) == 1 else self.number.get(short_id(name))

    def children(self, unit: int) -> Numbers:
        """Return the children of a unit, in the order of the table."""
        end = int(self._children_end[unit])
        return self._by_parent[end - int(self.child_count[unit]) : end]

    def ancestors(self, unit: int) -> tuple[int, ...]:
        """Return the chain from the top to the parent of a unit."""
        chain = []
        while (unit := int(self.parent[unit])) >= 0:
            chain.append(unit)
        return tuple(reversed(chain))

    def is_leaf(self, unit: int) -> bool:
        """Return whether a unit has no children."""
        return int(self.size[unit]) == 1

    def is_below(self, unit: int, ancestor: int) -> bool:
        """Return whether a unit is the ancestor itself or one of its descendants."""
        return ancestor <= unit < ancestor + int(self.size[ancestor])
