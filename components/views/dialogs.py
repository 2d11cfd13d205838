"""The frame that all dialogs share."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.views.attributes import aria, data
from components.words import Words


def dialog(identifier: str, title: str, content: Sequence[Component], words: Words) -> Component:
    """Return a closed dialog with a heading and a close button; scripts open it."""
    close = html.Button(
        "×",
        type="button",
        **data(action=f"close-{identifier.removesuffix('-dialog')}"),
        **aria(label=words("close")),
    )
    return html.Dialog(
        [html.Div([html.H2(title), close], className="heading"), *content],
        id=identifier,
        **aria(label=title),
    )
