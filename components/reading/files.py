"""A file becomes tables: which reader is for it."""

from __future__ import annotations

from pathlib import Path

from components.reading.delimited import read_delimited
from components.reading.options import Limits, Options
from components.reading.tables import Table


def read_file(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables in one file: one that is called ``name``, or as many as it has.

    Raises:
        DataError: it cannot be read, or it is beyond the limits.
    """
    return read_delimited(path, name, options, limits)
