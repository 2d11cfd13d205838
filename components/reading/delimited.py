"""Text with a delimiter between cells: CSV, TSV, semicolons, pipes."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from threading import Lock

import numpy as np
import numpy.typing as npt
import pandas as pd

from components import faults
from components.problems import Problem
from components.reading.encodings import Decoded
from components.reading.formula_escaping import has_escapes, unescaped_table
from components.reading.headers import SAMPLE, find_header, has_content, usual_width
from components.reading.options import Limits, Options, unobserved
from components.reading.table_building import LONG_CELL, UNPRINTABLE, DataRecords, TableBuilder
from components.reading.tables import ReadingReport, Table

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"
"""The delimiter of a table with one column: a control character that no table contains."""
DELIMITER_ALIASES = {"tab": "\t", r"\t": "\t"}
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?=\r\n?|\n|$)', re.IGNORECASE)
"""The first line in which spreadsheet programs declare the delimiter."""
SAMPLE_CHARACTERS = 65_536
"""Characters at the start of a text from which its delimiter is detected."""
MAX_STRAY_QUOTES = 100
"""After this many unclosed quotation marks, all others are read as plain characters."""
MIN_MERGED, MIN_SHARE_MERGED = 2, 0.5
"""A cell has merged records if this many of its lines, and this share, are as wide as a record."""
MAX_QUOTED = 200
"""A problem quotes this many characters of a record."""
HEAD_RECORDS = 10 * SAMPLE
"""Records that are parsed to find the header."""
MAX_SURPLUS = 16
"""With more surplus cells in a record, pandas is not used: it would make a column for each."""
UNPRINTABLE_ASCII = bytes(code for code in range(128) if UNPRINTABLE.match(chr(code)))
UNPRINTABLE_UTF_8 = tuple(
    re.compile(pattern)
    for pattern in (rb"\xc2[\x80-\x9f]", rb"\xe2\x80[\xaa-\xae]", rb"\xe2\x81[\xa6-\xa9]")
)
"""The unprintable characters beyond ASCII in UTF-8. Patterns that begin with fixed bytes are found
many times as fast as classes of characters."""
QUOTE, LINE_FEED, CARRIAGE_RETURN = b'"\n\r'
MAX_FIELD_SIZE = 2**31 - 1
"""The largest limit that the csv module accepts on all platforms."""
FIELD_LIMIT_LOCK = Lock()

Positions = npt.NDArray[np.intp]


def table_of_text(decoded: Decoded, name: str, options: Options, limits: Limits) -> Table:
    """Return the table in the text of a file.

    Raises:
        DataError: the table is empty, or exceeds the limits.
    """
    text = decoded.text
    if separator_line := SEPARATOR_LINE.match(text):
        text = text[separator_line.end() :]
    delimiter = (
        _delimiter_option(options, name)
        or (separator_line and separator_line[1])
        or find_delimiter(text)
    )
    shown_delimiter = "" if delimiter == NO_DELIMITER else delimiter
    builder = TableBuilder(
        name,
        ReadingReport("CSV", encoding=decoded.encoding, delimiter=shown_delimiter),
        options.header,
        limits,
        decoded.damaged,
        complete=text.endswith(("\n", "\r")),
    )
    file = _DelimitedText(text, delimiter, builder, options.on_bytes)
    # The limits decide how long a cell may be. The csv module's own limit is one for the whole
    # process: it is restored, and the lock keeps another thread from restoring it too early.
    with FIELD_LIMIT_LOCK:
        field_limit = csv.field_size_limit(MAX_FIELD_SIZE)
        try:
            table = file.regular_table() or file.table()
        finally:
            csv.field_size_limit(field_limit)
    return replace(table, frame=unescaped_table(table.frame)) if has_escapes(text) else table


def _delimiter_option(options: Options, name: str) -> str:
    delimiter = DELIMITER_ALIASES.get(options.delimiter.casefold(), options.delimiter)
    if len(delimiter) > 1 or delimiter in {'"', "\r", "\n"}:
        raise faults.INVALID_DELIMITER.error(name, value=options.delimiter)
    return delimiter


def find_delimiter(text: str) -> str:
    """Return the delimiter that gives the most records the same number of cells.

    If most records have one cell, the first line decides.
    """
    lines = _sample_lines(text)
    return _uniform_delimiter(lines) or _first_line_delimiter(lines)


def has_columns(text: str) -> bool:
    """Return whether a delimiter divides most records of a text into equally many cells."""
    return bool(_uniform_delimiter(_sample_lines(text)))


def _sample_lines(text: str) -> list[str]:
    sample = text[:SAMPLE_CHARACTERS]
    lines = list(io.StringIO(sample, newline=""))
    if len(text) > len(sample) and len(lines) > 1:
        lines.pop()
    return lines


def _uniform_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter by which the records are most alike; empty if none divides them.

    Both records and single lines are measured: an unclosed quotation mark makes one record of
    all lines.
    """
    best, delimiter = 0.0, ""
    for candidate in DELIMITERS:
        if not any(candidate in line for line in lines):
            continue
        records = list(csv.reader(lines, delimiter=candidate))
        singles = [record for line in lines for record in csv.reader([line], delimiter=candidate)]
        uniformity = max(_uniformity(records), _uniformity(singles))
        if uniformity > best:
            best, delimiter = uniformity, candidate
    return delimiter


def _uniformity(records: Sequence[Sequence[str]]) -> float:
    """Return the share of records of the usual width, less if it is small; 0 if it is one cell."""
    widths = [len(record) for record in records if has_content(record)]
    usual = usual_width(widths)
    return widths.count(usual) / len(widths) * (1 - 1 / usual) if usual > 1 else 0


def _first_line_delimiter(lines: Sequence[str]) -> str:
    """Return the first delimiter that divides the first line with content, or ``NO_DELIMITER``."""
    first = next((line for line in lines if line.strip()), "")
    for delimiter in DELIMITERS:
        if len(next(csv.reader([first], delimiter=delimiter))) > 1:
            return delimiter
    return NO_DELIMITER


class _ObservedBytes(io.BytesIO):
    """Bytes that tell how many more of them have been read."""

    def __init__(self, data: bytes, on_bytes: Callable[[int], None]) -> None:
        super().__init__(data)
        self._on_bytes = on_bytes

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self._on_bytes(len(data))
        return data


@dataclass(frozen=True)
class _DelimitedText:
    """The text of a table; pandas reads it if it is regular, and the csv module if not."""

    text: str
    delimiter: str
    builder: TableBuilder
    on_bytes: Callable[[int], None] = unobserved

    def table(self) -> Table:
        """Return the table as the csv module reads it."""
        records, problems = self._records()
        builder = replace(self.builder, complete=self.builder.complete or bool(problems))
        table = builder.build_from(records)
        return replace(table, problems=(*problems, *table.problems))

    def regular_table(self) -> Table | None:
        """Return the table as pandas reads it, many times as fast; None if it might misread it.

        It might if quotation marks are out of place, a record is much longer than others, or lines
        end in a carriage return alone.
        """
        if self.delimiter not in {*DELIMITERS, NO_DELIMITER} or "\0" in self.text:
            return None
        try:
            data = self.text.encode()
        except UnicodeEncodeError:
            return None
        layout = _record_layout(data, ord(self.delimiter))
        if layout is None:
            return None
        ends, widths = layout
        self.builder.check_first_widths(widths[:SAMPLE].tolist())
        head = data[: ends[min(len(ends), HEAD_RECORDS) - 1] + 1].decode()
        head_records = list(csv.reader(io.StringIO(head, newline=""), delimiter=self.delimiter))
        header = self.builder.header
        if (header or 0) > len(head_records) or not any(map(has_content, head_records)):
            return None
        header = find_header(self.builder.name, head_records, header)
        headings, widths = head_records[header - 1] if header else [], widths[header:]
        width = self.builder.column_count(len(headings), widths)
        below = data[ends[header - 1] + 1 :] if header else data
        most = max(width, int(widths.max(initial=0)))
        if not len(widths) or most > width + MAX_SURPLUS or below.startswith(BOM_UTF8):
            return None
        cells = pd.read_csv(
            _ObservedBytes(below, self.on_bytes),
            sep=self.delimiter,
            header=None,
            names=list(range(most)),
            index_col=False,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
            engine="c",
        )
        is_short = int(np.diff(ends, prepend=0).max()) <= LONG_CELL
        is_clean = is_short and not self.builder.damaged and not _has_unprintable(data)
        surplus = {
            row: cells.iloc[row, width : widths[row]].tolist()
            for row in np.flatnonzero(widths > width).tolist()
        }
        records = DataRecords(cells.iloc[:, :width], widths, surplus, is_clean)
        return self.builder.build(header, headings, records)

    def _records(self) -> tuple[list[list[str]], list[Problem]]:
        """Return all records, and the problems with unclosed quotation marks.

        Such a mark makes one cell of everything up to the next mark. If the cell looks like merged
        records, the mark is read as a plain character; if not, this last record is left out.
        """
        lines = list(io.StringIO(self.text, newline=""))
        records: list[list[str]] = []
        problems: list[Problem] = []
        # The records that the limit allows, those above the header, and one to exceed the limit.
        name, header = self.builder.name, self.builder.header
        most = self.builder.limits.records + max(SAMPLE, header or 0) + 1
        begin = 0
        while begin < len(lines) and len(records) < most:
            start, quoting = begin, len(problems) < MAX_STRAY_QUOTES
            reader = csv.reader(
                lines[start:],
                delimiter=self.delimiter,
                quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
            )
            for record in islice(reader, most - len(records)):
                end = start + reader.line_num
                # Only a record of several lines, or the last one, can have an unclosed mark.
                raw = lines[begin:end] if end > begin + 1 or end == len(lines) else ()
                if quoting and raw and self._merges_records(raw, lines):
                    line = raw[0].strip()[:MAX_QUOTED]
                    problems.append(
                        faults.STRAY_QUOTE.problem(name, record=len(records) + 1, value=line)
                    )
                    plain = csv.reader(raw[:1], delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
                    records.append(next(plain))
                    begin += 1
                    break
                if quoting and end == len(lines) and self._is_unclosed(raw):
                    return records, [*problems, self._quote_not_closed(len(records) + 1, raw)]
                records.append(record)
                begin = end
        return records, problems

    def _is_unclosed(self, raw: Sequence[str]) -> bool:
        """Return whether a record would continue if there were more lines."""
        return len(list(csv.reader([*raw, "."], delimiter=self.delimiter))) == 1

    def _merges_records(self, raw: Sequence[str], lines: Sequence[str]) -> bool:
        """Return whether a record looks like several that a stray quotation mark has merged."""
        if len(raw) == 1 or self._well_formed.fullmatch("".join(raw)):
            return False
        width = usual_width([self._width(line) for line in lines[:SAMPLE] if line.strip()])
        widths = [self._width(line) for line in raw[1:] if line.strip()]
        alike = widths.count(width)
        return alike >= MIN_MERGED and alike >= MIN_SHARE_MERGED * len(widths)

    def _width(self, line: str) -> int:
        return line.count(self.delimiter) + 1

    @property
    def _well_formed(self) -> re.Pattern[str]:
        """The pattern of a record whose quotation marks are all in place (RFC 4180)."""
        delimiter = re.escape(self.delimiter)
        plain = rf'[^"{delimiter}\r\n][^{delimiter}\r\n]*+'
        cell = rf'(?:"(?:[^"]++|"")*+"|{plain}|)'
        return re.compile(rf"{cell}(?:{delimiter}{cell})*+[\r\n]*+")

    def _quote_not_closed(self, record: int, raw: Sequence[str]) -> Problem:
        """Return the problem with a record that is never closed.

        Raises:
            DataError: it is the first one.
        """
        if record == 1:
            raise faults.FIRST_QUOTE_NOT_CLOSED.error(self.builder.name, record=record)
        return faults.QUOTE_NOT_CLOSED.problem(
            self.builder.name,
            record=record,
            value="".join(raw).strip()[:MAX_QUOTED],
            lines=f"{len(raw):,} line{'s' if len(raw) > 1 else ''}",
        )


def _record_layout(data: bytes, delimiter: int) -> tuple[Positions, Positions] | None:
    """Return where each record of a text in UTF-8 ends, and how many cells it has.

    None if its quotation marks are not all in place (RFC 4180), or if a line ends in a carriage
    return alone.
    """
    if data.count(b"\r") > data.count(b"\r\n"):
        return None
    characters = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(characters == LINE_FEED)
    divisions = np.flatnonzero(characters == delimiter)
    if QUOTE in data:
        is_quote = characters == QUOTE
        quotes = np.flatnonzero(is_quote)
        if not _are_quotes_in_place(characters, quotes, delimiter):
            return None
        is_quoted = np.logical_xor.accumulate(is_quote)
        ends, divisions = ends[~is_quoted[ends]], divisions[~is_quoted[divisions]]
    if not data.endswith(b"\n"):
        ends = np.append(ends, len(data))
    widths = np.diff(np.searchsorted(divisions, ends), prepend=0) + 1
    return ends, widths


def _are_quotes_in_place(
    characters: npt.NDArray[np.uint8], quotes: Positions, delimiter: int
) -> bool:
    """Return whether each cell that has quotation marks begins and ends with one."""
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    before = characters[opening[opening > 0] - 1]
    after = characters[closing[closing < len(characters) - 1] + 1]
    # A quotation mark next to another is in place: inside a cell, two of them stand for one.
    is_boundary = np.zeros(256, dtype=bool)
    is_boundary[[QUOTE, LINE_FEED, delimiter]] = True
    if not is_boundary[before].all():
        return False
    is_boundary[CARRIAGE_RETURN] = True
    return bool(is_boundary[after].all())


def _has_unprintable(data: bytes) -> bool:
    """Return whether a text in UTF-8 has characters that match ``UNPRINTABLE``."""
    if len(data.translate(None, UNPRINTABLE_ASCII)) < len(data):
        return True
    return not data.isascii() and any(pattern.search(data) for pattern in UNPRINTABLE_UTF_8)
