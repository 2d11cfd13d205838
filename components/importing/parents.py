"""Whom a unit's parent cell names: looked up among the keys, then the names, then more loosely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from components.importing.cells import is_none, loose_key, loose_name, parts_of
from components.importing.unit_rows import Listing
from components.problems import Problem, ProblemKind, Severity

NO_PARENT = -1
MAX_ASKED, MAX_COMPARED, NEAR = 50, 20_000, 80
"""Unknown parents for which a near name is looked for, names compared, and how near it must be."""


@dataclass
class Forest:
    """The parent of each row, and what stands beside."""

    above: list[int]
    """The row of each row's parent; rows past the last are the placeholders."""
    others: list[tuple[int, int]] = field(default_factory=list)
    """Rows and their further parents."""
    placeholders: list[tuple[str, str, int]] = field(default_factory=list)
    """Key, name and first record of each parent that has no record of its own."""


class _Rows:
    """The rows that have a name: one for nearly every name, so that lists are for the others."""

    def __init__(self, names: Sequence[str]) -> None:
        self._first = dict(zip(reversed(names), range(len(names) - 1, -1, -1), strict=True))
        self._all: dict[str, list[int]] = {}
        if len(self._first) < len(names):
            for row, name in enumerate(names):
                if self._first[name] != row:
                    self._all.setdefault(name, [self._first[name]]).append(row)
        self._first.pop("", None)
        self._all.pop("", None)

    def of(self, name: str) -> list[int]:
        """Return the rows with a name, in order."""
        if name in self._all:
            return self._all[name]
        return [self._first[name]] if name in self._first else []


@dataclass(frozen=True)
class _Index:
    """Rows by what may name them."""

    listing: Listing

    @cached_property
    def _exact(self) -> list[_Rows]:
        cells = self.listing.cells
        return [_Rows(names) for names in (self.listing.keys, cells["id"], cells["name"])]

    @cached_property
    def _loose_keys(self) -> _Rows:
        return _Rows([loose_key(key) for key in self.listing.keys])

    @cached_property
    def _loose_names(self) -> list[_Rows]:
        columns = (self.listing.cells[name] for name in ("name", "short_name", "acronym"))
        return [_Rows([loose_name(name) for name in names]) for names in columns]

    def exactly(self, cell: str) -> list[int]:
        """Return the rows that a cell names as it stands."""
        return next((found for rows in self._exact if (found := rows.of(cell))), [])

    def loosely(self, cell: str) -> list[int]:
        """Return the rows that a cell names but for zeros, case, accents or white space."""
        if found := self._loose_keys.of(loose_key(cell)):
            return found
        name = loose_name(cell)
        return next((found for rows in self._loose_names if (found := rows.of(name))), [])

    def called_like(self, cell: str, row: int) -> str:
        """Return what is most like a cell of what a row is called."""
        called = (self.listing.keys[row], self.listing.cells["id"][row])
        same = (name for name in called if loose_key(name) == loose_key(cell))
        return next(same, self.listing.cells["name"][row])

    def nearest(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the key or name that is much like a cell, for the cells that have one.

        It is a help only: none are compared where there are very many.
        """
        names = list(dict.fromkeys([*self.listing.keys, *self.listing.cells["name"]]))
        if len(cells) > MAX_ASKED or len(names) > MAX_COMPARED:
            return {}
        found = {
            cell: process.extractOne(cell, names, scorer=fuzz.ratio, score_cutoff=NEAR)
            for cell in cells
        }
        return {cell: str(match[0]) for cell, match in found.items() if match}


class _Lookup:
    """Looks up the parents of a listing, each different cell once, and tells what is odd."""

    def __init__(self, listing: Listing, table: str, column: str, problems: list[Problem]) -> None:
        self._listing = listing
        self._table = table
        self._column = column
        self._problems = problems
        self._index = _Index(listing)
        self._count = Counter(listing.parents)
        self._placeholder_of: dict[str, int] = {}
        self.forest = Forest([NO_PARENT] * len(listing))

    def plant(self) -> Forest:
        """Return the parent of each row."""
        listing = self._listing
        known: dict[str, list[int] | None] = {"": []}
        asked = []
        for row, cell in enumerate(listing.parents):
            if cell not in known:
                known[cell] = self._found(row)
            rows = known[cell]
            if rows is None:
                self.forest.above[row] = self._placeholder(row)
                asked.append(row)
            elif len(rows) > 1 and self._is_ambiguous(cell):
                self._choose(row, rows)
            elif rows:
                self._put(row, rows)
        self._tell_unknown(asked)
        for row, parents in listing.further.items():
            for parent in dict.fromkeys(parents):
                self._relate(row, parent)
        return self.forest

    def _relate(self, row: int, parent: str) -> None:
        """Relate a row to a further parent."""
        rows = self._index.exactly(parent) or self._index.loosely(parent)
        if len(rows) == 1:
            if rows[0] not in {row, self.forest.above[row]}:
                self.forest.others.append((row, rows[0]))
        elif not is_none(parent):
            self._tell(
                row,
                ProblemKind.UNKNOWN_PARENT,
                f"The further parent “{parent}” is not in the table; it is left out.",
                "Add a record for it, or name another unit.",
            )

    def _found(self, row: int) -> list[int] | None:
        """Return the rows of the parents that a row's cell names, the first first.

        It is empty where a cell names none, and None where it names somebody unknown.
        """
        cell = self._listing.parents[row]
        if rows := self._index.exactly(cell):
            return rows
        count = self._count[cell]
        where = f", in {count:,} records" if count > 1 else ""
        if is_none(cell):
            told = f"“{cell}” is read as no parent{where}."
            self._tell(row, ProblemKind.NO_PARENT, told, "Leave the cell empty.", Severity.NOTE)
            return []
        if len(rows := self._index.loosely(cell)) > 1:
            return rows
        if rows:
            meant = self._index.called_like(cell, rows[0])
            told = f"“{cell}” is taken for “{meant}”{where}."
            self._tell(row, ProblemKind.REPAIRED_PARENT, told, "Write both alike.", Severity.NOTE)
            return rows
        for parts in parts_of(cell):
            several = [self._index.exactly(part) or self._index.loosely(part) for part in parts]
            if parts and all(len(rows) == 1 for rows in several):
                return list(dict.fromkeys(rows[0] for rows in several))
        return None

    def _is_ambiguous(self, cell: str) -> bool:
        """Tell whether the whole of a cell names several units, and not each part of it one."""
        return len(self._index.exactly(cell) or self._index.loosely(cell)) > 1

    def _put(self, row: int, rows: Sequence[int]) -> None:
        """Put a row under the first of its parents; the others stay beside."""
        others = [parent for parent in rows if parent != row]
        if len(others) < len(rows):
            self._tell(
                row,
                ProblemKind.OWN_PARENT,
                "The unit is its own parent" + ("." if others else "; it is drawn at the top."),
                "Name another unit, or leave the cell empty.",
            )
        if others:
            self.forest.above[row] = others[0]
            self.forest.others += [(row, parent) for parent in others[1:]]
        if len(others) > 1:
            first = self._listing.cells["name"][others[0]]
            self._tell(
                row,
                ProblemKind.SEVERAL_PARENTS,
                f"The cell names {len(others)} parents; the unit is drawn under “{first}” "
                "and related to the others.",
                "Put the one under which it is to be drawn first.",
                Severity.NOTE,
            )

    def _placeholder(self, row: int) -> int:
        """Return the row past the last that stands for a parent without a record."""
        listing = self._listing
        cell = listing.parents[row]
        key = loose_key(cell)
        if key not in self._placeholder_of:
            self._placeholder_of[key] = len(listing) + len(self.forest.placeholders)
            name = listing.parent_names[row] or cell
            self.forest.placeholders.append((cell, name, listing.records[row]))
        return self._placeholder_of[key]

    def _choose(self, row: int, rows: Sequence[int]) -> None:
        """Put a row under the first of several units of one name, unless it is one of them."""
        if row in rows:
            self._put(row, [row])
            return
        self.forest.above[row] = rows[0]
        self._tell(
            row,
            ProblemKind.AMBIGUOUS_PARENT,
            f"Several units are called “{self._listing.parents[row]}”; the unit is drawn under "
            f"the first, of record {self._listing.records[rows[0]]}.",
            "Name its parent by an id.",
        )

    def _tell_unknown(self, rows: Sequence[int]) -> None:
        cells = list(dict.fromkeys(self._listing.parents[row] for row in rows))
        near = self._index.nearest(cells)
        for row in rows:
            cell = self._listing.parents[row]
            meant = f"Perhaps “{near[cell]}” is meant; else add" if cell in near else "Add"
            self._tell(
                row,
                ProblemKind.UNKNOWN_PARENT,
                f"The parent “{cell}” is not in the table; a placeholder stands for it.",
                f"{meant} a record for it, or name another unit.",
            )

    def _tell(
        self,
        row: int,
        kind: ProblemKind,
        reason: str,
        remedy: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        self._problems.append(
            Problem(
                kind,
                reason,
                remedy,
                table=self._table,
                record=self._listing.records[row],
                column=self._column,
                value=self._listing.parents[row],
                severity=severity,
            )
        )


def forest_of(listing: Listing, table: str, column: str, problems: list[Problem]) -> Forest:
    """Return the parent of each row of a listing; ``problems`` gets what is odd."""
    return _Lookup(listing, table, column, problems).plant()
