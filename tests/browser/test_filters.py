"""Filters by type and by theme, used with the mouse and with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import serve
from tests.browser.explorer import Explorer

DIVISIONS_IN_HEALTH = {"Migration Health Division", "Protection Division"}
LEADING = {
    "Office of the Deputy Director General for Operations",
    "Department of Programme Support and Migration Management",
}


def menu(page: Page) -> Locator:
    return page.locator("#filters summary")


def choice(page: Page, name: str) -> Locator:
    """Return the checkbox of a type or a theme."""
    label = page.locator("#filters label").filter(has=page.get_by_text(name, exact=True))
    return label.locator("input")


def expect_count(page: Page, sentence: str) -> None:
    expect(page.locator("#filter-count")).to_have_text(sentence)


def expect_hits(explorer: Explorer, names: set[str]) -> None:
    """Wait until exactly these units are marked in both diagrams."""
    explorer.page.wait_for_function(
        """(names) => {
          const cy = document.getElementById("network")._cyreg.cy;
          const marked = cy.nodes(".hit").map((node) => node.data("name"));
          return JSON.stringify(marked.sort()) === JSON.stringify(names);
        }""",
        arg=sorted(names),
    )
    assert {sector["name"] for sector in explorer.sectors() if sector["hit"]} == names


def undimmed(explorer: Explorer) -> set[str]:
    """Return the names of the units that are not dimmed, which both diagrams must agree on."""
    sectors = {sector["name"] for sector in explorer.sectors() if not sector["dimmed"]}
    nodes = {
        node["name"]
        for node in explorer.nodes("node.unit, node.group")
        if "dimmed" not in node["classes"]
    }
    assert sectors == nodes
    return sectors


def test_matches_and_their_ancestors_are_not_dimmed(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    menu(page).click()
    choice(page, "division").check()
    expect_count(page, "8 of 47 units match")
    choice(page, "Migration health").check()
    expect_count(page, "2 of 47 units match")

    expect_hits(explorer, DIVISIONS_IN_HEALTH)
    assert undimmed(explorer) == DIVISIONS_IN_HEALTH | LEADING
    expect(menu(page)).to_have_text("Filter (2)")
    assert page.url.endswith("?types=division&themes=migration-health")


@pytest.mark.diagrams("still")
def test_filters_work_with_the_keyboard(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    menu(page).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(choice(page, "office")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect_count(page, "8 of 47 units match")
    page.keyboard.press("Escape")
    expect(menu(page)).to_be_focused()
    expect(page.locator(".filter-panel").first).to_be_hidden()
    expect_count(page, "8 of 47 units match")

    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.ariaLabel") == "Remove the filter: Type: division":
            break
    page.keyboard.press("Enter")

    expect_count(page, "")
    expect(menu(page)).to_be_focused()


@pytest.mark.diagrams("still")
def test_escape_closes_the_menu_and_then_clears_step_by_step(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open("?types=institute&unit=surveys")
    menu(page).click()
    for expected in (("surveys", "institute"), (None, "institute"), (None, None)):
        page.keyboard.press("Escape")
        state = page.evaluate("remit.store.current")
        assert (state["unit"], state["types"]) == expected
    expect_count(page, "")


def test_a_click_on_the_background_keeps_the_filters(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open("?types=institute")
    menu(page).click()
    for diagram in ("#sunburst", "#network"):
        box = page.locator(diagram).bounding_box()
        assert box
        page.mouse.click(box["x"] + 6, box["y"] + 6)
        expect(page.locator(".filter-panel").first).to_be_hidden()
        assert page.evaluate("remit.store.current.types") == "institute"


class TestTheAddress:
    def test_restores_the_filters(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?types=division&themes=migration-health")
        expect_hits(explorer, DIVISIONS_IN_HEALTH)
        menu(page).click()
        expect(choice(page, "division")).to_be_checked()
        expect(choice(page, "Migration health")).to_be_checked()
        expect(choice(page, "unit")).not_to_be_checked()

    def test_follows_each_step_back_and_forward(self, explorer: Explorer) -> None:
        explorer.open()
        page = explorer.page
        menu(page).click()
        choice(page, "institute").check()
        expect_count(page, "1 of 47 units matches")
        choice(page, "office").check()
        expect_count(page, "2 of 47 units match")

        page.go_back()
        expect_count(page, "1 of 47 units matches")
        expect(choice(page, "office")).not_to_be_checked()
        page.go_back()
        expect_count(page, "")
        expect_hits(explorer, set())
        page.go_forward()
        expect_hits(explorer, {"Global Data Institute"})

    @pytest.mark.diagrams("still")
    def test_with_unknown_values_is_corrected_and_reported(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?types=squad;institute&themes=peace")

        expect_count(page, "1 of 47 units matches")
        expect(page.locator("#notice")).to_contain_text("ignored")
        page.wait_for_url("**/?types=institute")


def test_the_ancestors_of_a_selected_unit_are_not_dimmed(explorer: Explorer) -> None:
    explorer.open("?types=institute&unit=preparedness-and-response-division")
    expect_hits(explorer, {"Global Data Institute"})
    explorer.expect_marked("Preparedness and Response Division")

    assert undimmed(explorer) == {
        "Office of the Deputy Director General for Operations",
        "Global Data Institute",
        "Department of Operations and Emergencies",
        "Preparedness and Response Division",
    }


def test_matches_outside_the_picture_are_counted(explorer: Explorer) -> None:
    explorer.open("?types=department;institute&focus=global-data-institute")

    expect_count(explorer.page, "5 of 47 units match; 4 of them are not shown")
    expect_hits(explorer, {"Global Data Institute"})


def test_no_match_is_reported_with_a_button_to_clear_the_filters(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open("?types=function&themes=migration-health")
    expect_count(page, "None of 47 units matches")
    assert undimmed(explorer) == set()

    page.locator("#filter-chips").get_by_role("button", name="Clear filters").click()

    expect_count(page, "")
    expect_hits(explorer, set())
    assert len(undimmed(explorer)) == 47
    assert page.url.endswith("/")


@pytest.mark.diagrams("still")
def test_the_outline_marks_matches(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open("?types=institute&view=outline")
    expect(page.locator("#outline .hit .name")).to_have_text(["Global Data Institute"])
    expect(page.locator("#outline [data-unit].dimmed")).to_have_count(45)

    menu(page).click()
    choice(page, "institute").uncheck()

    expect(page.locator("#outline :is(.hit, .dimmed)")).to_have_count(0)


ODD_IDS = """id,name,type,parent_id
__proto__,Top,office,
constructor,Left,office,__proto__
toString,Right,unit,__proto__
"""


@pytest.mark.diagrams("still")
def test_the_outline_marks_units_of_any_id(page: Page, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(ODD_IDS, encoding="utf-8")
    with serve(table) as address:
        explorer = Explorer(page, address)
        explorer.open("?types=unit&view=outline")
        expect(page.locator("#outline .hit .name")).to_have_text(["Right"])
        expect(page.locator("#outline .dimmed .name")).to_have_text(["Left"])


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.diagrams("still")
def test_the_menu_fits_and_its_targets_are_large(explorer: Explorer, size: tuple[int, int]) -> None:
    page = explorer.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    explorer.open("?types=unit&view=network")
    menu(page).click()

    panel = page.locator("#filters .filter-panel").bounding_box()
    assert panel
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= size[0]
    for target in page.locator("#filters label, #filters button, .filter-status button").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.diagrams("still")
def test_the_downloaded_picture_is_filtered(explorer: Explorer) -> None:
    explorer.open("?types=division&themes=migration-health")

    for diagram in ("sunburst", "network"):
        link = explorer.page.locator(f".download[data-diagram={diagram}] [data-form=svg]")
        address = f"export/{diagram}.svg?types=division&themes=migration-health"
        expect(link).to_have_attribute("href", address)
        svg = explorer.page.request.get(explorer.address + address).text()
        assert "Highlighted: Type: division" in svg


class TestInsideAnotherPage:
    def test_the_filters_of_the_address_are_active(self, page: Page, served: str) -> None:
        explorer = Explorer(page, served)
        explorer.open("embed?types=division&themes=migration-health")

        expect_hits(explorer, DIVISIONS_IN_HEALTH)
        expect_count(page, "2 of 47 units match")
        page.set_viewport_size({"width": 480, "height": 800})
        expect(menu(page)).to_be_hidden()
        expect(page.locator("#filter-count")).to_be_visible()


class TestWithoutScripts:
    def test_the_filters_of_the_address_are_drawn_and_described(
        self, browser: Browser, served: str
    ) -> None:
        context = browser.new_context(java_script_enabled=False)
        bare = context.new_page()
        bare.goto(f"{served}?types=division&themes=migration-health")

        expect(bare.locator("#filter-count")).to_have_text("2 of 47 units match")
        expect(bare.locator("#filter-chips")).to_contain_text("Theme: Migration health")
        offered = bare.locator("button, input, #filters summary")
        assert [locator for locator in offered.all() if locator.is_visible()] == []
        expect(bare.locator("#outline .hit .name")).to_have_text(
            ["Migration Health Division", "Protection Division"]
        )
        context.close()


@pytest.fixture(scope="module")
def untyped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An organization without types and themes."""
    path = tmp_path_factory.mktemp("untyped") / "units.csv"
    path.write_text("id,name,parent_id\ntop,Top,\na,A,top\n", encoding="utf-8")
    with serve(path) as address:
        yield address


@pytest.mark.diagrams("still")
def test_without_types_and_themes_there_is_no_button(page: Page, untyped: str) -> None:
    Explorer(page, untyped).open()

    expect(page.locator("#breadcrumb li")).to_have_count(1)
    expect(page.locator("#filters *")).to_have_count(0)
