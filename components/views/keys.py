"""Navigation by keyboard: the skip links, and the dialog of keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
"""Keys, separated by spaces, and the message that says what they do."""
OUTLINE_KEYS = (
    ("↑ ↓", "key-outline-walk"),
    ("→ ←", "key-outline-open"),
    ("Home End", "key-outline-ends"),
    ("*", "key-outline-all"),
    ("A … Z", "key-outline-letters"),
)


def skip_links(words: Words) -> Component:
    """Return the links that let a keyboard user skip to the panel or the outline."""
    parts = ((ids.PANEL, "skip-to-panel"), (ids.OUTLINE, "skip-to-outline"))
    return html.Nav(
        [html.A(words(message), href=f"#{part}") for part, message in parts],
        className="skip",
        **aria(label=words("skip-links")),
    )


def keys_button(words: Words) -> Component:
    """Return the button that opens the dialog."""
    label = words("keyboard-shortcuts")
    return html.Button(label, type="button", className="keys-button", **data(action="keys"))


def keys_dialog(words: Words) -> Component:
    """Return the dialog that lists the shortcuts and can turn off the single-key ones.

    WCAG 2.1.4 requires that option for people who use speech input or hit keys by accident.
    """
    return dialog(
        ids.KEYS_DIALOG,
        words("keyboard-shortcuts"),
        [
            html.Dl([*_rows(KEYS, words)]),
            html.H3(words("keys-of-the-outline")),
            html.Dl([*_rows(OUTLINE_KEYS, words)]),
            html.P(
                [
                    html.Button(
                        words("single-key-shortcuts"), type="button", **data(action="characters")
                    ),
                    " ",
                    words("single-key-shortcuts-why"),
                ],
            ),
        ],
        words,
    )


def _rows(shortcuts: Sequence[tuple[str, str]], words: Words) -> Iterator[Component]:
    for keys, message in shortcuts:
        names = [_key_name(key, words) for key in keys.split(" ")]
        yield html.Dt([part for name in names for part in (html.Kbd(name), " ")])
        yield html.Dd(words(message))


def _key_name(key: str, words: Words) -> str:
    """Return the name of a key on keyboards of the language: Enter, Entrée, Intro."""
    message = f"cap-{key.lower()}"
    return words(message) if words.has(message) else key
