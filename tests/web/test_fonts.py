from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.text import FALLBACK_WIDTH, text_width
from components.web.fonts import CHARACTERS, web_font

WEIGHTS = ["regular", "bold"]
SERVED = [chr(code) for code in CHARACTERS if chr(code).isprintable()]


def font(*, bold: bool = False) -> TTFont:
    return TTFont(io.BytesIO(web_font(bold=bold)))


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_font_is_served_and_kept_for_a_year(client: FlaskClient, weight: str) -> None:
    response = client.get(f"/fonts/{weight}.woff")

    assert (response.status_code, response.mimetype) == (200, "font/woff")
    assert response.data[:4] == b"wOFF"
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert len(response.data) < 50_000


def test_the_bold_font_is_another_one() -> None:
    regular, bold = (font(bold=each)["OS/2"].usWeightClass for each in (False, True))

    assert bold > regular


@given(st.text(st.sampled_from(SERVED), min_size=1, max_size=30))
def test_a_width_in_a_diagram_is_the_width_on_the_page(text: str) -> None:
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
def test_european_scripts_punctuation_and_arrows_are_there(
    text: str,
    bold: bool,  # noqa: FBT001
) -> None:
    served = font(bold=bold).getBestCmap()

    assert [character for character in text if ord(character) not in served] == []


@pytest.mark.parametrize("text", ["部门", "إدارة"])
def test_what_the_system_draws_is_measured_generously(text: str) -> None:
    assert not {ord(character) for character in text} & set(font().getBestCmap())
    assert text_width(text, 1) >= FALLBACK_WIDTH * len(text)
