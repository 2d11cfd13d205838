"""What has changed between two states, as the page shows it: of a unit, and of all units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import numpy as np
from dash import html
from dash.development.base_component import Component

from components.diagrams.signs import COUNTED
from components.model.changes import Aspect, Change, ChangeKind, Comparison
from components.model.facts import Compared
from components.model.history import History
from components.model.matching import REASONS, UNMATCHED
from components.model.organization import UNIT_COLUMNS, Organization
from components.model.relations import Direction
from components.model.text import heading_text
from components.views.attributes import aria, data
from components.views.facts import fact_content, folded_text
from components.views.links import unit_link
from components.views.text import (
    Content,
    and_more,
    data_text,
    language_attributes,
    message_parts,
)
from components.words import Words
from components.words.changes import (
    ARROW,
    DASH,
    LIST,
    column_name,
    column_notes,
    kind_name,
    measure_text,
    reason_name,
    size_note,
    summary,
    total_text,
    uncertain_notes,
)
from components.words.relation_names import relation_is_known, relation_text

SECTION = "changes"
"""The name of the section of the panel."""
MAX_TOTALS, MAX_UNCERTAIN = 8, 20
"""Sums of measures, and uncertain matches, that the overview lists."""


def unit_changes(organization: Organization, unit: int, words: Words) -> list[Component]:
    """Return what has become of a unit since the earlier state; empty if nothing has."""
    history = organization.history
    if history is None:
        return []
    of_unit = _UnitChanges(organization, history, unit, words)
    content = [*of_unit.presence(), *of_unit.terms(), *of_unit.uncertainty()]
    if not content:
        return []
    return [_section(words("changes"), content)]


def change_mark(organization: Organization, unit: int, words: Words) -> Content:
    """Return a sign for a unit that is gone, new or has moved, and what it means in a word.

    It is empty for other units, and for an organization of one state.
    """
    kind = organization.history.mark(unit) if organization.history else None
    if kind is None:
        return []
    name = kind_name(kind, organization, words)
    return [
        html.Span(
            [
                html.Span(str(COUNTED[kind]), **aria(hidden="true")),
                html.Span(name, className="unseen"),
            ],
            className=f"change {kind}",
            title=name,
        ),
        " ",
    ]


def all_changes(organization: Organization, words: Words) -> list[Component]:
    """Return what has changed as a whole, for the overview; empty for one state."""
    history = organization.history
    if history is None:
        return []
    comparison = history.comparison
    attributes = language_attributes(organization, words)
    totals = [
        html.Li(total_text(total, words), **attributes) for total in comparison.totals[:MAX_TOTALS]
    ]
    content = [
        *(html.P(sentence, className="sentence") for sentence in summary(comparison, words)),
        html.P(f"{size_note(comparison, words)}.", className="muted"),
        *([html.Ul(totals)] if totals else []),
        *(
            html.P(note, className="muted", **attributes)
            for note in column_notes(comparison, words)
        ),
        *_uncertain(organization, comparison, words),
        *([_list_link(words)] if comparison.changes else []),
    ]
    return [_section(words("what-has-changed"), content)]


def _section(heading: str, content: Sequence[Component]) -> Component:
    return html.Section([html.H3(heading), *content], **data(section=SECTION))


def _uncertain(
    organization: Organization, comparison: Comparison, words: Words
) -> Iterator[Component]:
    """Yield the units that may not be the same, folded."""
    attributes = language_attributes(organization, words)
    notes = [*islice(uncertain_notes(comparison, words), MAX_UNCERTAIN + 1)]
    if notes:
        count = int(np.count_nonzero(comparison.matching.is_uncertain))
        yield html.Details(
            [
                html.Summary(words("uncertain-matches", count=count)),
                html.P(words("uncertain-hint"), className="muted"),
                html.Ul([html.Li(note, **attributes) for note in notes[:MAX_UNCERTAIN]]),
                *and_more(count - MAX_UNCERTAIN, words),
            ]
        )


def _list_link(words: Words) -> Component:
    """Return the link to the view with the list of all changes."""
    return html.P(
        html.A(
            words("list-of-changes"), href="?view=changes", **data(action="view", value="changes")
        )
    )


@dataclass(frozen=True)
class _UnitChanges:
    """Writes the changes of a unit as terms and descriptions."""

    organization: Organization
    history: History
    unit: int
    words: Words

    def presence(self) -> Iterator[Component]:
        """Yield a sentence if the unit is in one state only."""
        if self.unit in self.history.gone:
            yield html.P(self.words("gone-since"), className="presence gone")
        elif self.unit in self.history.new:
            yield html.P(self.words("new-since"), className="presence new")

    def terms(self) -> Iterator[Component]:
        """Yield a list with a term for each column or kind of changes."""
        terms: list[Component] = []
        changes = self.history.changes.get(self.unit, ())
        for kind, of_kind in groupby(changes, key=lambda change: change.kind):
            describe = DESCRIPTIONS.get(kind)
            if describe:
                terms += describe(self, kind, [*of_kind])
        terms += self._last_numbers()
        if terms:
            yield html.Dl(terms, className="details")

    def uncertainty(self) -> Iterator[Component]:
        """Yield a note if the unit may not be the one that it is taken for."""
        matching, before = self.history.comparison.matching, self.history.number_before[self.unit]
        is_match = self.history.number_after[self.unit] != UNMATCHED and before != UNMATCHED
        if is_match and matching.is_uncertain[before]:
            name = self._text(self.history.comparison.before.units["name"][before])
            reason = reason_name(REASONS[matching.reason[before]], self.words)
            parts = message_parts(self.words, "taken-for", name=name, reason=reason)
            yield html.P(parts, className="muted")

    def succession(self, kind: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield what the unit was split into or merged to, or came from."""
        for change in changes:
            before, after = self.history.ends_of(change)
            note = f" ({self.words('shown-by-names')})" if change.is_uncertain else ""
            content = [*self._units(before), ARROW, *self._units(after), note]
            yield from self._term(kind_name(kind, self.organization, self.words), content)

    def move(self, kind: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield below which unit the unit was, and is."""
        for change in changes:
            above = self.organization.ancestors(self.unit)[-1:]
            content = [
                *self._parent(self.history.moved.get(self.unit), change.old),
                ARROW,
                *self._parent(above[0] if above and change.new else None, change.new),
            ]
            yield from self._term(kind_name(kind, self.organization, self.words), content)

    def cells(self, _: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield the cells of columns in both states."""
        for change in changes:
            yield from self._term(self._column(change), self._from_to(change.old, change.new))

    def _column(self, change: Change) -> Component | str:
        if change.column == "type":
            name = kind_name(ChangeKind.TYPE, self.organization, self.words)
            return self._text(name) if self.organization.type_heading else name
        name = column_name(change.column, self.words)
        return name if change.column in UNIT_COLUMNS else self._text(name)

    def name(self, kind: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield the names in both states."""
        for change in changes:
            content = self._from_to(change.old, change.new)
            yield from self._term(kind_name(kind, self.organization, self.words), content)

    def measures(self, _: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield the numbers in both states, and their differences."""
        for change in changes:
            text = measure_text(change, self.history.comparison, self.words)
            yield from self._term(self._text(heading_text(change.column)), [text])

    def _last_numbers(self) -> Iterator[Component]:
        """Yield the numbers of a unit that is gone, which its facts no longer have."""
        if self.unit not in self.history.gone:
            return
        for fact in self.organization.facts.values():
            if fact.compared is Compared.BEFORE and fact.cells[self.unit]:
                content = [*fact_content(fact, self.unit, self.words), ARROW, DASH]
                yield from self._term(self._text(heading_text(fact.heading)), content)

    def duties(self, kind: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield what has become of the responsibilities of the unit."""
        items = [html.Li(self._duty(change)) for change in changes]
        yield from self._term(
            kind_name(kind, self.organization, self.words), [html.Ul(items)], is_list=True
        )

    def _duty(self, change: Change) -> Content:
        text = html.Span(self._from_to(change.old, change.new))
        if change.aspect is not Aspect.HANDED_OVER:
            if change.aspect is not Aspect.REWORDED:
                text = html.Span(self._text(change.new or change.old))
            return message_parts(self.words, f"aspect-{change.aspect}", text=text)
        if change.old == change.new:
            text = html.Span(self._text(change.new))
        giver = int(self.history.from_before[change.before[0]])
        taker = int(self.history.from_after[change.after[0]])
        key, other = ("handed-to", taker) if giver == self.unit else ("handed-from", giver)
        link = unit_link(self.organization, other, self.words)
        return message_parts(self.words, key, unit=link, text=text)

    def relations(self, kind: ChangeKind, changes: Sequence[Change]) -> Iterator[Component]:
        """Yield the relations of the unit that are new, gone, or described in other words."""
        items = [html.Li(self._relation(change)) for change in changes]
        yield from self._term(
            kind_name(kind, self.organization, self.words), [html.Ul(items)], is_list=True
        )

    def _relation(self, change: Change) -> Content:
        origin, target = self.history.from_after[[*change.after]].tolist()
        is_outgoing = origin == self.unit
        direction = Direction.OUT if is_outgoing else Direction.IN
        verb = relation_text(change.column, direction, self.words)
        description = (
            self._from_to(change.old, change.new)
            if change.old and change.new
            else [self._text(change.old or change.new)]
        )
        text = html.Span(
            [
                verb if relation_is_known(change.column, self.words) else self._text(verb),
                " ",
                unit_link(self.organization, target if is_outgoing else origin, self.words),
                *([", ", *description] if change.old or change.new else []),
            ]
        )
        return message_parts(self.words, f"aspect-{change.aspect}", text=text)

    def _term(
        self, name: Component | str, content: Content, *, is_list: bool = False
    ) -> Iterator[Component]:
        yield html.Dt(name)
        yield html.Dd(content, className="list" if is_list else None)

    def _parent(self, parent: int | None, name: str) -> Content:
        """Return a link to what a unit is below, or its name if it is not drawn."""
        if parent is None:
            return [self._text(name) if name else self.words("at-the-top")]
        return self._units([parent])

    def _units(self, units: Sequence[int]) -> Content:
        """Return links to units; the unit itself is only named."""
        parts: Content = []
        for unit in units:
            name = self.organization.units["name"][unit]
            parts += [
                LIST,
                html.B(self._text(name))
                if unit == self.unit
                else unit_link(self.organization, unit, self.words),
            ]
        return parts[1:]

    def _from_to(self, old: str, new: str) -> Content:
        return [
            html.Del(self._folded(old)),
            ARROW,
            html.Ins(self._folded(new)),
        ]

    def _folded(self, text: str) -> Content:
        attributes = language_attributes(self.organization, self.words)
        content: Content = folded_text(text) if text else [DASH]
        return [html.Span(content, **attributes)] if text and attributes else content

    def _text(self, text: str) -> Component | str:
        return data_text(self.organization, text, self.words)


DESCRIPTIONS: Mapping[
    ChangeKind,
    Callable[[_UnitChanges, ChangeKind, Sequence[Change]], Iterator[Component]],
] = {
    ChangeKind.SPLIT: _UnitChanges.succession,
    ChangeKind.MERGED: _UnitChanges.succession,
    ChangeKind.MOVED: _UnitChanges.move,
    ChangeKind.RENAMED: _UnitChanges.name,
    ChangeKind.TYPE: _UnitChanges.cells,
    ChangeKind.HEAD: _UnitChanges.cells,
    ChangeKind.RESPONSIBILITIES: _UnitChanges.duties,
    ChangeKind.RELATIONS: _UnitChanges.relations,
    ChangeKind.MEASURES: _UnitChanges.measures,
    ChangeKind.FACTS: _UnitChanges.cells,
}
"""How the panel tells the changes of a kind; new and gone units have a sentence."""
