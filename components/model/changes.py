"""What has changed between two states of an organization."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

import numpy as np

from components.model.columns import ColumnPair, Columns, paired_columns
from components.model.duty_changes import Duty, compare_duties
from components.model.facts import FactColumn
from components.model.matching import (
    NOTHING_SETTLED,
    REASONS,
    UNMATCHED,
    Matching,
    Reason,
    Settled,
)
from components.model.measures import measure_of
from components.model.organization import Numbers, Organization, Relation
from components.model.preorder import NO_PARENT
from components.model.relations import SYMMETRIC_KINDS
from components.model.same_units import same_units
from components.model.succession import Succession
from components.model.text import fold_text


class ChangeKind(StrEnum):
    """The kinds of changes, in the order of reports."""

    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    RENAMED = "renamed"
    TYPE = "type"
    HEAD = "head"
    RESPONSIBILITIES = "responsibilities"
    RELATIONS = "relations"
    MEASURES = "measures"
    FACTS = "facts"


SUCCESSIONS = frozenset({ChangeKind.SPLIT, ChangeKind.MERGED})
"""The kinds of changes in which units became other ones."""


class Aspect(StrEnum):
    """What has become of a responsibility or of a relation."""

    NEW = "new"
    GONE = "gone"
    REWORDED = "reworded"
    HANDED_OVER = "handed-over"


OWN_KINDS: Mapping[str, ChangeKind] = {
    "name": ChangeKind.RENAMED,
    "type": ChangeKind.TYPE,
    "head": ChangeKind.HEAD,
}
"""The columns whose changes have a kind of their own, unless only the spelling is another one."""

LEAST_REWRITTEN, NEARLY_ALL = 20, 0.9
"""Number and share of the units of whose column a fact differs that is rewritten."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a unit, or of several that were split or merged."""

    kind: ChangeKind
    before: tuple[int, ...]
    """The numbers of the units before: none of a new unit, several of a merger. If a responsibility
    was handed over, it is the unit that had it."""
    after: tuple[int, ...]
    """The numbers of the units afterwards: none of one that is gone, several of a split. If a
    responsibility was handed over, it is the unit that has it."""
    column: str = ""
    """The heading of the column that has changed, or the name of a standard column."""
    aspect: Aspect | None = None
    """Of responsibilities and relations."""
    old: str = ""
    """The cell, the responsibility or the name of the parent before."""
    new: str = ""
    """The same afterwards."""
    difference: Decimal | None = None
    """Of a measure, if there is a number in both states."""
    is_uncertain: bool = False
    """Of splits and mergers: whether only the names show it."""


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a measure over the whole organization."""

    before: Decimal
    after: Decimal
    fact: FactColumn
    """The column afterwards."""


@dataclass(frozen=True)
class Comparison:
    """Two states of an organization, and what has changed from the one to the other."""

    before: Organization
    after: Organization
    matching: Matching = field(repr=False)
    changes: Sequence[Change] = field(repr=False)
    """In the order of their kinds, then of the units."""
    columns: Columns = field(repr=False)
    rewritten: Sequence[str] = ()
    """The headings of columns that say something else of nearly every unit, such as the day of the
    last check; their cells are no changes."""

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed."""
        return not self.changes and not self.rewritten

    @cached_property
    def counts(self) -> Mapping[ChangeKind, int]:
        """The number of changes of each kind, also of those that do not occur."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind}

    @cached_property
    def unchanged(self) -> int:
        """The number of units of which nothing has changed."""
        before, after = self.matching.pairs
        are_real = self.matching.before.is_real[before] & self.matching.after.is_real[after]
        changed = {unit for change in self.changes for unit in change.after}
        changed |= {
            int(self.matching.after_of[unit]) for change in self.changes for unit in change.before
        }
        return len({*after[are_real].tolist()} - changed)

    @property
    def uncertain(self) -> Iterator[tuple[int, int, Reason]]:
        """Yield the units that may not be the same one: before, afterwards, why they seem to be."""
        for before in np.flatnonzero(self.matching.is_uncertain).tolist():
            after = int(self.matching.after_of[before])
            if after != UNMATCHED:
                yield before, after, REASONS[self.matching.reason[before]]

    @cached_property
    def totals(self) -> Sequence[Total]:
        """The sums of the measures in both states, where sums mean something."""
        totals = []
        for pair in self.columns.pairs:
            if pair.is_number and pair.facts and not any(fact.is_rate for fact in pair.facts):
                before, after = (
                    measure_of(state, fact).sum(0)
                    for state, fact in zip((self.before, self.after), pair.facts, strict=True)
                )
                totals.append(Total(before, after, pair.facts[1]))
        return totals


def compare(
    before: Organization, after: Organization, settled: Settled = NOTHING_SETTLED
) -> Comparison:
    """Return what has changed between two states of an organization.

    ``settled`` says of some units which are the same, or that they are gone or new.
    """
    matching, successions = same_units(before, after, settled)
    columns = paired_columns(before, after, matching.pairs)
    cells, rewritten = _cells(matching, columns)
    changes = [
        *_successions(successions),
        *_new_and_gone(matching, successions),
        *_moves(matching, successions),
        *cells,
        *_duties(matching),
        *_relations(matching),
    ]
    order = {kind: position for position, kind in enumerate(ChangeKind)}
    changes.sort(key=lambda change: (order[change.kind], change.after or change.before))
    return Comparison(before, after, matching, tuple(changes), columns, rewritten)


def _successions(successions: Sequence[Succession]) -> Iterator[Change]:
    for each in successions:
        yield Change(ChangeKind(each.kind), each.before, each.after, is_uncertain=each.is_uncertain)


def _new_and_gone(matching: Matching, successions: Sequence[Succession]) -> Iterator[Change]:
    """Yield the units without a counterpart that no split or merger explains."""
    before = {unit for each in successions for unit in each.before}
    after = {unit for each in successions for unit in each.after}
    for unit in matching.new.tolist():
        if unit not in after:
            parent = _name(matching.after.organization, int(matching.after.parent[unit]))
            yield Change(ChangeKind.NEW, (), (unit,), new=parent)
    for unit in matching.gone.tolist():
        if unit not in before:
            parent = _name(matching.before.organization, int(matching.before.parent[unit]))
            yield Change(ChangeKind.GONE, (unit,), (), old=parent)


def _name(organization: Organization, unit: int) -> str:
    return "" if unit == NO_PARENT else organization.units["name"][unit]


def _moves(matching: Matching, successions: Sequence[Succession]) -> Iterator[Change]:
    """Yield the units with another parent that is no successor of the one before."""
    before, after = matching.pairs
    parents = matching.before.parent[before], matching.after.parent[after]
    expected = np.where(parents[0] == NO_PARENT, NO_PARENT, matching.after_of[parents[0]])
    followed = {(old, new) for each in successions for old in each.before for new in each.after}
    are_real = matching.before.is_real[before] & matching.after.is_real[after]
    moved = np.flatnonzero((expected != parents[1]) & are_real)
    for one, other, old, new in zip(
        *(units[moved].tolist() for units in (before, after, *parents)), strict=True
    ):
        if (old, new) not in followed:
            yield Change(
                ChangeKind.MOVED,
                (one,),
                (other,),
                old=_name(matching.before.organization, old),
                new=_name(matching.after.organization, new),
            )


def _cells(matching: Matching, columns: Columns) -> tuple[list[Change], list[str]]:
    """Return the changes of names, types, heads, measures and facts; and rewritten columns."""
    before, after = matching.pairs
    are_real = matching.before.is_real[before] & matching.after.is_real[after]
    before, after = before[are_real], after[are_real]
    changes: list[Change] = []
    rewritten = []
    for pair in columns.pairs:
        positions = pair.differing(before, after)
        of_pair = [
            _change_of_cells(pair, one, other)
            for one, other in zip(
                before[positions].tolist(), after[positions].tolist(), strict=True
            )
        ]
        facts = sum(change.kind is ChangeKind.FACTS for change in of_pair)
        if facts >= max(LEAST_REWRITTEN, NEARLY_ALL * len(before)):
            rewritten.append(pair.heading)
            of_pair = [change for change in of_pair if change.kind is not ChangeKind.FACTS]
        changes += of_pair
    return changes, rewritten


def _change_of_cells(pair: ColumnPair, before: int, after: int) -> Change:
    old, new = pair.cells[0][before], pair.cells[1][after]
    kind, difference = ChangeKind.FACTS, None
    if pair.is_number:
        kind, difference = ChangeKind.MEASURES, pair.difference(before, after)
    elif pair.standard in OWN_KINDS and fold_text(old) != fold_text(new):
        kind = OWN_KINDS[pair.standard]
    return Change(kind, (before,), (after,), pair.heading, old=old, new=new, difference=difference)


def _duties(matching: Matching) -> Iterator[Change]:
    """Yield the responsibilities that are new, gone, reworded or handed over."""
    compared = compare_duties(matching)

    def change(aspect: Aspect, old: Duty | None, new: Duty | None) -> Change:
        return Change(
            ChangeKind.RESPONSIBILITIES,
            (old.unit,) if old else _counterpart(matching.before_of, new),
            (new.unit,) if new else _counterpart(matching.after_of, old),
            aspect=aspect,
            old=old.text if old else "",
            new=new.text if new else "",
        )

    yield from (change(Aspect.REWORDED, *pair) for pair in compared.reworded)
    yield from (change(Aspect.HANDED_OVER, *pair) for pair in compared.handed_over)
    yield from (change(Aspect.GONE, duty, None) for duty in compared.gone)
    yield from (change(Aspect.NEW, None, duty) for duty in compared.new)


def _counterpart(of: Numbers, duty: Duty | None) -> tuple[int, ...]:
    return (int(of[duty.unit]),) if duty else ()


RelationKey = tuple[int, int, str]
"""The ends of a relation as unit numbers afterwards, and its kind."""


def _relations(matching: Matching) -> Iterator[Change]:
    """Yield the relations that are new, gone or reworded between units of both states."""
    own_numbers = np.where(matching.before_of < 0, UNMATCHED, np.arange(len(matching.after)))
    before, after = (
        _relations_by_key(state.organization, numbers)
        for state, numbers in (
            (matching.before, matching.after_of),
            (matching.after, own_numbers),
        )
    )
    for key in dict.fromkeys((*after, *before)):
        origin, target, kind = key
        olds, news = before.get(key, []), after.get(key, [])
        common = Counter(olds) & Counter(news)
        olds, news = ([*(Counter(texts) - common).elements()] for texts in (olds, news))
        for at in range(max(len(olds), len(news))):
            old, new = (texts[at] if at < len(texts) else None for texts in (olds, news))
            aspect = Aspect.NEW if old is None else Aspect.GONE if new is None else Aspect.REWORDED
            yield Change(
                ChangeKind.RELATIONS,
                (int(matching.before_of[origin]), int(matching.before_of[target])),
                (origin, target),
                kind,
                aspect,
                old or "",
                new or "",
            )


def _relations_by_key(organization: Organization, numbers: Numbers) -> dict[RelationKey, list[str]]:
    """Return the descriptions of the relations between units that have a number afterwards."""
    found: dict[RelationKey, list[str]] = defaultdict(list)
    for row in _each_once(organization):
        ends = int(numbers[row.origin]), int(numbers[row.target])
        if row.kind in SYMMETRIC_KINDS:
            ends = min(ends), max(ends)
        if min(ends) >= 0:
            found[*ends, row.kind].append(row.description)
    return found


def _each_once(organization: Organization) -> Iterator[Relation]:
    """Yield each relation once; both of its units list it."""
    relations = organization.relations
    owners = np.repeat(np.arange(len(organization)), np.diff(relations.first)).tolist()
    return (row for row, owner in zip(relations.rows, owners, strict=True) if row.origin == owner)
