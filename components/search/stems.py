"""The stem of each word of an organization."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from components.model.sorted_texts import TEXT, SortedTexts, Texts, order_of

CODES_AT_ONCE = 50_000
"""Codes that are strings of their own before they go into an array."""


def is_code(word: str, stem: str) -> bool:
    """Return whether a word is a number or a code that is its own stem."""
    return stem == word and not word.isalpha()


class Codes:
    """Numbers and codes, of which a large organization has some for each unit."""

    def __init__(self) -> None:
        self._last = set[str]()
        self._others: list[Texts] = []

    def add(self, code: str) -> None:
        """Add a code, which may be there already."""
        self._last.add(code)
        if len(self._last) >= CODES_AT_ONCE:
            self._others.append(np.array([*self._last], TEXT))
            self._last.clear()

    def arrays(self) -> list[Texts]:
        """Return the codes, some of them repeatedly."""
        return [*self._others, np.array([*self._last], TEXT)]


@dataclass(frozen=True, eq=False)
class Stems(Mapping[str, str]):
    """The stem of each word that can be searched for."""

    words: SortedTexts
    """All words."""
    known: Mapping[str, str]
    """The stems of all but codes."""

    @classmethod
    def of(cls, known: Mapping[str, str], codes: Codes) -> Stems:
        """Return the stems of words and of codes."""
        texts = np.concatenate([np.array([*known], TEXT), *codes.arrays()])
        order, is_first = order_of(texts)
        return cls(SortedTexts.taken(texts, order[is_first]), known)

    def __getitem__(self, word: str) -> str:
        """Return the stem of a word."""
        if word in self.known:
            return self.known[word]
        if word.isalpha() or word not in self.words:
            raise KeyError(word)
        return word

    def __iter__(self) -> Iterator[str]:
        """Yield each word, in order."""
        return iter(self.words)

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.words)

    def is_stem(self, text: str) -> bool:
        """Return whether a text is the stem of a word."""
        if text in self._stems:
            return True
        return not text.isalpha() and text not in self.known and text in self.words

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(self.known.values())
