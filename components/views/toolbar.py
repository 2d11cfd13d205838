"""The toolbar, and the legend of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.diagrams.network import kind_class
from components.diagrams.style import LinkStyle, Theme, basis_style, stated_style
from components.diagrams.svg import light_dark
from components.model.coverage import topic_kinds
from components.model.organization import Organization
from components.model.relations import Basis, Direction
from components.view_state import KEY_BY_NAME, available_views
from components.views import ids
from components.views.attributes import aria, data
from components.views.filters import filter_containers
from components.views.keys import keys_button
from components.views.links import full_page_link, language_links
from components.views.text import data_text
from components.words import Words
from components.words.relation_names import relation_is_known, relation_text


def toolbar(
    organization: Organization,
    pressed: Mapping[str, str],
    shows: Mapping[str, Any],
    words: Words,
) -> Component:
    """Return the breadcrumb, the switches and the filters.

    A button's ``data-action`` is the key of the state that it sets, ``data-value`` the value;
    ``pressed`` has the current values. ``shows`` are attributes of the breadcrumb.
    """
    return html.Section(
        [
            html.Nav(id=ids.BREADCRUMB, **aria(label=words("breadcrumb")), **shows),
            *switches(organization, pressed, words),
            *filter_containers(),
        ],
        id=ids.TOOLBAR,
        **aria(label=words("diagrams")),
    )


def switches(
    organization: Organization, pressed: Mapping[str, str], words: Words
) -> list[Component]:
    """Return the switches of the network and of the matrix, and the choice of the view."""
    network = [_choice("layout", _labels(KEY_BY_NAME["layout"].values, words), pressed, words)]
    if len(organization.relations.rows) or organization.references:
        network.append(_button("links", "all", words("all-links"), pressed, css="switch"))
    if organization.references:
        label = words("frameworks")
        network.append(_button("references", "shown", label, pressed, css="switch"))
    matrix = []
    if len(topic_kinds(organization)) == len(KEY_BY_NAME["by"].values):
        labels = {by: words(f"by-{by}") for by in KEY_BY_NAME["by"].values}
        matrix = [_choice("by", labels, pressed, words)]
    views = _labels(available_views(organization), words)
    return [
        html.Div(network, id=ids.SWITCHES, className="switches network-only"),
        html.Div(matrix, id=ids.COLUMNS, className="switches matrix-only"),
        _choice("view", views, pressed, words, id=ids.VIEWS),
    ]


def _labels(values: Sequence[str], words: Words) -> dict[str, str]:
    return {value: words(value) for value in values}


def _choice(
    action: str,
    labels: Mapping[str, str],
    pressed: Mapping[str, str],
    words: Words,
    **attributes: Any,
) -> Component:
    """Return a group of buttons, one for each value."""
    buttons = [_button(action, value, label, pressed) for value, label in labels.items()]
    attributes |= aria(label=words(action))
    return html.Div(buttons, className="choice", role="group", **attributes)


def _button(
    action: str, value: str, label: str, pressed: Mapping[str, str], css: str = ""
) -> Component:
    return html.Button(
        label,
        type="button",
        className=css or None,
        **data(action=action, value=value, label=label),
        **aria(pressed=str(pressed.get(action) == value).lower()),
    )


def legend(organization: Organization, words: Words) -> Component:
    """Return the legend; ``swatch_rules`` has the styles of its lines."""
    return html.Footer(
        [
            html.P(words("legend-sunburst"), className="sunburst-only"),
            html.P(
                [_swatch("placeholder"), words("legend-placeholder")],
                className="placeholders",
            ),
            lines(organization, words),
            html.Div(
                [keys_button(words), language_links(words), full_page_link(words)],
                className="ways",
            ),
        ],
        className="legend",
    )


def lines(organization: Organization, words: Words) -> Component:
    """Return the part of the legend for the lines of the network."""
    items = [html.Li([_swatch(name), text]) for name, text in _line_texts(organization, words)]
    return html.Ul(items, id=ids.LINES, className="network-only", **aria(label=words("links")))


def swatch_rules(organization: Organization) -> str:
    """Return the CSS rules that style the lines of the legend as in the network."""
    return "\n".join(_swatch_rule(name, style) for name, style in _line_styles(organization))


def _line_styles(organization: Organization) -> Iterator[tuple[str, LinkStyle]]:
    """Yield the CSS class and the style of each line of the legend."""
    kinds = organization.relation_kinds
    for kind in kinds:
        yield kind_class(kind), stated_style(kind, kinds)
    if organization.references:
        yield Basis.REFERENCE, basis_style(Basis.REFERENCE)
    if organization.themes:
        yield Basis.THEME, basis_style(Basis.THEME)


def _line_texts(organization: Organization, words: Words) -> Iterator[tuple[str, Component | str]]:
    """Yield the CSS class and the text of each line of the legend."""
    for kind in organization.relation_kinds:
        text = relation_text(kind, Direction.OUT, words)
        is_known = relation_is_known(kind, words)
        yield kind_class(kind), text if is_known else data_text(organization, text, words)
    if organization.references:
        yield Basis.REFERENCE, words("share-framework")
    if organization.themes:
        yield Basis.THEME, words("share-theme")


def _swatch(name: str) -> Component:
    return html.Span(className=f"swatch {name}")


def _swatch_rule(name: str, style: LinkStyle) -> str:
    """Return a CSS rule that draws the dashes of a line as a gradient."""
    stops, position = [], 0
    for index, length in enumerate(style.dashes or (1,)):
        colour = "transparent" if index % 2 else "var(--line)"
        stops.append(f"{colour} {position}px {position + length}px")
        position += length
    colour = light_dark({theme: style.colour(theme) for theme in Theme})
    dashes = f"repeating-linear-gradient(90deg, {', '.join(stops)})"
    return f".swatch.{name} {{ --line: {colour}; background: {dashes} }}"
