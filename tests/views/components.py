"""Search in Dash components by tag, attribute and text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dash.development.base_component import Component

Content = Component | str | int | float | None | Iterable[Any]


def walk(content: Content) -> Iterator[Component]:
    """Yield every component before its descendants."""
    if isinstance(content, Component):
        yield content
        yield from walk(getattr(content, "children", None))
    elif content is not None and not isinstance(content, str | int | float):
        for component in content:
            yield from walk(component)


def texts(content: Content) -> Iterator[str]:
    """Yield every piece of text, in order."""
    if isinstance(content, Component):
        yield from texts(getattr(content, "children", None))
    elif isinstance(content, str | int | float):
        yield str(content)
    elif content is not None:
        for component in content:
            yield from texts(component)


def text_of(content: Content) -> str:
    """Return all text, its pieces separated by spaces."""
    return " ".join(" ".join(texts(content)).split())


def kind(component: Component) -> str:
    """Return the name of a component's class: "Div"."""
    return type(component).__name__


def attribute(component: Component, name: str) -> Any:
    """Return the value of an attribute, or None."""
    return component.to_plotly_json()["props"].get(name)


def css(component: Component) -> list[str]:
    """Return a component's classes."""
    return str(attribute(component, "className") or "").split()


def find(content: Content, *kinds: str, **attributes: str) -> list[Component]:
    """Return the components of any of these kinds (default: all) with these attributes.

    A ``_`` in the name of an attribute means ``-``; ``css`` is one class of the component.
    """
    wanted_class = attributes.pop("css", None)
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [
        component
        for component in walk(content)
        if (not kinds or kind(component) in kinds)
        and (wanted_class is None or wanted_class in css(component))
        and all(attribute(component, name) == value for name, value in wanted.items())
    ]


def only(content: Content, *kinds: str, **attributes: str) -> Component:
    """Return the only component that ``find`` finds."""
    (component,) = find(content, *kinds, **attributes)
    return component


def section(panel: Content, name: str) -> Component:
    """Return the section of a panel with this name."""
    return only(panel, **{"data-section": name})


def linked(content: Content) -> list[str]:
    """Return the ids of the linked units, in order."""
    return [unit for component in walk(content) if (unit := attribute(component, "data-unit"))]
