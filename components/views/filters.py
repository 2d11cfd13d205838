"""The filters: what can be chosen, what is on, and how many units match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.diagrams.filtering import Filtered, filtered
from components.diagrams.tree import Tree
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import SEPARATOR, ViewState
from components.views import ids
from components.views.attributes import aria, data, of_data, said
from components.views.unit_details import text_of_data
from components.words import Words
from components.words.filter_names import matching_units

MOST = 100
"""So many types, and so many themes, can be chosen: the most frequent ones."""
ALL = "all"
"""What a button takes away that clears all filters."""


def filter_place() -> list[Component]:
    """Return where the menu, the number of matches and the filters that are on have their place."""
    return [
        html.Div(id=ids.FILTERS),
        html.Div(
            [html.P(id=ids.FILTER_COUNT, role="status"), html.Ul(id=ids.FILTER_CHIPS)],
            className="filter-status",
        ),
    ]


def filter_menu(index: OrganizationIndex, words: Words, *, on: int = 0) -> list[Component]:
    """Return the menu of types and themes, if the organization has any; so many filters are on.

    ``assets/js/filters.js`` puts a checkbox into each label, and says how many units match.
    """
    organization, filters = index.organization, index.filters
    themes = organization.themes
    groups = (
        ("types", {name: (name, count) for name, count in filters.types.items()}),
        ("themes", {key: (themes[key].name, n) for key, n in filters.themes.items()}),
    )
    fieldsets = [_fieldset(organization, key, values, words) for key, values in groups if values]
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


def _fieldset(
    organization: Organization, key: str, values: Mapping[str, tuple[str, int]], words: Words
) -> Component:
    # An address could not tell a separator in a value from one between two values.
    told = {value: each for value, each in values.items() if SEPARATOR not in value}
    chosen = list(told)
    if len(told) > MOST:
        chosen = nlargest(MOST, told, key=lambda value: told[value][1])
    rest = len(told) - len(chosen)
    labels = [
        html.Label(
            [
                html.Span(told[value][0], className="name", **of_data(organization, words)),
                " ",
                html.Span(words.number(told[value][1]), className="muted"),
            ],
            **data(filter=key, value=value),
        )
        for value in chosen
    ]
    return html.Fieldset(
        [
            html.Legend(words(f"filter-{key}")),
            html.Div(labels, className="values"),
            *([html.P(words("filter-rest", count=rest), className="muted")] if rest else []),
        ]
    )


def _clear(words: Words) -> Component:
    return html.Button(words("filter-clear"), type="button", className="clear", **data(filter=ALL))


def filter_count(organization: Organization, meant: Filtered, words: Words) -> str:
    """Return how many units match, and how many of them are not in the picture."""
    told = matching_units(meant.total, organization, words)
    elsewhere = meant.total - len(meant.hits)
    return f"{told}; {words('filter-elsewhere', count=elsewhere)}" if elsewhere else told


def filter_chips(organization: Organization, meant: Filtered, words: Words) -> list[Component]:
    """Return the filters that are on, each with a button that takes it away, and one for all."""
    on = [
        *(("type", value, value) for value in meant.types),
        *(("theme", value, organization.themes[value].name) for value in meant.themes),
    ]
    return [*(_chip(organization, *each, words) for each in on), html.Li(_clear(words))]


def _chip(organization: Organization, kind: str, value: str, name: str, words: Words) -> Component:
    told = said(words, f"filter-{kind}", name=text_of_data(organization, name, words))
    removes = words("filter-remove", name=words(f"filter-{kind}", name=name))
    button = html.Button(
        "×", type="button", value=value, **data(filter=f"{kind}s"), **aria(label=removes)
    )
    return html.Li([html.Span(told, className="name"), button], className="chip")


def matches(tree: Tree, state: ViewState, index: OrganizationIndex) -> dict[str, Any]:
    """Return what matches the filters of a view in a picture, for the page's scripts.

    ``types`` and ``themes`` are those that are on; ``total`` and ``below`` say how many units
    match: in all, and of the focus and those below it. ``hits`` are keys of the nodes that match,
    ``lit`` of these and of those that lead to some. ``count`` is a sentence, ``chips`` are
    components. Without filters all is empty, and ``lit`` is None.
    """
    organization, meant = tree.organization, filtered(tree, state, index.filters)
    if meant is None:
        nothing: dict[str, Any] = dict.fromkeys(("types", "themes", "hits", "chips"), ())
        return {**nothing, "total": 0, "below": 0, "lit": None, "count": ""}
    lit = [node for node in tree.nodes if node.key in meant.lit]
    return {
        "types": meant.types,
        "themes": meant.themes,
        "total": meant.total,
        "below": meant.below,
        "hits": [node.key for node in lit if node.key in meant.hits],
        "lit": [node.key for node in lit],
        "count": filter_count(organization, meant, tree.words),
        "chips": filter_chips(organization, meant, tree.words),
    }


def mark(content: Component, found: Mapping[str, Any], words: Words) -> Component:
    """Mark each entry of an outline, in place, as ``assets/js/filters.js`` does, and return it.

    ``found`` is what filters leave, as ``matches`` tells it.
    """
    for each in _within(content):
        key = getattr(each, "data-key", None)
        if key in found["hits"]:
            each.className = "hit"  # type: ignore[attr-defined]
            setattr(each, "aria-description", words("filter-match"))
        elif key is not None and key not in found["lit"]:
            each.className = "dimmed"  # type: ignore[attr-defined]
    return content


def _within(content: Any) -> Iterator[Component]:
    if isinstance(content, Component):
        yield content
        yield from _within(getattr(content, "children", None))
    elif isinstance(content, (list, tuple)):
        for each in content:
            yield from _within(each)
