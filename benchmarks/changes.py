"""How well and how fast the changes between two states of an organization are found.

    PYTHONPATH=. python benchmarks/changes.py [--units 300] [--runs 20] [--large 10000 1000000]

Random registers of ``--units`` units are edited at random, once with ids that stay the same and
once with records that are only numbered, in another order each time. Precision is the share of what
is reported that was done, recall the share of what was done that is reported. Then the processor
seconds of comparing organizations of each ``--large`` size, of which one unit in a hundred was
edited, and the peak memory of the process, which has both.
"""

from __future__ import annotations

import argparse
import resource
from time import process_time

from components.garbage import rare_garbage_collection
from components.model.changes import compare
from tests.edits import Register, findings, random_register

EDITED = 0.1
EDITED_OF_LARGE = 0.01


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--large", type=int, nargs="*", default=[10_000])
    call = parser.parse_args()
    for has_ids in (True, False):
        quality(call.units, call.runs, has_ids=has_ids)
    for units in call.large:
        for has_ids in (True, False):
            speed(units, has_ids=has_ids)


def quality(units: int, runs: int, *, has_ids: bool) -> None:
    """Print the precision and recall of each kind of change."""
    ids = "ids" if has_ids else "numbered records"
    print(f"\n{runs} registers of {units:,} units, {EDITED:.0%} edited, {ids}")
    for kind, found in findings(units, runs, EDITED, has_ids=has_ids).items():
        print(
            f"  {kind:10} {found.done:6,} done  "
            f"precision {found.precision:6.1%}  recall {found.recall:6.1%}"
        )


def speed(units: int, *, has_ids: bool) -> None:
    """Print the time and memory of comparing two large states."""
    register = random_register(1, units)
    edited = Register(dict(register.records), register.dice)
    for _ in range(round(units * EDITED_OF_LARGE)):
        register.dice.choice((edited.rename, edited.change_kind, edited.change_head, edited.add))()
    before, after = (state.organization(has_ids=has_ids)[0] for state in (register, edited))
    begun = process_time()
    with rare_garbage_collection():
        comparison = compare(before, after)
    seconds = process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    ids = "ids" if has_ids else "numbered records"
    print(f"\n{units:,} units, {ids}: {seconds:.2f} s, {peak:.1f} GB at the peak")
    print(
        "  ", ", ".join(f"{kind} {count:,}" for kind, count in comparison.counts.items() if count)
    )


if __name__ == "__main__":
    main()
