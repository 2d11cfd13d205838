"""The cross-links of a network: one line for all reasons between two units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.diagrams.style import LINK_WIDTHS, LinkStyle, basis_style, stated_style
from components.diagrams.tree import Tree
from components.model.history import BECAME, MOVED
from components.model.relations import Basis, Direction, Link, cross_links
from components.model.scope import Scope
from components.words.became import moved_note
from components.words.captions import link_note

SHARED_BASES = (Basis.REFERENCE, Basis.THEME)


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """Two drawn units, and all reasons why they are linked."""

    origin: int
    target: int
    reasons: tuple[Link, ...]
    """The strongest first: stated ones in the order of their kinds, then the inferred ones."""
    is_change: bool = False
    """Whether it leads from where a unit was, or to what it has become."""
    moved: tuple[int, ...] = ()
    """Units that are not drawn and have moved from the origin, or from below it, to the target."""

    @property
    def is_outward(self) -> bool:
        """Return whether all reasons lead from the origin to the target."""
        return all(
            reason.direction is Direction.OUT and reason.origin == self.origin
            for reason in self.reasons
        )

    @property
    def is_by_theme(self) -> bool:
        """Return whether the units only share themes."""
        return self.reasons[0].basis is Basis.THEME

    @property
    def strength(self) -> str:
        """Return the class of the line for its number of reasons, a key of ``LINK_WIDTHS``."""
        count = max(len(self.reasons), len(self.moved))
        return [*LINK_WIDTHS][min(count, len(LINK_WIDTHS)) - 1]

    @property
    def width(self) -> float:
        """Return the width of the line in pixels."""
        return LINK_WIDTHS[self.strength]

    @property
    def kinds(self) -> list[str]:
        """Return the class of each reason."""
        return [_class_of(reason) for reason in self.reasons]

    def notes(self, tree: Tree) -> list[str]:
        """Return the meaning of each reason, seen from the origin."""
        organization, words = tree.organization, tree.words
        notes = [link_note(organization, reason, self.origin, words) for reason in self.reasons]
        if self.moved:
            kinds = [reason.through for reason in self.reasons]
            notes[kinds.index(MOVED)] = moved_note(organization, self.moved, words)
        return notes


def linked_pairs(tree: Tree) -> list[LinkedPair]:
    """Return all pairs of linked units in a tree.

    Two units are in one pair at most, and in a further one for what has moved or become from the
    one to the other. It also stands for units that are not drawn: all that have moved from below
    one drawn unit to below another one are a single pair.
    """
    organization = tree.organization
    reasons: dict[frozenset[int], list[Link]] = {}
    changes: dict[tuple[int, int], list[Link]] = {}
    for link in cross_links(organization, tree.scope.units):
        if organization.history and link.basis is Basis.STATED and link.through in {MOVED, BECAME}:
            changes.setdefault((link.origin, link.target), []).append(link)
        else:
            reasons.setdefault(frozenset((link.origin, link.target)), []).append(link)
    moved = _hidden_moves(tree.scope)
    for ends in moved:
        link = Link(*ends, Basis.STATED, MOVED, Direction.OUT)
        changes.setdefault(ends, []).insert(0, link)
    rank = {kind: at for at, kind in enumerate(organization.relation_kinds)}
    bases = list(Basis)

    def strongest_first(link: Link) -> tuple[int, int]:
        return bases.index(link.basis), rank.get(link.through, 0)

    return [
        *(_pair(sorted(links, key=strongest_first)) for links in reasons.values()),
        *(
            LinkedPair(*ends, tuple(links), is_change=True, moved=moved.get(ends, ()))
            for ends, links in changes.items()
        ),
    ]


def _hidden_moves(scope: Scope) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return the units that have moved from below one drawn unit to below another one.

    Of those that are drawn with the unit that they were below, there is a relation. What has moved
    further up or down in the same branch is left out.
    """
    organization, history = scope.organization, scope.organization.history
    if history is None:
        return {}
    holder = np.full(len(organization), -1)
    for unit in sorted(scope.units):
        holder[unit : unit + int(organization.size[unit])] = unit
    units, parents = history.moves
    origins, targets = holder[parents], holder[units]
    ends = origins + organization.size[origins], targets + organization.size[targets]
    is_within = ((origins <= targets) & (targets < ends[0])) | (
        (targets <= origins) & (origins < ends[1])
    )
    is_drawn = (origins == parents) & (targets == units)
    found: dict[tuple[int, int], list[int]] = {}
    for at in np.flatnonzero((origins >= 0) & (targets >= 0) & ~is_within & ~is_drawn).tolist():
        found.setdefault((int(origins[at]), int(targets[at])), []).append(int(units[at]))
    return {pair: tuple(moved) for pair, moved in found.items()}


def _pair(reasons: Sequence[Link]) -> LinkedPair:
    """Return the pair of some reasons; its origin is that of the first one with a direction."""
    first = next((each for each in reasons if each.direction is Direction.OUT), reasons[0])
    return LinkedPair(first.origin, first.target, tuple(reasons))


def kind_class(kind: str) -> str:
    """Return the class for a kind of stated relation, which may be any text, as a safe name."""
    return "kind-" + "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in kind)


def link_styles(kinds: Sequence[str]) -> Mapping[str, LinkStyle]:
    """Return the style of each class of links, with ``kinds`` of stated relation."""
    stated = {kind_class(kind): stated_style(kind, kinds) for kind in kinds}
    return stated | {basis.value: basis_style(basis) for basis in SHARED_BASES}


def _class_of(reason: Link) -> str:
    is_stated = reason.basis is Basis.STATED
    return kind_class(reason.through) if is_stated else reason.basis.value
