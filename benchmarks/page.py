"""The time of the page in Chromium: its first view, and from a click to the painted panel.

    python benchmarks/page.py [--runs 15] [--chromium PATH]

Serves the shipped organization on a free port. Prints median, fastest and slowest of the runs. "At
hand" means that the fragment was prefetched before the click, since the pointer rested on the unit;
"not at hand" means that the click comes at once.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from components.importing.import_tables import import_tables
from components.reading.read import read_tables
from components.settings import Settings
from components.web.application import create_app

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = {"width": 1440, "height": 900}
READY = "html[data-ready=true]"
TIME_A_CLICK = """
([key, warm]) => new Promise((resolve) => {
  const slice = [...document.querySelectorAll("#sunburst g.slice")]
    .find((each) => each.__data__.data.data.id === key);
  let begun = 0;
  let frames = 0;
  const count = () => { frames += 1; requestAnimationFrame(count); };
  const click = () => {
    const before = document.querySelector("#panel h2").textContent;
    new MutationObserver((changes, observer) => {
      const heading = document.querySelector("#panel h2");
      if (heading && heading.textContent !== before) {
        observer.disconnect();
        const frame = frames + 1;
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve([frame, performance.now() - begun]);
          channel.port2.postMessage(null);
        });
      }
    }).observe(document.getElementById("panel"), { childList: true, subtree: true });
    begun = performance.now();
    requestAnimationFrame(count);
    slice.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 }));
  };
  if (warm) {
    remit.fragments.prefetch("panel", remit.scene.node(key).unit);
    setTimeout(click, 300);
  } else {
    click();
  }
})
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chrome"))
    call = parser.parse_args()
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=call.chromium, args=CHROMIUM_ARGUMENTS)
        first = [first_visit(browser, address) for _ in range(call.runs)]
        show("picture painted, empty cache", [painted for painted, _ in first])
        show("first view, empty cache", [ready for _, ready in first])
        page = browser.new_page(viewport=SIZE)
        view(page, address)
        again = [view(page, address) for _ in range(call.runs)]
        show("picture painted, warm cache", [painted for painted, _ in again])
        show("first view, warm cache", [ready for _, ready in again])
        keys = [f"u{unit}" for unit in range(1, call.runs + 1)]
        for warm in (True, False):
            clicks = [click(page, address, key, warm=warm) for key in keys]
            hand = "at hand" if warm else "not at hand"
            show(f"click to panel painted, fragment {hand}", [ms for _, ms in clicks])
            print(f"    in the frame after the click: {Counter(frame for frame, _ in clicks)}")
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """Serve the shipped organization on a free port of this machine."""
    settings = Settings()
    organization = import_tables(read_tables(settings.dataset)).organization
    server = create_server(
        create_app(organization, settings).server, host="127.0.0.1", port=0, threads=8
    )
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


def first_visit(browser: Browser, address: str) -> tuple[float, float]:
    """Return the times of a view with an empty cache."""
    context = browser.new_context(viewport=SIZE)
    milliseconds = view(context.new_page(), address)
    context.close()
    return milliseconds


def view(page: Page, address: str) -> tuple[float, float]:
    """Return milliseconds from navigation to the picture in the HTML, and to both diagrams."""
    page.goto(address)
    page.wait_for_selector(READY, state="attached")
    painted = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    return float(page.evaluate(painted)), float(page.evaluate("remit.readyAt"))


def click(page: Page, address: str, key: str, *, warm: bool) -> tuple[int, float]:
    """Return the frame and the milliseconds after a click at which the panel is painted."""
    view(page, address)
    page.wait_for_timeout(300)
    frame, painted = page.evaluate(TIME_A_CLICK, [key, warm])
    return frame, painted


def show(label: str, figures: list[float]) -> None:
    """Print median, fastest and slowest."""
    print(
        f"{label:<58}{statistics.median(figures):7.0f} ms"
        f"  ({min(figures):.0f} to {max(figures):.0f}, n={len(figures)})",
        flush=True,
    )


if __name__ == "__main__":
    main()
