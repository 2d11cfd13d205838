"""Dash callbacks, all of them clientside: their functions are in ``assets/js``.

Dash only keeps the state and draws the sunburst. Everything else follows the state directly
(``FOLLOWERS`` in ``assets/js/main.js``), because content that Dash draws is painted many frames
after the click.
"""

from __future__ import annotations

from collections.abc import Callable

from dash import ClientsideFunction, Dash, Input, Output

from components.views import ids


def register_callbacks(app: Dash) -> None:
    """Register the callbacks of the state and the sunburst."""
    connect: Callable[..., None] = app.clientside_callback
    connect(ClientsideFunction("stage", "state"), Output(ids.STATE, "data"), Input(ids.STATE, "id"))
    connect(
        ClientsideFunction("stage", "figure"),
        Output(ids.SUNBURST, "figure"),
        Input(ids.STATE, "data"),
        prevent_initial_call=True,
    )
