"""Excel workbooks, new (XLSX) and old (XLS): they are checked against the limits, then read.

calamine allocates the whole rectangle from the first cell to the last, so that two cells far apart
can fill the memory; and it drops the texts of errors (``#N/A``). The checks find both beforehand.
"""

from __future__ import annotations

import posixpath
import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

import olefile
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from components import faults
from components.reading.archives import (
    check_claims,
    damaged,
    encrypted,
    member_chunks,
    open_archive,
)
from components.reading.budget import CELL, Budget
from components.reading.cells import Sheet, cell_text, rectangle
from components.reading.xml_parsing import parse_xml

INDENT = "  "
"""What stands for one step of indentation before the text of a cell."""


@dataclass(slots=True)
class _Found:
    """What calamine does not read of a sheet; rows and columns are numbered from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """The texts of the cells with errors."""
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    """The indents of the cells with texts that have any."""
    levels: dict[int, int] = field(default_factory=dict)
    """The outline levels of rows that are in a group."""


# XLS: a stream of records in an OLE file ([MS-XLS] 2.1.4).
STREAMS = ("Workbook", "Book")
"""The names of the stream, from Excel 97 on and before."""
BOF, SST, MULRK = 0x809, 0xFC, 0xBD
CELL_RECORDS = {0x06, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E}
"""The types of records of cells with content; each begins with row and column."""
MIN_CELL_RECORD = 6
"""The length of the shortest record of a cell, in bytes."""

# XLSX: parts of XML in a ZIP archive.
XML = (".xml", ".rels")
RELATIONS = "xl/_rels/workbook.xml.rels"
FIRST_PARTS = (RELATIONS, "xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml")
"""The parts with the names of sheets, the indents and the shared texts that sheets refer to."""
VALUE_ELEMENTS, INNER_ELEMENTS = {"v", "is"}, {"r", "t", "f"}
"""The elements with the value of a cell, and the other elements of a cell."""
DIGITS = "0123456789"
TEXT_TYPES = {"s", "str", "inlineStr"}
"""The types of cells with texts."""
STYLE_LISTS = {"cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}
"""The lists of styles; cells refer to those in ``cellXfs``."""
MAX_INDENT = 250
"""The largest indent that Excel allows."""
MAX_ROW = 1_048_576
MAX_LETTERS = 3
"""The number of letters of the last column, XFD."""


def xlsx_sheets(path: Path, table: str, budget: Budget) -> dict[str, Sheet]:
    """Return the records of each sheet; indented texts begin with spaces.

    Raises:
        DataError: the file is damaged, encrypted, or above the limits.
    """
    with open_archive(path, table) as archive:
        check_claims(archive, budget)
        check = _XlsxCheck(budget)
        parts = [part for part in archive.infolist() if part.filename.lower().endswith(XML)]
        for part in sorted(parts, key=_order):
            check.check_part(archive, part)
    return _sheets(path, table, check.found)


def xls_sheets(path: Path, table: str, budget: Budget) -> dict[str, Sheet]:
    """Return the records of each sheet.

    Raises:
        DataError: the file is no workbook, is damaged, encrypted, or above the limits.
    """
    try:
        with olefile.OleFileIO(str(path)) as file:
            if file.exists("EncryptedPackage"):
                raise encrypted(table)
            stream = next((name for name in STREAMS if file.exists(name)), "")
            if not stream:
                raise faults.OTHER_FORMAT.error(
                    table, format="an old Office document other than a workbook"
                )
            _check_xls(file.openstream(stream).read(), budget)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise damaged(table) from error
    return _sheets(path, table, {})


def _check_xls(stream: bytes, budget: Budget) -> None:
    """Reject an old workbook with oversized sheets or an impossible number of shared texts."""
    position = row = column = sheet = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if kind == BOF:
            budget.spend_area(row, column)
            row, column, sheet = 0, 0, sheet + 1
        elif kind in CELL_RECORDS and length >= MIN_CELL_RECORD:
            row = max(row, 1 + _integer(stream, position, 2))
            # A record of several numbers (MULRK) ends with its last column.
            last_column = position + length - 2 if kind == MULRK else position + 2
            column = max(column, 1 + _integer(stream, last_column, 2))
            budget.check_columns(f"{sheet - 1}", column)
            budget.check_area(f"{sheet - 1}", row, column)
        elif kind == SST and _integer(stream, position + 4, 4) > len(stream):
            raise damaged(budget.table)
        position += length
    budget.spend_area(row, column)


def _integer(stream: bytes, position: int, size: int) -> int:
    return int.from_bytes(stream[position : position + size], "little")


def _sheets(path: Path, table: str, found: Mapping[str, _Found]) -> dict[str, Sheet]:
    """Return the records of each sheet as calamine reads them, with what it does not read."""
    try:
        # Given a path, calamine would tell the format from its suffix.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            return {
                sheet.name: _sheet(workbook, sheet.name, found.get(sheet.name) or _Found())
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            }
    except PasswordError as error:
        raise encrypted(table) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(table) from error
    except BaseException as error:
        # A panic in Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise damaged(table) from error
        raise


def _sheet(workbook: CalamineWorkbook, sheet: str, found: _Found) -> Sheet:
    records = [
        [cell if type(cell) is str else cell_text(cell) for cell in row]
        for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    ]
    for (row, column), text in found.errors.items():
        if row <= len(records) and column <= len(records[row - 1]):
            records[row - 1][column - 1] = text
    for (row, column), indent in found.indents.items():
        if row <= len(records) and column <= len(records[row - 1]):
            records[row - 1][column - 1] = INDENT * indent + records[row - 1][column - 1]
    return Sheet(rectangle(records), found.levels)


def _order(part: ZipInfo) -> int:
    name = part.filename.lower()
    return FIRST_PARTS.index(name) if name in FIRST_PARTS else len(FIRST_PARTS)


@lru_cache(maxsize=1_024)
def _local_name(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition(" ")[2]


@lru_cache(maxsize=16_384)
def _column_number(letters: str) -> int:
    """Return the number of a column: 1 for A, 28 for AB."""
    if len(letters) > MAX_LETTERS:
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _XlsxCheck:
    """Checks the parts of a workbook against the budget, and collects the texts of errors."""

    def __init__(self, budget: Budget) -> None:
        self.found: dict[str, _Found] = {}
        """By sheet."""
        self._indents: dict[str, int] = {}
        """The indent of each style of cells that has one, by the style's number."""
        self._styles = 0
        self._is_cell_style = False
        self._parts: dict[str, str] = {}
        """The part for each relation."""
        self._sheet_names: dict[str, str] = {}
        """The name of the sheet in each part."""
        self._budget = budget
        self._text_lengths = array("I")
        """The lengths of the shared texts."""
        self._length = 0
        """The length so far of the shared text that is parsed."""

    def check_part(self, archive: ZipFile, part: ZipInfo) -> None:
        """Parse a part with the handlers for its root element."""
        filename = part.filename.lower()
        sheet = self._sheet_names.get(filename, part.filename)
        cells = _CellHandler(sheet, self._budget, self._text_lengths, self._indents)

        parser = expat.ParserCreate(namespace_separator=" ")

        def start_root(tag: str, _: object) -> None:
            root = _local_name(tag)
            parser.StartElementHandler = None
            if root == "worksheet":
                parser.StartElementHandler = cells.start
                parser.CharacterDataHandler = cells.characters
            elif root == "sst":
                parser.EndElementHandler = self._end_in_texts
                parser.CharacterDataHandler = self._add_characters
            elif root == "workbook":
                parser.StartElementHandler = self._add_sheet_name
            elif root == "styleSheet":
                parser.StartElementHandler = self._start_style
            elif filename == RELATIONS:
                parser.StartElementHandler = self._add_relation

        parser.StartElementHandler = start_root
        parse_xml(member_chunks(archive, part, self._budget), self._budget.table, parser)
        cells.finish()
        self.found[sheet] = cells.found

    def _add_sheet_name(self, tag: str, attributes: dict[str, str]) -> None:
        if _local_name(tag) == "sheet":
            relations = (text for name, text in attributes.items() if _local_name(name) == "id")
            part = self._parts.get(next(relations, ""), "")
            self._sheet_names[part] = attributes.get("name", "")

    def _start_style(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local_name(tag)
        if name in STYLE_LISTS:
            self._is_cell_style = name == "cellXfs"
        elif self._is_cell_style and name == "xf":
            self._styles += 1
        elif self._is_cell_style and name == "alignment" and attributes.get("indent", "0") != "0":
            self._indents[str(self._styles - 1)] = min(int(attributes["indent"]), MAX_INDENT)

    def _add_relation(self, _: str, attributes: dict[str, str]) -> None:
        part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        self._parts[attributes.get("Id", "")] = part.lstrip("/").lower()

    def _add_characters(self, text: str) -> None:
        self._length += len(text)

    def _end_in_texts(self, tag: str) -> None:
        if _local_name(tag) == "si":
            self._budget.check_characters(self._length)
            self._budget.spend(CELL)
            self._text_lengths.append(self._length)
            self._length = 0


class _CellHandler:
    """Checks the cells of a sheet against the budget, and collects the texts of errors.

    Only start tags are handled, which takes half the time: a cell ends where the next one starts.
    """

    def __init__(
        self, sheet: str, budget: Budget, text_lengths: array[int], indents: Mapping[str, int]
    ) -> None:
        self.found = _Found()
        self._indents = indents
        self._indent = 0
        self._sheet = sheet
        self._budget = budget
        self._text_lengths = text_lengths
        self._row = self._column = self._last_row = self._last_column = 0
        self._type = ""
        self._has_value = False
        self._length = 0
        self._text: list[str] = []
        """The text of the current value."""

    def finish(self) -> None:
        """End the last cell, and spend the area of the sheet."""
        self._end_cell()
        self._budget.spend_area(self._last_row, self._last_column)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local_name(tag)
        if name in VALUE_ELEMENTS:
            self._has_value = True
            self._length = 0
            self._text.clear()
        elif name == "c":
            self._end_cell()
            self._type = attributes.get("t", "")
            if self._indents:
                self._indent = self._indents.get(attributes.get("s", ""), 0)
            if place := attributes.get("r"):
                letters = place.rstrip(DIGITS)
                self._row, self._column = int(place[len(letters) :]), _column_number(letters)
            else:
                self._column += 1
        elif name == "row":
            self._end_cell()
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            if self._row > MAX_ROW:
                raise damaged(self._budget.table)
            if (level := attributes.get("outlineLevel", "0")) != "0":
                self.found.levels[self._row] = int(level)
        elif name not in INNER_ELEMENTS:
            self._end_cell()

    def characters(self, text: str) -> None:
        if self._has_value:
            self._length += len(text)
            self._budget.check_characters(self._length)
            self._text.append(text)

    def _end_cell(self) -> None:
        if not self._has_value:
            return
        self._has_value = False
        if self._row > self._last_row or self._column > self._last_column:
            self._last_row = max(self._row, self._last_row)
            self._last_column = max(self._column, self._last_column)
            self._budget.check_columns(self._sheet, self._last_column)
            self._budget.check_area(self._sheet, self._last_row, self._last_column)
        if self._indent and self._type in TEXT_TYPES:
            self._budget.spend(CELL)
            self.found.indents[self._row, self._column] = self._indent
        if self._type == "s":
            self._budget.spend(self._text_lengths[int("".join(self._text))])
        elif self._type == "e":
            self.found.errors[self._row, self._column] = "".join(self._text).strip()
