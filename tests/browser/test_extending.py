"""The examples of docs/extending.md in a browser: only there do their parts meet."""

from __future__ import annotations

import runpy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from tests.browser.conftest import _close, record_and_expose
from tests.browser.explorer import POINT_OF_NODE, Explorer
from tests.test_extending import SCRIPTS


@contextmanager
def serve_example(heading: str, folder: Path) -> Iterator[str]:
    """Serve the example below a heading; yield the address with a slash."""
    script = folder / "example.py"
    script.write_text(SCRIPTS[heading], encoding="utf-8")
    app = runpy.run_path(str(script))["app"]
    server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: _close(server))
    thread.join(timeout=5)


@pytest.fixture(scope="module")
def one_tab(browser: Browser) -> Iterator[Page]:
    """One tab for all examples, since a new one would compile all scripts again."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    record_and_expose(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def tab(one_tab: Page) -> Iterator[Page]:
    """A tab whose pages may post; at its end there were no errors."""
    one_tab.set_viewport_size({"width": 1440, "height": 900})
    errors: list[str] = []
    listeners: dict[str, Callable[[Any], None]] = {
        "pageerror": lambda error: errors.append(str(error)),
        "console": lambda message: message.type == "error" and errors.append(message.text),
    }
    for event, listener in listeners.items():
        one_tab.on(event, listener)
    yield one_tab
    violations = one_tab.evaluate("window.violations")
    for event, listener in listeners.items():
        one_tab.remove_listener(event, listener)
    one_tab.goto("about:blank")
    assert errors == []
    assert violations == []


def test_a_chart_below_the_panel_follows_the_selection(tab: Page, tmp_path: Path) -> None:
    with serve_example("A server callback that reacts to the selected unit", tmp_path) as address:
        explorer = Explorer(tab, address)
        explorer.open()
        chart = tab.locator("#below-panel #staff")
        expect(chart.locator(".gtitle")).to_have_text("No figures")

        explorer.click_node("Migration Health Division")

        explorer.expect_panel("Migration Health Division")
        expect(chart.locator(".gtitle")).to_have_text("Staff")
        expect(chart.locator(".bars .point")).to_have_count(3)
        panel, below = tab.locator("#panel").bounding_box(), chart.bounding_box()
        assert panel
        assert below
        assert panel["y"] + panel["height"] <= below["y"]
        assert below["y"] + below["height"] <= 900

        tab.set_viewport_size({"width": 390, "height": 844})
        tab.locator(".sheet-handle").click()
        expect(chart).to_be_in_viewport()


def test_remit_works_below_a_prefix_and_in_a_frame_of_the_site(tab: Page, tmp_path: Path) -> None:
    with serve_example("Remit beside another application", tmp_path) as address:
        tab.goto(address)
        frame = tab.frame_locator("#unit")
        expect(frame.locator("html")).to_have_attribute("data-ready", "true")
        expect(frame.locator("html")).to_have_attribute(
            "data-focus", "displacement-tracking-matrix"
        )

        explorer = Explorer(tab, f"{address}org/")
        explorer.open()
        explorer.click_node("Protection Division")

        explorer.expect_panel("Protection Division")
        tab.wait_for_url(f"{address}org/?unit=protection-division")


def test_the_parts_work_in_another_layout(tab: Page, tmp_path: Path) -> None:
    with serve_example("The diagrams and the panel in another layout", tmp_path) as address:
        tab.goto(address)
        heading = tab.locator("#panel h2")
        expect(heading).to_contain_text("Office of the Deputy Director General")

        tab.locator("#sunburst .slice", has_text="Protection").first.click()
        expect(heading).to_have_text("Protection Division")

        tab.locator("#network").scroll_into_view_if_needed()
        tab.mouse.click(*tab.evaluate(POINT_OF_NODE, "Migration Health Division"))
        expect(heading).to_have_text("Migration Health Division")

        tab.locator("#panel a", has_text="Health Promotion").first.click()
        expect(heading).to_contain_text("Health Promotion")
