"""The editions of other moments than the current one: of other days, or of one of two states."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from cachetools import LRUCache

from components.importing.states import StateError
from components.model.moment import Moment
from components.problems import DataError
from components.web.editions import Edition

MAX_MOMENTS = 8
"""Editions that are kept; the least recently used one is dropped first."""
UNUSED_LIFETIME = 60.0
"""Seconds after the last request for an edition in which it is made again if the files change;
visible pages request theirs every 1.2 seconds."""
MAX_UNITS = 2_000_000
"""Units in all of them together; one edition is kept whatever its size."""
BUSY = "Other states are being read; please ask again in some seconds."
UNREADABLE = "This state cannot be read. {}"

Files = TypeVar("Files")


class MomentUnavailableError(RuntimeError):
    """The edition of a moment cannot be made now; the text says why."""


@dataclass(slots=True)
class _Cached(Generic[Files]):
    edition: Edition
    files: Files
    requested_at: float


class OtherMoments(Generic[Files]):
    """Makes editions when they are first asked for, and keeps few; safe to use from any thread.

    Each one costs as much as reading the files at the start. So only one is made at a time, and
    only some requests wait for it.
    """

    def __init__(
        self, make: Callable[[Moment], Edition], files: Callable[[], Files], max_waiting: int
    ) -> None:
        """Take what makes the edition of a moment, or raises a ``DataError``.

        ``files`` returns a value that changes with the files from which it is made.
        """
        self._make = make
        self._files = files
        self._cache = LRUCache[Moment, _Cached[Files]](MAX_UNITS, _size)
        self._lock = threading.Lock()
        """Held while the cache is looked at or changed."""
        self._making = threading.Lock()
        self._waiting = threading.BoundedSemaphore(max_waiting)

    def cached(self, moment: Moment) -> Edition | None:
        """Return the cached edition of a moment, if there is one."""
        with self._lock:
            entry = self._cache.get(moment)
            if entry is None:
                return None
            entry.requested_at = time.monotonic()
            return entry.edition

    def find(self, name: str) -> Edition | None:
        """Return the cached edition of a name, if there is one."""
        with self._lock:
            editions = [entry.edition for entry in self._cache.values()]
        return next((edition for edition in editions if edition.name == name), None)

    def get(self, moment: Moment) -> Edition:
        """Return the edition of a moment; make it, unless it is cached.

        Raises:
            MomentUnavailableError: it is not cached, and too many requests wait for other ones, or
                the files cannot be read.
        """
        if edition := self.cached(moment):
            return edition
        if not self._waiting.acquire(blocking=False):
            raise MomentUnavailableError(BUSY)
        try:
            with self._making:
                # Another request may have made it in the meantime.
                return self.cached(moment) or self._made(moment)
        except DataError as error:
            raise MomentUnavailableError(UNREADABLE.format(error.causes[0])) from error
        finally:
            self._waiting.release()

    def refresh(self) -> None:
        """Drop the editions whose files have changed if they are unused, and make one other again.

        Only one, so that the next change of the files is not kept waiting. If the files cannot be
        read, it stays as it is.
        """
        files, now = self._files(), time.monotonic()
        with self._lock:
            outdated = {
                moment: entry for moment, entry in self._cache.items() if entry.files != files
            }
            for moment, entry in [*outdated.items()]:
                if now - entry.requested_at > UNUSED_LIFETIME:
                    del self._cache[moment], outdated[moment]
        for moment, entry in islice(outdated.items(), 1):
            with self._making:
                try:
                    self._made(moment)
                except (DataError, StateError):
                    self._keep(moment, entry.edition, files)

    def _made(self, moment: Moment) -> Edition:
        files = self._files()  # if they change now, the edition is made again
        edition = self._make(moment)
        with self._lock:
            entry = self._cache.get(moment)
        if entry and entry.edition.name == edition.name:
            entry.edition.since, entry.edition.read_at = edition.since, edition.read_at
            edition = entry.edition  # with all that it has computed
        self._keep(moment, edition, files)
        return edition

    def _keep(self, moment: Moment, edition: Edition, files: Files) -> None:
        with self._lock:
            entry = self._cache.get(moment)
            requested_at = entry.requested_at if entry else time.monotonic()
            self._cache[moment] = _Cached(edition, files, requested_at)


def _size(entry: _Cached[Files]) -> int:
    """Return the part of ``MAX_UNITS`` that one of ``MAX_MOMENTS`` editions takes."""
    return min(max(len(entry.edition.organization), MAX_UNITS // MAX_MOMENTS), MAX_UNITS)
