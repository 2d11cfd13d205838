"""Periods of validity: the records of a table that hold on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from components import faults
from components.importing.cells import Cells, is_missing
from components.importing.evidence import SURELY
from components.importing.profiles import Profile
from components.importing.table_roles import COLUMN_SEPARATOR
from components.model.days import LAST_DAY, MONTHS, Day, day_in, is_month_first
from components.problems import Problem


@dataclass(frozen=True)
class Periods:
    """The columns in which the period of each record begins and ends; one may be empty."""

    begin: str
    end: str


@dataclass(frozen=True)
class RecordsOfDay:
    """The records of a table that hold on a day; all of them if they have no periods."""

    cells: Cells
    columns: tuple[str, ...] = ()
    """The columns of periods."""
    day: date | None = None
    """The day; None if the records have no periods, or if none holds on it."""


def records_on(
    table: str, cells: Cells, day: date, given: Mapping[str, str], problems: list[Problem]
) -> RecordsOfDay:
    """Return the records of a table whose period includes a day; all of them if none does.

    Records that have ended or begin later are counted in ``problems``.
    """
    periods = _periods(Profile(cells), given)
    if not periods:
        return RecordsOfDay(cells)
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
        return RecordsOfDay(cells, named, day)
    columns = " and ".join(f"“{column}”" for column in named)
    if not any(holding):
        problems.append(
            faults.NO_PERIOD.problem(table, column=named[-1], columns=columns, day=day.isoformat())
        )
        return RecordsOfDay(cells, named)
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
    return RecordsOfDay(Cells(cells.frame[holding], cells.derived), named, day)


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
    month_first = bool(is_month_first(cells))
    return [None if is_missing(cell) else day_in(cell, month_first=month_first) for cell in cells]


def _first(day: Day) -> Day:
    return day[0], day[1] or 1, day[2] or 1


def _last(day: Day) -> Day:
    return day[0], day[1] or MONTHS, day[2] or LAST_DAY
