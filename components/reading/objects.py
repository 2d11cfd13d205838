"""Tables of objects with any keys, for JSON and graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from components import faults
from components.reading.budget import check_limit, check_memory
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

BYTES_PER_CELL = 8
"""The size of a pointer, which an empty cell takes too."""
FIRST_RECORD = 2
"""The number of the first object, as if a header stood before it."""


def table_of_objects(
    name: str, objects: Sequence[Mapping[str, str]], reading: ReadingReport, limits: Limits
) -> Table:
    """Return a table with a record for each object and a column for each key, in order.

    Raises:
        DataError: no object has a key, or the table is above the limits.
    """
    check_limit(name, limits, "records", len(objects))
    columns: dict[str, None] = {}
    for cells in objects:
        if not cells.keys() <= columns.keys():
            columns.update(dict.fromkeys(cells))
            check_limit(name, limits, "columns", len(columns))
    if not columns:
        raise faults.EMPTY_OBJECTS.error(name)
    size = len(objects) * len(columns) * BYTES_PER_CELL
    check_memory(name, limits, size, f"The table of {len(columns):,} columns")
    records = [[cells.get(column, "") for column in columns] for cells in objects]
    table = table_of(name, [list(columns), *records], reading, 1, limits)
    return replace(table, reading=table.reading and replace(table.reading, header=None))
