"""How to read a file, and the limits of what is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


def unobserved(_count: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file; options that are not set are found from its content."""

    encoding: str = ""
    """By its name in Python: ``cp1252``, ``utf-16``, ``shift_jis``, ..."""
    delimiter: str = ""
    """One character."""
    sheet: str = ""
    """The only sheet of a workbook to read."""
    header: int | None = None
    """The number of the record that names the columns; 0 if none does."""
    on_bytes: Callable[[int], None] = field(default=unobserved, compare=False, repr=False)
    """Is told each time how many more bytes of a large file have been read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest files and tables that are read, so that none exhausts the memory."""

    megabytes: int = 512
    """The size of a file on disk."""
    unpacked_megabytes: int = 2_048
    """The memory that a file takes when unpacked or parsed."""
    records: int = 2_000_000
    """The records of a table."""
    columns: int = 2_000
    """The columns of a table."""
    characters: int = 1_000_000
    """The length of a cell."""


DEFAULT_LIMITS = Limits()
