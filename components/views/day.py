"""The day of which the organization is shown, and the ways to other days."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.view_state import AT
from components.views import ids
from components.views.elements import Input
from components.words import Words
from components.words.captions import as_of

NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})


def day_menu(
    organization: Organization,
    words: Words,
    parameters: Mapping[str, str] = NO_PARAMETERS,
    *,
    is_refused: bool = False,
) -> list[Component]:
    """Return the day that is shown, with a form that asks for another one.

    The list is empty if records have no periods. ``parameters`` are those of the page's address,
    which the form keeps; ``assets/js/parts/day.js`` takes those of the view instead.
    With ``is_refused`` a sentence says that the address asks for a day without records.
    """
    if not organization.has_periods:
        return []
    others = {name: value for name, value in parameters.items() if name != AT}
    field = Input(type="date", name=AT, value=str(organization.day or ""), required="required")
    form = html.Form(
        [
            *(Input(type="hidden", name=name, value=value) for name, value in others.items()),
            html.Label([words("day"), field]),
            html.Button(words("show-day"), type="submit"),
        ]
    )
    return [
        *([html.P(words("no-such-day"), role="status")] if is_refused else []),
        html.Details([html.Summary(shown_day(organization, words)), form], className="day-menu"),
    ]


def link_to_current_day(text: str) -> list[Component]:
    """Return the link back to the day that is shown by default; an empty list without a text."""
    return [html.A(text, id=ids.CURRENT_DAY, href=f"?{AT}=")] if text else []


def shown_day(organization: Organization, words: Words) -> str:
    """Return the day that is shown: "As of Jan 1, 2023".

    If no record holds on it, the records of all days are shown, and the text says so.
    """
    return as_of(organization, words) if organization.day else words("all-days")
