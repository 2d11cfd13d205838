"""Tables of matches: which units of two states are the same one, as somebody has settled it."""

from __future__ import annotations

from pathlib import Path

from components import faults
from components.importing.cells import Cells
from components.importing.column_names import fold_name
from components.model.matching import Settled
from components.model.organization import Organization
from components.problems import DataError, Problem
from components.reading.options import DEFAULT_LIMITS, Limits
from components.reading.read import read_tables

BEFORE, AFTER = "before", "after"
"""The columns; their cells are ids or names."""


def read_matches(
    path: Path, before: Organization, after: Organization, limits: Limits = DEFAULT_LIMITS
) -> Settled:
    """Return what a table of matches settles.

    A record with one cell only says that the unit is gone, or new.

    Raises:
        DataError: the table cannot be read, lacks a column, or names units that do not exist or
            that it has named before.
    """
    tables = read_tables(path, limits=limits)
    table, frame = next(iter(tables.frames.items()))
    cells = Cells(frame)
    columns = {" ".join(fold_name(name)): name for name in cells.header}
    for column in (BEFORE, AFTER):
        if column not in columns:
            header = ", ".join(f"“{name}”" for name in cells.header)
            raise faults.MATCHES_WITHOUT_COLUMN.error(table, column=column, header=header)
    problems: list[Problem] = []
    units = [
        _units(table, cells, columns[column], organization, problems)
        for column, organization in ((BEFORE, before), (AFTER, after))
    ]
    if problems:
        raise DataError(problems)
    pairs = [*zip(*units, strict=True)]
    return Settled(
        same=[(old, new) for old, new in pairs if old is not None and new is not None],
        gone=[old for old, new in pairs if old is not None and new is None],
        new=[new for old, new in pairs if new is not None and old is None],
    )


def _units(
    table: str, cells: Cells, column: str, organization: Organization, problems: list[Problem]
) -> list[int | None]:
    """Return the unit in each cell of a column; None where it is empty."""
    units: list[int | None] = []
    for record, cell in zip(cells.frame.index, cells.of(column), strict=True):
        unit = organization.find(cell)
        if cell and (unit is None or unit in units):
            fault = faults.UNKNOWN_MATCH if unit is None else faults.REPEATED_MATCH
            problems.append(fault.problem(table, record=int(record), column=column, value=cell))
        units.append(unit)
    return units
