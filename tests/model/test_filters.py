"""The units that filters match, compared with a naive reading of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.categories import TYPE, category_of
from components.model.filters import Filters
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from tests.organizations import BEFORE, two_states


def matching(organization: Organization, types: list[str], themes: list[str]) -> list[str]:
    """Return the ids of the units that match."""
    matches = OrganizationIndex(organization).filters.matches(types, themes)
    return [unit for number, unit in enumerate(organization.units["id"]) if matches.has(number)]


class TestFilter:
    @pytest.mark.parametrize(
        ("types", "themes", "expected"),
        [
            (["department"], [], ["traffic", "safety"]),
            (["office", "department"], [], ["harbour", "traffic", "safety"]),
            ([], ["emergencies"], ["pilots", "safety", "fire"]),
            ([], ["navigation", "environment"], ["traffic", "pilots", "goods"]),
            # A unit must have one of the types and work on one of the themes.
            (["unit"], ["permits"], ["fire", "goods"]),
            (["department"], ["permits", "environment"], []),
        ],
    )
    def test_matches_units_of_a_type_that_work_on_a_theme(
        self, harbour: Organization, types: list[str], themes: list[str], expected: list[str]
    ) -> None:
        assert matching(harbour, types, themes) == expected

    def test_without_values_matches_every_unit(self, harbour: Organization) -> None:
        assert matching(harbour, [], []) == harbour.units["id"]

    def test_matches_units_with_a_change_of_a_kind_in_either_state(self) -> None:
        both = two_states()
        filters = OrganizationIndex(both).filters

        def names(*kinds: str, types: Sequence[str] = ()) -> list[str]:
            matches = filters.matches(types, [], changes=kinds)
            return [name for unit, name in enumerate(both.units["name"]) if matches.has(unit)]

        assert names("moved") == ["Pilots"]
        assert names("new", "gone") == ["Mail Room", "Watch"]
        assert names("split") == ["Quays and Roads", "Quays", "Roads"]
        assert names("all", types=["department"]) == ["Finance", "Ships"]
        assert len(names("all")) == filters.changes["all"] == len(both) - 1

    def test_by_changes_is_there_for_two_states_only(self, harbour: Organization) -> None:
        assert OrganizationIndex(harbour).filters.changes == {}
        same = OrganizationIndex(two_states(BEFORE, BEFORE))
        assert same.filters.changes == {}

    def test_does_not_depend_on_the_order_of_values(self, harbour: Organization) -> None:
        one, other = ["unit", "office"], ["office", "unit", "office"]

        assert matching(harbour, one, []) == matching(harbour, other, [])

    @pytest.mark.parametrize(("types", "themes"), [(["squad"], []), ([], ["peace"])])
    def test_with_an_unknown_value_is_an_error(
        self, harbour: Organization, types: list[str], themes: list[str]
    ) -> None:
        with pytest.raises(KeyError):
            OrganizationIndex(harbour).filters.matches(types, themes)


def test_types_and_themes_have_their_numbers_of_units(harbour: Organization) -> None:
    assert list(OrganizationIndex(harbour).filters.types.items()) == [
        ("office", 1),
        ("department", 2),
        ("unit", 4),
    ]
    assert list(OrganizationIndex(harbour).filters.themes.items()) == [
        ("navigation", 2),
        ("emergencies", 3),
        ("permits", 3),
        ("environment", 1),
    ]


def test_types_and_themes_without_units_are_left_out() -> None:
    filters = filters_of(["", "unit", ""], {"peace": (), "trade": (2,)})

    assert (dict(filters.types), dict(filters.themes)) == ({"unit": 1}, {"trade": 1})


def filters_of(types: Sequence[str], units_by_theme: Mapping[str, Sequence[int]]) -> Filters:
    category = category_of(TYPE, "", types, is_list=False)
    categories = {TYPE: category} if category.values else {}
    return Filters(len(types), categories, units_by_theme)


TYPES, THEMES = ("", "office", "unit", "Größe"), ("peace", "trade", "health")


@st.composite
def types_and_themes(draw: st.DrawFn) -> tuple[list[str], list[frozenset[str]]]:
    """Draw the type of each unit, and the themes that it works on."""
    count = draw(st.integers(1, 30))
    return (
        draw(st.lists(st.sampled_from(TYPES), min_size=count, max_size=count)),
        draw(st.lists(st.frozensets(st.sampled_from(THEMES)), min_size=count, max_size=count)),
    )


@given(types_and_themes(), st.data())
def test_the_number_of_matches_in_any_range_equals_a_count(
    units: tuple[list[str], list[frozenset[str]]], data: st.DataObject
) -> None:
    types, themes_of_units = units
    units_by_theme = {
        theme: tuple(unit for unit, themes in enumerate(themes_of_units) if theme in themes)
        for theme in THEMES
    }
    filters = filters_of(types, units_by_theme)
    wanted_types = (
        data.draw(st.lists(st.sampled_from(sorted(filters.types)))) if filters.types else []
    )
    wanted_themes = data.draw(st.lists(st.sampled_from(THEMES)))
    first = data.draw(st.integers(0, len(types)))
    end = data.draw(st.integers(first, len(types)))

    matches = filters.matches(wanted_types, wanted_themes)

    expected = [
        unit
        for unit, (kind, themes) in enumerate(zip(types, themes_of_units, strict=True))
        if (not wanted_types or kind in wanted_types)
        and (not wanted_themes or themes & set(wanted_themes))
    ]
    assert [unit for unit in range(len(types)) if matches.has(unit)] == expected
    assert matches.total == len(expected)
    assert matches.among(first, end) == sum(first <= unit < end for unit in expected)
