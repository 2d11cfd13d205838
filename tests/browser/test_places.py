"""The page below a path behind real nginx and Apache, and in sandboxed frames, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from components.settings import Settings
from tests.browser.conftest import serve
from tests.browser.explorer import Explorer
from tests.browser.host import Host, serve_pages
from tests.proxies import apache, documented, nginx
from tests.test_app import serving

HEALTH = "migration-health-division"
PROXIES = {
    "nginx": lambda upstream: nginx(documented("nginx", upstream)),
    "nginx that removes the path": lambda upstream: nginx(
        f"location /orgchart/ {{ proxy_pass http://{upstream}/; }}"
    ),
    "Apache": lambda upstream: apache(documented("apache", upstream)),
    "Apache that removes the path": lambda upstream: apache(
        f"ProxyPass /orgchart/ http://{upstream}/"
    ),
}


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    """Host and port of the program, which is told the path."""
    with serving(REMIT_PORT="0", REMIT_PREFIX="/orgchart/") as (_, address):
        yield address.removeprefix("http://")


@pytest.fixture
def failures(page: Page) -> Iterator[list[str]]:
    """Return the answers that are errors, as they arrive; there are none at the end."""
    found: list[str] = []

    def note(response: Response) -> None:
        if response.status >= 400:
            found.append(f"{response.status} {response.url}")

    page.on("response", note)
    yield found
    page.remove_listener("response", note)
    assert found == []


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_page_works_below_a_path(
    proxy: str, page: Page, upstream: str, failures: list[str]
) -> None:
    with PROXIES[proxy](upstream) as site:
        explorer = Explorer(page, f"{site}/orgchart/")
        explorer.open()
        explorer.click_sector("Migration Health Division")
        explorer.expect_panel("Migration Health Division")
        page.locator("#panel [data-focus-on]").first.click()
        explorer.expect_focus(HEALTH)
        assert page.url.startswith(f"{site}/orgchart/?")
        page.reload()
        explorer.expect_focus(HEALTH)

        page.keyboard.press("/")
        page.keyboard.type("emergency vehicles")
        page.locator("[role='option']").first.click()
        expect(page.locator("#panel h2")).not_to_contain_text("Migration Health")

        page.locator(".download[data-diagram='sunburst'] summary").click()
        with page.expect_download() as download:
            page.locator(".download[data-diagram='sunburst'] a[data-form='png']").first.click()
        assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
        page.keyboard.press("Escape")

        page.locator(".page-header [data-action='embed']").click()
        code = page.locator("dialog[open] textarea").input_value()
        assert f'src="{site}/orgchart/embed' in code
        page.frame_locator("dialog[open] iframe").locator("html[data-ready]").wait_for(
            state="attached"
        )
        with serve_pages() as elsewhere:
            host = Host(page, *elsewhere)
            host.open(code)
            frame = host.frame()
            expect(frame.locator("#panel")).to_be_visible()
            host.open("")  # the page asks for the version as long as it is open
    assert failures == []


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, dict[str, str]]]:
    with serve_pages() as served_pages:
        yield served_pages


def sandboxed(address: str, sandbox: str) -> str:
    source = f"{address}embed?unit={HEALTH}"
    return f'<iframe src="{source}" sandbox="{sandbox}" width="1000" height="700"></iframe>'


def test_it_works_in_a_sandbox_without_an_origin(
    page: Page, served: str, elsewhere: tuple[str, dict[str, str]]
) -> None:
    host = Host(page, *elsewhere)
    host.open(sandboxed(served, "allow-scripts"))
    frame = host.frame()
    expect(frame.locator("#panel h2")).to_have_text("Migration Health Division")

    frame.locator("#panel [data-section='composition'] a").first.click()
    expect(frame.locator("#panel h2")).not_to_contain_text("Division")
    frame.wait_for_url("**unit=migration-health-policy*")
    assert frame.evaluate("violations") == []
    host.wait_for(type="unit", unit=frame.evaluate("document.documentElement.dataset.unit"))


@pytest.mark.parametrize(
    ("sandbox", "framed_by"),
    [("", ("*",)), ("", ("https://intranet.example",)), ("allow-scripts", ())],
    ids=["without scripts", "without scripts on a listed site", "without readable scripts"],
)
def test_the_first_picture_can_be_walked_in_other_sandboxes(
    context: BrowserContext,
    elsewhere: tuple[str, dict[str, str]],
    sandbox: str,
    framed_by: tuple[str, ...],
) -> None:
    page = context.new_page()
    sites = (*framed_by, elsewhere[0]) if framed_by != ("*",) else framed_by
    with serve(Settings().dataset, framed_by=sites) as address:
        Host(page, *elsewhere).open(sandboxed(address, sandbox))
        frame = page.frame_locator("iframe")
        expect(frame.locator(".sunburst-inset")).to_be_visible()

        frame.locator("#panel [data-section='composition'] a").first.click()
        expect(frame.locator("#panel h2")).not_to_contain_text("Division")
        frame.locator(f".sunburst-inset a[data-unit='{HEALTH}'] path").click()
        expect(frame.locator("#panel h2")).to_have_text("Migration Health Division")
    page.close()
