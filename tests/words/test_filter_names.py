from __future__ import annotations

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from components.words.filter_names import active_filters, filter_name, matching_units
from tests.english import ENGLISH
from tests.organizations import organization_of, two_states


def test_filters_are_named_with_their_category(harbour: Organization) -> None:
    chosen = ViewState(types=("unit",), themes=("permits", "environment")).filters
    filters = OrganizationIndex(harbour).filters

    names = [
        filter_name(each, ENGLISH) for each in active_filters(harbour, filters, chosen, ENGLISH)
    ]

    assert names == ["Type: unit", "Theme: Permits", "Theme: Environment"]


def test_filters_by_facts_have_the_heading_of_their_column() -> None:
    staff = organization_of(
        """
        id, name, parent, type, Grade, Location
        1,  A,    ,       post, G1,    Oslo
        2,  B,    1,      post, G1,    Oslo
        3,  C,    1,      post, G2,    Rome
        4,  D,    1,      post, G2,    Rome
        """
    )
    filters = OrganizationIndex(staff).filters
    chosen = ViewState(where=("grade:G1", "location:Rome")).filters

    names = [filter_name(each, ENGLISH) for each in active_filters(staff, filters, chosen, ENGLISH)]

    assert names == ["Grade: G1", "Location: Rome"]


def test_filters_by_changes_have_the_names_of_their_kinds() -> None:
    both = two_states()
    filters = OrganizationIndex(both).filters
    chosen = ViewState(changes=("all", "moved", "type")).filters

    names = [filter_name(each, ENGLISH) for each in active_filters(both, filters, chosen, ENGLISH)]

    assert names == ["Changes: All", "Changes: Moved", "Changes: Type"]


def test_units_that_are_gone_are_counted_with_the_others() -> None:
    both = two_states()

    assert both.count() == 8
    assert matching_units(3, both, ENGLISH) == "3 of 10 units match"


def test_the_number_of_matches_is_a_sentence(harbour: Organization) -> None:
    sentences = [matching_units(total, harbour, ENGLISH) for total in (0, 1, 3)]

    assert sentences == ["None of 7 units matches", "1 of 7 units matches", "3 of 7 units match"]
