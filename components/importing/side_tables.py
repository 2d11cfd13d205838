"""The tables beside ``units``: what is said of units, and by which keys it belongs to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from components.importing.cells import loose_key, loose_name
from components.importing.table_roles import RELATIONS, RESPONSIBILITIES, Recognised, Use
from components.model.organization import (
    Mention,
    Reference,
    Relation,
    Responsibility,
    Row,
    Rows,
    Synonym,
    Theme,
)
from components.model.text import split_list
from components.problems import Problem, ProblemKind, Severity

REQUIRED_COLUMNS = {
    "responsibilities": ("unit_id", "responsibility"),
    "relations": ("from_id", "to_id"),
    "references": ("id", "name"),
    "mentions": ("unit_id", "reference_id"),
    "themes": ("id", "name"),
    "synonyms": ("words", "means"),
}
LONGEST_POSITION = 10
"""Digits of a position that is read as a number."""
LISTED = re.compile(r"[;\n\r•·▪]+|\s[-–*]\s(?=\S)")
"""What stands between the responsibilities in one cell."""
BULLET = re.compile(r"^\s*(?:[-–—*•·▪]|\(?\d{1,2}[.)])\s+")
Entry = TypeVar("Entry", Reference, Theme)


class Units:
    """Finds the unit that a cell of another table refers to: by id, key, name, or nearly so."""

    def __init__(
        self, number: Mapping[str, int], also_called: Callable[[], Mapping[str, int]]
    ) -> None:
        self._number = number
        self._also_called = also_called
        self._loosely: dict[str, int | None] = {}

    @cached_property
    def _called(self) -> Mapping[str, int]:
        return self._also_called()

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self._number)

    def find(self, cell: str) -> int | None:
        """Return the number of a unit, or None if nobody is meant, or more than one unit."""
        found = self._number.get(cell)
        if found is None:
            found = self._called.get(cell)
        if found is not None or not cell:
            return found
        if not self._loosely:
            for name, unit in (*self._number.items(), *self._called.items()):
                for loose in {loose_key(name), loose_name(name)}:
                    same = self._loosely.setdefault(loose, unit) == unit
                    self._loosely[loose] = unit if same else None
        return self._loosely.get(loose_key(cell), self._loosely.get(loose_name(cell)))


@dataclass
class SideTables:
    """The tables beside ``units``; a row whose key is nobody's is named and left out."""

    recognised: Recognised
    units: Units
    problems: list[Problem]

    def name_unused_tables(self) -> None:
        """Name the tables that nothing is read from."""
        known = ("units", *REQUIRED_COLUMNS)
        self.problems += (
            Problem(
                ProblemKind.UNUSED_TABLE,
                "There is no use for this table; it is left out.",
                f"If it has something of units, call it so: {', '.join(known)}.",
                table=table,
                severity=Severity.NOTE,
            )
            for table in self.recognised.unused
        )

    def entries(
        self, table: str, entry: Callable[..., Entry], columns: Sequence[str]
    ) -> dict[str, Entry]:
        """Return the records of a table with an id, by id; the first of each id counts."""
        found: dict[str, Entry] = {}
        use = self._use(table)
        for record, key, *cells in self._records(use, columns):
            if not key:
                self._leave_out(use, record, "id", "", (ProblemKind.EMPTY_CELL, "is empty"))
            elif key in found:
                fault = (ProblemKind.DUPLICATE_ID, "is used before")
                self._leave_out(use, record, "id", key, fault)
            else:
                found[key] = entry(key, *cells)
        return found

    def responsibilities(
        self, themes: Mapping[str, Theme], own: Iterable[tuple[int, str]]
    ) -> Rows[Responsibility]:
        """Return what each unit answers for, by position; unknown themes are named.

        ``own`` has units with a cell of their own table that lists their responsibilities; these
        come first.
        """
        rows = [
            (unit, (-1, at), Responsibility(text, (), ""))
            for unit, cell in own
            for at, text in enumerate(_listed(cell))
        ]
        use = self._use(RESPONSIBILITIES)
        columns = ("unit_id", "position", "responsibility", "themes", "source")
        for record, key, position, text, listed, source in self._records(use, columns):
            unit = self._unit(use, record, "unit_id", key)
            if unit is None:
                continue
            if not text:
                fault = (ProblemKind.EMPTY_CELL, "is empty")
                self._leave_out(use, record, "responsibility", "", fault)
                continue
            named = tuple(dict.fromkeys(split_list(listed))) if listed else ()
            for theme in named:
                if theme not in themes:
                    fault = (ProblemKind.UNKNOWN_ENTRY, "is no theme")
                    self._leave_out(use, record, "themes", theme, fault)
            known = tuple(theme for theme in named if theme in themes) if named else ()
            place = (self._position(use, record, position), record)
            rows.append((unit, place, Responsibility(text, known, source)))
        rows.sort(key=lambda row: row[:2])
        return self._rows((unit, responsibility) for unit, _, responsibility in rows)

    def _position(self, use: Use | None, record: int, cell: str) -> int:
        """Return a position; without one, a row stands where its record does."""
        if cell.isdecimal() and len(cell) < LONGEST_POSITION:
            return int(cell)
        if cell:
            fault = (ProblemKind.NOT_A_NUMBER, "is no whole number")
            self._leave_out(use, record, "position", cell, fault)
        return record

    def relations(
        self, further: Iterable[tuple[int, int, str]], hierarchy: Container[int]
    ) -> Rows[Relation]:
        """Return the stated relations, each once with its origin and once with its target.

        ``further`` are relations that the hierarchy leaves: origin, target, kind; ``hierarchy``
        are the records of the table that are the hierarchy itself.
        """
        stated = {Relation(*each, "", ""): None for each in further}
        use = self._use(RELATIONS)
        columns = ("from_id", "to_id", "kind", "description", "source")
        for record, from_id, to_id, *cells in self._records(use, columns):
            if record in hierarchy:
                continue
            origin = self._unit(use, record, "from_id", from_id)
            target = self._unit(use, record, "to_id", to_id)
            if origin is None or target is None:
                continue
            if origin == target:
                fault = (ProblemKind.OWN_RELATION, "is its own origin")
                self._leave_out(use, record, "to_id", to_id, fault)
                continue
            stated[Relation(origin, target, *cells)] = None
        return self._rows([(end, row) for row in stated for end in (row.origin, row.target)])

    def mentions(self, references: Mapping[str, Reference]) -> Rows[Mention]:
        """Return the references that each unit names."""
        rows = []
        use = self._use("mentions")
        columns = ("unit_id", "reference_id", "role", "source")
        for record, key, reference, *cells in self._records(use, columns):
            unit = self._unit(use, record, "unit_id", key)
            if reference not in references:
                fault = (ProblemKind.UNKNOWN_ENTRY, "is no reference")
                self._leave_out(use, record, "reference_id", reference, fault)
            elif unit is not None:
                rows.append((unit, Mention(unit, reference, *cells)))
        return self._rows(rows)

    def synonyms(self) -> tuple[Synonym, ...]:
        """Return what people say for what the tables call otherwise."""
        found = []
        use = self._use("synonyms")
        for record, words, means in self._records(use, ("words", "means")):
            synonym = Synonym(split_list(words), split_list(means))
            fault = (ProblemKind.EMPTY_CELL, "names nothing")
            if not synonym.words:
                self._leave_out(use, record, "words", words, fault)
            elif not synonym.means:
                self._leave_out(use, record, "means", means, fault)
            else:
                found.append(synonym)
        return tuple(found)

    def _use(self, table: str) -> Use | None:
        """Return the table that is used as one of ours, if it has the columns that it needs."""
        use = self.recognised.side.get(table)
        if use is None:
            return None
        absent = [column for column in REQUIRED_COLUMNS[table] if column not in use.columns]
        if absent:
            self.problems.append(
                Problem(
                    ProblemKind.MISSING_COLUMN,
                    f"The table has no column {', '.join(f'“{name}”' for name in absent)}; "
                    "it is left out.",
                    "Name the columns as docs/data.md does.",
                    table=use.table,
                )
            )
            return None
        return use

    def _records(self, use: Use | None, columns: Sequence[str]) -> Iterator[Any]:
        """Yield the number and the cells of each record of a table; none if there is no table."""
        if use is None:
            return
        nothing = [""] * len(use.cells)
        lists = [
            use.cells.of(use.columns[column]) if column in use.columns else nothing
            for column in columns
        ]
        yield from zip(use.cells.frame.index.tolist(), *lists, strict=True)

    def _unit(self, use: Use | None, record: int, column: str, unit: str) -> int | None:
        found = self.units.find(unit)
        if found is None:
            self._leave_out(use, record, column, unit, (ProblemKind.UNKNOWN_UNIT, "is no unit"))
        return found

    def _leave_out(
        self, use: Use | None, record: int, column: str, value: str, fault: tuple[ProblemKind, str]
    ) -> None:
        kind, says = fault
        self.problems.append(
            Problem(
                kind,
                f"“{value}” {says}; it is left out.",
                "Correct the cell, or remove the record.",
                table=use.table if use else "",
                record=record,
                column=use.columns.get(column, column) if use else column,
                value=value,
            )
        )

    def _rows(self, rows: Iterable[tuple[int, Row]]) -> Rows[Row]:
        ordered = sorted(rows, key=lambda row: row[0])
        counts = np.bincount([unit for unit, _ in ordered] or [0], minlength=len(self.units))
        if not ordered:
            counts[:] = 0
        first = np.concatenate(([0], np.cumsum(counts)))
        return Rows(tuple(row for _, row in ordered), first)


def _listed(cell: str) -> list[str]:
    """Return the responsibilities in a cell of many lines, of bullets or of ``;``."""
    parts = (BULLET.sub("", part).strip(" \t.;") for part in LISTED.split(cell))
    return [part for part in dict.fromkeys(parts) if part]
