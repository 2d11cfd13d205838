"""OpenDocument spreadsheets (ODS), read with an event-based parser.

A repeated cell or row is checked against the limits before it is copied, so that two cells far
apart cannot fill the memory. Numbers keep every digit, and errors their texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from xml.parsers import expat

from components.reading.archives import (
    check_claims,
    damaged,
    encrypted,
    member_chunks,
    open_archive,
)
from components.reading.budget import Budget
from components.reading.cells import Sheet, duration_text, rectangle, written_number
from components.reading.xml_parsing import parse_xml

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
IGNORED = {OFFICE + "annotation", TEXT + "ruby-text"}
"""Elements in a cell whose text is not part of its content."""
PARAGRAPHS = {TEXT + "p", TEXT + "h"}
BREAKS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
NUMBERS = {"float", "percentage", "currency"}
ENCRYPTION = b":encryption-data"
DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?", re.ASCII)


def ods_sheets(path: Path, table: str, budget: Budget) -> dict[str, Sheet]:
    """Return the records of each sheet.

    Raises:
        DataError: the file is damaged, encrypted, or above the limits.
    """
    handler = _ContentHandler(budget)
    with open_archive(path, table) as archive:
        check_claims(archive, budget)
        members = {member.filename: member for member in archive.infolist()}
        manifest = members.get("META-INF/manifest.xml")
        if manifest and ENCRYPTION in b"".join(member_chunks(archive, manifest, budget)):
            raise encrypted(table)
        if "content.xml" not in members:
            raise damaged(table)
        content = member_chunks(archive, members["content.xml"], budget)
        parse_xml(content, table, handler.parser())
    return {
        name: Sheet(rectangle(records), handler.levels[name])
        for name, records in handler.records.items()
    }


class _ContentHandler:
    """Handles the elements of ``content.xml`` and collects the texts of the cells."""

    def __init__(self, budget: Budget) -> None:
        self.records: dict[str, list[list[str]]] = {}
        self.levels: dict[str, dict[int, int]] = {}
        """How many groups of rows each record is in, if it is in any."""
        self._groups = 0
        self._budget = budget
        self._sheet = ""
        self._record: list[str] = []
        self._row_attributes: Mapping[str, str] = {}
        self._cell_attributes: Mapping[str, str] | None = None
        self._text: list[str] = []
        """The text of the open cell."""
        self._table_depth = self._ignored_depth = self._paragraphs = self._spaces = 0
        self._empty_rows = self._empty_cells = self._width = 0
        """Empty rows and cells are added only when one with text follows them."""

    def parser(self) -> expat.XMLParserType:
        """Return a parser that lets this handle the elements."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in IGNORED:
            self._ignored_depth += 1
        elif tag == TABLE + "table":
            self._table_depth += 1
            if self._table_depth == 1:
                self._sheet = attributes.get(TABLE + "name", "")
                self.records[self._sheet], self.levels[self._sheet] = [], {}
                self._groups = 0
                self._empty_rows = self._width = 0
        elif self._table_depth == 1 and not self._ignored_depth:
            self._start_in_sheet(tag, attributes)

    def _start_in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in CELLS:
            self._cell_attributes, self._text, self._paragraphs, self._spaces = attributes, [], 0, 0
        elif tag in PARAGRAPHS:
            if self._paragraphs:
                self._text.append("\n")
            self._paragraphs += 1
        elif tag == TABLE + "table-row-group":
            self._groups += 1
        elif tag == TABLE + "table-row":
            self._row_attributes, self._record, self._empty_cells = attributes, [], 0
        elif tag == TEXT + "s":
            count = _count(attributes.get(TEXT + "c"))
            self._spaces += count
            self._budget.check_characters(self._spaces)
            self._text.append(" " * count)
        elif tag in BREAKS:
            self._text.append(BREAKS[tag])

    def _characters(self, text: str) -> None:
        if self._paragraphs and not self._ignored_depth:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        if tag in IGNORED:
            self._ignored_depth -= 1
        elif tag == TABLE + "table":
            self._table_depth -= 1
            if not self._table_depth:
                self._budget.spend_area(len(self.records[self._sheet]), self._width)
        elif self._table_depth != 1 or self._ignored_depth:
            return
        elif tag in CELLS and self._cell_attributes is not None:
            self._add_cell(self._cell_attributes)
            self._cell_attributes, self._paragraphs = None, 0
        elif tag == TABLE + "table-row-group":
            self._groups -= 1
        elif tag == TABLE + "table-row":
            self._add_record()

    def _add_cell(self, attributes: Mapping[str, str]) -> None:
        text = _cell_text(attributes, "".join(self._text))
        count = _count(attributes.get(TABLE + "number-columns-repeated"))
        if not text:
            self._empty_cells += count
            return
        self._budget.check_characters(len(text))
        width = len(self._record) + self._empty_cells + count
        self._budget.check_columns(self._sheet, width)
        self._record += [""] * self._empty_cells + [text] * count
        self._empty_cells = 0

    def _add_record(self) -> None:
        count = _count(self._row_attributes.get(TABLE + "number-rows-repeated"))
        if not self._record:
            self._empty_rows += count
            return
        records = self.records[self._sheet]
        self._width = max(self._width, len(self._record))
        rows = len(records) + self._empty_rows + count
        self._budget.check_area(self._sheet, rows, self._width)
        records += [[]] * self._empty_rows + [self._record] * count
        if self._groups:
            numbers = range(rows - count + 1, rows + 1)
            self.levels[self._sheet].update(dict.fromkeys(numbers, self._groups))
        self._empty_rows = 0


def _cell_text(attributes: Mapping[str, str], shown: str) -> str:
    """Return the text of a cell: its exact value if it has one, else the text it shows."""
    if attributes.get(CALC + "value-type") == "error":
        return shown
    value_type = attributes.get(OFFICE + "value-type", "")
    if value_type in NUMBERS:
        return written_number(attributes.get(OFFICE + "value", shown))
    if value_type == "date":
        return attributes.get(OFFICE + "date-value", shown).removesuffix("T00:00:00")
    if value_type == "time":
        return _time_text(attributes.get(OFFICE + "time-value", shown))
    if value_type == "boolean":
        return attributes.get(OFFICE + "boolean-value", shown).upper()
    return attributes.get(OFFICE + "string-value") or shown


def _time_text(text: str) -> str:
    match = DURATION.fullmatch(text)
    if not match:
        return text
    sign, *parts = match.groups()
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    total = (days * 24 + hours) * 3600 + minutes * 60 + seconds
    return duration_text(timedelta(seconds=-total if sign else total))


def _count(text: str | None) -> int:
    """Return the number of repetitions, which is at least 1."""
    return max(int(text), 1) if text else 1
