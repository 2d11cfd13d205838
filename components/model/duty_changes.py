"""What has become of responsibilities between two states of an organization."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from components.model.likeness import best_assignment
from components.model.matching import UNMATCHED, Matching, State

REWORDED, REWORDED_ELSEWHERE = 60, 85
"""The likeness of two texts (RapidFuzz's ``token_sort_ratio``) from which on one is the other,
reworded: in one unit, and in two."""
MOST_COMPARED = 4_000_000
"""Pairs of texts in different units that are compared."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A responsibility of a unit."""

    unit: int
    text: str
    folded: str


DutyPairs = Sequence[tuple[Duty, Duty]]
"""Responsibilities before and afterwards."""


@dataclass(frozen=True, slots=True)
class DutyChanges:
    """The responsibilities that are not the same as before."""

    reworded: DutyPairs
    handed_over: DutyPairs
    """Those that another unit has; the text may be another one, too."""
    gone: Sequence[Duty]
    """Those that units of both states no longer have."""
    new: Sequence[Duty]
    """Those that units of both states did not have."""


def compare_duties(matching: Matching) -> DutyChanges:
    """Return what has become of the responsibilities of all units."""
    before, after = matching.before, matching.after
    if not before.duties or not after.duties:
        return DutyChanges((), (), (), ())
    gone, new = _without_counterpart(matching)
    reworded, gone, new = _reworded(gone, new, matching)
    handed_over, gone, new = _handed_over(gone, new)
    return DutyChanges(
        reworded,
        handed_over,
        [duty for duty in gone if matching.after_of[duty.unit] != UNMATCHED],
        [duty for duty in new if matching.before_of[duty.unit] != UNMATCHED],
    )


def _without_counterpart(matching: Matching) -> tuple[list[Duty], list[Duty]]:
    """Return the responsibilities that are not in the same unit of the other state."""
    gone: list[Duty] = []
    new: list[Duty] = []
    for unit in _units_with_duties(matching.before):
        counterpart = int(matching.after_of[unit])
        others = matching.after.duties_of(counterpart) if counterpart != UNMATCHED else ()
        gone += _not_among(matching.before, unit, others)
    for unit in _units_with_duties(matching.after):
        counterpart = int(matching.before_of[unit])
        others = matching.before.duties_of(counterpart) if counterpart != UNMATCHED else ()
        new += _not_among(matching.after, unit, others)
    return gone, new


def _units_with_duties(state: State) -> list[int]:
    units: list[int] = np.flatnonzero(np.diff(state.organization.responsibilities.first)).tolist()
    return units


def _not_among(state: State, unit: int, others: Iterable[str]) -> list[Duty]:
    duties = state.duties_of(unit)
    left = Counter(others)
    if not left - Counter(duties) and len(duties) == left.total():
        return []
    found = []
    rows = state.organization.responsibilities.of(unit)
    for row, folded in zip(rows, duties, strict=True):
        if left[folded]:
            left[folded] -= 1
        else:
            found.append(Duty(unit, row.text, folded))
    return found


def _reworded(
    gone: Sequence[Duty], new: Sequence[Duty], matching: Matching
) -> tuple[DutyPairs, list[Duty], list[Duty]]:
    """Return the texts that are similar to another one of the same unit, and those left."""
    of_unit: dict[int, list[int]] = defaultdict(list)
    for at, duty in enumerate(new):
        of_unit[int(matching.before_of[duty.unit])].append(at)
    points = {
        (at, other): round(ratio)
        for at, duty in enumerate(gone)
        for other in of_unit.get(duty.unit, ())
        if (ratio := fuzz.token_sort_ratio(duty.folded, new[other].folded)) >= REWORDED
    }
    return _paired(gone, new, best_assignment(points))


def _handed_over(
    gone: Sequence[Duty], new: Sequence[Duty]
) -> tuple[DutyPairs, list[Duty], list[Duty]]:
    """Return the texts that another unit has, and those left."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for at, duty in enumerate(new):
        waiting[duty.folded].append(at)
    equal = [
        (at, waiting[duty.folded].popleft())
        for at, duty in enumerate(gone)
        if waiting.get(duty.folded)
    ]
    same, gone, new = _paired(gone, new, equal)
    if not gone or not new or len(gone) * len(new) > MOST_COMPARED:
        return same, gone, new
    ratios = process.cdist(
        [duty.folded for duty in gone],
        [duty.folded for duty in new],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=REWORDED_ELSEWHERE,
        dtype=np.uint8,
    )
    points = {
        (int(one), int(other)): int(ratios[one, other])
        for one, other in np.argwhere(ratios >= REWORDED_ELSEWHERE)
    }
    similar, gone, new = _paired(gone, new, best_assignment(points))
    return [*same, *similar], gone, new


def _paired(
    gone: Sequence[Duty], new: Sequence[Duty], pairs: Sequence[tuple[int, int]]
) -> tuple[DutyPairs, list[Duty], list[Duty]]:
    """Return the pairs of texts at some positions, and the texts at the others."""
    taken = [{pair[side] for pair in pairs} for side in (0, 1)]
    left = [
        [duty for at, duty in enumerate(duties) if at not in positions]
        for duties, positions in zip((gone, new), taken, strict=True)
    ]
    return [(gone[one], new[other]) for one, other in pairs], left[0], left[1]
