"""The budget of memory for a file: one that would exhaust it is rejected before it is read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from components import faults
from components.reading.options import Limits

MEGABYTE = 1_000_000
CELL = 64
"""The memory of a cell in bytes, whether it is empty or not."""


def check_limit(
    table: str, limits: Limits, limit: str, count: float, what: str = "The table", **place: object
) -> None:
    """Raise a DataError if a count exceeds the limit of that name.

    ``what`` has so much of it, or more; ``place`` is that of the problem.
    """
    most = getattr(limits, limit)
    if count > most:
        is_size = limit.endswith("megabytes")
        raise faults.TOO_LARGE.error(
            table,
            what=what,
            count=f"{math.ceil(count):,} {'MB' if is_size else limit}",
            limit=f"{most:,}{' MB' if is_size else ''}",
            setting=f"REMIT_MOST_{limit.upper()}",
            **place,
        )


def check_memory(
    table: str, limits: Limits, size: float, what: str = "The file, unpacked,"
) -> None:
    """Raise a DataError for content that takes more memory, in bytes, than the limit."""
    check_limit(table, limits, "unpacked_megabytes", size / MEGABYTE, what)


def check_size(path: Path, table: str, limits: Limits) -> None:
    """Raise a DataError for a file that is larger than the limit."""
    check_limit(table, limits, "megabytes", path.stat().st_size / MEGABYTE, "The file")


@dataclass
class Budget:
    """The limits for the sheets of one file, and the memory that they have taken so far.

    Each method raises a ``DataError`` if a limit is exceeded.
    """

    table: str
    limits: Limits
    spent: int = 0
    """In bytes."""

    def check_columns(self, sheet: str, columns: int) -> None:
        """Check the width of a sheet."""
        if columns > self.limits.columns:  # Most cells are within it: no text is made for them.
            check_limit(self.table, self.limits, "columns", columns, f"The sheet “{sheet}”")

    def check_characters(self, characters: int) -> None:
        """Check the length of a cell."""
        if characters > self.limits.characters:
            check_limit(self.table, self.limits, "characters", characters, "A cell")

    def check_area(self, sheet: str, rows: int, columns: int) -> None:
        """Check the memory that the cells of a sheet would take, the empty ones included."""
        area = self.spent + rows * columns * CELL
        if area > self.limits.unpacked_megabytes * MEGABYTE:
            extent = f"extends to record {rows:,} and column {columns:,} and thus"
            check_memory(self.table, self.limits, area, f"The sheet “{sheet}” {extent}")

    def spend_area(self, rows: int, columns: int) -> None:
        """Add the memory that the cells of a sheet take."""
        self.spend(rows * columns * CELL)

    def spend(self, count: int) -> None:
        """Add a number of bytes."""
        self.spent += count
        if self.spent > self.limits.unpacked_megabytes * MEGABYTE:
            check_memory(self.table, self.limits, self.spent)
