"""The roles of tables, and the standard columns that each role has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.importing.cells import Cells

UNITS, RESPONSIBILITIES, RELATIONS = "units", "responsibilities", "relations"
LINKS, POSTS = "links", "posts"
"""Roles of the vocabulary only: both are read as units."""
LEVELS, PATH, CHILDREN, PARENT_NAME = "levels", "path", "children", "parent_name"
HIERARCHY_COLUMNS = frozenset(["parent_id", PATH, CHILDREN])
"""Standard columns each of which defines a hierarchy."""
COLUMN_SEPARATOR = "+"
"""Separates the columns of a composite key: ``ministry_code+unit_code``."""


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
    id_separator: str = ""
    """Separates the steps of ids that begin with the ids of their parents: ``1.2.3``."""

    @property
    def parent_column(self) -> str:
        """The column in which problems with parents are reported."""
        return self.columns.get("parent_id") or self.columns.get(CHILDREN, "")

    def column(self, name: str) -> list[str]:
        """Return the cells of a standard column; empty cells if the table does not have it."""
        column = self.columns.get(name)
        return self.cells.of(column) if column else self.cells.blank

    def reported_columns(self) -> dict[str, str]:
        """Return the columns by standard column, the levels included."""
        levels = {LEVELS: COLUMN_SEPARATOR.join(self.levels)} if self.levels else {}
        return dict(self.columns) | levels


@dataclass(frozen=True)
class RecognizedTables:
    """The tables of a dataset with their roles."""

    units: TableRole
    side: Mapping[str, TableRole]
    """The other tables, by role."""
    unused: tuple[str, ...]
