"""Turn the records of a file into a table: name its columns, clean its cells, report oddities."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from components import faults
from components.problems import Problem
from components.reading.budget import check_limit
from components.reading.headers import SAMPLE, find_header, is_second_header, usual_width
from components.reading.options import Limits
from components.reading.tables import ReadingReport, Table

Widths = npt.NDArray[np.int64]

LONG_CELL = 20_000
"""Cells with more characters than this are reported: they are rarely intended."""
MIN_RECORDS = 3
"""With fewer records than this, the width that most of them share is ignored."""
MAX_QUOTED = 60
"""A problem quotes this many characters of a cell."""
MAX_QUOTED_SURPLUS = 1_000
"""A problem quotes this many characters of the cells for which there is no column."""
CONTROL_CHARACTERS = (
    "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
)
"""For a class in a regular expression: also the characters that change the text's direction, and
those that stand for nothing in Unicode, which programs use for themselves."""
SURROGATES = "\ud800-\udfff"
"""For a class in a regular expression: JSON can escape them singly, no encoding can write them."""
REPLACEMENT_CHARACTER = "\ufffd"
UNPRINTABLE = re.compile(f"[{CONTROL_CHARACTERS}{SURROGATES}]")
INVISIBLE = re.compile("[\ufeff\u200b]")


@dataclass(frozen=True)
class DataRecords:
    """The records below the header, empty ones included."""

    cells: pd.DataFrame
    """Text, with rows and columns numbered from 0; of dtype object, which pandas builds fastest."""
    widths: Widths
    """How many cells each record has in the file."""
    surplus: Mapping[int, Sequence[str]]
    """The cells for which there are no columns, by row."""
    is_clean: bool = False
    """Whether all cells are known to be printable, and none longer than ``LONG_CELL``."""


def table_of(
    name: str,
    records: Sequence[Sequence[str]],
    reading: ReadingReport,
    header: int | None,
    limits: Limits,
) -> Table:
    """Return a table of the records of a file, of which the first is number 1.

    ``header`` is the number of the record that names the columns, 0 if none does, and None if it
    is to be found.

    Raises:
        DataError: the table is empty or exceeds the limits.
    """
    return TableBuilder(name, reading, header, limits).build_from(records)


@dataclass(frozen=True)
class TableBuilder:
    """Builds a table from records, and reports irregularities."""

    name: str
    reading: ReadingReport
    header: int | None
    """The record that names the columns as the options set it: 0 for none, None to find it."""
    limits: Limits
    damaged: bool = False
    """Whether U+FFFD in a cell stands for bytes that could not be decoded."""
    complete: bool = True
    """Whether the last record is known to be complete."""

    def build_from(self, records: Sequence[Sequence[str]]) -> Table:
        """Return the table of all records of a file.

        Raises:
            DataError: the table is empty or exceeds the limits.
        """
        self.check_first_widths([len(record) for record in records[:SAMPLE]])
        header = find_header(self.name, records, self.header)
        headings = records[header - 1] if header else ()
        below = records[header:]
        widths = np.fromiter((len(record) or 1 for record in below), np.int64, len(below))
        width = self.column_count(len(headings), widths)
        filling = [""] * width
        rows = [
            record if len(record) == width else [*record[:width], *filling[len(record) :]]
            for record in below
        ]
        cells = pd.DataFrame(rows, columns=range(width), dtype=object)
        surplus = {row: below[row][width:] for row in np.flatnonzero(widths > width).tolist()}
        return self.build(header, headings, DataRecords(cells, widths, surplus))

    def check_first_widths(self, widths: Sequence[int]) -> None:
        """Check the widths of the first records, before time is spent on the others.

        Raises:
            DataError: there are more columns than the limits allow.
        """
        columns = max(usual_width(widths), *widths[:1], 0)
        check_limit(self.name, self.limits, "columns", columns)

    def column_count(self, headings: int, widths: Widths) -> int:
        """Return the number of columns, given the number of headings and the widths of the records.

        Raises:
            DataError: there are more columns or records than the limits allow.
        """
        check_limit(self.name, self.limits, "records", len(widths))
        columns = max(headings, _majority_width(widths)) or usual_width(widths.tolist())
        check_limit(self.name, self.limits, "columns", columns)
        return columns

    def build(self, header: int, headings: Sequence[str], records: DataRecords) -> Table:
        """Return the table whose columns are named by record ``header``; by none if it is 0.

        Raises:
            DataError: a cell has more characters than the limits allow.
        """
        frame = records.cells
        frame.index = pd.RangeIndex(header + 1, header + 1 + len(frame))
        empty = _empty_rows(frame)
        problems: list[Problem] = []
        if header == 0 and self.header is None:
            problems.append(faults.NO_HEADER.problem(self.name))
        problems += self._width_problems(header, headings, records, empty)
        if empty.any():
            frame = frame[~empty]
        if header and is_second_header(frame.head(SAMPLE).to_numpy().tolist()):
            problems.append(faults.SECOND_HEADER.problem(self.name, record=int(frame.index[0])))
            frame = frame.iloc[1:]
        columns, column_problems = self._columns(header, headings, frame)
        problems += column_problems
        if len(columns) < frame.shape[1]:
            frame = frame[list(columns.values())]
        frame.columns = pd.Index(list(columns), dtype=object)
        if not records.is_clean or self.limits.characters < LONG_CELL:
            problems += self._clean_cells(frame)
        reading = replace(self.reading, records=len(frame), header=header or None)
        return Table(self.name, frame, reading, tuple(problems))

    def _width_problems(
        self,
        header: int,
        headings: Sequence[str],
        records: DataRecords,
        empty: npt.NDArray[np.bool_],
    ) -> Iterator[Problem]:
        """Yield a problem for each record that has more or fewer cells than the header."""
        named = max((n for n, text in enumerate(headings, start=1) if _heading(text)), default=0)
        expected = named or records.cells.shape[1]
        enough = min(expected, _majority_width(records.widths) or expected)
        short = np.flatnonzero((records.widths < enough) & ~empty).tolist()
        long = [row for row, cells in records.surplus.items() if any(map(str.strip, cells))]
        for row in sorted([*short, *long]):
            if row in records.surplus:
                fault = faults.LONG_RECORD
            elif row == len(records.widths) - 1 and not self.complete:
                fault = faults.TRUNCATED_RECORD
            else:
                fault = faults.SHORT_RECORD
            yield fault.problem(
                self.name,
                record=header + 1 + row,
                value=_quoted(" | ".join(records.surplus.get(row, ())), MAX_QUOTED_SURPLUS),
                cells=records.widths[row],
                reference="the header has" if header else "most records have",
                expected=expected,
            )

    def _columns(
        self, header: int, headings: Sequence[str], frame: pd.DataFrame
    ) -> tuple[dict[str, int], list[Problem]]:
        """Return the position of each column by its name, and the problems with these names.

        Columns without a heading and without content are left out.
        """
        names = [*map(_heading, headings), *[""] * (frame.shape[1] - len(headings))]
        taken = set(names)
        columns: dict[str, int] = {}
        problems: list[Problem] = []
        for position, name in enumerate(names):
            if header and not name and not any(map(str.strip, frame[position])):
                continue
            column = name
            if not name or name in columns:
                column = unused_name(name or f"column {position + 1}", taken)
                taken.add(column)
                if header:
                    fault = faults.REPEATED_COLUMN_NAME if name else faults.COLUMN_WITHOUT_NAME
                    problem = fault.problem(
                        self.name, record=header, column=column, value=name, position=position + 1
                    )
                    problems.append(problem)
            columns[column] = position
        return columns, problems

    def _clean_cells(self, frame: pd.DataFrame) -> list[Problem]:
        """Make the cells printable in place; return the problems with them, and with long ones."""
        unprintable = UNPRINTABLE
        if self.damaged:
            unprintable = re.compile(f"{UNPRINTABLE.pattern}|{REPLACEMENT_CHARACTER}")
        longest = min(LONG_CELL, self.limits.characters)
        problems: list[Problem] = []
        for position, column in enumerate(frame.columns):
            cells = frame.iloc[:, position].tolist()
            is_long = max(map(len, cells), default=0) > longest
            if not is_long and not unprintable.search("\n".join(cells)):
                continue
            for row, cell in enumerate(cells):
                if len(cell) > longest or unprintable.search(cell):
                    problems += self._cell_problems(cell, int(frame.index[row]), column)
                    cells[row] = _printable(cell)
            frame.isetitem(position, np.array(cells, dtype=object))
        return sorted(problems, key=lambda problem: problem.record or 0)

    def _cell_problems(self, cell: str, record: int, column: str) -> Iterator[Problem]:
        """Yield the problems with the length of a cell and with its unprintable characters."""
        place: dict[str, Any] = {"record": record, "column": column}
        check_limit(self.name, self.limits, "characters", len(cell), "The cell", **place)
        if len(cell) > LONG_CELL:
            yield faults.LONG_CELL.problem(
                self.name, **place, value=_quoted(cell), characters=len(cell)
            )
        decodable = _decodable(cell)
        if decodable != cell or (self.damaged and REPLACEMENT_CHARACTER in cell):
            encoding = self.reading.encoding or "this format"
            yield faults.UNDECODABLE_CHARACTERS.problem(
                self.name, **place, value=_quoted(decodable), encoding=encoding
            )
        if controls := sorted(set(re.findall(f"[{CONTROL_CHARACTERS}]", cell))):
            codes = ", ".join(f"U+{ord(control):04X}" for control in controls)
            yield faults.CONTROL_CHARACTERS.problem(
                self.name, **place, value=_quoted(_printable(cell)), codes=codes
            )


def _decodable(cell: str) -> str:
    return re.sub(f"[{SURROGATES}]", REPLACEMENT_CHARACTER, cell)


def _printable(cell: str) -> str:
    return re.sub(f"[{CONTROL_CHARACTERS}]", "", _decodable(cell))


def _majority_width(widths: Widths) -> int:
    """Return the width that more than half of the records share; 0 if there is none.

    Records of one cell do not count: they are empty lines, and notes below the table.
    """
    widths = widths[widths > 1]
    if len(widths) < MIN_RECORDS:
        return 0
    values, counts = np.unique(widths, return_counts=True)
    return int(values[counts.argmax()]) if counts.max() * 2 > len(widths) else 0


def _empty_rows(cells: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows have nothing but white space."""
    empty = np.ones(len(cells), dtype=bool)
    for position in range(cells.shape[1]):
        # Few rows are left to look at after the first columns.
        candidates = np.flatnonzero(empty)
        if not len(candidates):
            break
        column = cells.iloc[candidates, position].tolist()
        empty[candidates] = [not cell or cell.isspace() for cell in column]
    return empty


def _heading(cell: str) -> str:
    """Return a column's name in one line, without invisible and unprintable characters."""
    return " ".join(UNPRINTABLE.sub("", INVISIBLE.sub("", cell)).split())


def unused_name(name: str, taken: Collection[str]) -> str:
    """Return a name, followed by the next free number if it is taken: “name (2)”."""
    if name not in taken:
        return name
    # Numbers are given in turn, so a binary search finds the next one: counting up would be slow
    # for a file that repeats one name many times.
    used, free = 1, 2
    while f"{name} ({free})" in taken:
        used, free = free, 2 * free
    while free - used > 1:
        between = (used + free) // 2
        if f"{name} ({between})" in taken:
            used = between
        else:
            free = between
    return f"{name} ({free})"


def _quoted(text: str, most: int = MAX_QUOTED) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
