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

from components.model.organization import Synonym, fold_text, split_list

VOCABULARY = Path(__file__).parent / "vocabulary"
LONGEST_WORD = 60
"""Characters of a word that are compared."""
SAMPLE = 20_000
"""Words by which the language of a text is told."""
UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+)"
)
"""Runs of Thai, Lao, Burmese, Khmer, Japanese, Chinese and Korean."""
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
    folded = fold_text(text)
    if folded.isascii():
        return [word[:LONGEST_WORD] for word in folded.split()]
    words: list[str] = []
    for run in unicodedata.normalize("NFC", folded).split():
        for at, part in enumerate(UNSPACED.split(run)):
            if at % 2:
                words += (part[start : start + 2] for start in range(len(part)))
            elif part:
                words.append(part[:LONGEST_WORD])
    return words


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words of a text with the places where they begin and end in it."""
    for start, end in _runs(text):
        run = text[start:end]
        if run.isascii() or not UNSPACED.search(unicodedata.normalize("NFC", fold_text(run))):
            yield from ((word, start, end) for word in words_of(run))
            continue
        cells = _cells(run, start)
        for at, (character, begin, finish) in enumerate(cells):
            if not UNSPACED.fullmatch(character):
                yield character, begin, finish
                continue
            following = cells[at + 1] if at + 1 < len(cells) else ("", 0, finish)
            pair = UNSPACED.match(character + following[0])
            if pair and len(pair[0]) > len(character):
                yield character + following[0], begin, following[2]
            else:
                yield character, begin, finish


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where letters, digits and the marks upon them stand together."""
    start = -1
    for at, character in enumerate(text):
        within = character.isalnum() or unicodedata.category(character).startswith("M")
        if within and start < 0:
            start = at
        elif not within and start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _cells(run: str, start: int) -> list[tuple[str, int, int]]:
    """Return the parts of a run as they are compared: characters of unspaced scripts one by one."""
    cells: list[tuple[str, int, int]] = []
    spaced = False
    for at, character in enumerate(run, start):
        folded = unicodedata.normalize("NFC", fold_text(character))
        upon = not folded or unicodedata.combining(folded[0]) > 0
        unspaced = UNSPACED.fullmatch(folded) is not None
        if cells and (upon or (spaced and not unspaced)):
            joined, begin, _ = cells[-1]
            whole = unicodedata.normalize("NFC", joined + folded)
            cells[-1] = (whole, begin, at + 1)
        elif folded:
            cells.append((folded, at, at + 1))
            spaced = not unspaced
    return cells


def _stop_words() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each stop word."""
    found: dict[str, list[str]] = {}
    with (VOCABULARY / "stop_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                found.setdefault(word, []).append(row["language"])
    return {word: tuple(languages) for word, languages in found.items()}
