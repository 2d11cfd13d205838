"""Tables of objects with any keys, for JSON and graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from components import faults
from components.problems import Problem
from components.reading.budget import check_limit, check_memory
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

BYTES_PER_CELL = 8
"""The size of a pointer, which an empty cell takes too."""
FIRST_RECORD = 2
"""The number of the first object, as if a header stood before it."""


@dataclass(frozen=True)
class Units:
    """The units that a file describes, and what it says beside them."""

    format: str
    rows: Iterable[Mapping[str, str]]
    """The cells of each unit by column."""
    title: str = ""
    relations: Sequence[Mapping[str, str]] = ()
    problems: Sequence[Problem] = ()
    parts: str = "nodes"
    """What the format calls units."""

    def tables(self, name: str, limits: Limits) -> list[Table]:
        """Return the table of the units, and one of the relations if there are any.

        Raises:
            DataError: there are no units, or a table is above the limits.
        """
        # One more than the limit allows is enough to exceed it.
        rows = list(islice(self.rows, limits.records + 1))
        reading = ReadingReport(self.format)
        if not rows:
            raise faults.NOTATION_WITHOUT_UNITS.error(name, format=self.format, content=self.parts)
        table = table_of_objects(name, rows, reading, limits)
        about = {"title": self.title} if self.title else {}
        tables = [replace(table, about=about, problems=(*self.problems, *table.problems))]
        if self.relations:
            tables.append(table_of_objects("relations", self.relations, reading, limits))
        return tables


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
