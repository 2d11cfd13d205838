"""The toolbar, and the legend of the diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.diagrams.network import kind_class
from components.diagrams.style import LinkStyle, Theme, basis_style, stated_style
from components.diagrams.svg import coloured
from components.model.organization import Organization
from components.model.relations import Basis, Direction, words_of
from components.views import ids
from components.views.attributes import aria, data
from components.views.keys import keys_button
from components.views.links import full_page_link
from components.words import Words

VIEWS = (("both", "Both"), ("sunburst", "Sunburst"), ("network", "Network"), ("outline", "Outline"))
LAYOUTS = (("tree", "Tree"), ("radial", "Radial"))


def toolbar(organization: Organization, pressed: Mapping[str, str]) -> Component:
    """Return the way up to the top, and the switches of the diagrams.

    A button's ``data-action`` names the part of the state that it sets, ``data-value`` to what;
    ``pressed`` has the values that are set.
    """
    switches = [_choice("layout", "Layout of the network", LAYOUTS, pressed)]
    if len(organization.relations.rows) or organization.references:
        switches.append(_button("links", "all", "All links", pressed, css="switch"))
    if organization.references:
        switches.append(_button("references", "shown", "Frameworks", pressed, css="switch"))
    return html.Section(
        [
            html.Nav(id=ids.BREADCRUMB, **aria(label="Way to the top")),
            html.Div(switches, className="switches network-only"),
            _choice("view", "View", VIEWS, pressed),
        ],
        id=ids.TOOLBAR,
        **aria(label="Diagrams"),
    )


def _choice(
    action: str, label: str, options: Sequence[tuple[str, str]], pressed: Mapping[str, str]
) -> Component:
    buttons = [_button(action, value, text, pressed) for value, text in options]
    return html.Div(buttons, className="choice", role="group", **aria(label=label))


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
    lines = [html.Li([_swatch(name), text]) for name, text, _ in _lines(organization)]
    return html.Footer(
        [
            html.P(
                "Angle: lowest-level units. Tone: level.",
                className="sunburst-only",
            ),
            html.Ul(lines, className="network-only", **aria(label="Links")),
            keys_button(words),
            full_page_link(),
        ],
        className="legend",
    )


def swatch_rules(organization: Organization) -> str:
    """Return the rules of style by which the lines of the legend look as in the network."""
    return "\n".join(_swatch_rule(name, style) for name, _, style in _lines(organization))


def _lines(organization: Organization) -> Iterator[tuple[str, str, LinkStyle]]:
    """Yield the class, the text and the style of each line of the legend."""
    kinds = organization.kinds
    for kind in kinds:
        yield kind_class(kind), words_of(kind, Direction.OUT), stated_style(kind, kinds)
    if organization.references:
        yield Basis.REFERENCE, "Same framework or body", basis_style(Basis.REFERENCE)
    if organization.themes:
        yield Basis.THEME, "Same theme (inferred)", basis_style(Basis.THEME)


def _swatch(name: str) -> Component:
    return html.Span(className=f"swatch {name}")


def _swatch_rule(name: str, style: LinkStyle) -> str:
    """Return a gradient with the dashes of the edge."""
    stops, at = [], 0
    for place, length in enumerate(style.dashes or (1,)):
        colour = "transparent" if place % 2 else "var(--line)"
        stops.append(f"{colour} {at}px {at + length}px")
        at += length
    colour = coloured({theme: style.colour(theme) for theme in Theme}, None)
    dashes = f"repeating-linear-gradient(90deg, {', '.join(stops)})"
    return f".swatch.{name} {{ --line: {colour}; background: {dashes} }}"
