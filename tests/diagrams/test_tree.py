from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.style import GROUPED, Theme
from components.diagrams.tree import Tree, key_of, tree_of
from components.model.organization import Organization
from components.model.scope import Room
from tests.diagrams.shapes import trees
from tests.english import ENGLISH
from tests.organizations import (
    FEW_ROWS,
    GATHERING,
    crowd,
    forests,
    organization_of,
    scope_of,
    units_with_gaps,
)


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


def test_groups_follow_their_siblings() -> None:
    assert indented_labels(tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH)) == [
        "u0 Port",
        ". u1 Traffic Department",
        ". u7 Safety Department",
        ". g0-3 A to D (4)",
        ". g0-4 E to H (4)",
        ". g0-5 I to L (4)",
    ]


def test_the_members_of_a_group_are_below_it() -> None:
    labels = indented_labels(tree_of(scope_of(crowd(), room=GATHERING), ENGLISH))

    assert labels[-6:] == [
        *(". . u20 Heritage", ". g0-5 I to L (4)"),
        *(". . u21 Islands", ". . u22 Jetties", ". . u23 Kiosks", ". . u24 Lights"),
    ]


def test_a_group_has_the_weight_of_its_members() -> None:
    tree = tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH)
    group = tree.by_key["g0-3"]

    assert (group.parent, group.unit, group.weight) == ("u0", 0, 4)
    assert (group.place, group.siblings) == (3, 5)
    assert (group.name, group.note) == ("A to D (4)", "below Port")


def test_a_group_in_the_centre_has_the_name_of_its_parent_as_well() -> None:
    organization = crowd()
    (group,) = {
        node.group.group
        for node in tree_of(scope_of(organization, room=FEW_ROWS), ENGLISH).nodes
        if node.group and node.key == "g0-4"
    }

    tree = tree_of(scope_of(organization, group), ENGLISH)

    assert indented_labels(tree) == [
        *("u0 E to H (4)", ". u17 Energy", ". u18 Ferries", ". u19 Gates", ". u20 Heritage"),
    ]
    assert (tree.focus.name, tree.focus.weight) == ("Port: E to H (4)", 4)


def test_a_group_in_a_group_has_a_place_in_its_key() -> None:
    units = [("top", ""), *((f"{letter}{n}", "top") for letter in "abcd" for n in range(9))]

    tree = tree_of(scope_of(organization_of(units), room=Room(((0.2,), (0.2, 0.1)))), ENGLISH)

    assert indented_labels(tree)[:4] == [
        *("u0 top", ". g0-1 A0 to A8 (9)", ". . g0-1-1 A0 to A3 (4)", ". . g0-1-2 A4 to A8 (5)"),
    ]


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
    organization = organization_of("""
        id, name,       short_name, parent
        t,  Technology, Tech,
        p,  Payroll,    ,           t
    """)

    labels = {node.name: node.short_name for node in tree_of(scope_of(organization), ENGLISH).nodes}

    assert labels == {"Technology": "Tech", "Payroll": "Payroll"}


@given(forests(), st.integers(1, 4), st.integers(1, 30))
def test_groups_count_all_leaves(pairs: list[tuple[str, str]], levels: int, most: int) -> None:
    organization = organization_of(pairs)
    tree = tree_of(scope_of(organization, rings=levels, rows=most), ENGLISH)

    for parent, children in tree.children.items():
        (node,) = (node for node in tree.nodes if node.key == parent)
        assert sum(child.weight for child in children) == node.weight
    assert tree.focus.weight == organization.leaves[0]


@given(trees())
def test_every_node_but_the_focus_is_a_child_of_its_parent(tree: Tree) -> None:
    nodes = {node.key: node for node in tree.nodes}

    assert len(nodes) == len(tree.nodes)
    assert tree.nodes[0].level == 0
    for node in tree.nodes[1:]:
        assert node.level == nodes[node.parent].level + 1
        assert node in tree.children[node.parent]


@pytest.mark.parametrize("theme", Theme)
def test_a_unit_has_the_same_fill_in_every_picture(iom: Organization, theme: Theme) -> None:
    whole = tree_of(scope_of(iom), ENGLISH)
    fills = {node.key: whole.fill(node, theme) for node in whole.nodes}

    for focus in range(len(iom)):
        part = tree_of(scope_of(iom, focus), ENGLISH)
        assert {node.key: part.fill(node, theme) for node in part.nodes}.items() <= fills.items()


@pytest.mark.parametrize("theme", Theme)
def test_a_group_has_a_distinct_fill(theme: Theme) -> None:
    tree = tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH)

    top, one, other, *groups = (tree.fill(node, theme) for node in tree.nodes)

    assert set(groups) == {GROUPED[theme]}
    assert len({top, one, other, *groups}) == 4
