"""The comparison of texts, lists in cells, and slugs."""

from __future__ import annotations

import pytest

from components.model.text import fold_text, slug, split_list


class TestTexts:
    @pytest.mark.parametrize(
        ("cell", "parts"),
        [("", ()), (" ; ;", ()), ("a", ("a",)), (" a b ;c; ", ("a b", "c")), ("a,b", ("a,b",))],
    )
    def test_a_list_is_split_at_semicolons(self, cell: str, parts: tuple[str, ...]) -> None:
        assert split_list(cell) == parts

    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Fire Service", "fire service"),
            ("  FIRE–service! ", "fire service"),
            ("Brûlé", "brule"),
            ("Straße", "strasse"),
            ("ﬁre ①", "fire 1"),
            ("Пожарная Служба", "пожарная служба"),
            ("消防", "消防"),
            ("&", ""),
        ],
    )
    def test_folded_text_has_no_case_accents_and_punctuation(self, text: str, folded: str) -> None:
        assert fold_text(text) == folded

    def test_a_slug_has_lower_case_letters_digits_and_hyphens(self) -> None:
        assert slug("Préparation & Response_Division (2)") == "preparation-response-division-2"
