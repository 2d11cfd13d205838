"""The budget of memory for a file: one that would exhaust it is rejected before it is read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from components import faults
from components.reading.options import Limits

MEGABYTE = 1_000_000
CELL = 64
"""The memory of a cell in bytes, whether it is empty or not."""


@dataclass
class Budget:
    """The limits for one file, and the memory that its content has taken so far.

    Each method raises a ``DataError`` if a limit is exceeded.
    """

    table: str
    limits: Limits
    spent: int = 0
    """In bytes."""

    def check_size(self, size: int) -> None:
        """Check the size of the file in bytes."""
        if size > self.limits.megabytes * MEGABYTE:
            raise faults.FILE_TOO_LARGE.error(
                self.table, megabytes=math.ceil(size / MEGABYTE), limit=self.limits.megabytes
            )

    def check_columns(self, sheet: str, columns: int) -> None:
        """Check the width of a sheet."""
        if columns > self.limits.columns:
            raise faults.SHEET_TOO_WIDE.error(
                self.table, sheet=sheet, columns=columns, limit=self.limits.columns
            )

    def check_characters(self, characters: int) -> None:
        """Check the length of a cell."""
        if characters > self.limits.characters:
            raise faults.SHEET_CELL_TOO_LONG.error(
                self.table, characters=characters, limit=self.limits.characters
            )

    def check_area(self, sheet: str, rows: int, columns: int) -> None:
        """Check the memory that the cells of a sheet would take, the empty ones included."""
        area = rows * columns * CELL
        if self.spent + area > self.limits.unpacked_megabytes * MEGABYTE:
            raise faults.SHEET_TOO_LARGE.error(
                self.table,
                sheet=sheet,
                rows=rows,
                columns=columns,
                megabytes=area // MEGABYTE,
                limit=self.limits.unpacked_megabytes,
            )

    def spend_area(self, rows: int, columns: int) -> None:
        """Add the memory that the cells of a sheet take."""
        self.spend(rows * columns * CELL)

    def spend(self, count: int) -> None:
        """Add a number of bytes."""
        self.spent += count
        if self.spent > self.limits.unpacked_megabytes * MEGABYTE:
            raise faults.UNPACKED_TOO_LARGE.error(
                self.table, megabytes=self.spent // MEGABYTE, limit=self.limits.unpacked_megabytes
            )
