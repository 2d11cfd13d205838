"""Tables of text, and how they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from components.problems import Problem

DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """How a table was read: what its keeper may have to set otherwise."""

    format: str
    """``CSV``, ``XLSX``, ``ODS``, ``JSON``, ``GraphML``, ..."""
    records: int = 0
    """How many records were read, the header not counted."""
    encoding: str = ""
    """``UTF-8``, ``Windows-1252``, ...; empty where the format fixes it."""
    delimiter: str = ""
    """The character between cells; empty where the format has none."""
    sheet: str = ""
    header: int | None = None
    """The number of the record that names the columns; None where none does."""

    def __str__(self) -> str:
        """Return it in words: "Windows-1252, semicolons, header in record 3, 308 records"."""
        said = [self.encoding or self.format]
        if self.delimiter:
            said.append(DELIMITER_NAMES.get(self.delimiter, f"“{self.delimiter}” between cells"))
        if self.sheet:
            said.append(f"sheet “{self.sheet}”")
        if self.header is not None:
            said.append(f"header in record {self.header}")
        said.append(f"{self.records:,} record{'s' if self.records != 1 else ''}")
        return ", ".join(said)


@dataclass(frozen=True)
class Table:
    """One table as it stands in a file: ``frame`` has text only.

    The frame's columns are the header's, each with a name of its own; its index holds the numbers
    of the records in their file, of which the first is 1, whether it is the header or not.
    """

    name: str
    """Of the file without its ending, of the sheet, or of the data package's resource."""
    frame: pd.DataFrame
    reading: ReadingReport | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Tables:
    """The tables of one dataset, by name. ``descriptor`` is the data package's, or empty."""

    name: str
    frames: Mapping[str, pd.DataFrame]
    descriptor: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    readings: Mapping[str, ReadingReport] = field(default_factory=dict)


def tables_of(
    name: str, tables: Iterable[Table], descriptor: Mapping[str, Any] | None = None
) -> Tables:
    """Return tables that were read one by one as one dataset."""
    tables = list(tables)
    return Tables(
        name,
        {table.name: table.frame for table in tables},
        descriptor or {},
        tuple(problem for table in tables for problem in table.problems),
        {table.name: table.reading for table in tables if table.reading},
    )
