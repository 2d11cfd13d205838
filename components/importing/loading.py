"""From a path to an organization, with the settings of the user."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.model.organization import Organization
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


def import_dataset(dataset: Dataset) -> Imported:
    """Return the organization in a dataset, and how its tables were understood.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    with _rare_garbage_collection():
        tables = read_tables(dataset.path, dataset.options, dataset.limits)
        return import_tables(tables, dataset.mapping, dataset.at, dataset.options.sheet)


def load_organization(dataset: Dataset) -> Organization:
    """Return the organization in a dataset; its ``problems`` name every fault.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    return import_dataset(dataset).organization


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
