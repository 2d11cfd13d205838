"""The menu at each diagram that gives its picture."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.views.attributes import aria, data
from components.views.links import data_link, picture_address
from components.words import Words

FORMATS = ("png", "svg", "pdf")


def download_menu(diagram: str, words: Words) -> Component:
    """Return a menu of a diagram's picture as files, of copying it, and of the data behind it.

    ``assets/js/export.js`` lets the links follow what is on the screen.
    """
    links = [
        html.A(
            words(f"download-{form}"),
            href=picture_address(diagram, form, words),
            download="",
            **data(form=form),
        )
        for form in FORMATS
    ]
    copy = html.Button(words("copy-picture"), type="button")
    return html.Details(
        [
            html.Summary(
                words("download"),
                title=words("download"),
                **aria(label=words(f"download-{diagram}")),
            ),
            html.Ul([html.Li(each) for each in (*links, copy, data_link(words))]),
        ],
        className="download",
        **data(diagram=diagram),
    )
