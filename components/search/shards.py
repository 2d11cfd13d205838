"""The index of the search as small JSON files, for pages that no server answers.

``assets/js/frozen/search.js`` reads them and answers as ``Finder`` does. What needs the words of a
language is worked out here: stems, synonyms, and how words end that the organization does not use.
What remains is to look up, to add and to compare.

The index consists of tables, of which a question reads few shards:

- ``words``: the stem of each word of the organization
- ``tails``: for words without their first letter, the letters that they may begin with
- ``stems``: the endings that fit a stem, as bits, and the words of the organization with that stem
- ``postings``: where a stem occurs; see ``_Postings``
- ``synonyms``: for a phrase, the phrases of the organization with this meaning
- ``synonym-words``: the stem of each word of the synonyms
- ``names``: the units whose name is a folded text, and those of which it is an alias or the like
- ``units``: id, acronym, parent and texts of each unit, and of two states whether it is gone, ...
- ``parents``: id, label and parent of each unit that has children
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from typing import Any

from components.model.organization import Organization
from components.model.text import fold_text, heading_text
from components.search import finder as finding
from components.search import highlight, language, query
from components.search.documents import FIELD_OF
from components.search.finder import Finder, compared_texts
from components.search.full_text import FIELDS, Phrase
from components.search.indexing import documents
from components.shards import Entry, differences, table_files

FOLDER = "search"
MAX_ENDINGS = 30
"""Endings of words that are tried for a stem: the bits of an integer in JavaScript."""
K1, B = 1.2, 0.75
"""The parameters of BM25 in tantivy."""
EXACT_LENGTHS, MANTISSA = 24, 3
"""Lengths of texts that tantivy keeps exactly, and the bits after the first that it keeps of
others."""

Entries = Iterable[Entry]
Ending = tuple[str, str]
"""How a stem ends, and how a word with this stem ends instead: ``("i", "y")`` for "city"."""


def search_files(finder: Finder, organization: Organization) -> Iterator[tuple[str, object]]:
    """Yield name and content of each file of the index."""
    endings = _endings(finder)
    postings = _Postings(finder, organization)
    tables: Mapping[str, Entries] = {
        "words": sorted(finder.indexed.stems.items()),
        "tails": _tails(finder),
        "stems": _stems(finder, endings),
        "postings": postings.entries(),
        "synonyms": _synonyms(finder),
        "synonym-words": finder.queries.synonym_stems.items(),
        "names": _names(organization),
        "units": _units(organization),
        "parents": _parents(organization),
    }
    about = {
        "units": len(organization),
        "letters": finder.queries.letters,
        "stop_words": finder.indexed.language.stop_words,
        "endings": endings,
        "longest_synonym": finder.queries.longest_synonym,
        "type_stems": sorted(finder.type_stems),
        "field_boosts": list(FIELDS.values()),
        "saturation": 1 + K1,
        "norms": postings.norms,
        "name_kinds": [kind for kind, field in FIELD_OF.items() if field == "name"],
        "limits": _limits(),
    }
    yield from table_files(FOLDER, tables, about)


def _limits() -> dict[str, Any]:
    """Return the constants of the finder, for its twin in the page."""
    return {
        "MOST_HITS": finding.MOST_HITS,
        "LONGEST_QUESTION": finding.LONGEST_QUESTION,
        "TYPE_FACTOR": finding.TYPE_FACTOR,
        "MAX_NAMES": finding.MAX_NAMES,
        "MAX_MISSPELT": finding.MAX_MISSPELT,
        "MIN_MISSPELT": finding.MIN_MISSPELT,
        "LONGEST_EXCERPT": highlight.LONGEST_EXCERPT,
        "LONGEST_WORD": language.LONGEST_WORD,
        "UNSPACED_RANGES": language.UNSPACED_RANGES,
        "MAX_WORDS": query.MAX_WORDS,
        "SYNONYM_BOOST": query.SYNONYM_BOOST,
        "CORRECTION_BOOST": query.CORRECTION_BOOST,
        "PREFIX_BOOST": query.PREFIX_BOOST,
        "SYNONYM_DECAY": query.SYNONYM_DECAY,
        "MAX_EXPANSIONS": query.MAX_EXPANSIONS,
        "MIN_PREFIX": query.MIN_PREFIX,
        "MIN_CORRECTED": query.MIN_CORRECTED,
        "MAX_CORRECTED": query.MAX_CORRECTED,
        "MIN_CORRECTED_SYNONYM": query.MIN_CORRECTED_SYNONYM,
        "NEIGHBOURS": query.NEIGHBOURS,
        "MIN_SIMILARITY": query.MIN_SIMILARITY,
        "MAX_SIMILAR": query.MAX_SIMILAR,
        "SIMILARITY_MARGIN": query.SIMILARITY_MARGIN,
    }


def _endings(finder: Finder) -> list[Ending]:
    """Return the most frequent endings of the words of an organization and of its synonyms."""
    stems = {**finder.queries.synonym_stems, **finder.indexed.stems}
    counts = Counter(_ending(word, stem) for word, stem in sorted(stems.items()) if word != stem)
    return [ending for ending, _ in counts.most_common(MAX_ENDINGS)]


def _ending(word: str, stem: str) -> Ending:
    common = next(length for length in range(len(word), -1, -1) if stem.startswith(word[:length]))
    return stem[common:], word[common:]


def _stems(finder: Finder, endings: list[Ending]) -> Entries:
    """Yield for each stem of a word or synonym its endings and the words that have the stem."""
    words: dict[str, list[str]] = {stem: [] for stem in finder.queries.synonym_stems.values()}
    for word, stem in finder.indexed.stems.items():
        words.setdefault(stem, []).append(word)
    for stem in sorted(words):
        bits = sum(
            1 << place
            for place, (end, instead) in enumerate(endings)
            if stem.endswith(end)
            and finder.indexed.language.stem(stem.removesuffix(end) + instead) == stem
        )
        yield stem, (bits, words[stem])


def _tails(finder: Finder) -> Entries:
    letters, beginnings = set(finder.queries.letters), defaultdict(list)
    for word in finder.indexed.stems:
        if word[:1] in letters and query.MIN_CORRECTED < len(word) <= query.MAX_CORRECTED + 1:
            beginnings[word[1:]].append(word[0])
    return sorted(beginnings.items())


def _synonyms(finder: Finder) -> Entries:
    def text(phrase: Phrase) -> str:
        return " ".join(phrase)

    synonyms = finder.queries.synonyms.items()
    return sorted((text(phrase), list(map(text, used))) for phrase, used in synonyms)


def _names(organization: Organization) -> Entries:
    names = [fold_text(name) for name in organization.units["name"]]
    for name, units in sorted(organization.units_by_name.items()):
        named = [unit for unit in units if names[unit] == name]
        yield name, (named, [unit for unit in units if names[unit] != name])


def _units(organization: Organization) -> Entries:
    units = organization.units
    for unit, parent in enumerate(organization.parent.tolist()):
        texts = [
            (text.kind, text.text, heading_text(text.heading))
            for text in compared_texts(organization, unit)
        ]
        mark = organization.history.mark(unit) if organization.history else None
        entry = (units["id"][unit], units["acronym"][unit], parent, texts)
        yield unit, (*entry, mark) if mark else entry


def _parents(organization: Organization) -> Entries:
    for unit, parent in enumerate(organization.parent.tolist()):
        if not organization.is_leaf(unit):
            label = organization.label(unit)
            yield unit, (organization.units["id"][unit], label, parent)


class _Postings:
    """The units and positions of each stem.

    An entry has for each field in which the stem occurs: the number of the field; the inverse
    document frequency; the first unit and the differences from one unit to the next; for each unit
    the place of its norm in ``norms``; and the positions in each unit.
    """

    def __init__(self, finder: Finder, organization: Organization) -> None:
        self._count = len(organization)
        self._found: dict[str, dict[int, dict[int, list[int]]]] = {}
        """The positions by stem, field and unit."""
        self._lengths: list[dict[int, int]] = [{} for _ in FIELDS]
        """The number of stems in a field of a unit; units without any are missing."""
        numbers = {field: number for number, field in enumerate(FIELDS)}
        for unit, texts in documents(organization, finder.indexed):
            self._add(unit, ((numbers[field], stems) for field, stems in texts))
        self._kept_lengths = [
            sorted(set(map(kept_length, lengths.values()))) for lengths in self._lengths
        ]

    def _add(self, unit: int, texts: Iterable[tuple[int, Sequence[str]]]) -> None:
        positions = [0] * len(FIELDS)
        for field, stems in texts:
            lengths = self._lengths[field]
            lengths[unit] = lengths.get(unit, 0) + len(stems)
            for position, stem in enumerate(stems, positions[field]):
                units = self._found.setdefault(stem, {}).setdefault(field, {})
                units.setdefault(unit, []).append(position)
            # No phrase goes on in the next text.
            positions[field] += len(stems) + 1

    @property
    def norms(self) -> list[list[float]]:
        """For each field, by how much texts of some lengths reduce the weight of a match."""
        return [
            [
                round(K1 * (1 - B + B * length * self._count / max(sum(lengths.values()), 1)), 6)
                for length in kept
            ]
            for lengths, kept in zip(self._lengths, self._kept_lengths, strict=True)
        ]

    def entries(self) -> Entries:
        """Yield the entry of each stem."""
        places = [
            {length: place for place, length in enumerate(kept)} for kept in self._kept_lengths
        ]
        for stem in sorted(self._found):
            yield (
                stem,
                [
                    (
                        field,
                        round(inverse_document_frequency(len(units), self._count), 6),
                        differences([*units]),
                        [places[field][kept_length(self._lengths[field][unit])] for unit in units],
                        list(units.values()),
                    )
                    for field, units in sorted(self._found[stem].items())
                ],
            )


def inverse_document_frequency(frequency: int, documents: int) -> float:
    """Return the inverse document frequency as BM25 has it in tantivy."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def kept_length(length: int) -> int:
    """Return the length of a text as tantivy keeps it, in one byte: rounded down.

    As Lucene's ``SmallFloat.intToByte4``: the first lengths exactly, of others the first bits.
    """
    above = max(length - EXACT_LENGTHS, 0)
    unkept = max(above.bit_length() - MANTISSA - 1, 0)
    return min(length, EXACT_LENGTHS) + (above >> unkept << unkept)
