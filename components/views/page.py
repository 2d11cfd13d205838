"""The page: header, toolbar, diagrams, panel, legend and dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_cytoscape
from dash import dcc, html
from dash.development.base_component import Component

from components.diagrams.network import network_stylesheet
from components.diagrams.style import LABEL_SIZE, MIN_LABEL_SIZE, Theme
from components.model.organization import Organization
from components.view_state import Layout, ViewState
from components.views import ids
from components.views.attributes import aria, data
from components.views.downloads import download_menu
from components.views.embedding import embed_button, embed_dialog, embed_view
from components.views.keys import keys_dialog, skip_links
from components.views.problems import problems_dialog, problems_link
from components.views.search import search
from components.views.text import Content, language_attributes, message_parts
from components.views.toolbar import legend, lines, swatch_rules, switches, toolbar
from components.words import Words


def page(organization: Organization, words: Words, state: ViewState | None = None) -> Component:
    """Return the page, its toolbar set to a state; fragments fill the diagrams and the panel."""
    return html.Div(
        [
            skip_links(words),
            _header(organization, words),
            toolbar(organization, (state or ViewState()).choices, words),
            html.Main(
                [
                    _diagram("sunburst", [_sunburst(), download_menu(ids.SUNBURST, words)], words),
                    _diagram(
                        "network",
                        [_network(), _zoom(words), download_menu(ids.NETWORK, words)],
                        words,
                    ),
                    _diagram("outline", [html.Div(id=ids.OUTLINE)], words),
                    _diagram("relations", [html.Div(id=ids.RELATIONS)], words),
                    _diagram("matrix", [html.Div(id=ids.MATRIX), _covering(words)], words),
                ]
            ),
            legend(organization, words),
            _sheet(words),
            embed_dialog(organization, words),
            keys_dialog(words),
            problems_dialog(words),
            html.P(words("walk-help"), id=ids.WALK_HELP, hidden=True),
            html.Div(id=ids.ANNOUNCER, className="unseen", role="status"),
            html.Div(id=ids.NOTICE, role="status"),
            html.Div(id=ids.DATA_STATUS, role="status"),
            html.Div(id=ids.TOOLTIP, **aria(hidden="true")),
            dcc.Store(id=ids.STATE),
            dcc.Store(id=ids.NETWORK_STYLE, data=_network_style(organization.relation_kinds)),
        ],
        id=ids.PAGE,
    )


def page_parts(organization: Organization, words: Words) -> dict[str, Any]:
    """Return the parts of the page that depend on the organization and have no other fragment.

    - ``title``: title of the organization
    - ``language``: language of its data, if that is not the page's
    - ``network``: style of the network
    - ``styles``: CSS rules of the legend
    - ``parts``: components that replace those with the same ids
    """
    return {
        "title": organization.about.title,
        "language": words.foreign(organization.about.language) or "",
        "network": _network_style(organization.relation_kinds),
        "styles": swatch_rules(organization),
        "parts": [
            *_title(organization, words),
            problems_link(organization, words),
            *switches(organization, ViewState().choices, words),
            lines(organization, words),
            embed_view(organization, words),
        ],
    }


def _diagram(name: str, content: Sequence[Component], words: Words) -> Component:
    return html.Section(content, className="diagram", **aria(label=words(name)))


def _sheet(words: Words) -> Component:
    """Return the panel, with a handle for narrow screens, where it is a bottom sheet."""
    handle = html.Button(
        type="button",
        className="sheet-handle",
        **aria(label=words("embed-panel"), controls=ids.PANEL, expanded="false"),
    )
    panel = html.Aside(id=ids.PANEL, tabIndex=0, **aria(label=words("selected-unit")))
    return html.Div([handle, panel], className="sheet")


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
    title = about.source_title or about.source_url
    source: Component = html.Span(title, **attributes)
    if about.source_url:
        source = html.A(title, href=about.source_url, rel="noopener", **attributes)
    return [
        *([" · ", *message_parts(words, "source", source=source)] if title else []),
        *([f" · {words('as-of', date=words.date(about.date))}"] if about.date else []),
    ]


def _sunburst() -> Component:
    return dcc.Graph(
        id=ids.SUNBURST,
        figure={"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}},
        config={"displayModeBar": False, "responsive": True},
        responsive=True,
    )


def _network() -> Component:
    """Return an empty network: it must be mounted once and never replaced, so scripts fill it."""
    network: Component = dash_cytoscape.Cytoscape(
        id=ids.NETWORK,
        elements=[],
        layout={"name": "preset", "fit": False},
        autoRefreshLayout=False,
        stylesheet=[],
        style={"width": "100%", "height": "100%"},
        autoungrabify=True,
        boxSelectionEnabled=False,
        responsive=False,
        minZoom=0.1,
        maxZoom=4,
        wheelSensitivity=0.25,
    )
    return network


def _covering(words: Words) -> Component:
    """Return the popup in which scripts list the units that cover a column of the matrix."""
    return html.Div(id=ids.COVERING, role="dialog", **aria(label=words("who-covers-it")))


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


def _network_style(kinds: Sequence[str]) -> dict[str, Any]:
    """Return the network's stylesheet for each theme and layout, and its label sizes."""
    return {
        "label": LABEL_SIZE,
        "least_label": MIN_LABEL_SIZE,
        "sheets": {
            theme: {layout: network_stylesheet(layout, theme, kinds) for layout in Layout}
            for theme in Theme
        },
    }
