"""A scope: the part of an organization that one picture shows.

It has a focus, its ancestors, and as much below it as can be read in the room there is. Children
that do not fit are gathered in groups, which can be entered. The cost of a picture therefore
depends on its room, not on the size of the organization.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import product

import numpy as np

from components.model.groups import Focus, Group, Members, Weights, unit_of
from components.model.organization import Numbers, Organization
from components.model.siblings import (
    MIN_GATHERED,
    NEARLY,
    Entry,
    Limits,
    Siblings,
    weight_of,
)

FEW = 8
"""Children of a unit that is not the focus: up to so many are all drawn, or none of them."""
MOST_OPENED = 24
"""Rows of what is opened in place, about."""
SPARE = (1.0, 1.2, 1.5, 2.0)
"""Factors of the least share, and of the height of a row: wider names than usual need more."""
ENOUGH = 0.95
"""The share of units and groups whose names are to be read."""
MAX_UNREAD, FEW_PARTS = 0.15, 3
"""The share of parts that may have less than the least share: one of more than a few at least."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much can be read in a picture."""

    least: tuple[tuple[float, ...], ...] = ((0.0,), (0.0, 0.0), (0.0, 0.0, 0.0))
    """For one ring, two rings, ...: the least share of the circle that a label needs, by ring."""
    rows: int = 1_000_000_000
    """Units and groups without anything drawn below them, at most: each takes a row of the network.
    """
    read: Callable[[Scope], float] | None = None
    """Returns the share of what a scope draws whose name can be read; None if all is."""
    enough: float = ENOUGH
    """The share of what is drawn whose name is to be read."""
    columns: int = 1
    """Columns into which the children of the focus can be wrapped if nothing is below them."""


ANY_ROOM = Room()
"""Three rings of any number of units."""


@dataclass(frozen=True)
class Scope:
    """The part of an organization to be drawn, as unit numbers."""

    siblings: Siblings
    focus: int
    """The unit in the centre; for a group, the parent of what it holds."""
    group: Group | None
    """The group of children of the focus to which the picture is limited."""
    ancestors: tuple[int, ...]
    """The chain from the top to the parent of the focus."""
    entries: Mapping[Focus, Sequence[Entry]]
    """What is drawn below each unit and group that has anything drawn below it."""
    weights: Weights = field(repr=False, compare=False)
    """What the room of each unit is proportional to."""
    is_sorted: bool = False
    """Whether siblings are sorted by an amount, instead of as in the table."""

    @property
    def organization(self) -> Organization:
        """Return the organization that the scope belongs to."""
        return self.siblings.organization

    @property
    def centre(self) -> Focus:
        """Return the group to which the picture is limited, or else the focus."""
        return self.focus if self.group is None else self.group

    @property
    def above(self) -> int | None:
        """Return the unit to which the centre leads up; None at the top."""
        if self.group:
            return self.focus
        return self.ancestors[-1] if self.ancestors else None

    @cached_property
    def units(self) -> tuple[int, ...]:
        """The focus and the units drawn below it: a unit, then all below its first child, ..."""
        return self.focus, *self._units_below(self.centre)

    def _units_below(self, focus: Focus) -> Iterator[int]:
        stack = [*reversed(self.entries.get(focus, ()))]
        while stack:
            entry = stack.pop()
            if isinstance(entry, Members):
                stack += reversed(self.entries.get(entry.group, ()))
            else:
                yield entry
                stack += reversed(self.entries.get(entry, ()))

    @cached_property
    def angles(self) -> Weights:
        """The numbers to which angles are proportional: the weights, if any child has one."""
        return self.weights if self.weights[self.members].sum() else self.organization.leaves

    @cached_property
    def members(self) -> Numbers:
        """The children of the focus that the picture shows: all, or those of its group."""
        return self.siblings.members(self.centre, self.weights)

    @cached_property
    def roots(self) -> Numbers:
        """The units that the picture stands for, with all below them; ascending."""
        return np.array([self.focus]) if self.group is None else np.sort(self.members)

    def count(self) -> int:
        """Return the number of units that the picture stands for, without synthetic ones."""
        return sum(map(self.organization.count, self.roots.tolist()))

    def hidden(self, unit: int) -> int:
        """Return the number of units below a drawn one that are not drawn, groups included."""
        return self._hidden_below[unit]

    @cached_property
    def _hidden_below(self) -> Mapping[int, int]:
        """For each drawn unit, the units below it that are not below a drawn child."""
        organization = self.organization
        hidden = {unit: int(organization.size[unit]) - 1 for unit in self.units}
        if self.group:
            hidden[self.focus] = int(organization.size[self.members].sum())
        for unit in self.units[1:]:
            hidden[int(organization.parent[unit])] -= int(organization.size[unit])
        return hidden

    def opened(self, changes: Mapping[Focus, bool]) -> Scope:
        """Return the scope with some units and groups opened (true), others closed (false).

        Where an opened one has very many children, they are gathered in groups.
        """
        entries = dict(self.entries)
        for focus, is_open in changes.items():
            if not is_open:
                entries.pop(focus, None)
            elif focus not in entries:
                children = self.siblings.members(focus, self.weights)
                if len(children):
                    entries[focus] = self.siblings.divide(
                        focus, children, self.weights, Limits(least=1 / MOST_OPENED)
                    )
        return replace(self, entries=entries)

    def sorted_by(self, amounts: Weights) -> Scope:
        """Return the scope with the siblings of the largest amounts first; groups are the last."""

        def rank(entry: Entry) -> tuple[bool, int]:
            return (True, 0) if isinstance(entry, Members) else (False, -int(amounts[entry]))

        entries = {focus: sorted(each, key=rank) for focus, each in self.entries.items()}
        return replace(self, entries=entries, is_sorted=True)


def scope_of(
    siblings: Siblings,
    focus: Focus = 0,
    *,
    room: Room = ANY_ROOM,
    weights: Weights | None = None,
) -> Scope:
    """Return the scope of a focus; for a unit without parts, the scope of its parent.

    ``weights`` are the numbers of all units to which their room is proportional, by default the
    numbers of lowest-level units. As much is drawn as can be read, in as many rings as are best for
    that: with fewer rings, narrower sectors have a label.
    """
    organization = siblings.organization
    weights = organization.leaves if weights is None else weights
    if isinstance(focus, Group) and not len(siblings.members(focus, weights)):
        focus = focus.parent
    unit = unit_of(focus)
    if organization.is_leaf(unit) and unit > 0:
        focus = unit = int(organization.parent[unit])
    compute = partial(_best_scope, siblings, focus, room, weights)
    # The scope keeps the weights, so no others have their identity meanwhile.
    return siblings.remembered((focus, room, id(weights)), compute)


def _best_scope(siblings: Siblings, focus: Focus, room: Room, weights: Weights) -> Scope:
    """Return the scope that draws most, of those of which nearly all can be read."""
    organization, unit = siblings.organization, unit_of(focus)
    group = focus if isinstance(focus, Group) else None
    empty = Scope(siblings, unit, group, organization.ancestors(unit), {}, weights)
    if organization.is_leaf(unit):
        return empty
    scopes: list[Scope] = []
    shares: list[float] = []
    for entries in _divisions(siblings, focus, room, weights):
        if any(entries == scope.entries for scope in scopes):
            continue  # what can be read of each is tried below, which takes time
        scopes.append(replace(empty, entries=entries))
        is_all = group is None and _parts(entries) == organization.size[unit] - 1
        if is_all and len(scopes) == 1:  # no other draws more
            shares = [_read_share(scopes[0], room)]
            if shares[0] >= room.enough:
                return scopes[0]
    scopes.sort(key=lambda scope: _parts(scope.entries), reverse=True)
    for scope in scopes[len(shares) :]:
        shares.append(_read_share(scope, room))
        if shares[-1] >= room.enough:
            return scope
    return scopes[shares.index(max(shares))]


def _read_share(scope: Scope, room: Room) -> float:
    """Return how much of a scope can be read in a room; all where nothing is said of that."""
    return room.read(scope) if room.read else room.enough


def _divisions(
    siblings: Siblings, focus: Focus, room: Room, weights: Weights
) -> Iterator[dict[Focus, Sequence[Entry]]]:
    """Yield what may be drawn below each unit and group, from the most rings to the fewest."""
    children = siblings.members(focus, weights)
    if room.rows < len(children) <= room.rows * room.columns:
        yield {focus: children.tolist()}
    tried = [*product(SPARE, (False, True))] if room.read else [(1.0, False)]
    for rings in range(len(room.least), 0, -1):
        for spare, is_strict in tried:
            least = [share * spare for share in room.least[rings - 1]]
            rows = max(1, int(room.rows / spare))
            yield _Division(siblings, weights, is_strict).entries(focus, least, rows)
        if room.read is None and not any(room.least[rings - 1]):
            break  # fewer rings would draw less of the same


@dataclass(frozen=True, slots=True)
class _Part:
    """A unit or a group, what can be drawn below it, and its share of the circle."""

    focus: Focus
    children: Numbers
    share: float


@dataclass(frozen=True, slots=True)
class _Opened:
    """The parts of a unit or a group, and the share of the circle of each."""

    parts: Sequence[Entry]
    shares: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Division:
    """How the units of an organization are divided by weights."""

    siblings: Siblings
    weights: Weights
    is_strict: bool
    """Whether even a single thin part is gathered, and nothing is opened that has one."""

    def entries(
        self, focus: Focus, shares: Sequence[float], most_rows: int
    ) -> dict[Focus, Sequence[Entry]]:
        """Return what is drawn below each unit and group; ``shares`` are the least by ring."""
        entries: dict[Focus, Sequence[Entry]] = {}
        level, rows = [_Part(focus, self.siblings.members(focus, self.weights), 1.0)], 1
        for ring, share in enumerate(shares):
            is_first, gathering = ring == 0, max(share, 1 / most_rows)
            # Without gathering, it is known beforehand how many rows there would be.
            children = sum(max(0, len(part.children) - 1) for part in level)
            least = share if share or rows + children <= most_rows else gathering
            opened = self._opened(level, least, is_first=is_first)
            if rows + _added_rows(opened) > most_rows and least < gathering:
                opened = self._opened(level, gathering, is_first=is_first)
            if ring and rows + _added_rows(opened) > most_rows:
                break
            entries |= {parent: each.parts for parent, each in opened.items()}
            rows += _added_rows(opened)
            level = [
                self._part(part, share)
                for each in opened.values()
                for part, share in zip(each.parts, each.shares, strict=True)
            ]
        return entries

    def _part(self, entry: Entry, share: float) -> _Part:
        if isinstance(entry, Members):
            return _Part(entry.group, entry.units, share)
        return _Part(entry, self.siblings.organization.children(entry), share)

    def _opened(
        self, level: Sequence[_Part], least: float, *, is_first: bool
    ) -> dict[Focus, _Opened]:
        """Return those units and groups of a level whose parts can be read, with their parts."""
        opened: dict[Focus, _Opened] = {}
        weights = self.weights
        for part in level:
            focus, children, share = part.focus, part.children, part.share
            if not len(children) or (share < least and not is_first):
                continue
            total = int(weights[children].sum())
            if not isinstance(focus, Group) and total:
                # What is a unit's own share of a measure stays free.
                share *= total / max(total, int(weights[focus]))
            fewest = 1 if self.is_strict else MIN_GATHERED
            parts = self.siblings.divide(focus, children, weights, Limits(share, least, fewest))
            shares = [_share(each, weights, total, len(children)) * share for each in parts]
            # What weighs nothing has no sector.
            unread = sum(0 < share < least * NEARLY for share in shares)
            if is_first or (
                _says_more_than_a_number(parts, len(children))
                and unread <= self._most_unread(len(parts))
            ):
                opened[focus] = _Opened(parts, shares)
        return opened

    def _most_unread(self, parts: int) -> float:
        """Return how many parts of a unit may have less than the least share."""
        return 0.0 if self.is_strict else max(parts * MAX_UNREAD, parts > FEW_PARTS)


def _parts(entries: Mapping[Focus, Sequence[Entry]]) -> int:
    """Return the number of units and groups; a group whose parts are drawn says nothing more."""
    opened_groups = sum(isinstance(focus, Group) for focus in list(entries)[1:])
    return sum(map(len, entries.values())) - opened_groups


def _says_more_than_a_number(parts: Sequence[Entry], children: int) -> bool:
    """Return whether the parts of a unit say more than how many children it has."""
    has_groups = any(isinstance(part, Members) for part in parts)
    return not (has_groups and (len(parts) == 1 or children <= FEW))


def _share(part: Entry, weights: Weights, total: int, count: int) -> float:
    """Return the share of a part in all children of its parent."""
    if not total:
        return (len(part.units) if isinstance(part, Members) else 1) / count
    return weight_of(part, weights) / total


def _added_rows(opened: Mapping[Focus, _Opened]) -> int:
    """Return how many rows more than before there are: one for each part, none for its parent."""
    return sum(len(each.parts) - 1 for each in opened.values())


def scope_showing(
    siblings: Siblings,
    unit: int | None,
    focus: Focus = 0,
    *,
    room: Room = ANY_ROOM,
    weights: Weights | None = None,
) -> Scope:
    """Return the scope of a focus if it shows a unit, else one of the unit's parent that does."""
    scope = scope_of(siblings, focus, room=room, weights=weights)
    if unit is None or unit in scope.units:
        return scope
    scope = scope_of(siblings, parent_of(siblings.organization, unit), room=room, weights=weights)
    while unit not in scope.units:
        group = siblings.group_of(unit, scope.entries.get(scope.centre, ()))
        if group is None:
            break
        scope = scope_of(siblings, group, room=room, weights=weights)
    return scope


def parent_of(organization: Organization, unit: int) -> int:
    """Return the unit at whose centre a unit can be seen: its parent, or the top itself."""
    return max(int(organization.parent[unit]), 0)


def common_ancestor(organization: Organization, units: Sequence[int]) -> int:
    """Return the lowest common ancestor of some units; a unit is an ancestor of itself."""
    # A subtree is a range in preorder: if it holds the first and the last unit, it holds all.
    ancestor, last = min(units), max(units)
    while not organization.is_below(last, ancestor):
        ancestor = int(organization.parent[ancestor])
    return ancestor


def scope_containing(
    siblings: Siblings,
    units: Sequence[int],
    focus: Focus = 0,
    *,
    room: Room = ANY_ROOM,
    weights: Weights | None = None,
) -> Scope:
    """Return the scope of a focus if it shows all units, else that of their common ancestor."""
    scope = scope_of(siblings, focus, room=room, weights=weights)
    if set(units) <= set(scope.units):
        return scope
    ancestor = common_ancestor(siblings.organization, units)
    return scope_of(siblings, ancestor, room=room, weights=weights)
