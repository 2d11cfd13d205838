"""The stage: the living diagrams, which are all that Dash draws of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_cytoscape
from dash import dcc
from dash.development.base_component import Component

from components.diagrams.network import network_stylesheet
from components.diagrams.style import LABEL_SIZE, LINK_WIDTHS, MIN_LABEL_SIZE, Theme
from components.view_state import Layout
from components.views import ids
from components.views.elements import Portal


def stage(below_panel: Sequence[Component] = ()) -> list[Component]:
    """Return Dash's layout: both diagrams, drawn into their places on the page, and the state.

    It is the same for every organization and language: scripts fill it. Further components have
    their place below the panel. Without them there is none of ``dash.html``, whose script the page
    does not load.
    """
    return [
        Portal([sunburst()], into=stage_id(ids.SUNBURST)),
        Portal([network()], into=stage_id(ids.NETWORK)),
        *([Portal(below_panel, into=ids.BELOW_PANEL)] if below_panel else []),
        dcc.Store(id=ids.STATE),
    ]


def stage_id(diagram: str) -> str:
    """Return the id of the element in which a living diagram is drawn."""
    return f"{diagram}-stage"


def picture_id(diagram: str) -> str:
    """Return the id of the element with the picture that is there before the living diagram."""
    return f"{diagram}-picture"


def sunburst() -> Component:
    """Return an empty sunburst."""
    return dcc.Graph(
        id=ids.SUNBURST,
        figure={"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}},
        config={"displayModeBar": False, "responsive": True},
        responsive=True,
    )


def network() -> Component:
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


def network_style(kinds: Sequence[str]) -> dict[str, Any]:
    """Return the network's stylesheet for each theme and layout, and what scripts need beside them.

    These are the size of labels and the least one, and the classes of links by strength.
    """
    return {
        "label": LABEL_SIZE,
        "least_label": MIN_LABEL_SIZE,
        "strengths": [*LINK_WIDTHS],
        "sheets": {
            theme: {layout: network_stylesheet(layout, theme, kinds) for layout in Layout}
            for theme in Theme
        },
    }
