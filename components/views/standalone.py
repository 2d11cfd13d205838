"""The diagrams and the panel for other Dash layouts: they need neither the page nor its scripts."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import dash_cytoscape
from dash import dcc
from dash.development.base_component import Component

from components.diagrams.network import network_elements, network_stylesheet
from components.diagrams.style import Theme
from components.diagrams.sunburst import sunburst_figure
from components.diagrams.tree import tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import Layout
from components.views.panel import unit_heading, unit_sections
from components.words import Words

LABEL_WIDTH = 14
"""Characters of a line in a sector; Plotly only makes labels smaller until they fit."""


def sunburst_graph(
    scope: Scope, words: Words, *, theme: Theme = Theme.LIGHT, **properties: Any
) -> Component:
    """Return the sunburst of a scope; ``properties`` are further ones of ``dcc.Graph``.

    The ``customdata`` of the points in ``clickData`` begin with the id of the unit.
    """
    figure = sunburst_figure(tree_of(scope, words), theme=theme)
    sectors = figure["data"][0]
    sectors |= {
        "text": ["<br>".join(wrap(label, LABEL_WIDTH)) for label in sectors["labels"]],
        "textinfo": "text",
        "hoverinfo": None,
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    }
    return dcc.Graph(figure=figure, **properties)


def network_graph(
    scope: Scope,
    words: Words,
    *,
    theme: Theme = Theme.LIGHT,
    layout: Layout = Layout.TREE,
    **properties: Any,
) -> Component:
    """Return the network of a scope; ``properties`` are further ones of ``Cytoscape``.

    ``unit`` in ``tapNodeData`` is the id of the unit. Cross-links are hidden until a stylesheet
    shows them.
    """
    elements = network_elements(tree_of(scope, words), [layout])
    for element in elements:
        data = element["data"]
        if "source" not in data:
            element["position"] = {axis: data[layout][axis] for axis in "xy"}
    network: Component = dash_cytoscape.Cytoscape(
        elements=elements,
        layout={"name": "preset"},
        stylesheet=network_stylesheet(layout, theme, scope.organization.relation_kinds),
        **properties,
    )
    return network


def unit_details(organization: Organization, unit: int, words: Words) -> list[Component]:
    """Return the panel of a unit, without the buttons that only work on the page.

    Its links to other units are ``?unit=<id>``, which is ``search`` of a ``dcc.Location``.
    """
    return [
        *unit_heading(organization, unit, words),
        *unit_sections(OrganizationIndex(organization), unit, words),
    ]
