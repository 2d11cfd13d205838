"""Frozen pages for the browser tests: a folder on a plain file server, and a single file."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from components.importing.progress import unobserved
from components.model.moment import NOW
from components.settings import Settings
from components.web.frozen.freezing import freeze

PAUSE = 0.5
MANY = 1_000


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Log nothing."""


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    """Serve a folder as ``python -m http.server`` does; yield the address with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def frozen(dataset: Path, path: Path, **settings: Any) -> Path:
    """Freeze a dataset, as a folder or as a file."""
    all_settings = Settings(dataset=dataset, **settings)
    shown = all_settings.states.dated(MANY) or all_settings.states.load(NOW).organization
    freeze(shown, all_settings, path, unobserved)
    return path


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a path that the first of several test processes makes, and the others wait for."""
    base = factory.getbasetemp()
    base = base.parent if base.name.startswith("popen") else base
    path, done = base / name, base / f"{name}.done"
    try:
        (base / f"{name}.begun").touch(exist_ok=False)
    except FileExistsError:
        while not done.exists():
            time.sleep(PAUSE)
        return path
    make(path)
    done.touch()
    return path
