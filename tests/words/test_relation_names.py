from __future__ import annotations

import re

import pytest

from components.model.history import BECAME, MOVED
from components.model.organization import Reference
from components.model.relations import Direction
from components.words import languages, words_in
from components.words.relation_names import (
    reference_text,
    relation_is_known,
    relation_text,
    step_key,
)
from tests.english import ENGLISH


@pytest.mark.parametrize(
    ("kind", "outward", "inward"),
    [
        ("coordinates_with", "Coordinates with", "Coordinates with"),
        ("supports", "Supports", "Supported by"),
        ("advises", "Advises", "Advised by"),
        ("draws_on", "Draws on", "Drawn on by"),
        ("also_part_of", "Also part of", "Also has"),
        ("reports_to", "Reports to", "Reports to (incoming)"),
        (" ", "Related to", "Related to (incoming)"),
        ("{kind}", "{kind}", "{kind} (incoming)"),
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


@pytest.mark.parametrize("language", languages())
def test_a_kind_with_words_of_its_own_has_them_for_every_use(language: str) -> None:
    words = words_in(language)
    of_kinds = re.compile("relation-(.+)-(?:in|out|step)")
    kinds = {found[1] for key in words.messages if (found := of_kinds.fullmatch(key))}

    stated = {"coordinates_with", "supports", "advises", "draws_on", "also_part_of"}
    assert kinds == {*stated, MOVED, BECAME}
    for kind in kinds:
        assert relation_is_known(kind, words)
        assert words.has(f"relation-{kind}-in")
        assert step_key(kind, words) == f"relation-{kind}-step"


@pytest.mark.parametrize(
    ("kind", "key"),
    [("reports_to", ""), ("reference", ""), ("end", ""), (" _", "connection-related")],
)
def test_any_other_kind_has_no_sentence_of_the_page(kind: str, key: str) -> None:
    assert step_key(kind, ENGLISH) == key


@pytest.mark.parametrize(
    ("kind", "text"), [("framework", "cadre de référence"), ("treaty", "treaty"), ("", "")]
)
def test_so_is_a_kind_of_reference(kind: str, text: str) -> None:
    assert reference_text(Reference("r", "R", "", kind, ""), words_in("fr")) == text
