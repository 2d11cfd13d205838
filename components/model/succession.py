"""Splits and mergers: units whose parts or responsibilities went to several others.

A merger is a split seen backwards in time, so one function finds both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz

from components.model.likeness import SAME_WORD, words_of
from components.model.matching import UNMATCHED, Matcher, State
from components.model.organization import Numbers
from components.model.preorder import NO_PARENT

MOST = 0.5
"""Share of what a unit has that goes to, or comes from, the other one."""
SEVERAL = 2
"""Parts that two units have in common at least if one of them also has a counterpart."""
LEAST_LETTERS = 4
"""Letters of a word that is missing in none of the names, unlike "and"."""
MOST_SIBLINGS = 60
"""Units below one parent whose names are compared."""
Flows = Mapping[int, Counter[int]]
"""How much of each unit has gone to which other ones."""


class SuccessionKind(StrEnum):
    """What became of units."""

    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Succession:
    """Units that others have come from: one before a split, one after a merger."""

    kind: SuccessionKind
    before: tuple[int, ...]
    after: tuple[int, ...]
    is_uncertain: bool = False
    """Whether only the names show it."""


@dataclass(frozen=True)
class _Side:
    """One of two states, seen from the one or the other."""

    state: State
    counterpart: Numbers
    """``Matcher.after_of`` or ``Matcher.before_of``."""
    open: frozenset[int]

    def is_above(self, ancestor: int, unit: int) -> bool:
        """Return whether a unit is another one or below it."""
        size = self.state.organization.size
        return ancestor <= unit < ancestor + int(size[ancestor])


def find_successions(matcher: Matcher) -> list[Succession]:
    """Return the splits and mergers among units that have no counterpart yet.

    Their units get none afterwards.
    """
    before, after = (frozenset(units.tolist()) for units in matcher.open)
    earlier = _Side(matcher.before, matcher.after_of, before)
    later = _Side(matcher.after, matcher.before_of, after)
    found = [
        *(
            Succession(SuccessionKind.SPLIT, (unit,), heirs, is_uncertain)
            for unit, heirs, is_uncertain in _splits(earlier, later)
        ),
        *(
            Succession(SuccessionKind.MERGED, sources, (unit,), is_uncertain)
            for unit, sources, is_uncertain in _splits(later, earlier)
        ),
    ]
    matcher.close(
        {unit for each in found for unit in each.before if unit in before},
        {unit for each in found for unit in each.after if unit in after},
    )
    return found


def _splits(one: _Side, other: _Side) -> Iterator[tuple[int, tuple[int, ...], bool]]:
    """Yield the units of one state that are several in the other one, and whether that is unsure.

    A unit that is still there counts as one of several.
    """
    heirs: dict[int, set[int]] = defaultdict(set)
    for unit, heir in _strong_flows(one, other):
        heirs[unit].add(heir)
    for unit, found in sorted(heirs.items()):
        if unit not in one.open:
            found.add(int(one.counterpart[unit]))
        if len(found) > 1 and found & other.open:
            yield unit, tuple(sorted(found)), False
    for unit, named in _splits_by_name(one, other, frozenset(heirs)):
        yield unit, named, True


def _strong_flows(one: _Side, other: _Side) -> Iterator[tuple[int, int]]:
    """Yield the units of which much went to which units, one of them without a counterpart."""
    parts, backwards = _flows_of_parts(one, other)
    duties, duties_backwards = _flows_of_duties(one, other)
    for flows, reverse, several in (
        (parts, backwards, SEVERAL),
        (duties, duties_backwards, 1),
    ):
        for unit, targets in flows.items():
            for target, number in targets.items():
                if unit in one.open and target in other.open:
                    share = number / min(targets.total(), reverse[target].total())
                    is_strong = share >= MOST
                elif target in other.open and one.counterpart[unit] != UNMATCHED:
                    share = number / reverse[target].total()
                    is_strong = share >= MOST and number >= several
                else:
                    continue
                if is_strong and _is_apart(unit, target, one, other):
                    yield unit, target


def _is_apart(unit: int, target: int, one: _Side, other: _Side) -> bool:
    """Return whether a unit is no part of what another one still is, or the other way round.

    Otherwise there is only one level more, or less.
    """
    still = int(one.counterpart[unit])
    return still == UNMATCHED or not (
        other.is_above(still, target) or other.is_above(target, still)
    )


def _flows_of_parts(one: _Side, other: _Side) -> tuple[Flows, Flows]:
    """Return how many parts went from which unit to which one, and the same backwards."""
    parts = np.flatnonzero(one.counterpart >= 0)
    origins = one.state.parent[parts]
    targets = other.state.parent[one.counterpart[parts]]
    has_both = (origins != NO_PARENT) & (targets != NO_PARENT)
    return _counted(origins[has_both], targets[has_both], one, other)


def _flows_of_duties(one: _Side, other: _Side) -> tuple[Flows, Flows]:
    """Return how many responsibilities went from which unit to which one, and backwards."""
    owners = one.state.owner_of_duty, other.state.owner_of_duty
    common = [*(owners[0].keys() & owners[1].keys())]
    origins, targets = (
        np.fromiter(map(owner.__getitem__, common), np.int64, len(common)) for owner in owners
    )
    return _counted(origins, targets, one, other)


def _counted(origins: Numbers, targets: Numbers, one: _Side, other: _Side) -> tuple[Flows, Flows]:
    """Return the flows in which a unit without a counterpart takes part, in both directions."""
    is_told = (one.counterpart[origins] == UNMATCHED) | (other.counterpart[targets] == UNMATCHED)
    flows: dict[int, Counter[int]] = defaultdict(Counter)
    reverse: dict[int, Counter[int]] = defaultdict(Counter)
    for origin, target in zip(origins[is_told].tolist(), targets[is_told].tolist(), strict=True):
        flows[origin][target] += 1
        reverse[target][origin] += 1
    return flows, reverse


def _splits_by_name(
    one: _Side, other: _Side, known: frozenset[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the units whose name has the words of several units that came in the same place.

    "Payroll and Pensions" became "Payroll" and "Pensions". A unit that is still there, but has
    another name, may be one of these.
    """
    below: dict[int, list[int]] = defaultdict(list)
    for unit in sorted(other.open):
        below[int(other.state.parent[unit])].append(unit)
    for unit in sorted((one.open | _renamed(one, other)) - known):
        still = int(one.counterpart[unit])
        if still == UNMATCHED:
            heirs = below.get(_place(one, unit), [])
        else:
            heirs = [still, *below.get(int(other.state.parent[still]), [])]
        if 1 < len(heirs) <= MOST_SIBLINGS:
            named = _named_after(one.state.folded[unit], heirs, other.state)
            if still in {UNMATCHED, *named} and _is_divided(unit, named, one, other):
                yield unit, named


def _place(side: _Side, unit: int) -> int:
    """Return the counterpart of the parent of a unit; ``NO_PARENT`` for a root."""
    parent = int(side.state.parent[unit])
    return NO_PARENT if parent == NO_PARENT else int(side.counterpart[parent])


def _renamed(one: _Side, other: _Side) -> frozenset[int]:
    """Return the units of one state that have another name in the other one."""
    units = np.flatnonzero(one.counterpart >= 0)
    is_renamed = one.state.name[units] != other.state.name[one.counterpart[units]]
    return frozenset(units[is_renamed].tolist())


def _named_after(folded: str, heirs: Iterable[int], state: State) -> tuple[int, ...]:
    """Return the units all words of whose names are in another name."""
    whole = words_of(folded)
    return tuple(heir for heir in heirs if _covers(whole, words_of(state.folded[heir])))


def _is_divided(unit: int, heirs: Sequence[int], one: _Side, other: _Side) -> bool:
    """Return whether the names of several units share out all that tells one of another."""
    words = [{*words_of(other.state.folded[heir])} for heir in heirs]
    united = {word for each in words for word in each}
    telling = (
        word
        for word in words_of(one.state.folded[unit])
        if len(word) >= LEAST_LETTERS or not word.isascii()
    )
    is_each_other = all(mine - theirs for mine in words for theirs in words if mine is not theirs)
    return len(heirs) > 1 and is_each_other and _covers(united, telling)


def _covers(whole: Iterable[str], words: Iterable[str]) -> bool:
    """Return whether all words are in a whole, in one spelling or a similar one."""
    spellings = [*whole]
    return all(
        word in spellings or any(fuzz.ratio(word, each) >= SAME_WORD for each in spellings)
        for word in words
    )
