"""How long it takes from a file to an organization, beside pandas that reads the same file.

    python benchmarks/reading.py [--runs 9]

The tables are made for it: a tree with eight units below each, and eight columns, in some three
responsibilities a unit. Both take turns in one process; each figure is the median, with the
fastest and the slowest. Times are of the processor, so that other work on the machine counts less.
Remit has to keep within twice the time of pandas, plus one second.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time

import pandas as pd

from components.importing.loading import Dataset, load_organization

TABLES = (
    (1_000, 0, ".csv"),
    (20_000, 0, ".csv"),
    (20_000, 3, ".csv"),
    (100_000, 0, ".csv"),
    (100_000, 3, ".csv"),
    (20_000, 0, ".xlsx"),
)
"""How many records with how many responsibilities each, and the format."""
CHILDREN = 8
"""Units below each unit of the tree."""
TIMES, SECONDS = 2, 1
"""So many times as long as pandas, and so much more, may it take."""
SORTS = ("Department", "Division", "Section", "Team")
SUBJECTS = ("finance", "health", "roads", "schools", "water", "housing", "libraries", "parks")
DUTIES = ("Keeps the accounts of", "Inspects", "Advises on", "Trains those who work on")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs: int = parser.parse_args().runs
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for records, duties, ending in TABLES:
            path = Path(folder) / f"units-{records}-{duties}{ending}"
            write(path, table(records, duties))
            compare(path, records, runs)


def table(records: int, duties: int) -> pd.DataFrame:
    """Return a table of units in an order of its own, as spreadsheets have them."""
    chance = random.Random(5)  # noqa: S311
    rows = list(_rows(records, duties, chance))
    chance.shuffle(rows)
    return pd.DataFrame(
        rows,
        columns=["code", "name", "type", "reports to", "head", "city", "duties", "notes"],
        dtype="str",
    )


def _rows(records: int, duties: int, chance: random.Random) -> Iterator[Sequence[str]]:
    for number in range(records):
        subject = chance.choice(SUBJECTS)
        told = (f"{chance.choice(DUTIES)} {chance.choice(SUBJECTS)}" for _ in range(duties))
        yield (
            f"U{number:06}",
            f"{chance.choice(SORTS)} of {subject} {number}",
            chance.choice(SORTS),
            f"U{(number - 1) // CHILDREN:06}" if number else "",
            f"Person {chance.randrange(records)}",
            chance.choice(("Geneva", "Nairobi", "Panamá", "Zürich")),
            "; ".join(told),
            "",
        )


def write(path: Path, units: pd.DataFrame) -> None:
    """Write a table as the ending of a path says."""
    if path.suffix == ".csv":
        units.to_csv(path, index=False)
    else:
        units.to_excel(path, index=False, sheet_name="Units", engine="xlsxwriter")


def compare(path: Path, records: int, runs: int) -> None:
    """Measure both in turns, and print the medians."""

    def read_with_pandas() -> object:
        # Of the readers that pandas can use for workbooks, calamine is the fastest.
        is_csv = path.suffix == ".csv"
        return pd.read_csv(path) if is_csv else pd.read_excel(path, engine="calamine")

    def read() -> object:
        organization = load_organization(Dataset(path))
        if organization.count() != records or organization.problems:
            raise SystemExit(f"{path.name} was not read as it is")
        return organization

    theirs, ours = [], []
    for _ in range(runs + 1):
        theirs.append(seconds(read_with_pandas))
        ours.append(seconds(read))
    theirs, ours = theirs[1:], ours[1:]
    allowed = TIMES * statistics.median(theirs) + SECONDS
    within = sum(each <= allowed for each in ours)
    print(
        f"{path.name}, {path.stat().st_size / 1e6:.1f} MB: "
        f"pandas {told(theirs)}, Remit {told(ours)}, "
        f"{statistics.median(ours) / statistics.median(theirs):.1f} times; "
        f"allowed {allowed * 1_000:,.0f} ms, kept by {within} of {runs}",
        flush=True,
    )


def seconds(act: Callable[[], object]) -> float:
    """Return how long it takes the processor."""
    begin = process_time()
    act()
    return process_time() - begin


def told(times: Sequence[float]) -> str:
    """Return the median of times in milliseconds, with the fastest and the slowest."""
    middle, low, high = (
        f"{each * 1_000:,.0f}" for each in (statistics.median(times), min(times), max(times))
    )
    return f"{middle} ms ({low} to {high})"


if __name__ == "__main__":
    main()
