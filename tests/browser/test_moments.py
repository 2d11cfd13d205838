"""The organization of another day: the page, its links, its files, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serve
from tests.browser.explorer import READY, Explorer
from tests.browser.test_following import change

pytestmark = pytest.mark.diagrams("still")

THEN = "2012-05-01"
PORT = """id,name,parent,type,valid from,valid to
port,Harbour Office,,office,1990-01-01,
traffic,Traffic Department,port,department,1990-01-01,
safety,Safety Department,port,department,1990-01-01,
pilots,Pilots,port,unit,1990-01-01,2018-12-31
pilots,Pilot Service,traffic,unit,2019-01-01,
locks,Locks,traffic,unit,1990-01-01,
night,Night Watch,safety,unit,1990-01-01,2015-06-30
fire,Fire Service,safety,unit,1990-01-01,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "port.csv"
    path.write_text(PORT, encoding="utf-8")
    return path


@pytest.fixture
def explorer(page: Page, file: Path) -> Iterator[Explorer]:
    with serve(file) as address:
        yield Explorer(page, address)
        page.goto("about:blank")


@pytest.fixture
def bare_address(file: Path) -> Iterator[str]:
    """The address of the page, for a browser of another profile."""
    with serve(file) as address:
        yield address


def parameters(address: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def link_to_today(page: Page) -> str:
    return page.locator("#current-day").get_attribute("href") or ""


@pytest.mark.diagrams("living")
def test_both_diagrams_show_the_day_and_the_reader_stays_in_it(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?at={THEN}")
    expect(page.locator("#day summary")).to_have_text("As of May 1, 2012")
    assert "Night Watch" in [sector["name"] for sector in explorer.sectors()]
    assert "Night Watch" in [node["name"] for node in explorer.nodes()]

    explorer.click_sector("Night Watch")
    explorer.expect_panel("Night Watch")
    explorer.expect_marked("Night Watch")
    assert parameters(page.url) == {"unit": "night", "at": THEN}

    explorer.click_sector("Safety Department", times=2)
    explorer.expect_focus("safety")
    assert parameters(page.url)["at"] == THEN
    page.go_back()
    explorer.expect_focus("port")
    assert explorer.state("at") == THEN


def test_today_is_one_click_away_in_the_same_view(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?at={THEN}&view=outline&lang=fr")
    page.locator("#outline a[data-unit='pilots']").click()
    explorer.expect_panel("Pilots")

    page.get_by_role("link", name="Aujourd’hui").click()

    explorer.expect_panel("Pilot Service")
    assert parameters(page.url) == {"unit": "pilots", "view": "outline", "lang": "fr"}
    expect(page.locator("#outline")).not_to_contain_text("Night Watch")
    expect(page.locator("#current-day")).to_be_hidden()
    page.go_back()
    explorer.expect_panel("Pilots")


def test_a_day_is_chosen_with_the_keyboard(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open("?unit=pilots")
    page.locator("#day summary").focus()
    page.keyboard.press("Enter")
    page.locator("#day form:first-child [name=at]").fill(THEN)
    page.locator("#day form:first-child [name=at]").press("Enter")

    explorer.expect_panel("Pilots")
    assert parameters(page.url) == {"unit": "pilots", "at": THEN}
    page.locator("#day summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("#day form").first).to_be_hidden()
    expect(page.locator("#day summary")).to_be_focused()
    assert explorer.state("unit") == "pilots"


def test_search_files_and_embed_are_of_the_day(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?at={THEN}")
    page.locator("#search").fill("night")
    page.get_by_role("option", name="Night Watch").click()
    explorer.expect_panel("Night Watch")

    menus = page.locator(".download a")
    addresses = [link.get_attribute("href") or "" for link in menus.all()]
    assert len(addresses) == 2 * (3 + 6 + 1)  # formats, presets and the data
    assert {parameters(address).get("at") for address in addresses} == {THEN}
    picture = page.request.get(explorer.address + addresses[1])
    assert "As of May 1, 2012" in picture.text()
    assert "Night Watch" in picture.text()
    image = page.locator("#panel a[href^='export/']").get_attribute("href") or ""
    assert parameters(image)["at"] == THEN

    page.locator(".page-header [data-action='embed']").click()
    frame = page.frame_locator("#embed-dialog iframe")
    frame.locator("html[data-answers='true']").wait_for(state="attached")
    expect(frame.locator("#day summary")).to_have_text("As of May 1, 2012")
    line = page.locator("#embed-dialog textarea").input_value()
    assert f"embed?unit=night&amp;at={THEN}" in line


def test_the_embed_leads_to_the_full_page_of_the_day(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 320, "height": 700})
    explorer.address += "embed"
    explorer.open(f"?at={THEN}&panel=0")

    expect(page.locator("#day summary")).to_be_visible()
    full_page = page.locator(".full-page").get_attribute("href") or ""
    assert parameters(full_page) == {"at": THEN}
    assert parameters(link_to_today(page)) == {"panel": "0"}
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_change_of_the_file_is_shown_on_the_day(explorer: Explorer, file: Path) -> None:
    page = explorer.page
    explorer.open(f"?at={THEN}&unit=night")
    page.evaluate("window.isSamePage = true")

    change(file, ("Night Watch", "Night Shift"))

    explorer.expect_panel("Night Shift")
    expect(page.locator("#outline")).to_contain_text("Pilots")
    expect(page.locator("#outline")).not_to_contain_text("Pilot Service")
    assert page.evaluate("window.isSamePage")
    assert parameters(page.url) == {"at": THEN, "unit": "night"}
    assert parameters(link_to_today(page)) == {"unit": "night"}


def test_a_day_without_records_is_named(explorer: Explorer) -> None:
    explorer.open("?at=1800-01-01")

    expect(explorer.page.locator("#day p")).to_have_text("No records of that day")
    expect(explorer.page.locator("#outline")).to_contain_text("Pilot Service")


def test_the_day_is_on_paper(explorer: Explorer) -> None:
    page = explorer.page
    explorer.open(f"?at={THEN}&view=outline")

    page.emulate_media(media="print")

    expect(page.locator("#day summary")).to_be_visible()
    expect(page.locator("#current-day")).to_be_hidden()
    expect(page.locator("#breadcrumb")).to_be_hidden()
    page.emulate_media(media="null")


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_the_menu_is_on_the_screen_and_accessible(explorer: Explorer, width: int) -> None:
    page = explorer.page
    page.set_viewport_size({"width": width, "height": 800})
    explorer.open(f"?at={THEN}&lang=fr")
    page.locator("#day summary").click()

    for part in (
        "#day summary",
        "#day form:first-child [name=at]",
        "#day form:first-child button",
        "#current-day",
    ):
        box = page.locator(part).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page, context=".days").response["violations"] == []
    page.emulate_media(color_scheme="light")


def test_a_day_is_chosen_without_scripts(browser: Browser, bare_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{bare_address}?unit=pilots&lang=es")
    expect(page.locator("#panel h2")).to_have_text("Pilot Service")
    page.locator("#day summary").click()
    page.locator("#day form:first-child [name=at]").fill(THEN)
    page.locator("#day form:first-child button").click()

    expect(page.locator("#panel h2")).to_have_text("Pilots")
    assert parameters(page.url) == {"unit": "pilots", "lang": "es", "at": THEN}
    page.locator("#outline a[data-unit='night']").click()
    expect(page.locator("#panel h2")).to_have_text("Night Watch")
    page.get_by_role("link", name="Hoy").click()
    expect(page.locator("#outline")).to_contain_text("Pilot Service")
    assert parameters(page.url) == {"unit": "night", "lang": "es"}
    context.close()


def test_an_organization_without_periods_has_no_menu(page: Page, served: str) -> None:
    page.goto(f"{served}?at={THEN}")
    page.wait_for_selector(READY, state="attached")

    expect(page.locator("#day")).to_be_hidden()
    assert "at" not in parameters(page.locator(".download a").first.get_attribute("href") or "")


OLD = """id,name,parent,type
port,Harbour Office,,office
traffic,Traffic,port,unit
locks,Locks,traffic,unit
pilots,Pilots,port,unit
"""
NEW = OLD.replace("locks,Locks,traffic", "locks,Locks,pilots") + "ships,Ships,port,unit\n"


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("states")
    for name, text in (("2023-01", OLD), ("2024-01", OLD), ("2025-01", NEW)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compared(states: Path) -> Iterator[str]:
    with serve(states / "2025-01.csv", before=states / "2023-01.csv") as address:
        yield address


@pytest.fixture(scope="module")
def dated(states: Path) -> Iterator[str]:
    with serve(states) as address:
        yield address


def names(explorer: Explorer) -> set[str]:
    return {node["name"] for node in explorer.nodes()}


@pytest.mark.diagrams("living")
def test_two_states_are_switched_in_place(page: Page, compared: str) -> None:
    explorer = Explorer(page, compared)
    explorer.open("?unit=locks")
    choice = page.locator("#moments .states a")
    expect(choice.nth(1)).to_have_attribute("aria-current", "true")
    assert "Ships" in names(explorer)
    page.evaluate("window.isSamePage = true")

    choice.nth(0).click()
    expect(page.locator("html")).to_have_attribute("data-state", "before")
    page.wait_for_url(re.compile(r"\?unit=locks&state=before$"))
    explorer.expect_panel("Locks")
    explorer.expect_marked("Locks")
    assert "Ships" not in names(explorer)
    expect(page.locator("#panel")).to_contain_text("Traffic")

    page.go_back()
    expect(page.locator("html")).not_to_have_attribute("data-state", "before")
    expect(choice.nth(1)).to_have_attribute("aria-current", "true")
    explorer.expect_marked("Locks")
    assert "Ships" in names(explorer)
    assert page.evaluate("window.isSamePage")


RECORD_MOTION = """() => {
  window.moved = new Set();
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.classList.contains("moving")) {
        window.moved.add(target.closest("#sunburst, #network").id);
      }
    }
  }).observe(document.querySelector("main"), { subtree: true, attributeFilter: ["class"] });
}"""


@pytest.mark.diagrams("living")
@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_stays_moves_from_one_state_to_the_other(
    page: Page, compared: str, motion: Any
) -> None:
    page.emulate_media(reduced_motion=motion)
    explorer = Explorer(page, compared)
    explorer.open()
    page.evaluate(RECORD_MOTION)

    page.locator("#moments .states a").nth(0).click()
    page.wait_for_url(re.compile(r"\?state=before$"))

    wanted = ["network", "sunburst"] if motion == "no-preference" else []
    if not wanted:
        page.wait_for_timeout(500)  # in which a motion would begin
    explorer.expect(lambda: page.evaluate("[...window.moved].sort()"), wanted)
    page.emulate_media(reduced_motion="no-preference")


def test_the_states_of_a_folder_are_walked_through_in_time(page: Page, dated: str) -> None:
    explorer = Explorer(page, dated)
    explorer.open("?view=outline")
    slider, outline = page.locator("#moments [type=range]"), page.locator("#outline")
    expect(page.locator("#moments summary")).to_have_text("Jan 1, 2025")
    expect(outline).to_contain_text("Ships")

    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("html")).to_have_attribute("data-at", "2024-01-01")
    expect(outline).not_to_contain_text("Ships")
    expect(slider).to_have_attribute("aria-valuetext", "Jan 1, 2024")
    page.wait_for_url(re.compile(r"\?view=outline&at=2024-01-01$"))

    page.locator("#moments [data-action='play']").click()
    expect(outline).to_contain_text("Ships")
    expect(page.locator("#moments [data-action='play']")).to_have_attribute("aria-pressed", "false")
    assert parameters(page.url) == {"view": "outline"}


@pytest.mark.diagrams("still")
def test_a_state_that_cannot_be_read_is_named_and_the_one_before_stays(
    page: Page, tmp_path: Path
) -> None:
    (tmp_path / "2024-01.csv").write_text("", encoding="utf-8")
    (tmp_path / "2025-01.csv").write_text(NEW, encoding="utf-8")
    with serve(tmp_path) as address:
        Explorer(page, address).open()
        slider = page.locator("#moments [type=range]")
        slider.focus()
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#notice")).to_contain_text(
            "cannot be read. 2024-01: The file is empty."
        )
        expect(slider).to_have_attribute("aria-valuetext", "Jan 1, 2025")
        page.goto("about:blank")


def test_of_several_states_asked_for_at_once_the_last_one_is_shown(page: Page, dated: str) -> None:
    explorer = Explorer(page, dated)
    explorer.open("?view=outline")
    page.evaluate(
        """() => document.querySelectorAll("#moments li > a:first-child").forEach((link) => {
            link.click();
        })"""
    )

    page.wait_for_url("**/?view=outline&at=2023-01-01")
    expect(page.locator("#outline")).not_to_contain_text("Ships")
    shown = page.request.get(f"{dated}version?at=2023-01-01").json()["version"]
    expect(page.locator("html")).to_have_attribute("data-version", shown)


def test_a_state_of_a_folder_is_compared_with_an_earlier_one(page: Page, dated: str) -> None:
    explorer = Explorer(page, dated)
    explorer.open("?view=outline")
    expect(page.locator("#moments .states")).to_be_hidden()

    page.locator("#moments summary").click()
    page.get_by_role("link", name="Compare").first.click()

    expect(page.locator("#moments summary")).to_have_text("Jan 1, 2024 → Jan 1, 2025")
    expect(page.locator("#moments .states")).to_be_visible()
    page.wait_for_url("**/?view=outline&before=2024-01-01")
    page.locator("#moments .states a").nth(0).click()
    expect(page.locator("#outline")).not_to_contain_text("Ships")
    page.wait_for_url("**/?view=outline&before=2024-01-01&state=before")
    assert Axe().run(page, context=".days").response["violations"] == []


def test_without_scripts_links_lead_to_the_states(browser: Browser, dated: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{dated}?view=outline")
        page.locator("#moments summary").click()
        page.get_by_role("link", name="Compare").last.click()
        assert parameters(page.url) == {"view": "outline", "before": "2023-01-01"}
        page.locator("#moments .states a").nth(0).click()
        assert parameters(page.url)["state"] == "before"
        expect(page.locator("body")).not_to_contain_text("Ships")
