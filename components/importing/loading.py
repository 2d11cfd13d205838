"""From a path to an organization, by whatever its keeper has set."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from components.importing.import_tables import import_tables
from components.importing.report import Imported
from components.model.organization import Organization
from components.reading.options import Limits, Options
from components.reading.read import read_tables


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where an organization's tables are, and what is set of how they are understood."""

    path: Path
    options: Options = field(default_factory=Options)
    mapping: Mapping[str, str] = field(default_factory=dict)
    """The column of the table of units for each role that is set: ``{"parent": "reports_to"}``."""
    limits: Limits = field(default_factory=Limits)


def import_dataset(dataset: Dataset) -> Imported:
    """Return the organization in a dataset, and how its tables were understood.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    with _without_collecting():
        tables = read_tables(dataset.path, dataset.options, dataset.limits)
        return import_tables(tables, dataset.mapping)


def load_organization(dataset: Dataset) -> Organization:
    """Return the organization in a dataset; its ``problems`` name every fault.

    Raises:
        DataError: it cannot be read, or nothing in it can be drawn.
    """
    return import_dataset(dataset).organization


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: among millions of new objects it takes as long as they do."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
