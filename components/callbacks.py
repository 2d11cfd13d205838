"""The wiring: which clientside function answers what Dash reports, and what it fills.

All callbacks run in the browser; their functions stand in ``assets/js``, in
``window.dash_clientside``. Dash keeps the state and draws the sunburst. Whatever else shows a part
of the state follows it directly (``remit.followers`` in ``assets/js/state.js``), since a panel that
Dash draws is painted many frames after the click.
"""

from __future__ import annotations

from collections.abc import Callable

from dash import ClientsideFunction, Dash, Input, Output

from components.views import ids


def register_callbacks(app: Dash) -> None:
    """Connect the page, the state and the sunburst; the state begins as the address has it."""
    connect: Callable[..., None] = app.clientside_callback
    connect(ClientsideFunction("network", "dress"), Input(ids.NETWORK_STYLE, "data"))
    connect(ClientsideFunction("state", "begin"), Output(ids.STATE, "data"), Input(ids.PAGE, "id"))
    connect(
        ClientsideFunction("sunburst", "figure"),
        Output(ids.SUNBURST, "figure"),
        Input(ids.STATE, "data"),
        prevent_initial_call=True,
    )
