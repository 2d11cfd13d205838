"""The toolbar, and the legend of the diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from components.diagrams.network import kind_class
from components.diagrams.style import LinkStyle, Theme, basis_style, stated_style
from components.diagrams.svg import coloured
from components.model.coverage import By, kinds_of_topics
from components.model.organization import Organization
from components.model.relations import Basis, Direction, words_of
from components.views import ids
from components.views.attributes import aria, data
from components.views.links import full_page_link

VIEWS = (
    ("both", "Both"),
    ("sunburst", "Sunburst"),
    ("network", "Network"),
    ("outline", "Outline"),
    ("matrix", "Matrix"),
)
LAYOUTS = (("tree", "Tree"), ("radial", "Radial"))
COLUMNS = ((By.THEMES, "Themes"), (By.REFERENCES, "References"))


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
    return html.Div(
        [
            html.Nav(id=ids.BREADCRUMB, **aria(label="Way to the top")),
            html.Div(switches, className="switches network-only"),
            *_columns(organization, pressed),
            _choice("view", "View", views_of(organization), pressed),
        ],
        id=ids.TOOLBAR,
        role="toolbar",
        **aria(label="Diagrams"),
    )


def views_of(organization: Organization) -> Sequence[tuple[str, str]]:
    """Return the views that there are: no matrix where it would have no columns."""
    return VIEWS if kinds_of_topics(organization) else VIEWS[:-1]


def _columns(organization: Organization, pressed: Mapping[str, str]) -> list[Component]:
    """Return the switch between the matrices, where there are two."""
    if len(kinds_of_topics(organization)) < len(COLUMNS):
        return []
    choice = _choice("by", "Columns of the matrix", COLUMNS, {"by": By.THEMES, **pressed})
    return [html.Div(choice, className="switches matrix-only")]


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


def legend(organization: Organization) -> Component:
    """Return what angles, colours and lines mean; ``swatch_rules`` say how the lines look."""
    lines = [html.Li([_swatch(name), text]) for name, text, _ in _lines(organization)]
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
