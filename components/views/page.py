"""The page: header, toolbar, places of the diagrams, panel, legend and dialogs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import ViewState
from components.views import ids
from components.views.attributes import aria, data
from components.views.downloads import download_menu
from components.views.embedding import embed_button, embed_dialog, embed_view
from components.views.encoding import encoding_menu
from components.views.keys import keys_dialog, skip_links
from components.views.moments import day_menu, fixed_day
from components.views.problems import problems_dialog, problems_link
from components.views.search import search
from components.views.stage import picture_id, stage_id
from components.views.text import Content, language_attributes, message_parts
from components.views.toolbar import (
    legend,
    lines,
    matrix_columns,
    network_switches,
    swatch_rules,
    toolbar,
    view_choice,
)
from components.words import Words


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for the page: what its address asks for, and the language."""

    state: ViewState
    words: Words
    """The texts in the requested language, or else in the one that the browser prefers."""
    unknown_unit: str = ""
    """The name in the address, if no unit has it."""
    current_day: str = ""
    """The text of the link to the day that is shown by default; empty if there are no days. Styles
    hide it on that day."""


def page(index: OrganizationIndex, request: PageRequest, focus: str) -> Component:
    """Return the page, its toolbar set to a state; the panel, the lists and pictures are empty.

    ``data-shows`` of these is the id of the unit that their content is about: ``focus``, except for
    the panel. So scripts know whether they need other content.
    """
    organization, words, shows = index.organization, request.words, data(shows=focus)
    pressed = {**request.state.choices, "by": request.state.by}
    return html.Div(
        [
            skip_links(words),
            _header(organization, words),
            toolbar(index, pressed, shows, words, request.current_day),
            html.Main(
                [
                    encoding_menu(words),
                    _diagram(ids.SUNBURST, shows, words),
                    _diagram(
                        ids.NETWORK,
                        shows,
                        words,
                        [network_switches(organization, pressed, words)],
                        [_zoom(words), _chain(words)],
                    ),
                    _view("outline", [html.Div(id=ids.OUTLINE, **shows)], words),
                    _view("relations", [_relations(organization, shows)], words),
                    *(
                        [_view("changes", [html.Div(id=ids.CHANGES)], words)]
                        if organization.history
                        else []
                    ),
                    _view(
                        "matrix",
                        [
                            matrix_columns(index, pressed, words),
                            html.Div(id=ids.MATRIX, **shows),
                            _covering(words),
                        ],
                        words,
                    ),
                ]
            ),
            legend(organization, shows, words),
            _sheet(organization, request, focus),
            embed_dialog(index, words),
            keys_dialog(words),
            problems_dialog(words),
            html.P(words("walk-help"), id=ids.WALK_HELP, hidden=True),
            html.Div(id=ids.ANNOUNCER, className="unseen", role="status"),
            html.Div(id=ids.NOTICE, role="status"),
            html.Div(id=ids.DATA_STATUS, role="status"),
            html.Div(id=ids.TOOLTIP, **aria(hidden="true")),
            html.P(words("scripts-failed"), id=ids.FAILURE, role="status"),
        ],
        id=ids.PAGE,
    )


def page_parts(index: OrganizationIndex, words: Words) -> dict[str, Any]:
    """Return the parts of the page that depend on the organization and have no other fragment.

    - ``title``: title of the organization
    - ``language``: language of its data, if that is not the page's
    - ``styles``: CSS rules of the legend
    - ``parts``: components that replace those with the same ids
    """
    organization, pressed = index.organization, ViewState().choices
    day = day_menu if index.has_other_days else fixed_day
    return {
        "title": organization.about.title,
        "language": words.foreign(organization.about.language) or "",
        "styles": swatch_rules(organization),
        "parts": [
            *_title(organization, words),
            problems_link(organization, words),
            view_choice(index, pressed, words),
            network_switches(organization, pressed, words),
            matrix_columns(index, pressed, words),
            lines(organization, words),
            embed_view(index, words),
            html.Div(day(organization, words), id=ids.DAY),
        ],
    }


def _diagram(
    name: str,
    shows: Mapping[str, Any],
    words: Words,
    options: Sequence[Component] = (),
    controls: Sequence[Component] = (),
) -> Component:
    """Return the place of a living diagram, with its options, its picture and its controls."""
    place = html.Div(id=stage_id(name), className="stage")
    picture = html.Div(id=picture_id(name), className="picture", **shows)
    return _view(name, [*options, place, picture, *controls, download_menu(name, words)], words)


def _view(name: str, content: Sequence[Component], words: Words) -> Component:
    return html.Section(content, className=f"diagram {name}-view", **aria(label=words(name)))


def _sheet(organization: Organization, request: PageRequest, focus: str) -> Component:
    """Return the panel, with a handle for narrow screens, where it is a bottom sheet.

    ``data-shows`` is the id of the unit, or the name of an unknown one, or empty for the overview;
    a known unit has ``data-within``, the focus in which it is visible.
    """
    words, unit = request.words, request.state.unit
    shows = {"shows": request.unknown_unit}
    if unit is not None:
        shows = {"shows": organization.units["id"][unit], "within": focus}
    handle = html.Button(
        type="button",
        className="sheet-handle",
        **aria(label=words("embed-panel"), controls=ids.PANEL, expanded="false"),
    )
    panel = html.Aside(
        id=ids.PANEL, tabIndex=0, **aria(label=words("selected-unit")), **data(**shows)
    )
    return html.Div([handle, panel, html.Div(id=ids.BELOW_PANEL)], className="sheet")


def _header(organization: Organization, words: Words) -> Component:
    return html.Header(
        [
            *_title(organization, words),
            problems_link(organization, words),
            embed_button(words),
            html.Button(
                words("switch-theme"),
                type="button",
                className="theme-switch",
                **data(action="theme"),
            ),
            search(words),
        ],
        className="page-header",
    )


def _title(organization: Organization, words: Words) -> list[Component]:
    return [
        html.H1(organization.about.title, id=ids.TITLE, **language_attributes(organization, words)),
        html.P([summary(organization, words), *_origin(organization, words)], id=ids.SUMMARY),
    ]


def summary(organization: Organization, words: Words) -> str:
    """Return the size of the organization: "47 units, 4 levels"."""
    units = words("units", count=organization.count())
    return f"{units}, {words('levels', count=organization.levels)}"


def _origin(organization: Organization, words: Words) -> Content:
    """Return the source and the date of the data, if known."""
    about, attributes = organization.about, language_attributes(organization, words)
    is_dated = about.date and not organization.has_periods  # else the toolbar has the day
    title = about.source_title or about.source_url
    source: Component = html.Span(title, **attributes)
    if about.source_url:
        source = html.A(title, href=about.source_url, rel="noopener", **attributes)
    return [
        *([" · ", *message_parts(words, "source", source=source)] if title else []),
        *([f" · {words('as-of', date=words.date(about.date))}"] if is_dated else []),
    ]


def _relations(organization: Organization, shows: Mapping[str, Any]) -> Component:
    """Return the place of the list of all relations; ``data-empty`` if it can have none."""
    has_any = organization.relations.rows or organization.references
    return html.Div(id=ids.RELATIONS, **shows, **({} if has_any else data(empty="true")))


def _covering(words: Words) -> Component:
    """Return the popup in which scripts list the units that cover a column of the matrix."""
    return html.Div(id=ids.COVERING, role="dialog", **aria(label=words("who-covers-it")))


def _chain(words: Words) -> Component:
    """Return the place of what is above the part of the network that is seen."""
    return html.Nav(id=ids.NETWORK_CHAIN, hidden=True, **aria(label=words("above-what-is-seen")))


def _zoom(words: Words) -> Component:
    buttons = (("zoom-in", "+"), ("zoom-out", "−"), ("fit", "⤢"))
    return html.Div(
        [
            html.Button(
                sign,
                type="button",
                title=words(action),
                **data(action=action),
                **aria(label=words(action)),
            )
            for action, sign in buttons
        ],
        className="zoom",
    )
