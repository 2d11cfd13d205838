"""Making the packs of an organization at each moment, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from components.model.groups import Focus, Group, focus_text
from components.model.organization import Organization
from components.settings import Settings
from components.web.frozen.answers import Answers, Record
from components.web.frozen.extent import Extent, FrozenIndex
from components.web.frozen.packs import Pack, packs_of

FEW_UNITS = 20
"""So many are no work for several processes."""
FOCI_OF_A_TASK, TASKS_OF_A_PROCESS = 250, 4
"""About; each task fills packs of its own. With a few tasks each, processes end together."""


class _Task(NamedTuple):
    """Some consecutive units, or some groups, of one of several organizations."""

    organization: int
    foci: Sequence[Focus]


Made = tuple[Sequence[Pack], set[Group]]
"""The packs of a task, and the groups that are reached from what it is about."""


def packs_about(
    organizations: Sequence[Organization], settings: Settings, extent: Extent
) -> Iterator[tuple[int, Pack, int]]:
    """Yield the packs of all units and groups of some organizations.

    Each one comes with the number of its organization and the number of units that are done.
    """
    known = [set[Group]() for _ in organizations]
    waiting: list[Sequence[Focus]] = [range(len(each)) for each in organizations]
    units, done = sum(map(len, organizations)), 0
    with _processes(organizations, settings, extent) as run:
        while tasks := [*_tasks(waiting)]:
            reached = [set[Group]() for _ in organizations]
            for (number, foci), (packs, groups) in zip(tasks, run(tasks), strict=True):
                done = min(units, done + len(foci))
                for pack in packs:
                    yield number, pack, done
                reached[number] |= groups - known[number]
            for number, organization in enumerate(organizations):
                # Sorted, since the same organization has the same packs.
                waiting[number] = sorted(reached[number], key=partial(focus_text, organization))
                known[number] |= reached[number]


@contextmanager
def _processes(
    organizations: Sequence[Organization], settings: Settings, extent: Extent
) -> Iterator[Callable[[Sequence[_Task]], Iterable[Made]]]:
    """Start what makes the packs of tasks: several processes unless there is little to do."""
    if max(map(len, organizations)) <= FEW_UNITS:
        _start(organizations, settings, extent)
        yield partial(map, _packs)
        return
    # A forked process could hang, since this one has threads.
    with ProcessPoolExecutor(
        os.cpu_count(), get_context("spawn"), _start, (organizations, settings, extent)
    ) as pool:
        try:
            yield partial(pool.map, _packs)
        finally:
            pool.shutdown(cancel_futures=True)


def _tasks(waiting: Sequence[Sequence[Focus]]) -> Iterator[_Task]:
    """Divide the units, or the groups, of each organization into consecutive parts."""
    least = TASKS_OF_A_PROCESS * (os.cpu_count() or 1)
    for number, foci in enumerate(waiting):
        count = min(len(foci), max(least, len(foci) // FOCI_OF_A_TASK))
        ends = np.linspace(0, len(foci), count + 1).astype(int).tolist()
        yield from (_Task(number, foci[start:end]) for start, end in pairwise(ends))


_answers: list[Answers] = []
"""Those of this process, about each organization."""


def _start(organizations: Sequence[Organization], settings: Settings, extent: Extent) -> None:
    _answers[:] = [Answers(FrozenIndex(each, extent), settings) for each in organizations]


def _packs(task: _Task) -> Made:
    groups = set[Group]()

    def records() -> Iterator[Record]:
        for focus in task.foci:
            of_focus, reached = _answers[task.organization].about(focus)
            groups.update(reached)
            yield from of_focus

    return tuple(packs_of(records())), groups
