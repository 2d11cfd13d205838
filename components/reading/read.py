"""Read tables from a path: a file, a folder, an archive or a data package."""

from __future__ import annotations

import re
from pathlib import Path

from components import faults
from components.reading.files import is_archive, read_file
from components.reading.folders import read_archive, read_folder, readable_files
from components.reading.options import DEFAULT_LIMITS, Limits, Options
from components.reading.packages import DESCRIPTOR, is_package, package_files, read_package
from components.reading.tables import Tables, tables_of, uniquely_named

NO_OPTIONS = Options()
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/|(file|data|mailto):", re.IGNORECASE)
"""A URL, which as a ``Path`` has lost one slash; a scheme is longer than the letter of a drive."""


def read_tables(
    path: Path, options: Options = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS
) -> Tables:
    """Return the tables in a file or a folder, as text.

    Raises:
        DataError: there is nothing to read, it cannot be read, or it exceeds the limits.
    """
    if ADDRESS.match(str(path)):
        raise faults.ADDRESS_GIVEN.error(str(path))
    try:
        if path.is_dir():
            return read_folder(path, options, limits)
        if not path.is_file():
            fault = faults.NOT_A_FILE if path.exists() else faults.FILE_NOT_FOUND
            raise fault.error(path.name)
        if is_archive(path):
            return read_archive(path, options, limits)
        if is_package(path, limits):
            return read_package(path, options, limits)
    except OSError as error:
        reason = error.strerror or error
        raise faults.PATH_NOT_ACCESSIBLE.error(path.name, reason=reason) from error
    except ValueError as error:  # The name has a character that no file name may have.
        raise faults.FILE_NOT_FOUND.error(path.name) from error
    tables = uniquely_named(read_file(path, path.stem, options, limits))
    return tables_of(path.stem, tables)


def files_read(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Path]:
    """Return the files from which ``read_tables`` makes the tables of a path; none without any.

    Raises:
        DataError: it is no data package, but named like one.
        OSError: it cannot be accessed.
    """
    if path.is_dir():
        descriptor = path / DESCRIPTOR
        is_described = descriptor.is_file()
        return package_files(descriptor, limits) if is_described else readable_files(path, limits)
    if not path.is_file():
        return []
    return package_files(path, limits) if is_package(path, limits) else [path]
