"""A file becomes tables: what it is says its content first, and only then its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from components.problems import DataError, ProblemKind, refusal
from components.reading.archives import opened
from components.reading.bounds import Budget
from components.reading.delimited import read_delimited
from components.reading.graphs import read_gexf, read_graphml
from components.reading.json_files import read_json
from components.reading.options import Limits, Options
from components.reading.tables import Table
from components.reading.workbooks import read_workbook

Reader = Callable[[Path, str, Options, Limits], list[Table]]

HEAD = 4096
"""Bytes that tell what a file is."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_ZIP = b"PK\x05\x06"
SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"BZh", "a file packed with bzip2"),
    (b"\xfd7zXZ\0", "a file packed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a", "an archive (RAR)"),
    (EMPTY_ZIP, "an empty archive (ZIP)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
PACKED = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("xl/workbook.bin", "a binary workbook (XLSB)"),
    ("index/document.iwa", "a Numbers or Pages document"),
    ("meta-inf/manifest.mf", "a Java archive"),
)
"""What an archive is by the names of its members."""
XLSX_PART = "xl/workbook.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODF = "application/vnd.oasis.opendocument."
MIMETYPE = "mimetype"
MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
JSON_NAMES = {".json", ".jsonl", ".ndjson", ".geojson", ".cyjs", ".jsonld"}
JSON = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[{\"\]])")
"""As JSON begins; ``[id],[name]`` is the header of a table."""
HTML = re.compile(
    r"\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL
)
ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<![^>\[]*(?:\[[^\]]*\][^>]*)?>\s*)*"
    r"<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)
"""The name of the first element of XML."""
GRAPHS: dict[str, Reader] = {"graphml": read_graphml, "gexf": read_gexf}
XML = {
    "workbook": "an old Excel workbook in XML",
    "document": "a flat OpenDocument file (XML)",
}


def read_file(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in one file: one that is called ``name``, or as many as it has.

    Raises:
        DataError: it cannot be read, or it is beyond the limits.
    """
    try:
        Budget(name, limits).check_size(path.stat().st_size)
        with path.open("rb") as file:
            head = file.read(HEAD)
        return _reader(path, name, head)(path, name, options, limits)
    except OSError as error:
        raise refusal(
            ProblemKind.UNREADABLE,
            name,
            f"The file cannot be opened ({error.strerror or error}).",
            "See that it is there and may be read.",
        ) from error


def read_named_file(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables of a file; a single one is called ``name``, whatever its sheet is.

    Raises:
        DataError: it cannot be read, or it is beyond the limits.
    """
    tables = read_file(path, name, options, limits)
    return [_renamed(tables[0], name)] if len(tables) == 1 else tables


def _renamed(table: Table, name: str) -> Table:
    problems = tuple(
        replace(problem, table=name) if problem.table == table.name else problem
        for problem in table.problems
    )
    return replace(table, name=name, problems=problems)


def is_archive(path: Path) -> bool:
    """Tell whether a file is an archive that is neither a workbook nor another document."""
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            return False
    with opened(path, path.name) as archive:
        return not _is_workbook(archive) and not _document(archive)


def _reader(path: Path, name: str, head: bytes) -> Reader:
    """Return what reads a file that begins like this.

    Raises:
        DataError: nothing here does.
    """
    if head.startswith(ZIP):
        return _reader_of_archive(path, name)
    if head.startswith(OLE):
        return partial(read_workbook, "XLS")
    for signature, what in SIGNATURES:
        if head.startswith(signature):
            raise _something_else(name, what)
    text = _text(head)
    if HTML.match(text):
        raise refusal(
            ProblemKind.UNKNOWN_FORMAT,
            name,
            "This is a web page, whatever its name says.",
            "Open it in a spreadsheet program, and save the table as CSV, XLSX or ODS.",
        )
    if text.lstrip().startswith("<") and (match := ROOT.match(text)):
        root = match[1].lower()
        if root in GRAPHS:
            return GRAPHS[root]
        raise _something_else(name, XML.get(root, f"XML of another kind (“{match[1]}”)"))
    if text.lstrip().startswith(("<?xml", "<!DOCTYPE")):
        raise _something_else(name, "XML that begins with definitions of its own")
    if path.suffix.lower() in JSON_NAMES or JSON.match(text):
        return read_json
    return read_delimited


def _reader_of_archive(path: Path, name: str) -> Reader:
    with opened(path, name) as archive:
        if _is_workbook(archive):
            return partial(read_workbook, "XLSX" if _has(archive, XLSX_PART) else "ODS")
        what = _document(archive) or "an archive (ZIP)"
    raise _something_else(name, what)


def _is_workbook(archive: ZipFile) -> bool:
    return _has(archive, XLSX_PART) or _mimetype(archive).startswith(ODS)


def _document(archive: ZipFile) -> str:
    """Return what document an archive is; empty if it is none."""
    names = [member.lower() for member in archive.namelist()]
    if _mimetype(archive).startswith(ODF):
        return "an OpenDocument file that is no spreadsheet"
    return next((what for part, what in PACKED if any(n.startswith(part) for n in names)), "")


def _has(archive: ZipFile, part: str) -> bool:
    return any(part == str(PurePosixPath(name)).lower() for name in archive.namelist())


def _mimetype(archive: ZipFile) -> str:
    if MIMETYPE not in archive.namelist():
        return ""
    with archive.open(MIMETYPE) as file:
        return file.read(len(ODS) + 20).decode("ascii", "replace")


def _text(head: bytes) -> str:
    """Return the beginning of a file as text, as far as that is needed to tell what it is."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head.removeprefix(mark).decode(encoding, "replace")
    return head.decode("latin-1")


def _something_else(name: str, what: str) -> DataError:
    return refusal(
        ProblemKind.UNKNOWN_FORMAT,
        name,
        f"This is {what}, whatever its name says.",
        "Save the table as CSV, XLSX or ODS.",
    )
