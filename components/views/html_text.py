"""Dash components as HTML text, for a page that has to be read before its scripts have run."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

from components.views.elements import OWN

FROM_HTML = frozenset({"dash_html_components", OWN})
VOID = frozenset({"Br", "Hr", "Img", "Input"})
ATTRIBUTES = {"className": "class", "htmlFor": "for"}
"""Where Dash's name of an attribute is not HTML's in lower case."""


def html_text(content: Any, filled: Mapping[str, str] | None = None) -> str:
    """Return components, text and lists of them as HTML text; text is escaped.

    ``filled`` has the HTML text to stand in the components with these ids. Of other components
    than those of HTML, whatever is filled becomes a ``div``.

    Raises:
        ValueError: a component has a ``style``, which the content security policy would block.
    """
    filled = filled or {}
    if content is None:
        return ""
    if isinstance(content, (list, tuple)):
        return "".join(html_text(each, filled) for each in content)
    if not isinstance(content, Component):
        return html.escape(str(content))
    told = content.to_plotly_json()  # type: ignore[no-untyped-call]
    props: dict[str, Any] = told["props"]
    inner = filled.get(props.get("id", ""))
    if told["namespace"] in FROM_HTML:
        if inner is None:
            inner = html_text(props.pop("children", None), filled)
        return _element(told["type"], props, inner)
    return "" if inner is None else _element("Div", {"id": props["id"]}, inner)


def _element(name: str, props: Mapping[str, Any], inner: str) -> str:
    if "style" in props:
        raise ValueError(f"{name} has a style; give it a class.")
    attributes = "".join(
        _attribute(ATTRIBUTES.get(key, key.lower()), value)
        for key, value in props.items()
        if key != "children" and value is not None and value is not False
    )
    tag = name.lower()
    return f"<{tag}{attributes}>" if name in VOID else f"<{tag}{attributes}>{inner}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
