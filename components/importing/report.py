"""The report of an import: how each table was read and used, figures, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from components.model.organization import Organization
from components.problems import Problem, ProblemKind
from components.reading.tables import ReadingReport


@dataclass(frozen=True, slots=True)
class TableReport:
    """How a table was read, and what it was used as."""

    table: str
    use: str
    """``units``, ``responsibilities``, ``relations``, ...; empty if it was not used."""
    columns: Mapping[str, str]
    """The table's column for each of ours: ``{"parent_id": "reports_to"}``."""
    reading: ReadingReport | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """An organization, and how its tables were understood."""

    organization: Organization
    tables: tuple[TableReport, ...]


def counts_of(organization: Organization) -> dict[str, int]:
    """Return the figures of an organization as its table has it.

    What was made to draw it does not count: a top that gathers roots, and placeholders of
    parents. ``roots`` are the units whose record names no parent, ``isolated`` those of them with
    nothing below; ``depth`` is the number of levels.
    """
    placeholders = organization.placeholders
    kinds = Counter(problem.kind for problem in organization.problems)
    at_the_top = np.flatnonzero(organization.depth == int(organization.has_synthetic_top))
    roots = np.setdiff1d(at_the_top, list(placeholders))
    return {
        "units": organization.count(),
        "roots": len(roots) - kinds[ProblemKind.CYCLE],
        "isolated": int((organization.size[roots] == 1).sum()),
        "depth": organization.levels,
        "relations": len(organization.relations.rows) // 2,
        "responsibilities": len(organization.responsibilities.rows),
        "placeholders": len(placeholders),
        "unknown_parents": kinds[ProblemKind.UNKNOWN_PARENT],
        "cycles": kinds[ProblemKind.CYCLE],
    }


def report(imported: Imported) -> dict[str, Any]:
    """Return the report as JSON: figures, how each table was ``read``, and ``problems``."""
    return {
        **counts_of(imported.organization),
        "read": [_read(table) for table in imported.tables],
        "problems": [problem.as_dict() for problem in imported.organization.problems],
    }


def refusal_report(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the report of a dataset of which nothing can be drawn."""
    figures = ("units", "roots", "depth", "relations", "responsibilities")
    told = [problem.as_dict() for problem in problems]
    return {**dict.fromkeys(figures, 0), "read": [], "problems": told}


def _read(table: TableReport) -> Mapping[str, Any]:
    reading = asdict(table.reading) if table.reading else {}
    return {"table": table.table, "use": table.use, "columns": dict(table.columns), **reading}
