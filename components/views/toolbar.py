"""The toolbar, the options of the views, and the legend of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.diagrams.links import kind_class
from components.diagrams.style import LinkStyle, Theme, basis_style, stated_style
from components.diagrams.svg import light_dark
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import Basis, Direction
from components.view_state import KEY_BY_NAME, available_views
from components.views import ids
from components.views.attributes import aria, data
from components.views.filters import filter_containers
from components.views.keys import keys_button
from components.views.links import full_page_link, language_links
from components.views.moments import link_to_current_day
from components.views.selects import labelled_select, topic_options
from components.views.text import data_text
from components.words import Words
from components.words.relation_names import relation_is_known, relation_text


def toolbar(
    index: OrganizationIndex,
    pressed: Mapping[str, str],
    shows: Mapping[str, Any],
    words: Words,
    current_day: str = "",
) -> Component:
    """Return the choice of the view, the places of the filters and of the day, and the breadcrumb.

    A button's ``data-action`` is the key of the state that it sets, ``data-value`` the value, and a
    list's ``data-key`` is the key; ``pressed`` has the current values. ``shows`` are attributes of
    the breadcrumb, ``current_day`` the text of the link to the day that is shown by default.
    """
    return html.Section(
        [
            view_choice(index, pressed, words),
            *filter_containers(),
            html.Div(
                [
                    html.Div(id=ids.MOMENTS),
                    html.Div(id=ids.DAY),
                    *link_to_current_day(current_day),
                ],
                className="days",
            ),
            html.Nav(id=ids.BREADCRUMB, **aria(label=words("breadcrumb")), **shows),
        ],
        id=ids.TOOLBAR,
        **aria(label=words("diagrams")),
    )


def view_choice(index: OrganizationIndex, pressed: Mapping[str, str], words: Words) -> Component:
    """Return the choice of the view."""
    return _choice("view", _labels(available_views(index), words), pressed, words, id=ids.VIEWS)


def network_switches(
    organization: Organization, pressed: Mapping[str, str], words: Words
) -> Component:
    """Return the switches of the network: its layout, and what it draws beside the hierarchy."""
    network = [_choice("layout", _labels(KEY_BY_NAME["layout"].values, words), pressed, words)]
    if len(organization.relations.rows) or organization.references:
        network.append(_button("links", "all", words("all-links"), pressed, css="switch"))
    if organization.references:
        label = words("frameworks")
        network.append(_button("references", "shown", label, pressed, css="switch"))
    return html.Div(network, id=ids.SWITCHES, className="switches")


def matrix_columns(index: OrganizationIndex, pressed: Mapping[str, str], words: Words) -> Component:
    """Return the list of what the columns of the matrix can be, if there is a choice."""
    lists = []
    if len(index.topics) > 1:
        lists = [labelled_select("by", topic_options(index, pressed.get("by", ""), words), words)]
    return html.Div(lists, id=ids.COLUMNS, className="switches")


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
        **data(action=action, value=value),
        **aria(pressed=str(pressed.get(action) == value).lower()),
    )


def legend(organization: Organization, shows: Mapping[str, Any], words: Words) -> Component:
    """Return the legend; ``swatch_rules`` has the styles of its lines.

    ``shows`` are attributes of the part that explains the scope.
    """
    return html.Footer(
        [
            html.Div(id=ids.KEY, **shows),
            lines(organization, words),
            html.Div(
                [keys_button(words), language_links(words), full_page_link(words)],
                className="ways",
            ),
        ],
        className="legend",
    )


def lines(organization: Organization, words: Words) -> Component:
    """Return the part of the legend for the lines of the network: each hides and shows a kind."""
    items = [
        html.Li(html.Button([_swatch(name), html.Span(text)], **aria(pressed="true")))
        for name, text in _line_texts(organization, words)
    ]
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
    """Return a CSS rule with the stops of a gradient that draws the dashes of a line."""
    stops, position = [], 0
    for index, length in enumerate(style.dashes or (1,)):
        position += length
        # A stop begins where the one before ends, since it cannot begin before that.
        stops.append(f"{'#0000' if index % 2 else 'var(--line)'} 0 {position}px")
    colour = light_dark({theme: style.colour(theme) for theme in Theme})
    return f".swatch.{name} {{ --line: {colour}; --stops: {', '.join(stops)} }}"
