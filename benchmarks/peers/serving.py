"""Servers of the peers: commands that serve one organization on a port until they are ended."""

from __future__ import annotations

import argparse
import functools
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import brotli
from flask import Flask, Response
from waitress import serve

HOST = "127.0.0.1"
SECONDS_TO_START = 60
POLL_SECONDS = 0.1

compressed = functools.cache(brotli.compress)


def server_arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser of the arguments that every server takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("table", type=Path, help="CSV with an id, a name and a parent_id a unit")
    parser.add_argument("--port", type=int, required=True)
    return parser


def serve_compressed(server: Flask, port: int) -> None:
    """Serve until the process is ended; compress every answer with brotli, once each.

    Remit compresses its files so, too. Others leave it to a proxy.
    """

    @server.after_request
    def compress(response: Response) -> Response:
        response.direct_passthrough = False
        response.set_data(compressed(response.get_data()))
        response.headers["Content-Encoding"] = "br"
        return response

    serve(server, host=HOST, port=port, threads=8)


@contextmanager
def started(command: Sequence[str]) -> Iterator[str]:
    """Run a Python command that serves on the ``--port`` it is given, and yield its address."""
    port = _free_port()
    address = f"http://{HOST}:{port}/"
    with subprocess.Popen(  # noqa: S603  # our own commands
        [sys.executable, *command, "--port", str(port)], stdout=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return once a server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time.
    """
    end = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        try:
            urlopen(address).close()  # noqa: S310  # an address of our own
        except URLError:
            time.sleep(POLL_SECONDS)
        else:
            return
    raise RuntimeError(f"{address} does not answer: {process.args}")
