"""Faults that a server survives: bad files while many read, and many readers of a large file.

    PYTHONPATH=. python benchmarks/faults.py swaps [--swaps 100] [--readers 50]
    PYTHONPATH=. python benchmarks/faults.py files [--records 300000] [--readers 10]

`swaps` replaces the file of a server again and again, every second time by one that cannot be read.
Readers compare each page with a panel and the search of the edition that it names. `files` reads
`/data/organization.json` of a large table many times at once. Prints what failed, and how much
memory the server takes.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from processes import HOST, free_port, get, running, usage
from reading import KINDS, write

BAD = ("", "\0\1\2", "id,name\n")
"""What cannot be shown: nothing, no text, no record."""
WARM_UP = 10.0
"""Seconds of reading before the first change, after which the memory is measured."""
FORGOTTEN_AFTER = 75.0
"""Seconds after the last change in which the server has dropped the editions before."""
NUMBER = re.compile(r"Board (\d+)")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    swaps = commands.add_parser("swaps")
    swaps.set_defaults(run=measure_swaps)
    swaps.add_argument("--swaps", type=int, default=100)
    swaps.add_argument("--readers", type=int, default=50)
    swaps.add_argument("--records", type=int, default=2_000)
    files = commands.add_parser("files")
    files.set_defaults(run=measure_files)
    files.add_argument("--records", type=int, default=300_000)
    files.add_argument("--readers", type=int, default=10)
    arguments = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        arguments.run(arguments, Path(folder) / "units.csv")


@contextmanager
def served(path: Path) -> Iterator[tuple[int, int]]:
    """Serve a table; yield the port and the id of the process."""
    port = free_port()
    command = [sys.executable, "app.py", "serve", str(path), "--port", str(port)]
    with running(command, port) as process:
        yield port, process


@dataclass(slots=True)
class Seen:
    """What readers have seen."""

    views: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    states: dict[str, str] = field(default_factory=dict)
    """The state of the table for each edition."""
    ended: threading.Event = field(default_factory=threading.Event)


def measure_swaps(arguments: argparse.Namespace, path: Path) -> None:
    """Replace the file again and again while readers read."""
    seen = Seen()
    put(path, table(0, arguments.records))
    with served(path) as (port, process), ThreadPoolExecutor(arguments.readers) as pool:
        readers = [pool.submit(read_on, port, seen) for _ in range(arguments.readers)]
        time.sleep(WARM_UP)
        before = most = usage(process)[0]
        for number in range(1, arguments.swaps + 1):
            is_bad = number % 2 == 0
            put(path, BAD[number // 2 % 3] if is_bad else table(number, arguments.records))
            wait_until_noticed(port, number, is_bad=is_bad)
            most = max(most, usage(process)[0])
        put(path, table(0, arguments.records))
        wait_until_noticed(port, 0, is_bad=False)
        seen.ended.set()
        for reader in readers:
            reader.result()
        time.sleep(FORGOTTEN_AFTER)
        after = usage(process)[0]
    print(
        f"{arguments.swaps} swaps, {arguments.readers} readers, {arguments.records:,} units: "
        f"{seen.views:,} views of {len(seen.states)} editions, faults {dict(seen.faults) or 'none'}"
    )
    print(f"memory before {before:.0f} MB, at most {most:.0f} MB, in the end {after:.0f} MB")


def table(number: int, records: int) -> str:
    """Return a state of the table; its number is in the names of its first two units."""
    units = (f"u{unit},Unit {unit},u{(unit - 1) // 8}\n" for unit in range(2, records))
    return f"id,name,parent\nu0,Board {number},\nu1,Pay {number},u0\n{''.join(units)}"


def put(path: Path, text: str) -> None:
    """Replace the file, as programs do when they save."""
    temporary = path.with_name(".saving")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def wait_until_noticed(port: int, number: int, *, is_bad: bool) -> None:
    """Wait until the server shows a state, or refuses a file."""
    for _ in range(600):
        is_refused = "refused" in json.loads(get(port, "/version"))
        if is_refused if is_bad else not is_refused and f"Board {number}<" in get(port, "/"):
            return
        time.sleep(0.1)
    raise SystemExit(f"The server has not noticed change {number}.")


def read_on(port: int, seen: Seen) -> None:
    """View pages with what they request, and compare them, until the end."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def answer(path: str) -> str:
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read().decode()
        if response.status != HTTPStatus.OK:
            seen.faults[f"{response.status} for {path.partition('?')[0]}"] += 1
        return text

    while not seen.ended.is_set():
        page = answer("/")
        numbers = {*NUMBER.findall(page)}
        version = re.findall(r'data-version="(\w+)"', page)[0]
        numbers |= {*NUMBER.findall(answer(f"/fragments/{version}/panel.json?unit=u0"))}
        hits = json.loads(answer(f"/search?q=pay&version={version}")).get("hits", [])
        numbers |= {name.removeprefix("Pay ") for name in (hit["name"] for hit in hits[:1])}
        numbers.add(seen.states.setdefault(version, min(numbers)))
        if len(numbers) > 1:
            seen.faults["mixed"] += 1
        seen.views += 1
    connection.close()


def measure_files(arguments: argparse.Namespace, path: Path) -> None:
    """Read a large file many times at once."""
    write(path, KINDS["units"], arguments.records)
    with served(path) as (port, process), ThreadPoolExecutor(arguments.readers) as pool:
        while json.loads(get(port, "/search?q=roads")).get("preparing"):
            time.sleep(0.5)
        before = most = usage(process)[0]
        begun = time.perf_counter()
        begins = threading.Barrier(arguments.readers + 1)
        reading = [pool.submit(read_file, port, begins) for _ in range(arguments.readers)]
        begins.wait()
        further = ask_for_one_more(port)
        while not all(each.done() for each in reading):
            most = max(most, usage(process)[0])
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
        sizes = {each.result() for each in reading}
        after = usage(process)[0]
    print(
        f"{arguments.records:,} units, {arguments.readers} readers at once, {further}: "
        f"{', '.join(f'{size / 1e6:,.1f}' for size in sizes)} MB each in {seconds:.1f} s"
    )
    print(f"memory before {before:.0f} MB, at most {most:.0f} MB, in the end {after:.0f} MB")


def read_file(port: int, begins: threading.Barrier) -> int:
    """Return the size of the file, which is read to its end."""
    connection = http.client.HTTPConnection(HOST, port, timeout=600)
    connection.request("GET", "/data/organization.json")
    response = connection.getresponse()
    size = len(response.read(1))
    begins.wait()  # until all are being sent
    while chunk := response.read(65_536):
        size += len(chunk)
    connection.close()
    return size


def ask_for_one_more(port: int) -> str:
    """Return how the server answers a further reader."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", "/data/organization.json")
    response = connection.getresponse()
    retry = response.getheader("Retry-After")
    connection.close()
    return f"one more is answered with {response.status}" + (f", Retry-After {retry}" * bool(retry))


if __name__ == "__main__":
    main()
