"""Suggestions for a name that no unit has."""

from __future__ import annotations

import pytest

from components.model.organization import Organization
from components.search.nearest import nearest_units


def nearest(organization: Organization, words: str, most: int = 3) -> list[str]:
    units = nearest_units(organization, words, most=most, least=0)
    return [organization.units["id"][unit] for unit in units]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("fire", "fire"),
        ("Fire Servise", "fire"),
        ("brule brigad", "fire"),
        ("piltage unit", "pilots"),
        ("LOCK", "locks"),
        ("slucies", "locks"),
        ("dangerous-goods-unit", "goods"),
        ("vessel wach", "traffic"),
        ("Safety Dept", "safety"),
    ],
)
def test_the_most_similar_unit_comes_first(harbour: Organization, words: str, unit: str) -> None:
    assert nearest(harbour, words)[0] == unit


def test_the_number_of_units_can_be_chosen(harbour: Organization) -> None:
    for most in (1, 2, 5):
        assert len(nearest(harbour, "unit", most=most)) == most


def test_a_unit_with_several_similar_names_is_returned_once(
    harbour: Organization,
) -> None:
    found = nearest(harbour, "traffic", most=2)

    assert found[0] == "traffic"
    assert len(set(found)) == 2


def test_only_the_first_two_hundred_characters_count(harbour: Organization) -> None:
    words = "fire service".ljust(200, ".")

    assert nearest(harbour, words + "pilotage unit " * 10_000) == nearest(harbour, words)
    assert nearest(harbour, words)[0] == "fire"


def test_shipped_units_are_found_by_misspelt_names(iom: Organization) -> None:
    assert nearest(iom, "migration-healt-division")[0] == "migration-health-division"
    assert nearest(iom, "Displacment Tracking Matrix")[0] == "displacement-tracking-matrix"
    assert nearest(iom, "gmdac")[0] == "global-migration-data-analysis-centre"
