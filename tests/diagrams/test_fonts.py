from __future__ import annotations

import io
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.fonts import drawing_font, subset_font
from components.diagrams.text import CHARACTERS, FALLBACK_WIDTH, missing_characters, text_width

SERVED = [chr(code) for code in CHARACTERS if chr(code).isprintable()]


def font(*, bold: bool = False) -> TTFont:
    return TTFont(io.BytesIO(drawing_font(bold=bold)))


def test_the_bold_font_is_bolder() -> None:
    regular, bold = (font(bold=each)["OS/2"].usWeightClass for each in (False, True))

    assert bold > regular


@given(st.text(st.sampled_from(SERVED), min_size=1, max_size=30))
def test_measured_width_is_the_sum_of_the_served_advances(text: str) -> None:
    served = font()
    names, advances = served.getBestCmap(), served["hmtx"]
    if not all(ord(character) in names for character in text):
        return

    width = sum(advances[names[ord(character)]][0] for character in text)

    assert text_width(text, 1) == pytest.approx(width / served["head"].unitsPerEm)


@pytest.mark.parametrize("bold", [False, True])
def test_no_kerning_changes_a_width(bold: bool) -> None:  # noqa: FBT001
    assert not {"GPOS", "GSUB", "kern"} & set(font(bold=bold).keys())


@pytest.mark.parametrize(
    "text",
    ["Brûlé Brigade", "Łódź, Ærø, Ħal Għargħur", "Отдел", "Υπηρεσία", "“… – ’” ← → ↔ ↑ −"],
)
@pytest.mark.parametrize("bold", [False, True])
def test_european_scripts_punctuation_and_arrows_have_glyphs(
    text: str,
    bold: bool,  # noqa: FBT001
) -> None:
    served = font(bold=bold).getBestCmap()

    assert [character for character in text if ord(character) not in served] == []


@pytest.mark.parametrize("text", ["部门", "إدارة"])
def test_fallback_characters_have_generous_widths(text: str) -> None:
    assert not {ord(character) for character in text} & set(font().getBestCmap())
    assert text_width(text, 1) >= FALLBACK_WIDTH * len(text)


@pytest.mark.parametrize("flavour", [None, "woff", "woff2"])
def test_a_subset_has_the_given_characters_and_reproducible_bytes(flavour: Any) -> None:
    whole = drawing_font(bold=False)

    one, other = (subset_font(whole, frozenset(map(ord, "Łódź")), flavour) for _ in range(2))

    assert one == other
    assert len(one) < len(whole) / 10
    assert {chr(code) for code in TTFont(io.BytesIO(one)).getBestCmap()} == set("Łódź")


@pytest.mark.parametrize("bold", [False, True])
def test_missing_characters_are_those_without_a_glyph(bold: bool) -> None:  # noqa: FBT001
    drawn = font(bold=bold).getBestCmap()

    assert missing_characters("".join(map(chr, drawn))) == ""
    assert missing_characters("部 Łódź 门部 \U0010ffff") == "部门\U0010ffff"
