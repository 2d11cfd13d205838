"""The filters: the menu, the filters that are on, and the number of units that match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.diagrams.filtering import MatchingNodes, matching_nodes
from components.diagrams.tree import Tree
from components.model.categories import TYPE, Category
from components.model.filters import value_filter
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import SEPARATOR, ViewState
from components.views import ids
from components.views.attributes import aria, data
from components.views.text import and_more, data_text, language_attributes, message_parts
from components.words import Words
from components.words.filter_names import (
    ActiveFilter,
    change_name,
    filter_name,
    matching_units,
)
from components.words.measures import category_name

MAX_VALUES = 100
"""Maximum number of types, and of themes, in the menu: the most frequent ones."""
CHANGES = "changes"
"""The key of the filter whose values the page names, not the data."""
ALL = "all"
"""Value of ``data-filter`` on a button that clears all filters."""


def filter_containers() -> list[Component]:
    """Return the empty elements for the menu, the number of matches and the active filters."""
    return [
        html.Div(id=ids.FILTERS),
        html.Div(
            [html.P(id=ids.FILTER_COUNT, role="status"), html.Ul(id=ids.FILTER_CHIPS)],
            className="filter-status",
        ),
    ]


def filter_menu(index: OrganizationIndex, words: Words, *, on: int = 0) -> list[Component]:
    """Return the menu of changes, types and themes; an empty list if there are none of these.

    ``on`` is the number of active filters. ``assets/js/parts/filters.js`` adds the checkboxes and
    the number of units that match.
    """
    organization, filters = index.organization, index.filters
    themes = organization.themes
    groups = [
        (
            CHANGES,
            words("changes"),
            {
                kind: (change_name(kind, organization, words), n)
                for kind, n in filters.changes.items()
            },
        ),
        *(
            (
                "types" if category.id == TYPE else "where",
                category_name(category, words),
                _values(category),
            )
            for category in filters.categories.values()
        ),
        (
            "themes",
            words("theme"),
            {key: (themes[key].name, n) for key, n in filters.themes.items()},
        ),
    ]
    fieldsets = [_fieldset(organization, *group, words) for group in groups if group[-1]]
    if not fieldsets:
        return []
    summary = html.Summary(words("filters-on", count=on) if on else words("filter"))
    menu = html.Details(
        [
            summary,
            html.Div(
                [
                    html.Div(fieldsets, className="fieldsets"),
                    html.Div([_clear(words), html.P(className="count")], className="last"),
                ],
                className="filter-panel",
            ),
        ],
        className="filter-menu",
    )
    return [menu]


def _values(category: Category) -> dict[str, tuple[str, int]]:
    """Return name and number of units of each value of a category, by its filter."""
    return {
        value if category.id == TYPE else value_filter(category.id, value): (value, count)
        for value, count in category.values.items()
    }


def _fieldset(
    organization: Organization,
    key: str,
    heading: str,
    values: Mapping[str, tuple[str, int]],
    words: Words,
) -> Component:
    """Return the checkboxes' labels for a kind of filter; ``values`` has names and unit counts."""
    attributes = {} if key == CHANGES else language_attributes(organization, words)
    # An address cannot contain a value with a separator in it.
    usable = {value: entry for value, entry in values.items() if SEPARATOR not in value}
    listed = list(usable.items())
    if len(usable) > MAX_VALUES:
        listed = nlargest(MAX_VALUES, listed, key=lambda item: item[1][1])
    labels = [
        html.Label(
            [
                html.Span(name, className="name", **attributes),
                " ",
                html.Small(words.number(count)),
            ],
            **data(filter=key, value=value),
        )
        for value, (name, count) in listed
    ]
    return html.Fieldset(
        [
            html.Legend(heading),
            html.Div(labels, className="values"),
            *and_more(len(usable) - len(listed), words, "filter-rest"),
        ]
    )


def _clear(words: Words) -> Component:
    return html.Button(words("filter-clear"), type="button", className="clear", **data(filter=ALL))


def filter_count(organization: Organization, matching: MatchingNodes, words: Words) -> str:
    """Return the number of units that match, and how many of them the view does not show."""
    text = matching_units(matching.total, organization, words)
    hidden = matching.total - len(matching.hits)
    return f"{text}; {words('filter-elsewhere', count=hidden)}" if hidden else text


def filter_chips(
    organization: Organization, matching: MatchingNodes, words: Words
) -> list[Component]:
    """Return the active filters, each with a remove button, and a button that clears all."""
    chips = [filter_chip(organization, active, words) for active in matching.active]
    return [*chips, last_chip(words)]


def filter_chip(organization: Organization, active: ActiveFilter, words: Words) -> Component:
    """Return an active filter with a remove button."""
    name = data_text(organization, active.name, words) if active.is_data else active.name
    text = message_parts(words, "heading-of", heading=active.heading, name=name)
    button = html.Button(
        "×",
        type="button",
        value=active.value,
        **data(filter=active.key),
        **aria(label=words("filter-remove", name=filter_name(active, words))),
    )
    return html.Li([html.Span(text, className="name"), button], className="chip")


def last_chip(words: Words) -> Component:
    """Return the button that clears all filters, after the active ones."""
    return html.Li(_clear(words))


def matches(tree: Tree, state: ViewState, index: OrganizationIndex) -> dict[str, Any]:
    """Return which nodes of a tree match the filters of a view, for the page's scripts.

    - ``types``, ``themes``, ``where``, ``changes``: the active filters
    - ``total``, ``below``: number of matching units in all, and in the subtree of the focus
    - ``hits``: keys of the nodes that match
    - ``lit``: keys of the nodes that match or have a matching unit below
    - ``count``: a sentence; ``chips``: components

    Without filters all values are empty, and ``lit`` is None.
    """
    organization, matching = tree.organization, matching_nodes(tree, state, index.filters)
    if matching is None:
        empty: dict[str, Any] = dict.fromkeys((*state.filters, "hits", "chips"), ())
        return {**empty, "total": 0, "below": 0, "lit": None, "count": ""}
    lit = [node.key for node in tree.nodes if node.key in matching.lit]
    return {
        **matching.filters,
        "total": matching.total,
        "below": matching.below,
        "hits": [key for key in lit if key in matching.hits],
        "lit": lit,
        "count": filter_count(organization, matching, tree.words),
        "chips": filter_chips(organization, matching, tree.words),
    }


def mark_matches(content: Component, matching: Mapping[str, Any], words: Words) -> Component:
    """Highlight or dim the entries of an outline in place, and return it.

    ``matching`` comes from ``matches``. ``assets/js/parts/filters.js`` does the same on the page.
    """
    for component in _walk(content):
        key = getattr(component, "data-key", None)
        if key in matching["hits"]:
            component.className = "hit"  # type: ignore[attr-defined]
            setattr(component, "aria-description", words("filter-match"))
        elif key is not None and key not in matching["lit"]:
            component.className = "dimmed"  # type: ignore[attr-defined]
    return content


def _walk(content: Any) -> Iterator[Component]:
    if isinstance(content, Component):
        yield content
        yield from _walk(getattr(content, "children", None))
    elif isinstance(content, (list, tuple)):
        for child in content:
            yield from _walk(child)
