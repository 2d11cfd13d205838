"""What the tables beside the one of units are used as: by their names, and whom they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pandas as pd

from components.importing.cells import Cells, LooseKeys, is_none, refers
from components.importing.column_names import columns_of, part_named, use_of_table, whole_named
from components.importing.table_roles import (
    LINKED,
    LINKS,
    MOSTLY,
    RECORD,
    RELATIONS,
    RESPONSIBILITIES,
    SAMPLE,
    UNITS,
    Use,
)
from components.importing.unit_columns import longest


def use_beside(table: str, cells: Cells, units: Use) -> Use | None:
    """Return what a table beside the units is used as; None if nothing is."""
    called = use_of_table(table)
    if called == UNITS:
        return None
    cells = _by_key(cells, units)
    columns: dict[str, str] = {}
    for ours in columns_of(called) if called else ():
        named = whole_named(called, ours, cells.header)
        named = [name for name in named if name not in columns.values()]
        if named:
            columns[ours] = named[0]
    if called and called not in {RESPONSIBILITIES, RELATIONS}:
        return Use(table, called, cells, columns)
    referring = _referring(cells, units)
    if called == RELATIONS or (not called and _are_links(referring)):
        return Use(table, RELATIONS, cells, _relation_columns(cells, referring))
    return _responsibilities(table, cells, referring, is_called=bool(called))


def _by_key(cells: Cells, units: Use) -> Cells:
    """Return a table that names units by their records with the units' keys instead."""
    if RECORD not in cells.header or RECORD not in units.cells.header or not units.key:
        return cells
    key_of = dict(zip(units.cells.of(RECORD), units.cells.of(units.key), strict=True))
    frame = cells.frame.assign(**{RECORD: [key_of.get(cell, cell) for cell in cells.of(RECORD)]})
    return Cells(frame)


def _referring(cells: Cells, units: Use) -> list[str]:
    """Return the columns that mostly refer to units, in the order of the table."""
    own = {units.key, units.columns.get("id", ""), units.columns.get("name", "")} - {""}
    known = {cell for column in own for cell in units.cells.counts(column)}
    loosely = LooseKeys(known)

    def share(name: str) -> float:
        sample = list(islice(cells.counts(name), SAMPLE))
        return sum(refers(cell, known, loosely) for cell in sample) / max(1, len(sample))

    return [name for name in cells.header if share(name) >= MOSTLY]


def _are_links(referring: Sequence[str]) -> bool:
    """Tell whether two columns link units: by their names, or the second one's own record."""
    ends = [whole_named(RELATIONS, end, referring) for end in ("from_id", "to_id")]
    return all(ends) or (RECORD in referring and len(referring) == LINKED)


def _relation_columns(cells: Cells, referring: Sequence[str]) -> dict[str, str]:
    columns = {"from_id": RECORD} if RECORD in referring else {}
    for ours in columns_of(RELATIONS):
        if ours in columns:
            continue
        named = whole_named(RELATIONS, ours, cells.header)
        named += [each for each in part_named(RELATIONS, ours, cells.header) if each not in named]
        named = [each for each in named if each not in columns.values()]
        if ours in {"from_id", "to_id"} and not named:
            likely = part_named(UNITS, "id", referring)
            likely += [each for each in referring if each not in likely]
            named = [each for each in likely if each not in columns.values()]
        if named:
            columns[ours] = named[0]
    return columns


def _responsibilities(
    table: str, cells: Cells, referring: Sequence[str], *, is_called: bool
) -> Use | None:
    units = whole_named(RESPONSIBILITIES, "unit_id", cells.header)
    units += part_named(RESPONSIBILITIES, "unit_id", cells.header)
    # Ids are numbers often, and so are positions: a column that is called like another is none.
    called = {
        name
        for ours in columns_of(RESPONSIBILITIES)
        if ours != "unit_id"
        for name in whole_named(RESPONSIBILITIES, ours, cells.header)
    }
    confirmed = [name for name in units if name in referring]
    confirmed = confirmed or [name for name in referring if name not in called]
    texts = whole_named(RESPONSIBILITIES, "responsibility", cells.header)
    if not is_called and not (confirmed and texts):
        return None
    columns: dict[str, str] = {}
    if unit := next(iter(confirmed or units), ""):
        columns["unit_id"] = unit
    texts = [name for name in texts if name != unit]
    texts = [name for name in texts if name not in referring] or texts
    if not texts and is_called:
        texts = [longest(cells, (each for each in cells.header if each not in {*referring, unit}))]
    if any(texts):
        columns["responsibility"] = texts[0]
    for ours in ("position", "themes", "source"):
        named = whole_named(RESPONSIBILITIES, ours, cells.header)
        if named := [name for name in named if name not in columns.values()]:
            columns[ours] = named[0]
    return Use(table, RESPONSIBILITIES, cells, columns)


def with_units_of_links(cells: Cells) -> tuple[Cells, dict[str, str]]:
    """Return a table of parents and children as one of units, and its columns; any other as it is.

    Each link is a record of its child; who is nobody's child has the record that names it first.
    """
    header = cells.header
    parents, children = (whole_named(LINKS, end, header) for end in ("parent", "child"))
    if not parents or not children:
        parents, children = (whole_named(RELATIONS, f"{end}_id", header) for end in ("from", "to"))
        if parents and children and cells.distinct(parents[0]) == 1 > cells.distinct(children[0]):
            parents, children = children, parents  # each has one it leads to: that is above it
    if not children or not parents or parents[0] == children[0]:
        return cells, {}
    others = [name for name in header if name not in {parents[0], children[0]}]
    if whole_named(UNITS, "id", others) or whole_named(UNITS, "name", others):
        return cells, {}
    below, above = cells.of(children[0]), cells.of(parents[0])
    known = set(below)
    tops = {
        parent: record
        for parent, record in zip(reversed(above), reversed(cells.frame.index), strict=True)
        if parent not in known and not is_none(parent)
    }
    top = pd.DataFrame(
        {children[0]: list(tops), parents[0]: ""}, index=pd.Index(list(tops.values())), dtype="str"
    )
    frame = pd.concat([top, cells.frame[[children[0], parents[0], *others]]]).fillna("")
    return Cells(frame), {"id": children[0], "parent_id": parents[0]}
