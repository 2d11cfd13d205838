"""What a keeper may set where reading guesses, and where reading stops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file; what is not set is found in the file itself."""

    encoding: str = ""
    """As Python names it: ``cp1252``, ``utf-16``, ``shift_jis``, ..."""
    delimiter: str = ""
    """One character."""
    sheet: str = ""
    """The sheet of a workbook that has the units; the other sheets are not read then."""
    header: int | None = None
    """The record that names the columns; 0 where none does."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused rather than read: a table of people is none that fills a machine's memory."""

    megabytes: int = 512
    """Of a file as it lies on the disk."""
    unpacked_megabytes: int = 2_048
    """Of what a workbook holds when unpacked."""
    records: int = 2_000_000
    """Of one table."""
    columns: int = 2_000
    """Of one table."""
    characters: int = 1_000_000
    """Of one cell."""


DEFAULT_LIMITS = Limits()
