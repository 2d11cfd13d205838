"""Read the tables of one file, whose format is detected by its content, then by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from components import faults
from components.reading import linked_data
from components.reading.archives import open_archive
from components.reading.budget import check_size
from components.reading.encodings import marked_codec
from components.reading.graphs import Gexf, GraphML
from components.reading.json_files import read_json
from components.reading.options import Limits, Options
from components.reading.outline_files import MindMap, Opml
from components.reading.tables import Table
from components.reading.text_files import read_text_file
from components.reading.workbooks import WORKBOOKS, read_workbook

Reader = Callable[[Path, str, Options, Limits], list[Table]]

HEAD = 4096
"""Bytes at the start of a file from which its format is detected."""
ZIP = b"PK\x03\x04"
BINARY_FORMATS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a file compressed with gzip"),
    (b"BZh", "a file compressed with bzip2"),
    (b"\xfd7zXZ\0", "a file compressed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a", "an archive (RAR)"),
    (b"PK\x05\x06", "an empty archive (ZIP)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
"""Signatures at the start of files that are not text, and the names of their formats."""
ARCHIVE_FORMATS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("xl/workbook.bin", "a binary workbook (XLSB)"),
    ("index/document.iwa", "a Numbers or Pages document"),
    ("meta-inf/manifest.mf", "a Java archive"),
)
"""The formats of archives, by how the names of their members begin."""
XLSX_PART = "xl/workbook.xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODF = b"application/vnd.oasis.opendocument."
MIMETYPE = "mimetype"
JSON_ENDINGS = {".json", ".jsonl", ".ndjson", ".geojson", ".cyjs", ".jsonld"}
JSON = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[{\"\]])")
"""The beginning of JSON; ``[id],[name]`` is the header of a table."""
HTML = re.compile(
    r"\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL
)
ROOT_ELEMENT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<![^>\[]*(?:\[[^\]]*\][^>]*)?>\s*)*"
    r"<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)
"""The beginning of XML, up to the name of its root element."""
XML_READERS: dict[str, Reader] = {
    **{reader.root: reader.read for reader in (GraphML, Gexf, Opml, MindMap)},
    "rdf": linked_data.read_rdf_xml,
}
"""The readers by the name of the root element in lower case."""
XML_FORMATS = {
    "workbook": "an old Excel workbook in XML",
    "document": "a flat OpenDocument file (XML)",
}


def read_file(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in one file; a table that has no name there is called ``name``.

    Raises:
        DataError: the file cannot be read, or exceeds the limits.
    """
    try:
        check_size(path, name, limits)
        with path.open("rb") as file:
            head = file.read(HEAD)
        return _reader(path, name, head)(path, name, options, limits)
    except OSError as error:
        raise faults.FILE_NOT_OPENED.error(name, reason=error.strerror or error) from error


def read_named_file(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in one file; if there is only one it is called ``name``.

    Raises:
        DataError: the file cannot be read, or exceeds the limits.
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
    """Return whether a file is a ZIP archive of files: neither a workbook nor another document."""
    with path.open("rb") as file:
        is_zip = file.read(len(ZIP)) == ZIP
    return is_zip and not _archive_format(path, path.name)


def _reader(path: Path, name: str, head: bytes) -> Reader:
    """Return the reader for a file that begins with ``head``.

    Raises:
        DataError: there is no reader for its format.
    """
    format_name = next((n for mark, n in BINARY_FORMATS if head.startswith(mark)), "")
    if head.startswith(ZIP):
        format_name = _archive_format(path, name) or "an archive (ZIP)"
    if format_name in WORKBOOKS:
        return partial(read_workbook, format_name)
    if format_name:
        raise faults.OTHER_FORMAT.error(name, format=format_name)
    text = head.decode(marked_codec(head) or "latin-1", "replace")
    if HTML.match(text):
        raise faults.WEB_PAGE.error(name)
    # Turtle may begin with an IRI in angle brackets.
    is_linked = path.suffix.lower() in linked_data.ENDINGS or linked_data.SIGNATURE.match(text)
    if text.lstrip().startswith("<") and not is_linked and (match := ROOT_ELEMENT.match(text)):
        root = match[1].lower()
        if root in XML_READERS:
            return XML_READERS[root]
        format_name = XML_FORMATS.get(root, f"XML of an unknown kind (“{match[1]}”)")
        raise faults.OTHER_FORMAT.error(name, format=format_name)
    if text.lstrip().startswith(("<?xml", "<!DOCTYPE")):
        format_name = "XML whose kind cannot be detected"
        raise faults.OTHER_FORMAT.error(name, format=format_name)
    if path.suffix.lower() in JSON_ENDINGS or JSON.match(text):
        return read_json
    return read_text_file


def _archive_format(path: Path, name: str) -> str:
    """Return which workbook or document a ZIP archive is; empty if it is none."""
    with open_archive(path, name) as archive:
        members = [str(PurePosixPath(member)).lower() for member in archive.namelist()]
        mimetype = b""
        if MIMETYPE in archive.namelist():
            with archive.open(MIMETYPE) as file:
                mimetype = file.read(len(ODS))
    if XLSX_PART in members:
        return "XLSX"
    if mimetype.startswith(ODF):
        return "ODS" if mimetype == ODS else "an OpenDocument file that is no spreadsheet"
    formats = (
        name
        for beginning, name in ARCHIVE_FORMATS
        if any(member.startswith(beginning) for member in members)
    )
    return next(formats, "")
