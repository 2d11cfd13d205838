"""The page on paper."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.explorer import Explorer

RESPONSE = "preparedness-and-response-division"


def printed(explorer: Explorer, way: str = "portrait") -> PdfReader:
    landscape = way == "landscape"
    return PdfReader(io.BytesIO(explorer.page.pdf(format="A4", landscape=landscape)))


def words(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.mark.parametrize("way", ["portrait", "landscape"])
@pytest.mark.parametrize("view", ["sunburst", "network", "both", "outline"])
def test_a_unit_of_usual_length_is_one_page_with_its_picture(
    explorer: Explorer, view: str, way: str
) -> None:
    explorer.open(f"?unit=surveys&view={view}")

    document = printed(explorer, way)

    assert len(document.pages) == 1
    box = document.pages[0].mediabox
    assert (box.width > box.height) == (way == "landscape")
    text = words(document)
    assert "International Organization for Migration: Operations" in text
    assert "One of the four components of the Displacement Tracking Matrix" in text
    for said in ("Source: ", "2026-11-23", "unit=surveys", "Migration Health"):
        assert said in text
    for tool in ("Who does what?", "Frameworks", "Copy link", "Embed", "×"):
        assert tool not in text


def test_a_long_panel_is_printed_to_its_end(explorer: Explorer) -> None:
    explorer.open(f"?unit={RESPONSE}")
    shown = explorer.page.locator("#panel details[open]").count()

    text = words(printed(explorer))

    assert "Acts as institutional focal point" in text
    assert "The source calls the six parts of this Division" in text
    assert "Also named by" in text  # stands in what is closed on the screen
    assert explorer.page.locator("#panel details[open]").count() == shown
    assert explorer.page.locator(".printed").count() == 0


def test_paper_is_white_in_a_dark_page_too(explorer: Explorer) -> None:
    explorer.page.emulate_media(color_scheme="dark")
    try:
        explorer.open(f"?unit={RESPONSE}")
        explorer.page.emulate_media(media="print")
        colours = explorer.page.evaluate(
            "() => ['body', '#panel h2'].map((each) => getComputedStyle("
            "document.querySelector(each)))"
            ".map(({ backgroundColor, color }) => [backgroundColor, color])"
        )
    finally:
        explorer.page.emulate_media(media="screen", color_scheme="light")
    assert colours[0] == ["rgb(255, 255, 255)", "rgb(27, 36, 48)"]
    assert colours[1][1] == "rgb(27, 36, 48)"


def test_what_is_on_the_screen_is_printed_where_the_server_is_silent(explorer: Explorer) -> None:
    explorer.open("?unit=surveys&view=sunburst")
    explorer.page.evaluate(
        "() => document.querySelectorAll('[data-form=svg]').forEach("
        "(link) => { link.href = 'export/nothing.svg'; })"
    )

    text = words(printed(explorer))

    assert "47 units, 4 levels" in text
    assert "Displacement Tracking" in text
