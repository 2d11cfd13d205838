"""Rendering in this process for a command, and in worker processes for a server.

Workers are not those of ``concurrent.futures``, which would import the program that started them
(Dash and pandas: a second and 100 MB each), and could not be killed one by one when they hang.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from dataclasses import asdict
from pathlib import Path
from queue import Empty, LifoQueue
from shutil import rmtree
from time import monotonic
from typing import IO, cast

from components.export import raster
from components.export.errors import BUSY, REFUSED, BusyError, RenderError
from components.export.pictures import Job
from components.export.renderer_fonts import renderer_font

TRIES = 2
"""How often a picture is tried if its process dies."""
REUSED_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "32000000", "MALLOC_TRIM_THRESHOLD_": "64000000"}
"""Settings of the GNU C library, in bytes, with which a process draws a picture of the usual size
into the memory of the one before. Taking it anew from the system is an eighth of its time."""


class FontFiles:
    """The font as files in a temporary folder, which is deleted with this object."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="remit-"))
        self.close = weakref.finalize(self, rmtree, self.folder, ignore_errors=True)
        self.paths: list[str] = []
        for bold in (False, True):
            path = self.folder / f"{'bold' if bold else 'regular'}.ttf"
            path.write_bytes(renderer_font(bold=bold))
            self.paths.append(str(path))


def render_here(job: Job) -> tuple[bytes, str]:
    """Render a job in this process; see ``Renderer``."""
    fonts = FontFiles()
    try:
        return raster.render(**asdict(job), fonts=fonts.paths)
    finally:
        fonts.close()


class Workers:
    """A pool of ``most`` processes, started when needed; safe to use from several threads."""

    def __init__(self, most: int = 2, seconds: float = 30) -> None:
        self._most, self._seconds = most, seconds
        self._free: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(most):
            self._free.put(None)

    def render(self, job: Job) -> tuple[bytes, str]:
        """Render a job in a worker process; see ``Renderer``.

        Raises:
            BusyError: no process becomes free in time.
            RenderError: the picture cannot be drawn or takes too long, or no process can start.
        """
        try:
            worker = self._free.get(timeout=self._seconds)
        except Empty:
            raise BusyError(BUSY) from None
        try:
            for _ in range(TRIES):
                try:
                    worker = worker or _Worker()
                    return worker.render(job, self._seconds)
                except (_LostError, OSError):
                    if worker:
                        worker.close()
                    worker = None
            raise RenderError(REFUSED)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End all processes, each after its current picture."""
        for worker in [self._free.get() for _ in range(self._most)]:
            if worker:
                worker.close()
            self._free.put(None)


_Pipes = tuple[IO[bytes], IO[bytes]]


class _LostError(Exception):
    """The process ended without a response."""


class _Worker:
    """A process that draws one picture after the other, and ends with this object."""

    def __init__(self) -> None:
        self._fonts = FontFiles()
        # In its own session it does not receive Ctrl-C. It ends when its input is closed.
        process = subprocess.Popen(  # noqa: S603, our own program
            [sys.executable, "-P", raster.__file__, str(self._fonts.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=os.environ | REUSED_MEMORY,
        )
        self._process = process
        self._requests, self._responses = cast("_Pipes", (process.stdin, process.stdout))
        self._end = weakref.finalize(self, _end, process)

    def render(self, job: Job, seconds: float) -> tuple[bytes, str]:
        start = monotonic()
        timer = threading.Timer(seconds, self._process.kill)
        timer.start()
        try:
            return self._response({**asdict(job), "fonts": self._fonts.paths})
        except _LostError:
            if monotonic() - start >= seconds:
                raise RenderError("The picture takes too long to draw.") from None
            raise
        finally:
            timer.cancel()

    def _response(self, request: object) -> tuple[bytes, str]:
        try:
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()
            header = json.loads(self._responses.readline())
        except (OSError, ValueError):
            raise _LostError from None
        data = self._responses.read(header["length"])
        if len(data) < header["length"]:
            raise _LostError
        return data, header["missing"]

    def close(self) -> None:
        self._end()
        self._fonts.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()
