"""The toolbar, and the legend of the diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.diagrams.network import kind_class
from components.diagrams.style import LinkStyle, Theme, basis_style, stated_style
from components.diagrams.svg import themed_colour
from components.model.coverage import kinds_of_topics
from components.model.organization import Organization
from components.model.relations import Basis, Direction
from components.view_state import KEY, available_views
from components.views import ids
from components.views.attributes import aria, data, of_data
from components.views.filters import filter_place
from components.views.keys import keys_button
from components.views.links import full_page_link, language_links
from components.words import Words
from components.words.relation_names import relation_is_known, relation_text


def toolbar(organization: Organization, pressed: Mapping[str, str], words: Words) -> Component:
    """Return the way up to the top, and the switches of the diagrams.

    A button's ``data-action`` names the part of the state that it sets, ``data-value`` to what;
    ``pressed`` has the values that are set.
    """
    return html.Section(
        [
            html.Nav(id=ids.BREADCRUMB, **aria(label=words("way-to-the-top"))),
            *switches(organization, pressed, words),
            *filter_place(),
        ],
        id=ids.TOOLBAR,
        **aria(label=words("diagrams")),
    )


def switches(
    organization: Organization, pressed: Mapping[str, str], words: Words
) -> list[Component]:
    """Return the switches of the network, of the matrix, and between the views."""
    of_network = [_choice("layout", _named(KEY["layout"].values, words), pressed, words)]
    if len(organization.relations.rows) or organization.references:
        of_network.append(_button("links", "all", words("all-links"), pressed, css="switch"))
    if organization.references:
        shown = _button("references", "shown", words("frameworks"), pressed, css="switch")
        of_network.append(shown)
    views = _named(available_views(organization), words)
    return [
        html.Div(of_network, id=ids.SWITCHES, className="switches network-only"),
        html.Div(
            _columns(organization, pressed, words),
            id=ids.COLUMNS,
            className="switches matrix-only",
        ),
        _choice("view", views, pressed, words, id=ids.VIEWS),
    ]


def _columns(
    organization: Organization, pressed: Mapping[str, str], words: Words
) -> list[Component]:
    """Return the switch between the matrices, where there are two."""
    if len(kinds_of_topics(organization)) < len(KEY["by"].values):
        return []
    texts = {by: words(f"by-{by}") for by in KEY["by"].values}
    return [_choice("by", texts, pressed, words)]


def _named(values: Sequence[str], words: Words) -> dict[str, str]:
    """Return what is written on the button for each value."""
    return {value: words(value) for value in values}


def _choice(
    action: str,
    texts: Mapping[str, str],
    pressed: Mapping[str, str],
    words: Words,
    **attributes: Any,
) -> Component:
    buttons = [_button(action, value, text, pressed) for value, text in texts.items()]
    named = attributes | aria(label=words(action))
    return html.Div(buttons, className="choice", role="group", **named)


def _button(
    action: str, value: str, text: str, pressed: Mapping[str, str], css: str = ""
) -> Component:
    return html.Button(
        text,
        type="button",
        className=css or None,
        **data(action=action, value=value, label=text),
        **aria(pressed=str(pressed.get(action) == value).lower()),
    )


def legend(organization: Organization, words: Words) -> Component:
    """Return what angles, colours and lines mean; ``swatch_rules`` say how the lines look."""
    return html.Footer(
        [
            html.P(
                words("angle-and-tone"),
                className="sunburst-only",
            ),
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
    """Return what the lines of the network mean."""
    items = [html.Li([_swatch(name), text]) for name, text in _meanings(organization, words)]
    return html.Ul(items, id=ids.LINES, className="network-only", **aria(label=words("links")))


def swatch_rules(organization: Organization) -> str:
    """Return the rules of style by which the lines of the legend look as in the network."""
    return "\n".join(_swatch_rule(name, style) for name, style in _lines(organization))


def _lines(organization: Organization) -> Iterator[tuple[str, LinkStyle]]:
    """Yield the class and the style of each line of the legend."""
    kinds = organization.relation_kinds
    for kind in kinds:
        yield kind_class(kind), stated_style(kind, kinds)
    if organization.references:
        yield Basis.REFERENCE, basis_style(Basis.REFERENCE)
    if organization.themes:
        yield Basis.THEME, basis_style(Basis.THEME)


def _meanings(organization: Organization, words: Words) -> Iterator[tuple[str, Component | str]]:
    """Yield the class and the text of each line of the legend."""
    marks = of_data(organization, words)
    for kind in organization.relation_kinds:
        text = relation_text(kind, Direction.OUT, words)
        is_ours = relation_is_known(kind, words) or not marks
        yield kind_class(kind), text if is_ours else html.Span(text, **marks)
    if organization.references:
        yield Basis.REFERENCE, words("same-framework")
    if organization.themes:
        yield Basis.THEME, words("same-theme-inferred")


def _swatch(name: str) -> Component:
    return html.Span(className=f"swatch {name}")


def _swatch_rule(name: str, style: LinkStyle) -> str:
    """Return a gradient with the dashes of the edge."""
    stops, at = [], 0
    for place, length in enumerate(style.dashes or (1,)):
        colour = "transparent" if place % 2 else "var(--line)"
        stops.append(f"{colour} {at}px {at + length}px")
        at += length
    colour = themed_colour({theme: style.colour(theme) for theme in Theme}, None)
    dashes = f"repeating-linear-gradient(90deg, {', '.join(stops)})"
    return f".swatch.{name} {{ --line: {colour}; background: {dashes} }}"
