from __future__ import annotations

import pytest

from components.views.search import search
from components.words import languages, words_in
from tests.views.components import attribute, only, text_of


def test_is_a_closed_combobox_with_a_list_box() -> None:
    field = only(search(words_in("en")), "Input")

    assert attribute(field, "role") == "combobox"
    assert attribute(field, "aria-expanded") == "false"
    assert attribute(field, "aria-autocomplete") == "list"
    list_box = only(search(words_in("en")), id=attribute(field, "aria-controls"))
    assert attribute(list_box, "role") == "listbox"
    assert attribute(list_box, "aria-label")


def test_has_an_empty_status_for_screen_readers() -> None:
    assert text_of(only(search(words_in("en")), id="search-status")) == ""


@pytest.mark.parametrize("language", languages())
def test_is_in_the_language_of_the_page(language: str) -> None:
    words = words_in(language)
    component = search(words)

    assert text_of(only(component, "Label", htmlFor="search")) == words("search")
    assert attribute(only(component, "Input"), "placeholder") == words("search-example")
    assert text_of(only(component, css="near")) == text_of(words("search-near"))
