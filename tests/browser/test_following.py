"""The page follows changes of its files without a reload, and the reader stays where they are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from components.settings import Settings
from tests.browser.conftest import serve
from tests.browser.explorer import Explorer

pytestmark = pytest.mark.diagrams("still")

TOP = "office-of-the-deputy-director-general-for-operations"
FIRST, CASH = "department-of-operations-and-emergencies", "cash-based-initiatives-unit"
TRACKING = "displacement-tracking-matrix"
REMEMBER_PAGE = """
window.isSamePage = true;
window.diagrams = [...document.querySelectorAll("#sunburst, #network, .picture")];
"""


def change(path: Path, *pairs: tuple[str, str]) -> None:
    """Replace texts in a file, and save it in the way of most programs."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    other = path.with_name(".saving")
    other.write_text(text, encoding="utf-8")
    other.replace(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A writable copy of a folder of tables."""
    return Path(shutil.copytree(Settings().dataset, tmp_path / "tables"))


@pytest.fixture
def units(folder: Path) -> Path:
    return folder / "units.csv"


@pytest.fixture
def explorer(page: Page, folder: Path) -> Iterator[Explorer]:
    with serve(folder) as address:
        yield Explorer(page, address)
        page.goto("about:blank")


def open_and_remember(explorer: Explorer, query: str = "") -> None:
    explorer.open(query)
    explorer.page.evaluate(REMEMBER_PAGE)


def expect_not_reloaded(explorer: Explorer) -> None:
    """Assert that neither the page nor its diagrams were loaded again."""
    assert explorer.page.evaluate(
        "window.isSamePage && window.diagrams.every((element) => element.isConnected)"
    )


class TestASavedChange:
    @pytest.mark.diagrams("living")
    def test_is_shown_everywhere_and_the_selection_stays(
        self, explorer: Explorer, units: Path
    ) -> None:
        page = explorer.page
        open_and_remember(explorer, f"?unit=surveys&focus={TRACKING}")
        page.wait_for_timeout(500)
        change(
            units,
            ("Registration", "Counting"),
            ("surveys,Surveys,Surveys", "surveys,Questionnaires,"),
        )

        expect(page.locator("#panel h2")).to_contain_text("Questionnaires")
        expect(page.locator("#outline")).to_contain_text("Counting")
        page.wait_for_function(
            "() => document.querySelector('#sunburst').textContent.includes('Questionnaires')"
        )
        assert "Counting" in [node["name"] for node in explorer.nodes()]
        explorer.expect_marked("Questionnaires")
        expect(page.locator("#notice.shown")).to_have_text("The data has changed.")
        assert page.title().startswith("Questionnaires – ")
        assert (explorer.state("unit"), explorer.state("focus")) == ("surveys", TRACKING)
        assert page.url.endswith(f"?unit=surveys&focus={TRACKING}")
        expect_not_reloaded(explorer)

    def test_is_shown_in_header_and_legend_too(
        self, explorer: Explorer, folder: Path, units: Path
    ) -> None:
        page = explorer.page
        open_and_remember(explorer, "?view=network")
        expect(page.locator(".legend")).not_to_contain_text("Shares stamps with")

        change(folder / "datapackage.json", ("Migration: Operations", "Migration: All of it"))
        change(folder / "relations.csv", (",coordinates_with,", ",Shares stamps with,"))
        change(
            units,
            (f"{CASH},Cash", f"stamps,Stamps,,,,guild,{TOP},,,,,\n{CASH},Cash"),
        )

        expect(page.locator("h1")).to_contain_text("All of it")
        expect(page.locator(".page-header p")).to_contain_text("48 units")
        expect(page).to_have_title("International Organization for Migration: All of it")
        expect(page.locator(".legend")).to_contain_text("Shares stamps with")
        swatch = page.locator(".legend li", has_text="Shares stamps with").locator(".swatch")
        assert "gradient" in swatch.evaluate(
            "(element) => getComputedStyle(element).backgroundImage"
        )
        page.locator("#filters summary").click()
        expect(page.locator("#filters label", has_text="guild")).to_be_visible()
        expect_not_reloaded(explorer)

    def test_leaves_a_menu_open_and_the_focus_in_it(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer, "?themes=policy-and-law")
        page.locator("#filters summary").click()
        box = page.get_by_role("checkbox", name="division")
        box.focus()

        change(units, (",workstream,", ",stream,"))

        expect(page.locator("#filters label", has_text="stream")).to_be_visible()
        expect(box).to_be_focused()
        assert page.url.endswith("?themes=policy-and-law")

    def test_keeps_the_position_in_the_panel(self, explorer: Explorer, folder: Path) -> None:
        page = explorer.page
        open_and_remember(explorer, "?unit=migration-health-division")
        link = page.locator("#panel [data-section='composition'] a").nth(2)
        link.focus()
        page.locator("#panel details").first.evaluate("(element) => { element.open = true; }")
        page.locator("#panel").evaluate("(element) => { element.scrollTop = 150; }")

        change(folder / "units.csv", ("Migration and Vaccination Unit", "Needles Unit"))

        expect(page.locator("#panel")).to_contain_text("Needles Unit")
        expect(link).to_be_focused()
        assert page.locator("#panel").evaluate("(element) => element.scrollTop") == 150
        assert page.locator("#panel details").first.evaluate("(element) => element.open")

    def test_keeps_the_state_of_the_outline_though_units_have_other_positions(
        self, explorer: Explorer, units: Path
    ) -> None:
        page = explorer.page
        open_and_remember(explorer, "?view=outline")
        tree = page.locator("#outline")
        closed = tree.get_by_role("treeitem", name="Protection Division")
        page.keyboard.press("Escape")
        tree.get_by_role("treeitem").first.focus()
        page.keyboard.press("p")
        closed.focus()
        page.keyboard.press("ArrowLeft")
        expect(closed).to_have_attribute("aria-expanded", "false")
        scrolled = tree.evaluate("(element) => element.scrollTop")

        change(
            units,
            (f"{FIRST},Dep", f"first,First Unit,,,,unit,{TOP},,,,,\n{FIRST},Dep"),
        )

        expect(tree).to_contain_text("First Unit")
        expect(closed).to_have_attribute("aria-expanded", "false")
        expect(closed).to_be_focused()
        assert tree.evaluate("(element) => element.scrollTop") == scrolled

    def test_updates_the_answer_of_the_search(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer)
        page.locator("#search").fill("vaccination")
        hits = page.locator("#search-hits [role=option]")
        expect(hits.first).to_contain_text("Migration and Vaccination Unit")

        change(units, ("Migration and Vaccination Unit", "Vaccination and Needles"))

        expect(hits.first).to_contain_text("Vaccination and Needles")
        expect(page.locator("#search")).to_be_focused()
        expect(page.locator("#search")).to_have_value("vaccination")

    def test_is_shown_in_the_matrix_and_in_the_list_of_relations(
        self, explorer: Explorer, folder: Path
    ) -> None:
        page = explorer.page
        open_and_remember(explorer, "?view=matrix")
        area = page.locator(".matrix-area")
        area.evaluate("(element) => { element.scrollTop = 90; element.scrollLeft = 40; }")
        place = "(element) => [element.scrollTop, element.scrollLeft]"
        scrolled = area.evaluate(place)

        change(folder / "units.csv", ("Global Data Institute", "Institute of Facts"))

        expect(area).to_contain_text("Institute of Facts")
        assert area.evaluate(place) == scrolled
        page.get_by_role("button", name="Outline").click()
        change(folder / "relations.csv", (",coordinates_with,", ",Shares stamps with,"))
        expect(page.locator("#relations")).to_contain_text("Shares stamps with")
        expect_not_reloaded(explorer)

    def test_keeps_the_history(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer)
        page.locator("#outline a", has_text="Protection Division").first.evaluate(
            "(element) => element.click()"
        )
        explorer.expect_panel("Protection Division")
        change(units, ("Protection Division", "Shelter Division"))
        explorer.expect_panel("Shelter Division")

        page.go_back()
        expect(page.locator("html")).to_have_attribute("data-unit", "")
        page.go_forward()

        explorer.expect_panel("Shelter Division")
        expect_not_reloaded(explorer)

    def test_is_shown_in_an_embed_too(self, explorer: Explorer, units: Path) -> None:
        explorer.address += "embed"
        open_and_remember(explorer, "?unit=surveys")

        change(units, ("surveys,Surveys,", "surveys,Questionnaires,"))

        explorer.expect_panel("Questionnaires")
        expect_not_reloaded(explorer)

    @pytest.mark.diagrams("living")
    def test_keeps_the_viewport_of_the_network(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer, "?view=network")
        page.get_by_role("button", name="Zoom in").click()
        zoom = page.evaluate("document.getElementById('network')._cyreg.cy.zoom()")

        change(units, ("surveys,Surveys,", "surveys,Questionnaires,"))

        expect(page.locator("#outline")).to_contain_text("Questionnaires")
        page.wait_for_timeout(100)
        now = page.evaluate("document.getElementById('network')._cyreg.cy.zoom()")
        assert now == pytest.approx(zoom)


class TestWhatIsGone:
    def test_is_replaced_by_the_closest_names(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer, "?unit=surveys")

        change(units, ("surveys,Surveys,Surveys,", "poll,Survey Poll,,"))

        explorer.expect_panel("No such unit")
        expect(page.locator("#announcer")).to_have_text("No such unit")
        page.locator("#panel").get_by_role("link", name="Survey Poll", exact=True).click()
        explorer.expect_panel("Survey Poll")
        expect_not_reloaded(explorer)

    @pytest.mark.diagrams("living")
    def test_in_the_centre_is_replaced_by_the_top(self, explorer: Explorer, units: Path) -> None:
        open_and_remember(explorer, f"?focus={TRACKING}")

        change(
            units,
            (TRACKING, "tracking"),
            (
                "Displacement Tracking Matrix,Displacement Tracking,DTM,Displacement T",
                "Tracker,,,T",
            ),
        )

        explorer.expect_focus(TOP)
        expect_not_reloaded(explorer)

    def test_may_be_the_top_itself(self, explorer: Explorer, units: Path) -> None:
        open_and_remember(explorer, "?unit=surveys")

        change(units, (TOP, "the-office"))

        explorer.expect_focus("the-office")
        explorer.expect_panel("Surveys")
        expect_not_reloaded(explorer)


class TestAFileThatCannotBeRead:
    def test_is_reported_until_it_can_be_read_and_the_page_stays(
        self, explorer: Explorer, units: Path
    ) -> None:
        page = explorer.page
        open_and_remember(explorer, "?unit=surveys")
        good = units.read_text(encoding="utf-8")
        page.locator("#search").focus()

        units.write_text("", encoding="utf-8")

        bar = page.locator("#data-status")
        expect(bar).to_contain_text("The changed file cannot be read: units")
        expect(bar).to_contain_text("The page still shows the data from")
        expect(bar).to_have_attribute("role", "status")
        expect(bar.locator("[lang=en]")).to_contain_text("empty")
        explorer.expect_panel("Surveys")
        units.write_text(good, encoding="utf-8")
        expect(bar).to_be_hidden()
        expect(page.locator("#search")).to_be_focused()
        expect_not_reloaded(explorer)


class TestAHiddenPage:
    def test_asks_for_nothing_until_it_is_seen_again(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer)
        polls: list[str] = []
        page.on("request", lambda request: polls.append(request.url))
        show_or_hide(page, "hidden")
        change(units, ("Registration", "Counting"))
        page.wait_for_timeout(3_000)
        assert len(polls) <= 1  # the one that was on its way

        show_or_hide(page, "visible")

        expect(page.locator("#outline")).to_contain_text("Counting")

    def test_does_not_ask_more_often_if_it_is_seen_and_hidden_in_turn(
        self, explorer: Explorer
    ) -> None:
        page = explorer.page
        open_and_remember(explorer)
        with page.expect_request("**/version"):
            pass
        polls: list[str] = []
        page.on("request", lambda request: polls.append(request.url))
        for _ in range(5):
            show_or_hide(page, "hidden")
            show_or_hide(page, "visible")

        assert polls == []
        with page.expect_request("**/version"):
            pass
        assert len(polls) == 1


def show_or_hide(page: Page, visibility: str) -> None:
    """Tell a page whether it can be seen, as a browser does when the reader changes tabs."""
    page.evaluate(
        """(visibility) => {
          const get = () => visibility;
          Object.defineProperty(document, "visibilityState", { get, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        visibility,
    )


class TestAProcessThatIsBehind:
    def test_does_not_take_the_page_back(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer, "?unit=surveys")
        old = page.request.get(f"{explorer.address}version").json()
        change(units, ("surveys,Surveys,", "surveys,Questionnaires,"))
        explorer.expect_panel("Questionnaires")
        version = explorer.state("version")

        page.route("**/version", lambda route: route.fulfill(json=old))
        for _ in range(3):  # the third request shows that the page has taken two answers
            with page.expect_request("**/version"):
                pass
        page.unroute("**/version")

        assert explorer.state("version") == version
        explorer.expect_panel("Questionnaires")


class TestAServerThatIsAway:
    def test_is_reported_after_a_while_and_until_it_is_back(self, explorer: Explorer) -> None:
        page = explorer.page
        bar = page.locator("#data-status")
        open_and_remember(explorer)
        page.clock.install()
        page.route("**/version", lambda route: route.fulfill(body="no JSON"))
        page.wait_for_timeout(1_500)
        expect(bar).to_be_hidden()

        page.clock.fast_forward("00:30")

        expect(bar).to_contain_text("The server is not responding.")
        page.unroute("**/version")
        page.clock.run_for(10_000)
        expect(bar).to_be_hidden()
        expect_not_reloaded(explorer)


class TestProblems:
    def test_are_listed_in_a_dialog_behind_a_link(self, explorer: Explorer, units: Path) -> None:
        page = explorer.page
        open_and_remember(explorer)
        links = page.get_by_role("link", name="problem")
        expect(links).to_have_count(0)

        change(units, (",component,displacement-tracking-matrix", ",component,nobody"))

        expect(links).to_have_text([re.compile("^[1-9] problems? in the data$")] * 2)
        link = page.locator("#problems").get_by_role("link")
        link.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Problems in the data")
        expect(dialog).to_contain_text("Parents that are not in the table")
        expect(dialog).to_contain_text("nobody")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [violation["id"] for violation in found] == []
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()
        page.keyboard.press("Enter")

        change(units, (",component,nobody", ",component,displacement-tracking-matrix"))

        expect(dialog).to_be_hidden()
        expect(links).to_have_count(0)
        expect_not_reloaded(explorer)

    def test_are_listed_on_the_page_without_scripts(
        self, browser: Browser, folder: Path, units: Path
    ) -> None:
        change(units, (",component,displacement-tracking-matrix", ",component,nobody"))
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        with serve(folder) as address:
            page.goto(address)
            links = page.get_by_role("link", name="problem")
            expect(links).to_have_count(2)  # one in the overview
            links.first.click()
            expect(page.locator("#problems-list li").first).to_be_in_viewport()
            expect(page.locator("#problems-list")).to_contain_text("nobody")
            page.goto("about:blank")
        context.close()
