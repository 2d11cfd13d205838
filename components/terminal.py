"""What the command line tells about every dataset: how far its import is, and its size."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from components.importing.progress import OnProgress, unobserved
from components.model.organization import Organization

if TYPE_CHECKING:
    from rich.progress import Progress

PROGRESS_DELAY = 1.0
"""Seconds before the progress bar appears."""


@contextmanager
def waiting(activity: str) -> Iterator[OnProgress]:
    """Show a progress bar on a terminal if an activity takes longer than a second.

    Yields what moves the bar.
    """
    if not sys.stderr.isatty():
        yield unobserved
        return
    bar = _Bar(activity)
    timer = threading.Timer(PROGRESS_DELAY, bar.show)
    timer.start()
    try:
        yield bar.move
    finally:
        timer.cancel()
        timer.join()
        bar.hide()


class _Bar:
    """A progress bar that may be moved before it is shown."""

    def __init__(self, activity: str) -> None:
        self._activity = activity
        self._step, self._share = "", 0.0
        self._progress: Progress | None = None

    def show(self) -> None:
        # Most activities are short, and would take longer with an import for a bar.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, Progress, SpinnerColumn  # noqa: PLC0415

        columns = (SpinnerColumn(), "{task.description}", BarColumn(), "{task.fields[step]}")
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        progress.add_task(self._activity, total=1.0, step="")
        self._progress = progress
        self.move(self._step, self._share)
        progress.start()

    def move(self, step: str, share: float) -> None:
        self._step, self._share = step, share
        if self._progress:
            (task,) = self._progress.task_ids
            self._progress.update(task, completed=share, step=step)

    def hide(self) -> None:
        if self._progress:
            self._progress.stop()


def summary_of(organization: Organization) -> str:
    """Return the size of an organization in one line: "Harbour: 7 units, 3 levels"."""
    units, levels = organization.count(), organization.levels
    return f"{organization.about.title}: {_counted(units, 'unit')}, {_counted(levels, 'level')}"


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'s' if count != 1 else ''}"
