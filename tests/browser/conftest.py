"""A local server, a real Chromium, and the checks that every browser test makes at its end."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from waitress.channel import HTTPChannel
from waitress.server import create_server

from components.model.organization import Organization
from components.settings import Settings
from components.web.application import create_app
from components.web.following import DatasetFollower
from tests.browser.chromium import CHROMIUM_ARGUMENTS, chromium_path
from tests.browser.explorer import Explorer

DEFAULT_SETTINGS = Settings()
CONNECTION_ERROR = re.compile("net::ERR_(CONNECTION_|EMPTY_RESPONSE)")
EXPECTED_STATUS = re.compile("the server responded with a status of (404|503)")
"""Of answers about what does not exist, and about states that cannot be read."""
RECORD_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""
RECORD_REPEATED_IDS = """
window.repeatedIds = [];
document.addEventListener("readystatechange", () => {
  const record = (nodes) => {
    const elements = nodes.filter((node) => node instanceof Element);
    const ids = elements.flatMap((element) =>
      [element, ...element.querySelectorAll("[id]")].map(({ id }) => id).filter(Boolean));
    const isRepeated = (id) => document.querySelectorAll(`#${CSS.escape(id)}`).length > 1;
    window.repeatedIds.push(...ids.filter(isRepeated));
  };
  record([document.documentElement]);
  new MutationObserver((changes) => record(changes.flatMap(
    ({ type, target, addedNodes }) => type === "attributes" ? [target] : [...addedNodes]
  ))).observe(document, { childList: true, subtree: true, attributeFilter: ["id"] });
}, { once: true });
"""
EXPOSE_MODULES = """
document.addEventListener("DOMContentLoaded", async () => {
  const main = document.querySelector('script[type="module"][src$="/main.js"]');
  if (main) {
    window.remit = await import(main.src);
    main.dataset.exposed = "true";
  } else if (window.remit?.page) { // of a single file
    window.remit = await window.remit.page;
  }
});
"""
"""Lets tests ask the modules of the page, as ``remit``, for what it shows."""
KEEP_DIAGRAMS_STILL = """
document.addEventListener("readystatechange", () => {
  const scripts = document.getElementById("dash-scripts");
  if (scripts) {
    scripts.content.replaceChildren();
    scripts.dataset.still = "true";
  }
}, { once: true });
"""
"""Leaves the page without Dash's scripts, for which it waits as on a slow network."""
FORGET_CHOICES = "() => { try { localStorage.clear(); } catch { /* It is blocked. */ } }"
"""All tests share a browser profile: a theme that one chooses would be that of the next."""


def _close(server: Any) -> None:
    """Close a server and its connections, without sending what is still in their buffers."""
    for dispatcher in list(server._map.values()):
        if isinstance(dispatcher, HTTPChannel):
            dispatcher.handle_close()
        else:
            dispatcher.close()


STOPPED: set[str] = set()
"""Addresses of stopped servers: a page may still send requests to the server of its test."""


@contextmanager
def serve(dataset: Path, **settings: Any) -> Iterator[str]:
    """Serve a dataset on a free port and follow its changes; yield the address with a slash."""
    all_settings = Settings(dataset=dataset, **settings)
    follower = DatasetFollower(all_settings)
    with serve_organization(follower, all_settings) as address:
        yield address
    follower.end()


@contextmanager
def serve_organization(
    shown: Organization | DatasetFollower, settings: Settings = DEFAULT_SETTINGS
) -> Iterator[str]:
    """Serve an organization, or what is followed, on a free port; yield the address."""
    app = create_app(shown, settings)
    server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}/"
    STOPPED.discard(address)
    yield address
    STOPPED.add(address)
    # Closed in the loop of the server: connections that browsers keep open would delay a shutdown.
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: _close(server))
    thread.join(timeout=5)
    app.server.extensions["exports"].close()


@pytest.fixture(scope="package")
def served() -> Iterator[str]:
    with serve(Settings().dataset) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(CHROMIUM_ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile, whose cache is warm after the first page."""
    context = browser.new_context(color_scheme="light")
    record_and_expose(context)
    yield context
    context.close()


def record_and_expose(context: BrowserContext) -> None:
    """Let the pages of a profile record what ``error_free`` checks, and expose their modules."""
    for script in (RECORD_VIOLATIONS, RECORD_REPEATED_IDS, EXPOSE_MODULES):
        context.add_init_script(script)


@pytest.fixture(scope="session")
def tab(context: BrowserContext) -> Page:
    """One tab for all tests, since a new one would compile all scripts again."""
    return context.new_page()


@pytest.fixture(scope="session")
def still_tab(context: BrowserContext) -> Page:
    """Another tab, whose diagrams stay the pictures of the first HTML."""
    return without_living_diagrams(context.new_page())


def without_living_diagrams(tab: Page) -> Page:
    tab.add_init_script(KEEP_DIAGRAMS_STILL)
    return tab


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "diagrams(kind): whether they come alive on the page of the test, as 'living' ones do;"
        " 'still' ones stay pictures, which takes a third of the time",
    )


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of 1440 by 900 pixels that is checked for errors after the test.

    Its diagrams are still if the test, its class or its module is marked so. Those that concern
    other parts are: the page answers before the living diagrams are there, and without them.
    """
    mark = request.node.get_closest_marker("diagrams")
    is_still = mark is not None and mark.args == ("still",)
    yield from error_free(request.getfixturevalue("still_tab" if is_still else "tab"))


def error_free(page: Page) -> Iterator[Page]:
    """Yield a page; then assert that it had no errors and sent only GET requests to its server."""
    page.bring_to_front()  # A tab behind another one draws less often, and misses double taps.
    page.set_viewport_size({"width": 1440, "height": 900})
    page.mouse.move(0, 0)
    errors: list[str] = []
    requests: list[Request] = []
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: errors.append(message.text) if _is_error(message) else None,
        "pageerror": lambda error: errors.append(str(error)),
        "request": lambda request: requests.append(request),  # noqa: PLW0108  # Playwright marks it
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield page
    violations = page.evaluate("window.violations")
    repeated_ids = page.evaluate("window.repeatedIds || []")
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    page.evaluate(FORGET_CHOICES)
    page.goto("about:blank")
    assert [error for error in errors if not EXPECTED_STATUS.search(error)] == []
    assert violations == []
    assert repeated_ids == []
    assert {request.method for request in requests} <= {"GET"}
    addresses = (request.url for request in requests)
    fetched = [address for address in addresses if not address.startswith(("data:", "blob:"))]
    hosts = {address.split("/")[2].split(":")[0] for address in fetched}
    assert hosts <= {"127.0.0.1"} or hosts == {""}  # of a server, or files of a disk


def _is_error(message: ConsoleMessage) -> bool:
    """Tell whether a message is an error, other than a failed request to a stopped server."""
    if message.type != "error":
        return False
    is_to_stopped = any(message.location["url"].startswith(address) for address in STOPPED)
    return not (is_to_stopped and CONNECTION_ERROR.search(message.text))


@pytest.fixture
def explorer(page: Page, served: str) -> Explorer:
    """The page of the included organization, not yet opened."""
    return Explorer(page, served)
