"""Attributes that Python cannot spell as names of arguments, and the marks of data in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from dash.development.base_component import Component

from components.model.organization import Organization
from components.words import Words

PLACE = re.compile("\0(\\w+)\0")
"""Where a component is to stand in a message; no message has this character."""


def data(**values: str) -> dict[str, Any]:
    """Return ``data-`` attributes: ``data(focus_on="x")`` is ``data-focus-on="x"``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def aria(**values: str) -> dict[str, Any]:
    """Return ``aria-`` attributes: ``aria(label="x")`` is ``aria-label="x"``."""
    return {f"aria-{name}": value for name, value in values.items()}


def of_data(organization: Organization, words: Words) -> dict[str, Any]:
    """Return the attributes of an element whose text is data, where that has another language."""
    language = words.foreign(organization.about.language)
    return {"lang": language, "dir": "auto"} if language else {}


def said(words: Words, key: str, **components: Component | str) -> list[Component | str]:
    """Return a message in pieces, with components in the places of its values."""
    places: dict[str, Any] = {name: f"\0{name}\0" for name in components}
    message = words(key, **places)
    pieces: list[Component | str] = [*PLACE.split(message)]
    # Every second piece is the name of a value.
    pieces[1::2] = [components[name] for name in PLACE.findall(message)]
    return joined(piece for piece in pieces if piece != "")


def joined(pieces: Iterable[Component | str]) -> list[Component | str]:
    """Return pieces of a sentence; text that stands beside other text becomes one with it."""
    made: list[Component | str] = []
    for piece in pieces:
        if made and isinstance(piece, str) and isinstance(made[-1], str):
            made[-1] += piece
        else:
            made.append(piece)
    return made
