"""The mark before the name of a person or a post."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.views.attributes import aria, data


def initials_mark(initials: str | None) -> list[Component]:
    """Return a circle with initials, an empty one for a vacant post; an empty list for None.

    It is an ornament: style sheets draw the letters, so they are no part of the text.
    """
    if initials is None:
        return []
    name = "initials" if initials else "initials vacant"
    return [html.Span(className=name, **data(initials=initials), **aria(hidden="true"))]
