"""The units with each name."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from components.model.sorted_texts import TEXT, SortedTexts, Texts, order_of
from components.model.text import fold_text, fold_texts, split_list

NAMES = ("id", "name", "short_name", "acronym")
"""The columns with a name of each unit; ``aliases`` has any number."""
UNITS_AT_ONCE = 5_000
"""Units whose names are folded at once; other threads wait for some milliseconds."""


@dataclass(frozen=True, eq=False)
class UnitNames(Mapping[str, tuple[int, ...]]):
    """Unit numbers by folded id, name, short name, acronym and alias; the names are in order."""

    names: SortedTexts
    starts: npt.NDArray[np.int64] = field(repr=False)
    """Where the units of each name begin, and where those of the last one end."""
    units: npt.NDArray[np.int64] = field(repr=False)
    """Those of one name in ascending order."""

    def __getitem__(self, name: str) -> tuple[int, ...]:
        """Return the units with a folded name."""
        place = self.names.place(name)
        if place is None:
            raise KeyError(name)
        return self.at(place)

    def at(self, place: int) -> tuple[int, ...]:
        """Return the units with the name at a place."""
        return tuple(self.units[self.starts[place] : self.starts[place + 1]].tolist())

    def __iter__(self) -> Iterator[str]:
        """Yield each name, in order."""
        return iter(self.names)

    def __len__(self) -> int:
        """Return the number of distinct names."""
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        """Return whether a unit has a folded name."""
        return name in self.names

    def items(self) -> ItemsView[str, tuple[int, ...]]:
        """Return the names with their units, in order."""
        return _Items(self)

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """Yield the names that begin with a prefix, in the order of the first unit of each."""
        places = self.names.beginning_with(prefix)
        first = self.units[self.starts[places.start : places.stop]]
        for place in np.argsort(first, kind="stable").tolist():
            yield self.names[places.start + place]


class _Items(ItemsView[str, tuple[int, ...]]):
    """Names with their units, without looking each name up."""

    def __init__(self, names: UnitNames) -> None:
        super().__init__(names)
        self._names = names

    def __iter__(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        for place, name in enumerate(self._names):
            yield name, self._names.at(place)


def unit_names(columns: Mapping[str, Sequence[str]], units: Sequence[int]) -> UnitNames:
    """Return the names of some units, which are in ascending order."""
    texts, numbers = _named_units(columns, units)
    order, is_first = order_of(texts)
    names, name = SortedTexts.taken(texts, order[is_first]), np.cumsum(is_first)
    numbers = numbers[order]
    numbers = numbers[np.lexsort((numbers, name))]
    is_other = is_first.copy()  # a unit whose id is its name has it once
    is_other[1:] |= numbers[1:] != numbers[:-1]
    starts = np.searchsorted(name[is_other], np.arange(1, len(names) + 2))
    return UnitNames(names, starts, numbers[is_other])


def _named_units(
    columns: Mapping[str, Sequence[str]], units: Sequence[int]
) -> tuple[Texts, npt.NDArray[np.int64]]:
    """Return the names of units and the unit of each; arrays of texts take less memory."""
    texts, numbers = [np.array([], TEXT)], [np.array([], np.int64)]
    for begin in range(0, len(units), UNITS_AT_ONCE):
        pairs = [*_folded_names(columns, units[begin : begin + UNITS_AT_ONCE])]
        texts.append(np.array([name for name, _ in pairs], TEXT))
        numbers.append(np.array([unit for _, unit in pairs], np.int64))
    return np.concatenate(texts), np.concatenate(numbers)


def _folded_names(
    columns: Mapping[str, Sequence[str]], units: Sequence[int]
) -> Iterator[tuple[str, int]]:
    """Yield the names of units, with the unit of each."""
    for column in NAMES:
        cells = list(map(columns[column].__getitem__, units))
        if any(cells):
            yield from (pair for pair in zip(fold_texts(cells), units, strict=True) if pair[0])
    for unit in units:
        if cell := columns["aliases"][unit]:
            yield from ((name, unit) for name in map(fold_text, split_list(cell)) if name)
