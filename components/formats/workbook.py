"""The tables as a workbook (XLSX) with a sheet for each; every cell is text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.formats.errors import FormatError
from components.formats.tables import Record, columns_of, records_of, tables_in
from components.model.organization import Organization

MAX_RECORDS = 1_048_575
"""Records of a sheet, below its header (ECMA-376)."""
LONGEST_QUOTED = 60
"""Characters of a heading in an error."""
LONGEST_CELL = 32_767
"""UTF-16 code units of a cell (ECMA-376)."""
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The creation date in every workbook, so that equal organizations have equal bytes."""
NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
"""Noncharacters that XML does not allow."""
MARKUP = re.compile("<r>.*</r>", re.DOTALL)
"""Text that XlsxWriter takes for XML of rich text and does not escape."""
DEFAULT_WIDTH = 20
WIDTHS: Mapping[str, int] = {
    "position": 9,
    "acronym": 11,
    **dict.fromkeys(("id", "unit_id", "from_id", "to_id", "parent_id"), 28),
    **dict.fromkeys(("source", "notes", "words", "means"), 40),
    "name": 44,
    "role": 50,
    **dict.fromkeys(("summary", "description"), 60),
    "responsibility": 70,
}
"""Widths of columns, in characters."""


def workbook(organization: Organization) -> bytes:
    """Return the tables as XLSX.

    Raises:
        FormatError: a table has more records, or a cell more characters, than a sheet holds.
    """
    tables = {
        table: (columns_of(organization, table), records_of(organization, table))
        for table in tables_in(organization)
    }
    about = organization.about
    properties = {"title": about.title, "comments": about.description}
    return workbook_of(tables, properties, instead="the data package")


def workbook_of(
    tables: Mapping[str, tuple[Sequence[str], Sequence[Record]]],
    properties: Mapping[str, str],
    *,
    instead: str,
) -> bytes:
    """Return tables, each with its columns and records, as the sheets of an XLSX file.

    ``properties`` are those of the document, such as its title; ``instead`` is the format that has
    room for more.

    Raises:
        FormatError: a table has more records, or a cell more characters, than a sheet holds.
    """
    for table, (columns, records) in tables.items():
        _check_limits(table, [tuple(columns), *records], instead)
    file = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False}
    with Workbook(file, options) as book:
        book.set_properties({**properties, "created": CREATED})
        bold, plain = book.add_format({"bold": True}), book.add_format()
        for table, (columns, records) in tables.items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(columns):
                sheet.set_column(column, column, WIDTHS.get(name, DEFAULT_WIDTH))
            _write_record(sheet, 0, tuple(columns), bold)
            for row, record in enumerate(records, start=1):
                _write_record(sheet, row, record, plain)
    return file.getvalue()


def _write_record(sheet: Worksheet, row: int, record: Record, style: Format) -> None:
    for column, cell in enumerate(record):
        text = cell.translate(NO_XML) if not cell.isascii() else cell
        if MARKUP.fullmatch(text):
            sheet.write_rich_string(row, column, text[:1], style, text[1:])
        elif text:
            sheet.write_string(row, column, text, style)


def _check_limits(table: str, rows: Sequence[Record], instead: str) -> None:
    """Raise a ``FormatError`` if the header and the records of a table do not fit into a sheet."""
    header, *records = rows
    if len(records) > MAX_RECORDS:
        raise FormatError(
            f"The table {table} has {len(records):,} records, and a sheet of a workbook "
            f"{MAX_RECORDS:,}. Take {instead} instead."
        )
    for row in rows:
        for column, cell in zip(header, row, strict=True):
            if len(cell) * 2 > LONGEST_CELL and len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL:
                name = column[:LONGEST_QUOTED]
                raise FormatError(
                    f"In the table {table} a cell of the column {name} has {len(cell):,} "
                    f"characters, and a cell of a workbook {LONGEST_CELL:,}. "
                    f"Take {instead} instead."
                )
