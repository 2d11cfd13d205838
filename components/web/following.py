"""Following the dataset: whenever its files change, another edition takes the place of the last.

The files are looked at again and again: unlike what systems tell of changes, this works on every
disk, also of another machine, for folders, links and files that are put in the place of others.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.importing.loading import load_organization
from components.model.organization import Organization
from components.problems import DataError, Problem, ProblemKind, Severity
from components.settings import Settings
from components.web.editions import Edition, Editions, Refusal, Snapshot, edition_of

LOOK_EVERY = 0.25
"""Seconds."""
PATIENCE = 1.5
"""Seconds for which a request waits until what it asks for may have been read."""
FRESH, MAX_PATIENCE = 2.0, 30.0
"""Seconds since a file was written in which it may be written still, and for which a server that
starts waits for one that is written again and again."""
MAX_PREVIOUS = 2
"""Editions that are still answered for when another one has taken their place, ..."""
REMEMBERED = 60.0
"""... for so many seconds: by then every page that is seen has gone over to the new one."""
UNREAD = {
    ProblemKind.CUT_SHORT,
    ProblemKind.EMPTY,
    ProblemKind.NO_FILE,
    ProblemKind.UNKNOWN_FORMAT,
    ProblemKind.UNREADABLE,
}
"""Problems of a table that is drawn without: while another state stands that has it, none of these
is better. It is likely being written."""
MAX_FILES = 2_000
"""Files of a folder that are looked at."""

Signature = tuple[tuple[str, int, int, int, int], ...]
"""Of each file its path, when it was written and changed, its size, its number on the disk."""

_log = logging.getLogger(__name__)


def signature(path: Path) -> Signature:
    """Return what changes whenever a file does, or any file of a folder; empty if none is there."""
    if path.name == "datapackage.json":
        path = path.parent
    signed = []
    for each in _files(path):
        try:
            stat = each.stat()
        except OSError:
            continue
        entry = (str(each), stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        signed.append(entry)
        if len(signed) == MAX_FILES:
            break
    return tuple(signed)


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files of a folder in their order; what is hidden is no data."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


class DatasetFollower(Editions):
    """The editions of a dataset whose files may change; for use from any thread.

    What cannot be read leaves the last good edition snapshot, with the reason as ``refused``.

    Raises:
        DataError: there is nothing to begin with: it cannot be read.
    """

    follows = True

    def __init__(self, settings: Settings) -> None:
        self._dataset = settings.source
        self._settings = settings
        self._since = datetime.now(UTC)
        """When these were first seen."""
        self._looked = threading.Condition()
        self._asked_at = self._replaced_at = 0.0
        self._ended = threading.Event()
        super().__init__(Edition(self._first(), settings, self._since))

    def _first(self) -> Organization:
        """Return what is there to begin with; wait for what is just being written."""
        until = time.monotonic() + MAX_PATIENCE
        while True:
            self._seen = self._read = signature(self._dataset.path)
            try:
                return load_organization(self._dataset)
            except DataError:
                written = max((entry[1] for entry in self._seen), default=0)
                is_fresh = time.time_ns() - written < FRESH * 1e9
                if not is_fresh or time.monotonic() > until:
                    raise
            time.sleep(LOOK_EVERY)

    def find(self, name: str) -> Edition | None:
        """Return the edition of a name.

        Where it is not known, another process may have read what has just been written; then wait
        for it, if there is something to be read here too.
        """
        edition = self.snapshot.find(name)
        if edition is None:
            self._catch_up()
            edition = self.snapshot.find(name)
        return edition

    def _catch_up(self) -> None:
        """Wait until what is to be read has been, or for as long as anybody would.

        Requests look at the files themselves, but no more often than is done anyhow.
        """
        wanted, now = self._seen, time.monotonic()
        if now - self._asked_at >= LOOK_EVERY:
            self._asked_at = now
            wanted = signature(self._dataset.path)
        with self._looked:
            self._looked.wait_for(lambda: self._read == wanted, PATIENCE)

    def _start(self) -> None:
        super()._start()
        threading.Thread(target=self._follow, name="following", daemon=True).start()
        self._catch_up()  # what was loaded may have been long ago

    def end(self) -> None:
        """Follow no more; what stands goes on to be shown."""
        self._ended.set()

    def _follow(self) -> None:
        while not self._ended.is_set():
            try:
                self.look()
            except Exception:  # noqa: BLE001  # the page goes on following, whatever happens
                _log.exception("Looking at %s failed.", self._dataset.path)
            self._ended.wait(LOOK_EVERY)

    def look(self) -> None:
        """Look at the files; read them if they are others and have stood still since last time."""
        now = signature(self._dataset.path)
        if now != self._seen:
            self._seen = now
            # Never back, also where the clock goes back.
            self._since = max(datetime.now(UTC), self._since + timedelta(milliseconds=1))
        elif now != self._read:
            self._take(now)
        self._forget()

    def _take(self, now: Signature) -> None:
        """Read the files, and let what they say stand; unless they change under the reading."""
        said = self._what_they_say()
        if signature(self._dataset.path) != now:
            return
        if isinstance(said, Organization):
            self.snapshot = self._with(said)
        else:
            self.snapshot = Snapshot(self.snapshot.editions, Refusal(said, datetime.now(UTC)))
        with self._looked:
            self._read = now
            self._looked.notify_all()

    def _what_they_say(self) -> Organization | tuple[Problem, ...]:
        """Return the organization in the files, or why what stands is better than that."""
        try:
            organization = load_organization(self._dataset)
        except DataError as error:
            return error.problems
        except Exception as error:  # noqa: BLE001  # it is told, and what stands goes on
            _log.exception("Reading %s failed.", self._dataset.path)
            return (_unexpected(self._dataset.path, error),)
        known = {(each.kind, each.table) for each in _unread(self.snapshot.current.organization)}
        new = [each for each in _unread(organization) if (each.kind, each.table) not in known]
        return tuple(new) or organization

    def _with(self, organization: Organization) -> Snapshot:
        """Return how things stand with an organization in the first place."""
        old = self.snapshot
        edition = old.find(edition_of(organization, self._settings))
        if edition is None:
            edition = Edition(organization, self._settings, self._since)
            edition.prepare()
        edition.since, edition.read = self._since, datetime.now(UTC)
        if edition is old.current:
            return Snapshot(old.editions)
        self._replaced_at = time.monotonic()
        previous = [each for each in old.editions if each is not edition]
        return Snapshot((edition, *previous[:MAX_PREVIOUS]))

    def _forget(self) -> None:
        """Drop previous editions that nobody asks for any more."""
        snapshot = self.snapshot
        if snapshot.editions[1:] and time.monotonic() - self._replaced_at > REMEMBERED:
            self.snapshot = Snapshot(snapshot.editions[:1], snapshot.refused)


def _unread(organization: Organization) -> list[Problem]:
    """Return what says that a table has not been read, or not to its end."""
    return [each for each in organization.problems if each.kind in UNREAD]


def _unexpected(path: Path, error: Exception) -> Problem:
    return Problem(
        ProblemKind.UNREADABLE,
        f"Reading it failed ({type(error).__name__}); the server's log says more.",
        "Save it again, or show the log to who runs the server.",
        table=path.name,
        severity=Severity.ERROR,
    )
