"""Changes between two states of an organization in words: sentences, sections, entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from components.model.change_groups import ChangeGroup, change_groups, parents_of, shown_in
from components.model.changes import Aspect, Change, ChangeKind, Comparison, Total
from components.model.facts import FactColumn
from components.model.matching import Reason
from components.model.organization import UNIT_COLUMNS, Organization
from components.model.quantities import quantity_in
from components.model.relations import Direction
from components.model.text import heading_text
from components.words import Words
from components.words.measures import signed
from components.words.relation_names import relation_text

ARROW, STEP, DASH, LIST = " → ", " › ", "–", "; "
"""Between what was and what is; between units above one another; for nothing; between several."""
NAMED = 4
"""Units of an entry that are named; the others are counted."""
STRUCTURE = (
    *(ChangeKind.NEW, ChangeKind.GONE, ChangeKind.MOVED, ChangeKind.RENAMED),
    *(ChangeKind.SPLIT, ChangeKind.MERGED),
)
"""The kinds of the first sentence, in its order."""
CONTENT = tuple(kind for kind in ChangeKind if kind not in STRUCTURE)
"""The kinds of the second sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in words, or several equal ones."""

    text: str
    above: tuple[str, ...]
    """The names of what is above its units, from the top down, without the top if it is not all."""
    changes: tuple[Change, ...]
    """The changes that it tells; several if they are equal or below one another."""

    place: str
    """What is above its units: "Finance › Payroll". Where a unit has moved to is in the text."""


@dataclass(frozen=True, slots=True)
class Section:
    """All changes of a kind."""

    kind: ChangeKind
    title: str
    count: int
    """Of changes; an entry may tell several."""
    totals: tuple[str, ...]
    """Of measures: what has become of their sums."""
    entries: tuple[Entry, ...]


def summary(comparison: Comparison, words: Words) -> tuple[str, ...]:
    """Return up to three sentences: the changed structure, other changes, what is as before."""
    if comparison.is_same:
        return (words("no-changes"),)
    words = words.about(comparison.after)
    sentences = []
    for kinds in (STRUCTURE, CONTENT):
        counts = [(kind, comparison.counts[kind]) for kind in kinds if comparison.counts[kind]]
        if counts:
            sentences.append(
                ", ".join(words(f"changed-{kind}", count=count) for kind, count in counts)
            )
    sentences.append(words("changed-same", count=comparison.unchanged))
    return tuple(f"{sentence}." for sentence in sentences)


def size_note(comparison: Comparison, words: Words) -> str:
    """Return how many units there were, and are: "119 posts before, 121 posts now"."""
    before, after = comparison.before, comparison.after
    return words(
        "changed-size",
        before=words.about(before)("units", count=before.count()),
        after=words.about(after)("units", count=after.count()),
    )


def kind_name(kind: ChangeKind, organization: Organization, words: Words) -> str:
    """Return the name of a kind of change: "Moved", "Head"; types as the table calls them."""
    if kind is ChangeKind.TYPE and organization.type_heading:
        return heading_text(organization.type_heading)
    return words(str(kind) if kind in NAMED_AS_COLUMNS else f"change-{kind}")


def uncertain_notes(comparison: Comparison, words: Words) -> Iterator[str]:
    """Yield a line for each two units that may not be the same one, with the reason."""
    names = comparison.before.units["name"], comparison.after.units["name"]
    for before, after, reason in comparison.uncertain:
        yield f"{names[0][before]}{ARROW}{names[1][after]} ({reason_name(reason, words)})"


def reason_name(reason: Reason, words: Words) -> str:
    """Return why two units are the same one: "same name"."""
    return words(f"same-{reason}")


def column_notes(comparison: Comparison, words: Words) -> Iterator[str]:
    """Yield a line for the columns of one state only, and for those that are rewritten."""
    columns = comparison.columns
    for key, names in (
        ("only-before", columns.only_before),
        ("only-after", columns.only_after),
        ("rewritten", comparison.rewritten),
    ):
        if names:
            yield words(key, columns=", ".join(column_name(name, words) for name in names))


def column_name(name: str, words: Words) -> str:
    """Return the heading of a column, or what the page calls a standard one: "Location"."""
    return words(name) if name in UNIT_COLUMNS and words.has(name) else heading_text(name)


def measure_text(change: Change, comparison: Comparison, words: Words) -> str:
    """Return what has become of a number: "2,000 → 2,300 (+300)"."""
    facts = next(
        pair.facts
        for pair in comparison.columns.pairs
        if pair.is_number and pair.heading == change.column
    )
    numbers = _from_to(
        *(
            _number(text, fact, words)
            for text, fact in zip((change.old, change.new), facts, strict=True)
        )
    )
    if change.difference is None:
        return numbers
    return f"{numbers} ({signed(change.difference, words)})"


def _from_to(old: str, new: str) -> str:
    return f"{old or DASH}{ARROW}{new or DASH}"


def _number(text: str, fact: FactColumn, words: Words) -> str:
    number = quantity_in(text, fact.mark)
    return text if number is None else words.number(number)


def total_text(total: Total, words: Words) -> str:
    """Return what has become of the sum of a measure: "Budget in all: 85 → 90 (+5, +5.9%)"."""
    name = words("in-all", name=heading_text(total.fact.heading))
    numbers = _from_to(*map(words.number, (total.before, total.after)))
    difference = total.after - total.before
    by = [signed(difference, words)]
    if total.before and difference:
        share = words.percent(abs(float(difference / total.before)))
        by.append(f"{by[0][0]}{share}")
    return f"{name}: {numbers} ({', '.join(by)})"


def sections(comparison: Comparison, words: Words, most: int | None = NAMED) -> list[Section]:
    """Return the changes by kind, in the order of the kinds; equal ones are one entry.

    An entry names ``most`` units, or responsibilities, and counts the others; None for all.
    """
    words = words.about(comparison.after)
    wording = ChangeWording(comparison, words, most)
    return [
        Section(
            kind,
            kind_name(kind, comparison.after, words),
            comparison.counts[kind],
            tuple(total_text(total, words) for total in comparison.totals)
            if kind is ChangeKind.MEASURES
            else (),
            tuple(map(wording.entry, groups)),
        )
        for kind, groups in change_groups(comparison).items()
    ]


def place_of(organization: Organization, unit: int) -> tuple[str, ...]:
    """Return the names of the units above a unit, from the top down."""
    above = organization.ancestors(unit)[int(organization.has_synthetic_top) :]
    return tuple(organization.units["name"][each] for each in above)


def unit_name(organization: Organization, unit: int) -> str:
    """Return the name of a unit in one of the states."""
    return organization.units["name"][unit]


class ChangeWording:
    """Puts the changes of a comparison into words.

    An entry names ``most`` units, or responsibilities, and counts the others; None for all.
    ``name`` returns how a unit of one of the states stands in the text.
    """

    def __init__(
        self,
        comparison: Comparison,
        words: Words,
        most: int | None = NAMED,
        name: Callable[[Organization, int], str] = unit_name,
    ) -> None:
        self._comparison = comparison
        self._words = words.about(comparison.after)
        self._most = most
        self._name = name

    def entry(self, group: ChangeGroup) -> Entry:
        """Return the entry of changes that are told together."""
        kind = group[0].kind
        above = self._above(group)
        place = above if kind is not ChangeKind.MOVED else self._above(group, without_parent=True)
        return Entry(TEXTS[kind](self, group), above, tuple(group), STEP.join(place))

    def _above(self, group: ChangeGroup, *, without_parent: bool = False) -> tuple[str, ...]:
        """Return the names above all units of a group, without the top if there are others."""
        organization = shown_in(self._comparison, group[0])[0]
        end = -1 if without_parent else None
        chains = [
            organization.ancestors(unit)[:end]
            for change in group
            for unit in shown_in(self._comparison, change)[1]
        ]
        common = [each[0] for each in zip(*chains, strict=False) if len({*each}) == 1]
        shown = common[1:] if len(common) > 1 or organization.has_synthetic_top else common
        return tuple(organization.units["name"][unit] for unit in shown)

    def _names(self, group: ChangeGroup) -> str:
        """Return the names of the units of equal changes; of moved ones with what came along."""
        names = []
        for change in group[: self._most]:
            organization, (unit, *_) = shown_in(self._comparison, change)
            along = organization.count(unit) - 1 if change.kind is ChangeKind.MOVED else 0
            names.append(self._with_below(self._name(organization, unit), along))
        return LIST.join([*names, *self._others(group)])

    def _others(self, group: ChangeGroup) -> list[str]:
        """Return how many changes are not named: "+ 3 more"; nothing if all are."""
        count = len(group[self._most :]) if self._most else 0
        return [self._words("folded", count=count)] if count else []

    def _with_below(self, name: str, below: int) -> str:
        return f"{name} ({self._words('units-below', count=below)})" if below else name

    def successions(self, group: ChangeGroup) -> str:
        """Return what units were split into or merged to."""
        (change,) = group
        before, after = (
            LIST.join(self._name(organization, unit) for unit in units)
            for organization, units in (
                (self._comparison.before, change.before),
                (self._comparison.after, change.after),
            )
        )
        note = f" ({self._words('shown-by-names')})" if change.is_uncertain else ""
        return f"{before}{ARROW}{after}{note}"

    def moves(self, group: ChangeGroup) -> str:
        """Return where units were and are."""
        old, new = parents_of(self._comparison, group[0])
        at_the_top = self._words("at-the-top")
        before = self._name(self._comparison.before, old) if group[0].old else at_the_top
        after = self._name(self._comparison.after, new) if group[0].new else at_the_top
        return f"{self._names(group)}: {before}{ARROW}{after}"

    def topmost(self, group: ChangeGroup) -> str:
        """Return a new or gone unit with how many below it are the same."""
        organization, (unit, *_) = shown_in(self._comparison, group[0])
        return self._with_below(self._name(organization, unit), len(group) - 1)

    def renames(self, group: ChangeGroup) -> str:
        """Return both names of a unit."""
        (unit,) = group[0].after
        return f"{group[0].old}{ARROW}{self._name(self._comparison.after, unit)}"

    def cells(self, group: ChangeGroup) -> str:
        """Return the cells of a unit in both states."""
        return f"{self._names(group)}: {_from_to(group[0].old, group[0].new)}"

    def facts(self, group: ChangeGroup) -> str:
        """Return an equal change of several units, or all changes of one."""
        is_equal = len({change.after for change in group}) > 1
        texts = (
            f"{column_name(change.column, self._words)} {_from_to(change.old, change.new)}"
            for change in (group[:1] if is_equal else group)
        )
        return f"{self._names(group if is_equal else group[:1])}: {LIST.join(texts)}"

    def measures(self, group: ChangeGroup) -> str:
        """Return the numbers of a unit in both states."""
        change = group[0]
        numbers = measure_text(change, self._comparison, self._words)
        return f"{self._names(group)}: {heading_text(change.column)} {numbers}"

    def duties(self, group: ChangeGroup) -> str:
        """Return what became of responsibilities of one unit, or of those that it handed over."""
        change, name = group[0], self._names(group[:1])
        texts = [
            each.new or each.old
            if each.old == each.new or not (each.old and each.new)
            else _from_to(each.old, each.new)
            for each in group[: self._most]
        ]
        text = LIST.join([*texts, *self._others(group)])
        if change.aspect is Aspect.HANDED_OVER:
            giver = self._name(self._comparison.before, change.before[0])
            return f"{giver}{ARROW}{name}: {text}"
        return f"{name}: {self._words(f'aspect-{change.aspect}', text=text)}"

    def relations(self, group: ChangeGroup) -> str:
        """Return what became of a relation of two units."""
        change = group[0]
        names = [self._name(self._comparison.after, unit) for unit in change.after]
        kind = relation_text(change.column, Direction.OUT, self._words)
        description = (
            _from_to(change.old, change.new)
            if change.old and change.new
            else (change.old or change.new)
        )
        text = ", ".join(filter(None, (f"{kind} {names[1]}", description)))
        return f"{names[0]}: {self._words(f'aspect-{change.aspect}', text=text)}"


NAMED_AS_COLUMNS = {ChangeKind.TYPE, ChangeKind.HEAD, ChangeKind.RESPONSIBILITIES}
"""The kinds that are called like what has changed."""
TEXTS: Mapping[ChangeKind, Callable[[ChangeWording, ChangeGroup], str]] = {
    ChangeKind.SPLIT: ChangeWording.successions,
    ChangeKind.MERGED: ChangeWording.successions,
    ChangeKind.NEW: ChangeWording.topmost,
    ChangeKind.GONE: ChangeWording.topmost,
    ChangeKind.MOVED: ChangeWording.moves,
    ChangeKind.RENAMED: ChangeWording.renames,
    ChangeKind.TYPE: ChangeWording.cells,
    ChangeKind.HEAD: ChangeWording.cells,
    ChangeKind.RESPONSIBILITIES: ChangeWording.duties,
    ChangeKind.RELATIONS: ChangeWording.relations,
    ChangeKind.MEASURES: ChangeWording.measures,
    ChangeKind.FACTS: ChangeWording.facts,
}
"""How the changes of each kind are put into words."""
