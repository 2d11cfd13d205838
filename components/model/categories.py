"""Categories: columns by whose few values units can be filtered, coloured and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from components.model.facts import FactKind
from components.model.organization import Organization
from components.model.text import split_list

TYPE, STATUS, LOCATION = "type", "status", "location"
STANDARD = (TYPE, STATUS, LOCATION)
"""The standard columns of units that are categories, if their values are few."""
MAX_VALUES = 100
"""Values of a standard column from which on it is no category; types always are one."""
MIN_SHARED = 2
"""Units that share a value of a standard column, on average."""
CATEGORICAL = {FactKind.CATEGORY, FactKind.YES_NO}


@dataclass(frozen=True)
class Category:
    """A column with few values; a unit may have several of them."""

    id: str
    """``type``, ``status``, ``location``, or the id of a column of facts."""
    heading: str
    """As the table has it; empty for a standard column that the words of the page name."""
    values: Mapping[str, int]
    """The number of units of each value, in order of first occurrence."""
    cells: Sequence[tuple[str, ...]] = field(repr=False)
    """The distinct cells, as lists of values."""
    cell_of: npt.NDArray[np.int32] = field(repr=False)
    """The number of the cell of each unit."""

    def of(self, unit: int) -> tuple[str, ...]:
        """Return the values of a unit."""
        return self.cells[int(self.cell_of[unit])]

    def having(self, values: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return for each unit whether it has one of the values."""
        having = [bool({*values}.intersection(cell)) for cell in self.cells]
        return np.array(having, np.bool_)[self.cell_of]

    @cached_property
    def units(self) -> Mapping[str, Sequence[int]]:
        """The units of each value, in preorder."""
        by_cell = np.argsort(self.cell_of, kind="stable").astype(np.int32)
        ends = np.cumsum(np.bincount(self.cell_of, minlength=len(self.cells)))
        parts: dict[str, list[npt.NDArray[np.int32]]] = {value: [] for value in self.values}
        for cell, units in zip(self.cells, np.split(by_cell, ends[:-1]), strict=True):
            for value in dict.fromkeys(cell):
                parts[value].append(units)
        sorted_units = {value: np.sort(np.concatenate(each)) for value, each in parts.items()}
        return {value: memoryview(units.data) for value, units in sorted_units.items()}


def categories_of(organization: Organization) -> Mapping[str, Category]:
    """Return the categories of an organization by id: standard columns, then those of facts."""
    categories = {
        name: category_of(
            name,
            organization.type_heading if name == TYPE else "",
            organization.units[name],
            is_list=False,
        )
        for name in STANDARD
    }
    for name in (STATUS, LOCATION):
        values = categories[name].values
        if len(values) > MAX_VALUES or sum(values.values()) < MIN_SHARED * len(values):
            del categories[name]
    categories |= {
        fact.id: category_of(fact.id, fact.heading, fact.cells, is_list=True)
        for fact in organization.facts.values()
        if fact.kind in CATEGORICAL
    }
    return {name: category for name, category in categories.items() if category.values}


def category_of(name: str, heading: str, cells: Sequence[str], *, is_list: bool) -> Category:
    """Return the category of a column; ``is_list`` is whether cells may have several values."""
    numbers = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
    cell_of = np.fromiter(map(numbers.__getitem__, cells), np.int32, len(cells))
    lists = [split_list(cell) if is_list else ((cell,) if cell else ()) for cell in numbers]
    values = Counter[str]()
    for entries, count in zip(lists, np.bincount(cell_of, minlength=len(lists)), strict=True):
        values.update(dict.fromkeys(entries, int(count)))
    return Category(name, heading, values, lists, cell_of)
