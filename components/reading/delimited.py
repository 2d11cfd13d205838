"""Text with a delimiter between cells: CSV, TSV, semicolons, pipes."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.problems import Problem, ProblemKind, refusal
from components.reading.encodings import decode
from components.reading.formula_escaping import has_escapes, unescaped_table
from components.reading.framing import (
    LONG_TEXT,
    ODD,
    Body,
    Framing,
    frame_width,
    refuse_wide,
    table_of,
    too_large,
)
from components.reading.headers import SAMPLE, found_header, has_content, usual_width
from components.reading.options import Limits, Options
from components.reading.tables import ReadingReport, Table

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"
"""Stands where a table has one column: what divides cells in no file."""
CALLED = {"tab": "\t", r"\t": "\t"}
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?=\r\n?|\n|$)', re.IGNORECASE)
"""What spreadsheets write into a first line of its own, and read there."""
SAMPLE_CHARACTERS = 65_536
"""So much of a text tells its delimiter."""
MEGABYTE = 1_000_000
MAX_STRAY_MARKS = 100
"""Behind so many quotation marks that nothing closes, they are characters like others."""
FEWEST_SWALLOWED, SHARE_SWALLOWED = 2, 0.5
"""A cell has swallowed records if so many of its lines, and this share, look like some."""
SHOWN = 200
"""Characters that a problem quotes."""
HEAD = 10 * SAMPLE
"""Records that are split to find the header."""
MAX_BEYOND = 16
"""Cells that a record may have too many where pandas reads it: each makes a column for all."""
ODD_IN_ASCII = bytes(code for code in range(128) if ODD.match(chr(code)))
ODD_BEYOND_ASCII = tuple(
    re.compile(odd)
    for odd in (rb"\xc2[\x80-\x9f]", rb"\xe2\x80[\xaa-\xae]", rb"\xe2\x81[\xa6-\xa9]")
)
"""As UTF-8 has them; each begins with bytes that are found many times as fast as characters."""
QUOTE, BREAK, RETURN = b'"\n\r'

# A cell may be as long as the limits allow; the module's own limit would be another.
csv.field_size_limit(2**31 - 1)


def read_delimited(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the one table of a file.

    Raises:
        DataError: the file cannot be read as text, is empty, or is beyond the limits.
    """
    decoded = decode(_content(path, name, limits), options.encoding, name)
    text = decoded.text
    if not text.strip():
        raise refusal(
            ProblemKind.EMPTY, name, "The file is empty.", "Name the columns in its first record."
        )
    if first := SEPARATOR_LINE.match(text):
        text = text[first.end() :]
    delimiter = _delimiter_set(options, name) or (first and first[1]) or found_delimiter(text)
    said = "" if delimiter == NO_DELIMITER else delimiter
    reading = ReadingReport("CSV", encoding=decoded.encoding, delimiter=said)
    text_file = _Text(name, text, delimiter, reading, options.header, limits, decoded.damaged)
    table = text_file.regular_table() or text_file.table()
    return [replace(table, frame=unescaped_table(table.frame)) if has_escapes(text) else table]


def _content(path: Path, name: str, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.megabytes * MEGABYTE:
            raise too_large(
                name,
                f"The file has {-(-size // MEGABYTE):,} MB",
                f"{limits.megabytes:,} MB",
                "REMIT_MOST_MEGABYTES",
            )
        return path.read_bytes()
    except OSError as error:
        raise refusal(
            ProblemKind.UNREADABLE,
            name,
            f"The file cannot be read ({error.strerror}).",
            "See whether it is there, and whether it may be read.",
        ) from error


def _delimiter_set(options: Options, name: str) -> str:
    delimiter = CALLED.get(options.delimiter.casefold(), options.delimiter)
    if len(delimiter) > 1 or delimiter in {'"', "\r", "\n"}:
        raise refusal(
            ProblemKind.NO_SUCH_CHOICE,
            name,
            f"“{options.delimiter}” cannot stand between cells.",
            "Set one character such as “;”, or “tab”, or none: then it is found.",
            value=options.delimiter,
        )
    return delimiter


def found_delimiter(text: str) -> str:
    """Return the character that divides most records into as many cells.

    Records are better than lines as a measure, unless a quotation mark that nothing closes makes
    one record of all lines. If most records have one cell, the first one tells.
    """
    sample = text[:SAMPLE_CHARACTERS]
    lines = list(io.StringIO(sample, newline=""))
    if len(text) > len(sample) and len(lines) > 1:
        lines.pop()
    best, delimiter = 0.0, ""
    for candidate in DELIMITERS:
        if candidate not in sample:
            continue
        records = list(csv.reader(lines, delimiter=candidate))
        alone = [record for line in lines for record in csv.reader([line], delimiter=candidate)]
        evenness = max(_evenness(records), _evenness(alone))
        if evenness > best:
            best, delimiter = evenness, candidate
    return delimiter or _delimiter_of_first(lines)


def _evenness(records: Sequence[Sequence[str]]) -> float:
    """Return the share of records with the usual number of cells, more for more cells; or 0."""
    widths = [len(record) for record in records if has_content(record)]
    usual = usual_width(widths)
    return widths.count(usual) / len(widths) * (1 - 1 / usual) if usual > 1 else 0


def _delimiter_of_first(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    divided = (each for each in DELIMITERS if len(next(csv.reader([first], delimiter=each))) > 1)
    return next(divided, NO_DELIMITER)


@dataclass(frozen=True)
class _Text:
    """A text of records, and how it is to be read."""

    name: str
    text: str
    delimiter: str
    reading: ReadingReport
    header: int | None
    limits: Limits
    damaged: bool

    @property
    def whole(self) -> bool:
        """Whether the last record surely ends where its file does."""
        return self.text.endswith(("\n", "\r"))

    def table(self) -> Table:
        """Return the table, however its records are written."""
        records, problems = self._records()
        table = table_of(
            self.name,
            records,
            self.reading,
            self.header,
            self.limits,
            damaged=self.damaged,
            whole=self.whole or bool(problems),
        )
        return replace(table, problems=(*problems, *table.problems))

    def regular_table(self) -> Table | None:
        """Return the table as pandas reads it, many times as fast; None if it may read it wrongly.

        It may where quotation marks are out of place, a record is much longer than others, or
        lines end in a carriage return alone.
        """
        if self.delimiter not in {*DELIMITERS, NO_DELIMITER} or "\0" in self.text:
            return None
        try:
            data = self.text.encode()
        except UnicodeEncodeError:
            return None
        shape = _shape(data, ord(self.delimiter))
        if shape is None:
            return None
        ends, widths = shape
        refuse_wide(self.name, widths[:SAMPLE].tolist(), self.limits)
        head = data[: ends[min(len(ends), HEAD) - 1] + 1].decode()
        first = list(csv.reader(io.StringIO(head, newline=""), delimiter=self.delimiter))
        if (self.header or 0) > len(first) or not any(map(has_content, first)):
            return None
        at = found_header(self.name, first, self.header)
        names, widths = first[at - 1] if at else [], widths[at:]
        width = frame_width(self.name, len(names), widths, self.limits)
        body = data[ends[at - 1] + 1 :] if at else data
        most = max(width, int(widths.max(initial=0)))
        if not len(widths) or most > width + MAX_BEYOND or body.startswith(BOM_UTF8):
            return None
        cells = pd.read_csv(
            io.BytesIO(body),
            sep=self.delimiter,
            header=None,
            names=list(range(most)),
            index_col=False,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            engine="c",
        )
        short = int(np.diff(ends, prepend=0).max()) <= LONG_TEXT
        regular = short and not self.damaged and not _is_odd(data)
        beyond = {
            row: cells.iloc[row, width : widths[row]].tolist()
            for row in np.flatnonzero(widths > width).tolist()
        }
        framing = Framing(
            self.name, self.reading, self.header, self.limits, self.damaged, self.whole
        )
        return framing.table(at, names, Body(cells.iloc[:, :width], widths, beyond, regular))

    def _records(self) -> tuple[list[list[str]], list[Problem]]:
        """Return all records, and what quotation marks that nothing closes did to them.

        Such a mark makes one cell of all that follows, up to the next one. If that looks like
        records, the mark is read as a character; if not, the file is taken to end there.
        """
        lines = list(io.StringIO(self.text, newline=""))
        records: list[list[str]] = []
        problems: list[Problem] = []
        most = self.limits.records + max(SAMPLE, self.header or 0) + 1
        begin = 0
        while begin < len(lines) and len(records) < most:
            start, quoted = begin, len(problems) < MAX_STRAY_MARKS
            reader = csv.reader(
                lines[start:],
                delimiter=self.delimiter,
                quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            )
            for record in islice(reader, most - len(records)):
                end = start + reader.line_num
                raw = lines[begin:end] if end > begin + 1 or end == len(lines) else ()
                if quoted and raw and self._has_swallowed(raw, lines):
                    problems.append(self._stray_mark(len(records) + 1, raw[0]))
                    literal = csv.reader(raw[:1], delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
                    records.append(next(literal))
                    begin += 1
                    break
                if quoted and end == len(lines) and self._is_open(raw):
                    return records, [*problems, self._cut(len(records) + 1, raw)]
                records.append(record)
                begin = end
        return records, problems

    def _is_open(self, raw: Sequence[str]) -> bool:
        """Tell whether a record would go on, were there more lines."""
        return len(list(csv.reader([*raw, "."], delimiter=self.delimiter))) == 1

    def _has_swallowed(self, raw: Sequence[str], lines: Sequence[str]) -> bool:
        """Tell whether lines look like records that a stray quotation mark has made one."""
        if len(raw) == 1 or self._well_formed.fullmatch("".join(raw)):
            return False
        width = usual_width([self._width(line) for line in lines[:SAMPLE] if line.strip()])
        widths = [self._width(line) for line in raw[1:] if line.strip()]
        alike = widths.count(width)
        return alike >= FEWEST_SWALLOWED and alike >= SHARE_SWALLOWED * len(widths)

    def _width(self, line: str) -> int:
        return line.count(self.delimiter) + 1

    @property
    def _well_formed(self) -> re.Pattern[str]:
        """What is a record with all its quotation marks in place (RFC 4180)."""
        delimiter = re.escape(self.delimiter)
        plain = rf'[^"{delimiter}\r\n][^{delimiter}\r\n]*+'
        cell = rf'(?:"(?:[^"]++|"")*+"|{plain}|)'
        return re.compile(rf"{cell}(?:{delimiter}{cell})*+[\r\n]*+")

    def _stray_mark(self, record: int, line: str) -> Problem:
        return Problem(
            ProblemKind.CUT_SHORT,
            "A quotation mark is opened in the record and not closed before the next one; "
            "it is read as any character.",
            "Close it, or write it twice within quotation marks.",
            table=self.name,
            record=record,
            value=line.strip()[:SHOWN],
        )

    def _cut(self, record: int, raw: Sequence[str]) -> Problem:
        if record == 1:
            raise refusal(
                ProblemKind.UNREADABLE,
                self.name,
                "The first record opens a quotation mark that is never closed.",
                "Close it, or see whether the file is complete.",
                record=record,
            )
        lines = f"{len(raw):,} line{'s' if len(raw) > 1 else ''}"
        return Problem(
            ProblemKind.CUT_SHORT,
            f"A quotation mark is opened in the record and never closed; it and all behind it "
            f"({lines}) is left out.",
            "See whether the file is complete; close the quotation mark.",
            table=self.name,
            record=record,
            value="".join(raw).strip()[:SHOWN],
        )


Positions = npt.NDArray[np.intp]


def _shape(data: bytes, delimiter: int) -> tuple[Positions, Positions] | None:
    """Return where each record of a text in UTF-8 ends, and how many cells it has.

    None if its quotation marks are not all in place (RFC 4180), or if a line ends in a carriage
    return alone.
    """
    characters = np.frombuffer(data, np.uint8)
    returns = np.flatnonzero(characters == RETURN)
    if data.endswith(b"\r") or not (characters[returns + 1] == BREAK).all():
        return None
    is_quote = characters == QUOTE
    quotes = np.flatnonzero(is_quote)
    ends = np.flatnonzero(characters == BREAK)
    divisions = np.flatnonzero(characters == delimiter)
    if len(quotes):
        if not _in_place(characters, quotes, delimiter):
            return None
        inside = np.logical_xor.accumulate(is_quote)
        ends, divisions = ends[~inside[ends]], divisions[~inside[divisions]]
    if not data.endswith(b"\n"):
        ends = np.append(ends, len(data))
    widths = np.diff(np.searchsorted(divisions, ends), prepend=0) + 1
    return ends, widths


def _in_place(characters: npt.NDArray[np.uint8], quotes: Positions, delimiter: int) -> bool:
    """Tell whether each cell that has quotation marks begins and ends with one."""
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    before = characters[opening[opening > 0] - 1]
    after = characters[closing[closing < len(characters) - 1] + 1]
    beside = np.zeros(256, dtype=bool)
    beside[[QUOTE, BREAK, delimiter]] = True
    if not beside[before].all():
        return False
    beside[RETURN] = True
    return bool(beside[after].all())


def _is_odd(data: bytes) -> bool:
    """Tell whether a text in UTF-8 has characters that are no text, as ``ODD`` has them."""
    if len(data.translate(None, ODD_IN_ASCII)) < len(data):
        return True
    return not data.isascii() and any(odd.search(data) for odd in ODD_BEYOND_ASCII)
