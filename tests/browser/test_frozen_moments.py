"""The states of a frozen organization: the switch works without a server as with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import error_free
from tests.browser.explorer import Explorer
from tests.browser.frozen import file_server, frozen, made_once
from tests.browser.test_moments import (  # noqa: F401  # run here with other pages
    names,
    states,
    test_the_states_of_a_folder_are_walked_through_in_time,
    test_two_states_are_switched_in_place,
    test_what_stays_moves_from_one_state_to_the_other,
)

pytestmark = pytest.mark.diagrams("living")


@pytest.fixture(scope="module", params=["", ".html"], ids=["folder", "file"])
def ending(request: pytest.FixtureRequest) -> str:
    """The end of the name of what is frozen."""
    text: str = request.param
    return text


@pytest.fixture(scope="module")
def compared(
    ending: str,
    states: Path,  # noqa: F811  # the fixture
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of two states without a server, to which a query is added."""
    make = partial(frozen, states / "2025-01.csv", before=states / "2023-01.csv")
    with opened(made_once(tmp_path_factory, f"frozen-states{ending}", make)) as address:
        yield address


@pytest.fixture(scope="module")
def dated(
    ending: str,
    states: Path,  # noqa: F811  # the fixture
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of dated states without a server."""
    make = partial(frozen, states)
    with opened(made_once(tmp_path_factory, f"frozen-dated{ending}", make)) as address:
        yield address


@contextmanager
def opened(path: Path) -> Iterator[str]:
    """Yield the address of a frozen folder, which is served, or of a file."""
    if path.is_dir():
        with file_server(path) as address:
            yield address
    else:
        yield path.as_uri()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The page with living diagrams, whatever the test asks for."""
    yield from error_free(tab)


def test_an_address_opens_its_state(page: Page, compared: str) -> None:
    explorer = Explorer(page, compared)
    explorer.open("?unit=locks&state=before&lang=fr")
    current = page.locator("#moments [aria-current]")
    expect(current).to_have_text("Avant")
    explorer.expect_panel("Locks")
    explorer.expect_marked("Locks")
    assert "Ships" not in names(explorer)

    page.locator(".languages a[lang=es]").click()
    expect(current).to_have_text("Antes")
    explorer.expect_panel("Locks")
    expect(page.locator("#panel")).to_contain_text("Traffic")
    assert page.url.endswith("?unit=locks&state=before&lang=es")


def test_search_outline_and_filters_are_of_the_state(page: Page, compared: str) -> None:
    explorer = Explorer(page, compared)
    explorer.open("?view=outline")
    question, outline = page.locator("#search"), page.locator("#outline")
    expect(outline).to_contain_text("Ships")
    found = page.get_by_role("option", name=re.compile("Ships"))
    question.fill("ships")
    expect(found).to_be_visible()

    question.fill("")
    page.locator("#moments .states a").first.click()
    expect(outline).not_to_contain_text("Ships")
    question.fill("ships")
    expect(page.locator("#search-status")).to_contain_text("No match")
    expect(found).to_have_count(0)

    explorer.go("?view=outline&types=unit&state=before")
    expect(page.locator("#filter-count")).to_contain_text("3")
    explorer.go("?view=outline&types=unit&state=after")
    expect(page.locator("#filter-count")).to_contain_text("4")


def test_a_picture_is_of_the_state(page: Page, compared: str) -> None:
    explorer = Explorer(page, compared)
    explorer.open("?state=before")
    page.locator(".sunburst-view .download summary").click()
    with page.expect_download() as download:
        page.locator('.sunburst-view .download [data-form="svg"]').first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Pilots" in text
    assert "Ships" not in text
    if page.url.startswith("http"):  # a single file has no data files
        data = page.locator(".sunburst-view .download a[href^='data/']")
        expect(data).to_have_attribute("href", "data/before-index.html")


def test_an_address_opens_its_day(page: Page, dated: str) -> None:
    explorer = Explorer(page, dated)
    explorer.open("?view=outline&at=2023-01-01&lang=es")
    expect(page.locator("#outline")).not_to_contain_text("Ships")
    expect(page.locator("#moments [type=range]")).to_have_value("0")
    page.locator("#moments summary").click()
    expect(page.locator("#moments li a")).to_have_count(3)  # nothing to compare with
    page.locator("#moments li a").first.click()
    expect(page.locator("#outline")).to_contain_text("Ships")
    assert page.url.endswith("?view=outline&lang=es")
