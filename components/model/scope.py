"""A scope: the part of an organization that one picture shows.

It has a focus, its ancestors, and as many of its descendants as a picture has room for. Children
that do not fit are folded into one entry that counts them. The cost of a picture therefore depends
on its scope, not on the size of the organization.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from components.model.organization import Organization

LEVELS, MAX_UNITS = 3, 300
"""Default limits of a scope: levels below the focus, and units."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The children of ``parent`` that a scope leaves out: "+ 1,214 more"."""

    parent: int
    units: int
    """Number of folded units, descendants included."""
    leaves: int
    """Number of leaves among them."""


@dataclass(frozen=True)
class Scope:
    """The part of an organization to be drawn, as unit numbers."""

    organization: Organization
    focus: int
    ancestors: tuple[int, ...]
    """The chain from the top to the parent of the focus."""
    units: tuple[int, ...]
    """The focus and its shown descendants, in preorder."""
    folds: tuple[Fold, ...]
    """Sorted by parent."""

    @cached_property
    def children(self) -> Mapping[int, tuple[int, ...]]:
        """The shown children of each shown unit that has any."""
        below: dict[int, list[int]] = {}
        for unit in self.units[1:]:
            below.setdefault(int(self.organization.parent[unit]), []).append(unit)
        return {unit: tuple(children) for unit, children in below.items()}

    @cached_property
    def fold(self) -> Mapping[int, Fold]:
        """The fold below each shown unit that has one."""
        return {fold.parent: fold for fold in self.folds}


def scope_of(
    organization: Organization, focus: int = 0, *, levels: int = LEVELS, most: int = MAX_UNITS
) -> Scope:
    """Return the scope of a focus; for a leaf, the scope of its parent.

    Units are shown level by level until there are ``most``; further children of a shown unit are
    folded. If a synthetic top has very many roots, they take half of the room, since most of them
    are leaves.
    """
    if organization.is_leaf(focus) and focus > 0:
        focus = int(organization.parent[focus])
    shown, folds, level = [focus], [], [focus]
    for _ in range(levels):
        below: list[int] = []
        room = _room_for_children(organization, level, most - len(shown))
        for parent in level:
            if organization.is_leaf(parent):
                continue
            children = list(islice(organization.children(parent), max(0, room - len(below))))
            below += children
            units = int(organization.size[parent] - 1 - organization.size[children].sum())
            if units:
                leaves = int(organization.leaves[parent] - organization.leaves[children].sum())
                folds.append(Fold(parent, units, leaves))
        shown += below
        level = below
    folds.sort(key=lambda fold: fold.parent)
    ancestors = organization.ancestors(focus)
    return Scope(organization, focus, ancestors, tuple(sorted(shown)), tuple(folds))


def _room_for_children(organization: Organization, level: Sequence[int], room: int) -> int:
    """Return how many children of a level are shown if ``room`` units still fit."""
    has_roots = level == [0] and 0 in organization.synthetic and organization.levels > 1
    return (room + 1) // 2 if has_roots and organization.child_count[0] > room else room


def scope_showing(
    organization: Organization,
    unit: int | None,
    focus: int = 0,
    *,
    levels: int = LEVELS,
    most: int = MAX_UNITS,
) -> Scope:
    """Return the scope of a focus if it shows a unit, else the scope of the unit's parent."""
    scope = scope_of(organization, focus, levels=levels, most=most)
    if unit is None or unit in scope.units:
        return scope
    return scope_of(organization, focus_showing(organization, unit), levels=levels, most=most)


def focus_showing(organization: Organization, unit: int) -> int:
    """Return the focus whose diagrams show a unit: its parent, or the top itself."""
    return max(int(organization.parent[unit]), 0)


def common_ancestor(organization: Organization, units: Sequence[int]) -> int:
    """Return the lowest common ancestor of some units; a unit is an ancestor of itself."""
    # A subtree is a range in preorder: if it holds the first and the last unit, it holds all.
    ancestor, last = min(units), max(units)
    while not organization.is_below(last, ancestor):
        ancestor = int(organization.parent[ancestor])
    return ancestor


def scope_containing(
    organization: Organization,
    units: Sequence[int],
    focus: int = 0,
    *,
    levels: int = LEVELS,
    most: int = MAX_UNITS,
) -> Scope:
    """Return the scope of a focus if it shows all units, else that of their common ancestor."""
    scope = scope_of(organization, focus, levels=levels, most=most)
    if set(units) <= set(scope.units):
        return scope
    ancestor = common_ancestor(organization, units)
    return scope_of(organization, ancestor, levels=levels, most=most)
