"""Making the packs of an organization, on all cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

import numpy as np

from components.model.organization import Organization
from components.settings import Settings
from components.web.frozen.answers import Answers
from components.web.frozen.extent import FrozenIndex
from components.web.frozen.packs import Pack, packs_of

FEW_UNITS = 20
"""So many are no work for several processes."""
UNITS_OF_A_TASK, TASKS_OF_A_PROCESS = 250, 4
"""About; each task fills packs of its own. With a few tasks each, processes end together."""


def packs_about(organization: Organization, settings: Settings) -> Iterator[tuple[Pack, int]]:
    """Yield the packs of all units and groups, each with the number of units that are done."""
    tasks = _tasks(len(organization))
    if len(organization) <= FEW_UNITS:
        _start(organization, settings)
        yield from _in_order(map(_packs, tasks), tasks)
        return
    # A forked process could hang, since this one has threads.
    with ProcessPoolExecutor(
        min(len(tasks), os.cpu_count() or 1),
        get_context("spawn"),
        _start,
        (organization, settings),
    ) as pool:
        try:
            yield from _in_order(pool.map(_packs, tasks), tasks)
        finally:
            pool.shutdown(cancel_futures=True)


def _tasks(units: int) -> Sequence[range]:
    """Return consecutive ranges of units."""
    least = TASKS_OF_A_PROCESS * (os.cpu_count() or 1)
    count = min(units, max(least, units // UNITS_OF_A_TASK))
    ends = np.linspace(0, units, count + 1).astype(int).tolist()
    return [range(*ends) for ends in pairwise(ends)]


def _in_order(
    results: Iterator[Sequence[Pack]], tasks: Sequence[range]
) -> Iterator[tuple[Pack, int]]:
    for packs, task in zip(results, tasks, strict=True):
        for pack in packs:
            yield pack, task.stop


_answers: list[Answers] = []
"""Those of this process."""


def _start(organization: Organization, settings: Settings) -> None:
    _answers[:] = [Answers(FrozenIndex(organization), settings)]


def _packs(units: range) -> Sequence[Pack]:
    return tuple(packs_of(_answers[0].about(units)))
