from __future__ import annotations

import math
from xml.etree.ElementTree import fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.style import Theme
from components.diagrams.svg import NAMESPACE, element, light_dark, svg_text, text_block
from components.diagrams.text import DESCENT, block_height
from tests.diagrams.drawings import parse_svg


class TestElement:
    def test_has_attributes_with_hyphens(self) -> None:
        node = element("path", stroke_width=1.5, class_="line", viewBox="0 0 1 1", fill=None)

        assert node.attrib == {"stroke-width": "1.5", "class": "line", "viewBox": "0 0 1 1"}

    @pytest.mark.parametrize(
        ("number", "text"),
        [(1.0, "1"), (0.0, "0"), (100.0, "100"), (1 / 3, "0.33"), (-2.5, "-2.5"), (12, "12")],
    )
    def test_has_numbers_without_trailing_zeros(self, number: float, text: str) -> None:
        assert element("path", x=number).attrib == {"x": text}

    @given(st.floats(-1e6, 1e6))
    def test_rounds_numbers_to_hundredths(self, number: float) -> None:
        assert float(element("path", x=number).attrib["x"]) == pytest.approx(number, abs=0.0051)

    @given(st.text(), st.text())
    def test_holds_any_text(self, text: str, attribute: str) -> None:
        node = element("text", text=text, data_key=attribute)
        read = fromstring(tostring(node, encoding="unicode"))  # noqa: S314  # it is our own

        assert (read.tag, list(read), list(read.attrib)) == ("text", [], ["data-key"])
        if text.isprintable():
            assert (read.text or "") == text
        if attribute.isprintable():
            assert read.attrib["data-key"] == attribute

    @pytest.mark.parametrize("character", ["\x00", "\x1b", "\x0b", "\ufffe", "\ud800"])
    def test_replaces_characters_that_xml_does_not_allow(self, character: str) -> None:
        assert element("text", text=f"a{character}b").text == "a\N{REPLACEMENT CHARACTER}b"
        assert element("text", data_key=f"a{character}b").attrib == {"data-key": "ab"}


class TestTextBlock:
    def test_has_evenly_spaced_lines(self) -> None:
        block = text_block(["one", "two", "three"], 10, x=3, y=4)
        below = [float(line.attrib["y"]) for line in block]

        assert [line.text for line in block] == ["one", "two", "three"]
        assert below[2] - below[1] == pytest.approx(below[1] - below[0]) == pytest.approx(12.5)

    @given(st.integers(1, 6), st.sampled_from([10, 11.5, 15, 24]))
    def test_is_centred(self, lines: int, size: float) -> None:
        block = text_block(["x"] * lines, size, x=0, y=0)
        last = float(block[-1].attrib["y"])

        assert last + DESCENT * size == pytest.approx(block_height(lines, size) / 2, abs=0.01)

    def test_is_rotated_only_if_needed(self) -> None:
        flat, turned = (text_block(["x"], 10, x=1, y=2, rotation=each) for each in (0.0, -90.0))

        assert flat.attrib["transform"] == "translate(1 2)"
        assert turned.attrib["transform"] == "translate(1 2) rotate(-90)"


COLOURS = {Theme.LIGHT: "#ffffff", Theme.DARK: "#000000"}


class TestColoursForBothThemes:
    def test_are_light_dark(self) -> None:
        assert light_dark(COLOURS) == "light-dark(#ffffff, #000000)"

    def test_are_a_single_colour_if_both_themes_agree(self) -> None:
        assert light_dark(dict.fromkeys(Theme, "#123456")) == "#123456"


class TestSvgDocument:
    def test_has_a_namespace_and_a_view_box(self) -> None:
        text = svg_text([element("path", d="M0 0")], view_box=(-1, -1, 2.5, 2), xmlns=NAMESPACE)

        assert parse_svg(text).view_box == (-1, -1, 2.5, 2)
        assert f'xmlns="{NAMESPACE}"' in text

    def test_has_no_kerning(self) -> None:
        assert parse_svg(svg_text([], view_box=(0, 0, 1, 1))).root.get("font-kerning") == "none"

    def test_parsing_fails_on_nan(self) -> None:
        with pytest.raises(AssertionError):
            parse_svg(svg_text([element("path", d=f"M{math.nan} 0")], view_box=(0, 0, 1, 1)))
