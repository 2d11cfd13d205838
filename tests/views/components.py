"""Walking through Dash components: what is in them, as a reader or a script finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dash.development.base_component import Component

Content = Component | str | int | float | None | Iterable[Any]


def walk(content: Content) -> Iterator[Component]:
    """Yield every component, each before what is in it."""
    if isinstance(content, Component):
        yield content
        yield from walk(getattr(content, "children", None))
    elif content is not None and not isinstance(content, str | int | float):
        for each in content:
            yield from walk(each)


def texts(content: Content) -> Iterator[str]:
    """Yield every piece of text, in order."""
    if isinstance(content, Component):
        yield from texts(getattr(content, "children", None))
    elif isinstance(content, str | int | float):
        yield str(content)
    elif content is not None:
        for each in content:
            yield from texts(each)


def text_of(content: Content) -> str:
    """Return all text, its pieces separated by spaces."""
    return " ".join(" ".join(texts(content)).split())


def kind(component: Component) -> str:
    """Return the name of a component's class: "Div"."""
    return type(component).__name__


def attribute(component: Component, name: str) -> Any:
    """Return an attribute, or None."""
    return component.to_plotly_json()["props"].get(name)


def css(component: Component) -> list[str]:
    """Return a component's classes."""
    return str(attribute(component, "className") or "").split()


def find(content: Content, *kinds: str, **attributes: str) -> list[Component]:
    """Return the components of these kinds (any, if none is named) with these attributes.

    A ``_`` in the name of an attribute stands for ``-``; of ``css``, one class has to be there.
    """
    wanted_class = attributes.pop("css", None)
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [
        each
        for each in walk(content)
        if (not kinds or kind(each) in kinds)
        and (wanted_class is None or wanted_class in css(each))
        and all(attribute(each, name) == value for name, value in wanted.items())
    ]


def only(content: Content, *kinds: str, **attributes: str) -> Component:
    """Return the one component that ``find`` finds."""
    (found,) = find(content, *kinds, **attributes)
    return found


def section(panel: Content, name: str) -> Component:
    """Return a part of a panel by its name."""
    return only(panel, **{"data-section": name})


def linked(content: Content) -> list[str]:
    """Return the ids of the units that links lead to, in order."""
    return [unit for each in walk(content) if (unit := attribute(each, "data-unit"))]
