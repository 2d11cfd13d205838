"""The download menu of each diagram."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.views.attributes import aria, data
from components.views.links import data_link, picture_address
from components.words import Words

FORMATS = ("png", "svg", "pdf")


def download_menu(diagram: str, words: Words) -> Component:
    """Return a menu to download a diagram as an image, to copy it, and to open the data files.

    ``assets/js/parts/downloads.js`` keeps the links in step with the view.
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
    copy = html.Button(words("copy-image"), type="button")
    return html.Details(
        [
            html.Summary(
                words("download"),
                title=words("download"),
                **aria(label=words(f"download-{diagram}")),
            ),
            html.Ul([html.Li(entry) for entry in (*links, copy, data_link(words))]),
        ],
        className="download",
        **data(diagram=diagram),
    )
