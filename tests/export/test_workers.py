"""Drawing processes: a server survives those that are killed, slow or refused."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import NoReturn

import pytest

from components.export import raster
from components.export.errors import BusyError, RenderError
from components.export.pictures import Job
from components.export.workers import FontFiles, Workers, render_here


def job(text: str, *, width: int = 200) -> Job:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
        f'<rect width="200" height="100" fill="#fff"/><text x="9" y="50">{text}</text></svg>'
    )
    return Job(svg, "png", width, width // 2, width / 200, width / 200, "")


SLOW = job("slow", width=16_000)
"""Takes more than a second."""


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()


def processes() -> set[int]:
    """Return the ids of the drawing processes that this one started."""
    ids = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_text()
        except OSError:
            continue  # it ended meanwhile
        if parent == os.getpid() and raster.__file__ in command:
            ids.add(int(path.name))
    return ids


def test_workers_return_the_same_as_this_process(workers: Workers) -> None:
    assert workers.render(job("Harbour")) == render_here(job("Harbour"))


def test_no_process_starts_before_it_is_needed(workers: Workers) -> None:
    assert processes() == set()
    workers.render(job("Harbour"))
    assert len(processes()) == 1


def test_concurrent_callers_get_their_own_pictures(workers: Workers) -> None:
    jobs = [job(f"caller {number}") for number in range(20)]

    with ThreadPoolExecutor(20) as callers:
        drawn = list(callers.map(workers.render, jobs))

    assert drawn == [render_here(job) for job in jobs]
    assert len({data for data, _ in drawn}) == 20
    assert len(processes()) == 2


def test_a_killed_process_is_replaced(workers: Workers) -> None:
    workers.render(job("Harbour"))
    (process,) = processes()

    os.kill(process, signal.SIGKILL)

    assert workers.render(job("Harbour")) == render_here(job("Harbour"))
    assert processes()
    assert process not in processes()


def test_a_picture_is_drawn_again_if_its_process_is_killed(workers: Workers) -> None:
    workers.render(job("Harbour"))

    with ThreadPoolExecutor(1) as caller:
        drawn = caller.submit(workers.render, SLOW)
        while not drawn.running():
            pass
        for process in processes():
            os.kill(process, signal.SIGKILL)
        data, _ = drawn.result()

    assert data.startswith(b"\x89PNG")
    assert len(data) > 10_000


def test_a_process_that_dies_twice_is_an_error_and_the_next_picture_is_drawn(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(RenderError, match=r"^The picture could not be drawn\.$"):
        workers.render(job("Harbour"))

    monkeypatch.undo()
    assert workers.render(job("Harbour"))


def test_a_full_disk_is_an_error_and_the_next_picture_is_drawn(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(RenderError, match=r"^The picture could not be drawn\.$"):
        workers.render(job("Harbour"))

    monkeypatch.undo()
    assert workers.render(job("Harbour"))


def test_a_slow_process_is_killed_and_the_next_picture_is_drawn() -> None:
    workers = Workers(seconds=3)
    workers.render(job("Harbour"))
    (slow,) = processes()
    os.kill(slow, signal.SIGSTOP)

    with pytest.raises(RenderError, match="takes too long"):
        workers.render(job("Harbour"))

    assert processes() == set()
    assert workers.render(job("Harbour"))
    workers.close()


def test_waiting_too_long_for_a_free_process_is_an_error() -> None:
    workers = Workers(most=1, seconds=0.1)
    taken = workers._free.get()

    with pytest.raises(BusyError, match=r"^Many pictures are being drawn; please ask again "):
        workers.render(job("Harbour"))

    workers._free.put(taken)
    workers.close()


def test_an_invalid_picture_is_an_error_and_the_next_picture_is_drawn(
    workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RenderError, match=r"^The picture could not be drawn\.$"):
        workers.render(job("a < b"))

    assert "Traceback" in capfd.readouterr().err
    assert workers.render(job("Harbour"))


def test_processes_end_on_close_and_start_again_when_needed(workers: Workers) -> None:
    workers.render(job("Harbour"))
    workers.close()
    assert processes() == set()

    assert workers.render(job("Harbour"))


def test_processes_end_with_their_owner() -> None:
    workers = Workers()
    workers.render(job("Harbour"))

    del workers

    assert processes() == set()


def test_font_files_are_deleted() -> None:
    fonts = FontFiles()
    paths = [Path(path) for path in fonts.paths]
    assert [path.stat().st_size > 10_000 for path in paths] == [True, True]
    assert paths[0].parent.stat().st_mode & 0o077 == 0

    fonts.close()

    assert not paths[0].parent.exists()


DIES = """
import os, signal
from components.export.pictures import Job
from components.export.workers import Workers
workers = Workers()
workers.render(Job('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
                   "png", 9, 9, 1, 1, ""))
print(workers._free.get()._fonts.folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_server_leaves_no_processes_and_no_font_files() -> None:
    done = subprocess.run(  # noqa: S603, our own program
        [sys.executable, "-c", DIES], capture_output=True, text=True, check=False
    )
    folder = Path(done.stdout.strip())

    assert done.returncode == -signal.SIGKILL
    assert folder.name.startswith("remit-")
    begun = monotonic()
    while folder.exists() and monotonic() - begun < 10:
        sleep(0.01)
    assert not folder.exists()


def test_a_worker_process_loads_few_libraries() -> None:
    listing = "import runpy, sys; runpy.run_path(sys.argv[1]); print(*sys.modules)"
    done = subprocess.run(  # noqa: S603, our own program
        [sys.executable, "-P", "-c", listing, raster.__file__],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "resvg" in loaded
    assert not loaded & {"components", "pandas", "numpy", "dash", "flask", "plotly", "fontTools"}
