from __future__ import annotations

import io
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.style import LABEL_SIZE
from components.diagrams.text import ELLIPSIS, font_file, text_width, wrap
from tests.diagrams.shapes import LABELS

WIDTHS = st.floats(30, 400)
UNLIMITED = 10**9
MANY = 80_000
PLAIN = st.lists(st.text("abcdefghijklmnopqrstuvwxyzÀéßЖΩ", min_size=1, max_size=20)).map(" ".join)
"""Words without hyphens, in scripts with spaces."""


def letters(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(text.split())


def too_wide(lines: list[str], width: float) -> list[str]:
    """Return the lines wider than a width, except for single characters."""
    return [line for line in lines if text_width(line) > width + 1e-9 and len(line) > 1]


class TestWidth:
    @pytest.mark.parametrize(
        "text", ["Harbour", "Locks & Bridges", "Brûlé Brigade", "WWW iii", "–“”…’"]
    )
    def test_is_the_sum_of_the_advances_of_the_font(self, text: str) -> None:
        font = TTFont(io.BytesIO(font_file()))
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        advances = [glyphs[names[ord(character)]].width for character in text]

        expected = sum(advances) / font["head"].unitsPerEm * 20

        assert text_width(text, 20) == pytest.approx(expected)

    def test_of_empty_text_is_zero(self) -> None:
        assert text_width("") == 0

    @given(LABELS, LABELS)
    def test_of_two_texts_is_the_sum_of_their_widths(self, one: str, other: str) -> None:
        assert text_width(one + other) == pytest.approx(text_width(one) + text_width(other))

    @given(LABELS)
    def test_grows_with_the_size_of_the_font(self, text: str) -> None:
        assert text_width(text, 30) == pytest.approx(3 * text_width(text, 10))
        assert text_width(text) == text_width(text, LABEL_SIZE)

    def test_of_fallback_characters_is_generous(self) -> None:
        lacking = {"部": 1.0, "船": 1.0, "🚢": 1.0, "한": 1.0, "ᚠ": 0.6}

        for character, ems in lacking.items():
            assert ord(character) not in TTFont(io.BytesIO(font_file())).getBestCmap()
            assert text_width(character, 1) >= ems

    @pytest.mark.parametrize("marked", ["e\u0301", "o\u0308", "x\u20d7", "n\u1ab0"])
    def test_of_a_combining_accent_is_zero(self, marked: str) -> None:
        assert text_width(marked) == text_width(marked[0])


class TestWrap:
    def test_breaks_between_words_and_fills_each_line(self) -> None:
        width = text_width("Dangerous Goods")

        assert wrap("Dangerous Goods Unit of the Harbour", width) == (
            "Dangerous Goods",
            "Unit of the",
            "Harbour",
        )

    @given(LABELS, WIDTHS, st.integers(1, 8))
    def test_makes_no_line_wider_than_the_limit(
        self, text: str, width: float, max_lines: int
    ) -> None:
        lines = wrap(text, width, max_lines=max_lines)

        assert too_wide(lines, width) == []
        assert 1 <= len(lines) <= max_lines

    @given(LABELS, WIDTHS)
    def test_keeps_every_letter_without_a_limit_of_lines(self, text: str, width: float) -> None:
        assert letters("".join(wrap(text, width, max_lines=UNLIMITED))) == letters(text)

    @given(PLAIN, WIDTHS)
    def test_keeps_every_word_whole_without_break_words(self, text: str, width: float) -> None:
        lines = wrap(text, width, max_lines=UNLIMITED, break_words=False)

        assert " ".join(lines).split() == text.split()
        assert [line for line in too_wide(lines, width) if " " in line] == []

    @given(PLAIN, WIDTHS)
    def test_fills_each_line_before_the_next(self, text: str, width: float) -> None:
        lines = wrap(text, width, max_lines=UNLIMITED, break_words=False)

        for line, following in pairwise(lines):
            assert text_width(f"{line} {following.split()[0]}") > width

    @given(LABELS, WIDTHS, st.integers(1, 5))
    def test_ends_in_an_ellipsis_if_there_are_more_lines(
        self, text: str, width: float, max_lines: int
    ) -> None:
        whole, cut = wrap(text, width, max_lines=UNLIMITED), wrap(text, width, max_lines=max_lines)

        if len(whole) <= max_lines:
            assert cut == whole
        else:
            assert cut[:-1] == whole[: max_lines - 1]
            assert cut[-1].endswith(ELLIPSIS)
            assert whole[max_lines - 1].startswith(cut[-1].removesuffix(ELLIPSIS))

    @pytest.mark.parametrize("text", ["", " ", "\n\t \u2003"])
    def test_of_empty_text_is_one_empty_line(self, text: str) -> None:
        assert wrap(text, 100) == ("",)

    def test_collapses_spaces(self) -> None:
        assert wrap(" Fire \n\t Service ", 500) == ("Fire Service",)

    def test_breaks_long_words_anywhere(self) -> None:
        lines = wrap("Donaudampfschifffahrtsgesellschaft", 60, max_lines=UNLIMITED)

        assert len(lines) > 2
        assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"
        assert too_wide(lines, 60) == []

    @pytest.mark.parametrize(
        ("language", "text", "first"),
        [
            ("de", "Donaudampfschifffahrtsgesellschaft", "Donaudampf-"),
            ("en", "Superintendent", "Superin-"),
            ("", "Superintendent", "Superin-"),
            ("fr", "(développement)", "(développe-"),
            ("es", "Administración", "Administra-"),
        ],
    )
    def test_hyphenates_long_words_of_a_language(
        self, language: str, text: str, first: str
    ) -> None:
        lines = wrap(text, text_width(first), max_lines=UNLIMITED, language=language)

        assert lines[0] == first
        assert "".join(lines).replace("-", "") == text

    def test_breaks_between_most_characters_of_scripts_without_spaces(self) -> None:
        lines = wrap("国土交通省、大臣官房", text_width("国土交通省"), break_words=False)

        assert lines == ("国土交通", "省、大臣官", "房")

    def test_leaves_long_words_whole_without_break_words(self) -> None:
        lines = wrap("Die Donaudampfschifffahrtsgesellschaft fährt", 60, break_words=False)

        assert lines == ("Die", "Donaudampfschifffahrtsgesellschaft", "fährt")

    def test_continues_after_a_broken_word_on_the_same_line(self) -> None:
        lines = wrap(f"{'m' * 9} a", text_width("m" * 8), max_lines=UNLIMITED)

        assert lines == ("m" * 8, "m a")

    def test_breaks_after_a_hyphen_and_keeps_it(self) -> None:
        assert wrap("search-and-rescue", text_width("search-and-")) == ("search-and-", "rescue")
        assert wrap("search-and-rescue", 500) == ("search-and-rescue",)

    @pytest.mark.parametrize("text", ["pre- and post-arrival", "Legal – Compliance", "e-mail-"])
    def test_keeps_hyphens_and_dashes(self, text: str) -> None:
        assert wrap(text, 500) == (text,)

    @pytest.mark.parametrize("text", ["Legal - Compliance", "-", "- vacant", "-18 °C", "a--b"])
    def test_keeps_hyphens_in_any_position(self, text: str) -> None:
        assert wrap(text, 500) == (text,)

    def test_copes_with_eighty_thousand_characters(self) -> None:
        for text in ("word " * (MANY // 5), "w" * MANY, "部" * MANY, "w-" * (MANY // 2)):
            lines = wrap(text, 120)
            assert len(lines) == 6
            assert too_wide(lines, 120) == []
            assert lines[-1].endswith(ELLIPSIS)

    def test_ends_very_long_texts_in_an_ellipsis(self) -> None:
        assert wrap("w" * MANY, 10**7)[-1].endswith(ELLIPSIS)

    def test_breaks_scripts_without_spaces_anywhere(self) -> None:
        text = "国際移住機関業務担当副事務局長室"

        lines = wrap(text, 50, max_lines=UNLIMITED)

        assert "".join(lines) == text
        assert {len(line) for line in lines[:-1]} == {4}

    def test_keeps_right_to_left_words_in_reading_order(self) -> None:
        text = "إدارة السلامة البحرية وقسم الإرشاد"

        lines = wrap(text, 80)

        assert len(lines) > 1
        assert " ".join(lines) == text

    def test_keeps_emoji(self) -> None:
        text = "🚢 Ships 👩🏽‍🚒 Fire"

        assert wrap(text, 500) == (text,)
        assert letters("".join(wrap("🚢" * 50, 40, max_lines=UNLIMITED))) == "🚢" * 50

    def test_does_not_separate_an_accent_from_its_letter(self) -> None:
        lines = wrap("e\u0301" * 40, 50, max_lines=UNLIMITED)

        assert len(lines) > 2
        assert [line for line in lines if line.startswith("\u0301")] == []
