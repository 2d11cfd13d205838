"""Text on the page: messages with components in them, and text of the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.model.text import capitalized
from components.words import Words
from components.words.captions import unit_note

Content = list[Component | str]

MARKER = re.compile("\0(\\w+)\0")
"""Marks where a component goes in a message; no message contains this character."""


def place(name: str) -> str:
    """Return the mark of a place for a component, or for a text."""
    return f"\0{name}\0"


def message_parts(
    words: Words, key: str, *, count: int | None = None, **components: Component | str
) -> Content:
    """Return a message as a list of text and components, the components in place of its values.

    ``count`` selects the plural form.
    """
    markers: dict[str, Any] = {name: place(name) for name in components}
    message = words(key, count=count, **markers)
    return with_components(message, components.__getitem__)


def with_components(text: str, component_of: Callable[[str], Component | str]) -> Content:
    """Return a text as a list of text and components, these in the marked places (``place``)."""
    parts: Content = [*MARKER.split(text)]
    # Every second part is the name of a place.
    parts[1::2] = [component_of(name) for name in MARKER.findall(text)]
    return merge_text(part for part in parts if part != "")


def merge_text(parts: Iterable[Component | str]) -> Content:
    """Return parts of a sentence with adjacent strings joined."""
    merged: Content = []
    for part in parts:
        if merged and isinstance(part, str) and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def and_more(count: int, words: Words, key: str = "and-more") -> list[Component]:
    """Return a paragraph that counts what a list leaves out; an empty list if all is listed."""
    return [html.P(words(key, count=count), className="muted")] if count > 0 else []


def language_attributes(organization: Organization, words: Words) -> dict[str, Any]:
    """Return the attributes of an element with text of the data, if its language is not the page's.

    They are ``lang`` and ``dir``.
    """
    language = words.foreign(organization.about.language)
    return {"lang": language, "dir": "auto"} if language else {}


def data_text(organization: Organization, text: str, words: Words) -> Component | str:
    """Return text of the data, marked with its language if that is not the page's."""
    attributes = language_attributes(organization, words)
    return html.Span(text, **attributes) if attributes else text


def source_note(organization: Organization, source: str, words: Words) -> Component:
    """Return the source of a fact in small print: "Source: Handbook 6"."""
    text = data_text(organization, source, words)
    return html.Small(message_parts(words, "source", source=text), className="source")


def type_and_size(organization: Organization, unit: int, words: Words) -> Content:
    """Return a unit's type and the number of units below it: "Division, 6 units below".

    The type of a placeholder is "Not in the table".
    """
    note = unit_note(organization, unit, words)
    unit_type = capitalized(organization.units["type"][unit])
    attributes = language_attributes(organization, words)
    if not (unit_type and attributes) or unit in organization.placeholders:
        return [note]
    size = note.removeprefix(unit_type)
    return [html.Span(unit_type, **attributes), *([size] if size else [])]
