"""The indexed texts of an organization: made, or read from the cache."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from components.cache_folder import CacheEntry
from components.model.organization import Organization
from components.pickles import read_parts, write_parts
from components.search.documents import FIELD_OF, texts_of
from components.search.full_text import FullText
from components.search.language import Language, words_of
from components.search.stems import Codes, Stems, is_code

SAMPLE_SIZE = 20_000
"""Units from which the language is detected."""
INDEX, STEMS, NAMES = "index", "stems", "names"
"""The folder and the files of an entry."""
PART_SIZE = 50_000
"""Words that are read from the cache at once; other threads wait for a few ms."""


@dataclass(frozen=True)
class IndexedTexts:
    """The index of an organization's texts, and what was found out while it was made."""

    language: Language
    stems: Stems
    """The stem of each word that can be searched for, except of numbers in facts."""
    full_text: FullText


def indexed_texts(
    organization: Organization,
    entry: CacheEntry | None = None,
    units: Sequence[int] | None = None,
) -> IndexedTexts:
    """Return the indexed texts of an organization, from the cache or made and kept there.

    In the cache are also its ``units_by_name``, which the search needs. ``units`` are those that
    are indexed; all of them if None.
    """
    language = _language_of(organization)
    units = range(len(organization)) if units is None else units
    if entry is None:
        return _Indexer(organization, language, units).index()
    keys = {organization.version}

    def read(folder: Path) -> IndexedTexts:
        (names,) = read_parts(folder / NAMES)
        organization.restore_units_by_name(names)
        words, *parts = read_parts(folder / STEMS)
        stems = Stems(words, dict(ChainMap(*parts)))
        return IndexedTexts(language, stems, FullText.in_files(folder / INDEX))

    found = entry.read(keys, read)
    if found:
        return found
    indexer = _Indexer(organization, language, units)
    entry.write(organization.version, indexer.write)
    # The files have moved since they were written.
    full_text = entry.read(keys, lambda folder: FullText.in_files(folder / INDEX))
    return (
        IndexedTexts(language, Stems.of(indexer.known, indexer.codes), full_text)
        if full_text
        else indexer.index()
    )


def documents(
    organization: Organization, indexed: IndexedTexts
) -> Iterator[tuple[int, Iterator[tuple[str, Sequence[str]]]]]:
    """Yield each unit with the field and the stems of each of its texts, as they are indexed."""
    units = range(len(organization))
    return _Indexer(organization, indexed.language, units, {**indexed.stems.known}).documents()


def _language_of(organization: Organization) -> Language:
    sample = range(min(len(organization), SAMPLE_SIZE))
    texts = chain.from_iterable(texts_of(organization, unit) for unit in sample)
    return Language(
        chain.from_iterable(
            words_of(each.text) for each in texts if each.kind not in {"name", "fact"}
        )
    )


@dataclass(frozen=True)
class _Indexer:
    """Makes the documents of an organization, one for each unit."""

    organization: Organization
    language: Language
    units: Sequence[int]
    known: dict[str, str] = field(default_factory=dict)
    """The stems of words that have been indexed; not of codes that are their own stems."""
    codes: Codes = field(default_factory=Codes)

    def index(self) -> IndexedTexts:
        """Return the index in memory."""
        full_text = FullText.of(self.documents())
        return IndexedTexts(self.language, Stems.of(self.known, self.codes), full_text)

    def write(self, folder: Path) -> None:
        """Write the index, the stems of all words, and the units by name into a folder."""
        (folder / INDEX).mkdir()
        FullText.of(self.documents(), folder / INDEX)
        stems = Stems.of(self.known, self.codes)
        known = iter(stems.known.items())
        parts = iter(lambda: dict(islice(known, PART_SIZE)), {})
        write_parts(folder / STEMS, chain([stems.words], parts))
        write_parts(folder / NAMES, [self.organization.units_by_name])

    def documents(self) -> Iterator[tuple[int, Iterator[tuple[str, Sequence[str]]]]]:
        """Yield each unit with the field and the stems of each of its texts."""
        return ((unit, self._document(unit)) for unit in self.units)

    def _document(self, unit: int) -> Iterator[tuple[str, Sequence[str]]]:
        name_words: set[str] = set()
        for kind, text, _ in texts_of(self.organization, unit):
            words, field_ = words_of(text), FIELD_OF[kind]
            if field_ == "name":
                if name_words.issuperset(words):
                    continue  # a short name that repeats the name must not count twice
                name_words.update(words)
            stem = self._stem_of_fact if field_ == "facts" else self._indexed_stem
            yield field_, list(map(stem, words))

    def _indexed_stem(self, word: str) -> str:
        """Return the stem of a word, and keep it."""
        stem = self.known.get(word)
        if stem is None:
            stem = self.language.stem(word)
            if is_code(word, stem):
                self.codes.add(word)
            else:
                self.known[word] = stem
        return stem

    def _stem_of_fact(self, word: str) -> str:
        """Return the stem of a word; numbers are found as they are typed, and correct no word."""
        return word if word.isdecimal() else self._indexed_stem(word)
