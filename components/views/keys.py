"""Ways through the page without a mouse: the links past its parts, and the dialog of its keys."""

from __future__ import annotations

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from components.views import ids
from components.views.attributes import aria, data
from components.views.dialogs import dialog
from components.words import Words

KEYS = (
    ("/", "key-search"),
    ("↑ ↓ ← →", "key-walk"),
    ("Enter", "key-select"),
    ("Shift Enter", "key-connect"),
    ("+ −", "key-focus"),
    ("Esc", "key-back"),
    ("F6", "key-parts"),
    ("?", "key-keys"),
)
"""What is pressed, and the message that says what it does; alternatives stand apart."""
KEYS_OF_THE_OUTLINE = (
    ("↑ ↓", "key-outline-walk"),
    ("→ ←", "key-outline-open"),
    ("Home End", "key-outline-ends"),
    ("*", "key-outline-all"),
    ("A … Z", "key-outline-letters"),
)


def skip_links(words: Words) -> Component:
    """Return the first stops of the tab key: links past all that stands before a part."""
    parts = ((ids.PANEL, "skip-to-panel"), (ids.OUTLINE, "skip-to-outline"))
    return html.Nav(
        [html.A(words(message), href=f"#{part}") for part, message in parts],
        className="skip",
        **aria(label=words("skip")),
    )


def keys_button(words: Words) -> Component:
    """Return the button that opens the dialog."""
    return html.Button(words("keys"), type="button", className="keys-button", **data(action="keys"))


def keys_dialog(words: Words) -> Component:
    """Return the dialog that lists the keys, and can turn those of one character off.

    Whoever speaks to the machine, or hits keys by accident, needs that (WCAG 2.1.4).
    """
    return dialog(
        ids.KEYS_DIALOG,
        words("keys-title"),
        [
            html.Dl([*_rows(KEYS, words)]),
            html.H3(words("keys-of-the-outline")),
            html.Dl([*_rows(KEYS_OF_THE_OUTLINE, words)]),
            html.P(
                [
                    html.Button(
                        words("keys-characters"),
                        type="button",
                        **data(action="characters"),
                    ),
                    " ",
                    words("keys-characters-why"),
                ],
            ),
        ],
        words,
    )


def _cap(key: str, words: Words) -> str:
    """Return what stands on a key of a keyboard in the language: Enter, Entrée, Intro."""
    message = f"cap-{key.lower()}"
    return words(message) if words.has(message) else key


def _rows(keys: tuple[tuple[str, str], ...], words: Words) -> Iterator[Component]:
    for pressed, message in keys:
        caps = [_cap(key, words) for key in pressed.split(" ")]
        shown = [part for cap in caps for part in (html.Kbd(cap), " ")]
        yield html.Dt(shown)
        yield html.Dd(words(message))
