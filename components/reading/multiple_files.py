"""Several tables from several places: what can be read is read, and the rest is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from components.problems import DataError, Problem, Severity
from components.reading.tables import Table


def read_each(parts: Iterable[Callable[[], list[Table]]]) -> list[Table]:
    """Return the tables of all parts that can be read.

    What is wrong with the others is said as warnings beside the first table.

    Raises:
        DataError: none of them can be read, for all these reasons.
    """
    tables: list[Table] = []
    faults: list[Problem] = []
    for read in parts:
        try:
            tables += read()
        except DataError as error:
            faults += error.problems
    if not tables:
        raise DataError(faults)
    warnings = [replace(fault, severity=Severity.WARNING) for fault in faults]
    tables[0] = replace(tables[0], problems=(*tables[0].problems, *warnings))
    return tables


def told_apart(tables: Iterable[Table]) -> list[Table]:
    """Return tables with names of their own: “units”, “units-2”, ..."""
    named: dict[str, Table] = {}
    for table in tables:
        name, count = table.name, 1
        while name in named:
            count += 1
            name = f"{table.name}-{count}"
        named[name] = replace(table, name=name)
    return list(named.values())
