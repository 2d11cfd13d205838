"""The time from a file to an organization, compared with pandas reading the same file.

    python benchmarks/reading.py [--runs 9]

The tables are generated: a tree with eight children per unit and eight columns, some with three
responsibilities per unit. Both take turns in one process. Prints median, fastest and slowest in CPU
time, so that other work on the machine counts less. Remit is allowed twice the time of pandas plus
one second.
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
"""Number of records, responsibilities of each, and format."""
CHILDREN = 8
"""Children of each unit."""
ALLOWED_FACTOR, ALLOWED_SECONDS = 2, 1
"""Allowed time: this multiple of the time of pandas, plus these seconds."""
TYPES = ("Department", "Division", "Section", "Team")
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
    """Return a table of units in random order."""
    generator = random.Random(5)  # noqa: S311
    rows = list(_rows(records, duties, generator))
    generator.shuffle(rows)
    return pd.DataFrame(
        rows,
        columns=["code", "name", "type", "reports to", "head", "city", "duties", "notes"],
        dtype="str",
    )


def _rows(records: int, duties: int, generator: random.Random) -> Iterator[Sequence[str]]:
    for number in range(records):
        subject = generator.choice(SUBJECTS)
        texts = (f"{generator.choice(DUTIES)} {generator.choice(SUBJECTS)}" for _ in range(duties))
        yield (
            f"U{number:06}",
            f"{generator.choice(TYPES)} of {subject} {number}",
            generator.choice(TYPES),
            f"U{(number - 1) // CHILDREN:06}" if number else "",
            f"Person {generator.randrange(records)}",
            generator.choice(("Geneva", "Nairobi", "Panamá", "Zürich")),
            "; ".join(texts),
            "",
        )


def write(path: Path, units: pd.DataFrame) -> None:
    """Write a table in the format of the ending of a path."""
    if path.suffix == ".csv":
        units.to_csv(path, index=False)
    else:
        units.to_excel(path, index=False, sheet_name="Units", engine="xlsxwriter")


def compare(path: Path, records: int, runs: int) -> None:
    """Measure both in turns, and print the times."""

    def read_with_pandas() -> object:
        # calamine is the fastest reader of workbooks for pandas.
        is_csv = path.suffix == ".csv"
        return pd.read_csv(path) if is_csv else pd.read_excel(path, engine="calamine")

    def read() -> object:
        organization = load_organization(Dataset(path))
        if organization.count() != records or organization.problems:
            raise SystemExit(f"{path.name} was not read correctly")
        return organization

    pandas_times, remit_times = [], []
    for run in range(runs + 1):
        pandas_seconds, remit_seconds = cpu_seconds(read_with_pandas), cpu_seconds(read)
        if run:  # the first run warms up
            pandas_times.append(pandas_seconds)
            remit_times.append(remit_seconds)
    allowed = ALLOWED_FACTOR * statistics.median(pandas_times) + ALLOWED_SECONDS
    within = sum(seconds <= allowed for seconds in remit_times)
    print(
        f"{path.name}, {path.stat().st_size / 1e6:.1f} MB: "
        f"pandas {summary(pandas_times)}, Remit {summary(remit_times)}, "
        f"{statistics.median(remit_times) / statistics.median(pandas_times):.1f} times; "
        f"allowed {allowed * 1_000:,.0f} ms, kept by {within} of {runs}",
        flush=True,
    )


def cpu_seconds(function: Callable[[], object]) -> float:
    """Return the CPU time of a call."""
    start = process_time()
    function()
    return process_time() - start


def summary(times: Sequence[float]) -> str:
    """Return the median, fastest and slowest time in milliseconds."""
    middle, low, high = (
        f"{seconds * 1_000:,.0f}" for seconds in (statistics.median(times), min(times), max(times))
    )
    return f"{middle} ms ({low} to {high})"


if __name__ == "__main__":
    main()
