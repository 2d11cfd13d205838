"""Words as the search compares them: case-folded, without accents, in one spelling, stemmed.

Stems are those of Snowball for English, French or Spanish, whichever the organization's texts are
written in. Scripts without spaces between words are cut into pairs of neighbouring characters
(bigrams), so that any two consecutive characters can be found.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from components.model.organization import Synonym
from components.model.text import fold_characters, split_list

VOCABULARY = Path(__file__).parent / "vocabulary"
LONGEST_WORD = 60
"""Characters of a word that are compared."""
SAMPLE_SIZE = 20_000
"""Words from which the language is detected."""
UNSPACED_RANGES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
UNSPACED = re.compile(f"[{UNSPACED_RANGES}]")
"""A character of Thai, Lao, Burmese, Khmer, Japanese, Chinese or Korean."""
RUNS = re.compile(f"[{UNSPACED_RANGES}]+|[^ {UNSPACED_RANGES}]+")
"""In folded text: a run of such characters, or a word of another script."""
CHUNKS = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
"""In unfolded text: a part with one or more whole words."""
JAMO = range(0x1160, 0x1200)
"""Korean letters that form one character with the letter before them."""
AMERICAN_SPELLING = (
    (re.compile(r"(?<=...)our(?=s?$|ed$|ing$|er|able|hood|ite)"), "or"),  # labour
    (re.compile(r"(?<=..)is(?=(e[drs]?|ers?|ing|ations?)$)"), "iz"),  # organisation
    (re.compile(r"(?<=..)ys(?=(e[drs]?|ing)$)"), "yz"),  # analyse
    (re.compile(r"(?<=..)tre(?=s?$)"), "ter"),  # centre
    (re.compile(r"(?<=..)gramme(?=s?$)"), "gram"),  # programme
    (re.compile(r"(?<=..)ogue(?=s?$)"), "og"),  # catalogue
    (re.compile(r"(?<=..)enc(?=e[ds]?$)"), "ens"),  # defence, licence
    (re.compile(r"(?<=..[aeiou])ll(?=(ed|ing|ers?|ors?)$)"), "l"),  # travelling
)
"""British endings and their American spelling."""

Token = tuple[str, int, int]
"""A folded word or character, and where it starts and ends in the text that it comes from."""


class Language:
    """The language of an organization's texts."""

    def __init__(self, words: Iterable[str]) -> None:
        """Detect the language by the stop words among some words; the default is English."""
        self._languages_of = _stop_words()
        counts = Counter(
            language
            for word in islice(words, SAMPLE_SIZE)
            for language in self._languages_of.get(word, ())
        )
        (self.name, _), *_ = counts.most_common(1) or [("english", 0)]
        stemmer = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(self.name))
        self._analyzer = stemmer.build()

    @property
    def stop_words(self) -> list[str]:
        """The stop words of all languages."""
        return list(self._languages_of)

    def is_stop_word(self, word: str) -> bool:
        """Return whether a folded word is a stop word of any of the languages."""
        return word in self._languages_of

    def stem(self, word: str) -> str:
        """Return the stem of a folded word: ``vaccin`` for vaccination and vaccines."""
        if self.name == "english" and word.isascii() and word.isalpha():
            for british, american in AMERICAN_SPELLING:
                word = british.sub(american, word)
        stems = self._analyzer.analyze(word)
        return stems[0] if stems else word

    @cached_property
    def synonyms(self) -> tuple[Synonym, ...]:
        """The synonyms that come with Remit, for any organization."""
        rows = _rows("synonyms.csv")
        return tuple(Synonym(split_list(row["words"]), split_list(row["means"])) for row in rows)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text; of unspaced scripts, pairs of characters."""
    if text.isascii():  # Most texts are, and need neither places nor folding.
        words = CHUNKS.findall(text.lower())
        return words if len(text) <= LONGEST_WORD else [word[:LONGEST_WORD] for word in words]
    return [word for word, _, _ in tokenize(text)]


def tokenize(text: str) -> Iterator[Token]:
    """Yield the folded words of a text.

    A sign that folds to several words, such as a fraction, is the place of each of them.
    """
    for chunk in CHUNKS.finditer(text):
        written, (start, end) = chunk[0], chunk.span()
        if written.isascii():
            yield written.lower()[:LONGEST_WORD], start, end
            continue
        word = unicodedata.normalize("NFC", fold_characters(written))
        if word and " " not in word and not UNSPACED.search(word):
            yield word[:LONGEST_WORD], start, end
        else:
            yield from _words_in_chunk(written, start)


def _words_in_chunk(chunk: str, offset: int) -> Iterator[Token]:
    """Yield the words of a chunk that may hold several of them."""
    characters = [*_folded_characters(chunk, offset)]
    for match in RUNS.finditer("".join(character for character, _, _ in characters)):
        run, places = match[0], characters[match.start() : match.end()]
        if not UNSPACED.match(run):
            yield run[:LONGEST_WORD], places[0][1], places[-1][2]
            continue
        for position in range(len(run)):
            pair = places[position : position + 2]
            yield run[position : position + 2], pair[0][1], pair[-1][2]


def _folded_characters(chunk: str, offset: int) -> Iterator[Token]:
    """Yield each folded character.

    A character is folded together with its combining marks: Unicode allows them in several orders,
    and as one character or several.
    """
    start = 0
    for end in range(1, len(chunk) + 1):
        if end == len(chunk) or not _is_combining(chunk[end]):
            folded = unicodedata.normalize("NFC", fold_characters(chunk[start:end]))
            yield from ((character, offset + start, offset + end) for character in folded)
            start = end


def _is_combining(character: str) -> bool:
    """Return whether a character modifies the one before it, like accents and vowel signs."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first).startswith("M") or ord(first) in JAMO


def _stop_words() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each stop word."""
    languages: dict[str, list[str]] = {}
    for row in _rows("stop_words.csv"):
        for word in row["words"].split():
            languages.setdefault(word, []).append(row["language"])
    return {word: tuple(names) for word, names in languages.items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (VOCABULARY / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
