"""The stem of each word of an organization."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from components.model.sorted_texts import SortedTexts


@dataclass(frozen=True, eq=False)
class Stems(Mapping[str, str]):
    """The stem of each word that can be searched for.

    Most words of a large organization are numbers and codes, which are their own stems: they are
    only in ``words``.
    """

    words: SortedTexts
    """All words."""
    known: Mapping[str, str]
    """The stems of those that are letters only, or that have another stem."""

    @classmethod
    def of(cls, stems: Mapping[str, str]) -> Stems:
        """Return the stems of words in any order."""
        known = {word: stem for word, stem in stems.items() if stem != word or word.isalpha()}
        return cls(SortedTexts.of(sorted(stems)), known)

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
