"""Days as tables write them: ``2024-01-31``, ``31.01.2024``, ``1/31/2024``, ``31 janvier 2024``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from babel.dates import get_month_names

Day = tuple[int, int, int]
"""Year, month and day; a month or a day that is not given is 0. Tables may have the year 9999,
which stands for no end."""
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
BETWEEN = r"(?:[-/.\s]{1,2}|\s+de\s+)"
YEAR_LAST = re.compile(rf"(\d{{1,2}}){BETWEEN}(\d{{1,2}}|[^\W\d]+\.?){BETWEEN}(\d{{4}})(?: .*)?")
MONTH_NAME_FIRST = re.compile(r"([^\W\d]+\.?)\s+(\d{1,2}),?\s+(\d{4})")
MONTHS = 12
NO_MONTH = MONTHS + 1
"""In place of a word that is the name of no month: no day has it."""
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
LAST_DAY = 31


def today() -> date:
    """Return the day in the calendar of whoever runs the program."""
    return date.today()  # noqa: DTZ011


def is_month_first(cells: Iterable[str]) -> bool | None:
    """Return whether a column writes ``month/day/year``; None if no cell tells.

    A number over 12 tells. A column in which the order does not matter is None, too.
    """
    first = second = False
    for cell in cells:
        match = YEAR_LAST.fullmatch(cell)
        if match and match[2].isdecimal():
            first |= int(match[1]) > MONTHS
            second |= int(match[2]) > MONTHS
    return second if first or second else None


def is_ambiguous(cell: str) -> bool:
    """Return whether the order of day and month matters for a cell."""
    match = YEAR_LAST.fullmatch(cell)
    return bool(match and match[2].isdecimal() and match[1] != match[2])


def day_in(cell: str, *, month_first: bool) -> Day | None:
    """Return the day in a cell; None if it has none."""
    if match := COMPACT.fullmatch(cell) or YEAR_FIRST.fullmatch(cell):
        year, month, day = (int(part or 0) for part in match.groups())
    elif match := YEAR_LAST.fullmatch(cell):
        first, second, year = int(match[1]), match[2], int(match[3])
        if not second.isdecimal():
            month, day = month_number(second) or NO_MONTH, first
        else:
            month, day = (first, int(second)) if month_first else (int(second), first)
    elif match := MONTH_NAME_FIRST.fullmatch(cell):
        month, day, year = month_number(match[1]) or NO_MONTH, int(match[2]), int(match[3])
    else:
        return None
    return (year, month, day) if month <= MONTHS and day <= LAST_DAY else None


def month_number(name: str) -> int:
    """Return the number of a month by its name in one of the usual languages; 0 if it is none."""
    return _months().get(name.rstrip(".").casefold(), 0)


@cache
def _months() -> Mapping[str, int]:
    """Return the numbers of months by name, whole and abbreviated, in the usual languages."""
    return {
        name.rstrip(".").casefold(): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
