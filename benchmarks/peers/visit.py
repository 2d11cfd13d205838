"""One visit of a page in a Chromium of its own: its first picture, its diagram, and a click."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserType, Page
from playwright.sync_api import TimeoutError as TooLateError

from tests.browser.chromium import CHROMIUM_ARGUMENTS, chromium_path

SIZE = {"width": 1440, "height": 900}
PROBES = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
LONGEST = 60_000
"""Milliseconds after which a visit is given up."""
SETTLED = 500
"""Milliseconds from the drawn diagram until the pointer moves to a unit."""
REST = 300
"""Milliseconds for which the pointer rests on a unit before the click."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What was measured; times are in milliseconds."""

    picture: float
    """From navigation until the first shapes are painted."""
    drawn: float
    """From navigation until the diagram is painted with all its shapes."""
    click: float
    """From the click on a unit until its panel is painted."""
    transferred: int
    """Bytes before the click, compressed, with headers."""
    requests: int
    shapes: int


@contextmanager
def fresh_page(chromium: BrowserType, peer: str, units: int) -> Iterator[Page]:
    """Yield an empty page of a new browser that watches the page of a peer with so many units."""
    browser = chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
    page = browser.new_page(viewport=SIZE)
    page.add_init_script(f"{PROBES}\nprobe({json.dumps(peer)}, {units});")
    yield page
    browser.close()


def visit(page: Page, address: str, names: Mapping[str, str], clicked: str) -> Visit | None:
    """Open an address, and click at the place of a unit.

    Args:
        page: of ``fresh_page``.
        address: of the page of a peer.
        names: the names of all units by id.
        clicked: the id of the unit.

    Returns:
        What was measured; None if the diagram or the panel was not painted in time.

    Raises:
        ValueError: the panel shows no unit. It may be another one where shapes lie over each other.
    """
    unit = {"id": clicked, "name": names[clicked]}
    try:
        page.goto(address, wait_until="commit")
        _wait_for(page, "drawn")
        page.wait_for_timeout(SETTLED)
        transferred, requests = page.evaluate("probed.transferred()")
        shapes = page.evaluate("probed.shapes()")
        page.mouse.move(*page.evaluate("unit => probed.pointOf(unit)", unit))
        page.wait_for_timeout(REST)
        page.evaluate("probed.timeClick()")
        page.mouse.down()
        page.mouse.up()
        _wait_for(page, "clicked")
    except TooLateError:
        return None
    heading = page.evaluate("probed.heading()")
    if heading not in names.values():
        raise ValueError(f"The panel of {address} shows no unit, but {heading}.")
    times = page.evaluate("[probed.picture, probed.drawn, probed.clicked]")
    return Visit(*times, transferred, requests, shapes)


def _wait_for(page: Page, event: str) -> None:
    page.wait_for_selector(f"html[data-probed={event}]", state="attached", timeout=LONGEST)
