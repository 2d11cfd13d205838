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
Run = Callable[[Sequence[_Task]], Iterable[Made]]
"""Begins some tasks, and returns what they make."""
NumberedPack = tuple[int, Pack, int]
"""The number of an organization, a pack of it, and how many units are done with that."""


@contextmanager
def making_packs_of_units(
    organizations: Sequence[Organization], settings: Settings, extent: Extent
) -> Iterator[Iterator[NumberedPack]]:
    """Begin to make the packs of all units and groups of some organizations, and yield them.

    Other processes make them, while this one can do something else.
    """
    tasks = [*_tasks([range(len(each)) for each in organizations])]
    with _processes(organizations, settings, extent) as run:
        yield _made(organizations, run, tasks, run(tasks))


def _made(
    organizations: Sequence[Organization],
    run: Run,
    tasks: Sequence[_Task],
    results: Iterable[Made],
) -> Iterator[NumberedPack]:
    """Yield the packs that tasks about all units make, and then those of all groups."""
    known = [set[Group]() for _ in organizations]
    units, done = sum(map(len, organizations)), 0
    while tasks:
        reached = [set[Group]() for _ in organizations]
        for (number, foci), (packs, groups) in zip(tasks, results, strict=True):
            done = min(units, done + len(foci))
            for pack in packs:
                yield number, pack, done
            reached[number] |= groups - known[number]
        known = [groups | new for groups, new in zip(known, reached, strict=True)]
        # Sorted, since the same organization has the same packs.
        waiting = [
            sorted(new, key=partial(focus_text, organization))
            for organization, new in zip(organizations, reached, strict=True)
        ]
        tasks = [*_tasks(waiting)]
        results = run(tasks)


@contextmanager
def _processes(
    organizations: Sequence[Organization], settings: Settings, extent: Extent
) -> Iterator[Run]:
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
