"""What readers do with a frozen page, from a plain file server and from a file on the disk.

Most are the tests of the served page, with another source of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.settings import Settings
from tests.browser.conftest import error_free
from tests.browser.explorer import LIVING, Explorer
from tests.browser.frozen import file_server, frozen, made_once
from tests.browser.test_page import (  # noqa: F401  # run here with other pages
    test_a_click_on_a_node_opens_its_panel_marks_it_in_both_and_moves_nothing,
    test_a_click_on_a_sector_opens_its_panel_and_marks_it_in_both,
    test_a_double_click_on_a_node_focuses_it_too_but_on_a_leaf_only_selects,
    test_a_double_click_puts_a_unit_in_the_centre_and_the_centre_leads_back,
    test_a_focus_shows_the_panel_of_its_unit,
    test_a_link_in_the_panel_selects_the_unit_it_names,
    test_a_unit_outside_the_picture_sets_the_focus,
    test_an_unknown_focus_in_the_address_is_replaced_by_the_top,
    test_back_and_forward_restore_the_view,
    test_each_view_shows_what_it_names,
    test_escape_and_a_click_on_the_background_clear_the_selection,
    test_hovering_marks_the_ancestors_in_both_diagrams_and_dims_the_rest,
    test_lines_of_the_legend_hide_and_show_kinds_of_links,
    test_only_links_of_the_selected_unit_are_drawn_until_all_are_turned_on,
    test_the_header_says_what_is_shown,
    test_the_outline_lists_every_unit_and_selects,
    test_the_panel_says_why_units_are_related,
    test_the_theme_switch_changes_page_and_diagrams_and_is_remembered,
)

PARTS = "((unit) => remit.scene.children(remit.scene.keyOf(unit)))"
CLOSED_BOXES = f"""
() => remit.scene.focusable().map(({{ unit }}) => unit).filter((unit) => !{PARTS}(unit).length)
"""
OPEN = "(unit) => remit.store.dispatch({ type: 'open', unit, above: [] })"

pytestmark = pytest.mark.diagrams("living")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The included organization as a folder."""
    dataset = Settings().dataset
    return made_once(tmp_path_factory, "frozen", lambda path: frozen(dataset, path))


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The included organization as a single file."""
    dataset = Settings().dataset
    return made_once(tmp_path_factory, "frozen.html", lambda path: frozen(dataset, path))


@pytest.fixture(scope="session")
def served_folder(folder: Path) -> Iterator[str]:
    with file_server(folder) as address:
        yield address


@pytest.fixture(params=["folder", "file"])
def served(request: pytest.FixtureRequest) -> str:
    """The address of the page, to which a query is added."""
    if request.param == "folder":
        address: str = request.getfixturevalue("served_folder")
        return address
    path: Path = request.getfixturevalue("file")
    return path.as_uri()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The page with living diagrams, whatever the test asks for."""
    yield from error_free(tab)


def test_an_alias_in_the_address_leads_to_the_unit(explorer: Explorer) -> None:
    explorer.open("?unit=DTM&focus=GDI")
    explorer.expect_panel("Displacement Tracking Matrix")
    explorer.expect_focus("global-data-institute")
    expect(explorer.page).to_have_url(
        re.compile("[?]unit=displacement-tracking-matrix&focus=global")
    )


def test_the_first_picture_stands_before_any_script_runs(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    expect(page.locator("#sunburst-picture svg")).to_be_visible()
    expect(page.locator("#network-picture svg")).to_be_visible()
    context.close()


def test_another_language_is_another_page_with_the_same_view(explorer: Explorer) -> None:
    explorer.open("?unit=transition-and-recovery-division")
    explorer.page.locator(".languages a[lang=fr]").click()
    explorer.page.wait_for_selector(LIVING, state="attached")
    expect(explorer.page.locator("html")).to_have_attribute("lang", "fr")
    question = explorer.page.locator(".search input")
    expect(question).to_have_attribute("placeholder", re.compile("Qui fait quoi"))
    explorer.expect_panel("Transition")


def test_a_size_and_a_colour_reset_each_other(explorer: Explorer) -> None:
    explorer.open("?size=units")
    explorer.page.locator(".encoding-menu summary").click()
    explorer.page.locator('select[data-key="colour"]').select_option("type")
    expect(explorer.page.locator("#key")).to_contain_text("Type")
    assert "size" not in explorer.page.url


def test_a_box_is_opened_in_place_and_closes_the_one_before(page: Page, served: str) -> None:
    explorer = Explorer(page, served)
    page.set_viewport_size({"width": 1200, "height": 620})
    explorer.open()
    first, second = page.evaluate(CLOSED_BOXES)[:2]
    for opened, closed in ((first, second), (second, first)):
        page.evaluate(OPEN, opened)
        page.wait_for_function(f"(unit) => {PARTS}(unit).length > 0", arg=opened)
        assert page.evaluate(f"(unit) => {PARTS}(unit)", closed) == []


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_is_downloaded(explorer: Explorer, form: str) -> None:
    explorer.open()
    explorer.page.locator(".sunburst-view .download summary").click()
    with explorer.page.expect_download() as download:
        explorer.page.locator(f'.sunburst-view .download [data-form="{form}"]').first.click()
    assert download.value.suggested_filename == f"iom-operations-sunburst.{form}"
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG" if form == "png" else b"<svg")


def test_what_is_not_frozen_is_not_shown(explorer: Explorer) -> None:
    explorer.open()
    explorer.page.locator(".sunburst-view .download summary").click()
    expect(explorer.page.locator('.download [data-form="pdf"]').first).to_be_hidden()
    is_folder = explorer.address.startswith("http")
    embed = explorer.page.locator('.page-header [data-action="embed"]')
    expect(embed).to_be_visible(visible=is_folder)


def test_the_embed_of_a_folder_leads_to_its_page(page: Page, served_folder: str) -> None:
    page.goto(f"{served_folder}embed.fr.html?unit=transition-and-recovery-division")
    page.wait_for_selector(LIVING, state="attached")
    expect(page.locator("#panel h2")).to_contain_text("Transition")
    link = page.locator(".full-page")
    expect(link).to_have_attribute(
        "href", f"{served_folder}index.fr.html?unit=transition-and-recovery-division"
    )


def test_the_embed_in_the_language_of_its_address(page: Page, served_folder: str) -> None:
    page.goto(f"{served_folder}embed.html?lang=es")
    page.wait_for_url("**/embed.es.html?lang=es")
    page.wait_for_selector(LIVING, state="attached")
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_a_folder_has_the_data_files(page: Page, served_folder: str) -> None:
    page.goto(f"{served_folder}data/index.html")
    expect(page.locator('a[href="organization.xlsx"]')).to_be_visible()
    response = page.request.get(f"{served_folder}data/units.csv")
    assert response.ok
    assert len(response.text().splitlines()) > 47
