"""Filters: the units of some types that have responsibilities on some themes.

A filter is computed once for all units. The number of matches in any range of the preorder is then
a difference of two prefix sums, however large the organization is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

MAX_CACHED = 8
"""Filters whose matches are cached, at four bytes per unit."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The units that match a filter."""

    before: npt.NDArray[np.int32] = field(repr=False)
    """Length ``units + 1``: the number of matches with a smaller unit number."""

    @property
    def total(self) -> int:
        """Return the number of matches."""
        return int(self.before[-1])

    def has(self, unit: int) -> bool:
        """Return whether a unit matches."""
        return self.among(unit, unit + 1) == 1

    def among(self, first: int, end: int) -> int:
        """Return the number of matches among the units ``first`` to ``end - 1``."""
        return int(self.before[end] - self.before[first])


class Filters:
    """The filters of one organization; safe to use from several threads."""

    def __init__(self, types: Sequence[str], units_by_theme: Mapping[str, Sequence[int]]) -> None:
        counts = Counter(types)
        self.types: Mapping[str, int] = {name: count for name, count in counts.items() if name}
        """The number of units of each type, in order of first occurrence."""
        self.themes: Mapping[str, int] = {
            theme: len(units) for theme, units in units_by_theme.items() if units
        }
        """The number of units with a responsibility on each theme that has any."""
        self._units_by_theme = units_by_theme
        self._type_numbers = {name: number for number, name in enumerate(counts)}
        self._type_of = np.fromiter(map(self._type_numbers.__getitem__, types), np.int32)
        self._matches = lru_cache(MAX_CACHED)(self._compute)

    def matches(self, types: Sequence[str], themes: Sequence[str]) -> Matches:
        """Return the units of one of the types with a responsibility on one of the themes.

        Without types, units of any type match; without themes, units with any themes or none.

        Raises:
            KeyError: a type or theme is unknown.
        """
        return self._matches(frozenset(types), frozenset(themes))

    def _compute(self, types: frozenset[str], themes: frozenset[str]) -> Matches:
        match = np.ones(len(self._type_of), np.bool_)
        if types:
            match &= np.isin(self._type_of, [self._type_numbers[name] for name in types])
        if themes:
            units = chain.from_iterable(self._units_by_theme[theme] for theme in themes)
            has_theme = np.zeros(len(match), np.bool_)
            has_theme[np.fromiter(units, np.int64)] = True
            match &= has_theme
        before = np.zeros(len(match) + 1, np.int32)
        np.cumsum(match, out=before[1:])
        return Matches(before)
