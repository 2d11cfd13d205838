"""``app:server`` under other WSGI servers, with several workers."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

import app

BIN = Path(sys.executable).parent
COMMANDS = {
    "gunicorn": "gunicorn app:server --worker-class gthread --threads 8 --workers 2 --bind",
    "granian": (
        "granian app:server --interface wsgi --blocking-threads 8 --workers 2 "
        "--respawn-failed-workers --host 127.0.0.1 --port"
    ),
}
"""As in docs/deployment.md; the address or the port follows."""
PATIENCE = 60
"""Seconds."""


def table(number: int) -> str:
    return f"id,name,parent_id\nboard,Board {number},\npay,Pay {number},board\n"


@contextmanager
def running(name: str, path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run a server of a file until the end of the block; yield its process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program, *arguments = COMMANDS[name].split()
    place = f"127.0.0.1:{port}" if name == "gunicorn" else f"{port}"
    environment = {**os.environ, "REMIT_DATASET": str(path)}
    with subprocess.Popen(  # noqa: S603  # our own command
        [BIN / program, *arguments, place],
        cwd=Path(app.__file__).parent,
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            yield server, f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)  # workers that were left behind, too


def get(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:  # noqa: S310  # on loopback
        content: bytes = answer.read()
    return content


def boards(address: str) -> set[str]:
    """Return the names of the top unit on pages of several connections."""
    pages = (get(address).decode() for _ in range(12))
    return {name for page in pages for name in re.findall(r"Board \d", page)}


def wait_for_board(address: str, number: int) -> None:
    """Wait until every worker shows a table."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError):
            if boards(address) == {f"Board {number}"}:
                return
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("name", COMMANDS)
def test_workers_follow_the_file_answer_for_each_other_and_are_replaced_if_killed(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(table(1), encoding="utf-8")
    with running(name, path) as (server, address):
        wait_for_board(address, 1)
        path.write_text(table(2), encoding="utf-8")
        wait_for_board(address, 2)

        page = get(address).decode()
        for fragment in re.findall(r'as="fetch"[^>]* href="([^"]+)"', page):
            for _ in range(4):
                assert b'"board"' in get(f"{address}/{fragment}".replace("&amp;", "&"))
        assert get(f"{address}/export/sunburst.png").startswith(b"\x89PNG")
        assert b"Pay 2" in get(f"{address}/search?q=pay")

        workers = children(server.pid)
        os.kill(int(workers[-1]), signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while children(server.pid) == workers or len(children(server.pid)) < len(workers):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        wait_for_board(address, 2)


def children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
