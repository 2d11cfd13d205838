"""Unpack ZIP archives, which most workbooks are, within the limits."""

from __future__ import annotations

import copy
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from components import faults
from components.reading.budget import Budget
from components.reading.xml_parsing import CHUNK_SIZE

damaged = faults.ARCHIVE_DAMAGED.error
encrypted = faults.ARCHIVE_ENCRYPTED.error

MAX_UNCHECKED_SIZE, MAX_RATIO = 50_000_000, 100
"""Parts of more bytes than this, packed to less than a hundredth, are rejected as bombs. Tables are
packed to a fifth or a thirtieth; Apache POI draws the line at a hundredth too."""
ENCRYPTED = 0x1
"""The flag of an encrypted member."""
READING_ERRORS = (
    BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
    expat.ExpatError,
)
"""What the standard library raises for damaged archives, and what invalid numbers in them raise."""


@contextmanager
def open_archive(path: Path, table: str) -> Iterator[ZipFile]:
    """Open an archive, and close it at the end of the block.

    Raises:
        DataError: the archive is damaged; any ``READING_ERRORS`` of the block count as damage.
    """
    try:
        # ZipFile leaves a file open that it cannot read.
        with path.open("rb") as file, ZipFile(file) as archive:
            yield archive
    except READING_ERRORS as error:
        raise damaged(table) from error


def member_chunks(archive: ZipFile, member: ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Yield the content of a member in chunks.

    Raises:
        DataError: it is encrypted, compressed by a method that workbooks do not use, or exceeds the
            budget.
    """
    if member.flag_bits & ENCRYPTED:
        raise encrypted(budget.table)
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise damaged(budget.table)
    if member.file_size > max(MAX_UNCHECKED_SIZE, MAX_RATIO * member.compress_size):
        raise faults.ZIP_BOMB.error(budget.table, factor=MAX_RATIO)
    # The size in the directory may be false: everything there is must be read and counted.
    unbounded = copy.copy(member)
    unbounded.file_size = sys.maxsize
    unpacked = 0
    with archive.open(unbounded) as stream:
        while chunk := stream.read(CHUNK_SIZE):
            budget.spend(len(chunk))
            unpacked += len(chunk)
            if unpacked > member.file_size:
                raise damaged(budget.table)
            yield chunk


def check_claims(archive: ZipFile, budget: Budget) -> None:
    """Check the sizes that the archive's directory claims.

    Raises:
        DataError: they exceed the limits.
    """
    claimed = sum(member.file_size for member in archive.infolist())
    Budget(budget.table, budget.limits).spend(claimed)
