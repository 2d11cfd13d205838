"""A path becomes tables: which reader is for it."""

from __future__ import annotations

from pathlib import Path

from components.reading.files import read_file
from components.reading.options import USUAL_LIMITS, Limits, Options
from components.reading.packages import read_package
from components.reading.problems import Kind, refusal
from components.reading.tables import Tables, tables_of

NO_OPTIONS = Options()


def read_tables(path: Path, options: Options = NO_OPTIONS, limits: Limits = USUAL_LIMITS) -> Tables:
    """Return the tables in a file or a folder, as text.

    Raises:
        DataError: there is nothing to read, it cannot be read, or it is beyond the limits.
    """
    if path.is_dir() or path.name == "datapackage.json":
        return read_package(path, options, limits)
    if not path.is_file():
        raise refusal(
            Kind.NO_FILE, path.name, "There is no such file.", "Name a table or a data package."
        )
    return tables_of(path.stem, read_file(path, path.stem, options, limits))
