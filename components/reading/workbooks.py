"""Workbooks: each sheet with something in it becomes a table of text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from components.problems import ProblemKind, refusal
from components.reading.bounds import Budget
from components.reading.excel import xls_sheets, xlsx_sheets
from components.reading.multiple_files import read_each
from components.reading.opendocument import ods_sheets
from components.reading.options import Limits, Options
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

Sheets = dict[str, list[list[str]]]
READERS: dict[str, Callable[[Path, str, Budget], Sheets]] = {
    "XLSX": xlsx_sheets,
    "XLS": xls_sheets,
    "ODS": ods_sheets,
}


def read_workbook(
    kind: str, path: Path, name: str, options: Options, limits: Limits
) -> list[Table]:
    """Return the tables in a workbook of a kind, each with the name of its sheet.

    Records have the numbers that the spreadsheet gives its rows.

    Raises:
        DataError: it is damaged, encrypted or beyond the limits, there is nothing in it, or it has
            no such sheet as the options ask for.
    """
    sheets = READERS[kind](path, name, Budget(name, limits))
    if options.sheet:
        sheets = {options.sheet: _chosen(sheets, name, options.sheet)}
    filled = {sheet: records for sheet, records in sheets.items() if records}
    if not filled:
        raise refusal(
            ProblemKind.EMPTY,
            name,
            f"There is nothing in the sheet “{options.sheet}”."
            if options.sheet
            else "There is nothing in any sheet of the workbook.",
            "Name the columns in its first row, and give each unit a row below.",
        )
    return read_each(
        partial(_tables, sheet, records, ReadingReport(kind, sheet=sheet), options, limits)
        for sheet, records in filled.items()
    )


def _chosen(sheets: Sheets, name: str, sheet: str) -> list[list[str]]:
    if sheet not in sheets:
        raise refusal(
            ProblemKind.NO_SUCH_CHOICE,
            name,
            f"There is no sheet “{sheet}”.",
            f"Choose one of {', '.join(f'“{each}”' for each in sheets)}.",
        )
    return sheets[sheet]


def _tables(
    sheet: str, records: list[list[str]], reading: ReadingReport, options: Options, limits: Limits
) -> list[Table]:
    return [table_of(sheet, records, reading, options.header, limits)]
