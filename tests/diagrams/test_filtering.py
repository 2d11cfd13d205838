from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.filtering import MatchingNodes, matching_nodes
from components.diagrams.tree import Tree, key_of, tree_of
from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from tests.english import ENGLISH
from tests.organizations import crowd, forests, organization_of, scope_of


def filter_tree(tree: Tree, **filters: Any) -> MatchingNodes:
    result = matching_nodes(
        tree, ViewState(**filters), OrganizationIndex(tree.organization).filters
    )
    assert result is not None
    return result


def names(tree: Tree, keys: frozenset[str]) -> list[str]:
    """Return the ids of the units with some keys; a group is "+" and the id of its parent."""
    ids = tree.organization.units["id"]
    return ["+" * bool(node.group) + ids[node.unit] for node in tree.nodes if node.key in keys]


class TestFilters:
    def test_have_no_result_if_none_is_set(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        assert matching_nodes(tree, ViewState(unit=3), OrganizationIndex(harbour).filters) is None

    def test_hit_matching_units_and_light_their_ancestors(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        result = filter_tree(tree, types=("unit",), themes=("navigation",))

        assert names(tree, result.hits) == ["pilots"]
        assert names(tree, result.lit) == ["harbour", "traffic", "pilots"]
        assert (result.total, result.below) == (1, 1)

    def test_count_matches_outside_the_scope(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH)

        result = filter_tree(tree, themes=("emergencies",))

        assert (result.total, result.below) == (3, 2)
        assert names(tree, result.lit) == names(tree, result.hits) == ["safety", "fire"]

    def test_light_a_unit_with_matching_descendants_that_are_not_drawn(
        self, harbour: Organization
    ) -> None:
        tree = tree_of(scope_of(harbour, rings=1), ENGLISH)

        result = filter_tree(tree, themes=("navigation",), types=("unit",))

        assert names(tree, result.hits) == []
        assert names(tree, result.lit) == ["harbour", "traffic"]

    def test_light_a_group_with_matches_in_it(self) -> None:
        rows = [f"{n}, {n}, top, {'rare' if n > 20 else 'frequent'}" for n in range(11, 24)]
        table = "\n".join(["id, name, parent, type", "top, Top, , office", *rows])
        organization = organization_of(table)
        tree = tree_of(scope_of(organization, rows=4), ENGLISH)

        result = filter_tree(tree, types=("rare",))

        assert names(tree, result.hits) == []
        assert [tree.by_key[key].name for key in sorted(result.lit)] == ["20 to 23 (4)", "Top"]

    def test_in_a_group_are_those_of_its_members(self) -> None:
        organization = crowd()
        group = Group(0, run=(1, 3))
        tree = tree_of(scope_of(organization, group), ENGLISH)

        result = filter_tree(tree, types=("department",))

        assert (result.total, result.below) == (2, 0)
        assert result.lit == frozenset()

    def test_without_matches_light_nothing(self, harbour: Organization) -> None:
        result = filter_tree(
            tree_of(scope_of(harbour), ENGLISH), types=("office",), themes=("navigation",)
        )

        assert (result.total, result.hits, result.lit) == (0, frozenset(), frozenset())


@given(forests(), st.data())
def test_lit_nodes_agree_with_a_naive_search_of_their_subtrees(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    types = {unit: data.draw(st.sampled_from("xyz")) for unit, _ in pairs}
    rows = ["id, name, type, parent_id"]
    rows += [f"{unit}, {unit}, {types[unit]}, {above}" for unit, above in pairs]
    organization = organization_of("\n".join(rows))
    focus = data.draw(st.integers(0, len(organization) - 1))
    levels, most = data.draw(st.integers(1, 4)), data.draw(st.sampled_from([3, 8, 300]))
    scope = scope_of(organization, focus, rings=levels, rows=most)
    if data.draw(st.booleans()):
        scope = scope.sorted_by(organization.size)
    tree = tree_of(scope, ENGLISH)
    kind = data.draw(st.sampled_from([*OrganizationIndex(organization).filters.types]))

    result = filter_tree(tree, types=(kind,))

    matches = {n for n, each in enumerate(organization.units["type"]) if each == kind}

    def below(unit: int) -> set[int]:
        return {unit}.union(*(below(child) for child in organization.children(unit)))

    drawn = set(tree.scope.units)
    lit = {key_of(unit) for unit in drawn if below(unit) & matches}
    for node in tree.nodes:
        if node.group:
            lit |= {node.key for child in node.group.units if below(child) & matches}
    assert result.hits == {key_of(unit) for unit in drawn & matches}
    assert result.lit == lit
    assert result.total == len(matches)
    assert result.below == len(below(tree.focus.unit) & matches)
