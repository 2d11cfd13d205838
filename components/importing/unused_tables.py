"""Why a table is not used, and what to do if it should be."""

from __future__ import annotations

from collections.abc import Sequence

from components import faults
from components.importing.cells import Cells
from components.importing.column_names import vocabulary_words
from components.importing.evidence import MOSTLY
from components.importing.profiles import ColumnKind, Profile
from components.importing.side_tables import REQUIRED_COLUMNS
from components.importing.table_roles import UNITS, TableRole
from components.problems import Problem

NAMES_OF_TABLES = ", ".join((UNITS, *REQUIRED_COLUMNS))


def unused_table(table: str, cells: Cells, units: TableRole, referring: Sequence[str]) -> Problem:
    """Return the problem that a table says nothing that can be used about units.

    ``referring`` are its columns that mostly name units.
    """
    profile = Profile(cells)
    texts = profile.kinds(cells.header, {ColumnKind.TEXT, ColumnKind.CODE})
    if not len(cells):
        return faults.UNUSED_EMPTY.problem(table)
    if column := _counted_column(profile, texts, units):
        return faults.UNUSED_PIVOT.problem(table, units=units.table, counted=column)
    if not texts:
        return faults.UNUSED_WITHOUT_TEXT.problem(table)
    if not referring:
        return faults.UNUSED_UNRELATED.problem(table, units=units.table)
    return faults.UNUSED_WITHOUT_HEADING.problem(
        table, named=referring[0], units=units.table, names=NAMES_OF_TABLES
    )


def _counted_column(profile: Profile, texts: Sequence[str], units: TableRole) -> str:
    """Return the column of units that a pivot table counts; empty if a table is no pivot."""
    numbers = profile.kinds(profile.header, {ColumnKind.NUMBER})
    if len(texts) != 1 or not numbers:
        return ""
    totals = vocabulary_words("total")
    cells = [cell for cell in profile.sample(texts[0]) if cell.casefold() not in totals]
    for column in units.cells.header:
        counts = units.cells.counts(column)
        if cells and sum(cell in counts for cell in cells) >= MOSTLY * len(cells):
            return column
    return ""
