"""The menu at each diagram that gives its picture."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.views.attributes import aria, data

FORMATS = (("png", "PNG picture"), ("svg", "SVG drawing"), ("pdf", "PDF document"))


def download_menu(diagram: str) -> Component:
    """Return a menu of a diagram's picture as files, and of copying it.

    ``assets/js/export.js`` lets the links follow what is on the screen.
    """
    links = [
        html.A(label, href=f"export/{diagram}.{form}", download="", **data(form=form))
        for form, label in FORMATS
    ]
    copy = html.Button("Copy picture", type="button")
    return html.Details(
        [
            html.Summary("Download", title="Download", **aria(label=f"Download the {diagram}")),
            html.Ul([html.Li(each) for each in (*links, copy)]),
        ],
        className="download",
        **data(diagram=diagram),
    )
