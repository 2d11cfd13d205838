"""Scopes: which units they show, and what they fold."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from components.model.scope import Fold, Scope, common_ancestor, scope_of
from tests.model.naive_tree import NaiveTree, ids
from tests.organizations import Pairs, forests, organization_of

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


def fold_sizes(scope: Scope) -> dict[str, tuple[int, int]]:
    """Return the numbers of units and of leaves in each fold, by the id of its parent."""
    return {
        scope.organization.units["id"][fold.parent]: (fold.units, fold.leaves)
        for fold in scope.folds
    }


class TestScope:
    def test_shows_the_focus_and_the_given_number_of_levels_below(self) -> None:
        organization = organization_of(DIVISIONS)

        assert shown_ids(scope_of(organization, 0, levels=0)) == ["top"]
        assert shown_ids(scope_of(organization, 0, levels=1)) == ["top", "a", "b", "c"]
        assert shown_ids(scope_of(organization, 0, levels=2)) == [
            "top",
            "a",
            "a1",
            "a2",
            "b",
            "b1",
            "c",
        ]
        assert shown_ids(scope_of(organization, 0, levels=9)) == list(organization.units["id"])

    def test_does_not_fold_units_below_its_deepest_level(self) -> None:
        assert scope_of(organization_of(DIVISIONS), 0, levels=1).folds == ()

    def test_has_the_ancestors_of_its_focus(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, organization.number["a2"])

        assert [organization.units["id"][unit] for unit in scope.ancestors] == ["top", "a"]
        assert shown_ids(scope) == ["a2", "a21", "a22"]

    def test_of_a_leaf_is_that_of_its_parent(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, organization.number["a21"])

        assert scope.focus == organization.number["a2"]
        assert scope == scope_of(organization, organization.number["a2"])

    def test_folds_children_over_the_limit_and_counts_their_descendants(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, 0, most=2)

        assert shown_ids(scope) == ["top", "a"]
        assert fold_sizes(scope) == {"top": (4, 2), "a": (4, 3)}

    def test_is_filled_level_by_level_in_the_order_of_the_table(self) -> None:
        organization = organization_of(DIVISIONS)

        assert shown_ids(scope_of(organization, 0, most=5)) == ["top", "a", "a1", "b", "c"]
        assert fold_sizes(scope_of(organization, 0, most=5)) == {"a": (3, 2), "b": (2, 1)}
        assert shown_ids(scope_of(organization, 0, most=6)) == ["top", "a", "a1", "a2", "b", "c"]
        assert fold_sizes(scope_of(organization, 0, most=6)) == {"b": (2, 1), "a2": (2, 2)}
        assert fold_sizes(scope_of(organization, 0, most=8)) == {"a2": (1, 1), "b1": (1, 1)}

    def test_shows_its_focus_whatever_the_limit(self) -> None:
        assert shown_ids(scope_of(organization_of(DIVISIONS), 0, most=0)) == ["top"]

    def test_folds_a_thousand_children_into_one_fold(self) -> None:
        star = organization_of([("top", ""), *((str(child), "top") for child in range(1_000))])

        scope = scope_of(star, 0, most=300)

        assert len(scope.units) == 300
        assert scope.folds == (Fold(parent=0, units=701, leaves=701),)

    def test_groups_its_units_and_folds_by_parent(self) -> None:
        organization = organization_of(DIVISIONS)

        scope = scope_of(organization, 0, levels=2, most=6)

        assert scope.children == {0: (1, 6, 9), 1: (2, 3)}
        assert scope_of(organization, 0, most=5).fold == {1: Fold(1, 3, 2), 6: Fold(6, 2, 1)}


@given(forests(), st.integers(0, 6), st.integers(0, 45), st.integers(0))
def test_a_scope_shows_the_first_units_in_breadth_first_order(
    pairs: Pairs, levels: int, most: int, draw: int
) -> None:
    naive, organization = NaiveTree(pairs), organization_of(pairs)
    requested = draw % len(organization)

    scope = scope_of(organization, requested, levels=levels, most=most)

    focus = organization.units["id"][requested]
    if not naive.children[focus] and focus != naive.root:
        focus = naive.parent[focus]
    roots = naive.children[focus]
    if (
        focus == naive.root
        and organization.has_synthetic_top
        and len(roots) > most - 1
        and any(naive.children[root] for root in roots)
    ):
        # Half of the limit is reserved for descendants of the first roots.
        naive.children[focus] = roots[: max(0, most) // 2]
    shown = set(naive.by_level(focus, levels)[: max(1, most)])
    naive.children[focus] = roots
    assert organization.units["id"][scope.focus] == focus
    assert ids(organization, scope.ancestors) == naive.ancestors(focus)
    assert ids(organization, scope.units) == [
        unit for unit in (focus, *naive.descendants(focus)) if unit in shown
    ]


@given(forests(), st.integers(0, 6), st.integers(0, 45))
def test_a_fold_counts_the_hidden_children_and_their_descendants(
    pairs: Pairs, levels: int, most: int
) -> None:
    naive, organization = NaiveTree(pairs), organization_of(pairs)

    scope = scope_of(organization, 0, levels=levels, most=most)

    shown = set(ids(organization, scope.units))
    expected = {}
    for unit in shown:
        missing = [child for child in naive.children[unit] if child not in shown]
        if missing and len(naive.ancestors(unit)) < levels:
            folded = [unit for child in missing for unit in (child, *naive.descendants(child))]
            leaves = [leaf for child in missing for leaf in naive.leaves(child)]
            expected[unit] = (len(folded), len(leaves))
    assert {
        organization.units["id"][fold.parent]: (fold.units, fold.leaves) for fold in scope.folds
    } == expected
    assert [fold.parent for fold in scope.folds] == sorted(fold.parent for fold in scope.folds)


@given(forests(), st.integers(0, 6), st.integers(0, 45))
def test_shown_folded_and_deeper_units_add_up_to_the_organization(
    pairs: Pairs, levels: int, most: int
) -> None:
    organization = organization_of(pairs)

    scope = scope_of(organization, 0, levels=levels, most=most)

    folded = sum(fold.units for fold in scope.folds)
    ends = [unit for unit in scope.units if unit not in {**scope.children, **scope.fold}]
    deeper = sum(int(organization.size[unit]) - 1 for unit in ends)
    assert len(scope.units) + folded + deeper == len(organization)
    folded_leaves = sum(fold.leaves for fold in scope.folds)
    assert folded_leaves + organization.leaves[ends].sum() == organization.leaves[0]


@given(forests(), st.integers(0, 6), st.integers(0, 45))
def test_the_children_in_a_scope_are_its_units_without_repetition(
    pairs: Pairs, levels: int, most: int
) -> None:
    organization = organization_of(pairs)

    scope = scope_of(organization, 0, levels=levels, most=most)

    children = [child for siblings in scope.children.values() for child in siblings]
    assert sorted(children) == list(scope.units[1:])
    for parent, siblings in scope.children.items():
        assert all(organization.parent[child] == parent for child in siblings)


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
