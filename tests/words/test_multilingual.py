from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from string import Formatter

import pytest

from components.views.text import message_parts
from components.words import Message, Words, languages, words_in
from components.words.multilingual import (
    CLOSE,
    OPEN,
    OR,
    Multilingual,
    OtherOrderError,
    alternatives,
    in_language,
    in_languages,
)

EACH = [words_in(language) for language in languages()]
EVERY = Multilingual.of(EACH)


def _words(*catalogues: Mapping[str, Message]) -> list[Words]:
    """Return the words of some languages with messages of their own."""
    pairs = zip(EACH, catalogues, strict=False)
    return [replace(words, messages=messages) for words, messages in pairs]


def _in_each(text: str) -> list[str]:
    return [in_language(text, place) for place in range(len(EACH))]


def test_texts_that_are_the_same_have_no_alternatives() -> None:
    assert alternatives(["a", "a"]) == "a"
    assert alternatives(["a", "b"]) == f"{OPEN}a{OR}b{CLOSE}"


@pytest.mark.parametrize("count", [0, 1, 5, 1_234])
def test_each_message_is_the_one_of_each_language(count: int) -> None:
    for key in EACH[0].messages:
        fields = {name for _, name, _, _ in Formatter().parse(EACH[0].message(key, count)) if name}
        values = {name: f"<{name}>" for name in fields - {"count", "key"}}
        if "key" not in fields:  # scripts fill it in
            expected = [words(key, count=count, **values) for words in EACH]
            assert _in_each(EVERY(key, count=count, **values)) == expected


def test_numbers_shares_and_dates_are_written_as_in_each_language() -> None:
    assert _in_each(EVERY.number(1_234)) == [words.number(1_234) for words in EACH]
    assert EVERY.number(12) == "12"
    assert _in_each(EVERY.percent(0.24)) == [words.percent(0.24) for words in EACH]
    assert _in_each(EVERY.date("2026-01-31")) == [words.date("2026-01-31") for words in EACH]


def test_a_message_begins_with_another_letter_in_each_language() -> None:
    vacant = EVERY("vacant")
    assert _in_each(EVERY.capitalized(f"{vacant}, 3")) == ["Vacant, 3", "Vacante, 3", "Vacant, 3"]
    assert EVERY.capitalized("office") == "Office"
    assert _in_each(EVERY.uncapitalized(EVERY.capitalized(vacant))) == _in_each(vacant)


def test_the_query_of_an_address_has_each_language() -> None:
    assert _in_each(EVERY.query("?unit=a")) == ["?unit=a", "?unit=a&lang=es", "?unit=a&lang=fr"]
    assert _in_each(EVERY.query("")) == ["", "?lang=es", "?lang=fr"]


def test_one_language_is_not_several() -> None:
    assert Multilingual.of(EACH[:1]) is EACH[0]


def test_data_is_in_another_language_than_one_of_several() -> None:
    assert EVERY.foreign("fr-CA") == "fr-CA"
    assert EVERY.foreign("") is None


class TestValuesInAnotherOrder:
    both = _words({"of": "{part} of {whole}"}, {"of": "{whole}: {part}"})
    words = Multilingual.of(both)

    def test_are_filled_in_for_each_language(self) -> None:
        text = self.words("of", part="A", whole=alternatives(["B", "C"]))
        assert [in_language(text, place) for place in (0, 1)] == ["A of B", "C: A"]

    def test_cannot_be_components(self) -> None:
        with pytest.raises(OtherOrderError):
            message_parts(self.words, "of", part="A", whole="B")

    def test_so_that_each_language_has_its_own(self) -> None:
        made = in_languages(
            self.words, lambda words: message_parts(words, "of", part="A", whole="B")
        )
        assert made == [(self.both[0], ["A of B"]), (self.both[1], ["B: A"])]
