"""The wiring: which clientside function follows the state, and what it fills.

All callbacks run in the browser. The functions stand in ``assets/js``, one file per concern, in
``window.dash_clientside``; each takes the state, and what it returns fills its output.
"""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from components.views import ids

FILLED_BY_STATE = (
    ("sunburst", "figure", ids.SUNBURST, "figure"),
    ("outline", "content", ids.OUTLINE, "children"),
    ("outline", "breadcrumb", ids.BREADCRUMB, "children"),
    ("panel", "content", ids.PANEL, "children"),
)
"""Namespace and function, and the id and property that it fills."""
FOLLOW_STATE = (
    ("network", "draw", (State(ids.NETWORK_STYLE, "data"),)),
    ("highlight", "follow", ()),
    ("toolbar", "follow", ()),
)
"""Functions that fill nothing, and what they take beside the state: they change what is drawn."""


def register_callbacks(app: Dash) -> None:
    """Connect the state to everything that follows it; the state begins as the address has it."""
    app.clientside_callback(
        ClientsideFunction("state", "begin"), Output(ids.STATE, "data"), Input(ids.PAGE, "id")
    )
    for namespace, function, component, prop in FILLED_BY_STATE:
        app.clientside_callback(
            ClientsideFunction(namespace, function),
            Output(component, prop),
            Input(ids.STATE, "data"),
            prevent_initial_call=True,
        )
    for namespace, function, more in FOLLOW_STATE:
        app.clientside_callback(
            ClientsideFunction(namespace, function),
            Input(ids.STATE, "data"),
            *more,
            prevent_initial_call=True,
        )
