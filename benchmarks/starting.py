"""The first and the second start of a server with a large table.

    PYTHONPATH=. python benchmarks/starting.py [--records 1000 10000 100000 1000000]

The table is that of `reading.py`, in random order. Each start is a process of its own: without a
cache, with an empty one, and with what that start has kept. Prints the time until the server
answers, until a search finds something, and until it searches all units, with the processor time of
each, which other work on the machine changes less; and the most memory that the process has taken.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from processes import ROOT, usage
from reading import KINDS, write

QUESTION = "roads"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds since the process was started."""

    wall: float
    processor: float

    def __str__(self) -> str:
        """Return both in words."""
        return f"{self.wall:.1f} s ({self.processor:.1f} s of processor time)"


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a server."""

    answers: Times
    """Until it answers."""
    finds: Times
    """Until a search has hits."""
    finds_all: Times
    """Until it searches all units."""
    megabytes: float
    """At most."""
    read_from_cache: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    counts = [1_000, 10_000, 100_000, 1_000_000]
    parser.add_argument("--records", nargs="*", type=int, default=counts)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for count in parser.parse_args().records:
            table, cache = Path(folder) / f"{count}.csv", Path(folder) / f"cache-{count}"
            write(table, KINDS["units"], count)
            for name, place in (("no cache", "no"), ("first", cache), ("second", cache)):
                print(f"{count:,} units, {name}: {described(start(table, place))}", flush=True)
            print(f"  cache: {megabytes(cache):,.1f} MB, table: {megabytes(table):,.1f} MB")


def start(table: Path, cache: Path | str) -> Start:
    """Start a server, wait for a search that finds something, and stop the server."""
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "app.py", "serve", str(table), "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"REMIT_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout  # noqa: S101
            server.stdout.readline()
            address = server.stdout.readline().split()[-1]
            answers = Times(time.perf_counter() - begun, usage(server.pid)[1])
            read_from_cache = "from the cache" in server.stdout.readline()

            def when(is_reached: Callable[[dict[str, Any]], object], pause: float) -> Times:
                while not is_reached(_answer(address)):
                    time.sleep(pause)
                return Times(time.perf_counter() - begun, usage(server.pid)[1])

            finds = when(lambda answer: answer["hits"], 0.02)
            finds_all = when(lambda answer: not answer.get("preparing"), 0.5)
            memory = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
            peak = int(re.findall(r"VmHWM:\s+(\d+) kB", memory)[0]) / 1_000
        finally:
            server.terminate()
    return Start(answers, finds, finds_all, peak, read_from_cache)


def _answer(address: str) -> dict[str, Any]:
    with urlopen(f"{address}/search?q={QUESTION}", timeout=60) as response:  # noqa: S310  # our own
        answer: dict[str, Any] = json.load(response)
    return answer


def described(measured: Start) -> str:
    """Return a measured start in one line."""
    source = "the cache" if measured.read_from_cache else "the table"
    return (
        f"reads {source}, answers after {measured.answers}, finds after {measured.finds}, "
        f"searches all units after {measured.finds_all}, at most {measured.megabytes:,.0f} MB"
    )


def megabytes(path: Path) -> float:
    """Return the size of a file, or of all files of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
