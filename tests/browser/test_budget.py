"""What the page costs a browser, in counts: they are the same on every machine."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Request

from components.web.application import LIBRARIES
from components.web.assets import ASSETS
from tests.browser.explorer import READY, Explorer

LONGEST = 120
"""Seconds until a server has compressed all files with brotli."""
TRACED = {"includedCategories": ["devtools.timeline"]}


def test_a_first_visit_takes_few_requests_bytes_and_elements(browser: Browser, served: str) -> None:
    page, requests = _first_visit(browser, served)
    _wait_for_brotli(page, requests)
    page.context.close()
    page, requests = _first_visit(browser, served)

    # On a slow machine the page asks for changes meanwhile.
    visit = [request for request in requests if not request.url.endswith("/version")]
    sizes = [request.sizes()["responseBodySize"] for request in visit]
    elements = page.evaluate(
        """async () => {
          const html = await (await fetch("")).text();
          return new DOMParser().parseFromString(html, "text/html").querySelectorAll("*").length;
        }"""
    )
    assert (ASSETS / LIBRARIES).is_file(), "make bundle builds it"
    assert len(sizes) <= 23
    assert sum(sizes) <= 700_000
    assert elements <= 1_600
    page.context.close()


def _first_visit(browser: Browser, address: str) -> tuple[Page, list[Request]]:
    """Return a page that is opened with an empty cache, and its requests."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108  # not a builtin
    page.goto(address)
    page.wait_for_selector(READY)
    return page, requests


def _wait_for_brotli(page: Page, requests: Sequence[Request]) -> None:
    """Return once all scripts of a visit that are compressed and never change come with brotli."""
    end = time.monotonic() + LONGEST
    for request in requests:
        response = request.response()
        assert response
        headers = response.headers
        never_changes = "immutable" in headers.get("cache-control", "")
        is_script = request.resource_type == "script" and never_changes
        while is_script and headers.get("content-encoding") == "gzip":
            assert time.monotonic() < end
            time.sleep(0.2)
            headers = page.request.get(request.url).headers


def test_between_a_click_and_its_frame_the_page_does_what_is_seen_and_no_more(
    explorer: Explorer,
) -> None:
    explorer.open()
    explorer.hover_sector("Displacement Tracking Matrix")
    page = explorer.page
    page.wait_for_timeout(500)  # the fragment arrives, and what the pointer lights up has moved

    events = _trace_of_a_click(explorer)

    click = next(e for e in events if _is_event(e, "click"))
    frame = min(e["ts"] for e in events if e["name"] == "Paint" and e["ts"] > click["ts"])
    between = [e for e in events if click["ts"] <= e["ts"] < frame]
    counts = Counter(e["name"] for e in between)
    # The address, the highlights, Dash's store, and whatever else can wait.
    assert counts["TimerFire"] + counts["FireIdleCallback"] == 0
    assert counts["Commit"] == 0  # it is the first frame after the click
    assert counts["UpdateLayoutTree"] == counts["Layout"] == 1
    styled = sum(e["args"]["elementCount"] for e in between if e["name"] == "UpdateLayoutTree")
    in_panel = page.locator("#panel *").count()
    assert styled <= in_panel + 10  # and the sectors that are marked or no longer
    # A press that gave the focus to the diagram would take a frame, and the click's would be late.
    pressed = next(e["ts"] for e in events if _is_event(e, "mousedown"))
    before = Counter(e["name"] for e in events if pressed <= e["ts"] < click["ts"])
    assert before["ScheduleStyleRecalculation"] == before["Commit"] == 0


def test_a_page_at_rest_asks_for_no_frames(explorer: Explorer) -> None:
    explorer.open()
    explorer.hover_sector("Displacement Tracking Matrix")
    page = explorer.page
    page.wait_for_timeout(1_500)  # what the pointer lights up has moved, and is drawn finely

    with _traced(page) as events:
        page.wait_for_timeout(1_000)

    assert Counter(e["name"] for e in events)["FireAnimationFrame"] == 0


def test_the_address_and_the_network_follow_a_selection(explorer: Explorer) -> None:
    explorer.open()
    explorer.click_sector("Displacement Tracking Matrix")
    page = explorer.page
    page.wait_for_url("**unit=displacement-tracking-matrix*")
    page.wait_for_function("() => document.activeElement.id === 'sunburst'")
    assert page.locator("#sunburst:focus-visible").count() == 0  # a ring is for keys
    selected = "document.getElementById('network')._cyreg.cy.nodes('.selected').length"
    page.wait_for_function(f"() => {selected} === 1")


def _is_event(event: dict[str, Any], kind: str) -> bool:
    is_kind: bool = event["name"] == "EventDispatch" and event["args"]["data"]["type"] == kind
    return is_kind


@contextmanager
def _traced(page: Page) -> Iterator[list[dict[str, Any]]]:
    """Yield what Chromium does meanwhile; the list is filled at the end."""
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    session = page.context.new_cdp_session(page)
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda data: ended.append(data))  # noqa: PLW0108  # not a builtin
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": TRACED})
    yield events
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    session.detach()


def _trace_of_a_click(explorer: Explorer) -> list[dict[str, Any]]:
    """Click where the pointer is, and return what the page's main thread did, in order."""
    page = explorer.page
    with _traced(page) as events:
        page.mouse.down()
        page.mouse.up()
        explorer.expect_panel("Displacement Tracking Matrix")
        page.wait_for_timeout(300)
    clicks = [event for event in events if _is_event(event, "click")]
    thread = clicks[0]["pid"], clicks[0]["tid"]
    return sorted(
        (event for event in events if (event["pid"], event["tid"]) == thread),
        key=lambda event: event["ts"],
    )
