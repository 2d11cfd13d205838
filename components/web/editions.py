"""Editions: an organization as this program answers it, with everything computed from it."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
from flask import g, has_app_context

from components.cache_folder import CacheEntry
from components.garbage import rare_garbage_collection
from components.importing.states import StateError
from components.model.index import OrganizationIndex
from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.problems import Problem
from components.program import PROGRAM, digest_of_files
from components.search.finder import Finder
from components.settings import Settings
from components.view_state import AT, BEFORE, InvalidValueError
from components.views.static_page import StaticParts
from components.web.cache import ByteBoundedCache
from components.web.compression import CompressedText

FRAGMENTS_CACHE_SIZE = 32_000_000
"""Bytes of compressed JSON in the memory of an edition."""
PAGES_CACHE_SIZE = 32_000_000
"""Bytes of compressed pages."""
HTML_CACHE_SIZE = 32_000_000
"""Characters of HTML in each of its other caches."""
LARGE_ORGANIZATION = 5_000
"""Units; with more of them, building the search index takes over a tenth of a second."""
INDEXING_DELAY = 1.0
"""Seconds in which the first pages are answered before the index is built."""
EARLY_UNITS = 20_000
"""Units that are searched until the index of all is built: an index of so many takes half a
second, and is what the first search waits for."""


class Edition:
    """An organization as this program answers it; safe to use from any thread.

    Everything computed from the organization is cached here, so that it is freed with the edition.
    """

    def __init__(
        self,
        organization: Organization,
        settings: Settings,
        since: datetime | None = None,
        search_entry: CacheEntry | None = None,
        index: OrganizationIndex | None = None,
    ) -> None:
        """``search_entry`` is where the search index of a large organization is kept.

        ``index`` is the one of a page that offers less than others.
        """
        self.organization = organization
        self.moment = NOW
        """The moment that it shows."""
        self.index = OrganizationIndex(organization) if index is None else index
        self.name = edition_name(organization, settings)
        self.read_at = datetime.now(UTC)
        self.since = since or self.read_at
        """When its data was first seen; the edition with the later time is the newer one. This
        holds between processes, too: all see the contents of a file in the same order."""
        self.fragments = ByteBoundedCache[CompressedText](FRAGMENTS_CACHE_SIZE, len)
        self.pages = ByteBoundedCache[CompressedText](PAGES_CACHE_SIZE, len)
        self.static_parts = ByteBoundedCache[StaticParts](HTML_CACHE_SIZE, len)
        self.texts = ByteBoundedCache[str](HTML_CACHE_SIZE, len)
        """Parts of the page that are the same for every address."""
        self._search_entry = search_entry if self.is_large else None
        self._finder: Finder | None = None
        self._finder_lock = threading.Lock()
        self._early_finder: Finder | None = None
        self._early_finder_lock = threading.Lock()
        self._is_preparing = False

    @property
    def finder(self) -> Finder:
        """Return the search; its index is made at the first use, or read from the cache."""
        with self._finder_lock:
            if self._finder is None:
                with rare_garbage_collection():
                    self._finder = Finder(self.organization, self._search_entry)
            return self._finder

    @property
    def is_large(self) -> bool:
        """Return whether it takes a while to build the search index."""
        return len(self.organization) > LARGE_ORGANIZATION

    def finder_at_hand(self) -> tuple[Finder, bool]:
        """Return a search that need not be waited for, and whether it finds all units.

        While the index of a large organization is being built, it finds those near the top only.
        """
        if self._finder is not None or len(self.organization) <= EARLY_UNITS:
            return self.finder, True
        self.warm_up()
        with self._early_finder_lock:
            if self._early_finder is None:
                by_depth = np.argsort(self.organization.depth, kind="stable")
                units = np.sort(by_depth[:EARLY_UNITS]).tolist()
                self._early_finder = Finder(self.organization, units=units)
            return self._early_finder, False

    def warm_up(self) -> None:
        """Build the search index of a large organization soon, in the background."""
        if self.is_large and not self._is_preparing:
            self._is_preparing = True
            timer = threading.Timer(INDEXING_DELAY, self._prepare)
            timer.daemon = True
            timer.start()

    def _prepare(self) -> None:
        try:
            _ = self.finder
            self._early_finder = None
        finally:
            self._is_preparing = False  # after an error, the next search tries again

    def as_dict(self) -> Mapping[str, str | int]:
        """Return the edition as JSON, for pages to switch to it if it is newer than theirs."""
        return {
            "version": self.name,
            "since": int(self.since.timestamp() * 1000),
            "top": self.organization.units["id"][0],
        }


def edition_name(organization: Organization, settings: Settings, program: Path = PROGRAM) -> str:
    """Return a name that changes whenever an answer may: with data, settings and the program.

    Assets are not covered: no answer contains them, and their own addresses are dated.
    """
    digest = hashlib.sha256(organization.version.encode())
    for section in settings.panel_sections:
        digest.update(hashlib.sha256(section.version.encode()).digest())
    digest.update(digest_of_files(program))
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why the present contents of the dataset are not shown."""

    problems: tuple[Problem, ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the server; replaced as a whole, so that its parts always fit together."""

    editions: tuple[Edition, ...]
    """The editions that are served, the current one first."""
    refused: Refusal | None = None

    @property
    def current(self) -> Edition:
        """Return the edition that is shown."""
        return self.editions[0]

    def find(self, name: str) -> Edition | None:
        """Return the edition of a name; None if it is not served."""
        return next((edition for edition in self.editions if edition.name == name), None)


Found = TypeVar("Found", bound=Edition | None)


class Editions:
    """The editions that are served; only one if the organization never changes."""

    follows = False
    """Whether the current edition may be replaced while a page is open."""
    has_files = False
    """Whether the files are at hand, so that other days are shown if records have periods."""
    is_compared = False
    """Whether an earlier state is set with which the dataset is compared."""
    days: Sequence[date] = ()
    """The days of the states of a folder, the earliest first; empty if it has no such states."""

    def __init__(self, first: Edition) -> None:
        self.snapshot = Snapshot((first,))
        self._start_lock = threading.Lock()
        self._started_in: int | None = None
        """Id of the process. A WSGI server may load the application and then fork, which leaves
        threads behind; so each process starts its own."""

    @property
    def current(self) -> Edition:
        """Return the edition that is shown; the same from the beginning to the end of a request."""
        if not has_app_context():
            return self.snapshot.current
        editions: dict[Editions, Edition] = g.setdefault("remit_editions", {})
        return editions.setdefault(self, self.snapshot.current)

    def find(self, name: str) -> Edition | None:
        """Return the edition of a name; None if it is not served."""
        return self.snapshot.find(name)

    def on(self, moment: Moment) -> Edition:
        """Return the edition of a moment; the current one for what there is only once.

        Raises:
            InvalidValueError: there are no records of that day.
            MomentUnavailableError: the edition cannot be made now; see ``other_moments.py``.
        """
        return self._on(moment, self._of_other_moment)

    def cached(self, moment: Moment) -> Edition | None:
        """Return the edition of a moment like ``on``, but None if it is yet to be made.

        Raises:
            InvalidValueError: there are no records of that day.
        """
        return self._on(moment, self._cached_of_other_moment)

    def _on(self, moment: Moment, find: Callable[[Moment], Found]) -> Edition | Found:
        moment = self._as_it_is(moment)
        if moment == NOW:
            return self.current
        try:
            edition = find(moment)
        except StateError as error:
            raise InvalidValueError(str(error)) from error
        if edition is not None and edition.organization.has_periods:
            _check_days(moment, edition.organization)
        return edition

    def _as_it_is(self, moment: Moment) -> Moment:
        """Return a moment without what makes no difference."""
        organization = self.current.organization
        is_dated = organization.has_periods or bool(self.days)
        at = moment.at if is_dated and moment.at != organization.day else None
        before = moment.before if is_dated else None
        is_compared = self.is_compared or before is not None
        return Moment(at, before, moment.shown if is_compared else Shown.BOTH)

    def _of_other_moment(self, _moment: Moment) -> Edition:
        """Return another edition; without the files there is only the current one."""
        return self.current

    def _cached_of_other_moment(self, moment: Moment) -> Edition | None:
        """Return the same, but None if it is yet to be made."""
        return self._of_other_moment(moment)

    def ensure_started(self) -> None:
        """Start the background work of this process, unless it has been started."""
        if self._started_in != os.getpid():
            with self._start_lock:
                if self._started_in != os.getpid():
                    self._start()
                    self._started_in = os.getpid()

    def _start(self) -> None:
        self.snapshot.current.warm_up()


def _check_days(moment: Moment, organization: Organization) -> None:
    """Raise an ``InvalidValueError`` if a day of a moment has no records."""
    history = organization.history
    days = {AT: (moment.at, organization.day)}
    if history:
        days[BEFORE] = (moment.before, history.comparison.before.day)
    elif moment.shown is Shown.BEFORE:
        days = {BEFORE: (moment.before, organization.day)}
    for name, (wanted, found) in days.items():
        if wanted not in {None, found}:
            raise InvalidValueError(
                f"{name.capitalize()} must be a day that has records; {wanted} has none."
            )
