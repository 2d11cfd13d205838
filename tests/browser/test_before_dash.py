"""The page answers before Plotly and Cytoscape are there, and also if they never come."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.explorer import READY

DASH = "**/_dash-component-suites/**"
PROTECTION = "protection-division"
ANSWERS = "html[data-answers='true']"


class Held:
    """Requests that are not answered until the test lets them go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.routes: list[Route] = []
        self.page, self.pattern = page, pattern
        page.route(pattern, self.hold)

    def hold(self, route: Route) -> None:
        self.routes.append(route)

    def let_go(self) -> None:
        for route in self.routes:
            route.continue_()
        self.page.unroute(self.pattern)


@pytest.fixture
def held(page: Page) -> Held:
    """The requests for Dash's scripts."""
    return Held(page, DASH)


def open_early(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.wait_for_selector(ANSWERS, state="attached")
    assert page.locator(READY).count() == 0


def marked(page: Page, state: str) -> list[str]:
    """Return the units whose sectors in the first picture are in a state."""
    units: list[str] = page.locator(f".sunburst-inset a.{state}").evaluate_all(
        "(links) => links.map(({ dataset }) => dataset.unit)"
    )
    return units


class TestBeforeTheDiagramsLive:
    def test_a_click_on_a_shape_selects_and_marks_its_unit(
        self, page: Page, served: str, held: Held
    ) -> None:
        open_early(page, served)
        page.locator(f".sunburst-inset a[data-unit='{PROTECTION}'] path").click()
        expect(page.locator("#panel h2")).to_contain_text("Protection Division")
        expect(page).to_have_url(re.compile(rf"\?unit={PROTECTION}$"))
        expect(page.locator(".sunburst-inset a.selected")).to_have_attribute(
            "data-unit", PROTECTION
        )
        assert "preparedness" in marked(page, "dimmed")
        expect(page.locator(".network-inset:visible a.selected")).to_have_attribute(
            "data-unit", PROTECTION
        )

        held.let_go()
        page.wait_for_selector(READY, state="attached")
        assert page.locator(".picture").count() == 0
        selected = page.locator("#sunburst g.slice.selected")
        expect(selected).to_have_count(1)
        assert page.url.endswith(f"?unit={PROTECTION}")

    def test_search_panel_breadcrumb_outline_and_history_work(
        self, page: Page, served: str, held: Held
    ) -> None:
        open_early(page, f"{served}?focus=global-data-institute")
        page.locator("#search").fill("visa")
        page.locator("#search-hits [data-unit]").first.wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Outline", exact=True).click()
        expect(page.locator("#outline [role=treeitem]").first).to_be_visible()
        page.locator("#outline a[data-unit='displacement-tracking-matrix']").click()
        expect(page.locator("#panel h2")).to_contain_text("Displacement Tracking Matrix")
        page.locator("#panel a[data-unit='surveys']").first.click()
        expect(page.locator("#panel h2")).to_contain_text("Surveys")
        page.locator("#breadcrumb a").click()
        expect(page.locator("#breadcrumb [data-focus-on]")).to_have_count(0)
        page.go_back(wait_until="commit")
        expect(page.locator("#breadcrumb [data-focus-on]")).to_have_count(1)
        page.go_back(wait_until="commit")
        expect(page.locator("#panel h2")).to_contain_text("Displacement Tracking Matrix")
        held.let_go()
        page.wait_for_selector(READY, state="attached")

    def test_what_is_typed_before_the_scripts_run_is_searched(
        self, page: Page, served: str
    ) -> None:
        main = Held(page, "**/main.js")
        page.goto(served, wait_until="commit")
        page.locator("#search").fill("visa")
        main.let_go()
        expect(page.locator("#search-hits [data-unit]").first).to_be_visible()
        page.wait_for_selector(READY, state="attached")


class TestWithoutTheDiagrams:
    """A script does not arrive: a proxy blocks it, or the network fails."""

    @pytest.fixture
    def broken(self, context: BrowserContext) -> Iterator[Page]:
        page = context.new_page()
        page.set_viewport_size({"width": 1440, "height": 900})
        yield page
        page.close()

    def test_a_sentence_says_so_and_the_page_works(self, broken: Page, served: str) -> None:
        broken.route(DASH, lambda route: route.abort())
        broken.goto(served)
        expect(broken.locator("#failure")).to_be_visible()
        expect(broken.locator("#failure")).to_contain_text("could not be loaded")
        broken.locator(f".sunburst-inset a[data-unit='{PROTECTION}'] path").click()
        expect(broken.locator("#panel h2")).to_contain_text("Protection Division")
        assert marked(broken, "selected") == [PROTECTION]
        # Another focus needs other pictures, which the server draws.
        broken.locator("#panel [data-focus-on]", has_text="Focus").click()
        expect(broken.locator("#breadcrumb [aria-current]")).to_have_text("Protection")
        expect(broken.locator("#sunburst-picture")).to_have_attribute("data-shows", PROTECTION)
        assert f"focus={PROTECTION}" in broken.url
        expect(broken.locator("#panel h2")).to_contain_text("Protection Division")

    def test_links_work_if_no_module_arrives(self, broken: Page, served: str) -> None:
        broken.route("**/main.js", lambda route: route.abort())
        broken.goto(served)
        broken.locator(f".sunburst-inset a[data-unit='{PROTECTION}'] path").click()
        broken.wait_for_url(f"**?unit={PROTECTION}")
        expect(broken.locator("#panel h2")).to_contain_text("Protection Division")
        expect(broken.locator("#failure")).to_be_hidden()  # it waits for slow scripts
