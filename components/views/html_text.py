"""Dash components as HTML text, for the page before its scripts have run."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

NAMESPACE = "dash_html_components"
VOID = frozenset({"Br", "Hr", "Img", "Input"})
ATTRIBUTES = {"className": "class", "htmlFor": "for"}
"""Dash's attribute names that are not HTML's in lower case."""


def html_text(content: Any, contents: Mapping[str, str] | None = None) -> str:
    """Return a component, text, or a list of them as HTML text; text is escaped.

    ``contents`` maps ids of components to the HTML text of their content.

    Raises:
        ValueError: a component is not HTML, or has a ``style``, which the content security policy
            would block.
    """
    contents = contents or {}
    if content is None:
        return ""
    if isinstance(content, (list, tuple)):
        return "".join(html_text(child, contents) for child in content)
    if not isinstance(content, Component):
        return html.escape(str(content))
    component = content.to_plotly_json()  # type: ignore[no-untyped-call]
    props: dict[str, Any] = component["props"]
    if component["namespace"] != NAMESPACE:
        raise ValueError(f"{component['type']} is not an HTML component.")
    inner = contents.get(props.get("id", ""))
    if inner is None:
        inner = html_text(props.pop("children", None), contents)
    return _element(component["type"], props, inner)


def _element(name: str, props: Mapping[str, Any], inner: str) -> str:
    if "style" in props:
        raise ValueError(f"{name} has a style; give it a class.")
    attributes = "".join(
        _attribute(ATTRIBUTES.get(key, key.lower()), value)
        for key, value in sorted(props.items(), key=_place)
        if key != "children" and value is not None and value is not False
    )
    tag = name.lower()
    return f"<{tag}{attributes}>" if name in VOID else f"<{tag}{attributes}>{inner}</{tag}>"


def _place(attribute: tuple[str, Any]) -> str:
    """Return by what an attribute is sorted: those of data by name, after all others.

    Dash gives them in another order in each process.
    """
    name, _ = attribute
    return name if "-" in name else ""


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
