"""The frame of all dialogs, and its close button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.views.attributes import aria, data
from components.words import Words


def close_button(action: str, label: str, **attributes: Any) -> Component:
    """Return a button with a cross and an accessible label."""
    return html.Button("×", type="button", **data(action=action), **aria(label=label), **attributes)


def dialog(identifier: str, title: str, content: Sequence[Component], words: Words) -> Component:
    """Return a closed dialog with a heading and a close button; scripts open it."""
    close = close_button(f"close-{identifier.removesuffix('-dialog')}", words("close"))
    return html.Dialog(
        [html.Div([html.H2(title), close], className="heading"), *content],
        id=identifier,
        **aria(label=title),
    )
