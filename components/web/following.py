"""Following a dataset: when its files change, a new edition replaces the current one.

If its records have periods, the current edition is that of today, so a new one replaces it at
midnight as well; editions of other days are made when they are asked for. If it is compared with an
earlier state, the current edition has the units of both.

The files are polled. Unlike the notifications of file systems, this works on any disk, also on one
of another machine, and for folders, links and files that are replaced.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from itertools import islice
from pathlib import Path

from components import faults
from components.importing.progress import OnProgress, unobserved
from components.importing.state_loading import LoadedState
from components.importing.states import StateError
from components.model.moment import NOW, Moment
from components.model.organization import Organization
from components.problems import DataError, Problem, ProblemKind
from components.reading.packages import DESCRIPTOR
from components.settings import Settings
from components.web.editions import Edition, Editions, Refusal, Snapshot, edition_name
from components.web.other_moments import OtherMoments

POLL_INTERVAL = 0.2
"""Seconds. A change is read after two polls, and a page asks for it every 1.2 seconds, so that it
is seen within two seconds."""
MAX_REQUEST_WAIT = 1.5
"""Seconds that a request waits for changed files to be read."""
SETTLING_TIME = 2.0
"""Seconds after its last write in which a file may be incomplete."""
MAX_START_WAIT = 30.0
"""Seconds that a starting server waits for a file that is written again and again."""
MAX_PREVIOUS = 2
"""Previous editions that are still served after a change."""
PREVIOUS_LIFETIME = 60.0
"""Seconds for which they are served: by then all visible pages have switched to the current one."""
SIGNS_OF_WRITING = {
    ProblemKind.CUT_SHORT,
    ProblemKind.EMPTY,
    ProblemKind.NO_FILE,
    ProblemKind.UNKNOWN_FORMAT,
    ProblemKind.UNREADABLE,
}
"""Problems of files that are probably being written. Data is not shown if one of its tables has
such a problem that it does not have in the current edition."""
MAX_FILES = 2_000
"""Files of a folder that are polled."""

Signature = tuple[tuple[str, int, int, int, int], ...]
"""For each file: path, times of the last write and the last change in ns, size, inode number."""

_log = logging.getLogger(__name__)


def signature(path: Path) -> Signature:
    """Return a value that changes with a file, or with any file of a folder; empty without files.

    For a data package, given by its descriptor, it covers the folder.
    """
    if path.name == DESCRIPTOR:
        path = path.parent
    entries = []
    for file in islice(_files(path), MAX_FILES):
        with suppress(OSError):  # it has just been removed
            stat = file.stat()
            times = (stat.st_mtime_ns, stat.st_ctime_ns)
            entries.append((str(file), *times, stat.st_size, stat.st_ino))
    return tuple(entries)


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files of a folder in a fixed order; hidden ones are no data."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


class DatasetFollower(Editions):
    """The editions of a dataset whose files may change; safe to use from any thread.

    If the files cannot be read, the last good edition stays current, and ``snapshot.refused`` has
    the problems.

    Raises:
        DataError: the files cannot be read at the start.
    """

    has_files = True

    def __init__(self, settings: Settings, on_progress: OnProgress = unobserved) -> None:
        """``on_progress`` is told how far the first reading is."""
        self._dataset = settings.source
        self._states = settings.states
        self.is_compared = settings.before is not None
        self._settings = settings
        self.follows = settings.follow
        self._seen_at = datetime.now(UTC)
        """When the files were first seen with their present contents."""
        self._files_read = threading.Condition()
        """Notified when changed files have been read."""
        self._checked_at = self._replaced_at = 0.0
        self._checking = threading.Lock()
        self._ended = threading.Event()
        self._other_moments = OtherMoments(
            self._make_edition, lambda: self._read, max_waiting=max(1, settings.threads // 4)
        )
        loaded = self._load_first(on_progress)
        loaded.keep()
        self.days = self._days()
        self.read_from_cache_in = loaded.seconds if loaded.from_cache else None
        """Seconds in which the first organization was read from the cache; None if it was not."""
        super().__init__(self._current_edition(loaded.organization, self._seen_at))

    def _load_first(self, on_progress: OnProgress) -> LoadedState:
        """Return the organization at the start; wait for a file that is being written."""
        deadline = time.monotonic() + MAX_START_WAIT
        while True:
            self._seen = self._read = self._signature()
            self._day = self._dataset.day
            try:
                return self._states.load(NOW, on_progress)
            except DataError:
                written = max((entry[1] for entry in self._seen), default=0)
                is_settled = time.time_ns() - written >= SETTLING_TIME * 1e9
                if is_settled or time.monotonic() > deadline:
                    raise
            time.sleep(POLL_INTERVAL)

    def find(self, name: str) -> Edition | None:
        """Return the edition of a name; None if it is not served.

        Another process may have read changed files earlier and given the name to a page. So an
        unknown name waits until this process has read them, too.
        """
        edition = self._find_now(name)
        if edition is None and self.follows:
            self._wait_for_reading()
            edition = self._find_now(name)
        return edition

    def _find_now(self, name: str) -> Edition | None:
        return self.snapshot.find(name) or self._other_moments.find(name)

    def _of_other_moment(self, moment: Moment) -> Edition:
        return self._other_moments.get(moment)

    def _cached_of_other_moment(self, moment: Moment) -> Edition | None:
        return self._other_moments.cached(moment)

    def _make_edition(self, moment: Moment) -> Edition:
        organization = self._load(moment).organization
        edition = Edition(organization, self._settings, self._seen_at)
        edition.moment = moment
        return edition

    def _current_edition(self, organization: Organization, since: datetime) -> Edition:
        """Return an edition that is or will be current; those are kept in the cache."""
        search_entry = self._states.search_cache.search_entry
        return Edition(organization, self._settings, since, search_entry)

    def _wait_for_reading(self) -> None:
        """Wait until changed files have been read, at most ``MAX_REQUEST_WAIT`` seconds.

        Requests check the files themselves, together no more often than the polling does, and one
        at a time: a disk that does not answer holds up one request, and not all threads.
        """
        wanted, now = self._seen, time.monotonic()
        is_due = now - self._checked_at >= POLL_INTERVAL
        if is_due and self._checking.acquire(blocking=False):
            try:
                self._checked_at = now
                wanted = self._signature()
            finally:
                self._checking.release()
        with self._files_read:
            self._files_read.wait_for(lambda: self._read == wanted, MAX_REQUEST_WAIT)

    def _start(self) -> None:
        super()._start()
        if self.follows:
            threading.Thread(target=self._follow, name="following", daemon=True).start()
            self._wait_for_reading()  # the organization may have been loaded long ago

    def end(self) -> None:
        """Stop following; the current edition stays."""
        self._ended.set()

    def _follow(self) -> None:
        while not self._ended.is_set():
            try:
                self._poll()
            except Exception:  # noqa: BLE001  # following goes on, whatever happens
                _log.exception("Looking at %s failed.", self._dataset.path)
            self._ended.wait(POLL_INTERVAL)

    def _poll(self) -> None:
        """Read changed files as soon as two polls in a row find them the same."""
        now = self._signature()
        if now != self._seen:
            self._seen = now
            # Later than before, even if the clock has been set back.
            self._seen_at = max(datetime.now(UTC), self._seen_at + timedelta(milliseconds=1))
        elif now != self._read or self._is_of_yesterday():
            self._read_files(now)
        else:
            self._other_moments.refresh()
        self._drop_previous()

    def _is_of_yesterday(self) -> bool:
        """Return whether a day has begun since the files were read, and makes a difference."""
        has_periods = self.snapshot.current.organization.has_periods
        return has_periods and self._day != self._dataset.day

    def _read_files(self, now: Signature) -> None:
        """Read the files and replace the snapshot, unless they change meanwhile."""
        loaded = refused = None
        day = self._dataset.day
        try:
            loaded = self._load(NOW)
        except DataError as error:
            refused = Refusal(error.problems, datetime.now(UTC))
        if self._signature() != now:
            return
        self._day = day
        if loaded is None:
            self.snapshot = replace(self.snapshot, refused=refused)
        else:
            self.days = self._days()
            self._show(loaded.organization)
        with self._files_read:
            self._read = now
            self._files_read.notify_all()
        if loaded is not None:
            loaded.keep()

    def _signature(self) -> Signature:
        return tuple(entry for path in self._states.files for entry in signature(path))

    def _days(self) -> Sequence[date]:
        """Return the days of the states of a folder; empty if it has no such states."""
        with suppress(DataError):
            return tuple(filter(None, (state.first_day for state in self._states.states())))
        return ()

    def _load(self, moment: Moment) -> LoadedState:
        """Return what the files contain of a moment.

        Raises:
            DataError: they cannot be read, or are probably being written.
        """
        path = self._dataset.path
        try:
            loaded = self._states.load(moment)
        except (DataError, StateError):
            raise
        except Exception as error:  # the current edition stays
            _log.exception("Reading %s failed.", path)
            raise faults.READING_FAILED.error(path.name, error=type(error).__name__) from error
        current = self.snapshot.current.organization
        known = {(sign.kind, sign.table) for sign in _signs_of_writing(current)}
        signs = _signs_of_writing(loaded.organization)
        new = [sign for sign in signs if (sign.kind, sign.table) not in known]
        if new:
            raise DataError(new)
        return loaded

    def _show(self, organization: Organization) -> None:
        """Replace the snapshot by one in which an organization is current."""
        old = self.snapshot
        since = self._shown_since(organization)
        edition = old.find(edition_name(organization, self._settings))
        if edition is None:
            edition = self._current_edition(organization, since)
            edition.warm_up()
        edition.since, edition.read_at = since, datetime.now(UTC)
        if edition is not old.current:
            self._replaced_at = time.monotonic()
        previous = [other for other in old.editions if other is not edition]
        self.snapshot = Snapshot((edition, *previous[:MAX_PREVIOUS]))

    def _shown_since(self, organization: Organization) -> datetime:
        """Return when the data was first seen or, if that was later, when its day began."""
        if organization.has_periods and self._dataset.at is None:
            midnight = datetime.combine(self._day, time_of_day.min).astimezone(UTC)
            return max(self._seen_at, midnight)
        return self._seen_at

    def _drop_previous(self) -> None:
        """Drop the previous editions at the end of their lifetime."""
        current, *previous = self.snapshot.editions
        if previous and time.monotonic() - self._replaced_at > PREVIOUS_LIFETIME:
            self.snapshot = replace(self.snapshot, editions=(current,))


def _signs_of_writing(organization: Organization) -> list[Problem]:
    """Return the problems that suggest that files are being written."""
    return [problem for problem in organization.problems if problem.kind in SIGNS_OF_WRITING]
