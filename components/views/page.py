"""The page: header, diagrams, panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_cytoscape
from dash import dcc, html
from dash.development.base_component import Component

from components.diagrams.network import Layout, network_stylesheet
from components.diagrams.style import LABEL_SIZE, LEAST_LABEL_SIZE, Theme
from components.diagrams.tree import counted
from components.model.organization import Organization
from components.views import ids
from components.views.attributes import aria, data
from components.views.downloads import download_menu
from components.views.embedding import embed_button, embed_dialog
from components.views.keys import keys_dialog, skip_links
from components.views.toolbar import legend, toolbar
from components.words import DEFAULT, words_in


def page(organization: Organization, pressed: Mapping[str, str] | None = None) -> Component:
    """Return the whole page; fragments fill the diagrams, the outline and the panel.

    ``pressed`` has the value of each part of the state whose button is pressed from the start.
    """
    words = words_in(DEFAULT)
    return html.Div(
        [
            skip_links(words),
            _header(organization),
            toolbar(organization, pressed or {}),
            html.Main(
                [
                    html.Section(
                        [_sunburst(), download_menu(ids.SUNBURST)],
                        className="diagram",
                        **aria(label="Sunburst"),
                    ),
                    html.Section(
                        [_network(), _zoom(), download_menu(ids.NETWORK)],
                        className="diagram",
                        **aria(label="Network"),
                    ),
                    html.Section(
                        html.Div(id=ids.OUTLINE), className="diagram", **aria(label="Outline")
                    ),
                ]
            ),
            legend(organization, words),
            html.Aside(id=ids.PANEL, tabIndex=0, **aria(label="Selected unit")),
            embed_dialog(),
            keys_dialog(words),
            html.P(words("walk-help"), id=ids.WALK_HELP, hidden=True),
            html.Div(id=ids.ANNOUNCER, className="unseen", role="status"),
            html.Div(id=ids.NOTICE, role="status"),
            html.Div(id=ids.TOOLTIP, **aria(hidden="true")),
            dcc.Store(id=ids.STATE),
            dcc.Store(id=ids.NETWORK_STYLE, data=_network_style(organization.kinds)),
        ],
        id=ids.PAGE,
    )


def _header(organization: Organization) -> Component:
    return html.Header(
        [
            html.H1(organization.about.title),
            html.P([f"{summary(organization)}", *_origin(organization)]),
            _search(),
            embed_button(),
            html.Button(
                "Switch between light and dark",
                type="button",
                className="theme-switch",
                **data(action="theme"),
            ),
        ],
        className="page-header",
    )


def _search() -> Component:
    field = dcc.Input(
        id=ids.SEARCH, type="search", placeholder="Who does what?", autoComplete="off"
    )
    hits = html.Ul(id=ids.SEARCH_HITS, hidden=True)
    return html.Div(
        [html.Label("Search", htmlFor=ids.SEARCH), field, hits], className="search", role="search"
    )


def summary(organization: Organization) -> str:
    """Return what is shown in a few words: "47 units, 4 levels"."""
    return f"{counted(len(organization), 'unit')}, {counted(organization.levels, 'level')}"


def _origin(organization: Organization) -> list[Component | str]:
    about = organization.about
    source: Component | str = about.source_title
    if about.source_url:
        source = html.A(
            about.source_title or about.source_url, href=about.source_url, rel="noopener"
        )
    return [
        *([" · Source: ", source] if source else []),
        *([f" · as of {about.date}"] if about.date else []),
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


def _zoom() -> Component:
    buttons = (("zoom-in", "+", "Zoom in"), ("zoom-out", "−", "Zoom out"), ("fit", "⤢", "Fit"))
    return html.Div(
        [
            html.Button(
                sign, type="button", title=label, **data(action=action), **aria(label=label)
            )
            for action, sign, label in buttons
        ],
        className="zoom",
    )


def _network_style(kinds: Sequence[str]) -> dict[str, Any]:
    """Return the network's stylesheet for each theme and layout, and its sizes of labels."""
    return {
        "label": LABEL_SIZE,
        "least_label": LEAST_LABEL_SIZE,
        "sheets": {
            theme: {layout: network_stylesheet(layout, theme, kinds) for layout in Layout}
            for theme in Theme
        },
    }
