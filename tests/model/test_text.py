"""The comparison of texts, lists in cells, and slugs."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.model.text import (
    fold_text,
    fold_texts,
    heading_text,
    short_id,
    short_ids,
    slug,
    split_list,
)


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

    @given(st.lists(st.text("aÇ .-_\t\u0300\u2028½部\x1e", max_size=5), max_size=5))
    def test_many_texts_are_folded_like_each(self, texts: list[str]) -> None:
        assert fold_texts(texts) == [fold_text(text) for text in texts]

    def test_a_slug_has_lower_case_letters_digits_and_hyphens(self) -> None:
        assert slug("Préparation & Response_Division (2)") == "preparation-response-division-2"


@pytest.mark.parametrize("unit_id", ["a", "", "a/b c", "x" * 500, "%" * 166, "部" * 55])
def test_an_id_that_fits_into_an_address_stays(unit_id: str) -> None:
    assert short_id(unit_id) == unit_id
    assert [*short_ids([unit_id, "a"])] == [unit_id, "a"]


@pytest.mark.parametrize(
    "unit_id", ["x" * 501, "/" * 2_000, "部" * 56, "🚢" * 2_000, "\ud800" * 200]
)
def test_a_longer_id_is_cut_and_stays_different(unit_id: str) -> None:
    short = short_id(unit_id)

    assert 450 < len(quote_plus(short, errors="replace")) <= 500
    assert short_id(short) == short
    assert short != short_id(f"{unit_id}!") != short_id(f"{unit_id}?")
    assert unit_id.startswith(short.rpartition("-")[0])


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("start_date", "Start date"),
        ("startDate", "Start date"),
        ("START_DATE", "Start date"),
        ("government-organisation-type", "Government organisation type"),
        ("HR_Grade", "HR grade"),
        ("GDP_2020", "GDP 2020"),
        ("budget", "Budget"),
        ("e-mail", "E-mail"),
        ("Budget (EUR)", "Budget (EUR)"),
        ("FTE", "FTE"),
        ("", ""),
    ],
)
def test_a_heading_reads_as_people_write_it(heading: str, text: str) -> None:
    assert heading_text(heading) == text
