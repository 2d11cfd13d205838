"""Which units of two states of an organization are the same one.

Units are matched by what tells most first: what is settled by hand, ids, names, and what is alike
where neither is the same (``model/likeness.py``). Ids that are made from names, or that only number
the records, are seen by what they do: the first say nothing more than the names, the second are
contradicted by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.model.adjacency import Neighbours, grouped
from components.model.columns import repeats_ids
from components.model.facts import FactKind
from components.model.organization import Numbers, Organization, Records
from components.model.preorder import NO_PARENT
from components.model.text import fold_texts

UNMATCHED = -2
"""In place of the number of a unit that has no counterpart."""
MOST_CONTRADICTED = 0.05
"""Share of the ids in both states whose names are elsewhere, above which ids tell nothing."""
MOST, NEARLY_ALL = 0.5, 0.9
SAMPLE = 1_000
"""Cells of a column that are looked at first."""
LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
NUMBERED = re.compile(r"(-\d+)?")
"""What is behind the name in an id that is made from it."""
Flags = npt.NDArray[np.bool_]
Keys = tuple[Numbers, Numbers]
"""A number for each of some units before and afterwards; equal ones mean the same."""


class Reason(StrEnum):
    """Why two units are the same one."""

    SETTLED = "settled"
    """Somebody says so."""
    ID = "id"
    NAME = "name"
    """No other unit of either state has the name."""
    PLACE = "place"
    """No other unit below the same one has the name."""
    ORDER = "order"
    """Several units below the same one have the name; they are in the same order."""
    LIKENESS = "likeness"
    """Name, place and neighbours are alike."""


REASONS = (*Reason,)
"""The reasons by their numbers in ``Matching.reason``."""


@dataclass(frozen=True)
class State:
    """One of two states, with arrays by unit number that are comparable with those of the other."""

    organization: Organization = field(repr=False)
    folded: Sequence[str] = field(repr=False)
    """The names for comparison."""
    name: Numbers = field(repr=False)
    """A number for each name; equal names have equal numbers in both states."""

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.organization)

    @cached_property
    def parent(self) -> Numbers:
        """The parent of each unit; ``NO_PARENT`` for roots, also for gathered ones."""
        parent = self.organization.parent
        is_gathered = self.organization.has_synthetic_top & (parent == 0)
        return np.where(is_gathered, NO_PARENT, parent)

    @cached_property
    def children(self) -> Neighbours:
        """The children of each unit."""
        below = np.flatnonzero(self.parent >= 0)
        return grouped(self.parent[below], below, len(self))

    def without_parts(self, units: Numbers) -> Numbers:
        """Return those of some units that have no children."""
        has_none: Flags = self.organization.size[units] == 1
        return units[has_none]

    @cached_property
    def duties(self) -> Sequence[str]:
        """The texts of all responsibilities for comparison, in the order of their rows."""
        return fold_texts([row.text for row in self.organization.responsibilities.rows])

    def duties_of(self, unit: int) -> Sequence[str]:
        """Return the texts of the responsibilities of a unit for comparison."""
        first = self.organization.responsibilities.first
        return self.duties[first[unit] : first[unit + 1]]

    @cached_property
    def owner_of_duty(self) -> Mapping[str, int]:
        """The unit of each responsibility that only one has, by its text for comparison."""
        first = self.organization.responsibilities.first
        owners: dict[str, int] = {}
        repeated: set[str] = set()
        units = np.repeat(np.arange(len(self)), np.diff(first)).tolist()
        for duty, unit in zip(self.duties, units, strict=True):
            if owners.setdefault(duty, unit) != unit:
                repeated.add(duty)
        return {duty: unit for duty, unit in owners.items() if duty not in repeated}

    def cells(self, column: str, units: Numbers) -> list[str]:
        """Return the cells of some units in one of the standard columns."""
        cells = self.organization.units[column]
        return [cells[unit] for unit in units.tolist()]

    @cached_property
    def code_columns(self) -> Sequence[Sequence[str]]:
        """The cells of the columns of facts that have another code for nearly every unit."""
        ids = self.organization.units["id"]
        texts = [
            fact.cells
            for fact in self.organization.facts.values()
            if fact.kind is FactKind.TEXT and not repeats_ids(fact.cells[:SAMPLE], ids[:SAMPLE])
        ]
        return [cells for cells in texts if _are_codes(cells[:SAMPLE]) and _are_codes(cells)]

    @cached_property
    def is_real(self) -> Flags:
        """Whether each unit has a record."""
        real = np.ones(len(self), np.bool_)
        real[[*self.organization.synthetic]] = False
        return real


@dataclass(frozen=True)
class Matching:
    """The counterparts of the units of two states."""

    before: State
    after: State
    after_of: Numbers = field(repr=False)
    """The unit afterwards for each unit before; ``UNMATCHED`` for those that are gone."""
    before_of: Numbers = field(repr=False)
    """The unit before for each unit afterwards; ``UNMATCHED`` for new ones."""
    reason: npt.NDArray[np.int8] = field(repr=False)
    """For each unit before that has a counterpart, the number of the ``REASONS`` why."""
    is_uncertain: Flags = field(repr=False)
    """For each unit before, whether its counterpart might be another one."""

    @cached_property
    def pairs(self) -> tuple[Numbers, Numbers]:
        """The units that are the same one: before and afterwards, in the order afterwards."""
        after = np.flatnonzero(self.before_of >= 0)
        return self.before_of[after], after

    @cached_property
    def gone(self) -> Numbers:
        """The units before of which there is no record afterwards, in preorder."""
        return _without_record(self.before, self.after_of, self.after)

    @cached_property
    def new(self) -> Numbers:
        """The units afterwards of which there was no record before, in preorder."""
        return _without_record(self.after, self.before_of, self.before)


def _without_record(state: State, counterpart: Numbers, other: State) -> Numbers:
    """Return the units with a record whose counterpart is missing, or only a placeholder."""
    has_record = (counterpart != UNMATCHED) & other.is_real[counterpart]
    return np.flatnonzero(state.is_real & ~has_record)


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody has settled, as unit numbers."""

    same: Sequence[tuple[int, int]] = ()
    """Units before and afterwards that are the same one."""
    gone: Sequence[int] = ()
    """Units before without a counterpart."""
    new: Sequence[int] = ()
    """Units afterwards without a counterpart."""


NOTHING_SETTLED = Settled()


class Matcher:
    """Matches the units of two states, step by step."""

    def __init__(self, before: State, after: State, settled: Settled = NOTHING_SETTLED) -> None:
        self.before, self.after = before, after
        self.after_of = np.full(len(before), UNMATCHED, np.int64)
        self.before_of = np.full(len(after), UNMATCHED, np.int64)
        self._reason = np.zeros(len(before), np.int8)
        self._is_uncertain = np.zeros(len(before), np.bool_)
        self._is_closed = np.zeros(len(before), np.bool_), np.zeros(len(after), np.bool_)
        self._settle(settled)
        self.has_ids = False
        """Whether units have ids that stay the same."""

    def _settle(self, settled: Settled) -> None:
        """Match and close the units of which it is known what became of them."""
        states = self.before, self.after
        if all(state.organization.has_synthetic_top for state in states):
            self.match([0], [0], Reason.PLACE)
        for one, other in settled.same:
            self.match([one], [other], Reason.SETTLED)
        for closed, units, state in zip(
            self._is_closed, (settled.gone, settled.new), states, strict=True
        ):
            closed[[*units]] = True
            # A unit that only gathers roots is no unit of the other state.
            closed[0] |= state.organization.has_synthetic_top

    @property
    def are_people(self) -> bool:
        """Whether the units of both states are people."""
        states = self.before, self.after
        return all(state.organization.records is Records.PEOPLE for state in states)

    @property
    def open(self) -> tuple[Numbers, Numbers]:
        """The units before and afterwards that have no counterpart yet and may have one."""
        counterparts = self.after_of, self.before_of
        before, after = (
            np.flatnonzero((of == UNMATCHED) & ~closed)
            for of, closed in zip(counterparts, self._is_closed, strict=True)
        )
        return before, after

    def match(
        self,
        before: Sequence[int] | Numbers,
        after: Sequence[int] | Numbers,
        reason: Reason,
        is_uncertain: bool | Flags = False,  # noqa: FBT001, FBT002  # mostly an array
    ) -> None:
        """Make units counterparts of each other."""
        self.after_of[before], self.before_of[after] = after, before
        self._reason[before] = REASONS.index(reason)
        self._is_uncertain[before] = is_uncertain

    def close(self, before: Iterable[int], after: Iterable[int]) -> None:
        """Leave units without a counterpart: their successors are known."""
        for closed, units in zip(self._is_closed, (before, after), strict=True):
            closed[[*units]] = True

    def parent_afterwards(self, units: Numbers) -> Numbers:
        """Return the counterpart of the parent of units before; ``NO_PARENT`` for roots."""
        parent = self.before.parent[units]
        return np.where(parent == NO_PARENT, NO_PARENT, self.after_of[parent])

    def match_by_ids(self) -> None:
        """Match units with the same id, or else with one that differs in case and zeros only."""
        ids = self.before.organization.units["id"], self.after.organization.units["id"]
        self._match_codes(*ids)
        self._match_codes(*ids, is_loose=True)

    def match_by_codes(self) -> None:
        """Match units by further columns of codes, such as the numbers of another register."""
        for one in self.before.code_columns:
            sample = {*one[:SAMPLE]}
            for other in self.after.code_columns:
                if len(sample.intersection(other)) >= MOST * len(sample):
                    self._match_codes(one, other)

    def _match_codes(
        self, mine: Sequence[str], theirs: Sequence[str], *, is_loose: bool = False
    ) -> None:
        """Match units with the same codes, unless their names say otherwise."""
        before, after = self.open
        cells = [mine[unit] for unit in before.tolist()], [theirs[unit] for unit in after.tolist()]
        pairs = _unique_pairs(_codes(*(map(_loose_ids, cells) if is_loose else cells)))
        before, after = before[pairs[0]], after[pairs[1]]
        names = self.before.name[before], self.after.name[after]
        elsewhere = [self._is_unique_name[numbers] & (names[0] != names[1]) for numbers in names]
        if (elsewhere[0] | elsewhere[1]).sum() > MOST_CONTRADICTED * len(before):
            return
        is_confirmed = (names[0] == names[1]) | self._have_same_parents(before, after)
        if is_confirmed.sum() < MOST * len(before):
            return
        is_contradicted = elsewhere[0] & elsewhere[1]
        telling = ~is_contradicted & ~self._repeat_names(mine, before, after)
        self.has_ids |= bool(telling.any())
        self.match(before[telling], after[telling], Reason.ID)

    def _have_same_parents(self, before: Numbers, after: Numbers) -> Flags:
        """Return whether the parents of units are the same one if the units are.

        Of several roots, nothing says that they are.
        """
        after_of = self.after_of.copy()
        after_of[before] = after
        parents = self.before.parent[before], self.after.parent[after]
        roots = [int((state.parent == NO_PARENT).sum()) for state in (self.before, self.after)]
        are_same: Flags = np.where(
            parents[0] == NO_PARENT,
            (parents[1] == NO_PARENT) & (max(roots) == 1),
            after_of[parents[0]] == parents[1],
        )
        return are_same

    @cached_property
    def _is_unique_name(self) -> Flags:
        """Whether each name is that of a single unit in each state."""
        names = self.before.name, self.after.name
        count = 1 + max(int(numbers.max()) for numbers in names)
        is_unique = np.ones(count, np.bool_)
        for numbers in names:
            is_unique &= np.bincount(numbers, minlength=count) == 1
        return is_unique

    def _repeat_names(self, codes: Sequence[str], before: Numbers, after: Numbers) -> Flags:
        """Return whether codes are made from the names of both states, and so say nothing more."""
        names = self.before.organization.units["name"], self.after.organization.units["name"]
        repeats = [
            _is_made_from(codes[one], names[0][one], self.before.folded[one])
            and _is_made_from(codes[one], names[1][other], self.after.folded[other])
            for one, other in zip(before.tolist(), after.tolist(), strict=True)
        ]
        return np.array(repeats, np.bool_)

    def match_by_names(self) -> None:
        """Match units that alone have their name in both states."""
        before, after = self.open
        before = before[self._is_unique_name[self.before.name[before]]]
        pairs = _unique_pairs((self.before.name[before], self.after.name[after]))
        self.match(before[pairs[0]], after[pairs[1]], Reason.NAME)

    def match_by_place(self) -> None:
        """Match units that alone have their name below the same unit, from the top down."""
        while self._match_places(Reason.PLACE, self._places):
            pass

    def match_by_order(self) -> None:
        """Match units of one name below the same unit by their heads, then in their order.

        Units with parts are left: their parts tell more than their order.
        """
        self._match_places(Reason.ORDER, self._places_of_heads)
        self._match_places(Reason.ORDER, self._places_in_order)

    def _match_places(self, reason: Reason, keys: Callable[[Numbers, Numbers], Keys]) -> bool:
        """Match units with equal keys of which the parents are matched; return whether any are."""
        before, after = self.open
        before = before[self.parent_afterwards(before) != UNMATCHED]
        if reason is Reason.ORDER:
            before, after = self.before.without_parts(before), self.after.without_parts(after)
        if not len(before) or not len(after):
            return False
        pairs = _unique_pairs(keys(before, after))
        self.match(before[pairs[0]], after[pairs[1]], reason)
        return bool(len(pairs[0]))

    def _places(self, before: Numbers, after: Numbers) -> Keys:
        """Return a number for each name below a parent."""
        parents = self.parent_afterwards(before), self.after.parent[after]
        names = self.before.name[before], self.after.name[after]
        return _combined(parents, names)

    def _places_of_heads(self, before: Numbers, after: Numbers) -> Keys:
        """Return a number for each name and head below a parent; no equal ones without a head."""
        unknown = (
            [f"{state}{unit}" for unit in range(len(units))]
            for state, units in enumerate((before, after))
        )
        heads = (
            [head or other for head, other in zip(cells, others, strict=True)]
            for cells, others in zip(
                (self.before.cells("head", before), self.after.cells("head", after)),
                unknown,
                strict=True,
            )
        )
        return _combined(self._places(before, after), _codes(*heads))

    def _places_in_order(self, before: Numbers, after: Numbers) -> Keys:
        """Return a number for each name below a parent and rank among the units of that name."""
        places = self._places(before, after)
        return _combined(places, (_ranks(places[0]), _ranks(places[1])))

    def matching(self) -> Matching:
        """Return what has been matched.

        Units with the same name are uncertain if they have moved and ids tell them apart.
        """
        if self.has_ids:
            named = np.flatnonzero(self._reason == REASONS.index(Reason.NAME))
            named = named[self.after_of[named] != UNMATCHED]
            after = self.after_of[named]
            ids = map(_loose_ids, (self.before.cells("id", named), self.after.cells("id", after)))
            are_others = np.array([one != other for one, other in zip(*ids, strict=True)], np.bool_)
            has_moved = self.parent_afterwards(named) != self.after.parent[after]
            self._is_uncertain[named] = are_others & has_moved
        return Matching(
            self.before, self.after, self.after_of, self.before_of, self._reason, self._is_uncertain
        )


def states_of(before: Organization, after: Organization) -> tuple[State, State]:
    """Return two organizations as states of one, whose names are numbered alike."""
    folded = [fold_texts(organization.units["name"]) for organization in (before, after)]
    names = _codes(*folded)
    return State(before, folded[0], names[0]), State(after, folded[1], names[1])


def _codes(before: Sequence[str], after: Sequence[str]) -> Keys:
    """Return a number for each text; equal texts have equal numbers."""
    codes, _ = pd.factorize(np.array([*before, *after], np.object_))
    return codes[: len(before)], codes[len(before) :]


def _combined(one: Keys, other: Keys) -> Keys:
    """Return a number for each pair of keys, which are not less than -1."""
    count = 2 + max((int(keys.max()) for keys in other if len(keys)), default=0)
    return (one[0] + 1) * count + other[0] + 1, (one[1] + 1) * count + other[1] + 1


def _ranks(keys: Numbers) -> Numbers:
    """Return how many equal keys are before each one."""
    return pd.Series(keys).groupby(keys).cumcount().to_numpy().astype(np.int64)


def _unique_pairs(keys: Keys) -> tuple[Numbers, Numbers]:
    """Return the positions of the keys that occur once on either side, pairwise."""
    (mine, my_positions), (theirs, their_positions) = map(_once, keys)
    _, at, other_at = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    return my_positions[at], their_positions[other_at]


def _once(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Return the keys that occur once, and their positions."""
    values, positions, counts = np.unique(keys, return_index=True, return_counts=True)
    return values[counts == 1], positions[counts == 1].astype(np.int64)


def _are_codes(cells: Sequence[str]) -> bool:
    """Return whether nearly all cells are filled with a code of their own that has a digit."""
    codes = {cell for cell in cells if cell.isalnum() and any(map(str.isdecimal, cell))}
    return len(codes) >= NEARLY_ALL * len(cells)


def _loose_ids(ids: Sequence[str]) -> list[str]:
    return [LEADING_ZEROS.sub("", text) for text in fold_texts(ids)]


def _is_made_from(code: str, name: str, folded: str) -> bool:
    """Return whether a code is a name, or its slug, with or without a number behind it."""
    made = folded.replace(" ", "-")
    return code == name or (code.startswith(made) and bool(NUMBERED.fullmatch(code, len(made))))
