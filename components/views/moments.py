"""The state of the organization that is shown, and the ways to others: of a day, or one of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.moment import NOW, Moment, Shown
from components.model.organization import Organization
from components.view_state import AT, BEFORE, moment_parameters, query_of
from components.views import ids
from components.views.attributes import aria, data
from components.views.elements import Input
from components.words import Words
from components.words.captions import as_of
from components.words.changes import ARROW

NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})
MOMENT_LINK = "?moment="
"""How links to another moment begin; the page puts the other parameters of its address there."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The moment that is shown, and what there is besides."""

    shown: Moment = NOW
    is_compared: bool = False
    """Whether there is an earlier state by default."""
    has_periods: bool = False
    """Whether records hold for periods of time."""
    days: Sequence[date] = ()
    """The days of dated states, the earliest first."""
    compares: bool = True
    """Whether any two days can be compared."""

    @property
    def day(self) -> date | None:
        """The day of the dated state that is shown; None if there are no such states."""
        return self._state_on(self.shown.at)

    @property
    def earlier_day(self) -> date | None:
        """The day of the dated state with which it is compared; None if it is not."""
        return self._state_on(self.shown.before) if self.shown.before else None

    def _state_on(self, day: date | None) -> date | None:
        begun = [each for each in self.days if day is None or each <= day]
        return begun[-1] if begun else None


def day_menu(
    organization: Organization,
    words: Words,
    parameters: Mapping[str, str] = NO_PARAMETERS,
    *,
    is_refused: bool = False,
) -> list[Component]:
    """Return the day that is shown, with forms that ask for another one, or compare with one.

    The list is empty if records have no periods. ``parameters`` are those of the page's address,
    which the forms keep; ``assets/js/parts/moment.js`` takes those of the view instead.
    With ``is_refused`` a sentence says that the address asks for a day without records.
    """
    if not organization.has_periods:
        return []
    day = str(organization.day or "")
    forms = [
        _form(AT, day, words("day"), words("show-day"), parameters),
        _form(BEFORE, "", words("compare-with-day"), words("compare"), parameters),
    ]
    menu = [html.Summary(shown_day(organization, words)), html.Div(forms)]
    return [
        *([html.P(words("no-such-day"), role="status")] if is_refused else []),
        html.Details(menu, className="day-menu"),
    ]


def _form(name: str, day: str, label: str, button: str, parameters: Mapping[str, str]) -> Component:
    others = {other: value for other, value in parameters.items() if other != name}
    field = Input(type="date", name=name, value=day, required="required")
    return html.Form(
        [
            *(Input(type="hidden", name=other, value=value) for other, value in others.items()),
            html.Label([label, field]),
            html.Button(button, type="submit"),
        ]
    )


def moment_menu(moments: Moments, words: Words) -> list[Component]:
    """Return the choice between two states, and the way through dated ones; empty without them."""
    parts: list[Component] = []
    if len(moments.days) > 1:
        parts.append(_time(moments, words))
    if moments.is_compared or (moments.compares and (moments.has_periods or parts)):
        parts.append(_choice_of_states(moments, words))
    return parts


def _choice_of_states(moments: Moments, words: Words) -> Component:
    """Return links to what is shown of two states: the earlier one, both, the later one.

    It is hidden while there is only one.
    """
    shown = moments.shown
    choices = {
        Shown.BEFORE: "state-before",
        Shown.BOTH: "state-both",
        Shown.AFTER: "state-after",
    }
    links = [
        _link(
            replace(shown, shown=state),
            words(key),
            is_current=state is shown.shown,
            **data(shown=str(state)),
        )
        for state, key in choices.items()
    ]
    return html.Div(
        links,
        role="group",
        className="choice states",
        hidden=not (moments.is_compared or shown.before),
        **aria(label=words("states")),
        **(data(compared="") if moments.is_compared else {}),
    )


def _time(moments: Moments, words: Words) -> Component:
    """Return the dated states: a slider and a button that plays them, and a list without scripts.

    Each entry of the list also leads to what has changed between it and the state that is shown.
    """
    day, shown = moments.day, moments.shown
    last = moments.days[-1]
    entries = []
    for each in reversed(moments.days):
        at = None if each == last else each
        links = [_link(Moment(at), words.date(str(each)), is_current=each == day)]
        if moments.compares and day is not None and each < day:
            compared = Moment(shown.at, each)
            is_current = each == moments.earlier_day
            links.append(_link(compared, words("compare"), is_current=is_current))
        entries.append(html.Li(links))
    position = moments.days.index(day) if day in moments.days else len(moments.days) - 1
    slider = Input(
        type="range",
        min="0",
        max=str(len(moments.days) - 1),
        value=str(position),
        step="1",
        **aria(label=words("time")),
        **data(days=" ".join(map(str, moments.days))),
    )
    play = html.Button("▶", type="button", **data(action="play"), **aria(label=words("play-time")))
    shown_days = [words.date(str(each)) for each in (moments.earlier_day, day) if each]
    text = ARROW.join(shown_days) or words("time")
    menu = html.Details([html.Summary(text), html.Ul(entries)], className="day-menu")
    return html.Div([play, slider, menu], className="time")


def _link(moment: Moment, text: str, *, is_current: bool, **attributes: Any) -> Component:
    query = query_of(moment_parameters(moment))
    current = aria(current="true") if is_current else {}
    return html.A(text, href=f"{MOMENT_LINK}{query}", **data(moment=query), **current, **attributes)


def link_to_current_day(text: str) -> list[Component]:
    """Return the link back to the day that is shown by default; an empty list without a text."""
    return [html.A(text, id=ids.CURRENT_DAY, href=MOMENT_LINK, **data(moment=""))] if text else []


def fixed_day(organization: Organization, words: Words) -> list[str]:
    """Return the day that is shown where no other one can be; empty if records have no periods."""
    return [shown_day(organization, words)] if organization.has_periods else []


def shown_day(organization: Organization, words: Words) -> str:
    """Return the day that is shown: "As of Jan 1, 2023".

    If no record holds on it, the records of all days are shown, and the text says so.
    """
    return as_of(organization, words) if organization.day else words("all-days")
