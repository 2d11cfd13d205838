"""Roles of the side tables: by their names, and by their references to units."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice

from components.importing.cells import Cells
from components.importing.column_names import (
    part_named,
    role_of_table,
    standard_columns,
    whole_named,
)
from components.importing.evidence import MOSTLY, SAMPLE_SIZE
from components.importing.naming import most_varied_text
from components.importing.people import people_role
from components.importing.profiles import Profile
from components.importing.references import KeySet
from components.importing.table_roles import (
    PEOPLE,
    RELATIONS,
    RESPONSIBILITIES,
    UNITS,
    TableRole,
)
from components.model.standard_columns import COLUMNS, has_standard_columns
from components.reading.nested_objects import RECORD

LINK_ENDS = 2
"""Columns of a link that refer to units."""


def side_table_role(table: str, cells: Cells, units: TableRole) -> TableRole | None:
    """Return the role of a table that is not that of units; None if it has none."""
    role = role_of_table(table)
    if role != UNITS and has_standard_columns(role, cells.header):
        return TableRole(
            table,
            role,
            cells,
            {column: column for column in COLUMNS[role] if column in cells.header},
        )
    cells = _with_unit_keys(cells, units)
    referring = referring_columns(cells, units)
    if role in {UNITS, PEOPLE, ""} and (people := people_role(table, cells, units, referring)):
        return people
    if role in {UNITS, PEOPLE}:
        return None
    if role and role not in {RESPONSIBILITIES, RELATIONS}:
        columns: dict[str, str] = {}
        for column in standard_columns(role):
            free = (name for name in cells.header if name not in columns.values())
            if named := whole_named(role, column, free):
                columns[column] = named[0]
        return TableRole(table, role, cells, columns)
    if role == RELATIONS or (not role and _are_links(referring)):
        return TableRole(table, RELATIONS, cells, _relation_columns(cells, referring))
    columns = _responsibility_columns(cells, referring, is_named=bool(role))
    return TableRole(table, RESPONSIBILITIES, cells, columns) if role or columns else None


def _with_unit_keys(cells: Cells, units: TableRole) -> Cells:
    """Return a table of nested data with the keys of units instead of the ids of their records."""
    if RECORD not in cells.header or RECORD not in units.cells.header or not units.key:
        return cells
    key_of = dict(zip(units.cells.of(RECORD), units.cells.of(units.key), strict=True))
    frame = cells.frame.assign(**{RECORD: [key_of.get(cell, cell) for cell in cells.of(RECORD)]})
    return Cells(frame)


def referring_columns(cells: Cells, units: TableRole) -> list[str]:
    """Return the columns that mostly refer to units, in the order of the table."""
    keys = {units.key, units.columns.get("id", ""), units.columns.get("name", "")} - {""}
    samples = {name: list(islice(cells.counts(name), SAMPLE_SIZE)) for name in cells.header}
    key_set = KeySet(
        {cell for column in keys for cell in units.cells.counts(column)},
        [*chain.from_iterable(samples.values())],
    )
    return [
        name
        for name, sample in samples.items()
        if sum(map(key_set.resolves, sample)) >= MOSTLY * max(1, len(sample))
    ]


def _are_links(referring: Sequence[str]) -> bool:
    """Return whether two columns link units: as their names say, or one of them is the record."""
    ends = [whole_named(RELATIONS, end, referring) for end in ("from_id", "to_id")]
    return all(ends) or (RECORD in referring and len(referring) == LINK_ENDS)


def _relation_columns(cells: Cells, referring: Sequence[str]) -> dict[str, str]:
    """Return the columns of a table of relations."""
    columns = {"from_id": RECORD} if RECORD in referring else {}
    for column in standard_columns(RELATIONS):
        if column in columns:
            continue
        names = whole_named(RELATIONS, column, cells.header)
        names += part_named(RELATIONS, column, cells.header)
        free = [name for name in names if name not in columns.values()]
        if column in {"from_id", "to_id"} and not free:
            likely = [*part_named(UNITS, "id", referring), *referring]
            free = [name for name in likely if name not in columns.values()]
        if free:
            columns[column] = free[0]
    return columns


def _responsibility_columns(
    cells: Cells, referring: Sequence[str], *, is_named: bool
) -> dict[str, str]:
    """Return the columns of a table of responsibilities.

    Without a telling name, a table is one only if it refers to units and has a column of texts;
    otherwise it has no columns.
    """
    units = whole_named(RESPONSIBILITIES, "unit_id", cells.header)
    units += part_named(RESPONSIBILITIES, "unit_id", cells.header)
    # Ids and positions may be the same numbers, so a column named after positions is not the unit.
    named_otherwise = {
        name
        for column in standard_columns(RESPONSIBILITIES)
        if column != "unit_id"
        for name in whole_named(RESPONSIBILITIES, column, cells.header)
    }
    confirmed = [name for name in units if name in referring]
    confirmed = confirmed or [name for name in referring if name not in named_otherwise]
    texts = whole_named(RESPONSIBILITIES, "responsibility", cells.header)
    if not is_named and not (confirmed and texts):
        return {}
    columns: dict[str, str] = {}
    if unit := next(iter(confirmed or units), ""):
        columns["unit_id"] = unit
    texts = [name for name in texts if name != unit]
    texts = [name for name in texts if name not in referring] or texts
    if not texts and is_named:
        others = (name for name in cells.header if name not in {*referring, unit})
        texts = [most_varied_text(Profile(cells), others)]
    if any(texts):
        columns["responsibility"] = texts[0]
    for column in ("position", "themes", "source"):
        names = whole_named(RESPONSIBILITIES, column, cells.header)
        if free := [name for name in names if name not in columns.values()]:
            columns[column] = free[0]
    return columns
