"""Lists to choose the value of a key of the view from."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.model.index import OrganizationIndex
from components.views.attributes import data
from components.views.text import language_attributes
from components.words import Words
from components.words.measures import category_name, measure_name, topics_name


def labelled_select(key: str, options: Sequence[Component], words: Words) -> Component:
    """Return a list with the name of its key; the first option is the default of the key."""
    return html.Label([html.Span(words(key)), html.Select(options, **data(key=key))])


def measure_options(
    index: OrganizationIndex, names: Sequence[str], words: Words
) -> list[Component]:
    """Return an option for each measure of some ids."""
    attributes = language_attributes(index.organization, words)
    return [
        html.Option(measure_name(each, words), value=each.id, **(attributes if each.fact else {}))
        for each in map(index.measures.__getitem__, names)
    ]


def category_options(index: OrganizationIndex, words: Words) -> list[Component]:
    """Return an option for each category."""
    attributes = language_attributes(index.organization, words)
    return [
        html.Option(
            category_name(each, words), value=each.id, **(attributes if each.heading else {})
        )
        for each in index.categories.values()
    ]


def topic_options(index: OrganizationIndex, chosen: str, words: Words) -> list[Component]:
    """Return an option for each choice of columns; the ``chosen`` one is selected."""
    attributes = language_attributes(index.organization, words)
    return [
        html.Option(
            topics_name(each, words),
            value=each.id,
            selected=each.id == chosen or None,
            **(attributes if each.category and each.category.heading else {}),
        )
        for each in index.topics.values()
    ]
