"""The division of children into groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from components.model.groups import Group, Members, Values, Weights
from components.model.index import OrganizationIndex
from components.model.siblings import MIN_GATHERED, Entry, Limits, Siblings
from tests.organizations import organization_named, organization_of


def siblings_named(*names: str) -> Siblings:
    pairs = [("top", ""), *((f"n{number}", "top") for number in range(len(names)))]
    return OrganizationIndex(organization_named(pairs, ["Top", *names])).siblings


def siblings_of(values: Sequence[str]) -> Siblings:
    """Return the children of a unit, named by numbers, with types."""
    rows = [f"n{n}, {n:03}, top, {value}" for n, value in enumerate(values)]
    table = "\n".join(["id, name, parent, type", "top, Top, , office", *rows])
    return OrganizationIndex(organization_of(table)).siblings


def divided(
    siblings: Siblings, least: float, weights: Weights | None = None, focus: int | Group = 0
) -> list[Entry]:
    weights = siblings.organization.leaves if weights is None else weights
    members = siblings.members(focus, weights)
    return siblings.divide(focus, members, weights, Limits(least=least))


def names(siblings: Siblings, entries: Sequence[Entry]) -> list[str]:
    """Return the name of each unit, and the first and the last one of each group."""
    name = siblings.organization.units["name"]
    return [
        f"{name[int(entry.units[0])]} to {name[int(entry.units[-1])]}"
        if isinstance(entry, Members)
        else name[entry]
        for entry in entries
    ]


def groups(entries: Sequence[Entry]) -> list[Group]:
    return [entry.group for entry in entries if isinstance(entry, Members)]


class TestChildren:
    def test_stay_if_they_have_room(self) -> None:
        assert divided(siblings_named(*"abcd"), 0.25) == [1, 2, 3, 4]

    def test_stay_if_few_are_small(self) -> None:
        siblings = siblings_named(*"abcd")

        assert divided(siblings, 0.25, np.array([10, 1, 1, 4, 4])) == [1, 2, 3, 4]

    def test_stay_if_all_of_them_were_one_group(self) -> None:
        assert divided(siblings_named(*"abcde"), 0.9) == [1, 2, 3, 4, 5]

    def test_stay_if_they_are_the_largest(self) -> None:
        siblings = siblings_named(*"abcdef")
        weights = np.array([20, 1, 8, 1, 8, 1, 1])

        small, *kept = reversed(divided(siblings, 0.2, weights))

        assert kept == [4, 2]
        assert isinstance(small, Members)
        assert small.group == Group(0, smaller_than=8)
        assert small.units.tolist() == [1, 3, 5, 6]

    def test_of_the_same_weight_are_all_gathered_or_none(self) -> None:
        siblings = siblings_named(*"abcdef")
        weights = np.array([30, 1, 1, 1, 6, 6, 15])

        assert names(siblings, divided(siblings, 0.2, weights)) == ["f", "a to e"]

    def test_without_any_weight_are_gathered_below_one_that_has_all(self) -> None:
        siblings = siblings_named(*"bacdef")
        weights = np.array([7, 7, 0, 0, 0, 0, 0])

        entries = divided(siblings, 0.1, weights)

        assert names(siblings, entries) == ["b", "a to f"]
        assert groups(entries) == [Group(0, smaller_than=7)]
        inner = divided(siblings, 0.1, weights, groups(entries)[0])
        assert inner == [2, 3, 4, 5, 6]

    def test_may_have_weights_of_any_size(self) -> None:
        siblings = siblings_named(*"abcd")
        weights = np.array([13 * 10**30, *(number * 10**30 for number in (10, 1, 1, 1))], object)

        entries = divided(siblings, 0.2, weights)

        assert names(siblings, entries) == ["a", "b to d"]
        assert siblings.members(groups(entries)[0], weights).tolist() == [2, 3, 4]


class TestByName:
    def test_are_neighbours_of_about_the_same_weight(self) -> None:
        siblings = siblings_named(*(f"n{number:02}" for number in range(30)))

        entries = divided(siblings, 0.22)

        assert names(siblings, entries) == ["n00 to n06", "n07 to n14", "n15 to n21", "n22 to n29"]
        assert groups(entries)[1] == Group(0, run=(8, 15))

    def test_end_where_the_first_letter_changes_if_that_is_near(self) -> None:
        siblings = siblings_named(*(f"a{n}" for n in range(6)), *(f"B{n}" for n in range(4)))

        assert names(siblings, divided(siblings, 0.4)) == ["a0 to a5", "B0 to B3"]

    def test_are_in_the_order_of_folded_names(self) -> None:
        siblings = siblings_named("éa", "Eb", "ec", "ad", "Ae", "áf")

        assert names(siblings, divided(siblings, 0.45)) == ["ad to áf", "éa to ec"]

    def test_hold_units_of_equal_names_by_their_places(self) -> None:
        siblings = siblings_named(*["Team"] * 12)

        entries = divided(siblings, 0.22)

        assert [group.run for group in groups(entries)] == [(1, 3), (4, 6), (7, 9), (10, 12)]

    def test_leave_out_larger_units_between_them(self) -> None:
        siblings = siblings_named(*"abcdefg")
        weights = np.array([12, 1, 1, 1, 6, 1, 1, 1])

        entries = divided(siblings, 0.22, weights)

        assert names(siblings, entries) == ["d", "a to c", "e to g"]
        assert groups(entries)[0] == Group(0, 6, run=(1, 3))


class TestByValue:
    def test_are_the_frequent_values_and_all_others(self) -> None:
        siblings = siblings_of([*["port"] * 5, *["bay"] * 4, "x", "y", "z"])

        entries = divided(siblings, 0.25)

        assert groups(entries) == [
            Group(0, values=(Values("type", ("port",)),)),
            Group(0, values=(Values("type", ("bay",)),)),
            Group(0, values=(Values("type", ("port", "bay"), are_others=True),)),
        ]

    def test_may_have_no_value(self) -> None:
        siblings = siblings_of([*["port"] * 5, *[""] * 5])

        assert [group.text for group in groups(divided(siblings, 0.3))] == ["type:port", "type:"]

    def test_are_not_used_if_most_units_have_the_same(self) -> None:
        siblings = siblings_of([*["port"] * 9, "bay", "bay", "bay"])

        assert all(group.run for group in groups(divided(siblings, 0.25)))

    def test_of_a_group_of_a_value_are_by_name(self) -> None:
        siblings = siblings_of([*["port"] * 12, *["bay"] * 12])
        (ports, _) = groups(divided(siblings, 0.2))

        entries = divided(siblings, 0.2, focus=ports)

        assert {group.values for group in groups(entries)} == {(Values("type", ("port",)),)}
        assert [group.run for group in groups(entries)] == [(1, 3), (4, 6), (7, 9), (10, 12)]

    def test_of_an_unknown_column_hold_nobody(self) -> None:
        siblings = siblings_of(["port"] * 3)
        group = Group(0, values=(Values("taste", ("sweet",)),))

        assert siblings.members(group, siblings.organization.leaves).tolist() == []


def test_a_single_unit_is_no_group() -> None:
    siblings = siblings_named(*"abcdefgh")
    weights = np.array([100, 1, 1, 1, 1, 1, 1, 25, 69])

    assert names(siblings, divided(siblings, 0.1, weights)) == ["h", "a to f", "g"]


@given(st.data())
def test_groups_hold_all_children_once_and_are_found_again(data: st.DataObject) -> None:
    values = data.draw(st.lists(st.sampled_from(["", "a", "b;c", "~|%"]), min_size=1, max_size=40))
    siblings = siblings_of(values)
    number = len(siblings.organization)
    weights: Any = data.draw(st.lists(st.integers(0, 20), min_size=number, max_size=number))
    weights = np.array(weights, data.draw(st.sampled_from([np.int64, object])))
    least = data.draw(st.sampled_from([0.01, 0.05, 0.1, 0.3]))

    entries = divided(siblings, least, weights)

    held = [
        unit
        for entry in entries
        for unit in (entry.units.tolist() if isinstance(entry, Members) else [entry])
    ]
    assert sorted(held) == list(range(1, number))
    for entry in entries:
        if isinstance(entry, Members):
            assert len(entry.units) > 1
            assert siblings.members(entry.group, weights).tolist() == entry.units.tolist()
            assert siblings.group_of(int(entry.units[0]), entries) == entry.group
        else:
            assert siblings.group_of(entry, entries) is None
    total = int(weights[1:].sum())
    small = sum(weight * 1.0 < least * total - 1e-6 for weight in weights[1:].tolist())
    if total and small < MIN_GATHERED:
        assert not groups(entries)
