"""The menu of what width, bars and colours show, and its legend, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serve
from tests.browser.explorer import Explorer

OFFICE = Path(__file__).parents[2] / "data" / "harbour-office"


@pytest.fixture(scope="module")
def office() -> Iterator[str]:
    with serve(OFFICE) as address:
        yield address


SECTORS_HAVE = """
    colours => [...document.querySelectorAll("#sunburst .slice")]
      .filter(slice => slice.__data__.data.data.id.startsWith("u"))
      .every(slice => colours.includes(slice.querySelector("path.surface").style.fill))
"""


def test_what_is_chosen_is_in_the_diagrams_the_legend_and_the_address(
    page: Page, office: str
) -> None:
    explorer = Explorer(page, office)
    explorer.open("?view=sunburst")
    page.locator(".encoding-menu summary").click()
    size, colour = (page.locator(f"#encoding select[data-key={key}]") for key in ("size", "colour"))
    size.select_option("budget-eur")
    colour.select_option("contract")

    expect(page.locator("#key")).to_contain_text("Wider = more: Budget (EUR)")
    expect(page.locator("#key")).to_contain_text("Colour: Contract")
    swatches = page.locator("#key .swatch").evaluate_all(
        "swatches => swatches.map(swatch => getComputedStyle(swatch).backgroundColor)"
    )
    page.wait_for_function(SECTORS_HAVE, arg=swatches)
    assert "size=budget-eur" in page.url
    assert "colour=contract" in page.url

    page.go_back()
    expect(page.locator("#key")).not_to_contain_text("Colour: Contract")


def test_the_own_share_of_a_unit_is_named_on_hover(page: Page, office: str) -> None:
    explorer = Explorer(page, office)
    explorer.open("?view=sunburst&size=budget-eur")
    page.evaluate(
        """() => {
          const slices = [...document.querySelectorAll("#sunburst .slice")];
          const own = slices.find(slice => slice.__data__.data.data.id.startsWith("o"));
          own.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        }"""
    )

    expect(page.locator("#tooltip")).to_contain_text("of this post itself")


@pytest.mark.diagrams("still")
def test_what_does_not_add_up_says_so(page: Page, office: str) -> None:
    explorer = Explorer(page, office)
    explorer.open("?view=sunburst&size=reports")

    expect(page.locator("#key")).to_contain_text("do not add up")


@pytest.mark.diagrams("still")
def test_an_embed_shows_the_same(page: Page, office: str) -> None:
    explorer = Explorer(page, office)
    explorer.open("embed?size=fte&colour=department&view=network")

    expect(page.locator("#key")).to_contain_text("Bar: FTE")
    expect(page.locator("#key")).to_contain_text("Colour: Department")
