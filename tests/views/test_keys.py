from __future__ import annotations

import pytest

from components.model.organization import Organization
from components.views import ids
from components.views.keys import KEYS, keys_button, keys_dialog, skip_links
from components.views.page import page
from components.words import languages, words_in
from tests.english import ENGLISH
from tests.views.components import attribute, find, kind, text_of, walk


@pytest.mark.parametrize("language", languages())
def test_the_dialog_says_of_each_key_what_it_does(language: str) -> None:
    words = words_in(language)
    rows = find(keys_dialog(words), "Dt", "Dd")

    assert [kind(each) for each in rows] == ["Dt", "Dd"] * (len(rows) // 2)
    told = {text_of(key): text_of(what) for key, what in zip(rows[::2], rows[1::2], strict=True)}
    assert told["?"] == words("key-keys")
    assert len(told) > len(KEYS)
    assert all(told.values())


def test_the_dialog_names_keys_as_keyboards_of_the_language_have_them() -> None:
    caps = {
        language: text_of(find(keys_dialog(words_in(language)), "Kbd")) for language in languages()
    }

    assert "Shift Enter" in caps["en"]
    assert "Maj Entrée" in caps["fr"]
    assert "Mayús Intro" in caps["es"]


def test_a_button_opens_the_dialog_where_there_is_no_such_key() -> None:
    assert attribute(keys_button(ENGLISH), "data-action") == "keys"


def test_the_first_links_of_the_page_lead_past_its_parts(harbour: Organization) -> None:
    whole = page(harbour, ENGLISH)
    first, second = find(skip_links(ENGLISH), "A")

    assert [attribute(each, "href") for each in (first, second)] == [
        f"#{ids.PANEL}",
        f"#{ids.OUTLINE}",
    ]
    stops = [each for each in walk(whole) if kind(each) in {"A", "Button", "Input"}]
    assert [text_of(each) for each in stops[:2]] == ["Skip to the panel", "Skip to the outline"]
