"""Tables of objects with any keys, for JSON and graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from components import faults
from components.reading.budget import MEGABYTE
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

BYTES_PER_CELL = 8
"""The size of a pointer, which an empty cell takes too."""
FIRST_RECORD = 2
"""The number of the first object, as if a header stood before it."""


def check_file_size(path: Path, name: str, limits: Limits) -> None:
    """Raise a DataError for a file that is empty or larger than the limit."""
    size = path.stat().st_size
    if not size:
        raise faults.FILE_OF_OBJECTS_EMPTY.error(name)
    if size > limits.megabytes * MEGABYTE:
        raise faults.FILE_OF_OBJECTS_TOO_LARGE.error(
            name, megabytes=size / MEGABYTE, limit=limits.megabytes
        )


def check_records(name: str, count: int, limits: Limits) -> None:
    """Raise a DataError for a table with more records than the limit."""
    if count > limits.records:
        raise faults.TOO_MANY_OBJECTS.error(name, count=count, limit=limits.records)


def check_columns(name: str, count: int, limits: Limits) -> None:
    """Raise a DataError for a table with more columns than the limit."""
    if count > limits.columns:
        raise faults.TOO_MANY_KEYS.error(name, count=count, limit=limits.columns)


def table_of_objects(
    name: str, objects: Sequence[Mapping[str, str]], reading: ReadingReport, limits: Limits
) -> Table:
    """Return a table with a record for each object and a column for each key, in order.

    Raises:
        DataError: no object has a key, or the table is above the limits.
    """
    check_records(name, len(objects), limits)
    columns: dict[str, None] = {}
    for cells in objects:
        if not cells.keys() <= columns.keys():
            columns.update(dict.fromkeys(cells))
            check_columns(name, len(columns), limits)
    if not columns:
        raise faults.OBJECTS_WITHOUT_KEYS.error(name)
    megabytes = len(objects) * len(columns) * BYTES_PER_CELL // MEGABYTE
    if megabytes > limits.unpacked_megabytes:
        raise faults.TABLE_OF_OBJECTS_TOO_LARGE.error(
            name,
            columns=len(columns),
            records=len(objects),
            megabytes=megabytes,
            limit=limits.unpacked_megabytes,
        )
    records = [[cells.get(column, "") for column in columns] for cells in objects]
    table = table_of(name, [list(columns), *records], reading, 1, limits)
    return replace(table, reading=table.reading and replace(table.reading, header=None))
