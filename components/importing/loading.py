"""From a path to an organization, with the settings of the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from components.garbage import rare_garbage_collection
from components.importing.column_settings import Choices, FactSettings
from components.importing.import_tables import import_tables
from components.importing.memory import return_large_blocks
from components.importing.progress import OnProgress, Step, unobserved
from components.importing.report import Imported
from components.model.days import today
from components.model.organization import Organization, Records
from components.reading.options import Limits, Options
from components.reading.read import read_tables


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

    @property
    def day(self) -> date:
        """The day of which records with periods are drawn."""
        return self.at or today()


def import_dataset(dataset: Dataset, on_progress: OnProgress = unobserved) -> Imported:
    """Return the organization in a dataset, and how its tables were understood.

    ``on_progress`` is told how far the import is.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    return_large_blocks()
    with rare_garbage_collection():
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
