"""Small workbooks for the tests, valid and broken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

Rows = Sequence[Sequence[object]]

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
XLSX_NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(path: Path, **sheets: Rows) -> Path:
    """Write a workbook; a sheet's name is its argument's."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def xlsx_of(path: Path, cells: str, **parts: str) -> Path:
    """Write a workbook with a sheet “Units” of which the rows are given as XML."""
    xlsx(path, Units=[["id", "name"]])
    sheet = f"<worksheet {XLSX_NAMES}><sheetData>{cells}</sheetData></worksheet>"
    return repacked(path, {"xl/worksheets/sheet1.xml": sheet} | parts)


def ods(path: Path, *sheets: str, **parts: str) -> Path:
    """Write a workbook of sheets that ``ods_sheet`` has made."""
    content = (
        f"<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>"
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        members = {"META-INF/manifest.xml": MANIFEST, "content.xml": content} | parts
        archive.writestr("mimetype", ODS_TYPE)
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def ods_sheet(name: str, rows: Rows) -> str:
    """Return a sheet; a cell is its text, or XML as it stands if it begins with ``<``."""
    lines = ("".join(map(_ods_cell, row)) for row in rows)
    return (
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
        + "</table:table>"
    )


def ods_cell(kind: str, shown: str = "", **values: object) -> str:
    """Return a cell of a kind, with values such as ``date_value``."""
    attributes = "".join(
        f' office:{name.replace("_", "-")}="{value}"' for name, value in values.items()
    )
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f'<table:table-cell office:value-type="{kind}"{attributes}>{text}</table:table-cell>'


def _ods_cell(cell: object) -> str:
    text = str(cell)
    if text.startswith("<"):
        return text
    return ods_cell("string", escape(text)) if text else "<table:table-cell/>"


def repacked(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Replace parts of an archive, or add them."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in (members | dict(parts)).items():
            archive.writestr(name, content)
    return path


def understated(path: Path, part: str) -> Path:
    """Let the directory of an archive say that a part unpacks to ten bytes."""
    content = bytearray(path.read_bytes())
    for entry in re.finditer(rb"PK\x01\x02", bytes(content)):
        if content[entry.start() + 46 :].startswith(part.encode()):
            content[entry.start() + 24 : entry.start() + 28] = (10).to_bytes(4, "little")
    path.write_bytes(content)
    return path
