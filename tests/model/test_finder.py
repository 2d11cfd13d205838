from __future__ import annotations

import pytest

from components.model.finder import nearest_units
from components.model.organization import Organization


def nearest(organization: Organization, words: str, most: int = 3) -> list[str]:
    found = nearest_units(organization, words, most=most)
    return [organization.units["id"][unit] for unit in found]


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
def test_the_unit_that_was_meant_comes_first(harbour: Organization, words: str, unit: str) -> None:
    assert nearest(harbour, words)[0] == unit


def test_as_many_units_are_named_as_were_asked_for(harbour: Organization) -> None:
    for most in (1, 2, 5):
        assert len(nearest(harbour, "unit", most=most)) == most


def test_each_unit_is_named_once_however_many_of_its_names_are_like_the_words(
    harbour: Organization,
) -> None:
    found = nearest(harbour, "traffic", most=7)

    assert found[0] == "traffic"
    assert len(found) == len(set(found))


def test_what_follows_two_hundred_characters_does_not_count(harbour: Organization) -> None:
    words = "fire service".ljust(200, ".")

    assert nearest(harbour, words + "pilotage unit " * 10_000) == nearest(harbour, words)
    assert nearest(harbour, words)[0] == "fire"


def test_the_shipped_units_are_found_by_words_that_are_a_little_wrong(iom: Organization) -> None:
    assert nearest(iom, "migration-healt-division")[0] == "migration-health-division"
    assert nearest(iom, "Displacment Tracking Matrix")[0] == "displacement-tracking-matrix"
    assert nearest(iom, "gmdac")[0] == "global-migration-data-analysis-centre"
