from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.style import FOLDED, Theme
from components.diagrams.tree import Tree, key_of, tree_of
from components.model.organization import Organization
from components.model.scope import scope_of
from tests.diagrams.shapes import trees
from tests.english import ENGLISH
from tests.organizations import forests, organization_of, units_with_gaps

CROWD = """
    id,    name,       short_name, parent,  type
    board, The Board,  Board,      ,        office
    pay,   Payroll,    ,           board,   department
    p1,    Salaries,   ,           pay,     unit
    p2,    Pensions,   ,           pay,     unit
    it,    Technology, Tech,       board,   department
    i1,    Servers,    ,           it,      unit
    i2,    Screens,    ,           it,      unit
    i3,    Cables,     ,           it,      unit
"""


def indented_labels(tree: Tree) -> list[str]:
    """Return key and label of each node, indented by its level."""
    return [". " * node.level + f"{node.key} {node.short_name}" for node in tree.nodes]


def test_units_stand_in_preorder(harbour: Organization) -> None:
    assert indented_labels(tree_of(scope_of(harbour), ENGLISH)) == [
        "u0 Harbour",
        ". u1 Traffic",
        ". . u2 Pilots",
        ". . u3 Locks",
        ". u4 Safety",
        ". . u5 Fire",
        ". . u6 Goods",
    ]


def test_a_fold_follows_its_siblings() -> None:
    crowd = organization_of(CROWD)

    assert indented_labels(tree_of(scope_of(crowd, most=6), ENGLISH)) == [
        "u0 Board",
        ". u1 Payroll",
        ". . u2 Salaries",
        ". . u3 Pensions",
        ". u4 Tech",
        ". . u5 Servers",
        ". . f4 + 2 more",
    ]
    assert indented_labels(tree_of(scope_of(crowd, most=2), ENGLISH)) == [
        "u0 Board",
        ". u1 Payroll",
        ". . f1 + 2 more",
        ". f0 + 4 more",
    ]


def test_a_fold_counts_its_units() -> None:
    *_, fold = tree_of(scope_of(organization_of(CROWD), most=2), ENGLISH).nodes

    assert fold.is_fold
    assert (fold.key, fold.parent, fold.unit, fold.leaves) == ("f0", "u0", 0, 3)
    assert (fold.name, fold.note) == ("+ 4 more", "below The Board")


def test_levels_are_counted_from_the_focus(harbour: Organization) -> None:
    tree = tree_of(scope_of(harbour, harbour.number["safety"]), ENGLISH)

    assert indented_labels(tree) == ["u4 Safety", ". u5 Fire", ". u6 Goods"]
    assert [node.parent for node in tree.nodes] == ["", "u4", "u4"]


@pytest.mark.parametrize(
    ("unit", "note"),
    [
        ("harbour", "Office, 6 units below"),
        ("traffic", "Department, 2 units below"),
        ("fire", "Unit"),
    ],
)
def test_a_note_has_type_and_number_of_units_below(
    harbour: Organization, unit: str, note: str
) -> None:
    notes = {node.key: node.note for node in tree_of(scope_of(harbour), ENGLISH).nodes}

    assert notes[key_of(harbour.number[unit])] == note


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("", "1 unit below"),
        ("division", "Division, 1 unit below"),
        ("IT unit", "IT unit, 1 unit below"),
    ],
)
def test_a_note_begins_with_a_capital_and_may_lack_the_type(kind: str, note: str) -> None:
    organization = organization_of(f"id, parent, type\na, , {kind}\nb, a, ")

    assert tree_of(scope_of(organization), ENGLISH).focus.note == note


def test_the_note_of_a_placeholder_says_so_instead_of_a_type() -> None:
    notes = {node.name: node.note for node in tree_of(scope_of(units_with_gaps()), ENGLISH).nodes}

    assert notes["agency"] == "Not in the table, 2 units below"
    assert notes["Board"] == "Office, 1 unit below"
    assert notes["Staff"] == "4 units below"


def test_a_short_name_defaults_to_the_name() -> None:
    labels = {
        node.name: node.short_name
        for node in tree_of(scope_of(organization_of(CROWD)), ENGLISH).nodes
    }

    assert labels["Technology"] == "Tech"
    assert labels["Payroll"] == "Payroll"


@given(forests(), st.integers(1, 4), st.integers(1, 30))
def test_folds_count_all_leaves(pairs: list[tuple[str, str]], levels: int, most: int) -> None:
    organization = organization_of(pairs)
    tree = tree_of(scope_of(organization, levels=levels, most=most), ENGLISH)

    for parent, children in tree.children.items():
        (node,) = (node for node in tree.nodes if node.key == parent)
        assert sum(child.leaves for child in children) == node.leaves
    assert tree.focus.leaves == organization.leaves[0]


@given(trees())
def test_every_node_but_the_focus_is_a_child_of_its_parent(tree: Tree) -> None:
    nodes = {node.key: node for node in tree.nodes}

    assert len(nodes) == len(tree.nodes)
    assert tree.nodes[0].level == 0
    for node in tree.nodes[1:]:
        assert node.level == nodes[node.parent].level + 1
        assert node in tree.children[node.parent]
        assert not nodes[node.parent].is_fold


@pytest.mark.parametrize("theme", Theme)
def test_a_unit_has_the_same_fill_in_every_picture(iom: Organization, theme: Theme) -> None:
    whole = tree_of(scope_of(iom), ENGLISH)
    fills = {node.key: whole.fill(node, theme) for node in whole.nodes}

    for focus in range(len(iom)):
        part = tree_of(scope_of(iom, focus), ENGLISH)
        assert {node.key: part.fill(node, theme) for node in part.nodes}.items() <= fills.items()


@pytest.mark.parametrize("theme", Theme)
def test_a_fold_has_a_distinct_fill(theme: Theme) -> None:
    tree = tree_of(scope_of(organization_of(CROWD), most=2), ENGLISH)

    top, unit, *folds = (tree.fill(node, theme) for node in tree.nodes)

    assert set(folds) == {FOLDED[theme]}
    assert len({top, unit, *folds}) == 3
