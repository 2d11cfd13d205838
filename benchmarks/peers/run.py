"""Remit beside the libraries that people would pick instead, with the same organizations.

    python benchmarks/peers/run.py [--runs 5] [--units 60 1000 20000] [--screenshots FOLDER]

Installs the libraries of ``package.json`` with npm and serves each peer on a free port. The peers
are visited in turn, each time in a Chromium of its own with an empty cache. Prints a table in
Markdown for each number of units: the median, least and most in brackets, and the ratio of Remit's
median to the peer's.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import BrowserType, sync_playwright

from benchmarks.peers.serving import started
from benchmarks.peers.visit import LONGEST, Visit, fresh_page, visit
from benchmarks.random_units import RandomUnit, random_units
from benchmarks.reading import DUTIES, SUBJECTS

HERE = Path(__file__).parent
SEED, SPREAD = 5, 2
"""Trees of 6, 10 and 14 levels for 60, 1,000 and 20,000 units."""
RESPONSIBILITIES = 3
"""Responsibilities of each unit."""
REMIT = "Remit"
METRICS: Mapping[str, Callable[[Visit], float]] = {
    "first picture, ms": lambda visit: visit.picture,
    "drawn, ms": lambda visit: visit.drawn,
    "click, ms": lambda visit: visit.click,
    "kB": lambda visit: visit.transferred / 1000,
    "requests": lambda visit: visit.requests,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--units", type=int, nargs="+", default=[60, 1_000, 20_000])
    parser.add_argument("--screenshots", type=Path)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build_pages(folder)
        for count in call.units:
            units = list(random_units(random.Random(SEED), count, SPREAD))
            table = folder / f"{count}.csv"
            write_units(table, units)
            commands = {peer: [*command, str(table)] for peer, command in servers(folder).items()}
            visits = measure(playwright.chromium, commands, units, call.runs, call.screenshots)
            print_table(count, visits)
    print(f"Versions: {', '.join(versions())}.")


def build_pages(folder: Path) -> None:
    """Install the libraries, and write a script a page into a folder."""
    node = Path(sys.executable).parent  # where requirements-dev.txt installs it
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    for command in (
        ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"],
        ["run", "build", "--", f"--outdir={folder}"],
    ):
        subprocess.run(  # noqa: S603  # our own commands
            ["npm", "--silent", *command],  # noqa: S607  # where the environment has it
            cwd=HERE,
            env=environment,
            check=True,
        )


def write_units(table: Path, units: Sequence[RandomUnit]) -> None:
    """Write units with some responsibilities each as CSV."""
    dice = random.Random(SEED)
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "name", "type", "parent_id", "responsibilities"))
        for unit in units:
            parent = "" if unit.parent is None else id_of(unit.parent)
            duties = (
                f"{duty} {dice.choice(SUBJECTS)}" for duty in dice.sample(DUTIES, RESPONSIBILITIES)
            )
            rows.writerow((id_of(unit.number), unit.name, unit.kind, parent, "; ".join(duties)))


def id_of(number: int) -> str:
    """Return the id of a unit."""
    return f"unit-{number}"


def servers(scripts: Path) -> dict[str, list[str]]:
    """Return the command that serves each peer, without the table."""
    module = "benchmarks.peers"
    return {
        REMIT: ["app.py", "serve"],
        **{
            name: ["-m", f"{module}.serve_page", "--script", str(scripts / f"{name.lower()}.js")]
            for name in ("d3", "d3-org-chart", "ECharts")
        },
        "Dash, Plotly": ["-m", f"{module}.serve_dash", "--diagram", "sunburst"],
        "Dash, Cytoscape": ["-m", f"{module}.serve_dash", "--diagram", "cytoscape"],
    }


def measure(
    chromium: BrowserType,
    commands: Mapping[str, Sequence[str]],
    units: Sequence[RandomUnit],
    runs: int,
    screenshots: Path | None,
) -> dict[str, list[Visit]]:
    """Return the visits of each peer; none of a peer that once took too long.

    The first round, in which the servers compress their files, does not count.
    """
    names = {id_of(unit.number): unit.name for unit in units}
    clicked = id_of(largest_child(units))
    visits: dict[str, list[Visit]] = {peer: [] for peer in commands}
    too_late = set[str]()
    with ExitStack() as running:
        addresses = {
            peer: running.enter_context(started(command)) for peer, command in commands.items()
        }
        for peer in [*commands] * (1 + runs):
            if peer in too_late:
                continue
            with fresh_page(chromium, peer, len(units)) as page:
                measured = visit(page, addresses[peer], names, clicked)
                if measured is None:
                    too_late.add(peer)
                    continue
                visits[peer].append(measured)
                if screenshots:
                    page.screenshot(path=screenshots / f"{len(units)} {peer}.png")
    return {peer: [] if peer in too_late else visits[peer][1:] for peer in commands}


def largest_child(units: Sequence[RandomUnit]) -> int:
    """Return the number of the child of the root that has the most units below it."""
    branch: dict[int | None, int] = {}
    for unit in units[1:]:
        branch[unit.number] = branch.get(unit.parent, unit.number)
    return Counter(branch.values()).most_common(1)[0][0]


def print_table(count: int, visits: Mapping[str, Sequence[Visit]]) -> None:
    """Print the figures of each peer in Markdown."""
    headings = [f"{count:,} units", "shapes", *(f"{metric} | ratio" for metric in METRICS)]
    print("|", " | ".join(headings), "|")
    print(f"|{'---|' * (2 + 2 * len(METRICS))}")
    for peer, measured in visits.items():
        if not measured:
            print(f"| {peer} | more than {LONGEST // 1000} s |")
            continue
        shapes = f"{measured[0].shapes:,}"
        cells = [text for of in METRICS.values() for text in cells_of(of, measured, visits[REMIT])]
        print("|", " | ".join([peer, shapes, *cells]), "|", flush=True)
    print()


def cells_of(
    of: Callable[[Visit], float], measured: Sequence[Visit], remit: Sequence[Visit]
) -> tuple[str, str]:
    """Return the median with least and most, and the ratio of Remit's median to it."""
    figures = [of(each) for each in measured]
    middle = statistics.median(figures)
    text = f"{middle:,.0f} ({min(figures):,.0f} to {max(figures):,.0f})"
    ratio = statistics.median(map(of, remit)) / middle
    return text, f"{ratio:.1f}" if ratio >= 1 else f"{ratio:#.2g}"


def versions() -> list[str]:
    """Return the libraries of the peers with their versions."""
    pinned = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    installed = {name: version(name) for name in ("dash", "plotly", "dash-cytoscape")}
    return [f"{name} {number}" for name, number in {**pinned, **installed}.items()]


if __name__ == "__main__":
    main()
