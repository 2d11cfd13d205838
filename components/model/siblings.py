"""The children of units, and how they are divided into groups where they are too many.

The largest children stay as they are; the rest is gathered by a category if that tells them apart,
or else by name. Each group can be divided again, so that every child is reached.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from components.model.categories import TYPE, Category
from components.model.groups import Focus, Group, Members, Values, Weights, unit_of
from components.model.organization import Numbers, Organization
from components.model.text import fold_texts

MAX_CACHED_ORDERS = 16
"""Parents whose children are cached in the order of their names, at eight bytes per child."""
MAX_REMEMBERED = 64
"""Scopes that are kept, since one page needs the same several times."""
MIN_GATHERED = 3
"""Children in a group, on average."""
MIN_GROUPS = 2
MAX_OF_VALUE = 0.7
"""A category of which more of the children have the same value does not tell them apart."""
NEARLY = 0.92
"""Which share of the least one is nearly enough for a child of its own."""
LARGER, NEAR = 1.1, 0.25
"""Groups of neighbours are larger than need be by this factor on average: they end where the first
letter changes, if that is at most this share of their size away."""
SCANNED = 64
"""Children that are asked for their values at a time, while one that has them is looked for."""
ROUNDING = 1e-9
Value = TypeVar("Value")
Mask = npt.NDArray[np.bool_]
Entry = int | Members
"""What stands for some units in a picture: a unit, or a group of children."""


def weight_of(entry: Entry, weights: Weights) -> int:
    """Return the weight of a unit, or of all units in a group together."""
    # The sum of a single number would take much longer than to read it.
    return int(weights[entry.units].sum() if isinstance(entry, Members) else weights[entry])


@dataclass(frozen=True, slots=True)
class Limits:
    """What limits into how many parts children are divided."""

    share: float = 1.0
    """Of the circle, which all the children have."""
    least: float = 0.0
    """Of the circle, which a part needs to be read."""
    fewest: int = MIN_GATHERED
    """Children in a group; fewer small ones are not gathered."""


class Siblings:
    """The children of the units of one organization; safe to use from several threads."""

    def __init__(
        self,
        organization: Organization,
        categories: Callable[[], Mapping[str, Category]],
        most_remembered: int = MAX_REMEMBERED,
    ) -> None:
        self.organization = organization
        self._categories = categories
        self._by_name = lru_cache(MAX_CACHED_ORDERS)(self._sorted_by_name)
        self._most_remembered = most_remembered
        self._remembered = dict[Hashable, Any]()
        self._lock = threading.Lock()

    @property
    def categories(self) -> Mapping[str, Category]:
        """Return the columns with few values, by id."""
        return self._categories()

    def remembered(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return what was computed for a key, or compute it; the oldest is forgotten."""
        with self._lock:
            if key in self._remembered:
                value: Value = self._remembered[key]
                return value
        value = compute()
        with self._lock:
            self._remembered[key] = value
            if len(self._remembered) > self._most_remembered:
                del self._remembered[next(iter(self._remembered))]
        return value

    def members(self, focus: Focus, weights: Weights) -> Numbers:
        """Return the children of a unit, or those in a group."""
        children = self.organization.children(unit_of(focus))
        if not isinstance(focus, Group):
            return children
        if focus.run:
            first, last = focus.run
            children = self._by_name(focus.parent)[max(first, 1) - 1 : last]
        if focus.smaller_than is not None:
            children = children[weights[children] < focus.smaller_than]
        for part in focus.values:
            children = children[self._having(part, children)]
        return children

    def ends(self, unit: int) -> tuple[int, int]:
        """Return the first and the last child of a unit in the order of the names."""
        order = self._by_name(unit)
        return int(order[0]), int(order[-1])

    def beside(self, group: Group) -> tuple[int | None, int | None]:
        """Return the children before and after a part of the alphabet, in the order of the names.

        They have the values that the group asks for; None where there is no such child.
        """
        if group.run is None:
            return None, None
        order, (first, last) = self._by_name(group.parent), group.run
        before, after = order[: max(first, 1) - 1][::-1], order[last:]
        return self._first_having(group.values, before), self._first_having(group.values, after)

    def _first_having(self, values: Sequence[Values], children: Numbers) -> int | None:
        for start in range(0, len(children), SCANNED):
            some = children[start : start + SCANNED]
            for part in values:
                some = some[self._having(part, some)]
            if len(some):
                return int(some[0])
        return None

    def can_gather(self, group: Group, weights: Weights) -> bool:
        """Return whether children can be gathered in a group if their room is as some weights say.

        A group of what is smaller than some size is made beside a child of that size.
        """
        children = self.organization.children(group.parent)
        return group.smaller_than is None or bool(
            (_counted(children, weights) == group.smaller_than).any()
        )

    def group_of(self, child: int, entries: Sequence[Entry]) -> Focus | None:
        """Return the group among some entries that holds a child; None if there is none."""
        groups = (entry for entry in entries if isinstance(entry, Members))
        return next((entry.group for entry in groups if child in entry.units), None)

    def divide(
        self, focus: Focus, children: Numbers, weights: Weights, limits: Limits
    ) -> list[Entry]:
        """Return children as entries of which each has the least share, if that can be.

        Those with less are gathered, unless that made a single group of all children.
        """
        share, least, fewest = limits.share, limits.least, limits.fewest
        amounts = _counted(children, weights)
        shares = amounts.astype(np.float64) * (share / int(amounts.sum()))
        is_small = shares < least * NEARLY
        if np.count_nonzero(is_small) < fewest:
            return [int(child) for child in children]
        small = _with_enough(is_small, shares, least, fewest)
        kept, gathered = children[~small], children[small]
        begun = focus if isinstance(focus, Group) else Group(focus)
        rest = begun
        if len(kept):
            limit = int(amounts[~small].min())
            rest = Group(begun.parent, limit, begun.values, begun.run)
        groups = self._gathered(rest, gathered, shares[small], least)
        if len(groups) == 1 and not len(kept):
            return [int(child) for child in children]
        return [*(int(child) for child in kept), *map(_unit_if_single, groups)]

    def _gathered(
        self, rest: Group, children: Numbers, shares: Weights, least: float
    ) -> list[Members]:
        """Return the groups of which each has ``least`` of the circle, by category or by name."""
        most = min(int(shares.sum() / (least * LARGER)), len(children) // MIN_GATHERED)
        if most < MIN_GROUPS:
            return [Members(rest, children)]
        for column in self._columns():
            parts = self._by_value(column, rest, children, shares, least)
            largest = max((len(part.units) for part in parts), default=0)
            if MIN_GROUPS <= len(parts) <= most and largest <= MAX_OF_VALUE * len(children):
                return parts
        return list(self._by_runs(rest, children, shares, most))

    def _columns(self) -> Iterator[Category]:
        """Yield the categories, the type first."""
        yield from sorted(self.categories.values(), key=lambda category: category.id != TYPE)

    def _by_value(
        self, column: Category, rest: Group, children: Numbers, shares: Weights, least: float
    ) -> list[Members]:
        """Return a group for each frequent value, and one for all others."""
        if any(part.column == column.id for part in rest.values if not part.are_others):
            return []
        cells = column.cell_of[children]
        numbers, where = np.unique(cells, return_inverse=True)
        weight = np.bincount(where, shares)
        by_weight = np.argsort(-weight, kind="stable")
        named = int((weight >= least - ROUNDING).sum())
        # What is left for the others must be worth a group of its own.
        while named < len(numbers) and named and weight[by_weight[named:]].sum() < least:
            named -= 1
        parts = [
            (Values(column.id, (_cell(column, numbers[place]),)), where == place)
            for place in by_weight[:named]
        ]
        if named < len(numbers):
            names = tuple(value.values[0] for value, _ in parts)
            is_other = np.isin(where, by_weight[named:])
            parts.append((Values(column.id, names, are_others=True), is_other))
        return [
            Members(
                Group(rest.parent, rest.smaller_than, (*rest.values, values), rest.run),
                children[is_member],
            )
            for values, is_member in parts
        ]

    def _by_runs(
        self, rest: Group, children: Numbers, shares: Weights, most: int
    ) -> Iterator[Members]:
        """Yield groups of neighbours in the order of the names, of about the same weight."""
        order = self._by_name(rest.parent)
        place_of = np.empty(len(self.organization), np.int64)
        place_of[order] = np.arange(1, len(order) + 1)
        by_name = np.argsort(place_of[children], kind="stable")
        children, reached = children[by_name], np.cumsum(shares[by_name])
        wanted = reached[-1] * np.arange(1, most) / most
        cuts = np.searchsorted(reached, wanted + ROUNDING)
        cuts = np.unique(self._at_letters(children, cuts, len(children) / most * NEAR))
        for part in np.split(children, cuts[cuts > 0]):
            run = int(place_of[part[0]]), int(place_of[part[-1]])
            yield Members(Group(rest.parent, rest.smaller_than, rest.values, run), part)

    def _at_letters(self, children: Numbers, cuts: Numbers, near: float) -> Numbers:
        """Return where to cut sorted children: where the first letter changes, if that is near."""
        names = self.organization.units["name"]
        letters = np.array([names[child][:1].casefold() for child in children])
        changes = np.flatnonzero(letters[1:] != letters[:-1]) + 1
        if not len(changes):
            return cuts
        nearest = changes[np.abs(changes - cuts[:, np.newaxis]).argmin(axis=1)]
        return np.where(np.abs(nearest - cuts) <= near, nearest, cuts)

    def _having(self, part: Values, children: Numbers) -> Mask:
        """Return for each child whether it has the values that a group asks for."""
        column = self.categories.get(part.column)
        if column is None:
            return np.zeros(len(children), np.bool_)
        wanted = [
            (_cell(column, number) in part.values) != part.are_others
            for number in range(len(column.cells))
        ]
        having: Mask = np.array(wanted, np.bool_)[column.cell_of[children]]
        return having

    def _sorted_by_name(self, unit: int) -> Numbers:
        children, names = self.organization.children(unit), self.organization.units["name"]
        folded = fold_texts([names[child] for child in children])
        return children[sorted(range(len(children)), key=folded.__getitem__)]


def _counted(children: Numbers, weights: Weights) -> Weights:
    """Return to what the shares of children are proportional: each counts if all weigh nothing."""
    amounts = weights[children]
    return amounts if amounts.any() else np.ones_like(amounts)


def _unit_if_single(members: Members) -> Entry:
    return int(members.units[0]) if len(members.units) == 1 else members


def _cell(column: Category, number: int) -> str:
    return "; ".join(column.cells[int(number)])


def _with_enough(small: Mask, shares: Weights, least: float, fewest: int) -> Mask:
    """Return what is gathered: the small ones, and as many more as they need to be seen.

    If that would be all of them, it is the small ones only.
    """
    by_size = np.argsort(shares, kind="stable")
    reached = np.cumsum(shares[by_size])
    enough = max(fewest, int(np.searchsorted(reached, least - ROUNDING)) + 1)
    if enough <= int(small.sum()):
        return small
    largest = shares[by_size[min(enough, len(shares)) - 1]]
    gathered: Mask = shares <= largest
    return small if gathered.all() else gathered
