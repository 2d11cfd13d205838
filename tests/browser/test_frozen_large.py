"""What readers do with a file of 2,000 random units and a folder of 320.

The more there are, the less is frozen of each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.views.matrix import MAX_LISTED
from tests.browser.conftest import error_free
from tests.browser.explorer import Explorer
from tests.browser.frozen import file_server, frozen, made_once

UNITS, FEWER_UNITS = 2_000, 320
MOST_BYTES = 8_000_000
WORDS = ("Harbour", "Water", "Energy", "Transport", "Health", "Museum", "Forest", "Rail")
DRAWN = "() => remit.scene.focusable().map(({ unit }) => unit)"
IS_CLOSED_BOX = (
    "(unit) => !unit.includes('~') && !remit.scene.children(remit.scene.keyOf(unit)).length"
)

pytestmark = pytest.mark.diagrams("living")


def _freeze(count: int, path: Path, spread: int = 1) -> None:
    """Freeze random units; the greater ``spread``, the more of them have no parts."""
    dice = random.Random(1)  # noqa: S311  # no secret
    rows = ["id,name,type,parent"]
    for number in range(count):
        # Below any unit before it, so that there are large and small ones of all levels.
        parent = f"u{int(number * dice.random() ** spread)}" if number else ""
        kind, subject = dice.choice(("Office", "Agency", "Council")), dice.choice(WORDS)
        rows.append(f"u{number},{kind} for {subject} {number},{kind},{parent}")
    table = path.with_suffix(".csv")
    table.write_text("\n".join(rows), encoding="utf-8")
    frozen(table, path)


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "large.html", partial(_freeze, UNITS))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "medium", partial(_freeze, FEWER_UNITS, spread=3))


@pytest.fixture
def served(file: Path) -> str:
    return file.as_uri()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    yield from error_free(tab)


def test_it_can_be_mailed(file: Path) -> None:
    assert file.stat().st_size <= MOST_BYTES


def test_each_unit_is_reached_by_an_address_and_by_the_search(explorer: Explorer) -> None:
    for unit in (1, 750, 1_999):
        explorer.open(f"?unit=u{unit}")
        explorer.expect_panel(f" {unit}")
    explorer.page.locator(".search input").fill("1234")
    results = explorer.page.get_by_role("listbox", name="Search results").get_by_role("option")
    results.first.click()
    explorer.expect_panel(" 1234")


def test_a_group_and_a_closed_box_become_the_focus(explorer: Explorer) -> None:
    explorer.open()
    group = next(unit for unit in explorer.page.evaluate(DRAWN) if "~" in unit)
    explorer.page.evaluate("(unit) => remit.store.dispatch({ type: 'focus', unit })", group)
    explorer.expect_focus(group)
    expect(explorer.page.locator("#breadcrumb [aria-current]")).to_contain_text("smaller")
    explorer.page.go_back()
    explorer.expect_focus("u0")
    box = explorer.page.evaluate(f"() => ({DRAWN})().find({IS_CLOSED_BOX})")
    explorer.page.evaluate("(unit) => remit.store.dispatch({ type: 'open', unit, above: [] })", box)
    explorer.expect_focus(box)


def test_a_file_offers_orders_but_no_sizes_and_no_pictures(explorer: Explorer) -> None:
    explorer.open("?focus=u1&view=outline")
    explorer.page.locator(".encoding-menu summary").click()
    expect(explorer.page.locator('select[data-key="size"]')).to_be_hidden()
    expect(explorer.page.locator('select[data-key="colour"]')).to_be_hidden()
    expect(explorer.page.locator(".download").first).to_be_hidden()
    first = explorer.page.locator("#outline [data-unit]").nth(1)
    unsorted = first.inner_text()
    explorer.page.locator('select[data-key="sort"]').select_option("size")
    expect(first).not_to_have_text(unsorted)


def test_a_file_lists_the_units_of_a_cell_of_the_matrix(explorer: Explorer) -> None:
    explorer.open("?focus=u1&view=matrix")
    cell = explorer.page.locator("#matrix td [data-covering]").first
    units = int(cell.inner_text().split()[0])
    cell.click()
    expect(explorer.page.locator("#covering li")).to_have_count(min(units, MAX_LISTED))


class TestAFolderOfFewerUnits:
    @pytest.fixture
    def served(self, folder: Path) -> Iterator[str]:
        with file_server(folder) as address:
            yield address

    def test_has_sizes_and_colours(self, explorer: Explorer) -> None:
        explorer.open("?size=below&focus=u1")
        explorer.page.locator(".encoding-menu summary").click()
        expect(explorer.page.locator('select[data-key="size"]')).to_have_value("below")
        expect(explorer.page.locator("#key")).to_contain_text("Units below")
        explorer.page.locator('select[data-key="colour"]').select_option("type")
        expect(explorer.page.locator("#key")).to_contain_text("Council")
        assert "size" not in explorer.page.url

    def test_opens_a_box_in_place(self, explorer: Explorer) -> None:
        explorer.open("?focus=u1")
        box = explorer.page.evaluate(f"() => ({DRAWN})().find({IS_CLOSED_BOX})")
        drawn = explorer.page.evaluate(f"() => ({DRAWN})().length")
        explorer.page.evaluate(
            "(unit) => remit.store.dispatch({ type: 'open', unit, above: [] })", box
        )
        explorer.page.wait_for_function(
            "(count) => remit.scene.focusable().length > count", arg=drawn
        )
        explorer.expect_focus("u1")

    def test_has_the_picture_of_a_focus(self, explorer: Explorer) -> None:
        explorer.open("?focus=u1")
        explorer.page.locator(".sunburst-view .download summary").click()
        with explorer.page.expect_download() as download:
            explorer.page.locator('.sunburst-view .download [data-form="svg"]').first.click()
        name = explorer.page.locator("#breadcrumb [aria-current]").inner_text()
        assert name in Path(download.value.path()).read_text(encoding="utf-8")
