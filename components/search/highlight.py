"""Highlighting: how well a text matches a query, where, and an excerpt around the first match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from components.search.full_text import Phrase
from components.search.language import tokenize
from components.search.query import PREFIX_BOOST, Clause

LONGEST_EXCERPT = 160
"""Characters of a text that are shown."""

Marks = tuple[tuple[int, int], ...]
"""Where the matched words of a text start and end."""


class _Match(NamedTuple):
    clause: int
    weight: float
    start: int
    """The first matched word, and the one after the last."""
    end: int


class Highlighter:
    """Finds the clauses of a query in texts."""

    def __init__(
        self, clauses: Sequence[Clause], weights: Sequence[float], stem: Callable[[str], str]
    ) -> None:
        """Take clauses, the weight of each, and a function that returns the stem of a word."""
        self._stem = stem
        self._phrases: dict[str, list[tuple[int, Phrase, float]]] = {}
        self._prefixes: list[tuple[int, str, float]] = []
        for number, (clause, weight) in enumerate(zip(clauses, weights, strict=True)):
            for phrase, boost in clause.boosts.items():
                entry = (number, phrase, boost * weight)
                self._phrases.setdefault(phrase[0], []).append(entry)
            if clause.prefix:
                self._prefixes.append((number, clause.prefix, PREFIX_BOOST * weight))

    def weights(self, words: Sequence[str]) -> dict[int, float]:
        """Return the weight of each clause that matches among some words, by its number."""
        weights: dict[int, float] = {}
        for match in self._matches(words):
            weights[match.clause] = max(match.weight, weights.get(match.clause, 0.0))
        return weights

    def marks(self, text: str) -> Marks:
        """Return the marks of a text, in order; matches that overlap have one mark together."""
        tokens = list(tokenize(text))
        spans = sorted(
            (tokens[match.start][1], tokens[match.end - 1][2])
            for match in self._matches([word for word, _, _ in tokens])
        )
        marks: list[tuple[int, int]] = []
        for start, end in spans:
            if marks and start < marks[-1][1]:
                marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
            else:
                marks.append((start, end))
        return tuple(marks)

    def _matches(self, words: Sequence[str]) -> Iterator[_Match]:
        stems = [self._stem(word) for word in words]
        for start, stem in enumerate(stems):
            for clause, phrase, weight in self._phrases.get(stem, ()):
                end = start + len(phrase)
                if tuple(stems[start:end]) == phrase:
                    yield _Match(clause, weight, start, end)
            for clause, prefix, weight in self._prefixes:
                if words[start].startswith(prefix):
                    yield _Match(clause, weight, start, start + 1)


def excerpt(text: str, marks: Marks) -> tuple[str, Marks]:
    """Return a text, cut around its first mark if it is long, and the marks in what remains."""
    if len(text) <= LONGEST_EXCERPT:
        return text, marks
    first, last = marks[0]
    spare = max(0, LONGEST_EXCERPT - (last - first))
    start = max(0, min(first - spare // 3, len(text) - LONGEST_EXCERPT))
    end = start + LONGEST_EXCERPT
    # Cut between words where possible, but never inside the first mark.
    if start:
        start = min(text.find(" ", start, first) + 1 or start, first)
    if end < len(text):
        end = max(text.rfind(" ", last, end), 0) or end
    prefix, suffix = "… " if start else "", " …" if end < len(text) else ""
    shift = len(prefix) - start
    remaining = tuple(
        (begin + shift, min(finish, end) + shift)
        for begin, finish in marks
        if start <= begin < min(finish, end)
    )
    return f"{prefix}{text[start:end]}{suffix}", remaining
