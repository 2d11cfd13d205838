"""From a path to an organization, with the settings of the user."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from components.importing.column_settings import Choices, FactSettings
from components.importing.import_tables import import_tables
from components.importing.progress import OnProgress, Step, unobserved
from components.importing.report import Imported
from components.model.organization import Organization, Records
from components.reading.options import Limits, Options
from components.reading.read import read_tables

GC_THRESHOLD = 100_000
"""New objects after which garbage is collected while a dataset is loaded; Python's own is 700."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where the tables of an organization are, and the settings for reading them."""

    path: Path
    options: Options = field(default_factory=Options)
    mapping: Mapping[str, str] = field(default_factory=dict)
    """The column of the table of units for each role that is set: ``{"parent": "reports_to"}``."""
    limits: Limits = field(default_factory=Limits)
    at: date | None = None
    """The day of which records with periods are drawn; None for today."""
    facts: FactSettings = field(default_factory=FactSettings)
    """What the cells of further columns are."""
    drawn: str = ""
    """Which of two hierarchies is drawn: ``units`` or ``people``; empty for the default."""
    title: str = ""
    """The title of the organization; empty for that of the data."""
    records: Records | None = None
    """What the page calls the units; None if the data say it."""


def import_dataset(dataset: Dataset, on_progress: OnProgress = unobserved) -> Imported:
    """Return the organization in a dataset, and how its tables were understood.

    ``on_progress`` is told how far the import is.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    with _rare_garbage_collection():
        bytes_read = _BytesRead(dataset.path, on_progress)
        options = replace(dataset.options, on_bytes=bytes_read.add)
        tables = read_tables(dataset.path, options, dataset.limits)
        choices = Choices(
            dataset.mapping,
            dataset.at,
            options.sheet,
            dataset.facts,
            dataset.drawn,
            dataset.title,
            dataset.records,
        )
        return import_tables(tables, choices, on_progress)


def load_organization(dataset: Dataset, on_progress: OnProgress = unobserved) -> Organization:
    """Return the organization in a dataset; its ``problems`` name every fault.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    return import_dataset(dataset, on_progress).organization


@dataclass
class _BytesRead:
    """Reports which share of a file, or of the files of a folder, has been read."""

    path: Path
    on_progress: OnProgress
    count: int = 0

    @cached_property
    def _size(self) -> int:
        files = self.path.iterdir() if self.path.is_dir() else (self.path,)
        return sum(file.stat().st_size for file in files if file.is_file())

    def add(self, count: int) -> None:
        """Add bytes that have been read; there may be more than in the file if it is packed."""
        self.count += count
        Step.READ.report(self.on_progress, min(1.0, self.count / max(1, self._size)))


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """Collect garbage less often, in all threads of the process.

    A load makes up to millions of objects that stay. At Python's own threshold the collector
    traverses them again and again: for 200,000 units with three responsibilities each, that is
    two fifths of the time, and other threads stop for up to a second.
    """
    threshold, *others = gc.get_threshold()
    # The collector may be off (0), or another load that has raised the threshold will restore it.
    if not 0 < threshold < GC_THRESHOLD:
        yield
        return
    gc.set_threshold(GC_THRESHOLD, *others)
    try:
        yield
    finally:
        gc.set_threshold(threshold, *others)
