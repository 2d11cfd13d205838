"""Queries: a question in the words of an organization.

Each word of a question becomes a clause of alternative phrases: its stem, its synonyms, longer
words that start with it, and corrections of its spelling. Alternatives that are further from the
word have a smaller boost.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

from rapidfuzz import fuzz, process

from components.model.organization import Synonym
from components.model.sorted_texts import SortedTexts
from components.search.full_text import Boosts, Phrase
from components.search.language import UNSPACED, Language, words_of
from components.search.stems import Stems

MAX_WORDS = 12
"""Words of a question that become clauses."""
SYNONYM_BOOST, CORRECTION_BOOST, PREFIX_BOOST = 0.8, 0.7, 0.4
"""Boosts of the alternatives to a word; the word itself has 1."""
SYNONYM_DECAY = 0.8
"""Factor from one synonym of a word to the next."""
MAX_EXPANSIONS = 24
"""Longer words that a prefix is expanded to, and alternatives of a clause that are searched."""
MIN_PREFIX = 3
"""Letters of the shortest prefix that is expanded, except in scripts without spaces."""
MIN_CORRECTED, MAX_CORRECTED = 3, 30
"""Letters of the shortest and the longest word whose spelling is corrected."""
MIN_CORRECTED_SYNONYM = 5
"""Letters of the shortest word that is corrected to a synonym: most shorter ones resemble one."""
MAX_LETTERS, LETTER_SAMPLE = 64, 20_000
"""Corrections try the most frequent letters of some words of the organization."""
NEIGHBOURS = 1_500
"""Words on each side of a word, in alphabetical order, that are compared with it."""
MIN_SIMILARITY = 62
"""Similarity, from 0 to 100, of the least similar words that are offered for one."""
MAX_SIMILAR = 3
"""Similar words that are offered for each word."""
SIMILARITY_MARGIN = 5
"""Words count as similar if their similarity, from 0 to 100, is within this of the best."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The alternatives for one word of a question, or for several words that belong together."""

    boosts: Boosts
    prefix: str = ""
    """Words that start with it are highlighted too, unless it is empty."""


class QueryBuilder:
    """Turns the words of questions into clauses; safe to use from several threads."""

    def __init__(self, stems: Stems, language: Language, synonyms: Sequence[Synonym]) -> None:
        """Take the stem of every word of an organization, their language, and all synonyms."""
        self._stems = stems
        self._language = language
        sample = islice(sorted(filter(str.isalpha, stems.known)), LETTER_SAMPLE)
        self.letters = [
            letter for letter, _ in Counter(chain.from_iterable(sample)).most_common(MAX_LETTERS)
        ]
        self.synonyms = self._known_synonyms(synonyms)
        """For each synonym the phrases with this meaning that the organization uses."""
        self.longest_synonym = max(map(len, self.synonyms), default=0)
        entries = chain.from_iterable(synonym.words for synonym in synonyms)
        self.synonym_stems = {
            word: self.stem(word)
            for word in sorted(set(chain.from_iterable(map(words_of, entries))))
        }
        """The stem of each word of the synonyms, in alphabetical order."""
        self._synonym_words = {
            word: boosts
            for word, stem in self.synonym_stems.items()
            if (boosts := self._synonym_boosts((stem,)))
        }
        self._sorted_synonym_words = SortedTexts.of(self._synonym_words)

    def stem(self, word: str) -> str:
        """Return the stem of a word."""
        return self._stems.get(word) or self._language.stem(word)

    def content_words(self, words: Sequence[str]) -> Sequence[str]:
        """Return the words that are no stop words; all of them if there are only stop words."""
        return [word for word in words if not self._language.is_stop_word(word)] or words

    def clauses(self, words: Sequence[str], content_words: Container[str]) -> list[Clause]:
        """Return the clauses for the words of a question; stop words matter only in synonyms."""
        stems = [self.stem(word) for word in words]
        clauses: list[Clause] = []
        covered: set[int] = set()  # places of the words in clauses for several words
        for length in range(self.longest_synonym, 1, -1):
            for start in range(len(stems) - length + 1):
                boosts = self._synonym_boosts(tuple(stems[start : start + length]))
                if boosts:
                    clauses.append(Clause(boosts))
                    covered.update(range(start, start + length))
        # "fair way" may stand for "fairway".
        for start, pair in enumerate(pairwise(words)):
            places = {start, start + 1}
            if all(word in content_words for word in pair) and not places <= covered:
                boosts = self._boosts(self.stem("".join(pair)))
                if boosts:
                    clauses.append(Clause(boosts))
                    covered |= places
        places_of = {word: place for place, word in enumerate(words) if word in content_words}
        for word, place in islice(places_of.items(), MAX_WORDS):
            is_last = place == len(words) - 1
            boosts = self._word_boosts(word, is_covered=place in covered, is_last=is_last)
            if boosts:
                has_prefix = is_last or word not in self._stems
                clauses.append(Clause(boosts, word if has_prefix else ""))
        return clauses

    def similar_clauses(self, words: Sequence[str]) -> list[Clause]:
        """Return clauses for the words of the organization that resemble those of a question."""
        matches: list[tuple[str, float]] = []
        for word in words[:MAX_WORDS]:
            all_words = self._stems.words
            place = bisect_left(all_words, word)
            neighbours = all_words[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]
            candidates = self.content_words(neighbours)
            similar = process.extract(
                word, candidates, scorer=fuzz.ratio, limit=MAX_SIMILAR, score_cutoff=MIN_SIMILARITY
            )
            matches += ((match, similarity) for match, similarity, _ in similar)
        best = max((similarity for _, similarity in matches), default=0)
        return [
            Clause({(self._stems[match],): 1.0})
            for match, similarity in matches
            if best and similarity >= best - SIMILARITY_MARGIN
        ]

    def _known_synonyms(self, synonyms: Iterable[Synonym]) -> Mapping[Phrase, Sequence[Phrase]]:
        """Return for each synonym the phrases with this meaning that the organization uses."""
        known: dict[Phrase, dict[Phrase, None]] = {}
        for synonym in synonyms:
            meanings = map(self._phrase, synonym.means)
            used = [
                phrase for phrase in meanings if phrase and all(map(self._stems.is_stem, phrase))
            ]
            for phrase in map(self._phrase, synonym.words):
                known.setdefault(phrase, {}).update(dict.fromkeys(used))
        return {phrase: tuple(used) for phrase, used in known.items() if used}

    def _phrase(self, text: str) -> Phrase:
        return tuple(map(self.stem, words_of(text)))

    def _word_boosts(self, word: str, *, is_covered: bool, is_last: bool) -> dict[Phrase, float]:
        """Return the alternatives for one word.

        The last word may not be complete yet. A word that is covered by a clause for several words
        has no synonyms and no corrections of its own.
        """
        stem = self.stem(word)
        boosts = self._exact_boosts(stem) if is_covered else self._boosts(stem)
        if word.isdecimal():
            boosts.setdefault((word,), 1.0)  # Numbers among facts are in no list of words.
        if is_last or not boosts:
            for longer in _with_prefix(word, self._stems.words):
                boosts.setdefault((self._stems[longer],), PREFIX_BOOST)
        if is_last and not boosts:
            for longer in _with_prefix(word, self._sorted_synonym_words):
                for phrase, boost in self._synonym_words[longer].items():
                    boosts.setdefault(phrase, boost * PREFIX_BOOST)
        if not is_covered and word not in self._stems and (stem,) not in self.synonyms:
            for phrase, boost in self._corrections(word):
                boosts.setdefault(phrase, boost * CORRECTION_BOOST)
        return boosts

    def _boosts(self, stem: str) -> dict[Phrase, float]:
        return self._synonym_boosts((stem,)) | self._exact_boosts(stem)

    def _exact_boosts(self, stem: str) -> dict[Phrase, float]:
        return {(stem,): 1.0} if self._stems.is_stem(stem) else {}

    def _synonym_boosts(self, phrase: Phrase) -> dict[Phrase, float]:
        return {
            synonym: SYNONYM_BOOST * SYNONYM_DECAY**rank
            for rank, synonym in enumerate(self.synonyms.get(phrase, ()))
        }

    def _corrections(self, word: str) -> Iterator[tuple[Phrase, float]]:
        """Yield phrases for a word that is one edit away from the given one, with their boosts."""
        if not MIN_CORRECTED <= len(word) <= MAX_CORRECTED or not word.isalpha():
            return
        if UNSPACED.search(word):
            return
        corrected = [
            edited
            for edited in dict.fromkeys(_edits(word, self.letters))
            if edited in self._stems and not self._language.is_stop_word(edited)
        ]
        yield from (((self._stems[edited],), 1.0) for edited in corrected)
        if len(word) >= MIN_CORRECTED_SYNONYM:
            # Synonyms are listed in the singular, but people also misspell the plural.
            for singular in dict.fromkeys((word, word.removesuffix("s"))):
                for edited in dict.fromkeys(_edits(singular, self.letters)):
                    yield from self._synonym_words.get(edited, {}).items()
        if not corrected:
            yield from ((phrase, 1.0) for phrase in self._splits(word))

    def _splits(self, word: str) -> Iterator[Phrase]:
        """Yield pairs of known words that make up a word, with at most one letter between them."""
        for place in range(2, len(word) - 1):
            for rest in (word[place:], word[place + 1 :]):
                if word[:place] in self._stems and rest in self._stems and len(rest) > 1:
                    yield (self._stems[word[:place]], self._stems[rest])


def _with_prefix(prefix: str, words: SortedTexts) -> list[str]:
    """Return the first of some sorted words that start with a prefix."""
    if len(prefix) < MIN_PREFIX and not UNSPACED.match(prefix):
        return []
    return words.first_with(prefix, MAX_EXPANSIONS)


def _edits(word: str, letters: Sequence[str]) -> Iterator[str]:
    """Yield all words that are one edit away; the first letter is neither replaced nor deleted.

    An edit inserts, transposes, replaces or deletes: Peter Norvig, "How to Write a Spelling
    Corrector" (2007).
    """
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (left + letter + right for left, right in splits for letter in letters)
    yield from (left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1)
    inner = [(left, right) for left, right in splits if left and right]
    yield from (left + letter + right[1:] for left, right in inner for letter in letters)
    yield from (left + right[1:] for left, right in inner)
