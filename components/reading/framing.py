"""Records become a frame: the header is found, columns are named, odd cells are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.problems import DataError, Problem, ProblemKind, Severity, refusal
from components.reading.headers import SAMPLE, found_header, names_columns_again, usual_width
from components.reading.options import Limits
from components.reading.tables import ReadingReport, Table

Widths = npt.NDArray[np.int64]

LONG_TEXT = 20_000
"""Characters of a cell that is hardly meant as one."""
FEWEST_RECORDS = 3
"""With fewer, what most have says nothing."""
SHOWN = 60
"""Characters of a long cell that a problem quotes."""
SHOWN_BEYOND = 1_000
"""Characters that are quoted of what a record has too much."""
UNREAD = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Control characters, and those that turn the direction of the text behind them."""
HALVES = "\ud800-\udfff"
"""Halves of characters, which JSON can write and no page can hold."""
REPLACED = "\ufffd"
ODD = re.compile(f"[{UNREAD}{HALVES}]")
UNSEEN = re.compile("[\ufeff\u200b]")


def too_large(name: str, found: str, limit: str, setting: str, **place: int | str) -> DataError:
    """Return the refusal of what is beyond a limit; ``setting`` is what raises it."""
    return refusal(
        ProblemKind.TOO_LARGE,
        name,
        f"{found}; at most {limit} are read.",
        f"Leave out what is not needed, or raise {setting}.",
        **place,
    )


@dataclass(frozen=True)
class Body:
    """The records below a header, empty ones too; ``cells`` has as many columns for each."""

    cells: pd.DataFrame
    """Text, as objects: pandas makes these fastest. Columns and rows are numbered from 0."""
    widths: Widths
    """How many cells each record has in the file."""
    beyond: Mapping[int, Sequence[str]]
    """The cells for which there are no columns, by row."""
    regular: bool = False
    """Whether no cell is long, and none has a character that is no text."""


def table_of(  # noqa: PLR0913  # the last two are for text alone
    name: str,
    records: Sequence[Sequence[str]],
    reading: ReadingReport,
    header: int | None,
    limits: Limits,
    *,
    damaged: bool = False,
    whole: bool = True,
) -> Table:
    """Return a table of the records of a file, of which the first is number 1.

    ``header`` is the number of the record that names the columns, 0 if none does, and None if it
    is to be found. ``damaged`` tells that U+FFFD stands for what could not be decoded, ``whole``
    that the last record surely ends where its file does.

    Raises:
        DataError: there is nothing in the table, or more than the limits allow.
    """
    refuse_wide(name, [len(record) for record in records[:SAMPLE]], limits)
    at = found_header(name, records, header)
    names = records[at - 1] if at else ()
    below = records[at:]
    widths = np.fromiter((len(record) or 1 for record in below), np.int64, len(below))
    width = frame_width(name, len(names), widths, limits)
    filling = [""] * width
    rows = [
        record if len(record) == width else [*record[:width], *filling[len(record) :]]
        for record in below
    ]
    cells = pd.DataFrame(rows, columns=range(width), dtype=object)
    beyond = {row: below[row][width:] for row in np.flatnonzero(widths > width).tolist()}
    framing = Framing(name, reading, header, limits, damaged=damaged, whole=whole)
    return framing.table(at, names, Body(cells, widths, beyond))


def refuse_wide(name: str, widths: Sequence[int], limits: Limits) -> None:
    """Refuse a table whose first records have so many cells, before anything else is done.

    Raises:
        DataError: there are more columns than the limits allow.
    """
    width = max(usual_width(widths), *widths[:1], 0)
    if width > limits.columns:
        found, limit = f"The table has {width:,} columns", f"{limits.columns:,}"
        raise too_large(name, found, limit, "REMIT_MOST_COLUMNS")


def frame_width(name: str, named: int, widths: Widths, limits: Limits) -> int:
    """Return how many columns a table has: those of its header, and those of most records.

    Raises:
        DataError: there are more columns or records than the limits allow.
    """
    if len(widths) > limits.records:
        found, limit = f"The table has more than {limits.records:,} records", f"{limits.records:,}"
        raise too_large(name, found, limit, "REMIT_MOST_RECORDS")
    width = max(named, _most_have(widths)) or usual_width(widths.tolist())
    if width > limits.columns:
        found, limit = f"The table has {width:,} columns", f"{limits.columns:,}"
        raise too_large(name, found, limit, "REMIT_MOST_COLUMNS")
    return width


def _most_have(widths: Widths) -> int:
    """Return how many cells more than half of the records have; 0 if they differ, or are few.

    Records of one cell are not counted: lines are empty, and notes stand below a table.
    """
    several = widths[widths > 1]
    if len(several) < FEWEST_RECORDS:
        return 0
    found, counts = np.unique(several, return_counts=True)
    return int(found[counts.argmax()]) if counts.max() * 2 > len(several) else 0


@dataclass(frozen=True)
class Framing:
    """How the body of a table becomes a frame, and what is told of it."""

    name: str
    reading: ReadingReport
    header: int | None
    limits: Limits
    damaged: bool = False
    whole: bool = True

    def table(self, at: int, names: Sequence[str], body: Body) -> Table:
        """Return the table of a body whose columns record ``at`` names; 0 if none does.

        Raises:
            DataError: a cell has more characters than the limits allow.
        """
        frame = body.cells
        frame.index = pd.RangeIndex(at + 1, at + 1 + len(frame))
        empty = _empty_rows(frame)
        problems = [*self._no_header(at), *self._lengths(at, names, body, empty)]
        kept = ~empty
        if empty.any():
            frame = frame[kept]
        if at and names_columns_again(frame.head(SAMPLE).to_numpy().tolist()):
            problems.append(self._second_header(int(frame.index[0])))
            frame = frame.iloc[1:]
        columns, told = self._columns(at, names, frame)
        problems += told
        if len(columns) < frame.shape[1]:
            frame = frame[list(columns)]
        frame.columns = pd.Index(list(columns.values()), dtype=object)
        if not body.regular or self.limits.characters < LONG_TEXT:
            problems += self._odd_cells(frame)
        reading = replace(self.reading, records=len(frame), header=at or None)
        return Table(self.name, frame, reading, tuple(problems))

    def _second_header(self, record: int) -> Problem:
        return Problem(
            ProblemKind.REPEATED_HEADER,
            "The record names the columns once more; it is left out.",
            "Leave one record with the names of the columns.",
            table=self.name,
            record=record,
            severity=Severity.NOTE,
        )

    def _no_header(self, at: int) -> Iterator[Problem]:
        if at == 0 and self.header is None:
            yield Problem(
                ProblemKind.NO_HEADER,
                "No record names the columns: the first is like those below it.",
                "Put a record with the names of the columns above it.",
                table=self.name,
            )

    def _lengths(
        self, at: int, names: Sequence[str], body: Body, empty: npt.NDArray[np.bool_]
    ) -> Iterator[Problem]:
        """Name the records with more or fewer cells than the header."""
        width = body.cells.shape[1]
        named = next((n for n in range(len(names), 0, -1) if _heading(names[n - 1])), 0) or width
        enough = min(named, _most_have(body.widths) or named)
        short = np.flatnonzero((body.widths < enough) & ~empty).tolist()
        long = [row for row, cells in body.beyond.items() if any(map(str.strip, cells))]
        last = len(body.widths) - 1
        others = "the header" if at else "most others"
        for row in sorted([*short, *long]):
            has = f"The record has {body.widths[row]:,} cells, {others} {named:,}"
            if row in body.beyond:
                kind, reason = ProblemKind.LONG_RECORD, f"{has}; what is too much is left out."
                remedy = "Put quotation marks around a cell that has the delimiter in it."
            elif row == last and not self.whole:
                kind, reason = ProblemKind.CUT_SHORT, f"{has}, and the file ends within it."
                remedy = "See whether the file is complete, and save or fetch it again."
            else:
                kind, reason = ProblemKind.SHORT_RECORD, f"{has}; the rest is taken as empty."
                remedy = "Complete the record."
            value = " | ".join(body.beyond.get(row, ()))
            yield Problem(kind, reason, remedy, self.name, record=at + 1 + row, value=_shown(value))

    def _columns(
        self, at: int, names: Sequence[str], frame: pd.DataFrame
    ) -> tuple[dict[int, str], list[Problem]]:
        """Return a name of its own for each column that is kept."""
        columns: dict[int, str] = {}
        taken: set[str] = {heading for heading in map(_heading, names) if heading}
        problems: list[Problem] = []
        seen: set[str] = set()
        for place in range(frame.shape[1]):
            heading = _heading(names[place]) if place < len(names) else ""
            column = heading
            if not heading:
                if at and not any(map(str.strip, frame[place])):
                    continue
                column = _untaken(f"column {place + 1}", taken)
                if at:
                    problems.append(self._empty_header(at, column, place))
            elif heading in seen:
                column = _numbered(heading, taken)
                problems.append(self._repeated_header(at, heading, column))
            seen.add(heading)
            taken.add(column)
            columns[place] = column
        return columns, problems

    def _empty_header(self, at: int, column: str, place: int) -> Problem:
        return Problem(
            ProblemKind.EMPTY_HEADER,
            f"Column {place + 1} has content but no name; it is called “{column}”.",
            "Name the column.",
            table=self.name,
            record=at,
            column=column,
            severity=Severity.NOTE,
        )

    def _repeated_header(self, at: int, heading: str, column: str) -> Problem:
        return Problem(
            ProblemKind.REPEATED_HEADER,
            f"Several columns are called “{heading}”; this one is called “{column}”.",
            "Give each column a name of its own.",
            table=self.name,
            record=at,
            column=column,
            value=heading,
        )

    def _odd_cells(self, frame: pd.DataFrame) -> list[Problem]:
        """Tell of cells with what is no text, which is taken out of the frame; and of long ones."""
        odd = re.compile(f"{ODD.pattern}|{REPLACED}") if self.damaged else ODD
        problems: list[Problem] = []
        for place, column in enumerate(frame.columns):
            cells = frame.iloc[:, place].tolist()
            if max(map(len, cells), default=0) > min(LONG_TEXT, self.limits.characters):
                problems += self._long_cells(column, cells, frame.index)
            if not odd.search("\n".join(cells)):
                continue
            for row, cell in enumerate(cells):
                if odd.search(cell):
                    cells[row], told = self._mended(cell, int(frame.index[row]), column)
                    problems += told
            frame.isetitem(place, np.array(cells, dtype=object))
        return sorted(problems, key=lambda problem: problem.record or 0)

    def _long_cells(self, column: str, cells: Sequence[str], numbers: pd.Index) -> list[Problem]:
        problems = []
        for record, cell in zip(numbers.tolist(), cells, strict=True):
            if len(cell) > self.limits.characters:
                raise too_large(
                    self.name,
                    f"The cell has {len(cell):,} characters",
                    f"{self.limits.characters:,}",
                    "REMIT_MOST_CHARACTERS",
                    record=record,
                    column=column,
                )
            if len(cell) > LONG_TEXT:
                problems.append(
                    Problem(
                        ProblemKind.LONG_TEXT,
                        f"The cell has {len(cell):,} characters.",
                        "See whether a quotation mark is missing before or behind it.",
                        table=self.name,
                        record=record,
                        column=column,
                        value=_shown(cell, SHOWN),
                        severity=Severity.NOTE,
                    )
                )
        return problems

    def _mended(self, cell: str, record: int, column: str) -> tuple[str, list[Problem]]:
        """Return a cell as text that can be shown, and what was no text in it."""
        problems = []
        whole = re.sub(f"[{HALVES}]", REPLACED, cell)
        if whole != cell or (self.damaged and REPLACED in cell):
            encoding = self.reading.encoding or "this format"
            problems.append(
                Problem(
                    ProblemKind.UNDECODABLE,
                    f"The cell has characters that cannot be read as {encoding}; "
                    f"“{REPLACED}” stands for each.",
                    "Write them again, and save the file in UTF-8.",
                    table=self.name,
                    record=record,
                    column=column,
                    value=_shown(whole, SHOWN),
                )
            )
        codes = sorted(set(re.findall(f"[{UNREAD}]", whole)))
        mended = re.sub(f"[{UNREAD}]", "", whole)
        if codes:
            problems.append(
                Problem(
                    ProblemKind.CONTROL_CHARACTERS,
                    f"The cell has {', '.join(f'U+{ord(code):04X}' for code in codes)}, which "
                    "cannot be shown and is taken out.",
                    "Write the cell again.",
                    table=self.name,
                    record=record,
                    column=column,
                    value=_shown(mended, SHOWN),
                    severity=Severity.NOTE,
                )
            )
        return mended, problems


def _empty_rows(cells: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows have nothing but white space: few are left after the first columns."""
    empty = np.ones(len(cells), dtype=bool)
    for place in range(cells.shape[1]):
        left = np.flatnonzero(empty)
        if not len(left):
            break
        column = cells.iloc[left, place].tolist()
        empty[left] = [not cell or cell.isspace() for cell in column]
    return empty


def _heading(cell: str) -> str:
    """Return the name of a column in one line, without what cannot be seen in it."""
    return " ".join(ODD.sub("", UNSEEN.sub("", cell)).split())


def _untaken(column: str, taken: AbstractSet[str]) -> str:
    return column if column not in taken else _numbered(column, taken)


def _numbered(heading: str, taken: AbstractSet[str]) -> str:
    """Return “name (2)”, or the first number that no other column has."""
    return next(name for n in count(2) if (name := f"{heading} ({n})") not in taken)


def _shown(text: str, most: int = SHOWN_BEYOND) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
