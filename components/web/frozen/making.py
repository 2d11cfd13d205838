"""Making the packs of an organization at each moment, on all cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from components.model.organization import Organization
from components.settings import Settings
from components.web.frozen.answers import Answers
from components.web.frozen.extent import Extent, FrozenIndex
from components.web.frozen.packs import Pack, packs_of

FEW_UNITS = 20
"""So many are no work for several processes."""
UNITS_OF_A_TASK, TASKS_OF_A_PROCESS = 250, 4
"""About; each task fills packs of its own. With a few tasks each, processes end together."""


def packs_about(
    organizations: Sequence[Organization], settings: Settings, extent: Extent
) -> Iterator[tuple[int, Pack, int]]:
    """Yield the packs of all units and groups of some organizations.

    Each one comes with the number of its organization and the number of units that are done.
    """
    tasks = [
        _Task(number, units)
        for number, organization in enumerate(organizations)
        for units in _parts(len(organization))
    ]
    arguments = (organizations, settings, extent)
    if max(map(len, organizations)) <= FEW_UNITS:
        _start(*arguments)
        yield from _in_order(map(_packs, tasks), tasks)
        return
    # A forked process could hang, since this one has threads.
    with ProcessPoolExecutor(
        min(len(tasks), os.cpu_count() or 1),
        get_context("spawn"),
        _start,
        arguments,
    ) as pool:
        try:
            yield from _in_order(pool.map(_packs, tasks), tasks)
        finally:
            pool.shutdown(cancel_futures=True)


class _Task(NamedTuple):
    """Some consecutive units of one of several organizations."""

    organization: int
    units: range


def _parts(units: int) -> Sequence[range]:
    """Return consecutive ranges of units."""
    least = TASKS_OF_A_PROCESS * (os.cpu_count() or 1)
    count = min(units, max(least, units // UNITS_OF_A_TASK))
    ends = np.linspace(0, units, count + 1).astype(int).tolist()
    return [range(*ends) for ends in pairwise(ends)]


def _in_order(
    results: Iterator[Sequence[Pack]], tasks: Sequence[_Task]
) -> Iterator[tuple[int, Pack, int]]:
    done = 0
    for packs, task in zip(results, tasks, strict=True):
        done += len(task.units)
        for pack in packs:
            yield task.organization, pack, done


_answers: list[Answers] = []
"""Those of this process, about each organization."""


def _start(organizations: Sequence[Organization], settings: Settings, extent: Extent) -> None:
    _answers[:] = [Answers(FrozenIndex(each, extent), settings) for each in organizations]


def _packs(task: _Task) -> Sequence[Pack]:
    return tuple(packs_of(_answers[task.organization].about(task.units)))
