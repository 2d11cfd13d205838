from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.marks import Marks
from components.diagrams.network import network_elements
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from components.view_state import ViewState
from tests.diagrams.drawings import marks_in, pictured_scopes
from tests.english import ENGLISH
from tests.organizations import FEW_ROWS, GATHERING, crowd, scope_of
from tests.properties import examples


def lit(organization: Organization, unit: str) -> set[str]:
    """Return the ids of the units and the keys of the references that a selected unit lights."""
    scope = scope_of(organization)
    marks = marks_in(tree_of(scope, ENGLISH), ViewState(organization.number[unit]))
    return {
        organization.units["id"][int(key[1:])] if key.startswith("u") else key
        for key in marks.lit or ()
    }


class TestMarks:
    @pytest.mark.parametrize(
        ("unit", "expected"),
        [
            # Its ancestors, the unit it coordinates with, the tide tables, who else mentions them.
            ("pilots", {"pilots", "traffic", "harbour", "fire", "safety", "locks", "r1"}),
            ("safety", {"safety", "harbour", "fire", "goods", "pilots", "traffic", "r0"}),
        ],
    )
    def test_light_ancestors_descendants_links_and_mentions_of_the_selected_unit(
        self, harbour: Organization, unit: str, expected: set[str]
    ) -> None:
        assert lit(harbour, unit) == expected

    def test_of_the_root_dim_no_unit(self, harbour: Organization) -> None:
        assert lit(harbour, "harbour") >= set(harbour.units["id"])

    def test_lift_the_ancestors_up_to_the_focus(self, harbour: Organization) -> None:
        whole, part = (
            marks_in(
                tree_of(scope_of(harbour, harbour.number[focus]), ENGLISH),
                ViewState(harbour.number["fire"]),
            )
            for focus in ("harbour", "safety")
        )

        assert (whole.selected, whole.chain) == ("u5", {"u5", "u4", "u0"})
        assert (part.selected, part.chain) == ("u5", {"u5", "u4"})

    def test_are_empty_without_a_selected_unit(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        assert marks_in(tree, ViewState()) == Marks()
        assert not any(Marks().is_dimmed(node.key) for node in tree.nodes)

    def test_are_empty_for_a_unit_that_is_not_drawn(self, harbour: Organization) -> None:
        part = tree_of(scope_of(harbour, harbour.number["traffic"]), ENGLISH)
        gathered = tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH)

        assert marks_in(part, ViewState(harbour.number["fire"])) == Marks()
        assert marks_in(gathered, ViewState(gathered.organization.number["a"])) == Marks()

    def test_light_the_group_of_a_unit_and_the_groups_below_one(self) -> None:
        tree = tree_of(scope_of(crowd(), room=GATHERING), ENGLISH)
        groups = [node.key for node in tree.nodes if node.group]

        of_port, of_safety, of_archive = (
            [key for key in groups if not marks_in(tree, ViewState(unit)).is_dimmed(key)]
            for unit in (0, 7, 13)
        )

        assert of_port == groups
        assert of_safety == []
        assert of_archive == groups[:1]

    @examples(40)
    @given(st.data())
    def test_have_keys_of_drawn_nodes_only(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        tree = tree_of(scope, ENGLISH)
        unit = data.draw(st.sampled_from(scope.units))
        keys = {element["data"]["id"] for element in network_elements(tree_of(scope, ENGLISH))}

        marks = marks_in(tree, ViewState(unit))

        assert marks.selected in marks.chain
        assert tree.focus.key in marks.chain
        assert marks.lit is not None
        assert marks.chain <= marks.lit <= keys


class TestFilters:
    def test_light_matches_and_their_ancestors(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        marks = marks_in(tree, ViewState(types=("unit",), themes=("navigation",)))

        assert (marks.selected, marks.chain) == ("", frozenset())
        assert marks.hits == {"u2"}
        assert [node.key for node in tree.nodes if not marks.is_dimmed(node.key)] == [
            *("u0", "u1", "u2")
        ]

    def test_keep_the_ancestors_of_the_selected_unit_lit(self, harbour: Organization) -> None:
        marks = marks_in(
            tree_of(scope_of(harbour), ENGLISH),
            ViewState(harbour.number["fire"], themes=("navigation",)),
        )

        assert (marks.selected, marks.chain) == ("u5", {"u0", "u4", "u5"})
        # Linked units are dimmed unless they match.
        assert marks.lit == {"u0", "u1", "u2", "u4", "u5"}

    def test_apply_if_the_selected_unit_is_not_drawn(self, harbour: Organization) -> None:
        part = tree_of(scope_of(harbour, harbour.number["traffic"]), ENGLISH)

        marks = marks_in(part, ViewState(harbour.number["fire"], themes=("permits",)))

        assert (marks.selected, marks.lit, marks.hits) == ("", frozenset(), frozenset())
        assert all(marks.is_dimmed(node.key) for node in part.nodes)
