from __future__ import annotations

import pytest

from components.diagrams.tree import tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from components.views.filters import MAX_VALUES, filter_menu, mark_matches, matches
from components.views.outline import outline
from tests.english import ENGLISH
from tests.organizations import organization_of, scope_of, two_states
from tests.views.components import attribute, css, find, only, text_of


def choices(organization: Organization) -> dict[str, list[str]]:
    """Return the labels of the choices by the legend of their group."""
    return {
        text_of(only(fieldset, "Legend")): [text_of(label) for label in find(fieldset, "Label")]
        for fieldset in find(filter_menu(OrganizationIndex(organization), ENGLISH), "Fieldset")
    }


class TestTheMenu:
    def test_has_types_and_themes_with_their_numbers_of_units(self, harbour: Organization) -> None:
        assert choices(harbour) == {
            "Type": ["office 1", "department 2", "unit 4"],
            "Theme": ["Navigation 2", "Emergencies 3", "Permits 3", "Environment 1"],
        }

    def test_has_the_changes_between_two_states_first(self) -> None:
        groups = choices(two_states())

        assert [*groups] == ["Changes", "Type"]
        assert groups["Changes"] == [
            *("All 9", "Split 3", "New 1", "Gone 1", "Moved 1", "Renamed 1", "Type 1"),
            *("Head 1", "Responsibilities 6", "Numbers 1", "Other facts 1"),
        ]

    def test_calls_the_types_as_the_table_does(self) -> None:
        organization = organization_of("""
            Name, Job title, Grade, Manager
            Ada Roe, Director, G9,
            Bo Roe, Pilot, G7, Ada Roe
            Cy Moss, Pilot, G7, Ada Roe
            """)

        assert choices(organization)["Job title"] == ["Director 1", "Pilot 2"]
        assert "Type" not in choices(organization)

    def test_has_the_key_and_value_of_the_address_on_each_choice(
        self, harbour: Organization
    ) -> None:
        labels = find(filter_menu(OrganizationIndex(harbour), ENGLISH), "Label")

        attributes = [
            (attribute(label, "data-filter"), attribute(label, "data-value")) for label in labels
        ]
        assert attributes[2:4] == [("types", "unit"), ("themes", "navigation")]

    def test_counts_the_active_filters(self, harbour: Organization) -> None:
        off, on = (filter_menu(OrganizationIndex(harbour), ENGLISH, on=number) for number in (0, 2))

        assert text_of(only(off, "Summary")) == "Filter"
        assert text_of(only(on, "Summary")) == "Filter (2)"

    def test_has_no_empty_groups(self) -> None:
        typed = organization_of("id, name, type, parent_id\na, A, office,\nb, B, , a")

        assert choices(typed) == {"Type": ["office 1"]}
        assert (
            filter_menu(OrganizationIndex(organization_of([("a", ""), ("b", "a")])), ENGLISH) == []
        )

    def test_has_the_most_frequent_values_and_counts_the_rest(self) -> None:
        rows = [
            f"u{n}, U, t{n // 2 if n > 8 else n}, {'u0' * bool(n)}"
            for n in range(2 * MAX_VALUES + 9)
        ]
        many = organization_of("\n".join(["id, name, type, parent_id", *rows]))

        (labels,) = choices(many).values()

        assert len(labels) == MAX_VALUES
        assert {label.split()[1] for label in labels} <= {"2", "3"}
        rest = len(OrganizationIndex(many).filters.types) - MAX_VALUES
        (fieldset,) = find(filter_menu(OrganizationIndex(many), ENGLISH), "Fieldset")
        assert text_of(only(fieldset, "P")) == f"and {rest} more, less frequent"

    def test_omits_values_that_an_address_cannot_contain(self) -> None:
        rows = ["id,name,type,parent_id", "a,A,office;unit,", "b,B,office,a"]
        organization = organization_of("\n".join(rows))

        assert choices(organization) == {"Type": ["office 1"]}


class TestMatches:
    def test_are_counted_with_a_button_for_each_filter_and_for_all(
        self, harbour: Organization
    ) -> None:
        state = ViewState(types=("unit",), themes=("permits",))

        result = matches(tree_of(scope_of(harbour), ENGLISH), state, OrganizationIndex(harbour))

        assert result["count"] == "2 of 7 units match"
        assert [text_of(chip) for chip in result["chips"]] == [
            "Type: unit ×",
            "Theme: Permits ×",
            "Clear filters",
        ]
        filters = [
            (attribute(button, "data-filter"), attribute(button, "value"))
            for button in find(result["chips"], "Button")
        ]
        assert filters == [("types", "unit"), ("themes", "permits"), ("all", None)]
        names = [attribute(button, "aria-label") for button in find(result["chips"], "Button")]
        assert names[:2] == ["Remove the filter: Type: unit", "Remove the filter: Theme: Permits"]

    def test_may_be_none(self, harbour: Organization) -> None:
        state = ViewState(types=("office",), themes=("navigation",))

        result = matches(tree_of(scope_of(harbour), ENGLISH), state, OrganizationIndex(harbour))

        assert result["count"] == "None of 7 units matches"
        assert (result["lit"], result["hits"]) == ([], [])
        assert text_of(result["chips"][-1]) == "Clear filters"

    @pytest.mark.parametrize(
        ("focus", "elsewhere"),
        [("harbour", ""), ("traffic", "; 2 of them are not shown")],
    )
    def test_outside_the_scope_are_counted(
        self, harbour: Organization, focus: str, elsewhere: str
    ) -> None:
        tree = tree_of(scope_of(harbour, harbour.number[focus]), ENGLISH)

        result = matches(tree, ViewState(themes=("emergencies",)), OrganizationIndex(harbour))

        assert result["count"] == f"3 of 7 units match{elsewhere}"

    def test_are_marked_in_the_outline(self, harbour: Organization) -> None:
        scope = scope_of(harbour)
        state = ViewState(themes=("navigation",), types=("unit",))
        result = matches(tree_of(scope, ENGLISH), state, OrganizationIndex(scope.organization))

        marked = mark_matches(outline(tree_of(scope, ENGLISH)), result, ENGLISH)

        links = {attribute(link, "data-unit"): link for link in find(marked, "A")}
        assert {unit for unit, link in links.items() if "hit" in css(link)} == {"pilots"}
        not_dimmed = {unit for unit, link in links.items() if "dimmed" not in css(link)}
        assert not_dimmed == {"harbour", "traffic", "pilots"}
        assert attribute(links["pilots"], "aria-description") == "Matches the filters"

    def test_in_a_group_keep_it_from_being_dimmed(self) -> None:
        rows = [f"{n}, {n}, top, {'rare' if n > 20 else 'frequent'}" for n in range(11, 24)]
        table = "\n".join(["id, name, parent, type", "top, Top, , office", *rows])
        scope = scope_of(organization_of(table), rows=4)

        for kind, expected in (("rare", []), ("office", ["dimmed"])):
            result = matches(
                tree_of(scope, ENGLISH),
                ViewState(types=(kind,)),
                OrganizationIndex(scope.organization),
            )
            groups = [
                link
                for link in find(
                    mark_matches(outline(tree_of(scope, ENGLISH)), result, ENGLISH), "A"
                )
                if attribute(link, "data-focus-on")
            ]
            assert len(groups) == 3
            assert css(groups[-1]) == expected
