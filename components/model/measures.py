"""Measures: numbers of units, summed up exactly over the hierarchy.

A column of numbers is a measure, and so are the numbers of units and people. Numbers are held as
integers in units of ``10 ** -places``, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from components.model.facts import Compared, FactColumn, FactKind
from components.model.organization import Numbers, Organization
from components.model.quantities import quantity_in

Amounts = npt.NDArray[Any]
"""Exact integers; of Python's own kind where their sum does not fit into 64 bits."""
LARGEST = 2**62
MAX_PLACES = 12
"""Decimals of a number that count; further ones are cut off."""
MOST = 0.9
"""Share of the units with parts whose number is at least the sum of the parts, in totals."""
OTHERWISE = "~"
"""Ends the id of a measure whose numbers are read otherwise than they seem to be meant."""
UNITS, BELOW, REPORTS, LEVELS, PEOPLE = "units", "below", "reports", "levels", "people"
"""Ids of the measures that do not come from a column."""


@dataclass(frozen=True)
class Measure:
    """A number of each unit, and the sum over each subtree."""

    id: str
    own: Amounts = field(repr=False)
    """The share of each unit itself; 0 where it is not known."""
    total: Amounts = field(repr=False)
    """The share of each unit and all units below it."""
    known: npt.NDArray[np.bool_] = field(repr=False)
    """The units that have a number."""
    missing: npt.NDArray[np.bool_] = field(repr=False)
    """The units whose record has none."""
    places: int = 0
    fact: FactColumn | None = None
    """The column that it comes from; None for numbers of units and people."""
    is_total: bool = False
    """Whether the numbers of the column include those of the units below."""
    is_additive: bool = True
    """Whether sums mean something; they do not for percentages and spans of control."""

    @property
    def amounts(self) -> Amounts:
        """Return the number of each unit as the table means it: its own, or a total."""
        return self.total if self.is_total else self.own

    @property
    def is_difference(self) -> bool:
        """Return whether its numbers say how much those of two states differ."""
        return self.fact is not None and self.fact.compared is Compared.DIFFERENCE

    @cached_property
    def can_be_angle(self) -> bool:
        """Whether angles can show it: sums that are not negative, and not all zero."""
        return self.is_additive and not self.has_negative and bool(self.total[0] > 0)

    @cached_property
    def has_negative(self) -> bool:
        """Whether any share is negative."""
        return bool((self.own < 0).any() or (self.total < 0).any())

    @cached_property
    def _known_before(self) -> Numbers:
        return np.concatenate(([0], np.cumsum(self.known)))

    @cached_property
    def _missing_before(self) -> Numbers:
        return np.concatenate(([0], np.cumsum(self.missing)))

    def missing_in(self, first: int, end: int) -> int:
        """Return how many of the units ``first`` to ``end - 1`` have no number in their record."""
        return int(self._missing_before[end] - self._missing_before[first])

    def value(self, unit: int) -> Decimal | None:
        """Return what the table says of a unit; None if it says nothing."""
        if not self.known[unit]:
            return None
        stated = self.fact.quantity(unit) if self.fact else None
        return self.decimal(self.own[unit]) if stated is None else stated

    def is_known_in(self, first: int, end: int) -> bool:
        """Return whether any of the units ``first`` to ``end - 1`` has a number."""
        return bool(self._known_before[end] > self._known_before[first])

    @cached_property
    def ranks(self) -> Amounts:
        """By what lists sort units: sums or, where they mean nothing, numbers, the unknown last."""
        if self.is_additive:
            return self.total
        ranks: Amounts = np.where(self.known, self.amounts, self.amounts.min() - 1)
        return ranks

    def in_list(self, unit: int, end: int) -> Decimal | None:
        """Return the sum over the units ``unit`` to ``end - 1``, a subtree; None if none is known.

        Where sums mean nothing, it is the number of the unit.
        """
        if not self.is_additive:
            return self.value(unit)
        return self.sum(unit) if self.is_known_in(unit, end) else None

    def sum(self, unit: int) -> Decimal:
        """Return the sum over a unit and all units below it."""
        return self.decimal(self.total[unit])

    def share(self, unit: int, of: int) -> float | None:
        """Return the share of a unit in the sum over another one; None where that is 0."""
        whole = self.total[of]
        return int(self.total[unit]) / int(whole) if whole else None

    def decimal(self, amount: int | np.int64) -> Decimal:
        """Return an amount as a number; without decimals if it is whole."""
        whole, rest = divmod(int(amount), 10**self.places)
        return Decimal(int(amount)).scaleb(-self.places) if rest else Decimal(whole)


class Measures:
    """The measures of an organization, each computed when it is first needed.

    Those of its columns come first, then those that every organization has.
    """

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        facts = organization.facts.values()
        self._facts = {fact.id: fact for fact in facts if fact.kind is FactKind.NUMBER}
        people = (PEOPLE,) if organization.people.rows else ()
        self.ids: Sequence[str] = (*self._facts, *people, *OF_EVERY_ORGANIZATION)
        added_up = (
            name for name, fact in self._facts.items() if not (fact.is_rate or fact.compared)
        )
        self.read_otherwise: Sequence[str] = tuple(f"{name}{OTHERWISE}" for name in added_up)
        """The columns with their own numbers read as totals, or their totals as own numbers."""
        self.sizes: Sequence[str] = tuple(
            name
            for name in self.ids
            if name not in self._facts or self._facts[name].compared is not Compared.DIFFERENCE
        )
        """Ids of the measures that sizes can show; a difference, which may be negative, is none."""
        self._measures: dict[str, Measure] = {}

    def __contains__(self, name: object) -> bool:
        """Return whether there is a measure with this id."""
        return name in self.ids or name in self.read_otherwise

    def __iter__(self) -> Iterator[Measure]:
        """Yield all measures."""
        return map(self.__getitem__, self.ids)

    def __getitem__(self, name: str) -> Measure:
        """Return a measure by its id.

        Raises:
            KeyError: there is no such measure.
        """
        if name not in self._measures:  # two threads may compute the same, to the same end
            if name in self._facts:
                self._measures[name] = measure_of(self._organization, self._facts[name])
            elif name in self.read_otherwise:
                usual = self[name.removesuffix(OTHERWISE)]
                fact = self._facts[usual.id]
                other = replace(fact, id=name, is_total=not usual.is_total)
                self._measures[name] = measure_of(self._organization, other)
            else:
                self._measures[name] = MEASURES[name](self._organization)
        return self._measures[name]


def measure_of(organization: Organization, fact: FactColumn) -> Measure:
    """Return the measure of a column of numbers.

    If in nearly all units with parts the number is at least the sum of the parts, it is a total;
    unless it is set.
    """
    stated, known, places = _amounts(fact)
    is_total = fact.is_total
    if is_total is None:
        is_total = _are_totals(organization, stated, known)
    if is_total:
        is_difference = fact.compared is Compared.DIFFERENCE
        total = _totals(organization, stated, known if is_difference else None)
        own = total - _sums_of_children(organization, total)
    else:
        own, total = stated, _sums(organization, stated)
    missing = ~known
    missing[[*_without_record(organization, fact)]] = False
    return Measure(
        fact.id,
        own,
        total,
        known,
        missing,
        places,
        fact,
        is_total=is_total,
        is_additive=not fact.is_rate,
    )


def _without_record(organization: Organization, fact: FactColumn) -> frozenset[int]:
    """Return the units without a record in the state of which a column has the numbers."""
    if organization.history and fact.compared is Compared.BEFORE:
        return organization.synthetic | organization.history.new
    return organization.uncounted


def _amounts(fact: FactColumn) -> tuple[Amounts, npt.NDArray[np.bool_], int]:
    """Return the numbers of a column as integers, which units have one, and their decimals."""
    numbers = {cell: quantity_in(cell, fact.mark) for cell in dict.fromkeys(fact.cells)}
    places = max((_places(number) for number in numbers.values() if number), default=0)
    scaled = {cell: int((number or Decimal()).scaleb(places)) for cell, number in numbers.items()}
    known = [numbers[cell] is not None for cell in fact.cells]
    amounts = [scaled[cell] for cell in fact.cells]
    fits = sum(map(abs, amounts)) < LARGEST
    return np.array(amounts, np.int64 if fits else np.object_), np.array(known, np.bool_), places


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return min(MAX_PLACES, max(0, -exponent)) if isinstance(exponent, int) else 0


def _sums(organization: Organization, own: Amounts) -> Amounts:
    """Return the sum over the subtree of each unit, which is a range in preorder."""
    before = np.concatenate((np.zeros(1, own.dtype), np.cumsum(own)))
    first = np.arange(len(own))
    sums: Amounts = before[first + organization.size] - before[first]
    return sums


def _sums_of_children(organization: Organization, amounts: Amounts) -> Amounts:
    sums = np.zeros(len(amounts), amounts.dtype)
    np.add.at(sums, organization.parent[1:], amounts[1:])
    return sums


def _are_totals(organization: Organization, stated: Amounts, known: npt.NDArray[np.bool_]) -> bool:
    """Return whether the numbers of nearly all units with parts are at least those of the parts."""
    parts = _sums_of_children(organization, stated)
    has_parts = np.zeros(len(stated), np.bool_)
    has_parts[organization.parent[1:][known[1:]]] = True
    compared = has_parts & known
    return bool(compared.any() and (stated >= parts)[compared].mean() >= MOST)


def _totals(
    organization: Organization, stated: Amounts, exact: npt.NDArray[np.bool_] | None
) -> Amounts:
    """Return the total of each unit: as stated, but never less than the sum of its parts.

    Of differences, which may be less, the units of ``exact`` have what is stated.
    """
    parts = np.zeros(len(stated), stated.dtype)
    total: Amounts = stated.copy()
    for units in (*_upwards(organization), np.array([0])):
        if exact is None:
            total[units] = np.maximum(stated[units], parts[units])
        else:
            total[units] = np.where(exact[units], stated[units], parts[units])
        if units[0]:
            np.add.at(parts, organization.parent[units], total[units])
    return total


def _upwards(organization: Organization) -> Iterator[Numbers]:
    """Yield the units of each level below the top, the lowest level first."""
    order = np.argsort(-organization.depth, kind="stable")
    ends = np.flatnonzero(np.diff(organization.depth[order])) + 1
    yield from np.split(order, ends)[:-1]


def _counting(
    organization: Organization, name: str, numbers: Numbers, *, is_additive: bool = True
) -> Measure:
    """Return a measure of numbers that every unit has."""
    everyone = np.ones(len(organization), np.bool_)
    no_one = np.zeros(len(organization), np.bool_)
    total = _sums(organization, numbers) if is_additive else numbers
    return Measure(name, numbers, total, everyone, no_one, is_additive=is_additive)


def _units(organization: Organization) -> Measure:
    """Return the measure of units, with those below; synthetic and gone ones are not counted."""
    real = np.ones(len(organization), np.int64)
    real[[*organization.uncounted]] = 0
    return _counting(organization, UNITS, real)


def _below(organization: Organization) -> Measure:
    units = _units(organization)
    return _counting(organization, BELOW, units.total - units.own, is_additive=False)


def _reports(organization: Organization) -> Measure:
    parents = np.delete(organization.parent, [0, *organization.gone])
    reports = np.bincount(parents, minlength=len(organization))
    return _counting(organization, REPORTS, reports, is_additive=False)


def _levels(organization: Organization) -> Measure:
    levels = np.zeros(len(organization), np.int64)
    for units in _upwards(organization):
        np.maximum.at(levels, organization.parent[units], levels[units] + 1)
    return _counting(organization, LEVELS, levels, is_additive=False)


def _people(organization: Organization) -> Measure:
    return _counting(organization, PEOPLE, np.diff(organization.people.first))


MEASURES: Mapping[str, Callable[[Organization], Measure]] = {
    PEOPLE: _people,
    UNITS: _units,
    BELOW: _below,
    REPORTS: _reports,
    LEVELS: _levels,
}
"""The measures that do not come from a column."""
OF_EVERY_ORGANIZATION = (UNITS, BELOW, REPORTS, LEVELS)
