"""Making the packs of an organization, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from multiprocessing import get_context

import numpy as np

from components.model.groups import Focus, Group, focus_text
from components.model.organization import Organization
from components.settings import Settings
from components.web.frozen.answers import Answers, Record
from components.web.frozen.extent import FrozenIndex
from components.web.frozen.packs import Pack, packs_of

FEW_UNITS = 20
"""So many are no work for several processes."""
FOCI_OF_A_TASK, TASKS_OF_A_PROCESS = 250, 4
"""About; each task fills packs of its own. With a few tasks each, processes end together."""
Made = tuple[Sequence[Pack], set[Group]]
"""The packs of a task, and the groups that are reached from what it is about."""


def packs_about(organization: Organization, settings: Settings) -> Iterator[tuple[Pack, int]]:
    """Yield the packs of all units and groups, each with the number of units that are done."""
    units, known = len(organization), set[Group]()
    tasks = _tasks(range(units))
    with _processes(organization, settings) as run:
        done = 0
        while tasks:
            reached = set[Group]()
            for task, (packs, groups) in zip(tasks, run(tasks), strict=True):
                done = min(units, done + len(task))
                for pack in packs:
                    yield pack, done
                reached |= groups
            # Sorted, since the same organization has the same packs.
            new = sorted(reached - known, key=partial(focus_text, organization))
            known |= reached
            tasks = _tasks(new)


@contextmanager
def _processes(
    organization: Organization, settings: Settings
) -> Iterator[Callable[[Sequence[Sequence[Focus]]], Iterable[Made]]]:
    """Start what makes the packs of tasks: several processes unless there is little to do."""
    if len(organization) <= FEW_UNITS:
        _start(organization, settings)
        yield partial(map, _packs)
        return
    # A forked process could hang, since this one has threads.
    with ProcessPoolExecutor(
        os.cpu_count(), get_context("spawn"), _start, (organization, settings)
    ) as pool:
        try:
            yield partial(pool.map, _packs)
        finally:
            pool.shutdown(cancel_futures=True)


def _tasks(foci: Sequence[Focus]) -> Sequence[Sequence[Focus]]:
    """Divide units, or groups, into consecutive parts."""
    least = TASKS_OF_A_PROCESS * (os.cpu_count() or 1)
    count = min(len(foci), max(least, len(foci) // FOCI_OF_A_TASK))
    ends = np.linspace(0, len(foci), count + 1).astype(int).tolist()
    return [foci[start:end] for start, end in pairwise(ends)]


_answers: list[Answers] = []
"""Those of this process."""


def _start(organization: Organization, settings: Settings) -> None:
    _answers[:] = [Answers(FrozenIndex(organization), settings)]


def _packs(foci: Sequence[Focus]) -> Made:
    groups = set[Group]()

    def records() -> Iterator[Record]:
        for focus in foci:
            of_focus, reached = _answers[0].about(focus)
            groups.update(reached)
            yield from of_focus

    return tuple(packs_of(records())), groups
