"""Resolution of parents: by key, then by name, then by looser comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from components import faults
from components.importing.cells import is_missing, loose_key, possible_lists
from components.importing.table_roles import TableRole
from components.importing.unit_rows import UnitRows
from components.model.text import fold_text
from components.problems import Fault, Problem

NO_PARENT = -1
MAX_SUGGESTIONS, MAX_COMPARED = 50, 20_000
"""Unknown parents, and names of units, above which no similar names are searched for."""
MIN_SIMILARITY = 80
"""Least normalized similarity of a suggested name, in percent."""


@dataclass
class Forest:
    """The parents of rows as row numbers."""

    parent: list[int]
    """The parent of each row; numbers past the last row stand for the placeholders."""
    further: list[tuple[int, int]] = field(default_factory=list)
    """Rows and their further parents."""
    placeholders: list[tuple[str, str, int]] = field(default_factory=list)
    """Key, name and first record of each parent that has no record itself."""
    isolated: list[int] = field(default_factory=list)
    """Roots without children, where several roots were gathered under one."""
    is_gathered: bool = False
    """Whether the last row was added to gather several roots."""


def resolve_parents(rows: UnitRows, units: TableRole, problems: list[Problem]) -> Forest:
    """Return the parent of each row; faults are added to ``problems``."""
    return _ParentResolver(rows, units, problems).resolve()


class _NameIndex:
    """Rows by name. Most names have one row, so lists are kept for the others only."""

    def __init__(self, names: Sequence[str]) -> None:
        self._first = dict(zip(reversed(names), range(len(names) - 1, -1, -1), strict=True))
        self._repeated: dict[str, list[int]] = {}
        if len(self._first) < len(names):
            for row, name in enumerate(names):
                if self._first[name] != row:
                    self._repeated.setdefault(name, [self._first[name]]).append(row)
        self._first.pop("", None)
        self._repeated.pop("", None)

    def rows(self, name: str) -> list[int]:
        """Return the rows with a name, in order."""
        if name in self._repeated:
            return self._repeated[name]
        return [self._first[name]] if name in self._first else []


@dataclass(frozen=True)
class _UnitIndex:
    """Finds the rows of units by keys and names."""

    units: UnitRows

    @cached_property
    def _exact(self) -> list[_NameIndex]:
        cells = self.units.cells
        return [_NameIndex(names) for names in (self.units.keys, cells["id"], cells["name"])]

    @cached_property
    def _loose_keys(self) -> _NameIndex:
        return _NameIndex([loose_key(key) for key in self.units.keys])

    @cached_property
    def _loose_names(self) -> list[_NameIndex]:
        columns = (self.units.cells[name] for name in ("name", "short_name", "acronym"))
        return [_NameIndex([fold_text(name) for name in names]) for names in columns]

    def exact(self, cell: str) -> list[int]:
        """Return the rows whose key, else whose id, else whose name is a cell."""
        return next((rows for index in self._exact if (rows := index.rows(cell))), [])

    def loose(self, cell: str) -> list[int]:
        """Return the rows whose key or name is a cell but for zeros, case, accents or spaces."""
        if rows := self._loose_keys.rows(loose_key(cell)):
            return rows
        name = fold_text(cell)
        return next((rows for index in self._loose_names if (rows := index.rows(name))), [])

    def find(self, cell: str) -> list[int]:
        """Return the rows that a cell names exactly, else loosely."""
        return self.exact(cell) or self.loose(cell)

    def spelling(self, cell: str, row: int) -> str:
        """Return the key, id or name by which a cell names a row loosely."""
        keys = (self.units.keys[row], self.units.cells["id"][row])
        same = (key for key in keys if loose_key(key) == loose_key(cell))
        return next(same, self.units.cells["name"][row])

    def suggestions(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the most similar key or name for each cell that has one.

        None are searched for where there are very many cells or names.
        """
        names = list(dict.fromkeys([*self.units.keys, *self.units.cells["name"]]))
        if len(cells) > MAX_SUGGESTIONS or len(names) > MAX_COMPARED:
            return {}
        matches = {
            cell: process.extractOne(cell, names, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
            for cell in cells
        }
        return {cell: str(match[0]) for cell, match in matches.items() if match}


class _ParentResolver:
    """Resolves the parents of rows, each distinct cell once."""

    def __init__(self, rows: UnitRows, units: TableRole, problems: list[Problem]) -> None:
        self._rows = rows
        self._table, self._column = units.table, units.parent_column
        self._problems = problems
        self._index = _UnitIndex(rows)
        self._count = Counter(rows.parents)
        self._placeholder_row: dict[str, int] = {}
        self._forest = Forest([NO_PARENT] * len(rows))

    def resolve(self) -> Forest:
        resolved: dict[str, list[int] | None] = {"": []}
        unknown = []
        for row, cell in enumerate(self._rows.parents):
            if cell not in resolved:
                resolved[cell] = self._resolve_cell(row)
            parents = resolved[cell]
            if parents is None:
                self._forest.parent[row] = self._placeholder(row)
                unknown.append(row)
            elif len(parents) > 1 and len(self._index.find(cell)) > 1:
                self._set_ambiguous_parent(row, parents)
            elif parents:
                self._set_parents(row, parents)
        self._report_unknown(unknown)
        for row, keys in self._rows.further_parents.items():
            for key in dict.fromkeys(keys):
                self._add_further_parent(row, key)
        return self._forest

    def _resolve_cell(self, row: int) -> list[int] | None:
        """Return the rows that the parent cell of a row names.

        They are several if the cell is a list or its name is ambiguous, none for a marker such as
        ``n/a``. Return None for an unknown parent.
        """
        cell = self._rows.parents[row]
        if rows := self._index.exact(cell):
            return rows
        count = self._count[cell]
        where = f" in {count:,} records" if count > 1 else ""
        if is_missing(cell):
            self._report(faults.WORD_FOR_NO_PARENT, row, where=where)
            return []
        rows = self._index.loose(cell)
        if len(rows) == 1:
            spelling = self._index.spelling(cell, rows[0])
            self._report(faults.REPAIRED_PARENT, row, meant=spelling, where=where)
        if rows:
            return rows
        for names in possible_lists(cell):
            parents = [self._index.find(name) for name in names]
            if parents and all(len(rows) == 1 for rows in parents):
                return list(dict.fromkeys(rows[0] for rows in parents))
        return None

    def _set_parents(self, row: int, parents: Sequence[int]) -> None:
        """Set the first of several parents as that of a row, the others as further ones."""
        others = [parent for parent in parents if parent != row]
        if len(others) < len(parents):
            self._report(faults.ONE_OWN_PARENT if others else faults.OWN_PARENT, row)
        if others:
            self._forest.parent[row] = others[0]
            self._forest.further += [(row, parent) for parent in others[1:]]
        if len(others) > 1:
            first = self._rows.cells["name"][others[0]]
            self._report(faults.PARENTS_IN_ONE_CELL, row, count=len(others), first=first)

    def _set_ambiguous_parent(self, row: int, parents: Sequence[int]) -> None:
        """Set the first of several units of one name as the parent, unless the row is one."""
        if row in parents:
            self._set_parents(row, [row])
            return
        self._forest.parent[row] = parents[0]
        self._report(faults.AMBIGUOUS_PARENT, row, first_record=self._rows.records[parents[0]])

    def _add_further_parent(self, row: int, key: str) -> None:
        parents = self._index.find(key)
        if len(parents) == 1:
            if parents[0] not in {row, self._forest.parent[row]}:
                self._forest.further.append((row, parents[0]))
        elif not is_missing(key):
            self._report(faults.UNKNOWN_FURTHER_PARENT, row, parent=key)

    def _placeholder(self, row: int) -> int:
        """Return the number past the last row that stands for the unknown parent of a row."""
        rows = self._rows
        cell = rows.parents[row]
        key = loose_key(cell)
        if key not in self._placeholder_row:
            self._placeholder_row[key] = len(rows) + len(self._forest.placeholders)
            name = rows.parent_names[row] or cell
            self._forest.placeholders.append((cell, name, rows.records[row]))
        return self._placeholder_row[key]

    def _report_unknown(self, rows: Sequence[int]) -> None:
        cells = list(dict.fromkeys(self._rows.parents[row] for row in rows))
        suggestions = self._index.suggestions(cells)
        for row in rows:
            suggestion = suggestions.get(self._rows.parents[row])
            if suggestion is None:
                self._report(faults.UNKNOWN_PARENT, row)
            else:
                self._report(faults.MISSPELT_PARENT, row, suggestion=suggestion)

    def _report(self, fault: Fault, row: int, **values: object) -> None:
        self._problems.append(
            fault.problem(
                self._table,
                record=self._rows.records[row],
                column=self._column,
                value=self._rows.parents[row],
                **values,
            )
        )
