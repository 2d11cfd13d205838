"""The time from a file to an organization, compared with pandas reading the same file.

    python benchmarks/reading.py [--runs 9] [--records 100000] [--kinds units staff ...]

The tables are generated: a tree with eight children per unit, written in several ways. Both take
turns in one process. Prints median, fastest and slowest in CPU time, so that other work on the
machine counts less, and the most memory that the process has taken so far; for that of one kind,
measure it alone. The goals are eight times pandas for 100,000 records, and 20 seconds and 1.2 GB
for a million.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pandas as pd

from components.importing.loading import Dataset, load_organization

CHILDREN = 8
"""Children of each unit."""
GOAL = 8
"""Times of pandas that Remit may take."""
GROUPS = (20, 400, 8_000)
"""Units of each level above the records where levels have columns."""
FACTS = 17
"""Columns that say something else of units."""
TYPES = ("Department", "Division", "Section", "Team")
SUBJECTS = ("finance", "health", "roads", "schools", "water", "housing", "libraries", "parks")
DUTIES = ("Keeps the accounts of", "Inspects", "Advises on", "Trains those who work on")
Rows = Iterator[Sequence[object]]


def _above(number: int) -> int:
    return (number - 1) // CHILDREN


def _below(number: int, records: int) -> range:
    return range(CHILDREN * number + 1, min(records, CHILDREN * (number + 1) + 1))


def _chain(number: int) -> list[int]:
    """Return a unit and all those above it, from the top down."""
    chain = [number]
    while chain[-1]:
        chain.append(_above(chain[-1]))
    return chain[::-1]


def _units(records: int, duties: int = 0) -> Rows:
    for number in range(records):
        subject = random.choice(SUBJECTS)
        texts = (f"{random.choice(DUTIES)} {random.choice(SUBJECTS)}" for _ in range(duties))
        yield (
            f"U{number:06}",
            f"{random.choice(TYPES)} of {subject} {number}",
            random.choice(TYPES),
            f"U{_above(number):06}" if number else "",
            f"Person {random.randrange(records)}",
            random.choice(("Geneva", "Nairobi", "Panamá", "Zürich")),
            "; ".join(texts),
            "",
        )


def _duties(records: int) -> Rows:
    return _units(records, duties=3)


def _names(records: int) -> Rows:
    return ((f"Unit {n}", f"Unit {_above(n)}" if n else "") for n in range(records))


def _staff(records: int) -> Rows:
    for number in range(records):
        manager = f"L{_above(number)}, F{_above(number)}" if number else ""
        address = f"f{number}.l{number}@staff.example"
        title = random.choice(("Clerk", "Officer", "Lead"))
        yield f"F{number}", f"L{number}", address, manager, title, f"D{number % 50}", "2020-01-01"


def _levels(records: int) -> Rows:
    for number in range(records):
        yield *(f"G{groups}-{number % groups}" for groups in GROUPS), f"Unit {number}"


def _paths(records: int) -> Rows:
    for number in range(records):
        yield " > ".join(f"Unit {step}" for step in _chain(number)), f"Person {number}"


def _nested_ids(records: int) -> Rows:
    for number in range(records):
        steps = (str((step - 1) % CHILDREN + 1) for step in _chain(number))
        yield ".".join(steps), f"Unit {number}"


def _children(records: int) -> Rows:
    for number in range(records):
        below = _below(number, records)
        # Equally long lists would look like columns.
        yield number, f"Unit {number}", " | ".join(map(str, below[: 5 + number % 4]))


def _order(records: int) -> Rows:
    stack = [0]
    while stack:
        number = stack.pop()
        yield len(_chain(number)), f"Unit {number}"
        stack += reversed(_below(number, records))


def _facts(records: int) -> Rows:
    for number in range(records):
        facts = (
            (
                random.randrange(1_000_000),
                f"text {number * fact % 9_973}",
                random.choice(("yes", "no", "")),
                f"20{fact:02}-0{number % 9 + 1}-1{number % 10}",
            )[fact % 4]
            for fact in range(FACTS)
        )
        yield f"U{number:06}", f"Team {number}", f"U{_above(number):06}" if number else "", *facts


def _one_name(records: int) -> Rows:
    return (("Clerk", "Finance") for _ in range(records))


@dataclass(frozen=True)
class Kind:
    """A way in which tables say what is above what."""

    header: Sequence[str]
    rows: Callable[[int], Rows]
    ending: str = ".csv"
    in_order: bool = True
    """Whether the records stand from the top down; otherwise they are in random order."""


UNITS = ("code", "name", "type", "reports to", "head", "city", "duties", "notes")
KINDS: Mapping[str, Kind] = {
    "units": Kind(UNITS, _units, in_order=False),
    "duties": Kind(UNITS, _duties, in_order=False),
    "names": Kind(("name", "parent"), _names),
    "staff": Kind(
        ("First Name", "Last Name", "Email", "Manager", "Job Title", "Department", "Start Date"),
        _staff,
    ),
    "staff in random order": Kind(
        ("First Name", "Last Name", "Email", "Manager", "Job Title", "Department", "Start Date"),
        _staff,
        in_order=False,
    ),
    "levels": Kind(("Ministry", "Department", "Section", "Name"), _levels),
    "paths": Kind(("path", "head"), _paths),
    "nested ids": Kind(("id", "name"), _nested_ids),
    "children": Kind(("id", "name", "children"), _children),
    "order": Kind(("level", "name"), _order),
    "facts": Kind(("code", "name", "reports to", *map("fact {}".format, range(FACTS))), _facts),
    "one name": Kind(("name", "department"), _one_name),
    "workbook": Kind(UNITS, _units, ".xlsx", in_order=False),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=list(KINDS))
    arguments = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.kinds:
            path = Path(folder) / f"table{KINDS[name].ending}"
            write(path, KINDS[name], arguments.records)
            compare(name, path, arguments.runs)


def write(path: Path, kind: Kind, records: int) -> None:
    """Write a table in the format of the ending of a path."""
    random.seed(5)
    rows = list(kind.rows(records))
    if not kind.in_order:
        random.shuffle(rows)
    table = pd.DataFrame(rows, columns=list(kind.header), dtype="str")
    if path.suffix == ".csv":
        table.to_csv(path, index=False)
    else:
        table.to_excel(path, index=False, sheet_name="Units", engine="xlsxwriter")


def compare(name: str, path: Path, runs: int) -> None:
    """Measure both in turns, and print the times."""

    def read_with_pandas() -> object:
        # calamine is the fastest reader of workbooks for pandas.
        if path.suffix == ".csv":
            return pd.read_csv(path, dtype=str)
        return pd.read_excel(path, dtype=str, engine="calamine")

    organization = load_organization(Dataset(path))  # This also warms up.
    pandas_times, remit_times = [], []
    for _ in range(runs):
        pandas_times.append(cpu_seconds(read_with_pandas))
        remit_times.append(cpu_seconds(lambda: load_organization(Dataset(path))))
    ratio = statistics.median(remit_times) / statistics.median(pandas_times)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    print(
        f"{name}, {path.stat().st_size / 1e6:.1f} MB, {organization.count():,} units on "
        f"{organization.levels} levels, {len(organization.problems)} problems: "
        f"pandas {summary(pandas_times)}, Remit {summary(remit_times)}, {ratio:.1f} times "
        f"(goal {GOAL}), at most {megabytes:,.0f} MB",
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
