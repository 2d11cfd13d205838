"""Cells of spreadsheets become text, as their keeper sees it where that can be told."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | time | timedelta
"""``bool`` and ``int`` are numbers to Python, and ``datetime`` is a date."""
WHOLE = re.compile("[+-]?[0-9]+")
MAX_DIGITS = 1e21
"""From here on a number is no longer written out, as in JavaScript."""


def cell_text(cell: Cell) -> str:
    """Return a cell as text: ``7``, ``TRUE``, ``2026-01-02``; a time only where there is one."""
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
    """Return a number without a fraction that is none, and without an exponent if it is whole."""
    if math.isfinite(number) and number == int(number) and abs(number) < MAX_DIGITS:
        return str(int(number))
    return repr(number)


def written_number(text: str) -> str:
    """Return a number that is written in a file; a whole one keeps every digit it has."""
    if WHOLE.fullmatch(text):
        return text
    try:
        return number_text(float(text))
    except ValueError:
        return text


def duration_text(duration: timedelta) -> str:
    """Return hours, minutes and seconds: ``36:00:00``."""
    seconds = round(duration.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def rectangle(records: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return records of one length, without the empty ones at the end and columns without text."""
    last = max((at for at, record in enumerate(records, start=1) if any(record)), default=0)
    width = max((_length(record) for record in records[:last]), default=0)
    return [[*record[:width], *[""] * (width - len(record))] for record in records[:last]]


def _length(record: Sequence[str]) -> int:
    return next((at for at in range(len(record), 0, -1) if record[at - 1]), 0)
