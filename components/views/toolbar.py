"""The toolbar, and the legend of the diagrams."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.diagrams.style import LinkStyle, Theme, basis_style, stated_style
from components.model.organization import Organization
from components.model.relations import Basis, Direction, words_of
from components.views import ids
from components.views.attributes import aria, data
from components.views.links import full_page_link

VIEWS = (("both", "Both"), ("sunburst", "Sunburst"), ("network", "Network"), ("outline", "Outline"))
LAYOUTS = (("tree", "Tree"), ("radial", "Radial"))


def toolbar(organization: Organization) -> Component:
    """Return the way up to the top, and the switches of the diagrams.

    A button's ``data-action`` names the part of the state that it sets, ``data-value`` to what.
    """
    switches = [_choice("layout", "Layout of the network", LAYOUTS)]
    if len(organization.relations.rows) or organization.references:
        switches.append(_switch("links", "all", "All links"))
    if organization.references:
        switches.append(_switch("references", "shown", "Frameworks"))
    return html.Div(
        [
            html.Nav(id=ids.BREADCRUMB, **aria(label="Way to the top")),
            html.Div(switches, className="switches network-only"),
            _choice("view", "View", VIEWS),
        ],
        id=ids.TOOLBAR,
        role="toolbar",
        **aria(label="Diagrams"),
    )


def _choice(action: str, label: str, options: Sequence[tuple[str, str]]) -> Component:
    buttons = [_button(action, value, text) for value, text in options]
    return html.Div(buttons, className="choice", role="group", **aria(label=label))


def _switch(action: str, value: str, text: str) -> Component:
    return _button(action, value, text, css="switch")


def _button(action: str, value: str, text: str, css: str = "") -> Component:
    return html.Button(
        text,
        type="button",
        className=css,
        **data(action=action, value=value, label=text),
        **aria(pressed="false"),
    )


def legend(organization: Organization, kinds: Sequence[str]) -> Component:
    """Return what angles, colours and lines mean; a line looks as it does in the network."""
    lines = [_line(words_of(kind, Direction.OUT), stated_style(kind, kinds)) for kind in kinds]
    if organization.references:
        lines.append(_line("Same framework or body", basis_style(Basis.REFERENCE)))
    if organization.themes:
        lines.append(_line("Same theme (inferred)", basis_style(Basis.THEME)))
    return html.Footer(
        [
            html.P(
                "Angle: lowest-level units. Tone: level.",
                className="sunburst-only",
            ),
            html.Ul(lines, className="network-only", **aria(label="Links")),
            full_page_link(),
        ],
        className="legend",
    )


def _line(text: str, style: LinkStyle) -> Component:
    """Return a line of the legend: its swatch is a gradient with the dashes of the edge."""
    variables = {f"--swatch-{theme}": style.colour(theme) for theme in Theme}
    stops, at = [], 0
    for place, length in enumerate(style.dashes or (1,)):
        colour = "transparent" if place % 2 else "var(--swatch)"
        stops.append(f"{colour} {at}px {at + length}px")
        at += length
    dashes = f"repeating-linear-gradient(90deg, {', '.join(stops)})"
    swatch = html.Span(className="swatch", style={**variables, "--swatch-line": dashes})
    return html.Li([swatch, text])
