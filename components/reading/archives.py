"""ZIP archives, as workbooks are: read within bounds, whatever their directory says."""

from __future__ import annotations

import copy
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from components.problems import DataError, ProblemKind, refusal
from components.reading.bounds import Budget

PIECE = 1 << 16
LONGEST_TOKEN = 4_000_000
"""Bytes of a tag or a comment: the parser begins each anew with every piece of it."""
FREELY_UNPACKED, MAX_TIMES = 50_000_000, 100
"""Beyond so many bytes, what is packed this well says the same over and over: a bomb. Tables come
to 5 to 30 times; Apache POI draws the line at 100 too."""
ENCRYPTED = 0x1
"""The bit of a member's flags that says so."""
BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
)
"""What the standard library raises on archives that are damaged, and what numbers raise that are
none or lead nowhere."""


def damaged(table: str) -> DataError:
    """Return the error that says that an archive is not whole."""
    return refusal(
        ProblemKind.UNREADABLE,
        table,
        "The file is damaged or not complete.",
        "Copy or download it again, or open it in a spreadsheet program and save it anew.",
    )


def encrypted(table: str) -> DataError:
    """Return the error that says that a password is needed."""
    return refusal(
        ProblemKind.UNREADABLE,
        table,
        "The file is encrypted with a password.",
        "Save it without a password.",
    )


@contextmanager
def opened(path: Path, table: str) -> Iterator[ZipFile]:
    """Open an archive for a while.

    Raises:
        DataError: it is damaged; so is whatever in it cannot be read meanwhile.
    """
    try:
        # Of a file that it cannot read, ZipFile would leave the closing to chance.
        with path.open("rb") as file, ZipFile(file) as archive:
            yield archive
    except BROKEN as error:
        raise damaged(table) from error


def pieces(archive: ZipFile, member: ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Yield what is in a member, bit by bit.

    Raises:
        DataError: it is encrypted, packed in a way that workbooks are not, or beyond the budget.
    """
    if member.flag_bits & ENCRYPTED:
        raise encrypted(budget.table)
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise damaged(budget.table)
    if member.file_size > max(FREELY_UNPACKED, MAX_TIMES * member.compress_size):
        raise refusal(
            ProblemKind.TOO_LARGE,
            budget.table,
            f"A part of it unpacks to more than {MAX_TIMES} times its size, as no table does.",
            "Open it in a spreadsheet program, and save the table alone.",
        )
    # The size in the directory is a claim. Without it, all is read that there is, and counted.
    unbounded = copy.copy(member)
    unbounded.file_size = sys.maxsize
    unpacked = 0
    with archive.open(unbounded) as stream:
        while piece := stream.read(PIECE):
            budget.spend(len(piece))
            unpacked += len(piece)
            if unpacked > member.file_size:
                raise damaged(budget.table)
            yield piece


def check_claims(archive: ZipFile, budget: Budget) -> None:
    """Refuse an archive that says by itself that it is beyond the limits."""
    claimed = sum(member.file_size for member in archive.infolist())
    Budget(budget.table, budget.limits).spend(claimed)


def parse_xml(
    content: Iterator[bytes], table: str, prepare: Callable[[expat.XMLParserType], Any]
) -> None:
    """Parse XML with the handlers that ``prepare`` gives to the parser.

    Raises:
        DataError: it is no XML, or it declares a document type: entities grow without bounds.
    """

    def refuse_doctype(*_: object) -> None:
        raise refusal(
            ProblemKind.UNREADABLE,
            table,
            "A part of the file declares a document type (DTD), as no workbook does.",
            "Open it in a spreadsheet program and save it anew.",
        )

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    prepare(parser)
    fed = 0
    try:
        for piece in content:
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise damaged(table)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(table) from error
