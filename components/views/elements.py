"""Components that Dash lacks: an HTML element, and one that is drawn elsewhere on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component


class Input(Component):
    """HTML's ``input``, for HTML text only: Dash has none that takes ARIA attributes."""

    _namespace = "dash_html_components"
    _type = "Input"

    def __init__(self, **attributes: Any) -> None:
        self._prop_names = [
            *("id", "type", "role", "placeholder"),
            *("name", "value", "required", "min", "max", "step"),
            *("autoComplete", "enterKeyHint", "inputMode", "spellCheck"),
        ]
        self._valid_wildcard_attributes = ["data-", "aria-"]
        super().__init__(**attributes)  # type: ignore[no-untyped-call]


class Portal(Component):
    """Components that Dash draws inside another element of the page, given by its id.

    ``assets/js/page/dash.js`` renders it.
    """

    _namespace = "remit_components"
    _type = "Portal"

    def __init__(self, children: Sequence[Component], *, into: str) -> None:
        self._prop_names = ["children", "into"]
        self._valid_wildcard_attributes = []
        super().__init__(children=children, into=into)  # type: ignore[no-untyped-call]
