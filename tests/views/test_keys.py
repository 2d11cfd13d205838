from __future__ import annotations

import pytest

from components.model.organization import Organization
from components.views import ids
from components.views.keys import KEYS, keys_button, keys_dialog, skip_links
from components.words import languages, words_in
from tests.english import ENGLISH
from tests.views.components import attribute, find, kind, text_of, walk
from tests.views.pages import page_of


@pytest.mark.parametrize("language", languages())
def test_the_dialog_describes_each_key(language: str) -> None:
    words = words_in(language)
    rows = find(keys_dialog(words), "Dt", "Dd")

    assert [kind(row) for row in rows] == ["Dt", "Dd"] * (len(rows) // 2)
    descriptions = {
        text_of(key): text_of(description)
        for key, description in zip(rows[::2], rows[1::2], strict=True)
    }
    assert descriptions["?"] == words("key-keys")
    assert len(descriptions) > len(KEYS)
    assert all(descriptions.values())


def test_the_dialog_has_the_key_names_of_the_language() -> None:
    key_names = {
        language: text_of(find(keys_dialog(words_in(language)), "Kbd")) for language in languages()
    }

    assert "Shift Enter" in key_names["en"]
    assert "Maj Entrée" in key_names["fr"]
    assert "Mayús Intro" in key_names["es"]


def test_a_button_opens_the_dialog_without_a_keyboard() -> None:
    assert attribute(keys_button(ENGLISH), "data-action") == "keys"


def test_the_first_links_of_the_page_skip_to_its_parts(harbour: Organization) -> None:
    whole = page_of(harbour)
    first, second = find(skip_links(ENGLISH), "A")

    assert [attribute(link, "href") for link in (first, second)] == [
        f"#{ids.PANEL}",
        f"#{ids.OUTLINE}",
    ]
    focusable = [
        component for component in walk(whole) if kind(component) in {"A", "Button", "Input"}
    ]
    assert [text_of(component) for component in focusable[:2]] == [
        "Skip to the panel",
        "Skip to the outline",
    ]
