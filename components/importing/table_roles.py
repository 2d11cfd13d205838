"""The roles of tables, and the standard columns that each role has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from components.importing.cells import Cells
from components.model.organization import Records
from components.problems import Problem

UNITS, RESPONSIBILITIES, RELATIONS = "units", "responsibilities", "relations"
LINKS, POSTS, PEOPLE = "links", "posts", "people"
"""Roles of the vocabulary only: all are read as units."""
LEVELS, PATH, CHILDREN, DEPTH = "levels", "path", "children", "depth"
PARENT_NAME, FURTHER_PARENT = "parent_name", "further_parent"
HIERARCHY_COLUMNS = frozenset(["parent_id", PATH, CHILDREN, DEPTH])
"""Standard columns each of which defines a hierarchy."""
COLUMN_SEPARATOR = "+"
"""Separates the columns of a composite key: ``ministry_code+unit_code``."""


class Shape(StrEnum):
    """How a table states the hierarchy of its units."""

    PARENT = "parent"
    LEVELS = "levels"
    PATH = "path"
    NESTED_IDS = "nested ids"
    CHILDREN = "children"
    ORDER = "order"
    """Each record has its depth: it is below the nearest record before it that is higher up."""
    LINKS = "links"
    """Another table links parents and children."""
    NONE = "none"


@dataclass(frozen=True)
class TableRole:
    """The role of a table, and its column for each standard column of that role."""

    table: str
    role: str
    cells: Cells
    columns: Mapping[str, str]
    """By standard column: ``{"parent_id": "reports_to"}``."""
    key: str = ""
    """The column that other records refer to, mostly that of the ids."""
    levels: tuple[str, ...] = ()
    """The columns that have one level of the hierarchy each, from the top down."""
    level_ids: tuple[str, ...] = ()
    """The column with the ids of each level; empty texts for levels without one."""
    id_separator: str = ""
    """Separates the steps of ids that begin with the ids of their parents: ``1.2.3``."""
    shape: Shape = Shape.NONE
    evidence: float = 0.0
    """How surely the headings say that these columns make the hierarchy, from 0 to 1."""
    identities: tuple[str, ...] = ()
    """Further columns by which cells may refer to records: names, e-mail addresses, accounts."""
    further_parents: tuple[str, ...] = ()
    """The columns of further parents: dotted lines, second managers."""
    records: Records = Records.UNITS
    """What the records are."""

    @property
    def parent_column(self) -> str:
        """The column in which problems with parents are reported."""
        return self.columns.get("parent_id") or self.columns.get(CHILDREN, "")

    def column(self, name: str) -> list[str]:
        """Return the cells of a standard column; empty cells if the table does not have it."""
        column = self.columns.get(name)
        return self.cells.of(column) if column else self.cells.blank

    def used_columns(self) -> frozenset[str]:
        """Return the columns of the table that say something in this interpretation."""
        used = {*self.columns.values(), *self.levels, *self.further_parents, self.key}
        used |= {*self.identities, *self.level_ids}
        return frozenset(part for name in used for part in (name, *name.split(COLUMN_SEPARATOR)))

    def unused_columns(self) -> tuple[str, ...]:
        """Return the columns with content that are not used, in the order of the table."""
        used = self.used_columns()
        return tuple(
            name
            for name in self.cells.header
            if name not in used | self.cells.derived and self.cells.counts(name)
        )

    def reported_columns(self) -> dict[str, str]:
        """Return the columns by standard column, the levels included."""
        columns = dict(self.columns)
        if self.levels:
            columns[LEVELS] = COLUMN_SEPARATOR.join(self.levels)
        if self.further_parents:
            columns[FURTHER_PARENT] = ", ".join(self.further_parents)
        return columns


@dataclass(frozen=True)
class RecognizedTables:
    """The tables of a dataset with their roles."""

    units: TableRole
    side: Mapping[str, TableRole]
    """The other tables, by role."""
    unused: tuple[Problem, ...]
    """The problems with the tables that are not used."""
    candidates: tuple[Any, ...] = ()
    """The interpretations of the table of units, the best first."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The table of each part that was joined with others of the same columns."""
    level_tables: tuple[str, ...] = ()
    """The tables of which each has a level of the units, from the top down."""
    periods: tuple[str, ...] = ()
    """The columns in which the period of each record begins and ends."""
    day: date | None = None
    """The day on which the records of the units hold; see ``Organization.day``."""
