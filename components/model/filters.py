"""Which units a filter leaves: those of some types that answer for something on some themes.

A filter is answered once for all units, by array work; how many units in a part of the preorder
match is then one subtraction (prefix sums), however large the organization is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

KEPT = 8
"""So many answers are kept as they were last asked for; each takes four bytes a unit."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The units that a filter leaves."""

    before: npt.NDArray[np.int32] = field(repr=False)
    """Length ``units + 1``: how many units with a smaller number match."""

    @property
    def total(self) -> int:
        """Return how many units match."""
        return int(self.before[-1])

    def has(self, unit: int) -> bool:
        """Tell whether a unit matches."""
        return self.among(unit, unit + 1) == 1

    def among(self, first: int, end: int) -> int:
        """Return how many of the units ``first`` to ``end - 1`` match."""
        return int(self.before[end] - self.before[first])


class Filters:
    """Answers filters of one organization; may be asked from several threads."""

    def __init__(self, types: Sequence[str], units_by_theme: Mapping[str, Sequence[int]]) -> None:
        places = {name: place for place, name in enumerate(dict.fromkeys(types))}
        self._places = places
        self._working_on = units_by_theme
        self._type_of = np.fromiter(map(places.__getitem__, types), np.int32, len(types))
        self._matches = lru_cache(KEPT)(self._make)
        counts = dict(zip(places, np.bincount(self._type_of).tolist(), strict=True))
        self.types: Mapping[str, int] = {name: count for name, count in counts.items() if name}
        """How many units are of each type, in the order in which the types first occur."""
        self.themes: Mapping[str, int] = {
            theme: len(units) for theme, units in units_by_theme.items() if units
        }
        """How many units work on each theme that any unit works on."""

    def matches(self, types: Sequence[str], themes: Sequence[str]) -> Matches:
        """Return the units of one of the types and with a responsibility on one of the themes.

        No type is any type, no theme is any theme or none.

        Raises:
            KeyError: no unit is of such a type, or there is no such theme.
        """
        return self._matches(frozenset(types), frozenset(themes))

    def _make(self, types: frozenset[str], themes: frozenset[str]) -> Matches:
        match = np.ones(len(self._type_of), np.bool_)
        if types:
            wanted = np.zeros(len(self._places), np.bool_)
            wanted[[self._places[name] for name in types]] = True
            match = wanted[self._type_of]
        if themes:
            works = np.zeros(len(self._type_of), np.bool_)
            for theme in themes:
                works[np.asarray(self._working_on[theme], np.int64)] = True
            match &= works
        before = np.zeros(len(match) + 1, np.int32)
        np.cumsum(match, out=before[1:])
        return Matches(before)
