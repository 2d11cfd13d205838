"""Combine the tables of several files or sheets, of which some may fail to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from components.problems import DataError, Problem, Severity
from components.reading.tables import Table


def read_each(parts: Iterable[Callable[[], list[Table]]]) -> list[Table]:
    """Return the tables of all parts that can be read.

    The errors of the other parts become warnings of the first table.

    Raises:
        DataError: no part can be read; it has the problems of all.
    """
    tables: list[Table] = []
    failures: list[Problem] = []
    for read in parts:
        try:
            tables += read()
        except DataError as error:
            failures += error.problems
    if not tables:
        raise DataError(failures)
    warnings = [replace(problem, severity=Severity.WARNING) for problem in failures]
    tables[0] = replace(tables[0], problems=(*tables[0].problems, *warnings))
    return tables


def uniquely_named(tables: Iterable[Table]) -> list[Table]:
    """Return tables with unique names: “units”, “units-2”, ..."""
    named: dict[str, Table] = {}
    for table in tables:
        name, count = table.name, 1
        while name in named:
            count += 1
            name = f"{table.name}-{count}"
        named[name] = replace(table, name=name)
    return list(named.values())
