"""The catalogue of faults: the text of every problem that is reported, and its remedy.

The entries stand in ``faults.toml``; each is an attribute here: ``faults.UNKNOWN_PARENT``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from components.problems import Fault, ProblemKind, Severity


@cache
def catalogue() -> Mapping[str, Fault]:
    """Return all faults by name."""
    entries = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        name: Fault(
            ProblemKind(entry["kind"]),
            entry["reason"],
            entry["remedy"],
            Severity(entry.get("severity", Severity.WARNING)),
        )
        for name, entry in entries.items()
    }


def __getattr__(name: str) -> Fault:
    """Return the fault of a name; ``tests/test_faults.py`` checks the names that are used."""
    try:
        return catalogue()[name]
    except KeyError:
        raise AttributeError(f"There is no fault {name} in faults.toml.") from None
