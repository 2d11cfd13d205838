"""Serve an organization with Dash and Plotly's sunburst, or dash-cytoscape, as their guides do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dash_cytoscape as cyto
import pandas as pd
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from benchmarks.peers.serving import serve_compressed, server_arguments

SIZE = {"width": "1040px", "height": "900px"}


def main() -> None:
    """Serve."""
    parser = server_arguments(__doc__)
    parser.add_argument("--diagram", choices=DIAGRAMS, required=True)
    call = parser.parse_args()
    app = DIAGRAMS[call.diagram](units_of(call.table))
    serve_compressed(app.server, call.port)


def units_of(table: Path) -> pd.DataFrame:
    """Return the units of a CSV by id."""
    return pd.read_csv(table, dtype=str, keep_default_na=False).set_index("id", drop=False)


def sunburst(units: pd.DataFrame) -> Dash:
    """Return a Dash application with the sunburst of all units."""
    figure = go.Figure(
        go.Sunburst(ids=units["id"], labels=units["name"], parents=units["parent_id"])
    )
    figure.update_layout(margin={"t": 0, "r": 0, "b": 0, "l": 0})
    app = application(dcc.Graph(id="diagram", figure=figure, style=SIZE))

    @app.callback(Output("panel", "children"), Input("diagram", "clickData"))
    def show(clicked: Mapping[str, Any] | None) -> list[Component]:
        return panel(units, clicked["points"][0]["id"] if clicked else None)

    return app


def cytoscape(units: pd.DataFrame) -> Dash:
    """Return a Dash application with the network of all units."""
    nodes = [{"data": {"id": unit, "label": name}} for unit, name in units["name"].items()]
    edges = [
        {"data": {"source": parent, "target": unit}}
        for unit, parent in units["parent_id"].items()
        if parent
    ]
    layout = {"name": "breadthfirst", "roots": [units.index[0]]}
    app = application(
        cyto.Cytoscape(id="diagram", elements=nodes + edges, layout=layout, style=SIZE)
    )

    @app.callback(Output("panel", "children"), Input("diagram", "tapNodeData"))
    def show(clicked: Mapping[str, Any] | None) -> list[Component]:
        return panel(units, clicked["id"] if clicked else None)

    return app


def application(diagram: Component) -> Dash:
    """Return a Dash application with a diagram and a panel."""
    app = Dash(__name__, title="An organization")
    aside = html.Aside(id="panel", style={"width": "400px"})
    app.layout = html.Div([diagram, aside], style={"display": "flex"})
    return app


def panel(units: pd.DataFrame, unit: str | None) -> list[Component]:
    """Return a unit's name and responsibilities."""
    if unit is None:
        return [html.H2("Click a unit")]
    responsibilities = units.loc[unit, "responsibilities"].split("; ")
    return [
        html.H2(units.loc[unit, "name"]),
        html.Ul([html.Li(responsibility) for responsibility in responsibilities]),
    ]


DIAGRAMS = {"sunburst": sunburst, "cytoscape": cytoscape}


if __name__ == "__main__":
    main()
