"""Workbooks: each sheet with content becomes a table of text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from components import faults
from components.reading.budget import Budget
from components.reading.excel import xls_sheets, xlsx_sheets
from components.reading.multiple_files import read_each
from components.reading.opendocument import ods_sheets
from components.reading.options import Limits, Options
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

Records = list[list[str]]
READERS: dict[str, Callable[[Path, str, Budget], dict[str, Records]]] = {
    "XLSX": xlsx_sheets,
    "XLS": xls_sheets,
    "ODS": ods_sheets,
}


def read_workbook(
    workbook_format: str, path: Path, name: str, options: Options, limits: Limits
) -> list[Table]:
    """Return the tables in a workbook, each with the name of its sheet.

    Records have the numbers that the spreadsheet gives its rows.

    Raises:
        DataError: the file is damaged, encrypted, above the limits or empty, or it lacks the sheet
            that the options name.
    """
    sheets = READERS[workbook_format](path, name, Budget(name, limits))
    if options.sheet:
        if options.sheet not in sheets:
            names = ", ".join(f"“{sheet}”" for sheet in sheets)
            raise faults.UNKNOWN_SHEET.error(name, sheet=options.sheet, sheets=names)
        sheets = {options.sheet: sheets[options.sheet]}
    filled = {sheet: records for sheet, records in sheets.items() if records}
    if not filled:
        fault = faults.EMPTY_SHEET if options.sheet else faults.EMPTY_WORKBOOK
        raise fault.error(name, sheet=options.sheet)

    def tables(sheet: str, records: Records) -> list[Table]:
        reading = ReadingReport(workbook_format, sheet=sheet)
        return [table_of(sheet, records, reading, options.header, limits)]

    return read_each(partial(tables, sheet, records) for sheet, records in filled.items())
