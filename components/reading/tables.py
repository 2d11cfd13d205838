"""Tables of text, with reports of how they were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from components.problems import DataError, Problem, Severity

DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """How a table was read, for its author to check and to correct by options."""

    format: str
    """``CSV``, ``XLSX``, ``ODS``, ``JSON``, ``GraphML``, ..."""
    records: int = 0
    """The number of records, without the header."""
    encoding: str = ""
    """``UTF-8``, ``Windows-1252``, ...; empty if the format has only one."""
    delimiter: str = ""
    """The character between cells; empty if the format has none."""
    sheet: str = ""
    header: int | None = None
    """The number of the record that names the columns; None if none does."""

    def __str__(self) -> str:
        """Return “Windows-1252, semicolons, header in record 3, 308 records”."""
        parts = [self.encoding or self.format]
        if self.delimiter:
            parts.append(DELIMITER_NAMES.get(self.delimiter, f"“{self.delimiter}” between cells"))
        if self.sheet:
            parts.append(f"sheet “{self.sheet}”")
        if self.header is not None:
            parts.append(f"header in record {self.header}")
        parts.append(f"{self.records:,} record{'s' if self.records != 1 else ''}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Table:
    """A table of a file.

    ``frame`` has text only. Its columns have the header's names, made unique; its index has the
    numbers of the records in the file, counted from 1 with the header and empty records included.
    """

    name: str
    """The name of the file without its ending, of the sheet, or of the data package's resource."""
    frame: pd.DataFrame
    reading: ReadingReport | None = None
    problems: tuple[Problem, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    """What the file says about itself, in the terms of a data package: ``title``, ``language``."""


@dataclass(frozen=True)
class Tables:
    """The tables of a dataset, by name; ``descriptor`` is the data package's, or empty."""

    name: str
    frames: Mapping[str, pd.DataFrame]
    descriptor: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    readings: Mapping[str, ReadingReport] = field(default_factory=dict)


def tables_of(
    name: str, tables: Iterable[Table], descriptor: Mapping[str, Any] | None = None
) -> Tables:
    """Return the dataset of these tables; without a descriptor, with what its file says."""
    tables = list(tables)
    if descriptor is None and tables:
        descriptor = tables[0].about
    return Tables(
        name,
        {table.name: table.frame for table in tables},
        descriptor or {},
        tuple(problem for table in tables for problem in table.problems),
        {table.name: table.reading for table in tables if table.reading},
    )


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
