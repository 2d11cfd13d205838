"""Where words may be divided, by the patterns of their language (Liang, 1983; from ``pyphen``)."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import pyphen

DEFAULT_LANGUAGE = "en"
"""That of Latin words in data whose language is unknown."""
CACHE_SIZE = 20_000
MAX_LETTERS = 60
"""Longer words are no words of a language."""


@lru_cache(CACHE_SIZE)
def word_breaks(word: str, language: str) -> tuple[int, ...]:
    """Return the positions in a word at which a hyphen may be added, in ascending order.

    ``language`` is a BCP 47 tag, empty if unknown. A word that is not of letters only has none.
    """
    if not word.isalpha() or len(word) > MAX_LETTERS:
        return ()
    if not language:
        if not _is_latin(word):
            return ()
        language = DEFAULT_LANGUAGE
    patterns = _patterns(language)
    if patterns is None:
        return ()
    # A position with data would change the spelling around the hyphen.
    return tuple(int(place) for place in patterns.positions(word) if place.data is None)


def _is_latin(word: str) -> bool:
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in word)


@cache
def _patterns(language: str) -> pyphen.Pyphen | None:
    """Return the patterns of a language; None if there are none."""
    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name) if name else None
