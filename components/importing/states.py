"""The two states of an organization to compare: files, days of one table, or a folder of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from components.importing.loading import Dataset
from components.importing.table_parts import Day, dated_name
from components.reading.folders import readable_files
from components.reading.packages import DESCRIPTOR, resource_names


class StateError(ValueError):
    """There are no two states; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class DatedState:
    """A state of an organization, where it is, and its date."""

    name: str
    dataset: Dataset
    day: Day = ()
    """Empty if it is not known."""

    @property
    def first_day(self) -> date | None:
        """The first day of its date; None without a date, or if it is none of the calendar."""
        try:
            return date(*(*self.day, 1, 1)[:3])
        except ValueError:
            return None


def states_to_compare(
    dataset: Dataset, later: Path | None, before: date | None
) -> tuple[DatedState, DatedState]:
    """Return the earlier and the later one of two states.

    They are two datasets; or a dataset on two days, the earlier one being ``before``; or two of
    a folder of dated states, by default the newest two. ``dataset`` may have the later day.

    Raises:
        StateError: there are not two.
        DataError: a folder of states cannot be read.
    """
    earlier = replace(dataset, at=before)
    if later is not None:
        names = _distinct(dataset.path, later)
        return (
            DatedState(_on(names[0], before), earlier),
            DatedState(_on(names[1], dataset.at), replace(dataset, path=later)),
        )
    if states := dated_states(dataset):
        return _two_of(states, before, dataset.at)
    if before is None:
        raise StateError(
            f"{dataset.path.name} is one state. Give a second one, or the earlier day: --before."
        )
    name = dataset.path.name
    return DatedState(_on(name, before), earlier), DatedState(_on(name, dataset.day), dataset)


def dated_states(dataset: Dataset) -> Sequence[DatedState]:
    """Return the states in a folder whose names differ by a date only, the oldest first.

    They are the files of the folder, or the tables of its data package: ``2024-01.csv``,
    ``2025-01.csv``. There are none if the dataset is no folder, or has other tables, too.

    Raises:
        DataError: it is a data package that cannot be read.
    """
    folder = dataset.path
    if not folder.is_dir():
        return ()
    if (folder / DESCRIPTOR).is_file():
        datasets = {
            name: replace(dataset, options=replace(dataset.options, sheet=name))
            for name in resource_names(folder / DESCRIPTOR, dataset.limits)
        }
    else:
        files = readable_files(folder, dataset.limits)
        datasets = {file.stem: replace(dataset, path=file) for file in files}
    dated = {name: dated_name(name) for name in datasets}
    if len({rest for rest, _ in dated.values()}) != 1 or not all(day for _, day in dated.values()):
        return ()
    # A table of a state may have periods, but its own date goes before the day of today.
    states = [DatedState(name, each, dated[name][1]) for name, each in datasets.items()]
    return sorted(states, key=lambda state: state.day)


def _two_of(
    states: Sequence[DatedState], before: date | None, at: date | None
) -> tuple[DatedState, DatedState]:
    """Return the newest states of two days; without days, the newest one and the one before it."""
    later = state_on(states, at)
    earlier = state_on(states[: states.index(later)] if before is None else states, before)
    if earlier == later:
        raise StateError(
            f"On both days the state is {later.name}. Choose another --before or --at."
        )
    return earlier, later


def state_on(states: Sequence[DatedState], day: date | None) -> DatedState:
    """Return the state on a day: the newest one that is not later; without a day, the newest.

    Raises:
        StateError: there is none.
    """
    begun = [
        state for state in states if day is None or state.day <= (day.year, day.month, day.day)
    ]
    if not begun:
        raise StateError(
            f"There is no state of {day}, the first one being {states[0].name}. "
            "Choose another --before or --at."
            if day
            else "There is only one state in the folder. Add an earlier one."
        )
    return begun[-1]


def _distinct(before: Path, after: Path) -> tuple[str, str]:
    """Return the names of two files; with their folders if they are called the same."""
    if before.name == after.name:
        return str(before), str(after)
    return before.name, after.name


def _on(name: str, day: date | None) -> str:
    return f"{name} on {day}" if day else name
