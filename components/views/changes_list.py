"""The list of all changes between two states, by kind and by branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.change_groups import ChangeGroup
from components.model.changes import ChangeKind
from components.model.filters import ANY_CHANGE
from components.model.history import History
from components.model.matching import UNMATCHED
from components.model.organization import Organization
from components.views.attributes import aria, data
from components.views.elements import Input
from components.views.links import unit_link
from components.views.text import Content, language_attributes, place, with_components
from components.words import Words
from components.words.changes import STEP, ChangeWording, Entry, kind_name, total_text

FIRST, PART = 30, 500
"""Entries of a kind that the list has at first, and those of each further part."""


def changes_list(
    organization: Organization, words: Words, kinds: Sequence[str] = ()
) -> list[Component]:
    """Return the first changes of each kind, and how many there are; empty for one state.

    With ``kinds``, the others are hidden. ``assets/js/parts/changes.js`` shows further changes, and
    narrows the list by kinds and by what is typed.
    """
    history = organization.history
    if history is None:
        return []
    wording = _Wording(organization, history, words)
    if history.comparison.is_same:
        return [html.P(words("no-changes"), className="muted")]
    is_shown = {kind: not kinds or ANY_CHANGE in kinds or kind in kinds for kind in history.groups}
    return [
        _head(wording, kinds),
        *(
            _section(wording, kind, groups, is_shown=is_shown[kind])
            for kind, groups in history.groups.items()
        ),
    ]


def further_changes(
    organization: Organization, words: Words, kind: ChangeKind, part: int
) -> list[Component]:
    """Return a part of the changes of a kind that the list does not have at first."""
    history = organization.history
    if history is None:
        return []
    groups = history.groups.get(kind, ())
    start = FIRST + part * PART
    return _branches(
        _Wording(organization, history, words), groups[start : start + PART], is_whole=False
    )


def further_parts(organization: Organization) -> dict[str, int]:
    """Return how many further parts there are of each kind of changes."""
    history = organization.history
    groups = history.groups if history else {}
    return {str(kind): -(-max(0, len(of_kind) - FIRST) // PART) for kind, of_kind in groups.items()}


@dataclass(frozen=True)
class _Wording:
    """Writes entries with links to their units."""

    organization: Organization
    history: History
    words: Words

    @cached_property
    def _wording(self) -> ChangeWording:
        return ChangeWording(self.history.comparison, self.words, name=self._mark)

    def entry(self, group: ChangeGroup) -> Entry:
        """Return an entry in whose text places are marked for the links."""
        return self._wording.entry(group)

    def _mark(self, state: Organization, unit: int) -> str:
        return place(f"{'before' if state is self.history.comparison.before else 'after'}_{unit}")

    def linked(self, text: str) -> Content:
        """Return the text of an entry with its links."""
        return with_components(text, self._link)

    def _link(self, mark: str) -> Component | str:
        """Return a link to a unit as it was or is called; its name if it is not drawn."""
        state, _, number = mark.partition("_")
        comparison, unit = self.history.comparison, int(number)
        if state == "before":
            name, shown = comparison.before.units["name"][unit], self.history.from_before[unit]
        else:
            name, shown = comparison.after.units["name"][unit], self.history.from_after[unit]
        if shown == UNMATCHED:
            return name
        return unit_link(self.organization, int(shown), self.words, name)


def _head(wording: _Wording, kinds: Sequence[str]) -> Component:
    """Return the choice of kinds, and the field that narrows the list."""
    words, comparison = wording.words, wording.history.comparison
    buttons = [
        html.Button(
            [
                kind_name(kind, wording.organization, words),
                " ",
                html.Small(words.number(comparison.counts[kind])),
            ],
            type="button",
            value=str(kind),
            **data(filter="changes"),
            **aria(pressed=str(kind in kinds).lower()),
        )
        for kind in wording.history.groups
    ]
    left = words("changes-left", left="{left}", all=words.number(len(comparison.changes)))
    return html.Div(
        [
            html.Div(
                buttons, className="kinds", role="group", **aria(label=words("kinds-of-changes"))
            ),
            Input(
                type="search",
                placeholder=words("search-changes"),
                autoComplete="off",
                spellCheck="false",
                **aria(label=words("search-changes")),
            ),
            html.P(className="left muted", role="status", **data(left=left)),
        ],
        className="changes-head",
        **data(more=words("show-more", left="{left}")),
    )


def _section(
    wording: _Wording, kind: ChangeKind, groups: Sequence[ChangeGroup], *, is_shown: bool
) -> Component:
    words, comparison = wording.words, wording.history.comparison
    attributes = language_attributes(wording.organization, words)
    title = kind_name(kind, wording.organization, words)
    totals = comparison.totals if kind is ChangeKind.MEASURES else ()
    left = len(groups) - FIRST
    hidden: dict[str, Any] = {} if is_shown else {"hidden": True}
    return html.Section(
        [
            html.H2([title, " ", html.Small(words.number(comparison.counts[kind]))]),
            *(
                [
                    html.Ul(
                        [html.Li(total_text(total, words), **attributes) for total in totals],
                        className="sums",
                    )
                ]
                if totals
                else []
            ),
            html.Div(_branches(wording, groups[:FIRST], is_whole=left <= 0), className="branches"),
            *([html.P(words("and-more", count=left), className="more muted")] if left > 0 else []),
        ],
        **data(kind=str(kind), entries=str(len(groups))),
        **hidden,
    )


def _branches(
    wording: _Wording, groups: Sequence[ChangeGroup], *, is_whole: bool
) -> list[Component]:
    """Return entries below the names of their branches.

    ``is_whole`` is whether these are all of their kind, so that their number says how many changes
    a branch has.
    """
    organization, words = wording.organization, wording.words
    attributes = language_attributes(organization, words)
    by_branch: dict[str, list[Entry]] = {}
    for entry in map(wording.entry, groups):
        by_branch.setdefault(entry.above[0] if entry.above else "", []).append(entry)
    top = words("at-the-top") if organization.has_synthetic_top else organization.units["name"][0]
    return [
        html.Div(
            [
                html.H3(
                    [
                        html.Span(branch or top, **attributes),
                        *(_count(entries, words) if is_whole else []),
                    ]
                ),
                html.Ul([_entry(wording, entry) for entry in entries]),
            ],
            className="branch",
        )
        for branch, entries in by_branch.items()
    ]


def _count(entries: Sequence[Entry], words: Words) -> Content:
    """Return the number of changes in a branch, if there are several."""
    count = sum(len(entry.changes) for entry in entries)
    return [" ", html.Small(words.number(count))] if count > 1 else []


def _entry(wording: _Wording, entry: Entry) -> Component:
    attributes = language_attributes(wording.organization, wording.words)
    content = wording.linked(entry.text)
    has_moved = entry.changes[0].kind is ChangeKind.MOVED
    between = entry.above[1:-1] if has_moved else entry.above[1:]
    if between:
        content += [" ", html.Small(STEP.join(between))]
    return html.Li(
        content,
        **attributes,
        **(data(count=str(len(entry.changes))) if len(entry.changes) > 1 else {}),
    )
