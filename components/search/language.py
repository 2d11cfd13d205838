"""Words as they are compared: folded, levelled in their spelling, cut to their stems.

Stems are Snowball's for English, French or Spanish, whichever an organization's text is written
in. A word of another language stays as it is. Scripts that put no spaces between words are cut
into pairs of neighbouring characters, so that any two that stand together can be found.
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
SAMPLE = 20_000
"""Words by which the language of a text is told."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
UNSPACED = re.compile(f"[{_UNSPACED}]")
"""A character of Thai, Lao, Burmese, Khmer, Japanese, Chinese or Korean."""
PARTS = re.compile(f"[{_UNSPACED}]+|[^ {_UNSPACED}]+")
"""Of folded text: runs of such characters, and words of other scripts."""
CHUNKS = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
"""Of text as it is written: whatever belongs together is within one of these."""
JAMO = range(0x1160, 0x1200)
"""Letters that make one character of Korean with the letter before them."""
LEVELLED = (
    (re.compile(r"(?<=...)our(?=s?$|ed$|ing$|er|able|hood|ite)"), "or"),  # labour
    (re.compile(r"(?<=..)is(?=(e[drs]?|ers?|ing|ations?)$)"), "iz"),  # organisation
    (re.compile(r"(?<=..)ys(?=(e[drs]?|ing)$)"), "yz"),  # analyse
    (re.compile(r"(?<=..)tre(?=s?$)"), "ter"),  # centre
    (re.compile(r"(?<=..)gramme(?=s?$)"), "gram"),  # programme
    (re.compile(r"(?<=..)ogue(?=s?$)"), "og"),  # catalogue
    (re.compile(r"(?<=..)enc(?=e[ds]?$)"), "ens"),  # defence, licence
    (re.compile(r"(?<=..[aeiou])ll(?=(ed|ing|ers?|ors?)$)"), "l"),  # travelling
)
"""British endings and the American ones that they are compared as."""


class Language:
    """The language that a text is written in."""

    def __init__(self, words: Iterable[str]) -> None:
        """Tell the language by the stop words among some words; English if there are none."""
        self._of_stop_word = _stop_words()
        counts = Counter(
            language
            for word in islice(words, SAMPLE)
            for language in self._of_stop_word.get(word, ())
        )
        (self.name, _), *_ = counts.most_common(1) or [("english", 0)]
        stems = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(self.name))
        self._analyzer = stems.build()

    def is_stop_word(self, word: str) -> bool:
        """Tell whether a folded word says nothing by itself in any of the languages."""
        return word in self._of_stop_word

    def stem(self, word: str) -> str:
        """Return what a folded word is compared by: ``vaccin`` for vaccination and vaccines."""
        if self.name == "english" and word.isascii() and word.isalpha():
            for british, american in LEVELLED:
                word = british.sub(american, word)
        stems = self._analyzer.analyze(word)
        return stems[0] if stems else word

    @cached_property
    def synonyms(self) -> tuple[Synonym, ...]:
        """What people say and what organizations call it, in any organization."""
        with (VOCABULARY / "synonyms.csv").open(encoding="utf-8", newline="") as file:
            return tuple(
                Synonym(split_list(row["words"]), split_list(row["means"]))
                for row in csv.DictReader(file)
            )


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order; those of unspaced scripts as pairs."""
    return [word for word, _, _ in placed_words(text)]


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words of a text with the places where they begin and end in it.

    What folds to several words, as a sign for a fraction does, is the place of each of them.
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
            yield from _words_within(written, start)


def _words_within(chunk: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a chunk that may hold several, with their places."""
    characters = [*_folded(chunk, start)]
    for part in PARTS.finditer("".join(character for character, _, _ in characters)):
        run, placed = part[0], characters[part.start() : part.end()]
        if not UNSPACED.match(run):
            yield run[:LONGEST_WORD], placed[0][1], placed[-1][2]
            continue
        for at in range(len(run)):
            pair = placed[at : at + 2]
            yield run[at : at + 2], pair[0][1], pair[-1][2]


def _folded(chunk: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield each folded character, and where that begins and ends of which it was made.

    A character is folded together with all marks upon it: they may be written in several orders,
    as one character or as many.
    """
    begin = 0
    for end in range(1, len(chunk) + 1):
        if end == len(chunk) or not _is_upon_another(chunk[end]):
            folded = unicodedata.normalize("NFC", fold_characters(chunk[begin:end]))
            yield from ((character, start + begin, start + end) for character in folded)
            begin = end


def _is_upon_another(character: str) -> bool:
    """Tell whether a character belongs to the one before it, as accents and vowel signs do."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first).startswith("M") or ord(first) in JAMO


def _stop_words() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each stop word."""
    found: dict[str, list[str]] = {}
    with (VOCABULARY / "stop_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                found.setdefault(word, []).append(row["language"])
    return {word: tuple(languages) for word, languages in found.items()}
