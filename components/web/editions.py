"""Editions: an organization as it is answered, with all that was made of it; and which is now."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import g, has_app_context

import components
from components.export.options import Subject
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.problems import Problem
from components.search.finder import Finder
from components.settings import Settings
from components.views.static_page import StaticParts
from components.web.cache import ByteBoundedCache

SHOWING = (".py", ".toml")
"""Endings of the files that decide what is shown."""
KEPT_FRAGMENTS = 64_000_000
"""Characters of the fragments written last that are kept in memory."""
KEPT_DRAWN = 32_000_000
"""Characters of what was drawn last for the first HTML that are kept in memory."""
QUICKLY_FOUND = 5_000
"""Units among which questions can be answered after less than a tenth of a second."""
PREPARED_AFTER = 1.0
"""Seconds."""


class Edition:
    """One organization as this program answers it; for use from any thread.

    Whatever is made of it is kept here, so that it goes when the edition goes.
    """

    def __init__(
        self, organization: Organization, settings: Settings, since: datetime | None = None
    ) -> None:
        self.index = OrganizationIndex(organization)
        self.name = edition_of(organization, settings)
        self.read = datetime.now(UTC)
        self.since = since or self.read
        """When its data was first seen. It tells which of two editions is newer, also between
        processes: whoever sees the same file sees its contents in the same order."""
        self.subject = Subject(
            self.index, settings.levels, settings.most_units, settings.public_address
        )
        self.fragments = ByteBoundedCache[str](KEPT_FRAGMENTS, len)
        self.static_parts = ByteBoundedCache[StaticParts](KEPT_DRAWN, len)
        self.texts = ByteBoundedCache[str](KEPT_DRAWN, len)
        """Parts of the page that are the same for every address."""
        self._finder: Finder | None = None
        self._finding = threading.Lock()

    @property
    def organization(self) -> Organization:
        """Return the organization."""
        return self.index.organization

    @property
    def finder(self) -> Finder:
        """What answers questions; made when it is first asked for, which takes a while."""
        with self._finding:
            if self._finder is None:
                self._finder = Finder(self.organization)
            return self._finder

    def prepare(self) -> None:
        """Make what the first question would wait for, once the first views are answered."""
        if len(self.organization) > QUICKLY_FOUND:
            timer = threading.Timer(PREPARED_AFTER, lambda: self.finder)
            timer.daemon = True
            timer.start()

    @property
    def told(self) -> Mapping[str, str | int]:
        """What a page has to know of the edition to go over to it."""
        return {
            "version": self.name,
            "since": int(self.since.timestamp() * 1000),
            "top": self.organization.units["id"][0],
        }


@cache
def _program() -> bytes:
    """Return a digest of all of this program that decides what is shown."""
    digest = hashlib.sha256()
    for path in sorted(Path(components.__file__).parent.rglob("*.*")):
        if path.suffix in SHOWING:
            digest.update(path.read_bytes())
    return digest.digest()


def edition_of(organization: Organization, settings: Settings) -> str:
    """Return a name for what this program shows of an organization under these settings."""
    digest = hashlib.sha256(organization.version.encode())
    digest.update(f"{settings.levels} {settings.most_units}".encode())
    digest.update(_program())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why what the dataset has now is not shown."""

    problems: tuple[Problem, ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How things stand; replaced as a whole, so that what is read of it at once fits together."""

    editions: tuple[Edition, ...]
    """What is answered for; the current one first."""
    refused: Refusal | None = None

    @property
    def current(self) -> Edition:
        """What is shown."""
        return self.editions[0]

    def find(self, name: str) -> Edition | None:
        """Return the edition of a name, if it is still or already answered for."""
        return next((each for each in self.editions if each.name == name), None)


class Editions:
    """The editions that are answered for: here the one of an organization that never changes."""

    follows = False
    """Whether there may be another one while a page is open."""

    def __init__(self, first: Edition) -> None:
        self.snapshot = Snapshot((first,))
        self._begun = threading.Lock()
        self._process: int | None = None
        """In which the first request has come: a server may load this and fork then, and threads
        stay behind."""

    @property
    def current(self) -> Edition:
        """The edition that is shown now; within a request, the one that it has begun with."""
        if not has_app_context():
            return self.snapshot.current
        if "edition" not in g:
            g.edition = self.snapshot.current
        edition: Edition = g.edition
        return edition

    def find(self, name: str) -> Edition | None:
        """Return the edition of a name, if it is answered for."""
        return self.snapshot.find(name)

    def begin(self) -> None:
        """Be ready for requests; the first one in a process starts what goes on beside them."""
        if self._process != os.getpid():
            with self._begun:
                if self._process != os.getpid():
                    self._start()
                    self._process = os.getpid()

    def _start(self) -> None:
        self.snapshot.current.prepare()


def editions_of(shown: Organization | Editions, settings: Settings) -> Editions:
    """Return editions as they are, or of an organization that never changes."""
    return shown if isinstance(shown, Editions) else Editions(Edition(shown, settings))
