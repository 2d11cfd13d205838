"""The signs of what has become of units, where an organization stands for two states of it.

A sign stands before the name of a unit, in every diagram and every form of the name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from components.diagrams.text import NO_BREAK_SPACE
from components.model.changes import ChangeKind
from components.model.history import History
from components.model.scope import Scope
from components.words import Words


class Sign(StrEnum):
    """What has become of a unit, as characters of the diagrams' font; the first that applies."""

    GONE = "−"  # a minus
    NEW = "+"
    MOVED = "→"
    RENAMED = "~"
    CHANGED = "•"
    """Anything else of it differs: its type, its head, a fact, a number, a responsibility, ..."""

    @property
    def css_class(self) -> str:
        """Return the class of what is drawn for the unit: ``gone``, ``new``, ``moved``, ..."""
        return self.name.lower()

    def before(self, name: str) -> str:
        """Return a name with the sign before it, on the same line."""
        return f"{self}{NO_BREAK_SPACE}{name}"


COUNTED = {
    ChangeKind.NEW: Sign.NEW,
    ChangeKind.GONE: Sign.GONE,
    ChangeKind.MOVED: Sign.MOVED,
}
"""The signs of what is counted where units are not drawn, in their order."""


def sign_of(history: History | None, unit: int) -> Sign | None:
    """Return the sign of a unit; None if it is as before, or if there is one state only."""
    if history is None:
        return None
    if kind := history.mark(unit):
        return COUNTED[kind]
    if unit in history.renamed:
        return Sign.RENAMED
    return Sign.CHANGED if unit in history.changes else None


def signs_in(scope: Scope) -> list[Sign]:
    """Return the signs in the picture of a scope: of the units, and of what is not drawn."""
    history = scope.organization.history
    if history is None:
        return []
    found = {sign_of(history, unit) for unit in scope.units}
    found |= {COUNTED[kind] for kind in hidden_changes(scope)}
    return [sign for sign in Sign if sign in found]


def hidden_changes(scope: Scope) -> Mapping[ChangeKind, int]:
    """Return how many units are new, gone or have moved that are not drawn in a scope."""
    history = scope.organization.history
    if history is None:
        return {}
    drawn = np.array(scope.units if scope.group is None else scope.units[1:], np.int64)
    all_units = history.counts(scope.roots, scope.roots + scope.organization.size[scope.roots])
    return Counter(all_units) - Counter(history.counts(drawn, drawn + 1))


def counted(changes: Mapping[ChangeKind, int]) -> str:
    """Return how many units are new, gone and moved, by their signs: "+3 −1"."""
    return NO_BREAK_SPACE.join(
        f"{sign}{changes[kind]}" for kind, sign in COUNTED.items() if kind in changes
    )


def sign_text(sign: Sign, words: Words) -> str:
    """Return what a sign means, as legends say it."""
    return words(f"legend-{sign.css_class}")
