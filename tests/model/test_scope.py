"""Scopes: what they show in a room, and that every unit can be reached."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.model.groups import Focus, Group, Members, focus_text
from components.model.index import OrganizationIndex
from components.model.scope import (
    FEW,
    MAX_UNREAD,
    NEARLY,
    Room,
    Scope,
    common_ancestor,
    scope_containing,
    scope_showing,
)
from components.model.scope import scope_of as scope_of_siblings
from components.model.siblings import Entry
from tests.model.naive_tree import NaiveTree, ids
from tests.organizations import (
    FEW_ROWS,
    GATHERING,
    Pairs,
    crowd,
    forests,
    organization_of,
    rooms,
    scope_of,
)

DIVISIONS = """
    id,  parent
    top,
    a,   top
    a1,  a
    a2,  a
    a21, a2
    a22, a2
    b,   top
    b1,  b
    b11, b1
    c,   top
"""


def shown_ids(scope: Scope) -> list[str]:
    return [scope.organization.units["id"][unit] for unit in scope.units]


def groups_in(scope: Scope) -> list[Members]:
    return [
        entry
        for entries in scope.entries.values()
        for entry in entries
        if isinstance(entry, Members)
    ]


def texts(scope: Scope) -> list[str]:
    """Return the entries of the centre as in an address."""
    return [
        focus_text(scope.organization, entry.group if isinstance(entry, Members) else entry)
        for entry in scope.entries[scope.centre]
    ]


def amount(entry: Entry, weights: np.typing.NDArray[np.int64]) -> int:
    return int(weights[entry.units if isinstance(entry, Members) else entry].sum())


class TestScope:
    def test_shows_the_focus_and_a_level_for_each_ring(self) -> None:
        organization = organization_of(DIVISIONS)

        assert shown_ids(scope_of(organization, rings=1)) == ["top", "a", "b", "c"]
        assert shown_ids(scope_of(organization, rings=2)) == [
            *("top", "a", "a1", "a2", "b", "b1", "c")
        ]
        assert shown_ids(scope_of(organization, rings=9)) == list(organization.units["id"])

    def test_has_no_groups_where_all_have_room(self) -> None:
        assert groups_in(scope_of(organization_of(DIVISIONS))) == []

    def test_has_the_ancestors_of_its_focus(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, organization.number["a2"])

        assert ids(organization, scope.ancestors) == ["top", "a"]
        assert shown_ids(scope) == ["a2", "a21", "a22"]
        assert scope.above == organization.number["a"]

    def test_of_a_leaf_is_that_of_its_parent(self) -> None:
        siblings = OrganizationIndex(organization_of(DIVISIONS)).siblings
        number = siblings.organization.number

        scope = scope_of_siblings(siblings, number["a21"])

        assert scope == scope_of_siblings(siblings, number["a2"])

    def test_of_a_single_unit_shows_it(self) -> None:
        scope = scope_of(organization_of([("a", "")]))

        assert (scope.units, scope.entries, scope.above) == ((0,), {}, None)

    @pytest.mark.parametrize("rings", [1, 3])
    @pytest.mark.parametrize(("share", "gathered"), [(1.0, []), (0.8, [["d", "e"]])])
    def test_gathers_even_few_if_too_many_names_could_not_be_read(
        self, share: float, gathered: list[list[str]], rings: int
    ) -> None:
        pairs = [("top", ""), *((name, "top") for name in "abcde")]
        pairs += [(f"{name}{number}", name) for name in "abc" for number in range(8)]

        def read(scope: Scope) -> float:
            return 1.0 if groups_in(scope) else share

        least = tuple((0.06,) * each for each in range(1, rings + 1))
        scope = scope_of(organization_of(pairs), room=Room(least, read=read))

        assert [ids(scope.organization, group.units) for group in groups_in(scope)] == gathered

    def test_gathers_children_that_have_too_little_of_the_circle(self) -> None:
        scope = scope_of(crowd(), room=FEW_ROWS)

        assert texts(scope) == ["traffic", "safety", "port~<5~1-4", "port~<5~5-8", "port~<5~9-12"]
        assert shown_ids(scope) == ["port", "traffic", "safety"]
        assert [len(group.units) for group in groups_in(scope)] == [4, 4, 4]

    def test_shows_more_in_a_larger_room(self) -> None:
        organization = crowd()

        assert len(scope_of(organization, room=FEW_ROWS).units) == 3
        assert len(scope_of(organization, room=GATHERING).units) == 25
        assert len(groups_in(scope_of(organization, room=GATHERING))) == 3
        assert groups_in(scope_of(organization)) == []

    def test_of_a_group_shows_its_members_and_leads_to_their_parent(self) -> None:
        scope = scope_of(crowd(), Group(0, 5, run=(5, 8)))

        assert shown_ids(scope) == ["port", "e", "f", "g", "h"]
        assert (scope.focus, scope.centre) == (0, Group(0, 5, run=(5, 8)))
        assert (scope.ancestors, scope.above) == ((), 0)
        assert (scope.count(), scope.hidden(0)) == (4, 0)

    @pytest.mark.parametrize(
        "group", [Group(0, 1), Group(0, run=(90, 99)), Group(0, run=(4, 2)), Group(2, 9)]
    )
    def test_of_a_group_without_members_is_that_of_its_parent(self, group: Group) -> None:
        siblings = OrganizationIndex(crowd()).siblings

        assert scope_of_siblings(siblings, group) == scope_of_siblings(siblings, group.parent)

    def test_of_a_group_can_be_divided_again(self) -> None:
        units = [("top", ""), *((f"{number:03}", "top") for number in range(200))]
        siblings = OrganizationIndex(organization_of(units)).siblings
        room = Room(((0.1,),), 10)
        first = scope_of_siblings(siblings, room=room)
        (group, *_) = groups_in(first)

        second = scope_of_siblings(siblings, group.group, room=room)

        assert len(first.entries[0]) == 9
        assert len(second.entries[group.group]) > 1
        assert sum(len(each.units) for each in groups_in(second)) == len(group.units)

    def test_draws_most_of_what_can_nearly_all_be_read(self) -> None:
        organization = organization_of(DIVISIONS)
        least = ((0.0,), (0.0, 0.0), (0.0, 0.0, 0.0))

        def levels_read(most: int) -> Room:
            return Room(least, read=lambda scope: float(len(scope.units) <= most))

        assert len(scope_of(organization, room=levels_read(9)).units) == 7
        assert len(scope_of(organization, room=levels_read(5)).units) == 4
        assert len(scope_of(organization, room=Room(least)).units) == len(organization)

    def test_draws_what_can_be_read_best_if_nothing_can_be_read_well(self) -> None:
        organization = organization_of(DIVISIONS)
        least = ((0.0,), (0.0, 0.0), (0.0, 0.0, 0.0))
        room = Room(least, read=lambda scope: 1 / len(scope.units))

        assert len(scope_of(organization, room=room).units) == 4

    def test_counts_what_is_not_drawn_below_a_unit(self) -> None:
        organization = organization_of(DIVISIONS)
        scope = scope_of(organization, rings=2)

        hidden = {organization.units["id"][unit]: scope.hidden(unit) for unit in scope.units}

        assert {unit: count for unit, count in hidden.items() if count} == {"a2": 2, "b1": 1}

    def test_without_any_weight_divides_equally(self) -> None:
        siblings = OrganizationIndex(crowd()).siblings
        nothing = np.zeros(25, np.int64)

        scope = scope_of_siblings(siblings, room=FEW_ROWS, weights=nothing)

        assert [len(group.units) for group in groups_in(scope)] == [3, 4, 3, 4]

    def test_leaves_the_own_share_of_its_focus_free(self) -> None:
        organization = organization_of([("top", ""), *((name, "top") for name in "abcdefgh")])
        siblings = OrganizationIndex(organization).siblings
        room = Room(((0.1,),))

        def parts(own: int) -> int:
            weights = np.array([8 + own, *[1] * 8])
            return len(scope_of_siblings(siblings, room=room, weights=weights).entries[0])

        assert (parts(0), parts(8)) == (8, 2)

    def test_has_angles_by_weights_only_if_a_child_has_any(self) -> None:
        organization = organization_of([("top", ""), ("a", "top"), ("b", "top")])
        siblings = OrganizationIndex(organization).siblings

        def angles(*weights: int) -> list[int]:
            return scope_of_siblings(siblings, weights=np.array(weights)).angles.tolist()

        assert angles(9, 4, 0) == [9, 4, 0]
        assert angles(9, 0, 0) == [2, 1, 1]


class TestScopeShowing:
    def test_is_that_of_the_focus_if_it_shows_the_unit(self) -> None:
        siblings = OrganizationIndex(crowd()).siblings

        assert scope_showing(siblings, 14, room=GATHERING).centre == 0
        assert scope_showing(siblings, None, 7, room=GATHERING).centre == 7

    def test_is_that_of_the_smallest_group_that_has_to_be_entered(self) -> None:
        siblings = OrganizationIndex(crowd()).siblings

        assert scope_showing(siblings, 14, 7, room=FEW_ROWS).centre == Group(0, 5, run=(1, 4))

    @given(forests(), rooms(), st.data())
    def test_shows_any_unit(self, pairs: Pairs, room: Room, data: st.DataObject) -> None:
        siblings = OrganizationIndex(organization_of(pairs)).siblings
        unit, focus = (data.draw(st.integers(0, len(siblings.organization) - 1)) for _ in "ab")

        assert unit in scope_showing(siblings, unit, focus, room=room).units


def test_a_scope_of_several_units_is_that_of_their_common_ancestor() -> None:
    siblings = OrganizationIndex(organization_of(DIVISIONS)).siblings
    number = siblings.organization.number
    units = [number["a1"], number["a22"]]

    assert scope_containing(siblings, units).centre == 0
    assert scope_containing(siblings, units, number["b"]).centre == number["a"]


def held_once(scope: Scope) -> Iterator[int]:
    """Yield the units of a scope: those drawn, below closed ones, and in closed groups."""
    organization = scope.organization
    for unit in scope.units:
        yield unit
        if unit not in scope.entries and unit != scope.focus:
            yield from range(unit + 1, unit + int(organization.size[unit]))
    for members in groups_in(scope):
        if members.group not in scope.entries:
            for unit in members.units.tolist():
                yield from range(unit, unit + int(organization.size[unit]))


@given(forests(), rooms(), st.data())
def test_every_unit_is_drawn_or_below_a_closed_one_or_in_one_group(
    pairs: Pairs, room: Room, data: st.DataObject
) -> None:
    organization = organization_of(pairs)

    scope = scope_of(organization, data.draw(st.integers(0, len(pairs) - 1)), room=room)

    end = scope.focus + int(organization.size[scope.focus])
    assert sorted(held_once(scope)) == list(range(scope.focus, end))
    assert scope.count() == organization.count(scope.focus)
    hidden = sum(scope.hidden(unit) for unit in scope.units)
    assert len(scope.units) + hidden == end - scope.focus


@given(forests(), rooms())
def test_entering_groups_reaches_every_child(pairs: Pairs, room: Room) -> None:
    siblings = OrganizationIndex(organization_of(pairs)).siblings

    def reached(focus: Focus) -> list[int]:
        scope = scope_of_siblings(siblings, focus, room=room)
        assert scope.centre == focus
        found = []
        for entry in scope.entries[focus]:
            if isinstance(entry, Members):
                assert len(entry.units) < len(scope.members)
                found += reached(entry.group)
            else:
                found.append(entry)
        return found

    for unit in range(len(siblings.organization)):
        if not siblings.organization.is_leaf(unit):
            assert sorted(reached(unit)) == siblings.organization.children(unit).tolist()


@given(forests(), rooms(), st.data())
def test_the_parts_of_a_node_weigh_as_much_as_its_children(
    pairs: Pairs, room: Room, data: st.DataObject
) -> None:
    siblings = OrganizationIndex(organization_of(pairs)).siblings
    number = len(siblings.organization)
    weights = np.array(data.draw(st.lists(st.integers(0, 9), min_size=number, max_size=number)))

    scope = scope_of_siblings(siblings, room=room, weights=weights)

    for focus, entries in scope.entries.items():
        children = siblings.members(focus, weights)
        assert sum(amount(entry, weights) for entry in entries) == weights[children].sum()


@given(forests(most=120), rooms())
def test_nearly_all_parts_can_be_read(pairs: Pairs, room: Room) -> None:
    siblings = OrganizationIndex(organization_of(pairs)).siblings
    weights = siblings.organization.leaves
    scope = scope_of_siblings(siblings, room=room)
    depth = _rings(scope)
    shares = {scope.centre: (1.0, 0)}

    for focus in _opened(scope):
        share, ring = shares[focus]
        least = room.least[max(depth, 1) - 1][ring]
        entries = scope.entries[focus]
        total = sum(amount(entry, weights) for entry in entries)
        parts = [share * amount(entry, weights) / total for entry in entries]
        if ring:
            unread = sum(part < least * NEARLY - 1e-9 for part in parts)
            assert unread <= MAX_UNREAD * len(parts)
            if any(isinstance(entry, Members) for entry in entries):
                assert len(siblings.members(focus, weights)) > FEW
        for entry, part in zip(entries, parts, strict=True):
            shares[entry.group if isinstance(entry, Members) else entry] = part, ring + 1


def _opened(scope: Scope) -> list[Focus]:
    """Return what has anything drawn below it, from the centre outwards."""
    return list(scope.entries)


def _rings(scope: Scope) -> int:
    """Return the number of rings that are drawn."""

    def below(focus: Focus) -> int:
        entries = scope.entries.get(focus)
        if entries is None:
            return 0
        return 1 + max(
            below(entry.group if isinstance(entry, Members) else entry) for entry in entries
        )

    return below(scope.centre)


@given(forests(most=120), rooms())
def test_rows_fit_into_the_room_beyond_the_children_of_the_focus(pairs: Pairs, room: Room) -> None:
    scope = scope_of(organization_of(pairs), room=room)

    parts = sum(map(len, scope.entries.values()))
    rows = 1 + parts - len(scope.entries)
    assert rows <= max(room.rows, len(scope.entries.get(scope.centre, ())))


@given(forests(), st.data())
def test_a_sorted_scope_shows_the_largest_siblings_first_and_groups_last(
    pairs: Pairs, data: st.DataObject
) -> None:
    organization = organization_of(pairs)
    number = len(organization)
    amounts = np.array(data.draw(st.lists(st.integers(0, 4), min_size=number, max_size=number)))
    scope = scope_of(organization, room=data.draw(rooms()))

    result = scope.sorted_by(amounts)

    assert result.is_sorted
    assert result.entries.keys() == scope.entries.keys()
    for focus, entries in result.entries.items():
        units = [entry for entry in entries if not isinstance(entry, Members)]
        assert units == sorted(
            (entry for entry in scope.entries[focus] if not isinstance(entry, Members)),
            key=lambda unit: -amounts[unit],
        )
        assert list(entries[: len(units)]) == units
        groups = [entry for entry in scope.entries[focus] if isinstance(entry, Members)]
        assert list(entries[len(units) :]) == groups


@given(forests(), st.integers(1, 6))
def test_a_scope_of_any_rows_shows_whole_levels(pairs: Pairs, rings: int) -> None:
    naive, organization = NaiveTree(pairs), organization_of(pairs)

    scope = scope_of(organization, rings=rings)

    levels = [set(naive.by_level(naive.root, level)) for level in range(rings + 1)]
    assert set(shown_ids(scope)) in levels


@given(forests(), st.data())
@example([("a", "")], None)
def test_the_common_ancestor_is_the_deepest(
    pairs: list[tuple[str, str]], data: st.DataObject | None
) -> None:
    organization = organization_of(pairs)
    numbers = st.integers(0, len(organization) - 1)
    units = data.draw(st.lists(numbers, min_size=1, max_size=4)) if data else [0]

    ancestor = common_ancestor(organization, units)

    assert all(organization.is_below(unit, ancestor) for unit in units)
    assert not any(
        all(organization.is_below(unit, child) for unit in units)
        for child in organization.children(ancestor)
    )
