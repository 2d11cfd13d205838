"""Workbooks: each sheet with content becomes a table of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from components import faults
from components.reading.budget import Budget
from components.reading.cells import Sheet
from components.reading.excel import xls_sheets, xlsx_sheets
from components.reading.opendocument import ods_sheets
from components.reading.options import Limits, Options
from components.reading.table_building import table_of, unused_name
from components.reading.tables import ReadingReport, Table, read_each

OUTLINE_LEVEL = "outline level"
"""The column for how deep the group is that a row is in."""
WORKBOOKS: dict[str, Callable[[Path, str, Budget], dict[str, Sheet]]] = {
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
    sheets = WORKBOOKS[workbook_format](path, name, Budget(name, limits))
    if options.sheet:
        if options.sheet not in sheets:
            names = ", ".join(f"“{sheet}”" for sheet in sheets)
            raise faults.UNKNOWN_SHEET.error(name, sheet=options.sheet, sheets=names)
        sheets = {options.sheet: sheets[options.sheet]}
    filled = {name: sheet for name, sheet in sheets.items() if sheet.records}
    if not filled:
        fault = faults.EMPTY_SHEET if options.sheet else faults.EMPTY_WORKBOOK
        raise fault.error(name, sheet=options.sheet)

    def tables(name: str, sheet: Sheet) -> list[Table]:
        reading = ReadingReport(workbook_format, sheet=name)
        table = table_of(name, sheet.records, reading, options.header, limits)
        return [_with_levels(table, sheet.levels) if sheet.levels else table]

    return read_each(partial(tables, sheet_name, sheet) for sheet_name, sheet in filled.items())


def _with_levels(table: Table, levels: Mapping[int, int]) -> Table:
    """Return a table with a further column for the outline levels of its rows."""
    cells = [str(levels.get(record, 0)) for record in table.frame.index.tolist()]
    if not any(cell != "0" for cell in cells):
        return table
    column = unused_name(OUTLINE_LEVEL, table.frame.columns)
    return replace(table, frame=table.frame.assign(**{column: np.array(cells, dtype=object)}))
