"""The columns of two states of an organization that say the same of its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt

from components.model.facts import FactColumn, FactKind
from components.model.organization import UNIT_COLUMNS, Numbers, Organization
from components.model.text import fold_text

SAME_COLUMN = 0.6
"""Share of equal cells from which on columns with different headings are the same one."""
LEAST_DISTINCT = 3
"""Distinct cells that these have in common."""
SAMPLE = 5_000
"""Units whose cells are compared for that."""
COMPARED = tuple(name for name in UNIT_COLUMNS if name != "id")
"""The standard columns whose changes are reported."""
Cells = npt.NDArray[np.object_]


@dataclass(frozen=True)
class _Column:
    heading: str
    cells: Sequence[str]
    standard: str = ""
    """The name of a standard column."""
    fact: FactColumn | None = None


@dataclass(frozen=True)
class ColumnPair:
    """A column that is in both states."""

    heading: str
    """As it is afterwards."""
    cells: tuple[Sequence[str], Sequence[str]] = field(repr=False)
    """Of all units before and afterwards."""
    standard: str = ""
    """The name of the standard column that it is in both states."""
    facts: tuple[FactColumn, FactColumn] | tuple[()] = ()
    """The columns, if they are facts in both states."""

    @cached_property
    def is_number(self) -> bool:
        """Whether both are columns of numbers."""
        return bool(self.facts) and all(fact.kind is FactKind.NUMBER for fact in self.facts)

    def differing(self, before: Numbers, after: Numbers) -> Numbers:
        """Return the positions of the units, given pairwise, whose cells say something else."""
        cells = [
            np.array(cells, np.object_)[units]
            for cells, units in zip(self.cells, (before, after), strict=True)
        ]
        different = np.flatnonzero(cells[0] != cells[1])
        is_new = [
            not self._mean_the_same(int(before[at]), int(after[at])) for at in different.tolist()
        ]
        return different[np.array(is_new, np.bool_)]

    def _mean_the_same(self, before: int, after: int) -> bool:
        """Return whether cells are one number, day or text in two spellings."""
        one, other = self.cells[0][before], self.cells[1][after]
        if self.facts:
            mine, theirs = self.facts
            kinds = {mine.kind, theirs.kind}
            if kinds == {FactKind.NUMBER}:
                values = mine.quantity(before), theirs.quantity(after)
                return values[0] is not None and values[0] == values[1]
            if kinds == {FactKind.DATE}:
                days = mine.day(before), theirs.day(after)
                return days[0] is not None and days[0] == days[1]
        return one.split() == other.split()

    def difference(self, before: int, after: int) -> Decimal | None:
        """Return by how much the number of a unit has grown; None if one of the two has none."""
        if not self.facts:
            return None
        old, new = self.facts[0].quantity(before), self.facts[1].quantity(after)
        return None if old is None or new is None else new - old


@dataclass(frozen=True)
class Columns:
    """The columns of two states."""

    pairs: Sequence[ColumnPair] = field(repr=False)
    only_before: Sequence[str]
    """The headings of those that are in the earlier state only."""
    only_after: Sequence[str]


def paired_columns(
    before: Organization, after: Organization, units: tuple[Numbers, Numbers]
) -> Columns:
    """Return the columns of two states, paired by heading, else by what they say of ``units``.

    ``units`` are the numbers of the units that are the same one, before and afterwards.
    """
    mine, theirs = _columns_of(before), _columns_of(after)
    pairs = {key: (mine.pop(key), theirs.pop(key)) for key in [*mine] if key in theirs}
    sample = [numbers[:: 1 + len(numbers) // SAMPLE] for numbers in units]
    for (key, one), (other_key, other) in product([*mine.items()], [*theirs.items()]):
        if key in mine and other_key in theirs and _say_the_same(one, other, sample):
            pairs[other_key] = (mine.pop(key), theirs.pop(other_key))
    return Columns(
        [_pair(*columns) for columns in pairs.values()],
        [column.heading for column in mine.values()],
        [column.heading for column in theirs.values()],
    )


def _pair(one: _Column, other: _Column) -> ColumnPair:
    standard = one.standard if one.standard == other.standard else ""
    facts = (one.fact, other.fact) if one.fact and other.fact else ()
    return ColumnPair(other.heading, (one.cells, other.cells), standard, facts)


def _columns_of(organization: Organization) -> dict[str, _Column]:
    """Return the columns that have cells, by what is the same in both states."""
    return {
        f"{column.standard}:{fold_text(column.heading)}": column for column in _each(organization)
    }


def _each(organization: Organization) -> Iterator[_Column]:
    """Yield the columns; that of the types has the heading of the table, if it has another one."""
    for name in COMPARED:
        if any(organization.units[name]):
            heading = organization.type_heading if name == "type" else ""
            yield _Column(heading or name, organization.units[name], standard=name)
    ids = organization.units["id"]
    for fact in organization.facts.values():
        if not repeats_ids(fact.cells, ids):
            yield _Column(fact.heading, fact.cells, fact=fact)


def repeats_ids(cells: Sequence[str], ids: Sequence[str]) -> bool:
    """Return whether cells only say which unit it is; if ids change, that is told otherwise."""
    return cells == ids or all(
        cell == unit_id for cell, unit_id in zip(cells, ids, strict=True) if cell
    )


def _say_the_same(one: _Column, other: _Column, units: Sequence[Numbers]) -> bool:
    """Return whether most cells of two columns are equal, and not always the same ones.

    Of standard columns, only that of the types may have two headings.
    """
    if one.standard != other.standard:
        return False
    pairs = [
        (one.cells[before], other.cells[after])
        for before, after in zip(*(numbers.tolist() for numbers in units), strict=True)
    ]
    filled = [pair for pair in pairs if pair != ("", "")]
    equal = [mine for mine, theirs in filled if mine == theirs]
    are_telling = len({*equal}) >= LEAST_DISTINCT or bool(one.standard)
    return len(equal) >= SAME_COLUMN * len(filled) and are_telling
