"""The words of names: what siblings share, abbreviations, and what remains legible of them.

Nothing here compares the names of a picture with each other; see ``names.py``.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from components.diagrams.hyphenation import CACHE_SIZE, word_breaks
from components.diagrams.text import UNSPACED
from components.model.text import capitalized, fold_text

VOCABULARY = Path(__file__).with_name("name_words.csv")
"""Words for kinds of units, which tell least of a name; words that join; abbreviations."""
NEARLY_ALL, MIN_SHARING = 0.8, 3
"""The share of siblings that makes any words worthless if they begin or end with them, and their
least number."""
BEGINNING_SHARE, ENDING_SHARE = 1 / 3, 1 / 2
"""The share that is enough for words for kinds of units: "Department of", "Division"."""
MAX_SHARED = 8
"""Words."""
MAX_NAME = 300
"""Characters; in longer names nothing is looked for."""
LONG_WORD, MIN_KEPT, MIN_DROPPED = 8, 4, 3
"""Letters: of words that are shortened, of what is kept, and of what is dropped."""
MIN_BEGINNING, MIN_PART = 3, 4
"""Letters of words, and of the first part of a word with hyphens."""
ELISIONS = "(?:[ldLD]|[DdNnSs]ell|[Aa]ll|[Dd]all)['’]"
TOKEN = re.compile(rf"{UNSPACED}|{ELISIONS}(?=\w)|(?:(?!{UNSPACED})\S)+")
RUN_OF_LETTERS = re.compile(r"[^\W\d_]+\.?")
EDGES = " \t\n\N{NO-BREAK SPACE},;:–—-/&+·|"
ROMAN_NUMERAL = re.compile("[IVXLC]+")
VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýаеёиоуыэюяіїєαεηιουω")
UPPER_CASE_SHARE = 0.6
ACRONYM_IN_BRACKETS = re.compile(r"\s*\(([^()\s]{2,12})\)$")


class Token(NamedTuple):
    """A word of a name, or a character of a script without spaces, and where it is."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    units: frozenset[str]
    functions: frozenset[str]
    abbreviations: Mapping[str, Mapping[str, str]]
    """By language and word in lower case."""


@cache
def _vocabulary() -> _Vocabulary:
    """Return the words of all languages.

    Only abbreviations depend on the language: a word for a kind of unit in one language is no
    reason to keep it in another.
    """
    words: dict[str, set[str]] = {"unit": set(), "function": set(), "word": set()}
    abbreviations: dict[str, dict[str, str]] = {}
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words[row["kind"]].add(fold_text(row["word"]))
            if row["abbreviation"]:
                abbreviations.setdefault(row["language"], {})[row["word"]] = row["abbreviation"]
    return _Vocabulary(frozenset(words["unit"]), frozenset(words["function"]), abbreviations)


# ---- What siblings share -------------------------------------------------------------------------


@lru_cache(CACHE_SIZE)
def tokens_of(name: str) -> tuple[Token, ...]:
    """Return the words of a name."""
    return tuple(
        Token(folded, match.start(), match.end())
        for match in TOKEN.finditer(name[:MAX_NAME])
        if (folded := fold_text(match.group()))
    )


def without_acronym(name: str) -> tuple[str, str]:
    """Return a name without the acronym in brackets at its end, and that acronym or empty text."""
    match = ACRONYM_IN_BRACKETS.search(name)
    if not match or not match.start():
        return name, ""
    acronym = match.group(1)
    upper = sum(map(str.isupper, acronym))
    if upper < UPPER_CASE_SHARE * len(acronym):
        return name, ""
    return name[: match.start()], acronym


def without_shared_words(
    names: Sequence[str], kinds: Sequence[str], above: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Return for each of some siblings what tells it apart, and what would if there were no room.

    The first is the name without the words that it shares with nearly all siblings, without words
    for kinds of units that it shares with many or with those of its own kind, and without the names
    ``above`` it. The second has no words for kinds of units at its beginning even if few siblings
    share them. What remains is at least one word that says
    something; else the name stays as it is. ``kinds`` are what the siblings are: "Department".
    """
    # Of several words, such as "Independent body", some are no word for a kind of unit.
    units = _vocabulary().units | {fold_text(kind) for kind in set(kinds)}
    repeated = [
        tuple(token.folded for token in tokens_of(name)) for name in above if _says_enough(name)
    ]
    names = [_without_repeated(name, repeated, units) for name in names]
    names = _without_shared(names, kinds, units, BEGINNING_SHARE)
    names = _without_shared(names, kinds, units, ENDING_SHARE, from_end=True)
    return list(zip(names, _without_shared(names, kinds, units, 0.0), strict=True))


def _says_enough(name: str) -> bool:
    return sum(map(str.isalpha, name)) > 1


def _without_repeated(name: str, repeated: Iterable[tuple[str, ...]], units: frozenset[str]) -> str:
    """Return a name without that of the unit above at its beginning or end."""
    tokens = tokens_of(name)
    words = tuple(token.folded for token in tokens)
    for other in sorted(repeated, key=len, reverse=True):
        count = len(other)
        if not 0 < count < len(words):
            continue
        for from_end in (False, True):
            if (words[-count:] if from_end else words[:count]) == other and (
                rest := _rest(name, tokens, count, units, from_end=from_end)
            ):
                return rest
    return name


def _without_shared(
    names: Sequence[str],
    kinds: Sequence[str],
    units: frozenset[str],
    share: float,
    *,
    from_end: bool = False,
) -> list[str]:
    """Return names without the longest beginnings, or endings, that enough siblings share.

    ``share`` is that of all siblings, or of those of a kind, that has to share words for kinds of
    units.
    """
    all_tokens = [tokens_of(name) for name in names]
    groups = {"": range(len(names))} | {
        kind: [at for at, other in enumerate(kinds) if other == kind] for kind in set(kinds) - {""}
    }
    enough: dict[str, set[tuple[str, ...]]] = {}
    for kind, members in groups.items():
        # Several posts of one name share nothing that would tell them apart.
        distinct = {tuple(token.folded for token in all_tokens[at]) for at in members}
        if len(distinct) < MIN_SHARING:
            enough[kind] = set()
            continue
        shared = Counter(edge for words in distinct for edge in _edges(words, from_end=from_end))
        enough[kind] = {
            words
            for words, count in shared.items()
            if count >= MIN_SHARING
            and _is_left_out(
                words, count / len(distinct), units, unit_share=share, among_all=not kind
            )
        }
    return [
        _without_edge(name, tokens, enough[""] | enough[kind], units, from_end=from_end)
        for name, tokens, kind in zip(names, all_tokens, kinds, strict=True)
    ]


def _edges(words: tuple[str, ...], *, from_end: bool) -> Iterator[tuple[str, ...]]:
    """Yield the beginnings of a name in words, or its endings, the shortest first."""
    for count in range(1, min(MAX_SHARED, len(words)) + 1):
        yield words[-count:] if from_end else words[:count]


def _is_left_out(
    words: tuple[str, ...],
    share: float,
    units: frozenset[str],
    *,
    unit_share: float,
    among_all: bool,
) -> bool:
    telling = [word for word in words if word not in _vocabulary().functions]
    if telling and all(word in units for word in telling):
        return share >= unit_share
    # A character is no word: names of one script may begin alike by chance.
    return among_all and share >= NEARLY_ALL and bool(telling) and sum(map(len, words)) > 1


def _without_edge(
    name: str,
    tokens: Sequence[Token],
    enough: set[tuple[str, ...]],
    units: frozenset[str],
    *,
    from_end: bool,
) -> str:
    words = tuple(token.folded for token in tokens)
    edges = [edge for edge in _edges(words, from_end=from_end) if edge in enough]
    for edge in reversed(edges):
        if rest := _rest(name, tokens, len(edge), units, from_end=from_end):
            return rest
    return name


def _rest(
    name: str, tokens: Sequence[Token], count: int, units: frozenset[str], *, from_end: bool
) -> str:
    """Return a name without so many words at an edge; empty if too little remains."""
    rest = list(tokens[:-count] if from_end else tokens[count:])
    functions = _vocabulary().functions
    while rest and rest[-1 if from_end else 0].folded in functions:
        rest.pop(-1 if from_end else 0)
    telling = [
        token
        for token in rest
        if token.folded not in functions
        and token.folded not in units
        and not ROMAN_NUMERAL.fullmatch(name[token.start : token.end])
    ]
    if sum(sum(map(str.isalpha, token.folded)) for token in telling) < 2:  # noqa: PLR2004  # letters
        return ""
    text = name[: rest[-1].end] if from_end else name[rest[0].start :]
    text = text.strip(EDGES)
    if text.count("(") != text.count(")"):
        return ""
    return text if from_end else capitalized(text)


# ---- Shorter words ------------------------------------------------------------------------------


def abbreviated(text: str, language: str, most: int | None = None) -> str:
    """Return a text with the usual abbreviations of its language.

    If ``most`` is given, further long words lose their ends after a syllable, so that at most so
    many letters stay. ``language`` is a BCP 47 tag, empty if unknown.
    """
    return RUN_OF_LETTERS.sub(lambda match: _shorter_word(match.group(), language, most), text)


@lru_cache(CACHE_SIZE)
def _shorter_word(word: str, language: str, most: int | None) -> str:
    is_name = word[:1].isupper()
    if word.endswith(".") or (word.isupper() and len(word) < LONG_WORD):
        return word
    if known := _known_abbreviation(word.casefold(), language):
        return known if is_name else known.lower()
    if most is None or len(word) < LONG_WORD:
        return word
    kept = [
        end
        for place in word_breaks(word, language)
        if MIN_KEPT <= (end := _end_of_consonants(word, place)) <= most
        and len(word) - end >= MIN_DROPPED
    ]
    return f"{word[: kept[-1]]}." if kept else word


def _known_abbreviation(word: str, language: str) -> str:
    by_language = _vocabulary().abbreviations
    own = by_language.get(language.partition("-")[0].lower())
    tables = [own] if own else [] if language else by_language.values()
    return next((table[word] for table in tables if word in table), "")


def _end_of_consonants(word: str, start: int) -> int:
    """Return where the consonants after a position end: abbreviations end before a vowel."""
    end = start
    while end < len(word) and word[end].casefold() not in VOWELS:
        end += 1
    return end


def beginnings(text: str) -> Iterator[str]:
    """Yield the beginnings of a text that are legible words, the shortest first, none whole."""
    tokens, functions = tokens_of(text), _vocabulary().functions
    letters = 0
    for token in tokens[:-1]:
        word = text[token.start : token.end]
        first = word.partition("-")[0]
        if not letters and MIN_PART <= len(first) < len(word):
            yield text[: token.start + len(first)]
        is_unspaced = re.fullmatch(UNSPACED, word) is not None
        letters += (2 if is_unspaced else 1) * sum(map(str.isalpha, token.folded))
        if letters >= MIN_BEGINNING and token.folded not in functions:
            yield text[: token.end].rstrip(EDGES)


def person_forms(name: str) -> Iterator[str]:
    """Yield shorter forms of a person's name: with initials, then the last name alone."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma:
        given = [word for word in first.split() if not word.endswith(".")]
        if given and last:
            yield f"{last}, {''.join(_initial(word) for word in given)}"
            yield last
        return
    words = [word for word in name.split() if not (word.endswith(".") and len(word) > 2)]  # noqa: PLR2004  # "A." is no title
    if len(words) < 2 or not all(word[0].isupper() for word in (words[0], words[-1])):  # noqa: PLR2004  # first and last
        return
    yield " ".join([_initial(words[0]), *words[1:]])
    middle = [word if word[0].islower() else _initial(word) for word in words[1:-1]]
    yield " ".join([_initial(words[0]), *middle, words[-1]])
    particles = 0
    while particles < len(middle) and middle[-1 - particles][0].islower():
        particles += 1
    yield " ".join([*middle[len(middle) - particles :], words[-1]])


def _initial(word: str) -> str:
    return f"{word[0]}."
