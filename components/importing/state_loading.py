"""Loading the states of a dataset: that of a day, and an earlier one with which it is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from components import faults
from components.garbage import rare_garbage_collection
from components.importing.dataset_cache import DatasetCache, Loaded
from components.importing.loading import Dataset
from components.importing.matches import read_matches
from components.importing.progress import OnProgress, unobserved
from components.importing.states import DatedState, dated_states, state_on
from components.model.both_states import both_states, earlier_state
from components.model.changes import Comparison, compare
from components.model.matching import NOTHING_SETTLED
from components.model.moment import Moment, Shown
from components.model.organization import Organization
from components.problems import DataError, Fault


@dataclass(frozen=True, slots=True)
class LoadedState:
    """An organization, and the imports of which it was made."""

    organization: Organization
    imports: tuple[tuple[DatasetCache, Loaded], ...]

    @property
    def seconds(self) -> float:
        """How long the imports took."""
        return sum(loaded.seconds for _, loaded in self.imports)

    @property
    def from_cache(self) -> bool:
        """Whether all imports were read from the cache."""
        return all(loaded.from_cache for _, loaded in self.imports)

    def keep(self) -> None:
        """Keep the imports in the cache if they took long."""
        for cache, loaded in self.imports:
            cache.keep(loaded)

    def with_problem(self, fault: Fault, name: str, error: DataError) -> LoadedState:
        """Return the state with a problem more: why it is not compared."""
        return replace(self, organization=_with_problem(self.organization, fault, name, error))


DatedOrganizations = Mapping[date, Organization]


@dataclass(frozen=True)
class StateLoader:
    """Loads the states of a dataset; safe to use from any thread."""

    dataset: Dataset
    cache_of: Callable[[Dataset], DatasetCache]
    before: Path | date | None = None
    """The earlier state: another dataset, or a day; None if nothing is compared."""
    matches: Path | None = None
    """A table of the units that are the same."""

    @property
    def files(self) -> Sequence[Path]:
        """What is read, in a fixed order."""
        others = (self.before, self.matches)
        return (self.dataset.path, *(path for path in others if isinstance(path, Path)))

    @property
    def search_cache(self) -> DatasetCache:
        """The cache that keeps the search index of what is shown by default."""
        return self.cache_of(self.dataset)

    def states(self) -> Sequence[DatedState]:
        """Return the dated states of a folder, the oldest first; none if it has no such states.

        Raises:
            DataError: it is a data package that cannot be read.
        """
        states = dated_states(self.dataset)
        return states if all(state.first_day for state in states) else ()

    def dated(self, most_units: int, on_progress: OnProgress = unobserved) -> DatedOrganizations:
        """Return the dated states of a folder as organizations, by their days, the oldest first.

        There are none if an earlier state or a day is set, or if they have more than so many units
        together. One that cannot be read is left out, and the problems of the newest one say so.
        """
        organizations, units = dict[date, Organization](), 0
        unreadable: list[tuple[DatedState, DataError]] = []
        states = () if self.before or self.dataset.at else self.states()
        for state in states:
            if state.first_day is None:
                return {}
            day = None if state is states[-1] else state.first_day
            try:
                organization = self._load(day, on_progress).organization
            except DataError as error:
                unreadable.append((state, error))
                continue
            organizations[state.first_day] = organization
            units += len(organization)
            if units > most_units:
                return {}
        for state, cause in unreadable if organizations else ():
            newest = max(organizations)
            organizations[newest] = _with_problem(
                organizations[newest], faults.STATE_LEFT_OUT, state.name, cause
            )
        return organizations

    def load(self, moment: Moment, on_progress: OnProgress = unobserved) -> LoadedState:
        """Return the state of a moment, or both states as one organization.

        If the earlier state cannot be read, it is the later one, whose problems say so.

        Raises:
            DataError: the later state cannot be read, or nothing in it can be drawn.
            StateError: there is no state on a day.
        """
        later = self._load(moment.at, on_progress)
        before = moment.before or self.before
        if before is None or moment.shown is Shown.AFTER:
            return later
        try:
            earlier = self._load(before, on_progress)
        except DataError as error:
            return later.with_problem(faults.EARLIER_STATE, self._name(before), error)
        try:
            comparison = compare_states(earlier.organization, later.organization, self.matches)
        except DataError as error:
            return later.with_problem(faults.MATCHES_UNREADABLE, str(self.matches), error)
        with rare_garbage_collection():
            both = both_states(comparison)
            shown = earlier_state(both) if moment.shown is Shown.BEFORE else both
        return LoadedState(shown, (*earlier.imports, *later.imports))

    def _load(self, which: Path | date | None, on_progress: OnProgress) -> LoadedState:
        """Return the state in a dataset, on a day, or the one that is set."""
        dataset, day = self.dataset, None
        if isinstance(which, Path):
            dataset = replace(dataset, path=which)
        elif which is not None:
            if states := self.states():
                state = state_on(states, which)
                dataset, day = state.dataset, state.first_day
            else:
                dataset = replace(dataset, at=which)
        cache = self.cache_of(dataset)
        loaded = cache.load(dataset.day, on_progress)
        organization = loaded.organization
        if day is not None:
            about = replace(organization.about, date=day.isoformat())
            organization = replace(organization, about=about)
        return LoadedState(organization, ((cache, loaded),))

    @staticmethod
    def _name(which: Path | date) -> str:
        return which.name if isinstance(which, Path) else str(which)


def compare_states(before: Organization, after: Organization, matches: Path | None) -> Comparison:
    """Return what has changed between two states; a table of matches may settle what is the same.

    Raises:
        DataError: the table of matches cannot be read, or names units that do not exist.
    """
    settled = read_matches(matches, before, after) if matches else NOTHING_SETTLED
    with rare_garbage_collection():
        return compare(before, after, settled)


def _with_problem(
    organization: Organization, fault: Fault, name: str, error: DataError
) -> Organization:
    """Return an organization whose problems say what is not shown, and the first cause with it."""
    problem = fault.problem(name)
    if error.causes:
        cause = error.causes[0].of(name)
        problem = replace(
            cause,
            kind=problem.kind,
            reason=f"{problem.reason} {cause.reason}",
            remedy=problem.remedy,
            severity=problem.severity,
        )
    return replace(organization, problems=(problem, *organization.problems))
