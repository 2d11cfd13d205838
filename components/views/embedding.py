"""The page inside a page: the dialog that makes the one line for it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.views import ids
from components.views.attributes import aria, data
from components.views.toolbar import views_of

Choices = Sequence[tuple[str, str]]

AS_WIDTH_ALLOWS = ("", "As the width allows")
PANEL = (("", "With the panel"), ("0", "Diagram alone"))
THEMES = (("auto", "As the system"), ("light", "Light"), ("dark", "Dark"))
WIDTHS = (
    ("100%", "Full width"),
    *((f"{width}", f"{width:,} pixels") for width in (320, 480, 640, 800, 1024, 1280)),
)


def embed_button() -> Component:
    """Return the button that opens the dialog."""
    return html.Button("Embed", type="button", **data(action="embed"))


def embed_dialog(organization: Organization) -> Component:
    """Return the dialog: what is shown and how large, a preview, and the line to be copied.

    Scripts fill the choices of ``focus`` and ``unit``, which depend on what is seen.
    """
    choices = [
        _choice("view", "Diagram", (AS_WIDTH_ALLOWS, *views_of(organization))),
        _choice("focus", "In the centre"),
        _choice("unit", "Selected"),
        _choice("panel", "Panel", PANEL),
        _choice("theme", "Colours", THEMES),
        _choice("width", "Width", WIDTHS),
    ]
    return html.Dialog(
        [
            html.Div(
                [
                    html.H2("Embed in a page"),
                    html.Button(
                        "×", type="button", **data(action="close-embed"), **aria(label="Close")
                    ),
                ],
                className="heading",
            ),
            html.Div(choices, className="choices"),
            html.Div(html.Div(className="preview"), className="preview-room"),
            html.Div(
                [
                    html.Textarea(
                        readOnly="readOnly",
                        rows=3,
                        spellCheck="false",
                        **aria(label="The line for your page"),
                    ),
                    html.Button("Copy", type="button", **data(action="copy-embed")),
                ],
                className="line",
            ),
        ],
        id=ids.EMBED_DIALOG,
        **aria(label="Embed in a page"),
    )


def _choice(field: str, label: str, choices: Choices = ()) -> Component:
    options = [html.Option(text, value=value) for value, text in choices]
    select = html.Select(options, **data(field=field), **aria(label=label))
    return html.Label([html.Span(label), select])
