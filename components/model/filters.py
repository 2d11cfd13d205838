"""Filters: the units that have some values in their categories, duties on some themes, or changes.

A filter is computed once for all units. The number of matches in any range of the preorder is then
a difference of two prefix sums, however large the organization is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from components.model.categories import TYPE, Category
from components.model.history import History

MAX_CACHED = 8
"""Filters whose matches are cached, at four bytes per unit."""
COLUMN = ":"
"""Separates the id of a column from a value in it: ``location:Oslo``."""


ANY_CHANGE = "all"
"""The filter by changes of any kind."""


def value_filter(column: str, value: str) -> str:
    """Return the filter by a value of a category, as in an address."""
    return f"{column}{COLUMN}{value}"


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

    def __init__(
        self,
        units: int,
        categories: Mapping[str, Category],
        units_by_theme: Mapping[str, Sequence[int]],
        history: History | None = None,
    ) -> None:
        self.categories = categories
        self.types: Mapping[str, int] = categories[TYPE].values if TYPE in categories else {}
        """The number of units of each type, in order of first occurrence."""
        self.themes: Mapping[str, int] = {
            theme: len(units) for theme, units in units_by_theme.items() if units
        }
        """The number of units with a responsibility on each theme that has any."""
        self.where: Mapping[str, int] = {
            value_filter(name, value): count
            for name, category in categories.items()
            if name != TYPE
            for value, count in category.values.items()
        }
        """The number of units of each value of the other categories, with the id of its column."""
        self.units_by_change: Mapping[str, Sequence[int]] = _units_by_change(history)
        """The units with changes of each kind that there is, those of any kind first."""
        self.changes: Mapping[str, int] = {
            kind: len(units) for kind, units in self.units_by_change.items()
        }
        """The number of units with changes of each kind; empty without a history."""
        self._units = units
        self._units_by_theme = units_by_theme
        self._matches = lru_cache(MAX_CACHED)(self._compute)

    def matches(
        self,
        types: Sequence[str],
        themes: Sequence[str],
        where: Sequence[str] = (),
        changes: Sequence[str] = (),
    ) -> Matches:
        """Return the units of one of the types, with a responsibility on one of the themes.

        Of ``where`` they have one of the values of each column, and of ``changes`` one of the
        kinds. Without types, units of any type match; without themes, units with any themes or
        none; without changes, units that have changed or not.

        Raises:
            KeyError: a type, a theme, a value or a kind of changes is unknown.
        """
        return self._matches(*map(frozenset, (types, themes, where, changes)))

    def _compute(
        self,
        types: frozenset[str],
        themes: frozenset[str],
        where: frozenset[str],
        changes: frozenset[str],
    ) -> Matches:
        match = np.ones(self._units, np.bool_)
        wanted: dict[str, set[str]] = {TYPE: {*types}} if types else {}
        for entry in where:
            column, _, value = entry.partition(COLUMN)
            wanted.setdefault(column, set()).add(value)
        for column, values in wanted.items():
            category = self.categories[column]
            if not values <= category.values.keys():
                raise KeyError(*values - category.values.keys())
            match &= category.having(values)
        for names, units_by_name in (
            (themes, self._units_by_theme),
            (changes, self.units_by_change),
        ):
            if names:
                units = chain.from_iterable(units_by_name[name] for name in names)
                has_one = np.zeros(len(match), np.bool_)
                has_one[np.fromiter(units, np.int64)] = True
                match &= has_one
        before = np.zeros(len(match) + 1, np.int32)
        np.cumsum(match, out=before[1:])
        return Matches(before)


def _units_by_change(history: History | None) -> dict[str, Sequence[int]]:
    if history is None or not history.changes:
        return {}
    by_kind = {str(kind): units for kind, units in history.units_by_kind.items()}
    return {ANY_CHANGE: sorted(history.changes), **by_kind}
