"""What has changed between two states: the list of changes, and the filter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from components.importing.progress import unobserved
from components.settings import Settings
from components.views.changes_list import FIRST, PART
from components.web.frozen.freezing import freeze
from tests.browser.axe import findings
from tests.browser.conftest import serve_organization
from tests.browser.explorer import Explorer
from tests.browser.frozen import file_server
from tests.organizations import many_changes, two_states

pytestmark = pytest.mark.diagrams("still")

MANY = FIRST + PART + 200
LINK = "document.activeElement.textContent"


@pytest.fixture(scope="module")
def both_served() -> Iterator[str]:
    with serve_organization(two_states()) as address:
        yield address


@pytest.fixture(scope="module")
def many_served() -> Iterator[str]:
    with serve_organization(many_changes(MANY)) as address:
        yield address


@pytest.fixture
def both(page: Page, both_served: str) -> Explorer:
    return Explorer(page, both_served)


@pytest.fixture
def many(page: Page, many_served: str) -> Explorer:
    return Explorer(page, many_served)


def titles(page: Page) -> list[str]:
    """Return the titles of the kinds that are seen."""
    return page.locator("#changes h2:visible").all_inner_texts()


def entries(page: Page) -> Locator:
    return page.locator("#changes .branch li:visible")


def press(page: Page, *keys: str) -> str:
    """Press keys one after the other; return the text of the focused link."""
    for key in keys:
        page.keyboard.press(key)
    return str(page.evaluate(LINK))


class TestTheList:
    def test_is_opened_from_the_overview_and_the_toolbar(self, both: Explorer) -> None:
        both.open()
        page = both.page
        page.get_by_role("link", name="List of all changes").click()
        expect(page.locator("#changes")).to_be_visible()
        assert page.url.endswith("?view=changes")
        both.expect(lambda: titles(page)[:4], ["Split 1", "New 1", "Gone 1", "Moved 1"])
        expect(page.locator("#toolbar [data-value='changes']")).to_have_attribute(
            "aria-pressed", "true"
        )

    def test_selects_the_units_of_its_entries(self, both: Explorer) -> None:
        both.open("?view=changes")
        page = both.page
        entries(page).get_by_role("link", name="Mail Room").click()

        expect(page.locator("#panel h2")).to_have_text("Mail Room")
        expect(page.locator("#panel .presence")).to_have_text("Gone: in the earlier state only.")
        expect(page.locator("#changes [aria-current]")).to_have_text(["Mail Room"])

        page.locator("#toolbar [data-value='outline']").click()
        expect(page.locator("#outline [aria-selected='true'] .name")).to_have_text("Mail Room")

    def test_is_narrowed_by_kinds(self, both: Explorer) -> None:
        both.open("?view=changes")
        page = both.page
        page.locator("#changes .kinds").get_by_text("Moved").click()
        expect(page.locator("#filter-chips")).to_contain_text("Changes: Moved")
        assert titles(page) == ["Moved 1"]
        assert page.url.endswith("?view=changes&changes=moved")
        page.keyboard.press("Space")  # the focus stays on the button
        expect(page.locator("#filter-chips li")).to_have_count(0)
        assert len(titles(page)) == 10

    def test_of_an_address_has_its_kinds(self, both: Explorer) -> None:
        both.open("?view=changes&changes=gone%3Bnew")

        assert titles(both.page) == ["New 1", "Gone 1"]
        expect(both.page.locator("#changes .kinds [aria-pressed='true']")).to_have_count(2)

    def test_is_narrowed_by_what_is_typed(self, both: Explorer) -> None:
        both.open("?view=changes")
        page = both.page
        field = page.get_by_placeholder("Search the changes")
        field.fill("quays ROADS")
        expect(page.locator("#changes .left")).to_have_text("3 of 13 changes")
        assert titles(page) == ["Split 1", "Responsibilities 4"]
        field.fill("nowhere")
        expect(page.locator("#changes .left")).to_have_text("0 of 13 changes")
        assert titles(page) == []
        field.fill("")
        expect(page.locator("#changes .left")).to_have_text("")
        assert len(titles(page)) == 10

    def test_is_walked_with_the_keyboard(self, both: Explorer) -> None:
        both.open("?view=changes")
        page = both.page
        page.get_by_placeholder("Search the changes").focus()

        assert press(page, "Tab") == "Quays and Roads"
        assert press(page, "ArrowRight", "ArrowRight") == "Roads"
        assert press(page, "ArrowDown") == "Watch"
        assert press(page, "ArrowDown", "ArrowDown", "ArrowUp") == "Mail Room"
        assert press(page, "End") == "Payments"
        assert press(page, "Home") == "Quays and Roads"
        press(page, "ArrowDown", "Enter")
        expect(page.locator("#panel h2")).to_have_text("Watch")
        assert page.evaluate(LINK) == "Watch"
        press(page, "ArrowDown", "Space")
        expect(page.locator("#panel h2")).to_have_text("Mail Room")

    def test_is_there_in_an_embed(self, both: Explorer) -> None:
        both.open("embed?view=changes")
        entries(both.page).get_by_role("link", name="Watch").click()

        expect(both.page.locator("#panel h2")).to_have_text("Watch")

    def test_is_no_view_of_one_state(self, explorer: Explorer) -> None:
        explorer.open("?view=changes")

        expect(explorer.page.locator("#changes, [data-value='changes']")).to_have_count(0)


class TestManyChanges:
    def test_are_shown_on_demand(self, many: Explorer) -> None:
        many.open("?view=changes")
        page = many.page
        expect(entries(page)).to_have_count(FIRST)
        more = page.get_by_role("button", name="Show more")
        expect(more).to_have_text(f"Show more ({MANY - FIRST})")
        for shown in (FIRST + 200, FIRST + 400, FIRST + 600):
            more.click()
            expect(entries(page)).to_have_count(shown)
        more.click()
        expect(entries(page)).to_have_count(MANY)
        expect(more).to_be_hidden()
        # The branches of the parts are joined, and counted when all is there.
        assert page.locator("#changes h3").all_inner_texts() == [
            f"Alpha {MANY // 2}",
            f"Beta {MANY // 2}",
        ]

    def test_are_all_searched(self, many: Explorer) -> None:
        many.open("?view=changes")
        page = many.page
        page.get_by_placeholder("Search the changes").fill(f"new {MANY - 1}")

        expect(page.locator("#changes .left")).to_have_text(f"1 of {MANY} changes")
        expect(entries(page)).to_have_text([f"Unit {MANY - 1}: Old {MANY - 1} → New {MANY - 1}"])


class TestTheFilter:
    def test_lights_what_has_changed_and_what_is_above(self, both: Explorer) -> None:
        both.open("?view=outline")
        page = both.page
        page.locator("#filters summary").click()
        label = page.locator("#filters label").filter(has=page.get_by_text("Gone", exact=True))
        label.locator("input").check()

        expect(page.locator("#filter-count")).to_have_text("1 of 10 units matches")
        expect(page.locator("#outline .hit .name")).to_have_text(["Mail Room"])
        bright = page.locator("#outline [data-unit]:not(.dimmed) .name")
        expect(bright).to_have_text(["Harbour Office", "Finance", "Mail Room"])
        assert page.url.endswith("?view=outline&changes=gone")

    def test_of_all_changes_is_one_choice(self, both: Explorer) -> None:
        both.open("?changes=all")

        expect(both.page.locator("#filter-count")).to_have_text("9 of 10 units match")
        expect(both.page.locator("#filter-chips")).to_contain_text("Changes: All")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "query",
    ["?view=changes&changes=moved;gone&unit=p", "?view=outline&unit=m", "?unit=t"],
    ids=["list", "outline", "panel"],
)
def test_axe_finds_nothing(both: Explorer, query: str, size: tuple[int, int]) -> None:
    both.page.set_viewport_size({"width": size[0], "height": size[1]})
    both.open(query)

    assert findings(both.page, ("light", "dark")) == []


def test_the_search_says_that_a_unit_is_gone(both: Explorer) -> None:
    both.open("?q=mail")

    expect(both.page.locator("#search-hits .name").first).to_have_text("Mail Room Gone")


@pytest.mark.diagrams("living")
def test_of_frozen_pages_the_list_is_whole(page: Page, tmp_path: Path) -> None:
    freeze(many_changes(FIRST + 9), Settings(), tmp_path / "frozen", unobserved)
    with file_server(tmp_path / "frozen") as address:
        explorer = Explorer(page, address)
        explorer.open("?view=changes")
        expect(entries(page)).to_have_count(FIRST)
        page.get_by_placeholder("Search the changes").fill(f"new {FIRST + 8}")
        expect(entries(page)).to_have_count(1)
        entries(page).get_by_role("link").click()
        expect(page.locator("#panel h2")).to_have_text(f"Unit {FIRST + 8}")

        page.locator("#changes .kinds").get_by_text("Head").click()
        sentence = f"{FIRST + 9} of {FIRST + 12} units match"
        expect(page.locator("#filter-count")).to_have_text(sentence)
        page.wait_for_load_state("networkidle")  # before the server ends


def test_without_scripts_the_list_is_read(browser: Browser, both_served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{both_served}?view=changes&changes=moved")

    assert titles(bare) == ["Moved 1"]
    expect(entries(bare)).to_have_text(["Pilots: Finance → Ships"])
    entries(bare).get_by_role("link", name="Pilots").click()
    assert "view=changes&changes=moved&unit=q" in bare.url
    expect(bare.locator("#panel h2")).to_have_text("Pilots")
    context.close()
