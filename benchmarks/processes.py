"""Servers in processes of their own, for benchmarks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
START_SECONDS = 300
"""Seconds that a server may take until it answers; a million units take a while to read."""


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[int]:
    """Run a server in a process of its own until it answers; yield the id of the process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(  # noqa: S603  # our own command
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not is_answered(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{command[0]} does not answer.")
            time.sleep(0.2)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # workers that were left behind, too


def is_answered(port: int) -> bool:
    """Return whether a server answers."""
    with suppress(OSError), urlopen(f"http://{HOST}:{port}/version", timeout=5):
        return True
    return False


def get(port: int, path: str) -> str:
    """Return what a server answers."""
    with urlopen(f"http://{HOST}:{port}{path}") as answer:  # on loopback
        text: str = answer.read().decode()
    return text


def usage(process: int) -> tuple[float, float]:
    """Return the megabytes and the seconds of processor time of a process and those below it."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    megabytes = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    for child in children.split():
        more = usage(int(child))
        megabytes, seconds = megabytes + more[0], seconds + more[1]
    return megabytes, seconds


def free_port() -> int:
    """Return a port of this machine that no server has."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
