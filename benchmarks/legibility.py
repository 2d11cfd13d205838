"""How legible the diagrams of an organization are, in windows and frames of several sizes.

    python benchmarks/legibility.py [DATASET ...] [--random 3] [--chromium PATH]

Serves each organization on a free port: the given ones or else the two that ship, and some random
ones. For each size and view, also with references and by the columns of numbers, it prints how many
of the drawn sectors and boxes have a label of 10 pixels or more that stands in the window, how many
labels are equal, and whether the top and its first level are in sight. Then how many clicks it
takes, beyond its depth, to reach each of a sample of units.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.random_units import random_units
from benchmarks.serving import served
from components.diagrams.rooms import ROOMS
from components.importing.loading import Dataset, load_organization
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import scope_of
from tests.browser.chromium import CHROMIUM_ARGUMENTS, chromium_path

DATA = Path(__file__).parent.parent / "data"
WINDOWS = ((1920, 1080), (1440, 900), (1024, 768), (800, 600), (390, 844))
FRAMES = ((320, 568), (640, 480), (1000, 600))
VIEWS = {
    "sunburst": "view=sunburst",
    "network": "view=network",
    "radial": "view=network&layout=radial",
}
WITH_REFERENCES = {
    "references": "view=network&references=shown",
    "radial, references": "view=network&layout=radial&references=shown",
}
"""Further views of organizations whose units mention references."""
READY = "html[data-ready=true]"
SETTLED = 600
"""Milliseconds until labels and positions no longer change."""
SAMPLE = 200
"""Units to which clicks are counted."""
MOST_CLICKS = 60
LEAST = 10.0
"""Pixels of the smallest legible type."""
SECTORS = """
() => [...document.querySelectorAll("#sunburst g.slice")].filter((slice) => {
  const { x0, x1 } = slice.__data__;
  return x1 > x0; // a unit with nothing of a measure has no sector to be seen
}).map((slice) => {
  const text = slice.querySelector("text");
  const size = parseFloat(text.style.fontSize) * (text.transform.baseVal.consolidate() ?
    Math.hypot(text.transform.baseVal.consolidate().matrix.a,
      text.transform.baseVal.consolidate().matrix.b) : 1);
  const data = slice.__data__.data.data;
  return { key: data.id, level: slice.__data__.depth, label: text.textContent, size };
}).filter(({ key }) => !key.startsWith("o"))
"""
BOXES = """
() => {
  const cy = document.getElementById("network")._cyreg.cy;
  const isShown = (node) => !node.data("owner") && node.style("display") !== "none";
  return cy.nodes().filter(isShown).map((node) => {
    const box = node.renderedBoundingBox();
    const inside = box.x1 >= -1 && box.y1 >= -1 && box.x2 <= cy.width() + 1
      && box.y2 <= cy.height() + 1;
    const size = node.numericStyle("font-size") * cy.zoom();
    return { key: node.id(), up: node.data("up"), label: node.style("label"), size, inside };
  });
}
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be read in one diagram."""

    drawn: int
    labelled: int
    equal: int
    """Labels that another one of the same picture equals."""
    is_whole: bool
    """Whether the top and the first level are in sight."""

    def __str__(self) -> str:
        """Return it in one line."""
        share = 100 * self.labelled / max(1, self.drawn)
        whole = "" if self.is_whole else ", top or first level out of sight"
        return f"{self.drawn:>4} drawn, {share:>4.0f}% labelled, {self.equal} equal{whole}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("datasets", nargs="*", type=Path)
    parser.add_argument("--random", type=int, default=3)
    parser.add_argument("--chromium", default=chromium_path())
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=call.chromium, args=CHROMIUM_ARGUMENTS)
        chosen = call.datasets or [DATA / "iom-operations", DATA / "harbour-office"]
        made = [random_table(Path(folder), seed) for seed in range(call.random)]
        for path in [*chosen, *made]:
            organization = load_organization(Dataset(path))
            print(f"\n{path.name}: {len(organization):,} units")
            with served(organization) as address:
                for name, place, sizes in (("", "window", WINDOWS), ("embed", "frame", FRAMES)):
                    for size in sizes:
                        show(browser, address + name, place, size, views_of(organization))
            clicks = Counter(extra_clicks(organization))
            print("  clicks beyond the depth:", dict(sorted(clicks.items())))
        browser.close()


def random_table(folder: Path, seed: int) -> Path:
    """Write a random table of units, and return its path."""
    dice = random.Random(seed)
    count, spread = 10 ** dice.uniform(1, 4.5), dice.choice((1, 2, 8))
    rows = ["id,name,type,parent"]
    for unit in random_units(dice, int(count), spread):
        parent = "" if unit.parent is None else unit.parent
        rows.append(f"{unit.number},{unit.name},{unit.kind},{parent}")
    path = folder / f"random-{seed}.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def views_of(organization: Organization) -> dict[str, str]:
    """Return the query of each view to be measured, by name."""
    measures = [each for each in OrganizationIndex(organization).measures if each.fact]
    by_size = {f"sunburst by {each.id}": f"view=sunburst&size={each.id}" for each in measures}
    return VIEWS | by_size | (WITH_REFERENCES if organization.references else {})


def show(
    browser: Browser, address: str, place: str, size: tuple[int, int], views: dict[str, str]
) -> None:
    """Print what can be read in a window or a frame."""
    width, height = size
    for name, query in views.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{address}?{query}")
        page.wait_for_selector(READY, state="attached")
        page.wait_for_timeout(SETTLED)
        seen = (
            sectors(page.evaluate(SECTORS)) if "sunburst" in query else boxes(page.evaluate(BOXES))
        )
        print(f"  {place} {width:>4} x {height:>4} {name:<22}{seen}")
        page.close()


def sectors(found: list[dict[str, Any]]) -> Seen:
    """Return what can be read in a sunburst."""
    labelled = [each for each in found if each["label"] and each["size"] >= LEAST - 0.05]
    return Seen(len(found), len(labelled), equal(labelled), is_whole=len(found) > 0)


def boxes(found: list[dict[str, Any]]) -> Seen:
    """Return what can be read in a network."""
    labelled = [
        each for each in found if each["label"] and each["size"] >= LEAST - 0.05 and each["inside"]
    ]
    keys = {each["key"] for each in labelled}
    root = next(each["key"] for each in found if not each["up"])
    first = [each["key"] for each in found if each["up"] in {"", root}]
    return Seen(len(found), len(labelled), equal(labelled), is_whole=keys.issuperset(first))


def equal(labelled: list[dict[str, Any]]) -> int:
    """Return how many labels equal another one."""
    counts = Counter(each["label"] for each in labelled)
    return sum(count for count in counts.values() if count > 1)


def extra_clicks(organization: Organization) -> Iterator[int]:
    """Yield how many clicks more than its depth it takes to see each unit of a sample.

    One click enters a drawn unit or group; a unit is seen where it is drawn.
    """
    siblings = OrganizationIndex(organization).siblings
    room = ROOMS[next(iter(ROOMS))]
    dice = random.Random(1)
    for unit in dice.sample(range(len(organization)), min(SAMPLE, len(organization))):
        scope, clicks = scope_of(siblings, room=room), 0
        while unit not in scope.units and clicks < MOST_CLICKS:
            drawn = [entry for entries in scope.entries.values() for entry in entries]
            group = siblings.group_of(unit, drawn)
            if group is None:
                chain = [*organization.ancestors(unit), unit]
                above = next(each for each in reversed(chain) if each in scope.units)
                group = siblings.group_of(
                    next(each for each in chain if organization.parent[each] == above), drawn
                )
                group = above if group is None else group
            if group == scope.centre:
                clicks = MOST_CLICKS
                break
            scope, clicks = scope_of(siblings, group, room=room), clicks + 1
        yield max(0, clicks - int(organization.depth[unit]))


if __name__ == "__main__":
    main()
