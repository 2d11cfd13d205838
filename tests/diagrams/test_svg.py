from __future__ import annotations

import math
from xml.etree.ElementTree import fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.style import Theme
from components.diagrams.svg import NAMESPACE, element, svg_text, text_block, themed_colour
from components.diagrams.text import DESCENT, block_height
from tests.diagrams.drawings import drawing


class TestAnElement:
    def test_has_attributes_as_they_are_spelt_in_svg(self) -> None:
        made = element("path", stroke_width=1.5, class_="line", viewBox="0 0 1 1", fill=None)

        assert made.attrib == {"stroke-width": "1.5", "class": "line", "viewBox": "0 0 1 1"}

    @pytest.mark.parametrize(
        ("number", "text"),
        [(1.0, "1"), (0.0, "0"), (100.0, "100"), (1 / 3, "0.33"), (-2.5, "-2.5"), (12, "12")],
    )
    def test_has_numbers_as_short_as_can_be(self, number: float, text: str) -> None:
        assert element("path", x=number).attrib == {"x": text}

    @given(st.floats(-1e6, 1e6))
    def test_has_numbers_that_are_off_by_no_more_than_a_hundredth(self, number: float) -> None:
        assert float(element("path", x=number).attrib["x"]) == pytest.approx(number, abs=0.0051)

    @given(st.text(), st.text())
    def test_holds_any_text_as_text(self, text: str, told: str) -> None:
        made = element("text", text=text, data_key=told)
        read = fromstring(tostring(made, encoding="unicode"))  # noqa: S314  # it is our own

        assert (read.tag, list(read), list(read.attrib)) == ("text", [], ["data-key"])
        if text.isprintable():
            assert (read.text or "") == text
        if told.isprintable():
            assert read.attrib["data-key"] == told

    @pytest.mark.parametrize("character", ["\x00", "\x1b", "\x0b", "\ufffe", "\ud800"])
    def test_says_where_a_character_is_missing(self, character: str) -> None:
        assert element("text", text=f"a{character}b").text == "a\N{REPLACEMENT CHARACTER}b"
        assert element("text", data_key=f"a{character}b").attrib == {"data-key": "ab"}


class TestABlockOfText:
    def test_has_its_lines_one_under_the_other(self) -> None:
        block = text_block(["one", "two", "three"], 10, x=3, y=4)
        below = [float(line.attrib["y"]) for line in block]

        assert [line.text for line in block] == ["one", "two", "three"]
        assert below[2] - below[1] == pytest.approx(below[1] - below[0]) == pytest.approx(12.5)

    @given(st.integers(1, 6), st.sampled_from([10, 11.5, 15, 24]))
    def test_stands_around_its_middle(self, lines: int, size: float) -> None:
        block = text_block(["x"] * lines, size, x=0, y=0)
        last = float(block[-1].attrib["y"])

        assert last + DESCENT * size == pytest.approx(block_height(lines, size) / 2, abs=0.01)

    def test_is_turned_only_if_it_is(self) -> None:
        flat, turned = (text_block(["x"], 10, x=1, y=2, rotation=each) for each in (0.0, -90.0))

        assert flat.attrib["transform"] == "translate(1 2)"
        assert turned.attrib["transform"] == "translate(1 2) rotate(-90)"


COLOURS = {Theme.LIGHT: "#ffffff", Theme.DARK: "#000000"}


class TestAColour:
    def test_of_a_theme_is_its_own(self) -> None:
        assert [themed_colour(COLOURS, theme) for theme in Theme] == ["#ffffff", "#000000"]

    def test_of_no_theme_follows_the_page(self) -> None:
        assert themed_colour(COLOURS, None) == "light-dark(#ffffff, #000000)"

    def test_that_is_the_same_in_both_is_said_once(self) -> None:
        assert themed_colour(dict.fromkeys(Theme, "#123456"), None) == "#123456"


class TestASvgText:
    def test_is_of_svg_and_says_its_view(self) -> None:
        text = svg_text([element("path", d="M0 0")], view_box=(-1, -1, 2.5, 2), xmlns=NAMESPACE)

        assert drawing(text).view_box == (-1, -1, 2.5, 2)
        assert f'xmlns="{NAMESPACE}"' in text

    def test_is_without_kerning_as_its_text_is_measured(self) -> None:
        assert drawing(svg_text([], view_box=(0, 0, 1, 1))).root.get("font-kerning") == "none"

    def test_has_only_numbers_that_are_some(self) -> None:
        with pytest.raises(AssertionError):
            drawing(svg_text([element("path", d=f"M{math.nan} 0")], view_box=(0, 0, 1, 1)))
