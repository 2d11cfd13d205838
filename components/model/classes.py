"""Classes: units that look alike, since they share a value or have similar numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from components.model.categories import Category
from components.model.measures import Amounts, Measure

MAX_VALUES = 12
"""Values of a category with a class of their own: no more colours can be told apart."""
NUMBER_CLASSES = 5
"""Classes of numbers; an odd number, so that one of them can be in the middle."""


@dataclass(frozen=True, slots=True)
class UnitClass:
    """What the units of a class share."""

    units: int
    value: str = ""
    """Of a category; empty for the class of all further values."""
    values: int = 1
    """How many values the class has."""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    """Of a measure."""


@dataclass(frozen=True)
class Classes:
    """The classes of all units by a category or a measure."""

    by: Category | Measure
    members: tuple[UnitClass, ...]
    """Values in the order of their table, or numbers from the smallest up."""
    number_of: npt.NDArray[np.int16] = field(repr=False)
    """The class of each unit; -1 where the table says nothing."""
    is_diverging: bool = False
    """Whether there are numbers below and above zero, or may be, since they are differences; the
    middle class is zero then."""

    @cached_property
    def without(self) -> int:
        """How many units have no class."""
        return int((self.number_of < 0).sum())


def classes_by_category(category: Category) -> Classes:
    """Return the classes of a category: the values of most units, and one for all others.

    A unit with several values is in the class of the first.
    """
    counts = category.values
    frequent = sorted(counts, key=lambda value: -counts[value])
    own, rest = {*frequent[:MAX_VALUES]}, frequent[MAX_VALUES:]
    shown = [value for value in counts if value in own]
    members = [UnitClass(counts[value], value) for value in shown]
    if rest:
        members.append(UnitClass(sum(counts[value] for value in rest), values=len(rest)))
    numbers = {value: number for number, value in enumerate(shown)}
    of_cells = [numbers.get(cell[0], len(shown)) if cell else -1 for cell in category.cells]
    return Classes(category, tuple(members), np.array(of_cells, np.int16)[category.cell_of])


def classes_by_measure(measure: Measure) -> Classes:
    """Return classes of numbers with about as many units each; below and above zero apart."""
    known = measure.amounts[measure.known]
    is_diverging = bool(len(known)) and (measure.is_difference or known.min() < 0 < known.max())
    bounds = _bounds_around_zero(known) if is_diverging else _quantiles(known)
    number_of = np.full(len(measure.known), -1, np.int16)
    number_of[measure.known] = np.searchsorted(bounds, known, side="left")
    members = tuple(_members(measure, known, bounds))
    return Classes(measure, members, number_of, is_diverging)


def _members(measure: Measure, known: Amounts, bounds: Sequence[int]) -> Iterator[UnitClass]:
    places = np.searchsorted(bounds, known, side="left")
    for number in range(len(bounds) + 1):
        amounts = known[places == number]
        if not len(amounts):
            yield UnitClass(0)
            continue
        lowest, highest = measure.decimal(amounts.min()), measure.decimal(amounts.max())
        yield UnitClass(len(amounts), lowest=lowest, highest=highest)


def _bounds_around_zero(amounts: Amounts) -> list[int]:
    """Return the largest amounts of all classes but the last: two below zero, zero, two above."""
    below, above = (np.sort(side) for side in (amounts[amounts < 0], amounts[amounts > 0]))
    middle = NUMBER_CLASSES // 2
    lowest = int(below[len(below) // middle]) if len(below) else -1
    highest = int(above[(len(above) - 1) // middle]) if len(above) else 0
    return [lowest, -1, 0, highest]


def _quantiles(amounts: Amounts) -> list[int]:
    """Return the largest amounts of all classes but the last, without repetition."""
    if not len(amounts):
        return []
    different = np.unique(amounts)
    if len(different) <= NUMBER_CLASSES:
        return [int(amount) for amount in different[:-1]]
    ordered = np.sort(amounts)
    shares = range(1, NUMBER_CLASSES)
    ends = {int(ordered[(len(ordered) - 1) * share // NUMBER_CLASSES]) for share in shares}
    return sorted(end for end in ends if end < ordered[-1])
