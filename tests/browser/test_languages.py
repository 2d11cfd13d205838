"""The page in the requested language, before and after its scripts have run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import READY, Explorer

pytestmark = pytest.mark.diagrams("still")

UNIT = "preparedness-and-response-division"
SECTOR = ".sunburst-inset a[data-unit='migration-health-division'] path"
PARTS = (
    ".page-header",
    "#toolbar",
    "#switches",
    ".legend",
    "#panel",
    "#outline",
    ".download",
    "#embed-dialog",
)
TEXTS = """
async (parts) => {
  const first = new DOMParser().parseFromString(
    await (await window.fetch(window.location)).text(), "text/html"
  );
  const textsOf = (root) => Object.fromEntries(parts.map((part) => {
    const element = root.querySelector(part).cloneNode(true);
    const added = ".heading ~ .choices [data-field=focus] option, .presets"; // by the scripts
    for (const addition of element.querySelectorAll(added)) {
      addition.remove();
    }
    const labels = [...element.querySelectorAll("[aria-label]:not([role=tree])")];
    const named = labels.map((element) => element.getAttribute("aria-label"));
    return [part, [element.textContent, ...named].join(" ").replace(/\\s+/g, " ")];
  }));
  return [textsOf(first), textsOf(document)];
}
"""
UNMARKED = """
() => [...document.querySelectorAll("#panel a[data-unit], #panel h2, #outline a[data-unit] .name")]
  .filter((element) => element.closest("[lang]").lang !== "en")
  .map((element) => element.textContent)
"""


@pytest.fixture
def french(page: Page, served: str) -> Iterator[Explorer]:
    """The page in a browser whose language is French."""
    page.set_extra_http_headers({"Accept-Language": "fr-CA,en;q=0.5"})
    yield Explorer(page, served)
    page.set_extra_http_headers({})


def address_parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("query", ["?lang=fr", f"?unit={UNIT}&lang=es", f"?unit={UNIT}"])
def test_the_first_html_has_the_texts_of_the_live_page(french: Explorer, query: str) -> None:
    french.open(query)
    language = "es" if "lang=es" in query else "fr"
    expect(french.page.locator("html")).to_have_attribute("lang", language)
    french.page.wait_for_selector("#outline li", state="attached")

    first, then = french.page.evaluate(TEXTS, PARTS)

    assert then == first
    slide = french.page.locator(".presets a").first
    expect(slide).to_have_text({"es": "Diapositiva", "fr": "Diapositive"}[language])
    assert re.search("Unités|unités|Unidades", then["#panel"])
    assert french.page.evaluate(UNMARKED) == []


def test_the_requested_language_stays(french: Explorer) -> None:
    page = french.page
    french.open("?lang=es")

    page.locator(SECTOR).click()
    expect(page.locator("#panel h3").first).to_have_text("Responsabilidades")
    page.wait_for_url("**unit=*")
    assert address_parameters(page)["lang"] == ["es"]
    address = page.locator("#panel [data-section=related] a[data-unit]").first.get_attribute("href")
    assert address
    assert address.endswith("&lang=es")

    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("#panel h3").first).to_have_text("Responsabilidades")
    page.go_back()
    expect(page.locator("#panel .how-to")).to_contain_text("Haga clic")
    assert address_parameters(page) == {"lang": ["es"]}


def test_another_language_keeps_the_state(french: Explorer) -> None:
    page = french.page
    french.open()
    assert "lang" not in address_parameters(page)
    page.locator(SECTOR).click()
    french.expect_panel("Migration Health Division")

    page.get_by_role("link", name="Español").click()

    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.wait_for_selector(READY, state="attached")
    french.expect_panel("Migration Health Division")
    expect(page.locator("#switches")).to_contain_text("Todos los vínculos")
    assert page.locator(".languages [aria-current]").text_content() == "Español"


def test_downloads_and_embeds_have_the_same_language(french: Explorer) -> None:
    page = french.page
    french.open(f"?unit={UNIT}")

    links = page.locator(".download [data-form]")
    addresses = links.evaluate_all("(all) => all.map((element) => element.href)")
    assert all("unit=" in address and "lang=fr" in address for address in addresses)

    page.locator(".page-header [data-action=embed]").click()
    dialog = page.locator("#embed-dialog")
    assert "lang=" not in dialog.locator("textarea").input_value()
    dialog.locator("[data-field=lang]").select_option("en")
    assert "lang=en" in dialog.locator("textarea").input_value()
    frame = page.frame_locator("#embed-dialog iframe")
    expect(frame.locator("html")).to_have_attribute("lang", "en")
    frame.locator(READY).wait_for(state="attached")
    expect(frame.locator("#toolbar")).to_contain_text("Sunburst")
