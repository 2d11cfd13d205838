"""Periods of validity: the records of a table that hold on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import get_month_names

from components import faults
from components.importing.cells import Cells, is_missing
from components.importing.evidence import SURELY
from components.importing.profiles import Profile
from components.importing.table_roles import COLUMN_SEPARATOR
from components.problems import Problem

Day = tuple[int, int, int]
"""Year, month and day; tuples may have the year 9999, which stands for no end."""
YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.\s]{1,2}(\d{1,2}|[^\W\d]+\.?)[-/.\s]{1,2}(\d{4})(?: .*)?")
MONTHS = 12
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
LAST_DAY = 31


@dataclass(frozen=True)
class Periods:
    """The columns in which the period of each record begins and ends; one may be empty."""

    begin: str
    end: str


def records_on(
    table: str, cells: Cells, day: date, given: Mapping[str, str], problems: list[Problem]
) -> tuple[Cells, tuple[str, ...]]:
    """Return the records of a table whose period includes a day, and the columns of periods.

    All records are returned if they have no periods, or if none holds on the day. Records that have
    ended or begin later are counted in ``problems``.
    """
    periods = _periods(Profile(cells), given)
    if not periods:
        return cells, ()
    named = tuple(column for column in (periods.begin, periods.end) if column)
    begins, ends = (
        _days(cells.of(column)) if column else [None] * len(cells)
        for column in (periods.begin, periods.end)
    )
    on = (day.year, day.month, day.day)
    ended = [end is not None and _last(end) < on for end in ends]
    future = [begin is not None and _first(begin) > on for begin in begins]
    holding = [not (over or later) for over, later in zip(ended, future, strict=True)]
    if all(holding):
        return cells, named
    columns = " and ".join(f"“{column}”" for column in named)
    if not any(holding):
        problems.append(
            faults.NO_PERIOD.problem(table, column=named[-1], columns=columns, day=day.isoformat())
        )
        return cells, named
    later = sum(1 for over, coming in zip(ended, future, strict=True) if coming and not over)
    problems.append(
        faults.PERIODS.problem(
            table,
            column=named[-1],
            columns=columns,
            day=day.isoformat(),
            ended=_counted(sum(ended), "has ended", "have ended"),
            later=_counted(later, "begins later", "begin later"),
        )
    )
    return Cells(cells.frame[holding]), named


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _periods(profile: Profile, given: Mapping[str, str]) -> Periods | None:
    """Return the columns of periods: both ends, or an end alone, by heading and cells."""
    taken = {part for name in given.values() for part in name.split(COLUMN_SEPARATOR)}
    columns = []
    for column in ("valid_from", "valid_to"):
        named = [given[column]] if column in given else profile.whole(column)
        dates = [name for name in named if name not in taken or column in given]
        columns.append(next((name for name in dates if _has_dates(profile.sample(name))), ""))
    begin, end = columns
    return Periods(begin, end) if end and begin != end else None


def _has_dates(sample: Sequence[str]) -> bool:
    days = _days(sample)
    return bool(sample) and sum(day is not None for day in days) >= SURELY * len(sample)


def _days(cells: Iterable[str]) -> list[Day | None]:
    """Return the day in each cell; months and days that are not given are 0."""
    cells = list(cells)
    month_first = any(
        (match := YEAR_LAST.fullmatch(cell)) and match[2].isdecimal() and int(match[2]) > MONTHS
        for cell in cells
    )
    return [_day(cell, month_first=month_first) for cell in cells]


def _day(cell: str, *, month_first: bool) -> Day | None:
    if is_missing(cell):
        return None
    if match := COMPACT.fullmatch(cell) or YEAR_FIRST.fullmatch(cell):
        year, month, day = (int(part or 0) for part in match.groups())
    elif match := YEAR_LAST.fullmatch(cell):
        first, second, year = int(match[1]), match[2], int(match[3])
        if not second.isdecimal():
            month, day = _months().get(second.rstrip(".").casefold(), 0), first
        else:
            month, day = (first, int(second)) if month_first else (int(second), first)
    else:
        return None
    return (year, month, day) if month <= MONTHS and day <= LAST_DAY else None


def _first(day: Day) -> Day:
    return day[0], day[1] or 1, day[2] or 1


def _last(day: Day) -> Day:
    return day[0], day[1] or MONTHS, day[2] or LAST_DAY


@cache
def _months() -> Mapping[str, int]:
    """Return the numbers of months by name, whole and abbreviated, in the usual languages."""
    return {
        name.rstrip(".").casefold(): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
