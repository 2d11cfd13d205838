"""Excel's workbooks, new (XLSX) and old (XLS): bounds are checked before calamine reads them.

calamine makes the whole rectangle from the first cell to the last, so that two cells at the far
ends of a sheet fill the memory; and of errors it keeps nothing. Both are found by a look at what
the file holds.
"""

from __future__ import annotations

import posixpath
import struct
from array import array
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

import olefile
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from components.problems import ProblemKind, refusal
from components.reading.archives import (
    check_claims,
    damaged,
    encrypted,
    opened,
    parse_xml,
    pieces,
)
from components.reading.bounds import CELL, Budget
from components.reading.cells import cell_text, rectangle

Errors = Mapping[tuple[int, int], str]
"""What is shown in the cells with errors, by row and column, from 1."""
NO_ERRORS: Errors = {}
STREAMS = ("Workbook", "Book")
BEGIN, SHARED_TEXTS, SEVERAL_NUMBERS = 0x809, 0xFC, 0xBD
XLS_CELLS = {0x06, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E}
"""The records of cells with something in them: each begins with row and column."""
SHORTEST_CELL = 6
VALUES, WITHIN = {"v", "is"}, {"r", "t", "f"}
"""The elements in a cell: those that are its value, and those beside or in it."""
XML = (".xml", ".rels")
RELATIONS = "xl/_rels/workbook.xml.rels"
FIRST = (RELATIONS, "xl/workbook.xml", "xl/sharedstrings.xml")
DIGITS = "0123456789"
LAST_ROW = 1_048_576
MAX_LETTERS = 3
"""Of a column: the last one is XFD."""


def xlsx_sheets(path: Path, table: str, budget: Budget) -> dict[str, list[list[str]]]:
    """Return the records of each sheet, of one length each.

    Raises:
        DataError: it is damaged, encrypted, or beyond the budget.
    """
    with opened(path, table) as archive:
        check_claims(archive, budget)
        errors = _xlsx_errors(archive, budget)
    return _sheets(path, table, errors)


def xls_sheets(path: Path, table: str, budget: Budget) -> dict[str, list[list[str]]]:
    """Return the records of each sheet, of one length each.

    Raises:
        DataError: it is damaged, encrypted, or beyond the budget, or it is no workbook at all.
    """
    try:
        with olefile.OleFileIO(str(path)) as file:
            if file.exists("EncryptedPackage"):
                raise encrypted(table)
            stream = next((name for name in STREAMS if file.exists(name)), "")
            if not stream:
                raise refusal(
                    ProblemKind.UNKNOWN_FORMAT,
                    table,
                    "This is an old Office document and no workbook, whatever its name says.",
                    "Save the table as CSV, XLSX or ODS.",
                )
            _check_xls(file.openstream(stream).read(), budget)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise damaged(table) from error
    return _sheets(path, table, {})


def _check_xls(stream: bytes, budget: Budget) -> None:
    """Refuse an old workbook that reaches further than the budget, or that claims what cannot be.

    The stream is a chain of records: kind, length, content ([MS-XLS] 2.1.4).
    """
    at = row = column = sheet = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == BEGIN:
            budget.spend_area(row, column)
            row, column, sheet = 0, 0, sheet + 1
        elif kind in XLS_CELLS and length >= SHORTEST_CELL:
            row = max(row, 1 + int.from_bytes(stream[at : at + 2], "little"))
            last = at + length - 2 if kind == SEVERAL_NUMBERS else at + 2
            column = max(column, 1 + int.from_bytes(stream[last : last + 2], "little"))
            budget.check_columns(f"{sheet - 1}", column)
            budget.check_area(f"{sheet - 1}", row, column)
        elif kind == SHARED_TEXTS and int.from_bytes(stream[at + 4 : at + 8], "little") > len(
            stream
        ):
            raise damaged(budget.table)
        at += length
    budget.spend_area(row, column)


def _sheets(path: Path, table: str, errors: Mapping[str, Errors]) -> dict[str, list[list[str]]]:
    """Return the records of each sheet as calamine reads them, with what is shown for errors."""
    try:
        # Of a path calamine would believe the ending.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            return {
                sheet.name: _records(workbook, sheet.name, errors.get(sheet.name, NO_ERRORS))
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            }
    except PasswordError as error:
        raise encrypted(table) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(table) from error
    except BaseException as error:
        # What goes wrong in Rust is no Exception, and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise damaged(table) from error
        raise


def _records(workbook: CalamineWorkbook, sheet: str, errors: Errors) -> list[list[str]]:
    records = [
        [cell if type(cell) is str else cell_text(cell) for cell in row]
        for row in workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    ]
    for (row, column), shown in errors.items():
        if row <= len(records) and column <= len(records[row - 1]):
            records[row - 1][column - 1] = shown
    return rectangle(records)


def _xlsx_errors(archive: ZipFile, budget: Budget) -> dict[str, Errors]:
    """Return what is shown for errors, by sheet; all parts of the workbook are checked."""
    look = _Look(budget)
    parts = [part for part in archive.infolist() if part.filename.lower().endswith(XML)]
    for part in sorted(parts, key=_order):
        look.at(archive, part)
    return look.errors


def _order(part: ZipInfo) -> int:
    """Return where a part stands so that names and texts are known before the cells come."""
    name = part.filename.lower()
    return next((at for at, first in enumerate(FIRST) if name == first), len(FIRST))


class _Columns(dict[str, int]):
    """The number of the column for its letters: 1 for A, 28 for AB."""

    def __missing__(self, letters: str) -> int:
        if len(letters) > MAX_LETTERS:
            raise ValueError(letters)
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        self[letters] = number
        return number


class _Local(dict[str, str]):
    """The name of an element without its namespace."""

    def __missing__(self, tag: str) -> str:
        self[tag] = local = tag.rpartition(" ")[2]
        return local


class _Look:
    """A look at each part of a workbook: how far its sheets reach, and where errors are."""

    def __init__(self, budget: Budget) -> None:
        self.errors: dict[str, Errors] = {}
        """For each sheet."""
        self._parts: dict[str, str] = {}
        """The part for each relation."""
        self._names: dict[str, str] = {}
        """The name of the sheet in each part."""
        self._budget = budget
        self._strings = array("I")
        """The lengths of the texts that cells share."""
        self._local = _Local()

    def _sheet_of(self, part: str) -> str:
        """Return the name of the sheet in a part."""
        return self._names.get(part.lower(), part)

    def at(self, archive: ZipFile, part: ZipInfo) -> None:
        """Hear a part in the way that its first element asks for."""
        cells = _Cells(self._sheet_of(part.filename), self._budget, self._strings)

        def prepare(parser: expat.XMLParserType) -> None:
            parser.StartElementHandler = lambda tag, _: begin(parser, self._local[tag])

        def begin(parser: expat.XMLParserType, root: str) -> None:
            parser.StartElementHandler = None
            if root == "worksheet":
                cells.listen(parser)
            elif root == "sst":
                _Strings(self._budget, self._strings).listen(parser)
            elif root == "workbook":
                parser.StartElementHandler = self._sheet
            elif part.filename.lower() == RELATIONS:
                parser.StartElementHandler = self._relation

        parse_xml(pieces(archive, part, self._budget), self._budget.table, prepare)
        cells.finish()
        self.errors[cells.sheet] = cells.errors

    def _sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if self._local[tag] == "sheet":
            relations = (text for name, text in attributes.items() if self._local[name] == "id")
            relation = next(relations, "")
            self._names[self._parts.get(relation, "")] = attributes.get("name", "")

    def _relation(self, _: str, attributes: dict[str, str]) -> None:
        part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        self._parts[attributes.get("Id", "")] = part.lstrip("/").lower()


class _Strings:
    """Hears the texts that cells share, and keeps their lengths."""

    def __init__(self, budget: Budget, lengths: array[int]) -> None:
        self._budget = budget
        self._lengths = lengths
        self._length = 0
        self._local = _Local()

    def listen(self, parser: expat.XMLParserType) -> None:
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self._length += len(text)

    def _end(self, tag: str) -> None:
        if self._local[tag] == "si":
            self._budget.check_characters(self._length)
            self._budget.spend(CELL)
            self._lengths.append(self._length)
            self._length = 0


class _Cells:
    """Hears the cells of a sheet, and refuses it as soon as it is beyond the budget."""

    def __init__(self, sheet: str, budget: Budget, strings: array[int]) -> None:
        self.errors: dict[tuple[int, int], str] = {}
        self.sheet = sheet
        self._budget = budget
        self._strings = strings
        self._row = self._column = self._last_row = self._last_column = 0
        self._kind = ""
        self._valued = False
        self._length = 0
        self._text: list[str] = []
        """Since the last value began."""
        self._local, self._columns = _Local(), _Columns()

    def listen(self, parser: expat.XMLParserType) -> None:
        # Ends of elements are not heard, which halves the time: a cell ends where another begins.
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters

    def finish(self) -> None:
        """Count all that was heard."""
        self._end_cell()
        self._budget.spend_area(self._last_row, self._last_column)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._local[tag]
        if name in VALUES:
            self._valued = True
            self._length = 0
            self._text.clear()
        elif name == "c":
            self._end_cell()
            self._kind = attributes.get("t", "")
            if place := attributes.get("r"):
                letters = place.rstrip(DIGITS)
                self._row, self._column = int(place[len(letters) :]), self._columns[letters]
            else:
                self._column += 1
        elif name == "row":
            self._end_cell()
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            if self._row > LAST_ROW:
                raise damaged(self._budget.table)
        elif name not in WITHIN:
            self._end_cell()

    def _characters(self, text: str) -> None:
        if self._valued:
            self._length += len(text)
            self._budget.check_characters(self._length)
            self._text.append(text)

    def _end_cell(self) -> None:
        if self._valued:
            self._add("".join(self._text))
        self._valued = False

    def _add(self, text: str) -> None:
        if self._row > self._last_row or self._column > self._last_column:
            self._last_row = max(self._row, self._last_row)
            self._last_column = max(self._column, self._last_column)
            self._budget.check_columns(self.sheet, self._last_column)
            self._budget.check_area(self.sheet, self._last_row, self._last_column)
        if self._kind == "s":
            self._budget.spend(self._strings[int(text)])
        elif self._kind == "e":
            self.errors[self._row, self._column] = text.strip()
