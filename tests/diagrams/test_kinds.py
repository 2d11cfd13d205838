from __future__ import annotations

import pytest

from components.diagrams.kinds import reference_text, relation_is_known, relation_text
from components.model.organization import Reference
from components.model.relations import Direction
from components.words import words_in
from tests.english import ENGLISH


@pytest.mark.parametrize(
    ("kind", "outward", "inward"),
    [
        ("coordinates_with", "Coordinates with", "Coordinates with"),
        ("supports", "Supports", "Supported by"),
        ("advises", "Advises", "Advised by"),
        ("draws_on", "Draws on", "Drawn on by"),
        ("reports_to", "Reports to", "Reports to (from the other unit)"),
        (" ", "Related to", "Related to (from the other unit)"),
        ("{kind}", "{kind}", "{kind} (from the other unit)"),
    ],
)
def test_a_kind_of_relation_is_read_in_words_for_each_direction(
    kind: str, outward: str, inward: str
) -> None:
    assert relation_text(kind, Direction.OUT, ENGLISH) == outward
    assert relation_text(kind, Direction.IN, ENGLISH) == inward


def test_coordination_reads_the_same_from_both_sides() -> None:
    assert relation_text("coordinates_with", Direction.BOTH, ENGLISH) == "Coordinates with"


def test_a_known_kind_is_read_in_the_words_of_the_page_and_any_other_as_it_stands() -> None:
    french = words_in("fr")

    assert relation_is_known("advises", french)
    assert relation_text("advises", Direction.IN, french) == "Conseillée par"
    assert not relation_is_known("reports_to", french)
    assert relation_text("reports_to", Direction.OUT, french) == "Reports to"


@pytest.mark.parametrize(("kind", "text"), [("framework", "cadre"), ("treaty", "treaty"), ("", "")])
def test_so_is_a_kind_of_reference(kind: str, text: str) -> None:
    assert reference_text(Reference("r", "R", "", kind, ""), words_in("fr")) == text
