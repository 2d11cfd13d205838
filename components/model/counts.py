"""The counts that describe an organization."""

from __future__ import annotations

from collections import Counter

import numpy as np

from components.model.organization import Organization
from components.problems import ProblemKind


def counts_of(organization: Organization) -> dict[str, int]:
    """Return the counts of an organization; synthetic units are counted as ``placeholders`` only.

    ``roots`` are the units whose record names no parent, ``isolated`` the roots without children;
    ``depth`` is the number of levels.
    """
    placeholders = organization.placeholders
    kinds = Counter(problem.kind for problem in organization.problems)
    at_the_top = np.flatnonzero(organization.depth == int(organization.has_synthetic_top))
    roots = np.setdiff1d(at_the_top, list(placeholders))
    return {
        "units": organization.count(),
        # A cycle was broken at a unit that is drawn as a root, but its record names a parent.
        "roots": len(roots) - kinds[ProblemKind.CYCLE],
        "isolated": int((organization.size[roots] == 1).sum()),
        "depth": organization.levels,
        "relations": len(organization.relations.rows) // 2,
        "responsibilities": len(organization.responsibilities.rows),
        "placeholders": len(placeholders),
        "unknown_parents": kinds[ProblemKind.UNKNOWN_PARENT],
        "cycles": kinds[ProblemKind.CYCLE],
    }
