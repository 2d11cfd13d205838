"""The report of an import: how each table was read and used, counts, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from components.importing.reasons import Explanation, alternative, description
from components.importing.table_roles import PEOPLE, UNITS, RecognizedTables
from components.model.counts import counts_of
from components.model.facts import FactColumn
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
    facts: Mapping[str, str] = field(default_factory=dict)
    """The kind of each of its columns of facts, by heading."""
    unused: tuple[str, ...] = ()
    """Its columns that are not used."""
    reason: str = ""
    """Why the units are understood in this way, in a sentence."""
    alternative: str = ""
    """What a close second interpretation would give, and how it is chosen."""
    candidates: tuple[Explanation, ...] = ()
    """All interpretations of the table of units, the best first."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An organization, and how its tables were understood."""

    organization: Organization
    tables: tuple[TableReport, ...]


def table_reports(
    tables: Tables, recognized: RecognizedTables, facts: Mapping[str, FactColumn]
) -> tuple[TableReport, ...]:
    """Return a report of each table, in the order of the dataset."""
    units = recognized.units
    roles = {role.table: role for role in (units, *recognized.side.values())}
    reports = []
    for table in tables.frames:
        reading = tables.readings.get(table)
        whole = recognized.parts.get(table, table)
        role = roles.get(whole)
        if whole in recognized.level_tables:
            reports.append(TableReport(table, UNITS, {}, reading))
        elif role is None:
            reports.append(TableReport(table, "", {}, reading))
        else:
            # All columns of units, and of people, that have no role are facts.
            unused = () if role.role in {UNITS, PEOPLE} else role.unused_columns()
            columns = role.reported_columns()
            reports.append(TableReport(table, role.role, columns, reading, unused=unused))
    at = next((n for n, each in enumerate(reports) if each.role == UNITS), None)
    if at is not None:
        reports[at] = replace(
            reports[at],
            facts={
                fact.heading: f"{fact.kind}, {fact.unit}" if fact.unit else str(fact.kind)
                for fact in facts.values()
            },
            reason=description(recognized.candidates[0]),
            alternative=alternative(recognized.candidates),
            candidates=tuple(each.explanation() for each in recognized.candidates),
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
                **({"facts": dict(table.facts)} if table.facts else {}),
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
