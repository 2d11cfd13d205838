"""The time to export a picture, compared with Kaleido and with screenshots of a browser.

    pip install -r requirements-dev.txt kaleido
    PYTHONPATH=. python benchmarks/export.py [--runs 9] [--chromium PATH]

Kaleido is not a requirement of Remit; install it into an environment of its own. Every method makes
a PNG of the sunburst of the shipped organization, 3,000 by 2,120 pixels, and they take turns in one
run. Prints median, fastest and slowest, and the ratio to an export by a server without cache.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from time import perf_counter
from urllib.request import urlopen

import kaleido
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.serving import served
from components.diagrams.rooms import DEFAULT_ROOM, ROOMS
from components.diagrams.style import Theme
from components.diagrams.sunburst import sunburst_figure
from components.diagrams.tree import tree_of
from components.importing.import_tables import import_tables
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from components.reading.read import read_tables
from components.settings import Settings
from components.words import DEFAULT, words_in
from tests.browser.chromium import CHROMIUM_ARGUMENTS, chromium_path

WIDTH, HEIGHT, SCALE = 1_200, 848, 2.5
SIZE = f"width={WIDTH}&height={HEIGHT}&scale={SCALE}"
FIRST = "export through HTTP, drawn anew"
READY = "html[data-ready=true]"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--chromium", default=chromium_path())
    call = parser.parse_args()
    os.environ["BROWSER_PATH"] = call.chromium
    organization = import_tables(read_tables(Settings().dataset)).organization
    with ExitStack() as stack:
        address = stack.enter_context(served(organization))
        playwright = stack.enter_context(sync_playwright())

        def launch() -> Browser:
            return playwright.chromium.launch(
                executable_path=call.chromium, args=CHROMIUM_ARGUMENTS
            )

        methods = methods_of(organization, address, launch)
        times: dict[str, list[float]] = {name: [] for name in methods}
        for run in range(call.runs + 1):
            for name, make_png in methods.items():
                start = perf_counter()
                png = make_png()
                if run:  # the first run warms up
                    times[name].append(perf_counter() - start)
                check(name, png)
    kaleido.stop_sync_server()
    reference = statistics.median(times[FIRST])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(
            f"{name:<48}{median * 1_000:7,.0f} ms ({min(seconds) * 1_000:,.0f} to "
            f"{max(seconds) * 1_000:,.0f}, n={len(seconds)}) {median / reference:9.2f} ×"
        )


def methods_of(
    organization: Organization, address: str, launch: Callable[[], Browser]
) -> dict[str, Callable[[], bytes]]:
    """Return the methods by name: functions that return a PNG."""
    units = cycle(organization.units["id"])
    scope = scope_of(OrganizationIndex(organization).siblings, room=ROOMS[DEFAULT_ROOM])
    figure = sunburst_figure(tree_of(scope, words_in(DEFAULT)), theme=Theme.LIGHT)
    options = {"format": "png", "width": WIDTH, "height": HEIGHT, "scale": SCALE}
    svg = get(f"{address}export/sunburst.svg?width={WIDTH}&height={HEIGHT}").decode()
    open_page = page_of(launch())
    kaleido.start_sync_server()
    # Playwright's event loop runs in this thread, so Kaleido needs another one.
    other_thread = ThreadPoolExecutor(1)

    def cold_kaleido() -> bytes:
        png = other_thread.submit(asyncio.run, kaleido.calc_fig(figure, opts=options))
        return bytes(png.result())

    def picture_of_page(page: Page) -> bytes:
        page.goto(f"{address}?view=sunburst")
        page.wait_for_selector(READY, state="attached")
        return page.screenshot()

    def cold_browser() -> bytes:
        browser = launch()
        png = picture_of_page(page_of(browser))
        browser.close()
        return png

    def picture_of_svg() -> bytes:
        open_page.set_content(f'<body style="margin: 0">{svg}')
        return open_page.screenshot()

    return {
        FIRST: lambda: get(f"{address}export/sunburst.png?{SIZE}&unit={next(units)}"),
        "export through HTTP, asked for again": lambda: get(f"{address}export/sunburst.png?{SIZE}"),
        "export on the command line": command,
        "Kaleido, its browser started for it": cold_kaleido,
        "Chromium started for it, the page": cold_browser,
        "Kaleido, its browser kept running": lambda: kaleido.calc_fig_sync(figure, opts=options),
        "Chromium kept running, the page": lambda: picture_of_page(open_page),
        "Chromium kept running, the SVG": picture_of_svg,
    }


def page_of(browser: Browser) -> Page:
    """Return a new page of a browser, of the picture's size."""
    return browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE)


def get(address: str) -> bytes:
    """Return the content at an address."""
    with urlopen(address, timeout=60) as response:  # noqa: S310, an address of our own
        return bytes(response.read())


def command() -> bytes:
    """Return the picture that the command line writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sunburst.png"
        flags = [f"--{option}" for option in SIZE.split("&")]
        subprocess.run(  # noqa: S603, our own program
            [sys.executable, "app.py", "export", "sunburst", "-o", str(path), *flags],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return path.read_bytes()


def check(name: str, png: bytes) -> None:
    """Stop if a picture has another size, so that times are comparable."""
    size = struct.unpack(">II", png[16:24])
    if size != (WIDTH * SCALE, HEIGHT * SCALE):
        raise SystemExit(f"{name} made a picture of {size[0]} by {size[1]} pixels.")


if __name__ == "__main__":
    main()
