"""The page in Chromium: its size and layout, its first view, and the answer to a click.

    python benchmarks/page.py [--runs 15] [--chromium PATH]

Serves the shipped organization on a free port. Prints median, fastest and slowest of the runs. "At
hand" means that the fragment was prefetched before the click, since the pointer rested on the unit;
"not at hand" means that the click comes at once. "Early" is a click 100 ms after the first paint,
on a shape of the first picture. Layout, style (UpdateLayoutTree) and pre-paint are what Chromium's
trace has until the first contentful paint, without scripts. The parts of a click are processor time
of the page's main thread from the click until its panel is painted.
"""

from __future__ import annotations

import argparse
import statistics
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.serving import served
from components.importing.import_tables import import_tables
from components.reading.read import read_tables
from components.settings import Settings
from tests.browser.chromium import CHROMIUM_ARGUMENTS, chromium_path

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
    const main = document.querySelector('script[type="module"][src$="/main.js"]').src;
    import(main).then(
      ({ fragments, scene }) => fragments.get({ kind: "panel", unit: scene.node(key).unit }),
    );
    setTimeout(click, 300);
  } else {
    click();
  }
})
"""


CLICK_EARLY = """
(delay) => {
  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    setTimeout(() => {
      const unit = "[data-unit='protection-division']";
      const shape = document.querySelector(`.sunburst-inset a${unit} path`);
      const begun = performance.now();
      new MutationObserver((_, answered) => {
        answered.disconnect();
        const isPicture = document.getElementById("sunburst-picture") !== null;
        window.early = [isPicture, performance.now() - begun];
      }).observe(document.getElementById("panel"), { childList: true });
      shape?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }, delay);
  }).observe({ type: "paint", buffered: true });
}
"""
"""Clicks on a shape of the first picture some milliseconds after the first paint."""
EARLY = 100
TRACED = ("Layout", "UpdateLayoutTree", "PrePaint")
PARTS = ("scripts", *TRACED)
LABELS = """
() => [...document.querySelectorAll("#sunburst g.slice text")].slice(1).map((label) => {
  const { x, y, width, height } = label.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})
"""
"""The places of the labels of the sunburst, but for that of its centre."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--chromium", default=chromium_path())
    call = parser.parse_args()
    organization = import_tables(read_tables(Settings().dataset)).organization
    with served(organization) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=call.chromium, args=CHROMIUM_ARGUMENTS)
        request = browser.new_page().request
        print(f"first HTML{len(request.get(address).body()):>55,} bytes")
        traces = [layout(browser, address) for _ in range(call.runs)]
        for place, name in enumerate(TRACED):
            show(f"{name} until the first paint", [trace[place] for trace in traces])
        early = [early_click(browser, address) for _ in range(call.runs)]
        show("early click to panel drawn", [answered for _, answered in early])
        in_time = sum(is_picture for is_picture, _ in early)
        print(f"    before the sunburst was alive: {in_time} of {len(early)}")
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
        view(page, address)
        parts = [parts_of_click(page, place) for place in page.evaluate(LABELS)[: call.runs]]
        for name, figures in zip(PARTS, zip(*parts, strict=True), strict=True):
            show(f"{name} from the click until its frame", figures)
        browser.close()


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
    painted, ready = (
        f"performance.getEntriesByName('{name}')[0].startTime"
        for name in ("first-contentful-paint", "remit-ready")
    )
    return float(page.evaluate(painted)), float(page.evaluate(ready))


def layout(browser: Browser, address: str) -> list[float]:
    """Return milliseconds of each of ``TRACED`` until the first contentful paint."""
    context = browser.new_context(viewport=SIZE, java_script_enabled=False)
    page = context.new_page()
    page.goto("about:blank")
    with trace(page) as events:
        page.goto(address)
        page.wait_for_timeout(600)
    context.close()
    paint = max(event["ts"] for event in events if event["name"] == "firstContentfulPaint")
    return [
        sum(
            event.get("dur", 0) / 1000
            for event in events
            if event["name"] == name and event["ts"] < paint
        )
        for name in TRACED
    ]


@contextmanager
def trace(page: Page) -> Iterator[list[dict[str, Any]]]:
    """Trace what a page does; the list has the events once the context is left."""
    session: CDPSession = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    done = threading.Event()
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.set())
    categories = "devtools.timeline,loading,blink.user_timing"
    session.send("Tracing.start", {"categories": categories, "transferMode": "ReportEvents"})
    yield events
    session.send("Tracing.end")
    while not done.is_set():
        page.wait_for_timeout(20)
    session.detach()


def parts_of_click(page: Page, place: tuple[float, float]) -> list[float]:
    """Return processor milliseconds of ``PARTS`` of a click whose fragment is at hand."""
    page.mouse.move(*place)
    page.wait_for_timeout(500)
    with trace(page) as events:
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(500)
    clicked = next(
        event
        for event in events
        if event["name"] == "EventDispatch" and event["args"]["data"]["type"] == "click"
    )
    since = [
        event
        for event in events
        if event["tid"] == clicked["tid"] and event["ts"] >= clicked["ts"] and "tdur" in event
    ]
    frame = min(event["ts"] for event in since if event["name"] == "Layerize")
    times = Counter[str]()
    for event in since:
        if event["ts"] <= frame:
            times[event["name"]] += event["tdur"] / 1000
    forced = sum(
        event["tdur"] / 1000
        for event in since
        if event["name"] in TRACED and event["ts"] < clicked["ts"] + clicked["dur"]
    )
    return [clicked["tdur"] / 1000 - forced, *(times[name] for name in TRACED)]


def early_click(browser: Browser, address: str) -> tuple[bool, float]:
    """Return whether a picture answered an early click, and after how many milliseconds.

    The scripts are in the cache.
    """
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    view(page, address)
    page.add_init_script(f"({CLICK_EARLY})({EARLY})")
    view(page, address)
    is_before, milliseconds = page.evaluate("window.early")
    context.close()
    return is_before, milliseconds


def click(page: Page, address: str, key: str, *, warm: bool) -> tuple[int, float]:
    """Return the frame and the milliseconds after a click at which the panel is painted."""
    view(page, address)
    page.wait_for_timeout(300)
    frame, painted = page.evaluate(TIME_A_CLICK, [key, warm])
    return frame, painted


def show(label: str, figures: Sequence[float]) -> None:
    """Print median, fastest and slowest."""
    print(
        f"{label:<58}{statistics.median(figures):7.0f} ms"
        f"  ({min(figures):.0f} to {max(figures):.0f}, n={len(figures)})",
        flush=True,
    )


if __name__ == "__main__":
    main()
