"""Tables of the same columns: parts of one table, or its states on different days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from components.importing.cells import Cells
from components.importing.column_names import fold_name, role_of_table
from components.importing.evidence import KEY_SHARE, MOSTLY
from components.importing.profiles import UNNAMED
from components.importing.table_roles import PEOPLE, UNITS
from components.importing.trees import are_ranks
from components.model.days import month_number
from components.reading.nested_objects import RECORD

TABLE = "table"
"""The column that says from which table each record of a joined one comes."""
MAX_NAMED = 3
"""Parts that the name of a joined table has."""
YEAR = re.compile(r"(?:19|20)\d\d")
COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)?")
LARGEST_DAY = 31

Day = tuple[int, ...]
"""A year, and perhaps a month or quarter, and a day."""


@dataclass(frozen=True)
class JoinedTables:
    """The tables of a dataset, of which those with the same columns are one."""

    cells: Mapping[str, Cells]
    parts: Mapping[str, str] = field(default_factory=dict)
    """The joined table that each of its parts belongs to."""
    older: Mapping[str, str] = field(default_factory=dict)
    """The newest state of each table that is an older one."""
    copies: Mapping[str, str] = field(default_factory=dict)
    """The table that has all records of each table that is a copy."""


def join_tables(tables: Mapping[str, Cells]) -> JoinedTables:
    """Return the tables with those of the same columns joined, and of states only the newest."""
    groups: dict[object, list[str]] = {}
    for table, cells in tables.items():
        role = role_of_table(table)
        headings = frozenset(map(fold_name, cells.header))
        is_plain = len(headings) == len(cells.header) and _are_telling(cells.header)
        if role in {UNITS, PEOPLE, ""} and len(cells) and is_plain:
            groups.setdefault((role, headings), []).append(table)
    joined = dict(tables)
    parts: dict[str, str] = {}
    older: dict[str, str] = {}
    copies: dict[str, str] = {}
    for similar in groups.values():
        copied = _copies({table: tables[table] for table in similar})
        copies |= copied
        joined = {table: cells for table, cells in joined.items() if table not in copied}
        group = [table for table in similar if table not in copied]
        if len(group) == 1:
            continue
        if newest := _newest_state({table: tables[table] for table in group}):
            older |= {table: newest for table in group if table != newest}
            joined = {table: cells for table, cells in joined.items() if table not in older}
            continue
        name = _name_of(group)
        parts |= dict.fromkeys(group, name)
        whole = _concatenated({table: tables[table] for table in group})
        joined = {table: cells for table, cells in joined.items() if table not in parts}
        joined[name] = whole
    return JoinedTables(joined, parts, older, copies)


def without_other_states(tables: Mapping[str, Cells], chosen: str) -> Mapping[str, Cells]:
    """Return the tables without those that are a chosen one on other days."""
    at = next((table for table in tables if fold_name(table) == fold_name(chosen)), "")
    if not at:
        return tables

    def state(table: str) -> object:
        rest, day = dated_name(table)
        return bool(day) and (rest, frozenset(map(fold_name, tables[table].header)))

    own = state(at)
    others = {table for table in tables if own and table != at and state(table) == own}
    return {table: cells for table, cells in tables.items() if table not in others}


def _are_telling(header: Iterable[str]) -> bool:
    """Return whether headings say what columns have, and records are of no nested object."""
    names = [*header]
    return RECORD not in names and not all(map(UNNAMED.fullmatch, names))


def _name_of(tables: Sequence[str]) -> str:
    if len(tables) <= MAX_NAMED:
        return " + ".join(tables)
    return f"{tables[0]} + {len(tables) - 1} more"


def _concatenated(tables: Mapping[str, Cells]) -> Cells:
    """Return the records of tables one after the other, each with the name of its table."""
    first, *_ = tables.values()
    spelling = {fold_name(name): name for name in first.header}
    frames = []
    for table, cells in tables.items():
        frame = cells.frame.rename(columns=lambda name: spelling[fold_name(name)])
        frames.append(frame if TABLE in spelling.values() else frame.assign(**{TABLE: table}))
    return Cells(pd.concat(frames))


def _copies(tables: Mapping[str, Cells]) -> dict[str, str]:
    """Return for each table whose records are all in another one, the other one."""
    if len(tables) == 1:
        return {}
    records = {
        table: {
            *zip(*(cells.of(name) for name in sorted(cells.header, key=fold_name)), strict=True)
        }
        for table, cells in tables.items()
    }
    copied: dict[str, str] = {}
    for table, rows in records.items():
        others = (other for other in records if other != table and other not in copied)
        if whole := next((other for other in others if rows <= records[other]), ""):
            copied[table] = whole
    return copied


def _newest_state(tables: Mapping[str, Cells]) -> str:
    """Return the newest of tables that are states of one; empty if they are none.

    They are if their names differ by a date only, and most units of each are in the newest.
    """
    dated = {table: dated_name(table) for table in tables}
    if len({rest for rest, _ in dated.values()}) > 1 or not all(day for _, day in dated.values()):
        return ""
    newest = max(tables, key=lambda table: dated[table][1])
    others = (cells for table, cells in tables.items() if table != newest)
    return newest if all(_share_units(cells, tables[newest]) for cells in others) else ""


def _share_units(one: Cells, other: Cells) -> bool:
    """Return whether most cells of a column that tells records apart are in both tables."""
    for name in one.header:
        mine, theirs = one.counts(name), other.counts(name) if name in other.header else {}
        is_key = theirs and min(one.distinct(name), other.distinct(name)) >= KEY_SHARE
        common = sum(cell in theirs for cell in mine)
        if is_key and not are_ranks(mine) and common >= MOSTLY * min(len(mine), len(theirs)):
            return True
    return False


def dated_name(name: str) -> tuple[str, Day]:
    """Return the name of a table without the date in it, and the date; no date if there is none.

    ``units_2024-01`` is “units” of January 2024, ``Feb`` is February of a year that is not named.
    Dates are only compared, so a quarter may be a month.
    """
    text = re.sub(r"(\d)(?=[^\W\d])|([^\W\d])(?=\d)", r"\1\2 ", name)
    rest: list[str] = []
    has_month = False
    numbers: list[int] = []
    years: list[int] = []
    for word in re.findall(r"[^\W_]+", text):
        if YEAR.fullmatch(word):
            years.append(int(word))
        elif match := COMPACT_DAY.fullmatch(word):
            years.append(int(match[1]))
            numbers += [int(part) for part in match.groups()[1:] if part]
        elif word.isdecimal() and int(word) <= LARGEST_DAY:
            numbers.append(int(word))
        elif month := month_number(word):
            numbers.append(month)
            has_month = True
        else:
            rest.append(word.casefold())
    is_year_first = bool(re.match(r"\D*(?:19|20)\d\d", name))
    if not years and not has_month:
        return " ".join(rest), ()
    return " ".join(rest), (*years[:1], *(numbers if is_year_first else numbers[::-1]))
