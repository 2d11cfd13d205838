"""The printed page."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.explorer import Explorer

pytestmark = pytest.mark.diagrams("still")

RESPONSE = "preparedness-and-response-division"


def printed(explorer: Explorer, way: str = "portrait") -> PdfReader:
    landscape = way == "landscape"
    return PdfReader(io.BytesIO(explorer.page.pdf(format="A4", landscape=landscape)))


def words(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.mark.parametrize("view", ["sunburst", "network", "both", "outline"])
def test_a_typical_unit_is_one_page_with_its_picture(explorer: Explorer, view: str) -> None:
    explorer.open(f"?unit=surveys&view={view}")
    for way in ("portrait", "landscape"):
        document = printed(explorer, way)

        assert len(document.pages) == 1
        box = document.pages[0].mediabox
        assert (box.width > box.height) == (way == "landscape")
        text = words(document)
        assert "International Organization for Migration: Operations" in text
        assert "One of the four components of the Displacement Tracking Matrix" in text
        # The names of the whole network could not be read on this page.
        in_picture = "Mobility tracking" if view == "network" else "Migration Health"
        for text_part in ("Source: ", "Nov 23, 2026", in_picture):
            assert text_part in text
        for tool in ("Who does what?", "Frameworks", "Copy link", "Embed", "×"):
            assert tool not in text


def test_a_long_panel_is_printed_completely_except_its_closed_parts(
    explorer: Explorer,
) -> None:
    explorer.open(f"?unit={RESPONSE}")

    document = printed(explorer)

    assert len(document.pages) == 2
    text = words(document)
    assert "Acts as the institutional focal point" in text
    assert "The source calls the six parts of this Division" in text
    assert "Other units that work with it" not in text
    assert explorer.page.locator(".printed").count() == 0

    explorer.section("references").locator("summary").first.click()

    assert "Other units that work with it" in words(printed(explorer))


@pytest.mark.parametrize("by", ["themes", "references"])
def test_every_row_and_column_of_a_matrix_is_printed(explorer: Explorer, by: str) -> None:
    explorer.open(f"?view=matrix&by={by}")
    expect(explorer.page.locator(f"#matrix [data-by={by}]")).to_be_visible()
    explorer.page.set_viewport_size({"width": 703, "height": 1032})  # A4 without its margins
    explorer.page.emulate_media(media="print")
    try:
        outside = explorer.page.evaluate(
            "() => [...document.querySelectorAll('#matrix :is(th, td)')]"
            ".map((element) => element.getBoundingClientRect())"
            ".filter(({ right }) => right > 704).length"
        )
    finally:
        explorer.page.emulate_media(media="null")

    assert outside == 0
    assert "Cash-based Initiatives" in words(printed(explorer))


def test_the_print_of_a_dark_page_is_white_too(explorer: Explorer) -> None:
    explorer.page.emulate_media(color_scheme="dark")
    try:
        explorer.open(f"?unit={RESPONSE}")
        explorer.page.emulate_media(media="print")
        colours = explorer.page.evaluate(
            "() => ['body', '#panel h2'].map((selector) => getComputedStyle("
            "document.querySelector(selector)))"
            ".map(({ backgroundColor, color }) => [backgroundColor, color])"
        )
    finally:
        explorer.page.emulate_media(media="null", color_scheme="light")
    assert colours[0] == ["rgb(255, 255, 255)", "rgb(27, 36, 48)"]
    assert colours[1][1] == "rgb(27, 36, 48)"


@pytest.mark.diagrams("living")
def test_the_screen_is_printed_if_the_server_does_not_answer(explorer: Explorer) -> None:
    explorer.open("?unit=surveys&view=sunburst")
    explorer.page.evaluate(
        "() => document.querySelectorAll('[data-form=svg]').forEach("
        "(link) => { link.href = 'nothing.svg'; })"
    )

    text = words(printed(explorer))

    assert "47 units, 4 levels" in text
    assert "Displacement Tracking" in text
