"""A path becomes tables: a file, a folder, an archive, or a data package."""

from __future__ import annotations

import re
from pathlib import Path

from components.problems import DataError, ProblemKind, refusal
from components.reading.files import is_archive, read_file
from components.reading.folders import read_archive, read_folder
from components.reading.multiple_files import told_apart
from components.reading.options import DEFAULT_LIMITS, Limits, Options
from components.reading.packages import is_package, read_package
from components.reading.tables import Tables, tables_of

NO_OPTIONS = Options()
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/|(file|data|mailto):", re.IGNORECASE)
"""A path has lost one of the slashes; a drive has one letter."""


def read_tables(
    path: Path, options: Options = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS
) -> Tables:
    """Return the tables in a file or a folder, as text.

    Raises:
        DataError: there is nothing to read, it cannot be read, or it is beyond the limits.
    """
    if ADDRESS.match(str(path)):
        raise refusal(
            ProblemKind.ADDRESS,
            str(path),
            "Files are read, not addresses.",
            "Download it and name the file.",
        )
    try:
        if path.is_dir():
            return read_folder(path, options, limits)
        if not path.is_file():
            raise _no_file(path)
        if is_archive(path):
            return read_archive(path, options, limits)
        if is_package(path, limits):
            return read_package(path, options, limits)
    except (OSError, ValueError) as error:  # a name that is too long, or that has no meaning
        raise _no_file(path, error) from error
    tables = told_apart(read_file(path, path.stem, options, limits))
    return tables_of(path.stem, tables)


def _no_file(path: Path, error: OSError | ValueError | None = None) -> DataError:
    if error is None and path.exists():
        reason = "This is neither a file nor a folder."
    elif isinstance(error, OSError):
        reason = f"The file cannot be opened ({error.strerror or error})."
    else:
        reason = "There is no such file."
    return refusal(
        ProblemKind.NO_FILE, path.name, reason, "Name a table, a workbook or a folder of them."
    )
