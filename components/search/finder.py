"""Ranking: the units that answer a question, best first, each with the text that matched.

First come units whose name is the question or starts with it, then those whose name is one edit
away, those that contain the question as a phrase, those whose name starts with it without its stop
words, those that contain its only word itself, and those that match its words or their synonyms.
If nothing matches, words that are spelled similarly are searched instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from math import log

from rapidfuzz.distance import OSA

from components.cache_folder import CacheEntry
from components.model.organization import Organization
from components.model.text import fold_text
from components.model.unit_names import unit_names
from components.search.documents import FIELD_OF, Text, texts_of
from components.search.full_text import Boosts
from components.search.highlight import Highlighter, Marks, excerpt
from components.search.indexing import indexed_texts
from components.search.language import words_of
from components.search.query import MAX_EXPANSIONS, MIN_PREFIX, Clause, QueryBuilder

MOST_HITS = 8
"""Units that are found, unless another number is asked for."""
LONGEST_QUESTION = 200
"""Characters of a question that are read."""
TYPE_FACTOR = 0.3
"""Factor for words such as "unit" and "division", which are part of many names."""
MAX_NAMES = 500
"""Names that start with a question and are compared by length."""
MAX_MISSPELT, MIN_MISSPELT = 12, 5
"""The best matches whose names are compared with a question, and the least letters of one."""
MAX_TYPED = 20_000
"""Units of the largest organization that has a ``TYPE_FACTOR``."""
MAX_TEXTS = 500
"""Texts of a unit, besides its name, from which the one that matches best is taken."""
MAX_CACHED_UNITS = 2_000
"""Units whose tokenized texts are cached."""


@dataclass(frozen=True, slots=True)
class MatchedText:
    """A text of a unit, cut around the words that matched."""

    kind: str
    """``responsibility``, ``theme``, ``reference``, ``head``, ``person``, ``location``,
    ``summary``, ``alias``, ``acronym``, ``short_name``, ``type``, ``status``, ``notes`` or
    ``fact``."""
    text: str
    marks: Marks
    heading: str = ""
    """Of a fact: what its column is called."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that answers a question."""

    unit: int
    marks: Marks
    """In its name."""
    matched: MatchedText | None
    """The text that best explains the hit; None if the name does so alone."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The units that answer a question, best first."""

    hits: tuple[Hit, ...]
    near: bool
    """Whether nothing matched, so that the hits are only similar."""


class Finder:
    """Finds the units of one organization; safe to use from several threads."""

    def __init__(
        self,
        organization: Organization,
        entry: CacheEntry | None = None,
        units: Sequence[int] | None = None,
    ) -> None:
        """``entry`` is where the index is kept for the next start; without it, nowhere.

        ``units`` are those that are found, in ascending order; all of them if None.
        """
        self._organization = organization
        self.indexed = indexed_texts(organization, entry, units)
        """With the stems of all words, and the language that they are stemmed in."""
        language, self._full_text = self.indexed.language, self.indexed.full_text
        self.queries = QueryBuilder(
            self.indexed.stems, language, (*language.synonyms, *organization.synonyms)
        )
        self._names = (
            organization.units_by_name if units is None else unit_names(organization.units, units)
        )
        types = set(organization.units["type"]) if len(organization) < MAX_TYPED else ()
        self.type_stems = {language.stem(word) for name in types for word in words_of(name)}
        """The stems of words for types of units, which count less."""
        self._texts = lru_cache(MAX_CACHED_UNITS)(self._tokenized_texts)

    def find(self, question: str, *, most: int = MOST_HITS) -> SearchResult:
        """Return the units that answer a question, or those with words of a similar spelling.

        There are none if the question is blank, or nothing is similar.
        """
        question = question[:LONGEST_QUESTION]
        if not question.strip():
            return SearchResult((), near=False)
        folded, words = fold_text(question), words_of(question)
        content_words = self.queries.content_words(words)
        clauses = self.queries.clauses(words, content_words)
        ranked = self._full_text.search(map(self._weighted, clauses), max(most, MAX_MISSPELT))
        phrase, literal = (tuple(map(self.queries.stem, each)) for each in (words, content_words))
        candidates = dict.fromkeys(
            (
                *self._named(folded),
                *(unit for unit in ranked if self._is_misspelt_name(unit, folded)),
                *(self._full_text.phrase(phrase, most) if len(phrase) > 1 else ()),
                *self._named(" ".join(content_words)),
                *(self._full_text.phrase(literal, most) if len(literal) == 1 else ()),
                *ranked,
            )
        )
        units = list(islice(candidates, most))
        near = not units
        if near:
            clauses = self.queries.similar_clauses(content_words)
            units = self._full_text.search((clause.boosts for clause in clauses), most)
        rarities = [self._rarity(clause) for clause in clauses]
        highlighter = Highlighter(clauses, rarities, self.queries.stem)
        return SearchResult(tuple(self._hit(unit, highlighter) for unit in units), near)

    def _named(self, text: str) -> list[int]:
        """Return the units with this name, then those whose name starts with it.

        Full names come before acronyms and aliases, and short names before long ones.
        """
        if len(text) < MIN_PREFIX:
            return list(self._names.get(text, ()))
        full_names = self._organization.units["name"]
        ranks: dict[int, tuple[int, int]] = {}
        for place in islice(self._names.names.beginning_with(text), MAX_NAMES):
            name = self._names.names[place]
            for unit in self._names.at(place):
                group = 0 if name == text else 1 if fold_text(full_names[unit]) == name else 2
                ranks[unit] = min(ranks.get(unit, (group, len(name))), (group, len(name)))
        return sorted(ranks, key=lambda unit: (ranks[unit], unit))

    def _is_misspelt_name(self, unit: int, question: str) -> bool:
        """Return whether a question is at most one edit away from a name of a unit."""
        names = (text.text for text, _ in self._texts(unit) if FIELD_OF[text.kind] == "name")
        return len(question) >= MIN_MISSPELT and any(
            OSA.distance(question, fold_text(name), score_cutoff=1) <= 1 for name in names
        )

    def _weighted(self, clause: Clause) -> Boosts:
        """Return the first alternatives of a clause; words for types of units count less."""
        is_type = self.type_stems.intersection(chain.from_iterable(clause.boosts))
        factor = TYPE_FACTOR if is_type else 1.0
        alternatives = islice(clause.boosts.items(), MAX_EXPANSIONS)
        return {phrase: boost * factor for phrase, boost in alternatives}

    def _rarity(self, clause: Clause) -> float:
        """Return the inverse document frequency of a clause."""
        stems = chain.from_iterable(islice(clause.boosts, MAX_EXPANSIONS))
        units = max(map(self._full_text.document_frequency, stems), default=0)
        return log(1 + len(self._organization) / (1 + units))

    def _hit(self, unit: int, highlighter: Highlighter) -> Hit:
        """Return a unit with the text that matches most, unless its name matches the same."""
        (name, name_words), *texts = self._texts(unit)
        in_name = highlighter.weights(name_words).keys()
        best, best_text = 0.0, None
        for each, words in texts:
            weights = highlighter.weights(words)
            weight = sum(weights.values())
            if weight > best and not weights.keys() <= in_name:
                best, best_text = weight, each
        matched = None
        if best_text:
            kind, text, heading = best_text
            matched = MatchedText(kind, *excerpt(text, highlighter.marks(text)), heading)
        return Hit(unit, highlighter.marks(name.text), matched)

    def _tokenized_texts(self, unit: int) -> tuple[tuple[Text, tuple[str, ...]], ...]:
        """Return each text of a unit with its words, its name first."""
        texts = compared_texts(self._organization, unit)
        return tuple((text, tuple(words_of(text.text))) for text in texts)


def compared_texts(organization: Organization, unit: int) -> Iterator[Text]:
    """Yield the texts of a unit that are compared with a question, its name first."""
    return islice(texts_of(organization, unit), 1 + MAX_TEXTS)
