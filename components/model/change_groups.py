"""Changes that are told together: equal ones, and those of units below one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal

from components.model.changes import Change, ChangeKind, Comparison
from components.model.organization import Organization

ChangeGroup = Sequence[Change]
"""Changes that one entry of a report tells."""


def change_groups(comparison: Comparison) -> Mapping[ChangeKind, Sequence[ChangeGroup]]:
    """Return the changes of each kind that there is, in groups that are told together.

    They are in preorder, each group where its first change is. Of numbers and facts, those that
    tell most come first.
    """
    by_kind = _grouped(comparison.changes, lambda change: change.kind)
    return {
        changes[0].kind: sorted(_groups(comparison, changes[0].kind, changes), key=_rank)
        for changes in by_kind
    }


def shown_in(comparison: Comparison, change: Change) -> tuple[Organization, tuple[int, ...]]:
    """Return the state in which a change is shown, and its units there."""
    if change.after:
        return comparison.after, change.after
    return comparison.before, change.before


def parents_of(comparison: Comparison, change: Change) -> tuple[int, int]:
    """Return the parents of the unit of a change, before and afterwards."""
    before, after = comparison.before.parent, comparison.after.parent
    return int(before[change.before[0]]), int(after[change.after[0]])


def _groups(
    comparison: Comparison, kind: ChangeKind, changes: Sequence[Change]
) -> Iterable[ChangeGroup]:
    if kind in {ChangeKind.NEW, ChangeKind.GONE}:
        return _branches(comparison, changes)
    if kind is ChangeKind.MOVED:
        return _grouped(changes, lambda change: parents_of(comparison, change))
    if kind is ChangeKind.FACTS:
        groups = _grouped(changes, lambda change: (change.column, change.old, change.new))
        alone = [group[0] for group in groups if len(group) == 1]
        equal = [group for group in groups if len(group) > 1]
        return [*equal, *_grouped(alone, lambda change: change.after)]
    if kind is ChangeKind.RESPONSIBILITIES:
        return _grouped(changes, lambda change: (change.aspect, change.before, change.after))
    return [[change] for change in changes]


def _branches(comparison: Comparison, changes: Sequence[Change]) -> Iterable[ChangeGroup]:
    """Return the changes with all below it for each unit that is not below another one."""
    top_of: dict[int, int] = {}
    for change in changes:  # in preorder, so that of the unit above comes first
        organization, (unit, *_) = shown_in(comparison, change)
        top_of[unit] = top_of.get(int(organization.parent[unit]), unit)
    return _grouped(changes, lambda change: top_of[shown_in(comparison, change)[1][0]])


def _grouped(
    changes: Iterable[Change], key: Callable[[Change], Hashable]
) -> Collection[list[Change]]:
    """Return the changes with equal keys together, in the order of the first ones."""
    groups: dict[Hashable, list[Change]] = defaultdict(list)
    for change in changes:
        groups[key(change)].append(change)
    return groups.values()


def _rank(group: ChangeGroup) -> tuple[str, Decimal]:
    """Return by what groups are sorted, which leaves the order of all but numbers and facts."""
    change = group[0]
    if change.kind is ChangeKind.MEASURES:
        return change.column, -abs(change.difference or Decimal())
    if change.kind is ChangeKind.FACTS:
        return "", Decimal(-len({each.after for each in group}))
    return "", Decimal()
