"""What filters leave in a picture, and what leads there."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.filtering import Filtered, filtered
from components.diagrams.tree import Tree, key_of, tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.view_state import ViewState
from components.words.filter_names import filter_names, matching_units
from tests.english import ENGLISH
from tests.organizations import forests, organization_of


def left(tree: Tree, **filters: Any) -> Filtered:
    found = filtered(tree, ViewState(**filters), OrganizationIndex(tree.organization).filters)
    assert found is not None
    return found


def names(tree: Tree, keys: frozenset[str]) -> list[str]:
    """Return what is drawn under keys: ids of units, and "+" with the id above a fold."""
    ids = tree.organization.units["id"]
    return ["+" * node.is_fold + ids[node.unit] for node in tree.nodes if node.key in keys]


class TestFilters:
    def test_leave_nothing_to_say_while_none_are_on(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        assert filtered(tree, ViewState(unit=3), OrganizationIndex(harbour).filters) is None

    def test_mean_units_and_light_what_leads_to_them(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        found = left(tree, types=("unit",), themes=("navigation",))

        assert names(tree, found.hits) == ["pilots"]
        assert names(tree, found.lit) == ["harbour", "traffic", "pilots"]
        assert (found.total, found.below) == (1, 1)

    def test_count_what_matches_elsewhere(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        found = left(tree, themes=("emergencies",))

        assert (found.total, found.below) == (3, 2)
        assert names(tree, found.lit) == names(tree, found.hits) == ["safety", "fire"]

    def test_light_a_unit_with_matches_below_what_is_drawn(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour, levels=1), ENGLISH)

        found = left(tree, themes=("navigation",), types=("unit",))

        assert names(tree, found.hits) == []
        assert names(tree, found.lit) == ["harbour", "traffic"]

    def test_light_a_fold_with_matches_in_it(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour, most=4), ENGLISH)

        found = left(tree, themes=("environment",))

        assert names(tree, found.hits) == []
        assert names(tree, found.lit) == ["harbour", "safety", "+safety"]

    def test_that_nothing_passes_light_nothing(self, harbour: Organization) -> None:
        found = left(tree_of(scope_of(harbour), ENGLISH), types=("office",), themes=("navigation",))

        assert (found.total, found.hits, found.lit) == (0, frozenset(), frozenset())


def test_filters_are_named_by_what_they_are(harbour: Organization) -> None:
    assert filter_names(harbour, ("unit",), ("permits", "environment"), ENGLISH) == [
        "type unit",
        "theme Permits",
        "theme Environment",
    ]


def test_how_many_match_is_a_sentence(harbour: Organization) -> None:
    told = [matching_units(total, harbour, ENGLISH) for total in (0, 1, 3)]

    assert told == ["None of 7 units matches", "1 of 7 units matches", "3 of 7 units match"]


@given(forests(), st.data())
def test_what_is_lit_is_what_a_plain_search_below_finds(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    types = {unit: data.draw(st.sampled_from("xyz")) for unit, _ in pairs}
    rows = ["id, name, type, parent_id"]
    rows += [f"{unit}, {unit}, {types[unit]}, {above}" for unit, above in pairs]
    organization = organization_of("\n".join(rows))
    focus = data.draw(st.integers(0, len(organization) - 1))
    levels, most = data.draw(st.integers(1, 4)), data.draw(st.sampled_from([3, 8, 300]))
    tree = tree_of(scope_of(organization, focus, levels=levels, most=most), ENGLISH)
    kind = data.draw(st.sampled_from([*OrganizationIndex(organization).filters.types]))

    found = left(tree, types=(kind,))

    matches = {n for n, each in enumerate(organization.units["type"]) if each == kind}

    def below(unit: int) -> set[int]:
        return {unit}.union(*(below(child) for child in organization.children(unit)))

    drawn = set(tree.units)
    lit = {key_of(unit) for unit in drawn if below(unit) & matches}
    for node in tree.nodes:
        if node.is_fold:
            folded = [each for each in organization.children(node.unit) if each not in drawn]
            lit |= {node.key for child in folded if below(child) & matches}
    assert found.hits == {key_of(unit) for unit in drawn & matches}
    assert found.lit == lit
    assert found.total == len(matches)
    assert found.below == len(below(tree.focus.unit) & matches)
