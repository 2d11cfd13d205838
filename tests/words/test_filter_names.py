from __future__ import annotations

from components.model.organization import Organization
from components.words.filter_names import filter_names, matching_units
from tests.english import ENGLISH


def test_filters_are_named_by_type_and_theme(harbour: Organization) -> None:
    assert filter_names(harbour, ("unit",), ("permits", "environment"), ENGLISH) == [
        "type unit",
        "theme Permits",
        "theme Environment",
    ]


def test_the_number_of_matches_is_a_sentence(harbour: Organization) -> None:
    sentences = [matching_units(total, harbour, ENGLISH) for total in (0, 1, 3)]

    assert sentences == ["None of 7 units matches", "1 of 7 units matches", "3 of 7 units match"]
