"""The search field, and the list of results that a script fills."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.views import ids
from components.views.attributes import aria
from components.views.elements import Input
from components.words import Words


def search(words: Words) -> Component:
    """Return the search, closed: an editable combobox as in the ARIA Authoring Practices."""
    field = Input(
        id=ids.SEARCH,
        type="text",
        role="combobox",
        placeholder=words("search-example"),
        autoComplete="off",
        enterKeyHint="search",
        inputMode="search",
        spellCheck="false",
        **aria(autocomplete="list", expanded="false", controls=ids.SEARCH_HITS),
    )
    clear = html.Button(
        "×", type="button", tabIndex=-1, className="clear", **aria(label=words("search-clear"))
    )
    popup = html.Div(
        [
            html.Div(words("search-none"), className="none"),
            html.Div(words("search-near"), className="near"),
            html.Div(words("search-preparing"), className="preparing"),
            html.Ul(id=ids.SEARCH_HITS, role="listbox", **aria(label=words("search-hits"))),
            html.Div(words("search-keys"), className="keys"),
        ],
        className="popup",
        hidden=True,
    )
    return html.Div(
        [
            html.Label(words("search"), htmlFor=ids.SEARCH, className="unseen"),
            field,
            clear,
            popup,
            html.Div(id=ids.SEARCH_STATUS, className="unseen", role="status"),
        ],
        className="search",
        role="search",
    )
