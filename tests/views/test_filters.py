from __future__ import annotations

import pytest

from components.diagrams.tree import tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.view_state import ViewState
from components.views.filters import MAX_VALUES, filter_menu, mark_matches, matches
from components.views.outline import outline
from tests.english import ENGLISH
from tests.organizations import organization_of
from tests.views.components import attribute, css, find, only, text_of


def choices(organization: Organization) -> dict[str, list[str]]:
    """Return what can be chosen, by the heading above it."""
    return {
        text_of(only(each, "Legend")): [text_of(label) for label in find(each, "Label")]
        for each in find(filter_menu(OrganizationIndex(organization), ENGLISH), "Fieldset")
    }


class TestTheMenu:
    def test_has_types_and_themes_with_their_numbers_of_units(self, harbour: Organization) -> None:
        assert choices(harbour) == {
            "Type": ["office 1", "department 2", "unit 4"],
            "Theme": ["Navigation 2", "Emergencies 3", "Permits 3", "Environment 1"],
        }

    def test_has_what_stands_in_an_address_on_each(self, harbour: Organization) -> None:
        labels = find(filter_menu(OrganizationIndex(harbour), ENGLISH), "Label")

        told = [(attribute(each, "data-filter"), attribute(each, "data-value")) for each in labels]
        assert told[2:4] == [("types", "unit"), ("themes", "navigation")]

    def test_says_how_many_filters_are_on(self, harbour: Organization) -> None:
        off, on = (filter_menu(OrganizationIndex(harbour), ENGLISH, on=number) for number in (0, 2))

        assert text_of(only(off, "Summary")) == "Filter"
        assert text_of(only(on, "Summary")) == "Filter (2)"

    def test_has_no_group_without_a_choice(self) -> None:
        typed = organization_of("id, name, type, parent_id\na, A, office,\nb, B, , a")

        assert choices(typed) == {"Type": ["office 1"]}
        assert (
            filter_menu(OrganizationIndex(organization_of([("a", ""), ("b", "a")])), ENGLISH) == []
        )

    def test_of_hundreds_has_the_most_frequent_and_counts_the_rest(self) -> None:
        rows = [
            f"u{n}, U, t{n // 2 if n > 8 else n}, {'u0' * bool(n)}"
            for n in range(2 * MAX_VALUES + 9)
        ]
        many = organization_of("\n".join(["id, name, type, parent_id", *rows]))

        (told,) = choices(many).values()

        assert len(told) == MAX_VALUES
        assert {each.split()[1] for each in told} <= {"2", "3"}
        rest = len(OrganizationIndex(many).filters.types) - MAX_VALUES
        (fieldset,) = find(filter_menu(OrganizationIndex(many), ENGLISH), "Fieldset")
        assert text_of(only(fieldset, "P")) == f"and {rest} more, less frequent"

    def test_offers_nothing_that_an_address_cannot_say(self) -> None:
        rows = ["id,name,type,parent_id", "a,A,office;unit,", "b,B,office,a"]
        organization = organization_of("\n".join(rows))

        assert choices(organization) == {"Type": ["office 1"]}


class TestWhatTheyLeave:
    def test_is_said_with_a_button_for_each_filter_and_for_all(self, harbour: Organization) -> None:
        look = ViewState(types=("unit",), themes=("permits",))

        found = matches(tree_of(scope_of(harbour), ENGLISH), look, OrganizationIndex(harbour))

        assert found["count"] == "2 of 7 units match"
        assert [text_of(each) for each in found["chips"]] == [
            "type unit ×",
            "theme Permits ×",
            "Clear filters",
        ]
        told = [
            (attribute(each, "data-filter"), attribute(each, "value"))
            for each in find(found["chips"], "Button")
        ]
        assert told == [("types", "unit"), ("themes", "permits"), ("all", None)]
        names = [attribute(each, "aria-label") for each in find(found["chips"], "Button")]
        assert names[:2] == ["Remove the filter: type unit", "Remove the filter: theme Permits"]

    def test_is_said_to_be_nothing(self, harbour: Organization) -> None:
        look = ViewState(types=("office",), themes=("navigation",))

        found = matches(tree_of(scope_of(harbour), ENGLISH), look, OrganizationIndex(harbour))

        assert found["count"] == "None of 7 units matches"
        assert (found["lit"], found["hits"]) == ([], [])
        assert text_of(found["chips"][-1]) == "Clear filters"

    @pytest.mark.parametrize(
        ("focus", "elsewhere"),
        [("harbour", ""), ("traffic", "; 2 of them are not shown")],
    )
    def test_is_said_to_be_elsewhere_if_it_is(
        self, harbour: Organization, focus: str, elsewhere: str
    ) -> None:
        tree = tree_of(scope_of(harbour, harbour.number[focus]), ENGLISH)

        found = matches(tree, ViewState(themes=("emergencies",)), OrganizationIndex(harbour))

        assert found["count"] == f"3 of 7 units match{elsewhere}"

    def test_is_marked_in_the_outline(self, harbour: Organization) -> None:
        scope = scope_of(harbour)
        look = ViewState(themes=("navigation",), types=("unit",))
        found = matches(tree_of(scope, ENGLISH), look, OrganizationIndex(scope.organization))

        marked = mark_matches(outline(scope, ENGLISH), found, ENGLISH)

        links = {attribute(each, "data-unit"): each for each in find(marked, "A")}
        assert {unit for unit, each in links.items() if "hit" in css(each)} == {"pilots"}
        bright = {unit for unit, each in links.items() if "dimmed" not in css(each)}
        assert bright == {"harbour", "traffic", "pilots"}
        assert attribute(links["pilots"], "aria-description") == "Matches the filters"

    def test_is_marked_in_the_outline_on_what_is_folded(self) -> None:
        rows = [f"u{n}, U, {'rare' if n > 5 else 'common'}, {'u0' * bool(n)}" for n in range(12)]
        scope = scope_of(organization_of("\n".join(["id, name, type, parent_id", *rows])), most=6)

        for kind, expected in (("rare", []), ("common", ["dimmed"])):
            found = matches(
                tree_of(scope, ENGLISH),
                ViewState(types=(kind,)),
                OrganizationIndex(scope.organization),
            )
            folds = [
                each
                for each in find(mark_matches(outline(scope, ENGLISH), found, ENGLISH), "A")
                if attribute(each, "data-focus-on")
            ]
            assert [css(each) for each in folds] == [expected]
