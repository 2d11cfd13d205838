"""Roles of the side tables: by their names, and by their references to units."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd

from components.importing.cells import Cells, KeySet, is_missing
from components.importing.column_names import (
    part_named,
    role_of_table,
    standard_columns,
    whole_named,
)
from components.importing.evidence import MOSTLY, SAMPLE_SIZE
from components.importing.table_roles import (
    LINKS,
    RELATIONS,
    RESPONSIBILITIES,
    UNITS,
    TableRole,
)
from components.importing.unit_columns import most_varied_text
from components.reading.nested_objects import RECORD

LINK_ENDS = 2
"""Columns of a link that refer to units."""


def side_table_role(table: str, cells: Cells, units: TableRole) -> TableRole | None:
    """Return the role of a table that is not that of units; None if it has none."""
    role = role_of_table(table)
    if role == UNITS:
        return None
    cells = _with_unit_keys(cells, units)
    if role and role not in {RESPONSIBILITIES, RELATIONS}:
        columns: dict[str, str] = {}
        for column in standard_columns(role):
            free = (name for name in cells.header if name not in columns.values())
            if named := whole_named(role, column, free):
                columns[column] = named[0]
        return TableRole(table, role, cells, columns)
    referring = _referring_columns(cells, units)
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


def _referring_columns(cells: Cells, units: TableRole) -> list[str]:
    """Return the columns that mostly refer to units, in the order of the table."""
    keys = {units.key, units.columns.get("id", ""), units.columns.get("name", "")} - {""}
    key_set = KeySet({cell for column in keys for cell in units.cells.counts(column)})

    def share(name: str) -> float:
        sample = list(islice(cells.counts(name), SAMPLE_SIZE))
        return sum(map(key_set.resolves, sample)) / max(1, len(sample))

    return [name for name in cells.header if share(name) >= MOSTLY]


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
        texts = [most_varied_text(cells, others)]
    if any(texts):
        columns["responsibility"] = texts[0]
    for column in ("position", "themes", "source"):
        names = whole_named(RESPONSIBILITIES, column, cells.header)
        if free := [name for name in names if name not in columns.values()]:
            columns[column] = free[0]
    return columns


def units_from_links(cells: Cells) -> tuple[Cells, dict[str, str]]:
    """Return a table of parents and children as one of units, with the columns of its ids.

    Each link becomes the record of its child; a parent that is no child gets a record of the same
    number as the first link that names it. Any other table is returned unchanged.
    """
    header = cells.header
    parents, children = (whole_named(LINKS, end, header) for end in ("parent", "child"))
    if not parents or not children:
        parents, children = (whole_named(RELATIONS, f"{end}_id", header) for end in ("from", "to"))
        if parents and children and cells.distinct(parents[0]) == 1 > cells.distinct(children[0]):
            # Each origin occurs once, as a child does that has one parent: the links point upwards.
            parents, children = children, parents
    if not children or not parents or parents[0] == children[0]:
        return cells, {}
    parent, child = parents[0], children[0]
    others = [name for name in header if name not in {parent, child}]
    if whole_named(UNITS, "id", others) or whole_named(UNITS, "name", others):
        return cells, {}
    ids = set(cells.of(child))
    root_records = {
        cell: record
        for cell, record in zip(
            reversed(cells.of(parent)), reversed(cells.frame.index), strict=True
        )
        if cell not in ids and not is_missing(cell)
    }
    roots = pd.DataFrame(
        {child: list(root_records), parent: ""},
        index=pd.Index(list(root_records.values())),
        dtype="str",
    )
    frame = pd.concat([roots, cells.frame[[child, parent, *others]]]).fillna("")
    return Cells(frame), {"id": child, "parent_id": parent}
