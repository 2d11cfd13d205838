"""A staff list of posts: words of its own, and the marks of the holders, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serve
from tests.browser.explorer import NETWORK, Explorer

OFFICE = Path(__file__).parents[2] / "data" / "harbour-office"
POINT_OF_MARK = f"""
(name) => {{
  const cy = {NETWORK};
  const owner = cy.nodes("[!owner]").filter((node) => node.data("name") === name)[0].id();
  const {{ left, top }} = cy.container().getBoundingClientRect();
  const {{ x, y }} = cy.getElementById(`i${{owner}}`).renderedPosition();
  return [left + x, top + y];
}}
"""


@pytest.fixture(scope="module")
def office() -> Iterator[str]:
    with serve(OFFICE) as address:
        yield address


def test_a_click_on_a_mark_selects_its_post(page: Page, office: str) -> None:
    explorer = Explorer(page, office)
    explorer.open("?view=network")
    page.mouse.click(*page.evaluate(POINT_OF_MARK, "Harbour Master"), delay=10)

    explorer.expect_panel("Harbour Master")
    expect(page.locator("#panel .initials")).to_have_attribute("data-initials", "AD")
    expect(page.locator("#panel .type")).to_have_text("Grade: G11")
    expect(page.locator("#panel dl")).to_contain_text("Holder")
    dimmed = {mark["owner"] for mark in explorer.nodes(".mark.dimmed")}
    assert dimmed == {node["id"] for node in explorer.nodes(".unit.dimmed")} != set()


@pytest.mark.diagrams("still")
def test_the_page_speaks_of_posts(page: Page, office: str) -> None:
    explorer = Explorer(page, office)
    explorer.open("?view=outline")

    expect(page.locator("#breadcrumb")).to_contain_text("121 posts")
    explorer.go("?view=outline&focus=P1060")
    expect(page.get_by_role("treeitem", name="Energy Manager G8, vacant")).to_be_visible()
    explorer.go("?view=outline&focus=P1010")
    expect(page.get_by_role("treeitem", name="Pilot, Third Class G7, vacant")).to_be_visible()
    page.locator("#search").fill("G11")
    expect(page.locator("#search-hits")).to_contain_text("Grade:")
