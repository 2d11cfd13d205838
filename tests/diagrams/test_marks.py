from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.diagrams.marks import Marks, marks_of
from components.diagrams.network import Look, network_elements, references_in
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from tests.diagrams.drawings import pictured_scopes
from tests.english import ENGLISH
from tests.organizations import organization_of


def lit(organization: Organization, unit: str) -> set[str]:
    """Return the ids of the units, and the keys of the references, that concern a unit."""
    scope = organization.scope()
    marks = marks_of(
        tree_of(scope, ENGLISH), Look(organization.number[unit]), references_in(scope)[1]
    )
    return {
        organization.units["id"][int(key[1:])] if key.startswith("u") else key
        for key in marks.lit or ()
    }


class TestMarks:
    @pytest.mark.parametrize(
        ("unit", "expected"),
        [
            # Its chain, whom it coordinates with, the tide tables and who else names them.
            ("pilots", {"pilots", "traffic", "harbour", "fire", "safety", "locks", "r1"}),
            ("safety", {"safety", "harbour", "fire", "goods", "pilots", "traffic", "r0"}),
        ],
    )
    def test_light_what_concerns_a_unit(
        self, harbour: Organization, unit: str, expected: set[str]
    ) -> None:
        assert lit(harbour, unit) == expected

    def test_of_the_top_dim_no_unit(self, harbour: Organization) -> None:
        assert lit(harbour, "harbour") >= set(harbour.units["id"])

    def test_lift_the_chain_up_to_the_focus(self, harbour: Organization) -> None:
        whole, part = (
            marks_of(
                tree_of(harbour.scope(harbour.number[focus]), ENGLISH), Look(harbour.number["fire"])
            )
            for focus in ("harbour", "safety")
        )

        assert (whole.selected, whole.chain) == ("u5", {"u5", "u4", "u0"})
        assert (part.selected, part.chain) == ("u5", {"u5", "u4"})

    def test_of_no_unit_are_none(self, harbour: Organization) -> None:
        tree = tree_of(harbour.scope(), ENGLISH)

        assert marks_of(tree, Look()) == Marks()
        assert not any(Marks().is_dimmed(node.key) for node in tree.nodes)

    def test_of_a_unit_outside_the_picture_are_none(self, harbour: Organization) -> None:
        part = tree_of(harbour.scope(harbour.number["traffic"]), ENGLISH)
        folded = tree_of(harbour.scope(most=2), ENGLISH)

        assert marks_of(part, Look(harbour.number["fire"])) == Marks()
        assert marks_of(folded, Look(harbour.number["goods"])) == Marks()

    def test_light_the_fold_below_a_unit(self) -> None:
        units = [("top", ""), ("a", "top"), ("b", "top"), *((f"a{each}", "a") for each in range(9))]
        organization = organization_of(units)
        tree = tree_of(organization.scope(most=6), ENGLISH)
        (fold,) = (node.key for node in tree.nodes if node.is_fold)

        of_a, of_b = (marks_of(tree, Look(organization.number[unit])) for unit in "ab")

        assert not of_a.is_dimmed(fold)
        assert of_b.is_dimmed(fold)

    @settings(max_examples=40)
    @given(st.data())
    def test_are_of_what_is_drawn_alone(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        tree, named_by = tree_of(scope, ENGLISH), references_in(scope)[1]
        unit = data.draw(st.sampled_from(scope.units))
        keys = {each["data"]["id"] for each in network_elements(tree_of(scope, ENGLISH))}

        marks = marks_of(tree, Look(unit), named_by)

        assert marks.selected in marks.chain
        assert tree.focus.key in marks.chain
        assert marks.lit is not None
        assert marks.chain <= marks.lit <= keys


class TestFilters:
    def test_light_what_passes_them_and_what_leads_there(self, harbour: Organization) -> None:
        tree = tree_of(harbour.scope(), ENGLISH)

        marks = marks_of(tree, Look(types=("unit",), themes=("navigation",)))

        assert (marks.selected, marks.chain) == ("", frozenset())
        assert marks.hits == {"u2"}
        assert [node.key for node in tree.nodes if not marks.is_dimmed(node.key)] == [
            *("u0", "u1", "u2")
        ]

    def test_keep_the_chain_of_the_selected_unit_bright(self, harbour: Organization) -> None:
        marks = marks_of(
            tree_of(harbour.scope(), ENGLISH), Look(harbour.number["fire"], themes=("navigation",))
        )

        assert (marks.selected, marks.chain) == ("u5", {"u0", "u4", "u5"})
        # Whom it works with is dimmed, unless it passes.
        assert marks.lit == {"u0", "u1", "u2", "u4", "u5"}

    def test_hold_for_a_selected_unit_outside_the_picture(self, harbour: Organization) -> None:
        part = tree_of(harbour.scope(harbour.number["traffic"]), ENGLISH)

        marks = marks_of(part, Look(harbour.number["fire"], themes=("permits",)))

        assert (marks.selected, marks.lit, marks.hits) == ("", frozenset(), frozenset())
        assert all(marks.is_dimmed(node.key) for node in part.nodes)
