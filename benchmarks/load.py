"""Many browsers at once: how long pages and fragments take, and how much memory the server.

Each browser opens the page, then further connections for what the page loads at first, and keeps
all of them. After that it asks for changes and for what its reader clicks, as the page does. Some
readers take one byte a second of a large file meanwhile. Scripts and styles are not fetched, except
for one on each connection: browsers have them from an earlier visit.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import re
import resource
import shutil
import socket
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from processes import HOST, free_port, get, running, usage

HEADERS = "Accept-Language: en\r\nAccept-Encoding: gzip, deflate, br\r\n"
LARGE_FILE = "/_dash-component-suites/plotly/package_data/plotly.min.js"
"""More than the system takes from a server before the reader has read."""
CHEROOT = """
from cheroot.wsgi import Server
from app import server
cheroot = Server(("{host}", {port}), server, numthreads=32, request_queue_size=4096)
cheroot.keep_alive_conn_limit = 10_000
cheroot.start()
"""
WAITRESS = """
from waitress import serve
from app import server
limits = dict(threads=32, connection_limit=10_000, asyncore_use_poll=True)
serve(server, host="{host}", port={port}, **limits)
"""
GUNICORN = "--worker-class gthread --threads 32 --worker-connections 10000 --backlog 4096"
GRANIAN = "--interface wsgi --blocking-threads 32 --backlog 4096 --backpressure 2048"
SERVERS: dict[str, Callable[[int], Sequence[str]]] = {
    "app.py": lambda port: [sys.executable, "app.py", "serve", "--port", f"{port}"],
    "cheroot": lambda port: [sys.executable, "-c", CHEROOT.format(host=HOST, port=port)],
    "waitress": lambda port: [sys.executable, "-c", WAITRESS.format(host=HOST, port=port)],
    "gunicorn": lambda port: _gunicorn(port, 1),
    "gunicorn, 2 workers": lambda port: _gunicorn(port, 2),
    "granian": lambda port: _granian(port, 1),
    "granian, 2 workers": lambda port: _granian(port, 2),
}
"""The command of each server, by the port."""
ASKS_FOR_CHANGES_EVERY = 1.2
CLICKS_EVERY = 4.0
"""Seconds on average between two clicks of a reader."""
FOCUS_SHARE = 0.25
"""Clicks that lead to another focus; the others open a panel."""
ANSWER_SECONDS = 30
"""Seconds after which a request without an answer is an error."""
CLOSED = (asyncio.IncompleteReadError, ConnectionError)


def _gunicorn(port: int, workers: int) -> Sequence[str]:
    bind = ["--bind", f"{HOST}:{port}", "--workers", f"{workers}", "--log-level", "warning"]
    return [_program("gunicorn"), "app:server", *GUNICORN.split(), "--keep-alive", "75", *bind]


def _granian(port: int, workers: int) -> Sequence[str]:
    bind = ["--host", HOST, "--port", f"{port}", "--workers", f"{workers}", "--no-ws"]
    return [_program("granian"), "app:server", *GRANIAN.split(), "--log-level", "warning", *bind]


def _program(name: str) -> str:
    path = shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if path is None:
        raise SystemExit(f"{name} is not installed.")
    return path


@dataclass(slots=True)
class Record:
    """What the browsers have seen."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """By kind of request."""
    errors: Counter[str] = field(default_factory=Counter)
    reopened: int = 0
    """Connections that the server had closed, as it may while nobody asks."""


@dataclass(slots=True)
class Connection:
    """A connection that is kept, with one request at a time."""

    port: int
    record: Record
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, kind: str) -> bytes:
        """Return the content of an answer, and record how long it took; empty after an error."""
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                status, content = await self._answer(path)
        except TimeoutError:
            self.record.errors[f"{kind}: no answer"] += 1
            self.close()
            return b""
        except (OSError, EOFError) as error:
            self.record.errors[f"{kind}: {type(error).__name__}"] += 1
            self.close()
            return b""
        self.record.seconds[kind].append(time.perf_counter() - begun)
        if status != HTTPStatus.OK:
            self.record.errors[f"{kind}: {status}"] += 1
            return b""
        return content

    async def _answer(self, path: str) -> tuple[int, bytes]:
        if self.streams is not None:
            try:
                return await self._ask(path, *self.streams)
            except CLOSED:
                self.record.reopened += 1
        self.streams = await asyncio.open_connection(HOST, self.port)
        return await self._ask(path, *self.streams)

    async def _ask(
        self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[int, bytes]:
        head = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{HEADERS}\r\n"
        writer.write(head.encode())
        status_line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): text.strip() for name, _, text in (x.partition(":") for x in lines)
        }
        if headers.get("transfer-encoding") == "chunked":
            content = b""
            while size := int(await reader.readline(), 16):
                content += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        else:
            content = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(status_line.split()[1]), content

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A browser and its reader."""

    connections: Sequence[Connection]
    units: Sequence[str]
    choice: random.Random

    async def read(self, until: float) -> None:
        """Open the page, and go on to read until a time of ``time.perf_counter``."""
        first, *others = self.connections
        compressed = await first.get("/", "page")
        if not compressed:
            return
        page = gzip.decompress(compressed).decode()
        version = re.search(r'data-version="(\w+)"', page)
        if version is None:
            raise ValueError("The page names no edition.")
        preloads = re.findall(r'as="fetch"[^>]* href="([^"]+)"', page)
        files = re.findall(r'<link rel="modulepreload" href="([^"]+)"', page)
        kinds = dict.fromkeys(preloads, "first fragment") | dict.fromkeys(files, "file")
        await asyncio.gather(
            *(
                connection.get("/" + path.replace("&amp;", "&"), kind)
                for connection, (path, kind) in zip(others, kinds.items(), strict=False)
            )
        )
        await asyncio.gather(self._follow(until), self._click(version[1], until))

    async def _follow(self, until: float) -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(ASKS_FOR_CHANGES_EVERY)
            await self.connections[0].get("/version", "version")

    async def _click(self, version: str, until: float) -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(self.choice.uniform(0, 2 * CLICKS_EVERY))
            unit = self.choice.choice(self.units)
            is_focus = self.choice.random() < FOCUS_SHARE
            kinds = ("panel", "sunburst", "network", "outline") if is_focus else ("panel",)
            query = f"unit={unit}&lang=en"
            await asyncio.gather(
                *(
                    connection.get(f"/fragments/{version}/{kind}.json?{query}", "fragment")
                    for connection, kind in zip(self.connections[1:], kinds, strict=False)
                )
            )


async def _read_slowly(port: int, path: str, until: float, record: Record) -> None:
    """Take one byte a second of a file; it is an error if the server does not wait."""
    loop = asyncio.get_running_loop()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.setblocking(False)  # as the library has it
        with suppress(OSError):
            await loop.sock_connect(connection, (HOST, port))
            await loop.sock_sendall(connection, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            while await loop.sock_recv(connection, 1):
                if time.perf_counter() > until:
                    return
                await asyncio.sleep(1)
        record.errors["slow reader: cut off"] += 1


async def _load(args: argparse.Namespace, port: int, units: Sequence[str]) -> Record:
    """Return what the browsers have seen."""
    record, begun = Record(), time.perf_counter()
    until = begun + args.opening + args.seconds
    slow = [
        asyncio.create_task(_read_slowly(port, LARGE_FILE, until, record)) for _ in range(args.slow)
    ]
    readers: list[Awaitable[None]] = []
    connections: list[Connection] = []
    for number in range(args.browsers):
        await asyncio.sleep(begun + args.opening * number / args.browsers - time.perf_counter())
        own = [Connection(port, record) for _ in range(args.connections)]
        connections += own
        reader = Reader(own, units, random.Random(number))  # the same in each run
        readers.append(asyncio.create_task(reader.read(until)))
    opened = asyncio.create_task(_forget_first_fragments(record, begun + args.opening))
    await asyncio.gather(*readers, *slow, opened)
    record.errors["connections that were not kept"] += sum(
        connection.streams is None for connection in connections
    )
    for connection in connections:
        connection.close()
    return record


async def _forget_first_fragments(record: Record, when: float) -> None:
    """Count fragments from a time on only, when each has been made once."""
    await asyncio.sleep(when - time.perf_counter())
    record.seconds["fragment"].clear()


def _row(kind: str, seconds: Sequence[float]) -> str:
    """Return the count, the median, the 95th percentile and the slowest of times."""
    if not seconds:
        return f"  {kind}: none"
    ordered = sorted(1000 * each for each in seconds)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    count = f"{len(ordered):,}"
    return f"  {kind:16} {count:>7}  {middle:7.1f}  {late:7.1f}  {ordered[-1]:8.1f} ms"


def _measure(name: str, args: argparse.Namespace) -> None:
    port = free_port()
    with running(SERVERS[name](port), port) as process:
        units = get(port, "/data/units.csv")
        ids = [line.partition(",")[0] for line in units.splitlines()[1:]]
        ids = [unit for unit in ids if re.fullmatch("[a-z-]+", unit)]
        before, used = usage(process)
        record = asyncio.run(_load(args, port, ids))
        after, used_after = usage(process)
    errors = {what: count for what, count in record.errors.items() if count}
    print(f"{name}: errors {errors or 'none'}; {record.reopened} connections opened again")
    print("                    count   median    95 in 100   slowest")
    for kind in ("page", "first fragment", "file", "fragment", "version"):
        print(_row(kind, record.seconds[kind]))
    print(f"  memory {before:.0f} to {after:.0f} MB, {used_after - used:.1f} s of processor time")
    print(flush=True)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "servers", nargs="*", default=["app.py"], metavar="SERVER", help=f"{[*SERVERS]}"
    )
    parser.add_argument("--browsers", type=int, default=500)
    parser.add_argument("--connections", type=int, default=6, help="that each browser keeps")
    parser.add_argument(
        "--opening", type=float, default=10, help="seconds for all to open the page"
    )
    parser.add_argument("--seconds", type=float, default=30, help="that they go on after that")
    parser.add_argument("--slow", type=int, default=40, help="readers that take a byte a second")
    args = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    for name in args.servers or SERVERS:
        _measure(name, args)


if __name__ == "__main__":
    main()
