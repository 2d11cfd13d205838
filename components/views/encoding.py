"""What width, bars, colours and the order of lists show: the menu, and the legend of the page."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.diagrams.encoding import Encoding, class_texts, shows_small_branches, width_text
from components.diagrams.signs import hidden_changes, sign_text, signs_in
from components.model.index import OrganizationIndex
from components.model.scope import Scope
from components.view_state import KEY_BY_NAME
from components.views import ids
from components.views.selects import category_options, labelled_select, measure_options
from components.views.text import data_text
from components.words import Words
from components.words.measures import encoded_name, measure_name, numbers_are


def encoding_menu(words: Words) -> Component:
    """Return the menu of what the diagrams show; scripts fill it with ``encoding_choices``."""
    return html.Details(
        [
            html.Summary(words("display"), title=words("display-hint")),
            html.Div(html.Div(id=ids.ENCODING), className="filter-panel"),
        ],
        className="filter-menu encoding-menu",
    )


def encoding_choices(index: OrganizationIndex, words: Words) -> list[Component]:
    """Return a list to choose from for the size, one for the colours, and one for the order."""
    measures = index.measures
    categories = category_options(index, words)
    orders = KEY_BY_NAME["sort"].values
    lists: Mapping[str, list[Component]] = {
        "size": [
            html.Option(words("lowest-level-units"), value=""),
            *measure_options(index, measures.sizes, words),
            *_read_otherwise(index, words),
        ],
        "colour": [
            html.Option(words("branch"), value=""),
            *categories,
            *measure_options(index, measures.ids, words),
        ],
        "sort": [html.Option(words(f"sort-{order}"), value=order) for order in orders],
    }
    return [labelled_select(key, options, words) for key, options in lists.items()]


def _read_otherwise(index: OrganizationIndex, words: Words) -> list[Component]:
    """Return a group of the columns whose own numbers may be totals, or totals own numbers."""
    measures = [index.measures[name] for name in index.measures.read_otherwise]
    options = [
        html.Option(
            f"{measure_name(measure, words)}: {words(numbers_are(measure))}", value=measure.id
        )
        for measure in measures
    ]
    return [html.Optgroup(options, label=words("read-otherwise"))] if options else []


def encoding_legend(scope: Scope, encoding: Encoding, words: Words) -> list[Component]:
    """Return what width, bars, colours and dashed borders show in the diagrams of a scope."""
    text = width_text(scope, encoding, words)
    parts: list[Component] = [html.P(text, className="sunburst-only")]
    if encoding.size:
        bars = words("legend-bars", name=measure_name(encoding.size, words))
        parts.append(html.P(bars, className="network-only"))
    if shows_small_branches(scope, encoding):
        parts.append(html.P(words("legend-small"), className="greys"))
    organization = scope.organization
    signs = [
        html.Li(
            [html.Span(sign, className=f"swatch sign {sign.css_class}"), sign_text(sign, words)]
        )
        for sign in signs_in(scope)
    ]
    if signs:
        parts.append(html.Ul(signs, className="classes signs"))
    if hidden_changes(scope):
        parts.append(html.P(words("legend-changes-below"), className="signs"))
    if not organization.placeholders.isdisjoint(scope.units):
        parts.append(_dashed("placeholder", "placeholders", words))
    if not organization.vacancies.isdisjoint(scope.units):
        parts.append(_dashed("vacant", "vacancies", words))
    if encoding.classes is None:
        return parts
    name = encoded_name(encoding.classes.by, words)
    items = [
        html.Li([html.Span(className=f"swatch {css}"), data_text(organization, text, words)])
        for css, text in class_texts(encoding.classes, words)
    ]
    return [
        *parts,
        html.P(words("legend-colour", name=name)),
        html.Ul(items, className="classes"),
    ]


def _dashed(kind: str, css: str, words: Words) -> Component:
    """Return what a dashed border means."""
    return html.P([html.Span(className=f"swatch {kind}"), words(f"legend-{kind}")], className=css)
