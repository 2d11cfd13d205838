"""Who renders: this process for a command, processes of their own for a server.

Those are none of ``concurrent.futures``: they would import the program that started them (Dash and
pandas, a second and 100 MB each), and one that hangs could not be ended without all others.
"""

from __future__ import annotations

import json
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

from components.diagrams.fonts import drawing_font
from components.export import raster
from components.export.pictures import REFUSED, BusyError, Job, RenderError

TRIES = 2
"""A picture whose process was killed is begun once more."""


class FontFiles:
    """The font as files in a folder of our own, which ends with this object."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="remit-"))
        self.close = weakref.finalize(self, rmtree, self.folder, ignore_errors=True)
        self.paths: list[str] = []
        for bold in (False, True):
            path = self.folder / f"{'bold' if bold else 'regular'}.ttf"
            path.write_bytes(drawing_font(bold=bold))
            self.paths.append(str(path))


def render_here(job: Job) -> tuple[bytes, str]:
    """Return a file, and which of the job's ``foreign`` characters no font can draw."""
    fonts = FontFiles()
    try:
        return raster.render(**asdict(job), fonts=fonts.paths)
    finally:
        fonts.close()


class Workers:
    """At most so many processes, each started when it is needed; for use from any thread."""

    def __init__(self, most: int = 2, seconds: float = 30) -> None:
        self._most, self._seconds = most, seconds
        self._free: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(most):
            self._free.put(None)

    def render(self, job: Job) -> tuple[bytes, str]:
        """Return a file, and which of the job's ``foreign`` characters no font can draw.

        Raises:
            RenderError: it cannot be drawn or takes too long, or no process is free or can begin.
        """
        try:
            worker = self._free.get(timeout=self._seconds)
        except Empty:
            raise BusyError(
                "Many pictures are being drawn; please ask again in some seconds."
            ) from None
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
        """End the processes, each after the picture that it draws."""
        for worker in [self._free.get() for _ in range(self._most)]:
            if worker:
                worker.close()
            self._free.put(None)


_Pipes = tuple[IO[bytes], IO[bytes]]


class _LostError(Exception):
    """The process ended without an answer."""


class _Worker:
    """A process that draws one picture after the other; it ends with this object."""

    def __init__(self) -> None:
        self._fonts = FontFiles()
        # A session of its own: Ctrl-C is the server's to handle. It ends when its input does.
        process = subprocess.Popen(  # noqa: S603, our own program
            [sys.executable, "-P", raster.__file__, str(self._fonts.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._process = process
        self._asked, self._answers = cast("_Pipes", (process.stdin, process.stdout))
        self._end = weakref.finalize(self, _end, process)

    def render(self, job: Job, seconds: float) -> tuple[bytes, str]:
        begun = monotonic()
        limit = threading.Timer(seconds, self._process.kill)
        limit.start()
        try:
            return self._answer({**asdict(job), "fonts": self._fonts.paths})
        except _LostError:
            if monotonic() - begun >= seconds:
                raise RenderError("The picture takes too long to draw.") from None
            raise
        finally:
            limit.cancel()

    def _answer(self, question: object) -> tuple[bytes, str]:
        try:
            self._asked.write(json.dumps(question).encode() + b"\n")
            self._asked.flush()
            head = json.loads(self._answers.readline())
        except (OSError, ValueError):
            raise _LostError from None
        data = self._answers.read(head["length"])
        if len(data) < head["length"]:
            raise _LostError
        return data, head["missing"]

    def close(self) -> None:
        self._end()
        self._fonts.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()
