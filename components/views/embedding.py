"""The dialog that makes the code to embed the page in another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.index import OrganizationIndex
from components.view_state import available_views
from components.views import ids
from components.views.attributes import aria, data
from components.views.dialogs import dialog
from components.words import Words, languages, words_in

THEMES = ("auto", "light", "dark")
WIDTHS = (320, 480, 640, 800, 1024, 1280)


def embed_button(words: Words) -> Component:
    """Return the button that opens the dialog."""
    return html.Button(words("embed"), type="button", **data(action="embed"))


def embed_dialog(index: OrganizationIndex, words: Words) -> Component:
    """Return the dialog: the options of an embed, its code, and a preview.

    Scripts fill the options of ``focus`` and ``unit``, which depend on the view.
    """
    themes = [html.Option(words(f"theme-{theme}"), value=theme) for theme in THEMES]
    widths = [
        html.Option(words("pixels", number=words.number(width)), value=str(width))
        for width in WIDTHS
    ]
    panels = [_default(words("with-panel")), html.Option(words("diagram-only"), value="0")]
    full_width = html.Option(words("full-width"), value="100%")
    selects = [
        embed_view(index, words),
        _select("focus", words("embed-focus")),
        _select("unit", words("selected-unit")),
        _select("panel", words("embed-panel"), panels),
        _select("theme", words("embed-theme"), themes),
        _select("lang", words("language"), [_default(words("language-auto")), *_languages()]),
        _select("width", words("embed-width"), [full_width, *widths]),
        _select(
            "height",
            words("embed-height"),
            [
                _default(words("height-fixed")),
                html.Option(words("height-follows"), value="follows"),
            ],
        ),
    ]
    return dialog(
        ids.EMBED_DIALOG,
        words("embed-title"),
        [
            html.Div(selects, className="choices"),
            html.Div(
                [
                    html.Textarea(
                        readOnly="readOnly",
                        rows=3,
                        spellCheck="false",
                        **aria(label=words("embed-code")),
                    ),
                    html.Button(
                        words("copy"),
                        type="button",
                        **data(action="copy-embed"),
                        **aria(live="polite"),
                    ),
                ],
                className="line",
            ),
            # At the end, because the preview has many tab stops.
            html.Div(html.Div(className="preview"), className="preview-room"),
        ],
        words,
    )


def embed_view(index: OrganizationIndex, words: Words) -> Component:
    """Return the select field for the view."""
    views = [html.Option(words(view), value=view) for view in available_views(index)]
    options = [_default(words("view-auto")), *views]
    return _select("view", words("embed-view"), options, id=ids.EMBED_VIEW)


def _default(text: str) -> Component:
    """Return the option that leaves a parameter out of the address."""
    return html.Option(text, value="")


def _languages() -> list[Component]:
    """Return an option for each language, named in that language."""
    return [
        html.Option(words_in(code).name, value=code, lang=code, dir=words_in(code).direction)
        for code in languages()
    ]


def _select(
    field: str, label: str, options: Sequence[Component] = (), **attributes: Any
) -> Component:
    select = html.Select(options, **data(field=field), **aria(label=label))
    return html.Label([html.Span(label), select], **attributes)
