"""The tables as one workbook: a sheet for each, and every cell is text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.formats.errors import FormatError
from components.formats.tables import COLUMNS, Record, records_of, tables_in
from components.model.organization import Organization

MAX_RECORDS = 1_048_575
"""Below the header of a sheet: what spreadsheets hold (ECMA-376)."""
LONGEST = 32_767
"""Characters of a cell, as UTF-16 counts them."""
MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The same organization gives the same bytes, whenever it is written."""
NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
"""Characters that XML cannot hold, and that no text has."""
MARKUP = re.compile("<r>.*</r>", re.DOTALL)
"""What the library would write as it stands."""
USUAL_WIDTH = 20
WIDTHS: Mapping[str, int] = {
    "id": 28,
    "name": 44,
    "unit_id": 28,
    "from_id": 28,
    "to_id": 28,
    "parent_id": 28,
    "position": 9,
    "acronym": 11,
    "responsibility": 70,
    "summary": 60,
    "description": 60,
    "role": 50,
    "source": 40,
    "notes": 40,
    "words": 40,
    "means": 40,
}
"""In characters."""


def workbook(organization: Organization) -> bytes:
    """Return the tables as XLSX.

    Raises:
        FormatError: a table has more records, or a cell more characters, than a sheet holds.
    """
    tables = {table: records_of(organization, table) for table in tables_in(organization)}
    for table, records in tables.items():
        _check(table, records)
    file = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False}
    with Workbook(file, options) as book:
        about = organization.about
        book.set_properties({"title": about.title, "comments": about.description, "created": MADE})
        bold, plain = book.add_format({"bold": True}), book.add_format()
        for table, records in tables.items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(COLUMNS[table]):
                sheet.set_column(place, place, WIDTHS.get(column, USUAL_WIDTH))
                sheet.write_string(0, place, column, bold)
            for number, record in enumerate(records, start=1):
                _write(sheet, number, record, plain)
    return file.getvalue()


def _write(sheet: Worksheet, number: int, record: Record, plain: Format) -> None:
    for place, cell in enumerate(record):
        text = cell.translate(NO_XML) if not cell.isascii() else cell
        if MARKUP.fullmatch(text):
            sheet.write_rich_string(number, place, text[:1], plain, text[1:])
        elif text:
            sheet.write_string(number, place, text)


def _check(table: str, records: list[Record]) -> None:
    if len(records) > MAX_RECORDS:
        raise FormatError(
            f"The table {table} has {len(records):,} records, and a sheet of a workbook "
            f"{MAX_RECORDS:,}. Take the data package instead."
        )
    for record in records:
        for column, cell in zip(COLUMNS[table], record, strict=True):
            if len(cell) * 2 > LONGEST and len(cell.encode("utf-16-le")) // 2 > LONGEST:
                raise FormatError(
                    f"In the table {table} a cell of the column {column} has {len(cell):,} "
                    f"characters, and a cell of a workbook {LONGEST:,}. "
                    "Take the data package instead."
                )
