"""An HTML element that Dash's HTML components lack; ``assets/js/elements.js`` renders it."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

OWN = "remit"
"""The JavaScript namespace of the page's own components."""


class Input(Component):
    """HTML's ``input``; Dash Core's Input takes no ARIA attributes and controls its own value."""

    _namespace = OWN
    _type = "Input"

    def __init__(self, **attributes: Any) -> None:
        self._prop_names = [
            *("id", "type", "role", "placeholder"),
            *("autoComplete", "enterKeyHint", "inputMode", "spellCheck"),
        ]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        super().__init__(**attributes)  # type: ignore[no-untyped-call]
