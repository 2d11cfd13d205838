"""The page: header, diagrams, panel."""

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
from components.views.attributes import aria, data, of_data, said
from components.views.downloads import download_menu
from components.views.embedding import embed_button, embed_dialog, embed_view
from components.views.keys import keys_dialog, skip_links
from components.views.problems import problems_dialog, problems_link
from components.views.search import search
from components.views.toolbar import legend, lines, swatch_rules, switches, toolbar
from components.words import Words


def page(organization: Organization, words: Words, state: ViewState | None = None) -> Component:
    """Return the whole page; fragments fill the diagrams, the outline and the panel.

    The toolbar's buttons show a state; without one, the default.
    """
    return html.Div(
        [
            skip_links(words),
            _header(organization, words),
            toolbar(organization, (state or ViewState()).choices, words),
            html.Main(
                [
                    html.Section(
                        [_sunburst(), download_menu(ids.SUNBURST, words)],
                        className="diagram",
                        **aria(label=words("sunburst")),
                    ),
                    html.Section(
                        [_network(), _zoom(words), download_menu(ids.NETWORK, words)],
                        className="diagram",
                        **aria(label=words("network")),
                    ),
                    html.Section(
                        html.Div(id=ids.OUTLINE),
                        className="diagram",
                        **aria(label=words("outline")),
                    ),
                    html.Section(
                        html.Div(id=ids.RELATIONS),
                        className="diagram",
                        **aria(label=words("relations")),
                    ),
                    html.Section(
                        [html.Div(id=ids.MATRIX), _covering(words)],
                        className="diagram",
                        **aria(label=words("matrix")),
                    ),
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
            html.Div(id=ids.STANDING, role="status"),
            html.Div(id=ids.TOOLTIP, **aria(hidden="true")),
            dcc.Store(id=ids.STATE),
            dcc.Store(id=ids.NETWORK_STYLE, data=_network_style(organization.relation_kinds)),
        ],
        id=ids.PAGE,
    )


def frame(organization: Organization, words: Words) -> dict[str, Any]:
    """Return what of the page is of the organization, and is filled by no fragment of its own.

    ``parts`` are components that take the places of those with their ids; ``title`` is what the
    organization is called, ``language`` that of its data where it is another than the page's,
    ``network`` how its network looks, and ``styles`` are rules for the legend.
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


def _sheet(words: Words) -> Component:
    """Return the panel, with the handle that it has where it is a sheet from below."""
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
        html.H1(organization.about.title, id=ids.TITLE, **of_data(organization, words)),
        html.P([summary(organization, words), *_origin(organization, words)], id=ids.SUMMARY),
    ]


def summary(organization: Organization, words: Words) -> str:
    """Return what is shown in a few words: "47 units, 4 levels"."""
    units = words("units", count=organization.count())
    return f"{units}, {words('levels', count=organization.levels)}"


def _origin(organization: Organization, words: Words) -> list[Component | str]:
    about, marks = organization.about, of_data(organization, words)
    title = about.source_title or about.source_url
    source: Component = html.Span(title, **marks)
    if about.source_url:
        source = html.A(title, href=about.source_url, rel="noopener", **marks)
    return [
        *([" · ", *said(words, "source", source=source)] if title else []),
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
    """Return the network without elements: it must be mounted once and stay, so scripts fill it."""
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
    """Return the place where scripts tell who covers one column of the matrix."""
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
    """Return the network's stylesheet for each theme and layout, and its sizes of labels."""
    return {
        "label": LABEL_SIZE,
        "least_label": MIN_LABEL_SIZE,
        "sheets": {
            theme: {layout: network_stylesheet(layout, theme, kinds) for layout in Layout}
            for theme in Theme
        },
    }
