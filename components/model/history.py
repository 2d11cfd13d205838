"""What has become of the units of an organization that stands for two states of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from components.model.change_groups import ChangeGroup, change_groups
from components.model.changes import Change, ChangeKind, Comparison
from components.model.matching import UNMATCHED
from components.model.organization import Numbers

MOVED, BECAME = "moved", "became"
"""The kinds of relations from where a unit was to it, and from a unit to what it was split into or
merged to."""


@dataclass(frozen=True)
class History:
    """The two states of an organization that has the units of both; see ``both_states``.

    Its arrays are indexed by the unit numbers of that organization, and methods take these.
    """

    comparison: Comparison
    number_before: Numbers = field(repr=False)
    """The number of each unit in the earlier state; ``UNMATCHED`` if it is not there."""
    number_after: Numbers = field(repr=False)
    """The number of each unit in the later state; ``UNMATCHED`` if it is not there."""
    from_before: Numbers = field(repr=False)
    """The unit for each unit of the earlier state; ``UNMATCHED`` for those without a record that
    nothing is below."""
    from_after: Numbers = field(repr=False)
    """The unit for each unit of the later state."""

    @cached_property
    def gone(self) -> frozenset[int]:
        """The units that only the earlier state has."""
        return frozenset(np.flatnonzero(self.number_after == UNMATCHED).tolist())

    @cached_property
    def new(self) -> frozenset[int]:
        """The units of which only the later state has a record, also those split off or merged."""
        return frozenset(self.from_after[self.comparison.matching.new].tolist())

    @cached_property
    def moved(self) -> Mapping[int, int]:
        """For each unit that has moved below another one, the unit below which it was.

        Those that were below one without a record, which is not there any more, are left out.
        """
        parents = self.comparison.matching.before.parent
        found = {}
        for change in self.comparison.changes:
            if change.kind is ChangeKind.MOVED and parents[change.before[0]] >= 0:
                parent = int(self.from_before[parents[change.before[0]]])
                if parent != UNMATCHED:
                    found[int(self.from_after[change.after[0]])] = parent
        return found

    @cached_property
    def moves(self) -> tuple[Numbers, Numbers]:
        """The moved units in preorder, and for each the unit below which it was."""
        units = sorted(self.moved)
        parents = [self.moved[unit] for unit in units]
        return np.array(units, np.int64), np.array(parents, np.int64)

    @cached_property
    def renamed(self) -> Mapping[int, str]:
        """For each unit with another name, the name that it had."""
        return {
            int(self.from_after[change.after[0]]): change.old
            for change in self.comparison.changes
            if change.kind is ChangeKind.RENAMED and change.column == "name"
        }

    @cached_property
    def changes(self) -> Mapping[int, Sequence[Change]]:
        """The changes of each unit that has any, in the order of their kinds."""
        found: dict[int, list[Change]] = defaultdict(list)
        for change in self.comparison.changes:
            for unit in self.units_of(change):
                found[unit].append(change)
        return found

    @cached_property
    def units_by_kind(self) -> Mapping[ChangeKind, Sequence[int]]:
        """The units of the changes of each kind that there is, in preorder."""
        found: dict[ChangeKind, set[int]] = {}
        for change in self.comparison.changes:
            found.setdefault(change.kind, set()).update(self.units_of(change))
        return {kind: sorted(units) for kind, units in found.items()}

    def counts(self, first: Numbers, end: Numbers) -> dict[ChangeKind, int]:
        """Return how many units are new, gone and moved in ranges of units, without zeros.

        The ranges begin with the units of ``first`` and end before those of ``end``.
        """
        found = {
            kind: int((np.searchsorted(units, end) - np.searchsorted(units, first)).sum())
            for kind, units in self._sorted.items()
        }
        return {kind: count for kind, count in found.items() if count}

    @cached_property
    def _sorted(self) -> Mapping[ChangeKind, Numbers]:
        return {
            ChangeKind.NEW: np.array(sorted(self.new), np.int64),
            ChangeKind.GONE: np.array(sorted(self.gone), np.int64),
            ChangeKind.MOVED: self.moves[0],
        }

    @cached_property
    def groups(self) -> Mapping[ChangeKind, Sequence[ChangeGroup]]:
        """The changes of each kind that there is, in groups that are told together."""
        return change_groups(self.comparison)

    @cached_property
    def _marks(self) -> Mapping[int, ChangeKind]:
        return {
            **dict.fromkeys(self.units_by_kind.get(ChangeKind.MOVED, ()), ChangeKind.MOVED),
            **dict.fromkeys(self.new, ChangeKind.NEW),
            **dict.fromkeys(self.gone, ChangeKind.GONE),
        }

    def mark(self, unit: int) -> ChangeKind | None:
        """Return what lists say of a unit beside its name: whether it is gone, new or has moved."""
        return self._marks.get(unit)

    def units_of(self, change: Change) -> Sequence[int]:
        """Return the units of a change, each once: those before, then those afterwards."""
        before, after = self.ends_of(change)
        return [*dict.fromkeys((*before, *after))]

    def ends_of(self, change: Change) -> tuple[Sequence[int], Sequence[int]]:
        """Return the units of a change before, and those afterwards."""
        before, after = self.from_before[[*change.before]], self.from_after[[*change.after]]
        return before.tolist(), after.tolist()
