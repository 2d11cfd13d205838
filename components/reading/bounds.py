"""What is beyond the limits is refused in one sentence, and before it fills the memory."""

from __future__ import annotations

from dataclasses import dataclass

from components.reading.framing import too_large
from components.reading.options import Limits

MEGABYTE = 1_000_000
CELL = 64
"""What a cell costs in memory, in bytes, be there anything in it or not."""


@dataclass
class Budget:
    """What may still be unpacked of one file."""

    table: str
    limits: Limits
    spent: int = 0
    """In bytes."""

    def check_size(self, size: int) -> None:
        """Refuse a file of more bytes than the limit."""
        if size > self.limits.megabytes * MEGABYTE:
            raise too_large(
                self.table,
                f"The file has {-(-size // MEGABYTE):,} MB",
                f"{self.limits.megabytes:,} MB",
                "REMIT_MOST_MEGABYTES",
            )

    def check_columns(self, sheet: str, columns: int) -> None:
        """Refuse a sheet that is wider than the limit."""
        if columns > self.limits.columns:
            raise too_large(
                self.table,
                f"The sheet “{sheet}” has {columns:,} columns",
                f"{self.limits.columns:,}",
                "REMIT_MOST_COLUMNS",
            )

    def check_characters(self, characters: int) -> None:
        """Refuse a cell that is longer than the limit."""
        if characters > self.limits.characters:
            raise too_large(
                self.table,
                f"A cell has {characters:,} characters",
                f"{self.limits.characters:,}",
                "REMIT_MOST_CHARACTERS",
            )

    def check_area(self, sheet: str, rows: int, columns: int) -> None:
        """Refuse a sheet whose cells, be there anything in them or not, take too much memory."""
        taken = rows * columns * CELL
        if self.spent + taken > self.limits.unpacked_megabytes * MEGABYTE:
            raise too_large(
                self.table,
                f"The sheet “{sheet}” reaches to record {rows:,} and column {columns:,}, "
                f"which takes {taken // MEGABYTE:,} MB of memory",
                f"{self.limits.unpacked_megabytes:,} MB",
                "REMIT_MOST_UNPACKED_MEGABYTES",
            )

    def spend_area(self, rows: int, columns: int) -> None:
        """Count the cells of a sheet that was read."""
        self.spend(rows * columns * CELL)

    def spend(self, count: int) -> None:
        """Refuse what is larger, when unpacked, than the limit."""
        self.spent += count
        if self.spent > self.limits.unpacked_megabytes * MEGABYTE:
            raise too_large(
                self.table,
                f"The file unpacks to more than {self.spent // MEGABYTE:,} MB",
                f"{self.limits.unpacked_megabytes:,} MB",
                "REMIT_MOST_UNPACKED_MEGABYTES",
            )
