from __future__ import annotations

from itertools import pairwise

import pytest

from components.diagrams.hyphenation import word_breaks


def hyphenated(word: str, language: str) -> str:
    breaks = (0, *word_breaks(word, language), len(word))
    return "-".join(word[start:end] for start, end in pairwise(breaks))


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Verwaltung", "de", "Ver-wal-tung"),
        ("Verwaltung", "de-AT", "Ver-wal-tung"),
        ("développement", "fr", "dé-ve-lop-pe-ment"),
        ("Administración", "es-MX", "Ad-mi-nis-tra-ción"),
        ("управление", "ru", "управ-ле-ние"),
    ],
)
def test_follows_the_language(word: str, language: str, expected: str) -> None:
    assert hyphenated(word, language) == expected


def test_is_english_for_latin_words_of_an_unknown_language() -> None:
    assert word_breaks("management", "") == word_breaks("management", "en") != ()
    assert word_breaks("управление", "") == ()


@pytest.mark.parametrize(
    ("word", "language"),
    [("交通部門", "ja"), ("المواصلات", "ar"), ("E2E", "en"), ("", "en"), ("m" * 100, "en")],
)
def test_leaves_other_words_whole(word: str, language: str) -> None:
    assert word_breaks(word, language) == ()
