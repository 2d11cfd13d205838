"""The time to find the shortest chain between two units in an organization of a million units.

    python benchmarks/connections.py [UNITS]

Prints the median and maximum for random pairs of units.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

import pandas as pd

from components.importing.import_tables import import_tables
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.reading.tables import Tables

UNITS, REFERENCES, RELATIONS, PAIRS = 1_000_000, 300, 10_000, 21
CHILDREN = 8
"""Children of each unit."""


def organization(units: int, *, mentions: int, relations: int) -> Organization:
    """Return a regular tree of units with random side tables."""
    generator = random.Random(4)
    ids = [f"n{number}" for number in range(units)]
    parents = ["", *(ids[(number - 1) // CHILDREN] for number in range(1, units))]
    tables = {
        "units": pd.DataFrame({"id": ids, "name": ids, "parent_id": parents}, dtype="str"),
        "references": pd.DataFrame(
            {column: [f"r{number}" for number in range(REFERENCES)] for column in ("id", "name")},
            dtype="str",
        ),
        "mentions": pd.DataFrame(
            {
                "unit_id": [generator.choice(ids) for _ in range(mentions)],
                "reference_id": [f"r{generator.randrange(REFERENCES)}" for _ in range(mentions)],
            },
            dtype="str",
        ),
        "relations": pd.DataFrame(
            {
                "from_id": [generator.choice(ids) for _ in range(relations)],
                "to_id": [generator.choice(ids) for _ in range(relations)],
                "kind": "advises",
            },
            dtype="str",
        ),
    }
    return import_tables(Tables("million", tables, {})).organization


def main(units: int) -> None:
    """Print the times for a bare tree, with relations, and with relations and references."""
    for mentions, relations in ((0, 0), (0, RELATIONS), (units, RELATIONS)):
        index = OrganizationIndex(organization(units, mentions=mentions, relations=relations))
        begin = time.perf_counter()
        _ = index.adjacency
        preparation = (time.perf_counter() - begin) * 1_000
        generator, times, lengths = random.Random(7), [], []
        for _ in range(PAIRS):
            start, end = (generator.randrange(units) for _ in "ab")
            begin = time.perf_counter()
            lengths.append(len(index.chain(start, end)))
            times.append((time.perf_counter() - begin) * 1_000)
        print(
            f"{units:,} units, {mentions:,} mentions, {relations:,} relations: "
            f"{statistics.median(times):.0f} ms, at most {max(times):.0f} ms, "
            f"{statistics.median(lengths)} steps; once {preparation:.0f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS)
