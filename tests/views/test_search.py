from __future__ import annotations

import pytest

from components.views.search import search
from components.words import languages, words_in
from tests.views.components import attribute, only, text_of


def test_is_a_closed_combobox_that_knows_its_list() -> None:
    field = only(search(words_in("en")), "Input")

    assert attribute(field, "role") == "combobox"
    assert attribute(field, "aria-expanded") == "false"
    assert attribute(field, "aria-autocomplete") == "list"
    found = only(search(words_in("en")), id=attribute(field, "aria-controls"))
    assert attribute(found, "role") == "listbox"
    assert attribute(found, "aria-label")


def test_says_what_it_finds_to_those_who_listen() -> None:
    assert text_of(only(search(words_in("en")), id="search-status")) == ""


@pytest.mark.parametrize("language", languages())
def test_speaks_the_language_of_the_page(language: str) -> None:
    words = words_in(language)
    made = search(words)

    assert text_of(only(made, "Label", htmlFor="search")) == words("search")
    assert attribute(only(made, "Input"), "placeholder") == words("search-example")
    assert text_of(only(made, css="near")) == text_of(words("search-near"))
