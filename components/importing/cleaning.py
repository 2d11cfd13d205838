"""Cleaning of unit rows: those without a name, missing ids, repeated records and ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import takewhile

from components import faults
from components.importing.column_names import vocabulary_words
from components.importing.table_roles import PATH, RESPONSIBILITIES, TableRole
from components.importing.unit_rows import UnitRows
from components.model.text import fold_text, fold_texts, short_ids, slugs, split_list
from components.model.unique_ids import UniqueIds
from components.problems import Problem

MAX_PUNCTUATION = 6
"""Characters beside a word for a vacancy: ``(vacant)``."""
NOTE = re.compile(
    r"(?:sources?|notes?|quelle|fuente|fonte|stand|as of)\b.*[:,]|[*†¹(]", re.IGNORECASE
)
"""How a note below a table begins."""


def drop_nameless(rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    """Remove rows with neither name nor id, and totals and notes below the units.

    A missing name becomes the id.

    Raises:
        DataError: no row is left.
    """
    ids, names = rows.cells["id"], rows.cells["name"]
    below = [*takewhile(lambda row: _is_below_table(rows, row, units), range(len(rows))[::-1])]
    for row in below[::-1]:
        name = names[row] or ids[row]
        fault = faults.NOTE_BELOW_TABLE if NOTE.match(name) else faults.TOTAL
        problems.append(fault.problem(units.table, record=rows.records[row], value=name))
    nameless = [row for row in range(len(rows)) if not names[row] and not ids[row]]
    column = units.columns.get("name", "")
    problems += (
        faults.NAMELESS.problem(units.table, record=rows.records[row], column=column)
        for row in nameless
    )
    dropped = {*below, *nameless}
    if len(dropped) == len(rows):
        raise faults.NO_NAMED_RECORD.error(units.table)
    if dropped:
        rows.keep([row for row in range(len(rows)) if row not in dropped])
    pairs = zip(rows.cells["name"], rows.cells["id"], strict=True)
    rows.cells["name"] = [name or unit_id for name, unit_id in pairs]


def _is_below_table(rows: UnitRows, row: int, units: TableRole) -> bool:
    """Return whether a row is no unit but a total or a note, as they end a spreadsheet."""
    if row < 1 or rows.parents[row]:
        return False
    names = (rows.cells["name"][row], rows.cells["id"][row])
    if any(name.casefold().rstrip(":") in vocabulary_words("total") for name in names):
        return True
    if not any(map(NOTE.match, names)) or rows.sources[row] < 0:
        return False
    record = units.cells.record(rows.sources[row])
    return sum(map(bool, record.values())) == 1 < len(record)


def assign_ids(rows: UnitRows) -> None:
    """Derive missing ids from the names."""
    ids = rows.cells["id"]
    if "" not in ids:
        return
    unique = UniqueIds(ids)
    rows.cells["id"] = [
        unit_id or unique.make(name or "unit")
        for unit_id, name in zip(ids, slugs(rows.cells["name"]), strict=True)
    ]


def shorten_ids(rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    """Shorten ids that do not fit into an address; the keys of the rows stay as they are."""
    ids = rows.cells["id"]
    shortened = short_ids(ids)
    if shortened == ids:
        return
    rows.cells["id"] = [*shortened]
    if "id" in units.columns:
        problems += (
            faults.LONG_ID.problem(
                units.table, record=record, column=units.columns["id"], value=unit_id, new=new
            )
            for record, unit_id, new in zip(rows.records, ids, shortened, strict=True)
            if unit_id != new
        )


def mark_vacancies(rows: UnitRows) -> None:
    """Move words for a vacant post from the column of heads to that of the status."""
    heads, statuses = rows.cells["head"], rows.cells["status"]
    vacant = vacant_cells(heads)
    if not vacant:
        return
    rows.cells["status"] = [
        status or ("vacant" if head in vacant else "")
        for head, status in zip(heads, statuses, strict=True)
    ]
    rows.cells["head"] = ["" if head in vacant else head for head in heads]


def vacancies_in(rows: UnitRows) -> frozenset[int]:
    """Return the rows whose status, or whose name, says that a post is vacant."""
    columns = (rows.cells["status"], rows.cells["name"])
    vacant = map(vacant_cells, columns)
    return frozenset(
        row
        for column, cells in zip(columns, vacant, strict=True)
        if cells
        for row, cell in enumerate(column)
        if cell in cells
    )


def vacant_cells(column: Iterable[str]) -> frozenset[str]:
    """Return the cells of a column that say that a post is vacant."""
    words = {*map(fold_text, vocabulary_words("vacant"))}
    longest = max(map(len, words)) + MAX_PUNCTUATION
    short = [cell for cell in {*column} if 0 < len(cell) <= longest]
    folded = zip(short, fold_texts(short), strict=True)
    return frozenset(cell for cell, text in folded if text in words)


def merge_repeated(rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
    """Keep one row for each unit.

    Records with one id and one name are one unit with the cells of all of them; records with one
    id and different names are units of their own, of which the later ones get other ids.
    """
    if rows.repeated_records:
        problems.append(_repeated_paths(rows, units))
    if "id" not in units.columns:
        _report_duplicates(units, problems)
        return
    ids, names = rows.cells["id"], rows.cells["name"]
    if len({*ids}) == len(ids):
        return
    rows.cells = {column: list(cells) for column, cells in rows.cells.items()}
    rows.responsibilities, rows.parents = list(rows.responsibilities), list(rows.parents)
    counting = _counting_columns(units)
    unique = UniqueIds(ids)
    first_of: dict[tuple[str, str], int] = {}
    earliest: dict[str, int] = {}
    merged: set[int] = set()
    for row, (unit_id, name) in enumerate(zip(ids, names, strict=True)):
        first = first_of.setdefault((unit_id, fold_text(name)), row)
        earlier = earliest.setdefault(unit_id, row)
        if first != row:
            merged.add(row)
            if problem := _merge(rows, first, row, units, counting):
                problems.append(problem)
        elif earlier != row:
            rows.cells["id"][row] = unique.make(unit_id)
            problems.append(
                faults.REPEATED_ID.problem(
                    units.table,
                    record=rows.records[row],
                    column=units.columns["id"],
                    value=unit_id,
                    earlier=rows.records[earlier],
                    name=names[earlier],
                    new=rows.cells["id"][row],
                )
            )
    if merged:
        rows.keep([row for row in range(len(rows)) if row not in merged])


def _counting_columns(units: TableRole) -> frozenset[str]:
    """Return the columns that only number the records."""
    numbers = [str(number) for number in range(1, len(units.cells) + 1)]
    return frozenset(
        name
        for name in units.cells.header
        if name not in units.columns.values() and units.cells.of(name) == numbers
    )


def _merge(
    rows: UnitRows, first: int, row: int, units: TableRole, counting: Collection[str]
) -> Problem | None:
    """Add the cells of a repeated row to the first one of its unit.

    Return the problem with the repeated row; None if it only adds responsibilities, or heads.
    """
    table, record, earlier = units.table, rows.records[row], rows.records[first]
    column, unit_id = units.columns["id"], rows.cells["id"][row]
    original, repeated = (units.cells.record(rows.sources[at]) for at in (first, row))
    differing = {name for name in original if original[name] != repeated[name]} - {*counting}
    if not differing:
        return faults.REPEATED_RECORD.problem(
            table, record=record, column=column, value=unit_id, earlier=earlier
        )
    rows.further_sources.setdefault(first, []).append(rows.sources[row])
    for cells in rows.cells.values():
        entries = [cells[first], cells[row]]
        if cells is not rows.cells["id"] and cells is not rows.cells["name"]:
            cells[first] = "; ".join(
                dict.fromkeys(part for cell in entries for part in split_list(cell))
            )
    text = rows.responsibilities[row]
    if text and text != rows.responsibilities[first]:
        rows.responsibilities[first] = f"{rows.responsibilities[first]}\n{text}".strip()
    parent = rows.parents[row]
    if parent and not rows.parents[first]:
        rows.parents[first] = parent
    elif parent and parent != rows.parents[first]:
        rows.further_parents.setdefault(first, []).append(parent)
        return faults.PARENTS_IN_SEVERAL_RECORDS.problem(
            table,
            record=record,
            column=units.parent_column,
            value=parent,
            unit=unit_id,
            earlier=earlier,
        )
    expected = {units.columns.get(name, "") for name in ("head", RESPONSIBILITIES)}
    if differing <= expected:
        return None
    columns = ", ".join(f"“{name}”" for name in original if name in differing)
    return faults.MERGED_RECORDS.problem(
        table, record=record, column=column, value=unit_id, earlier=earlier, columns=columns
    )


def _repeated_paths(rows: UnitRows, units: TableRole) -> Problem:
    """Return the problem that levels or paths of records are those of earlier ones."""
    records = rows.repeated_records
    repetition = "1 record repeats a unit of an earlier record"
    if len(records) > 1:
        repetition = f"{len(records):,} records repeat units of earlier records"
    lowest = units.levels[-1] if units.levels else units.columns.get(PATH, "")
    return faults.REPEATED_PATHS.problem(
        units.table,
        record=records[0],
        column=units.columns.get("name", lowest),
        records=repetition,
    )


def _report_duplicates(units: TableRole, problems: list[Problem]) -> None:
    """Report equal records in a table without ids, which may be the same unit or not."""
    columns = [units.cells.of(column) for column in units.cells.header]
    name_column = units.columns.get("name", "")
    names = units.cells.of(name_column) if name_column else columns[0]
    records = units.cells.frame.index
    if len(set(zip(*columns, strict=True))) == len(records):
        return
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
