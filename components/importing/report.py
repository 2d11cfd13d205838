"""The report of an import: how each table was read and used, counts, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from components.importing.table_roles import RecognizedTables
from components.model.counts import counts_of
from components.model.organization import Organization
from components.problems import Problem
from components.reading.tables import ReadingReport, Tables


@dataclass(frozen=True, slots=True)
class TableReport:
    """How a table was read, and its role."""

    table: str
    role: str
    """``units``, ``responsibilities``, ``relations``, ...; empty if it was not used."""
    columns: Mapping[str, str]
    """Its columns by standard column: ``{"parent_id": "reports_to"}``."""
    reading: ReadingReport | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """An organization, and how its tables were understood."""

    organization: Organization
    tables: tuple[TableReport, ...]


def table_reports(tables: Tables, recognized: RecognizedTables) -> tuple[TableReport, ...]:
    """Return a report of each table, in the order of the dataset."""
    roles = {role.table: role for role in (recognized.units, *recognized.side.values())}
    return tuple(
        TableReport(
            table,
            roles[table].role if table in roles else "",
            roles[table].reported_columns() if table in roles else {},
            tables.readings.get(table),
        )
        for table in tables.frames
    )


def report(imported: Imported) -> dict[str, Any]:
    """Return the report as JSON: counts, how each table was ``read``, and ``problems``."""
    return {
        **counts_of(imported.organization),
        "read": [
            {
                "table": table.table,
                "use": table.role,
                "columns": dict(table.columns),
                **(asdict(table.reading) if table.reading else {}),
            }
            for table in imported.tables
        ],
        "problems": [problem.as_dict() for problem in imported.organization.problems],
    }


def refusal_report(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the report of a dataset of which nothing can be drawn."""
    counts = ("units", "roots", "depth", "relations", "responsibilities")
    return {
        **dict.fromkeys(counts, 0),
        "read": [],
        "problems": [problem.as_dict() for problem in problems],
    }
