"""The download menu, in a real Chromium."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from components.export.parameters import PRESETS
from tests.browser.explorer import FOLLOWED, Explorer

pytestmark = pytest.mark.diagrams("still")

DTM = "displacement-tracking-matrix"
HEALTH = "migration-health-division"


def menu(page: Page, diagram: str) -> Locator:
    return page.locator(f".download[data-diagram='{diagram}']")


def opened(page: Page, diagram: str) -> Locator:
    found = menu(page, diagram)
    found.locator("summary").click()
    return found


def link_parameters(page: Page, diagram: str) -> dict[str, str]:
    """Return the parameters that the links to the formats share."""
    page.evaluate(FOLLOWED)
    links = menu(page, diagram).locator("li > a[data-form]:only-child").all()
    addresses = [urlsplit(link.get_attribute("href") or "") for link in links]
    assert [address.path for address in addresses] == [
        f"export/{diagram}.{form}" for form in ("png", "svg", "pdf")
    ]
    (query,) = {address.query for address in addresses}
    return {name: values[0] for name, values in parse_qs(query).items()}


def test_the_links_lead_to_the_current_view(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    assert link_parameters(page, "network") == link_parameters(page, "sunburst") == {}

    # Beside a network with references, the sunburst has no room for the unit but in its own branch.
    explorer.open("?unit=surveys&view=both&links=all&layout=radial&references=shown")
    explorer.expect_focus(DTM)
    assert link_parameters(page, "sunburst") == {
        "unit": "surveys",
        "focus": DTM,
    }
    assert link_parameters(page, "network") == {
        "unit": "surveys",
        "focus": DTM,
        "links": "all",
        "layout": "radial",
        "references": "shown",
    }


def test_pictures_for_slides_and_paper_follow_the_view(explorer: Explorer) -> None:
    explorer.open(f"?unit={DTM}&links=all&lang=fr")

    links = menu(explorer.page, "network").locator(".presets a").all()
    addresses = [urlsplit(link.get_attribute("href") or "") for link in links]
    queries = [dict(parse_qsl(address.query)) for address in addresses]

    assert [address.path for address in addresses] == [
        f"export/network.{form}" for form in ("png", "pdf", "pdf", "pdf", "pdf", "pdf")
    ]
    assert [query.pop("preset") for query in queries] == [*PRESETS, "a4"]
    assert queries.pop().pop("pages") == "all"
    assert all(query == {"unit": DTM, "links": "all", "lang": "fr"} for query in queries)


def test_the_links_follow_selection_focus_switches_and_theme(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    page.locator(f".sunburst-inset a[data-unit='{HEALTH}'] path").click()
    explorer.expect_panel("Migration Health Division")
    page.locator("#panel [data-focus-on]").first.click()
    explorer.expect_focus(HEALTH)
    assert link_parameters(page, "sunburst") == {"unit": HEALTH, "focus": HEALTH}

    page.get_by_role("button", name="All links").click()
    assert link_parameters(page, "network") == {"unit": HEALTH, "focus": HEALTH, "links": "all"}

    page.locator("[data-action='theme']").click()
    assert link_parameters(page, "sunburst") == {"unit": HEALTH, "focus": HEALTH, "theme": "dark"}
    page.locator("[data-action='theme']").click()
    page.keyboard.press("Escape")
    assert link_parameters(page, "sunburst") == {"focus": HEALTH}


def test_the_data_files_open_in_a_tab_of_their_own(explorer: Explorer) -> None:
    explorer.open()
    link = opened(explorer.page, "sunburst").get_by_role("link", name="Data files")

    with explorer.page.context.expect_page() as opening:
        link.click()

    expect(opening.value.get_by_role("link", name="units.csv")).to_be_visible()
    opening.value.close()


@pytest.mark.parametrize(
    ("label", "name", "begins"),
    [
        ("PNG image", f"iom-operations-network-{DTM}.png", b"\x89PNG"),
        ("SVG image", f"iom-operations-network-{DTM}.svg", b"<svg"),
        ("PDF document", f"iom-operations-network-{DTM}.pdf", b"%PDF-"),
    ],
)
def test_a_picture_is_downloaded_under_its_name(
    explorer: Explorer, label: str, name: str, begins: bytes
) -> None:
    explorer.open(f"?unit={DTM}&view=network")
    found = opened(explorer.page, "network")

    with explorer.page.expect_download() as download:
        found.get_by_role("link", name=label).click()

    assert download.value.suggested_filename == name
    assert Path(download.value.path()).read_bytes().startswith(begins)
    expect(explorer.page.locator("#notice")).to_have_text("Image downloaded.")
    expect(found).not_to_have_attribute("open", "")
    expect(found.locator("summary")).to_be_focused()


def test_an_svg_is_shown_with_its_own_font(explorer: Explorer) -> None:
    page = explorer.page
    page.goto(f"{explorer.address}export/network.svg?unit={DTM}")

    faces = page.evaluate(
        """async () => {
            await document.fonts.ready;
            return [...document.fonts].map(({ family, status }) => `${family} ${status}`);
        }"""
    )
    assert "FiraGO loaded" in faces
    assert page.evaluate("window.violations") == []


def test_a_download_selects_nothing_and_leaves_the_address(explorer: Explorer) -> None:
    explorer.open(f"?unit={DTM}")
    address = explorer.page.url
    found = opened(explorer.page, "sunburst")

    with explorer.page.expect_download():
        found.get_by_role("link", name="PNG image").click()

    assert explorer.page.url == address
    assert explorer.state("unit") == DTM


def test_a_picture_is_copied(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, "sunburst").get_by_role("button", name="Copy image").click()
    expect(page.locator("#notice")).to_have_text("Image copied.")

    width = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const image = await createImageBitmap(await item.getType("image/png"));
            return image.width;
        }"""
    )
    page.context.clear_permissions()
    assert width >= 3_000


def test_without_a_clipboard_a_notice_says_what_to_do(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('no')); }")
    opened(page, "sunburst").get_by_role("button", name="Copy image").click()

    expect(page.locator("#notice")).to_have_text(
        "Copying images is not allowed here. Download the PNG instead."
    )


def answer(explorer: Explorer, status: int, body: str, **headers: str) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(status=status, body=body, headers={"Content-Type": "text/plain"} | headers)

    explorer.page.route("**/export/**", fulfil)


def test_errors_of_the_server_are_explained(explorer: Explorer) -> None:
    explorer.open()
    answer(explorer, 404, "There is no such unit; the nearest names are: <b>Fire</b>.\n")
    opened(explorer.page, "sunburst").get_by_role("link", name="PDF document").click()

    expect(explorer.page.locator("#notice")).to_have_text(
        "The image could not be drawn. Please try again."
    )
    explorer.page.unroute("**/export/**")


def test_missing_characters_are_named(explorer: Explorer) -> None:
    explorer.open()
    answer(
        explorer, 200, "%PDF-", **{
            "Content-Disposition": 'inline; filename="a.pdf"',
            "Remit-Missing-Characters": "U+90E8 U+95E8",
        },
    )  # fmt: skip
    found = opened(explorer.page, "sunburst")
    with explorer.page.expect_download() as download:
        found.get_by_role("link", name="PDF document").click()

    assert download.value.suggested_filename == "a.pdf"
    expect(explorer.page.locator("#notice")).to_contain_text("U+90E8 U+95E8")
    explorer.page.unroute("**/export/**")


def test_waiting_shows_progress(explorer: Explorer) -> None:
    explorer.open()
    page = explorer.page
    held: list[Route] = []
    page.route("**/export/**", lambda route: held.append(route))  # noqa: PLW0108  # it is marked
    found = opened(page, "sunburst")
    found.get_by_role("link", name="PNG image").click()

    expect(page.locator("html")).to_have_attribute("data-waiting", "true")
    with page.expect_download():
        held[0].continue_()
    expect(page.locator("html")).not_to_have_attribute("data-waiting", "true")
    page.unroute("**/export/**")


class TestTheMenu:
    def test_closes_with_escape_and_the_selection_stays(self, explorer: Explorer) -> None:
        explorer.open(f"?unit={DTM}")
        found = menu(explorer.page, "sunburst")
        found.locator("summary").focus()
        explorer.page.keyboard.press("Enter")
        explorer.page.keyboard.press("Tab")
        expect(found.get_by_role("link", name="PNG image")).to_be_focused()

        explorer.page.keyboard.press("Escape")

        expect(found.get_by_role("link", name="PNG image")).to_be_hidden()
        expect(found.locator("summary")).to_be_focused()
        assert explorer.state("unit") == DTM

    def test_closes_when_the_reader_goes_elsewhere(self, explorer: Explorer) -> None:
        page = explorer.page
        explorer.open("?view=both")
        first = opened(page, "sunburst")
        second = opened(page, "network")
        expect(first.locator("ul")).to_be_hidden()

        page.locator("#search").focus()
        expect(second.locator("ul")).to_be_hidden()

        opened(page, "network")
        page.locator("#panel h2").click()
        expect(second.locator("ul")).to_be_hidden()

    @pytest.mark.parametrize("view", ["sunburst", "network"])
    @pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
    def test_is_within_the_page_and_large_enough_to_hit(
        self, explorer: Explorer, view: str, size: tuple[int, int]
    ) -> None:
        explorer.page.set_viewport_size({"width": size[0], "height": size[1]})
        explorer.open(f"?view={view}")
        found = opened(explorer.page, view)

        for target in found.locator("summary, a, button").all():
            box = target.bounding_box()
            assert box
            assert box["width"] >= 24
            assert box["height"] >= 24
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0]
