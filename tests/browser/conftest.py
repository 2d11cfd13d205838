"""A server on loopback, a real Chromium, and what must hold on every page after every action."""

from __future__ import annotations

import os
import re
import shutil
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

from components.settings import Settings
from components.web.application import create_app
from components.web.following import DatasetFollower
from tests.browser.explorer import Explorer

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REFUSED = re.compile("net::ERR_(CONNECTION_|EMPTY_RESPONSE)")
KEEP_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""


def chromium_path() -> str | None:
    """Return the Chromium of this machine; None is Playwright's own."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def _end(server: Any) -> None:
    """Close a server, and the connections to it with what is still to be sent."""
    for each in list(server._map.values()):
        if isinstance(each, HTTPChannel):
            each.handle_close()
        else:
            each.close()


ENDED: set[str] = set()
"""Addresses of the servers that are no more: a page may outlive the one that its test started."""


@contextmanager
def serve(dataset: Path, **settings: Any) -> Iterator[str]:
    """Serve a dataset on a free port, and follow it; the address ends in a slash."""
    chosen = Settings(dataset=dataset, **settings)
    shown = DatasetFollower(chosen)
    app = create_app(shown, chosen)
    server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}/"
    ENDED.discard(address)
    yield address
    ENDED.add(address)
    # In its own loop: what browsers keep open would hold it up for seconds.
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: _end(server))
    thread.join(timeout=5)
    app.server.extensions["exports"].close()
    shown.end()


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
    """One reader, whose cache is warm after the first page."""
    context = browser.new_context(color_scheme="light")
    context.add_init_script(KEEP_VIOLATIONS)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tab(context: BrowserContext) -> Page:
    """One tab for all tests: a new one would compile every script anew."""
    return context.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page at 1440 by 900 that is found without fault when the test is over."""
    yield from faultless(tab)


def faultless(page: Page) -> Iterator[Page]:
    """Lend a page; at the end it must have broken no policy and asked for nothing but readings."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.mouse.move(0, 0)
    errors: list[str] = []
    requests: list[Request] = []
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: errors.append(message.text) if _is_fault(message) else None,
        "pageerror": lambda error: errors.append(str(error)),
        "request": lambda request: requests.append(request),  # noqa: PLW0108  # Playwright marks it
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield page
    violations = page.evaluate("window.violations")
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    page.goto("about:blank")
    expected_404 = "the server responded with a status of 404"
    assert [error for error in errors if expected_404 not in error] == []
    assert violations == []
    assert {request.method for request in requests} <= {"GET"}
    hosts = {request.url.split("/")[2].split(":")[0] for request in requests}
    assert hosts == {"127.0.0.1"}


def _is_fault(message: ConsoleMessage) -> bool:
    """Tell whether the console reports an error, and not that an ended server is gone."""
    if message.type != "error":
        return False
    of_the_ended = any(message.location["url"].startswith(address) for address in ENDED)
    return not (of_the_ended and REFUSED.search(message.text))


@pytest.fixture
def explorer(page: Page, served: str) -> Explorer:
    """The page of the shipped organization, opened."""
    explorer = Explorer(page, served)
    explorer.open()
    return explorer
