"""Cleaning of unit rows: those without a name, missing ids, repeated records and ids."""

from __future__ import annotations

from itertools import count

from components import faults
from components.importing.column_names import vocabulary_words
from components.importing.table_roles import PATH, TableRole
from components.importing.unit_rows import UnitRows
from components.model.organization import UNIT_COLUMNS
from components.model.text import slug
from components.problems import Problem

CONSTANT_COLUMNS = frozenset(UNIT_COLUMNS) - {"id", "source", "notes"}
"""Standard columns that are the same in all records of one unit."""


def drop_nameless(rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    """Remove rows with neither name nor id, and a final total; a missing name becomes the id.

    Raises:
        DataError: no row is left.
    """
    ids, names = rows.cells["id"], rows.cells["name"]
    totals = [len(rows) - 1] if _is_total(rows, len(rows) - 1) else []
    problems += (
        faults.TOTAL.problem(units.table, record=rows.records[row], value=names[row] or ids[row])
        for row in totals
    )
    nameless = [row for row in range(len(rows)) if not names[row] and not ids[row]]
    column = units.columns.get("name", "")
    problems += (
        faults.NAMELESS.problem(units.table, record=rows.records[row], column=column)
        for row in nameless
    )
    dropped = {*totals, *nameless}
    if len(dropped) == len(rows):
        raise faults.NO_NAMED_RECORD.error(units.table)
    if dropped:
        rows.keep([row for row in range(len(rows)) if row not in dropped])
    pairs = zip(rows.cells["name"], rows.cells["id"], strict=True)
    rows.cells["name"] = [name or unit_id for name, unit_id in pairs]


def _is_total(rows: UnitRows, row: int) -> bool:
    """Return whether a row is no unit but a total, as it may stand at the end of a spreadsheet."""
    if row < 1 or rows.parents[row]:
        return False
    names = (rows.cells["name"][row], rows.cells["id"][row])
    return any(name.casefold().rstrip(":") in vocabulary_words("total") for name in names)


def assign_ids(rows: UnitRows) -> None:
    """Derive missing ids from the names."""
    ids = rows.cells["id"]
    if "" not in ids:
        return
    taken = set(ids)
    rows.cells["id"] = [
        unit_id or unique_id(slug(name) or "unit", taken)
        for unit_id, name in zip(ids, rows.cells["name"], strict=True)
    ]


def unique_id(base: str, taken: set[str]) -> str:
    """Return an id, numbered if it is taken: ``audit``, ``audit-2``, ...; and take it."""
    unit_id, number = base, count(2)
    while unit_id in taken:
        unit_id = f"{base}-{next(number)}"
    taken.add(unit_id)
    return unit_id


def merge_repeated(rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    """Keep one row for each id; parents in later records of a unit become further parents."""
    if rows.repeated_records:
        problems.append(_repeated_paths(rows, units))
    if "id" not in units.columns:
        _report_duplicates(units, problems)
        return
    first_row: dict[str, int] = {}
    rows.responsibilities = list(rows.responsibilities)
    for row, unit_id in enumerate(rows.cells["id"]):
        first = first_row.setdefault(unit_id, row)
        if first != row and (problem := _merge(rows, first, row, units)):
            problems.append(problem)
    if len(first_row) < len(rows):
        rows.keep(list(first_row.values()))


def _merge(rows: UnitRows, first: int, row: int, units: TableRole) -> Problem | None:
    """Add responsibilities and the parent of a repeated row to the first one of its unit.

    Return the problem with the repeated row; None if it only adds responsibilities.
    """
    table, record, earlier = units.table, rows.records[row], rows.records[first]
    id_column, unit_id = units.columns["id"], rows.cells["id"][row]
    original, repeated = (units.cells.record(rows.sources[at]) for at in (first, row))
    if original == repeated:
        return faults.REPEATED_RECORD.problem(
            table, record=record, column=id_column, value=unit_id, earlier=earlier
        )
    repeated_id = faults.REPEATED_ID.problem(
        table, record=record, column=id_column, value=unit_id, earlier=earlier
    )
    name = units.columns.get("name", id_column)
    if repeated[name] not in {"", original[name]}:
        return repeated_id
    text = rows.responsibilities[row]
    if text and text != rows.responsibilities[first]:
        rows.responsibilities[first] = f"{rows.responsibilities[first]}\n{text}".strip()
    parent = rows.parents[row]
    if parent and parent != rows.parents[first]:
        rows.further_parents.setdefault(first, []).append(parent)
        return faults.PARENTS_IN_SEVERAL_RECORDS.problem(
            table,
            record=record,
            column=units.parent_column,
            value=parent,
            unit=unit_id,
            earlier=earlier,
        )
    constant = {units.columns[column] for column in CONSTANT_COLUMNS & units.columns.keys()}
    is_consistent = all(repeated[column] in {"", original[column]} for column in constant)
    return None if text and is_consistent else repeated_id


def _repeated_paths(rows: UnitRows, units: TableRole) -> Problem:
    """Return the problem that levels or paths of records are those of earlier ones."""
    records = rows.repeated_records
    repetition = "1 record repeats a unit of an earlier record"
    if len(records) > 1:
        repetition = f"{len(records):,} records repeat units of earlier records"
    return faults.REPEATED_PATHS.problem(
        units.table,
        record=records[0],
        column=units.levels[-1] if units.levels else units.columns.get(PATH, ""),
        records=repetition,
    )


def _report_duplicates(units: TableRole, problems: list[Problem]) -> None:
    """Report equal records in a table without ids, which may be the same unit or not."""
    columns = [units.cells.of(column) for column in units.cells.header]
    name_column = units.columns.get("name", "")
    names = units.cells.of(name_column) if name_column else columns[0]
    records = units.cells.frame.index
    positions: dict[tuple[str, ...], list[int]] = {}
    for position, cells in enumerate(zip(*columns, strict=True)):
        positions.setdefault(cells, []).append(position)
    for cells, (first, *others) in positions.items():
        if others and any(cells):
            further = len(others) - 1
            more = f" and {further:,} other{'s' if further > 1 else ''}" if further else ""
            problems.append(
                faults.EQUAL_RECORDS.problem(
                    units.table,
                    record=int(records[others[0]]),
                    column=name_column,
                    value=names[first],
                    earlier=records[first],
                    more=more,
                )
            )
