"""The cache of a dataset: what its import made is read instead of made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from time import perf_counter
from typing import Any

from components.cache_folder import CacheEntry, CacheFolder
from components.garbage import rare_garbage_collection
from components.importing.loading import Dataset, import_dataset
from components.importing.progress import OnProgress, unobserved
from components.importing.report import Imported
from components.model.organization import Organization, Rows
from components.pickles import read_parts, write_parts
from components.problems import DataError
from components.reading.read import files_read

WORTH_KEEPING = 0.5
"""Seconds of an import; one that takes less is quicker than the start of the program itself."""
COLUMNS = ("units", "facts")
"""Fields of an organization that have a large part for each column."""
IMPORT, SEARCH = "import", "search"
"""How the names of the entries begin."""
FILE = "parts"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files of a dataset contain on a day, and how long it took to find out."""

    imported: Imported
    day: date
    seconds: float
    from_cache: bool
    files: str
    """The digest of the files from which it was made; empty if it is not known."""

    @property
    def organization(self) -> Organization:
        """The organization."""
        return self.imported.organization


class DatasetCache:
    """Imports one dataset, or reads what an earlier import of the same contents has made.

    Two entries are kept for a path with its settings: the import, and the index of the search. They
    are of the last contents that were kept.
    """

    def __init__(self, dataset: Dataset, folder: CacheFolder | None) -> None:
        """Without a folder nothing is kept."""
        self._dataset = dataset
        self._folder = folder

    @property
    def search_entry(self) -> CacheEntry | None:
        """The place for the index of the search; None if nothing is kept."""
        return self._entry(SEARCH)

    def load(self, day: date, on_progress: OnProgress = unobserved) -> Loaded:
        """Return what the files contain on a day.

        Raises:
            DataError: they cannot be read, or nothing in them can be drawn.
        """
        begun = perf_counter()
        entry, imported = self._entry(IMPORT), None
        files = self._digest_of_files() if entry else ""
        if entry and files:
            with rare_garbage_collection():
                imported = entry.read({files, _of_day(files, day)}, _read)
        from_cache = imported is not None
        if imported is None:
            imported = import_dataset(replace(self._dataset, at=day), on_progress)
        return Loaded(imported, day, perf_counter() - begun, from_cache, files)

    def keep(self, loaded: Loaded) -> None:
        """Keep an import that took long, unless the files have changed since it began.

        If its records have periods, it is kept for its day.
        """
        entry = self._entry(IMPORT)
        if entry is None or loaded.from_cache or loaded.seconds < WORTH_KEEPING:
            return
        if loaded.files and loaded.files == self._digest_of_files():
            has_periods = loaded.organization.has_periods
            key = _of_day(loaded.files, loaded.day) if has_periods else loaded.files
            entry.write(key, lambda folder: write_parts(folder / FILE, _parts(loaded.imported)))

    def _entry(self, of: str) -> CacheEntry | None:
        return CacheEntry(self._folder, f"{of}-{self._name}") if self._folder else None

    @cached_property
    def _name(self) -> str:
        """The path of the dataset and all that is set for reading it, as a digest."""
        dataset = replace(self._dataset, path=self._dataset.path.absolute())
        return hashlib.sha256(repr(dataset).encode()).hexdigest()[:16]

    def _digest_of_files(self) -> str:
        """Return a digest of the names and contents of the files; empty if they are not all there.

        Then the import says what is wrong.
        """
        path = self._dataset.path
        with suppress(OSError, ValueError, RuntimeError, DataError):
            digest = hashlib.sha256(repr(path.resolve().name).encode())
            for file in files_read(path, self._dataset.limits):
                with file.open("rb") as content:
                    contents = hashlib.file_digest(content, "sha256").digest()
                digest.update(repr(file.name).encode() + contents)
            return digest.hexdigest()
        return ""


def _of_day(files: str, day: date) -> str:
    """Return the key of files whose records have periods."""
    return f"{files} {day}"


def _parts(imported: Imported) -> Iterator[object]:
    yield imported.tables
    for field in fields(Organization):
        value = getattr(imported.organization, field.name)
        if field.name in COLUMNS:
            yield [*value]
            yield from value.values()
        elif isinstance(value, Rows) and value.rows:
            # Tuples of cells are written and read in less than half the time of the rows.
            row = type(value.rows[0])
            yield row
            yield [*map(attrgetter(*(column.name for column in fields(row))), value.rows)]
            yield value.first
        else:
            yield value


def _read(folder: Path) -> Imported:
    parts = read_parts(folder / FILE)
    tables = next(parts)
    values = {field.name: _value(field.name, parts) for field in fields(Organization)}
    return Imported(Organization(**values), tables)


def _value(name: str, parts: Iterator[Any]) -> Any:
    """Return a field of an organization from its parts."""
    part = next(parts)
    if name in COLUMNS:
        return {column: next(parts) for column in part}
    if isinstance(part, type):
        return Rows([*starmap(part, next(parts))], next(parts))
    return part
