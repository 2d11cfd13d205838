"""What readers ask of every page: less motion, more contrast, colours of their own, larger text."""

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
    style.transitionDuration.split(", ").some((each) => parseFloat(each) > 0)
    || style.animationDuration.split(", ").some((each) => parseFloat(each) > 0),
  ),
).length
"""
CUT_OFF = """
() => [...document.querySelectorAll("button, h1, h2, h3, #panel *, .legend *, #breadcrumb a")]
  .filter((each) => each.checkVisibility() && !each.closest("#opening"))
  .filter((each) => !each.matches("header")) // its button reaches into the margin
  .filter((each) => getComputedStyle(each).fontSize !== "0px")
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth
    || each.matches("button") && each.scrollHeight > each.clientHeight + 2)
  .map((each) => each.outerHTML.slice(0, 100))
"""


@pytest.fixture
def asking(page: Page) -> Iterator[Any]:
    """Let the reader of a page ask for something, until the test is over."""
    yield page.emulate_media
    page.emulate_media(reduced_motion="null", contrast="null", forced_colors="none")


def test_nothing_moves_for_who_asks_for_less_motion(explorer: Explorer, asking: Any) -> None:
    asking(reduced_motion="reduce")
    explorer.page.set_viewport_size({"width": 390, "height": 844})
    explorer.open(f"?unit={RESPONSE}")
    explorer.page.evaluate("() => { document.documentElement.dataset.waiting = 'true'; }")

    assert explorer.page.evaluate(MOVING) == 0
    explorer.page.wait_for_function(
        "() => getComputedStyle(document.documentElement, '::before').opacity === '1'"
    )


def test_what_is_dimmed_can_be_read_where_more_contrast_is_asked_for(
    explorer: Explorer, asking: Any
) -> None:
    asking(contrast="more")
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


def test_forced_colours_leave_the_diagram_its_own_and_show_what_is_pressed(
    explorer: Explorer, asking: Any
) -> None:
    explorer.open(f"?unit={RESPONSE}&view=sunburst")
    fills = "() => [...document.querySelectorAll('#sunburst path.surface')].map("
    fills += "(each) => getComputedStyle(each).fill)"
    usual = explorer.page.evaluate(fills)

    asking(forced_colors="active")
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


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize("query", [f"?unit={RESPONSE}", "?view=outline"])
def test_text_of_twice_the_size_is_not_cut_off(
    explorer: Explorer, size: tuple[int, int], query: str
) -> None:
    """WCAG 2.2, success criterion 1.4.4."""
    explorer.page.set_viewport_size({"width": size[0], "height": size[1]})
    explorer.open(query)
    explorer.page.add_style_tag(content="html { font-size: 200% }")

    assert explorer.page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert explorer.page.evaluate(CUT_OFF) == []
