"""Objects of any width become one table: what JSON and graphs have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from components.problems import DataError, ProblemKind, refusal
from components.reading.options import Limits
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

MEGABYTE = 1_000_000
POINTER = 8
"""The bytes that even an empty cell takes."""
FIRST_RECORD = 2
"""The number of the first object, as if a header stood before it."""


def refuse_large_file(path: Path, name: str, limits: Limits) -> None:
    """Do nothing if a file is as small as it has to be, and not empty.

    Raises:
        DataError: it is empty, or larger than the limit.
    """
    size = path.stat().st_size
    if not size:
        raise refusal(
            ProblemKind.EMPTY, name, "The file is empty.", "Save it again where it was made."
        )
    if size > limits.megabytes * MEGABYTE:
        raise too_large(
            name,
            f"The file has {size / MEGABYTE:,.1f} megabytes",
            limits.megabytes,
            "REMIT_MOST_MEGABYTES",
        )


def too_large(name: str, figure: str, limit: int, setting: str) -> DataError:
    """Return the error that says what is beyond which limit, and how the limit is set."""
    return refusal(
        ProblemKind.TOO_LARGE,
        name,
        f"{figure}, and at most {limit:,} are read.",
        f"Split it, or raise the limit with {setting}.",
    )


def too_many_records(name: str, found: int, limits: Limits) -> DataError:
    """Return the error that says that a table has more records than are read."""
    return too_large(
        name, f"The table has {found:,} records or more", limits.records, "REMIT_MOST_RECORDS"
    )


def too_many_columns(name: str, found: int, limits: Limits) -> DataError:
    """Return the error that says that a table has more columns than are read."""
    return too_large(
        name, f"The table has {found:,} columns or more", limits.columns, "REMIT_MOST_COLUMNS"
    )


def table_of_objects(
    name: str, objects: Sequence[Mapping[str, str]], reading: ReadingReport, limits: Limits
) -> Table:
    """Return a table with a record for each object and a column for each key, as they occur.

    Raises:
        DataError: there is nothing in any object, or more than the limits allow.
    """
    if len(objects) > limits.records:
        raise too_many_records(name, len(objects), limits)
    columns: dict[str, None] = {}
    for each in objects:
        if not each.keys() <= columns.keys():
            columns.update(dict.fromkeys(each))
            if len(columns) > limits.columns:
                raise too_many_columns(name, len(columns), limits)
    if not columns:
        raise refusal(
            ProblemKind.EMPTY, name, "There is nothing in its objects.", "Give them names."
        )
    megabytes = len(objects) * len(columns) * POINTER // MEGABYTE
    if megabytes > limits.unpacked_megabytes:
        raise too_large(
            name,
            f"With {len(columns):,} columns for {len(objects):,} records the table takes "
            f"{megabytes:,} megabytes",
            limits.unpacked_megabytes,
            "REMIT_MOST_UNPACKED_MEGABYTES",
        )
    records = [[each.get(column, "") for column in columns] for each in objects]
    table = table_of(name, [list(columns), *records], reading, 1, limits)
    said = replace(table.reading, header=None) if table.reading else None
    return replace(table, reading=said)


def untaken(name: str, taken: Collection[str]) -> str:
    """Return a name, with the next number behind it if it is taken."""
    if name not in taken:
        return name
    # Numbers are given in turn, so that the next one is found by halving: a file of nothing but
    # one name is no reason to wait.
    used, free = 1, 2
    while f"{name} ({free})" in taken:
        used, free = free, 2 * free
    while free - used > 1:
        between = (used + free) // 2
        if f"{name} ({between})" in taken:
            used = between
        else:
            free = between
    return f"{name} ({free})"


def joined(cells: Iterable[str]) -> str:
    """Return the cells that are not empty as one, each only once."""
    return ";".join(dict.fromkeys(cell for cell in cells if cell))
