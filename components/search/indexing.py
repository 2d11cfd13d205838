"""The indexed texts of an organization: made, or read from the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from components.cache_folder import CacheEntry
from components.model.organization import Organization
from components.pickles import read_parts, write_parts
from components.search.documents import FIELD_OF, texts_of
from components.search.full_text import FullText
from components.search.language import Language, words_of

SAMPLE_SIZE = 20_000
"""Units from which the language is detected."""
INDEX, STEMS, NAMES = "index", "stems", "names"
"""The folder and the files of an entry."""
PART_SIZE = 50_000
"""Words or names that are read from the cache at once; other threads wait for a few ms."""


@dataclass(frozen=True)
class IndexedTexts:
    """The index of an organization's texts, and what was found out while it was made."""

    language: Language
    stems: Mapping[str, str]
    """The stem of each word that can be searched for, except of numbers in facts."""
    full_text: FullText


def indexed_texts(organization: Organization, entry: CacheEntry | None = None) -> IndexedTexts:
    """Return the indexed texts of an organization, from the cache or made and kept there.

    In the cache are also its ``units_by_name``, which the search needs.
    """
    language = _language_of(organization)
    if entry is None:
        return _Indexer(organization, language).index()
    keys = {organization.version}

    def read(folder: Path) -> IndexedTexts:
        organization.restore_units_by_name(_read_mapping(folder / NAMES))
        full_text = FullText.in_files(folder / INDEX)
        return IndexedTexts(language, _read_mapping(folder / STEMS), full_text)

    found = entry.read(keys, read)
    if found:
        return found
    indexer = _Indexer(organization, language)
    entry.write(organization.version, indexer.write)
    # The files have moved since they were written.
    full_text = entry.read(keys, lambda folder: FullText.in_files(folder / INDEX))
    return IndexedTexts(language, indexer.stems, full_text) if full_text else indexer.index()


def documents(
    organization: Organization, indexed: IndexedTexts
) -> Iterator[Iterator[tuple[str, Iterator[str]]]]:
    """Yield for each unit the field and the stems of each of its texts, as they are indexed."""
    return _Indexer(organization, indexed.language, {**indexed.stems}).documents()


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
    stems: dict[str, str] = field(default_factory=dict)
    """Of the words that have been indexed."""

    def index(self) -> IndexedTexts:
        """Return the index in memory."""
        return IndexedTexts(self.language, self.stems, FullText.of(self.documents()))

    def write(self, folder: Path) -> None:
        """Write the index, the stems of all words, and the units by name into a folder."""
        (folder / INDEX).mkdir()
        FullText.of(self.documents(), folder / INDEX)
        _write_mapping(folder / STEMS, self.stems)
        _write_mapping(folder / NAMES, self.organization.units_by_name)

    def documents(self) -> Iterator[Iterator[tuple[str, Iterator[str]]]]:
        return map(self._document, range(len(self.organization)))

    def _document(self, unit: int) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield the field and the stems of each text of a unit."""
        name_words: set[str] = set()
        for kind, text, _ in texts_of(self.organization, unit):
            words = words_of(text)
            if FIELD_OF[kind] == "name":
                if name_words.issuperset(words):
                    continue  # a short name that repeats the name must not count twice
                name_words.update(words)
            if FIELD_OF[kind] == "facts":
                yield "facts", map(self._stem_of_fact, words)
            else:
                yield FIELD_OF[kind], map(self._indexed_stem, words)

    def _indexed_stem(self, word: str) -> str:
        """Return the stem of a word, and keep it."""
        stem = self.stems.get(word)
        if stem is None:
            stem = self.language.stem(word)
            # Equal strings share one object: there may be millions of words.
            self.stems[word] = stem = word if stem == word else stem
        return stem

    def _stem_of_fact(self, word: str) -> str:
        """Return the stem of a word; numbers are found as they are typed, and correct no word."""
        return word if word.isdecimal() else self._indexed_stem(word)


def _write_mapping(path: Path, mapping: Mapping[str, object]) -> None:
    items = iter(mapping.items())
    write_parts(path, iter(lambda: dict(islice(items, PART_SIZE)), {}))


def _read_mapping(path: Path) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for part in read_parts(path):
        mapping |= part
    return mapping
