"""Convert spreadsheet cells to text, as close as possible to what the program shows."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | time | timedelta
"""To type checkers ``float`` includes ``int``, and ``date`` includes ``datetime``."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of a sheet."""

    records: list[list[str]]
    """All of the same length."""
    levels: Mapping[int, int] = field(default_factory=dict)
    """The outline levels of the records that are in a group, by their numbers from 1."""


WHOLE = re.compile("[+-]?[0-9]+")
EXPONENT_FROM = 1e21
"""Whole numbers from here on are written with an exponent, as in JavaScript."""


def cell_text(cell: Cell) -> str:
    """Return a cell as text: ``7``, ``TRUE``, ``2026-01-02``; dates have no time at midnight."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, timedelta):
        return duration_text(cell)
    return cell.isoformat()


def number_text(number: float) -> str:
    """Return a number as text; whole numbers without fraction and exponent."""
    if math.isfinite(number) and number == int(number) and abs(number) < EXPONENT_FROM:
        return str(int(number))
    return repr(number)


def written_number(text: str) -> str:
    """Return a number that a file has as text; whole numbers keep all their digits."""
    if WHOLE.fullmatch(text):
        return text
    try:
        return number_text(float(text))
    except ValueError:
        return text


def duration_text(duration: timedelta) -> str:
    """Return a duration in hours, minutes and seconds: ``36:00:00``."""
    seconds = round(duration.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def rectangle(records: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return records of equal length, without the empty records and columns at the end."""
    last = max((n for n, record in enumerate(records, start=1) if any(record)), default=0)
    width = max((_filled_width(record) for record in records[:last]), default=0)
    return [[*record[:width], *[""] * (width - len(record))] for record in records[:last]]


def _filled_width(record: Sequence[str]) -> int:
    return next((n for n in range(len(record), 0, -1) if record[n - 1]), 0)
