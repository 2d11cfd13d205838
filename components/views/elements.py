"""The element of HTML that Dash's HTML components leave out; ``assets/js/elements.js`` makes it."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

OWN = "remit"
"""Where the page's scripts keep the components that are its own, by their names."""


class Input(Component):
    """HTML's ``input``: that of Dash's core components takes no ARIA, and governs its text."""

    _namespace = OWN
    _type = "Input"

    def __init__(self, **attributes: Any) -> None:
        self._prop_names = [
            *("id", "type", "role", "placeholder"),
            *("autoComplete", "enterKeyHint", "inputMode", "spellCheck"),
        ]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        super().__init__(**attributes)  # type: ignore[no-untyped-call]
