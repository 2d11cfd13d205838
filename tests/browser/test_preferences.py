"""Preferences of readers: reduced motion, more contrast, forced colours, larger text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import NETWORK, Explorer

RESPONSE = "preparedness-and-response-division"
MOVING = """
() => [...document.querySelectorAll("*")].flatMap((element) =>
  [null, "::before", "::after"].map((part) => getComputedStyle(element, part)).filter((style) =>
    style.transitionDuration.split(", ").some((text) => parseFloat(text) > 0)
    || style.animationDuration.split(", ").some((text) => parseFloat(text) > 0),
  ),
).length
"""
CUT_OFF = """
() => [...document.querySelectorAll("button, h1, h2, h3, #panel *, .legend *, #breadcrumb a")]
  .filter((element) => element.checkVisibility())
  .filter((element) => !element.matches("header")) // its button reaches into the margin
  .filter((element) => getComputedStyle(element).fontSize !== "0px")
  .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth
    || element.matches("button") && element.scrollHeight > element.clientHeight + 2)
  .map((element) => element.outerHTML.slice(0, 100))
"""


@pytest.fixture
def set_media(page: Page) -> Iterator[Any]:
    """Set media features of a page until the end of the test."""
    yield page.emulate_media
    page.emulate_media(reduced_motion="null", contrast="null", forced_colors="none")


def test_nothing_moves_with_reduced_motion(explorer: Explorer, set_media: Any) -> None:
    set_media(reduced_motion="reduce")
    explorer.page.set_viewport_size({"width": 390, "height": 844})
    explorer.open(f"?unit={RESPONSE}")
    explorer.page.evaluate("() => { document.documentElement.dataset.waiting = 'true'; }")

    assert explorer.page.evaluate(MOVING) == 0
    explorer.page.wait_for_function(
        "() => getComputedStyle(document.documentElement, '::before').opacity === '1'"
    )


def test_dimmed_labels_are_legible_with_more_contrast(explorer: Explorer, set_media: Any) -> None:
    set_media(contrast="more")
    explorer.open(f"?unit={RESPONSE}&view=sunburst")
    dimmed = explorer.page.locator("#sunburst g.slice.dimmed text").first
    expect(dimmed).to_have_css("opacity", "1")
    path = explorer.page.locator("#sunburst g.slice.dimmed path").first
    expect(path).to_have_css("opacity", "0.65")
    expect(explorer.page.locator("#panel .type")).to_have_css("color", "rgb(58, 67, 80)")
    opacities = explorer.page.evaluate(
        f"{NETWORK}.nodes('.dimmed').map((node) => node.style('text-opacity'))"
    )
    assert set(opacities) == {"1"}


def test_forced_colours_keep_the_diagram_and_show_pressed_buttons(
    explorer: Explorer, set_media: Any
) -> None:
    explorer.open(f"?unit={RESPONSE}&view=sunburst")
    fills = "() => [...document.querySelectorAll('#sunburst path.surface')].map("
    fills += "(element) => getComputedStyle(element).fill)"
    usual = explorer.page.evaluate(fills)

    set_media(forced_colors="active")
    explorer.open(f"?unit={RESPONSE}&view=sunburst")

    assert explorer.page.evaluate(fills) == usual
    backgrounds = [
        explorer.page.locator(f"#toolbar [data-value='{view}']").evaluate(
            "(element) => getComputedStyle(element).backgroundColor"
        )
        for view in ("sunburst", "network")
    ]
    assert backgrounds[0] != backgrounds[1]
    expect(explorer.page.locator(".theme-switch")).to_be_hidden()


@pytest.mark.parametrize(
    "query",
    [
        f"?unit={RESPONSE}",
        pytest.param("?view=outline", marks=pytest.mark.diagrams("still")),
    ],
)
def test_text_of_twice_the_size_is_not_cut_off(explorer: Explorer, query: str) -> None:
    """WCAG 2.2, success criterion 1.4.4."""
    explorer.open(query)
    explorer.page.add_style_tag(content="html { font-size: 200% }")
    for size in ((1440, 900), (1024, 768), (390, 844)):
        explorer.resize(*size)
        assert explorer.page.evaluate("document.documentElement.scrollWidth") == size[0]
        assert explorer.page.evaluate(CUT_OFF) == []
