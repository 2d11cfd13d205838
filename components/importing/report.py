"""The report of an import: how each table was read and used, counts, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from components.importing.reasons import Candidate, alternative, description
from components.importing.table_roles import UNITS, RecognizedTables
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
    unused: tuple[str, ...] = ()
    """Its columns that are not used."""
    reason: str = ""
    """Why the units are understood in this way, in a sentence."""
    alternative: str = ""
    """What a close second interpretation would give, and how it is chosen."""
    candidates: tuple[Candidate, ...] = ()
    """All interpretations of the table of units, the best first."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An organization, and how its tables were understood."""

    organization: Organization
    tables: tuple[TableReport, ...]


def table_reports(tables: Tables, recognized: RecognizedTables) -> tuple[TableReport, ...]:
    """Return a report of each table, in the order of the dataset."""
    units = recognized.units
    roles = {role.table: role for role in (units, *recognized.side.values())}
    reports = []
    for table in tables.frames:
        reading = tables.readings.get(table)
        role = roles.get(table)
        if table in recognized.level_tables:
            reports.append(TableReport(table, UNITS, {}, reading))
        elif role is None:
            reports.append(TableReport(table, "", {}, reading))
        else:
            unused = [name for name in role.unused_columns() if name not in recognized.periods]
            reports.append(
                TableReport(table, role.role, role.reported_columns(), reading, tuple(unused))
            )
    at = next((n for n, each in enumerate(reports) if each.role == UNITS), None)
    if at is not None:
        reports[at] = replace(
            reports[at],
            reason=description(recognized.candidates[0]),
            alternative=alternative(recognized.candidates),
            candidates=recognized.candidates,
        )
    return tuple(reports)


def report(imported: Imported, *, explain: bool = False) -> dict[str, Any]:
    """Return the report as JSON: counts, how each table was ``read``, and ``problems``.

    With ``explain`` the table of units has all its ``candidates`` with their scores.
    """
    return {
        **counts_of(imported.organization),
        "read": [
            {
                "table": table.table,
                "use": table.role,
                "columns": dict(table.columns),
                "unused": list(table.unused),
                **({"reason": table.reason} if table.reason else {}),
                **({"alternative": table.alternative} if table.alternative else {}),
                **(
                    {"candidates": [each.as_dict() for each in table.candidates]}
                    if explain and table.candidates
                    else {}
                ),
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
