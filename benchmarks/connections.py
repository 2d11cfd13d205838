"""How long it takes to find how two units are connected, in an organization of a million units.

    python benchmarks/connections.py [UNITS]

Each figure is the median of the questions, between units that are drawn at random.
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

UNITS, REFERENCES, RELATIONS, QUESTIONS = 1_000_000, 300, 10_000, 21
CHILDREN = 8
"""Units below each unit of the tree."""


def organization(units: int, *, mentions: int, relations: int) -> Organization:
    """Return a tree in which every unit has the same number below it, with random side tables."""
    chance = random.Random(4)  # noqa: S311
    ids = [f"n{number}" for number in range(units)]
    above = ["", *(ids[(number - 1) // CHILDREN] for number in range(1, units))]
    frames = {
        "units": pd.DataFrame({"id": ids, "name": ids, "parent_id": above}, dtype="str"),
        "references": pd.DataFrame(
            {column: [f"r{number}" for number in range(REFERENCES)] for column in ("id", "name")},
            dtype="str",
        ),
        "mentions": pd.DataFrame(
            {
                "unit_id": [chance.choice(ids) for _ in range(mentions)],
                "reference_id": [f"r{chance.randrange(REFERENCES)}" for _ in range(mentions)],
            },
            dtype="str",
        ),
        "relations": pd.DataFrame(
            {
                "from_id": [chance.choice(ids) for _ in range(relations)],
                "to_id": [chance.choice(ids) for _ in range(relations)],
                "kind": "advises",
            },
            dtype="str",
        ),
    }
    return import_tables(Tables("million", frames, {})).organization


def main(units: int) -> None:
    """Print the medians for a bare tree and for one whose units name references."""
    for mentions, relations in ((0, 0), (0, RELATIONS), (units, RELATIONS)):
        made = organization(units, mentions=mentions, relations=relations)
        begin = time.perf_counter()
        index = OrganizationIndex(made)
        _ = index.adjacency
        prepared = (time.perf_counter() - begin) * 1_000
        chance, times, lengths = random.Random(7), [], []  # noqa: S311
        for _ in range(QUESTIONS):
            start, end = (chance.randrange(units) for _ in "ab")
            begin = time.perf_counter()
            lengths.append(len(index.chain(start, end)))
            times.append((time.perf_counter() - begin) * 1_000)
        print(
            f"{units:,} units, {mentions:,} mentions, {relations:,} relations: "
            f"{statistics.median(times):.0f} ms, at most {max(times):.0f} ms, "
            f"{statistics.median(lengths)} steps; once {prepared:.0f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS)
