"""An organization: its units, their hierarchy, and all that is said of them.

Units are numbered in preorder (a unit, then everything below its first child, then below its
second, ...), as in Tarjan's numbering. Then what lies below unit ``i`` is the range
``i + 1 ... i + size[i] - 1``, its children are found by jumping from sibling to sibling, and no
question about one unit costs more than what it returns, however large the organization is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from components.model.connections import Connections
from components.model.filters import Filters
from components.model.ways import Ways, ways_of
from components.reading.problems import Problem
from components.reading.tables import Reading

Numbers = npt.NDArray[np.int64]
Row = TypeVar("Row")


UNIT_COLUMNS = (
    "id",
    "name",
    "short_name",
    "acronym",
    "aliases",
    "type",
    "head",
    "location",
    "summary",
    "status",
    "source",
    "notes",
)
"""What the table ``units`` says of each unit, beside its parent."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as its table describes it; empty text where the table says nothing."""

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
    """Such as "dissolved"; empty for what simply is there."""
    source: str
    notes: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One thing that a unit answers for."""

    text: str
    themes: tuple[str, ...]
    """Ids of themes, all of which exist."""
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What the source states of two units; ``origin`` and ``target`` are unit numbers."""

    origin: int
    target: int
    kind: str
    description: str
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What units work with that is no unit itself: a framework, a body, a publication, ..."""

    id: str
    name: str
    acronym: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit names a reference, in a role ("Follows up on the commitments made under it")."""

    unit: int
    reference: str
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A topic that cuts across the hierarchy."""

    id: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that people use, and what an organization calls it."""

    words: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a dataset says of itself; empty text where it says nothing."""

    name: str
    """Of the data package, or of the file without its ending."""
    title: str
    description: str
    source_title: str
    source_url: str
    licence: str
    date: str
    language: str
    """Of the data, as BCP 47 names it: ``en``, ``pt-BR``."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a table was taken for."""

    table: str
    use: str
    """``units``, ``responsibilities``, ``relations``, ...; empty if it has none."""
    columns: Mapping[str, str]
    """The column of the table for each of our own: ``{"parent_id": "reports_to"}``."""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """Children of ``parent`` that are not drawn one by one: "+ 1,214 more"."""

    parent: int
    units: int
    """How many units are folded, all levels counted."""
    leaves: int
    """How many of them have nothing below."""


@dataclass(frozen=True)
class Scope:
    """The part of an organization to be drawn: a focus, its chain, what is shown below it."""

    organization: Organization
    focus: int
    ancestors: tuple[int, ...]
    """From the top down to the parent of the focus."""
    units: tuple[int, ...]
    """The focus and the units shown below it, in preorder."""
    folds: tuple[Fold, ...]
    """In the order of their parents."""

    @cached_property
    def children(self) -> Mapping[int, tuple[int, ...]]:
        """The shown children of each shown unit that has any, in order."""
        below: dict[int, list[int]] = {}
        for unit in self.units[1:]:
            below.setdefault(int(self.organization.parent[unit]), []).append(unit)
        return {unit: tuple(children) for unit, children in below.items()}

    @cached_property
    def fold(self) -> Mapping[int, Fold]:
        """What is folded under each shown unit of which some children are not shown."""
        return {fold.parent: fold for fold in self.folds}


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """Rows of a side table, sorted by the unit that they belong to."""

    rows: Sequence[Row]
    first: Numbers
    """Length ``units + 1``: the rows of unit ``i`` are ``first[i]`` to ``first[i + 1] - 1``."""

    def of(self, unit: int) -> tuple[Row, ...]:
        """Return the rows of one unit."""
        return tuple(self.rows[self.first[unit] : self.first[unit + 1]])


@dataclass(frozen=True)
class Organization:
    """An organization that never changes: made once from tables, passed on as an argument.

    ``parent``, ``depth``, ``size`` (the unit and all below it) and ``leaves`` (how many of those
    have nothing below them) are arrays over the unit numbers; the top is unit 0 and its parent
    is -1. ``version`` is a hash of all content.
    """

    about: About
    version: str
    parent: Numbers
    depth: Numbers
    size: Numbers
    leaves: Numbers
    branch: Numbers
    """For each unit the place of its branch among the children of the top; 0 for the top."""
    themes: Mapping[str, Theme]
    references: Mapping[str, Reference]
    synonyms: tuple[Synonym, ...]
    problems: tuple[Problem, ...]
    mentioned_by: Mapping[str, tuple[Mention, ...]]
    """The mentions of each reference, in preorder of the units."""
    working_on: Mapping[str, tuple[int, ...]]
    """The units with a responsibility on each theme, in preorder."""
    number: Mapping[str, int]
    """The unit number for each id."""
    units: Mapping[str, Sequence[str]] = field(repr=False)
    """The cells of the table ``units``, over the unit numbers."""
    responsibilities: Rows[Responsibility] = field(repr=False)
    """In the order of their positions."""
    relations: Rows[Relation] = field(repr=False)
    """Each relation stands with its origin and with its target."""
    mentions: Rows[Mention] = field(repr=False)
    made: frozenset[int] = frozenset()
    """The units of no record: a top that gathers several roots, and placeholders."""
    gathers: bool = False
    """Whether the top is of no record and gathers several roots: it stands for the file."""
    understood: tuple[Understood, ...] = ()
    """What each table was taken for."""

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.parent)

    @cached_property
    def levels(self) -> int:
        """The number of levels of the units that records describe."""
        levels = self.depth + 1
        for unit in self.made:
            levels[unit : unit + int(self.size[unit])] -= 1
        return int(levels.max())

    def count(self, unit: int = 0) -> int:
        """Return how many units a unit holds, itself counted, that records describe."""
        first, end = np.searchsorted(self._made_in_order, (unit, unit + int(self.size[unit])))
        return int(self.size[unit]) - int(end - first)

    @cached_property
    def placeholders(self) -> frozenset[int]:
        """The parents that units name but that no record describes."""
        return self.made - {0} if self.gathers else self.made

    @cached_property
    def _made_in_order(self) -> Numbers:
        return np.array(sorted(self.made), dtype=np.int64)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of stated relation, as they first occur."""
        return tuple(dict.fromkeys(relation.kind for relation in self.relations.rows))

    @cached_property
    def filters(self) -> Filters:
        """What answers which units are of some types and work on some themes."""
        return Filters(self.units["type"], self.working_on)

    @cached_property
    def connections(self) -> Connections:
        """What answers how two units are connected."""
        return Connections(self)

    @cached_property
    def ways(self) -> Ways:
        """The single steps from unit to unit; made when somebody first asks for them."""
        return ways_of(self)

    @cached_property
    def alias(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the units that have this id, name, acronym or alias, folded."""
        found: dict[str, list[int]] = {}
        told = (self.units[column] for column in ("id", "name", "short_name", "acronym", "aliases"))
        for unit, (*names, aliases) in enumerate(zip(*told, strict=True)):
            for name in dict.fromkeys(map(fold_text, (*names, *split_list(aliases)))):
                if name:
                    found.setdefault(name, []).append(unit)
        return {name: tuple(called) for name, called in found.items()}

    @cached_property
    def naming(self) -> Mapping[str, tuple[int, ...]]:
        """The units that name each reference, in preorder."""
        return {
            reference: tuple(dict.fromkeys(mention.unit for mention in mentions))
            for reference, mentions in self.mentioned_by.items()
        }

    @cached_property
    def degree(self) -> Numbers:
        """The number of children of each unit."""
        return np.bincount(self.parent[1:], minlength=len(self))

    @cached_property
    def place(self) -> Numbers:
        """The place of each unit among the children of its parent, from 1; the top's is 1."""
        by_parent = np.argsort(self.parent[1:], kind="stable") + 1
        degree = self.degree[self.degree > 0]
        place = np.ones(len(self), dtype=np.int64)
        place[by_parent] = np.arange(1, len(self)) - np.repeat(np.cumsum(degree) - degree, degree)
        return place

    def unit(self, number: int) -> Unit:
        """Return what the table says of a unit."""
        cells = {name: values[number] for name, values in self.units.items()}
        aliases = split_list(cells.pop("aliases"))
        return Unit(aliases=aliases, **cells)

    def label(self, unit: int) -> str:
        """Return the short name of a unit, or its name if it has none."""
        return self.units["short_name"][unit] or self.units["name"][unit]

    def find(self, name: str) -> int | None:
        """Return the unit with this id, or the only one with this name, acronym or alias."""
        if name in self.number or not name:
            return self.number.get(name)
        units = self.alias.get(fold_text(name), ())
        return units[0] if len(units) == 1 else None

    def children(self, unit: int) -> Iterator[int]:
        """Yield the children of a unit, in the order of the table."""
        child, end = unit + 1, unit + int(self.size[unit])
        while child < end:
            yield child
            child += int(self.size[child])

    def ancestors(self, unit: int) -> tuple[int, ...]:
        """Return the chain from the top down to the parent of a unit."""
        chain = []
        while (unit := int(self.parent[unit])) >= 0:
            chain.append(unit)
        return tuple(reversed(chain))

    def is_leaf(self, unit: int) -> bool:
        """Tell whether a unit has nothing below it."""
        return int(self.size[unit]) == 1

    def is_below(self, unit: int, ancestor: int) -> bool:
        """Tell whether a unit is the other one or lies below it."""
        return ancestor <= unit < ancestor + int(self.size[ancestor])

    def scope(self, focus: int = 0, *, levels: int = 3, most: int = 300) -> Scope:
        """Return the part to be drawn around a focus.

        Level by level below the focus, each unit is shown until ``most`` units are; the children
        of a shown unit that do not fit any more are folded. Roots that are gathered leave half of
        the room to what is below them, since most of very many have nothing below. A unit with
        nothing below it has no picture of its own: the focus is then its parent.
        """
        if self.is_leaf(focus) and focus > 0:
            focus = int(self.parent[focus])
        shown, folds, level = [focus], [], [focus]
        for _ in range(levels):
            below: list[int] = []
            room = self._room(level, most - len(shown))
            for parent in level:
                if self.is_leaf(parent):
                    continue
                children = list(islice(self.children(parent), max(0, room - len(below))))
                below += children
                units = int(self.size[parent] - 1 - self.size[children].sum())
                if units:
                    leaves = int(self.leaves[parent] - self.leaves[children].sum())
                    folds.append(Fold(parent, units, leaves))
            shown += below
            level = below
        folds.sort(key=lambda fold: fold.parent)
        return Scope(self, focus, self.ancestors(focus), tuple(sorted(shown)), tuple(folds))

    def _room(self, level: Sequence[int], room: int) -> int:
        """Return how many of the children of a level are shown where there is room for some."""
        gathered = level == [0] and 0 in self.made and int(self.degree[0]) > room
        return (room + 1) // 2 if gathered and self.levels > 1 else room

    def scope_showing(
        self, unit: int | None, focus: int = 0, *, levels: int = 3, most: int = 300
    ) -> Scope:
        """Return the scope of a focus; if a unit is not shown in it, of that unit's parent."""
        scope = self.scope(focus, levels=levels, most=most)
        if unit is None or unit in scope.units:
            return scope
        return self.scope(max(int(self.parent[unit]), 0), levels=levels, most=most)


def split_list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds a list separated by ``;``."""
    return tuple(part for part in (part.strip() for part in cell.split(";")) if part)


ACCENTS = range(0x300, 0x370)
"""Unicode's combining diacritical marks."""


class _Folding(dict[int, str | None]):
    """What each character becomes when text is folded; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        accent = code in ACCENTS
        kept = character.isalnum() or unicodedata.category(character).startswith("M")
        self[code] = None if accent else character if kept else " "
        return self[code]


_FOLDING = _Folding()


def fold_characters(text: str) -> str:
    """Return text with what stands for each character when text is compared."""
    return unicodedata.normalize("NFKD", text).translate(_FOLDING).casefold()


def fold_text(text: str) -> str:
    """Return text for comparing: no case, no accents, a space for all but letters and digits.

    Marks that are part of a script's spelling, as the vowels of Devanagari, stay.
    """
    return " ".join(fold_characters(text).split())


def slug(text: str) -> str:
    """Return text as it may appear in an address: ``preparedness-and-response-division``."""
    return fold_text(text).replace(" ", "-")


def ascii_slug(text: str) -> str:
    """Return text in small letters and digits of ASCII, with hyphens between its words."""
    return re.sub("[^a-z0-9]+", "-", slug(text)).strip("-")


def capitalized(text: str) -> str:
    """Return text with a capital at its beginning, and its other capitals as they are."""
    return text[:1].upper() + text[1:]
