"""Who is meant, and who does what: units by words.

Each word of a question becomes a set of ways to say it: its stem, what begins with it, its synonyms
and, if it is none of all these words, what those mean that are one mistake away. A unit counts by
the best way in its best field, word for word. Before all others come the units that are called as
the question says, then those whose name begins so. Words that nothing is like lead to the words
that are nearest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from math import log

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from components.model.organization import Organization, Synonym
from components.model.text import fold_text, split_list
from components.search.full_text import FullText, Stems, Ways
from components.search.language import UNSPACED, Language, placed_words, words_of

LONGEST_QUESTION = 200
"""Characters of a question that are looked at."""
MAX_WORDS = 12
"""Words of a question that are looked for."""
MAX_COMPARED = 20_000
"""Names that are compared with one; of more only those with the same beginning."""
LATER = 0.8
"""How much a synonym counts beside the one before it."""
SHORTEST_PHRASE = 2
"""Words of a question that are first looked for as they stand."""
LONGER, SAID_OTHERWISE, MISTAKEN = 0.4, 0.8, 0.7
"""How much a longer word, a synonym and a word with a mistake count beside the word itself."""
KIND = 0.3
"""How much it counts that a unit is called unit, division, ..."""
MAX_WAYS = 24
"""Longer words that are looked for with one that begins them."""
SHORTEST_BEGINNING, SHORTEST_MISTAKEN, LONGEST_MISTAKEN = 3, 3, 30
"""Letters of a word for others to begin with it, or for it to be corrected."""
SHORTEST_SPOKEN = 5
"""Letters of a word for it to be corrected to a synonym: nearly every shorter one is like some."""
MAX_LETTERS = 64
"""Letters of an organization's words that are tried in place of a wrong one."""
MAX_BEGINNINGS = 500
"""Names with the same beginning of which the shortest is looked for."""
NEIGHBOURS = 1_500
"""Words before and after one, in their order, among which the nearest are looked for."""
NEARLY = 5
"""How much less like than the nearest, from 0 to 100, other words are that are nearest too."""
MAX_MEANT, SHORTEST_MEANT = 12, 5
"""Units whose names are compared with a question, and letters of one that may be such a name."""
MAX_TEXTS = 500
"""Texts of a unit among which the one that matches best is looked for."""
LONGEST_TEXT = 160
"""Characters of a text that are shown around the words that matched."""
MAX_KEPT = 2_000
"""Units whose words are kept for the next question."""
Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A text that is told of a unit, cut around the words that matched."""

    kind: str
    """``responsibility``, ``theme``, ``reference``, ``head``, ``location``, ``summary``,
    ``alias``, ``acronym``, ``short_name`` or ``type``."""
    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found; marks are the places where words that matched begin and end."""

    unit: int
    marks: Marks
    """In its name."""
    matched: Matched | None
    """What is told of it that says more than its name does; none if the name says all."""


@dataclass(frozen=True, slots=True)
class Found:
    """Units, best first."""

    hits: tuple[Hit, ...]
    near: bool
    """Nothing matched; these are only the nearest."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """One word of a question, or several that mean one thing."""

    ways: Ways
    beginning: str = ""
    """What a word may begin with, if any."""


class Finder:
    """Finds units of one organization; may be asked from several threads."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        texts = chain.from_iterable(
            (text for _, text in _texts(organization, unit))
            for unit in range(min(len(organization), MAX_COMPARED))
        )
        self._language = Language(chain.from_iterable(map(words_of, texts)))
        self._stems: dict[str, str] = {}
        self._full_text = FullText(self._document(unit) for unit in range(len(organization)))
        self._words = sorted(self._stems)
        self._known = frozenset(self._stems.values())
        letters = Counter(chain.from_iterable(islice(self._words, MAX_COMPARED)))
        self._letters = [
            letter for letter, _ in letters.most_common(MAX_LETTERS) if letter.isalpha()
        ]
        self._names = sorted(organization.units_by_name)
        kinds = set(organization.units["type"]) if len(organization) < MAX_COMPARED else ()
        self._kinds = {self._language.stem(word) for kind in kinds for word in words_of(kind)}
        self._told = lru_cache(MAX_KEPT)(self._told_of)
        synonyms = (*self._language.synonyms, *organization.synonyms)
        self._synonyms = self._meanings(synonyms)
        spoken = chain.from_iterable(map(words_of, chain.from_iterable(s.words for s in synonyms)))
        self._spoken = {word: ways for word in sorted(set(spoken)) if (ways := self._meant(word))}
        self._spoken_words = list(self._spoken)
        self._longest = max(map(len, self._synonyms), default=0)

    def find(self, question: str, *, most: int = 8) -> Found:
        """Return the units that the words lead to; none only if nothing is asked.

        What leads nowhere, also signs alone (``???``), is answered with the nearest units, or the
        first ones: whoever asks is never left before an empty list.
        """
        asked = question[:LONGEST_QUESTION]
        if not asked.strip():
            return Found((), near=False)
        words = words_of(asked)
        said = [word for word in words if not self._language.is_stop_word(word)] or words
        sought = self._sought(words, said)
        called, beginning = self._called(fold_text(asked)), self._called(" ".join(said))
        told = self._telling(words, most) if len(words) >= SHORTEST_PHRASE else []
        ranked = self._full_text.search(map(self._counted, sought), max(most, MAX_MEANT))
        meant = [unit for unit in ranked if self._is_meant(unit, fold_text(asked))]
        first = dict.fromkeys([*called, *meant, *told, *beginning, *ranked])
        units = list(islice(first, most))
        near = not units
        if near:
            sought = [_Sought({(self._stems[word],): 1.0}) for word in self._nearest(said)]
            units = self._full_text.search((each.ways for each in sought), most)
            units = units or list(range(min(most, len(self._organization))))
        wanted = self._wanted(sought)
        return Found(tuple(self._hit(unit, wanted) for unit in units), near)

    def _document(self, unit: int) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield the stems of all that is told of a unit, each text with its field."""
        named = words_of(self._organization.units["name"][unit])
        yield "name", map(self._stem, named)
        for kind, text in _texts(self._organization, unit):
            words = words_of(text)
            if FIELD_OF[kind] == "name":
                if set(words).issubset(named):
                    continue  # a name that is told twice counts once
                named += words
            yield FIELD_OF[kind], map(self._stem, words)

    def _stem(self, word: str) -> str:
        """Return the stem of a word of the organization."""
        stem = self._stems.get(word)
        if stem is None:
            stem = self._language.stem(word)
            # One object for both where they are equal: there may be millions of words.
            self._stems[word] = stem = word if stem == word else stem
        return stem

    def _stem_of(self, word: str) -> str:
        """Return the stem of any word."""
        return self._stems.get(word) or self._language.stem(word)

    def _meanings(self, synonyms: Iterable[Synonym]) -> Mapping[Stems, tuple[Stems, ...]]:
        """Return what is meant by stems that people say, as far as the organization says it."""
        found: dict[Stems, dict[Stems, None]] = {}
        for synonym in synonyms:
            means = [tuple(map(self._stem_of, words_of(meaning))) for meaning in synonym.means]
            told = [stems for stems in means if self._known.issuperset(stems)]
            for words in synonym.words:
                said = tuple(map(self._stem_of, words_of(words)))
                found.setdefault(said, {}).update(dict.fromkeys(told))
        return {stems: tuple(means) for stems, means in found.items() if means}

    def _sought(self, words: Sequence[str], said: Container[str]) -> list[_Sought]:
        """Return what is looked for: what several words mean together, then each that is said."""
        stems = [self._stem_of(word) for word in words]
        sought = []
        meant: set[int] = set()
        for length in range(self._longest, 1, -1):
            for at in range(len(stems) - length + 1):
                means = self._synonyms.get(tuple(stems[at : at + length]))
                if means:
                    sought.append(_Sought(_counting(means)))
                    meant |= set(range(at, at + length))
        for at, (word, following) in enumerate(pairwise(words)):
            apart = word in said and following in said and not meant.issuperset((at, at + 1))
            joined = self._said(word + following) if apart else {}
            if joined:
                sought.append(_Sought(joined))
                meant |= {at, at + 1}
        each = {word: at for at, word in enumerate(words) if word in said}
        for word, at in islice(each.items(), MAX_WORDS):
            last = at == len(words) - 1
            ways = self._ways(word, stems[at], is_meant=at in meant, is_last=last)
            if ways:
                sought.append(_Sought(ways, word if last or word not in self._stems else ""))
        return sought

    def _ways(self, word: str, stem: str, *, is_meant: bool, is_last: bool) -> dict[Stems, float]:
        """Return how a word of a question may stand in a text, and how much that counts."""
        ways = self._told_as(stem) if is_meant else self._said(word)
        is_strange = word not in self._stems and not is_meant and (stem,) not in self._synonyms
        if is_last or not ways:
            for longer in _beginning_with(word, self._words):
                ways.setdefault((self._stems[longer],), LONGER)
        if is_last and not ways:
            for longer in _beginning_with(word, self._spoken_words):
                for stems, weight in self._spoken[longer].items():
                    ways.setdefault(stems, weight * LONGER)
        if is_strange:
            for stems, weight in self._corrected(word):
                ways.setdefault(stems, weight * MISTAKEN)
        return ways

    def _meant(self, word: str) -> dict[Stems, float]:
        """Return what a word means to people, and how much each meaning counts."""
        return _counting(self._synonyms.get((self._stem_of(word),), ()))

    def _told_as(self, stem: str) -> dict[Stems, float]:
        """Return how much it counts that a stem itself stands in a text, if it does in any."""
        return {(stem,): 1.0} if stem in self._known else {}

    def _said(self, word: str) -> dict[Stems, float]:
        """Return how a word that is rightly written may stand in a text."""
        return self._meant(word) | self._told_as(self._stem_of(word))

    def _corrected(self, word: str) -> Iterator[tuple[Stems, float]]:
        """Yield how what was meant by a word with one mistake may stand in a text."""
        if not SHORTEST_MISTAKEN <= len(word) <= LONGEST_MISTAKEN or not word.isalpha():
            return
        if UNSPACED.search(word):
            return
        found = False
        for meant in dict.fromkeys(_with_a_mistake(word, self._letters)):
            if meant in self._stems and not self._language.is_stop_word(meant):
                found = True
                yield (self._stems[meant],), 1.0
        if len(word) >= SHORTEST_SPOKEN:
            # People say the plural of a synonym, too, which stands there in the singular.
            for begin in dict.fromkeys((word, word.removesuffix("s"))):
                for meant in dict.fromkeys(_with_a_mistake(begin, self._letters)):
                    yield from self._spoken.get(meant, {}).items()
        if not found:
            yield from ((stems, 1.0) for stems in self._run_together(word))

    def _run_together(self, word: str) -> Iterator[Stems]:
        """Yield the two words of the organization that a word may be, whatever is between them."""
        for at in range(2, len(word) - 1):
            for rest in (word[at:], word[at + 1 :]):
                if word[:at] in self._stems and rest in self._stems and len(rest) > 1:
                    yield (self._stems[word[:at]], self._stems[rest])

    def _nearest(self, said: Sequence[str]) -> list[str]:
        """Return the words of the organization that are most like those of a question."""
        found: list[tuple[str, float]] = []
        for word in said[:MAX_WORDS]:
            at = bisect_left(self._words, word)
            around = self._words[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
            telling = [each for each in around if not self._language.is_stop_word(each)]
            like = process.extract(word, telling or around, scorer=fuzz.ratio, limit=3)
            found += ((each, likeness) for each, likeness, _ in like)
        best = max((likeness for _, likeness in found), default=0)
        return [word for word, likeness in found if best and likeness >= best - NEARLY]

    def _called(self, begin: str) -> list[int]:
        """Return the units that are called so, then those whose name begins so.

        The shorter the name the better; a name counts more than what else a unit is called.
        """
        if len(begin) < SHORTEST_BEGINNING:
            return list(self._organization.units_by_name.get(begin, ()))
        names = self._organization.units["name"]
        found: dict[int, tuple[int, int]] = {}
        first = bisect_left(self._names, begin)
        for name in self._names[first : first + MAX_BEGINNINGS]:
            if not name.startswith(begin):
                break
            for unit in self._organization.units_by_name[name]:
                rank = 0 if name == begin else 1 if fold_text(names[unit]) == name else 2
                found[unit] = min(found.get(unit, (rank, len(name))), (rank, len(name)))
        return sorted(found, key=lambda unit: (found[unit], unit))

    def _is_meant(self, unit: int, asked: str) -> bool:
        """Tell whether a question is a name of a unit with no more than one mistake in it."""
        names = (text for kind, text, _ in self._told(unit) if FIELD_OF[kind] == "name")
        return len(asked) >= SHORTEST_MEANT and any(
            OSA.distance(asked, fold_text(name), score_cutoff=1) <= 1 for name in names
        )

    def _telling(self, words: Sequence[str], most: int) -> list[int]:
        """Return the units of which these words are told as they stand."""
        stems = [self._stem_of(word) for word in words]
        return self._full_text.phrase(stems, most) if self._known.issuperset(stems) else []

    def _counted(self, sought: _Sought) -> Ways:
        """Return the ways of what is sought, and less of them for what many units are called."""
        kind = KIND if self._kinds.intersection(chain.from_iterable(sought.ways)) else 1.0
        return {stems: weight * kind for stems, weight in islice(sought.ways.items(), MAX_WAYS)}

    def _hit(self, unit: int, wanted: _Wanted) -> Hit:
        """Return a unit with what matched in its name and elsewhere."""
        (_, name, words), *texts = self._told(unit)
        explained = wanted.among(words)
        best, shown = 0.0, -1
        for at, (_, _, words) in enumerate(texts):
            found = wanted.among(words)
            if not found.keys() <= explained.keys() and sum(found.values()) > best:
                best, shown = sum(found.values()), at
        marks = wanted.marks(name)
        if shown < 0:
            return Hit(unit, marks, None)
        kind, text, _ = texts[shown]
        return Hit(unit, marks, Matched(kind, *_cut(text, wanted.marks(text))))

    def _wanted(self, sought: Sequence[_Sought]) -> _Wanted:
        return _Wanted(sought, [self._rarity(each) for each in sought], self._stem_of)

    def _rarity(self, sought: _Sought) -> float:
        """Return how much a word tells: the fewer units have it, the more."""
        stems = chain.from_iterable(islice(sought.ways, MAX_WAYS))
        units = max(map(self._full_text.commonness, stems), default=0)
        return log(1 + len(self._organization) / (1 + units))

    def _told_of(self, unit: int) -> tuple[tuple[str, str, Stems], ...]:
        """Return each text of a unit with its kind and its words, its name first."""
        texts = islice(_texts(self._organization, unit), MAX_TEXTS)
        named = ("name", self._organization.units["name"][unit])
        return tuple((kind, text, tuple(words_of(text))) for kind, text in (named, *texts))


class _Wanted:
    """What is looked for in a text."""

    def __init__(
        self, sought: Sequence[_Sought], rarities: Sequence[float], stem_of: Callable[[str], str]
    ) -> None:
        self._stem_of = stem_of
        self._ways: dict[str, list[tuple[int, Stems, float]]] = {}
        for at, each in enumerate(sought):
            for stems, weight in each.ways.items():
                way = (at, stems, weight * rarities[at])
                self._ways.setdefault(stems[0], []).append(way)
        self._beginnings = [
            (each.beginning, at, LONGER * rarities[at])
            for at, each in enumerate(sought)
            if each.beginning
        ]

    def among(self, words: Sequence[str]) -> dict[int, float]:
        """Return for what stands among some words how much it counts."""
        found: dict[int, float] = {}
        for each, weight, _, _ in self._places(words):
            found[each] = max(weight, found.get(each, 0.0))
        return found

    def marks(self, text: str) -> Marks:
        """Return the places in a text where something stands, as long as they go."""
        placed = list(placed_words(text))
        spans = sorted(
            (placed[first][1], placed[last - 1][2])
            for _, _, first, last in self._places([word for word, _, _ in placed])
        )
        marks: list[tuple[int, int]] = []
        for start, end in spans:
            if marks and start < marks[-1][1]:
                marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
            else:
                marks.append((start, end))
        return tuple(marks)

    def _places(self, words: Sequence[str]) -> Iterator[tuple[int, float, int, int]]:
        """Yield what stands where among some words, and how much it counts."""
        stems = [self._stem_of(word) for word in words]
        for first, stem in enumerate(stems):
            for each, way, weight in self._ways.get(stem, ()):
                last = first + len(way)
                if len(way) == 1 or tuple(stems[first:last]) == way:
                    yield each, weight, first, last
            for beginning, each, weight in self._beginnings:
                if words[first].startswith(beginning):
                    yield each, weight, first, first + 1


FIELD_OF = {
    "name": "name",
    "short_name": "name",
    "acronym": "name",
    "alias": "name",
    "responsibility": "duties",
    "theme": "around",
    "reference": "around",
    "head": "around",
    "location": "around",
    "type": "around",
    "summary": "summary",
}


def _texts(organization: Organization, unit: int) -> Iterator[tuple[str, str]]:
    """Yield all that is told of a unit beside its name, each with its kind, the weightier first."""
    units, themes, references = (
        organization.units,
        organization.themes,
        organization.references,
    )
    rows = organization.responsibilities.of(unit)
    told = [
        ("acronym", units["acronym"][unit]),
        ("short_name", units["short_name"][unit]),
        *(("alias", alias) for alias in split_list(units["aliases"][unit])),
        *(("responsibility", row.text) for row in rows),
    ]
    for mention in organization.mentions.of(unit):
        reference = references[mention.reference]
        acronym = f" ({reference.acronym})" if reference.acronym else ""
        told.append(("reference", reference.name + acronym))
    told += (("theme", themes[theme].name) for row in rows for theme in row.themes)
    told += ((kind, units[kind][unit]) for kind in ("head", "location", "summary", "type"))
    yield from (each for each in dict.fromkeys(told) if each[1])


def _beginning_with(word: str, words: Sequence[str]) -> list[str]:
    """Return some of the words, which are in order, that begin with one."""
    if len(word) < SHORTEST_BEGINNING and not UNSPACED.match(word):
        return []
    first = bisect_left(words, word)
    following = words[first : first + MAX_WAYS]
    return [longer for longer in following if longer.startswith(word)]


def _counting(means: Iterable[Stems]) -> dict[Stems, float]:
    """Return how much each of several meanings counts: the first most."""
    return {stems: SAID_OTHERWISE * LATER**at for at, stems in enumerate(means)}


def _cut(text: str, marks: Marks) -> tuple[str, Marks]:
    """Return a text cut around its first marks, with the marks that stand in what is left."""
    if len(text) <= LONGEST_TEXT:
        return text, marks
    first, last = marks[0]
    spare = max(0, LONGEST_TEXT - (last - first))
    start = max(0, min(first - spare // 3, len(text) - LONGEST_TEXT))
    end = start + LONGEST_TEXT
    if start:
        start = min(text.find(" ", start, first) + 1 or start, first)
    if end < len(text):
        end = max(text.rfind(" ", last, end), 0) or end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    moved = len(before) - start
    kept = tuple(
        (begin + moved, min(finish, end) + moved)
        for begin, finish in marks
        if start <= begin < min(finish, end)
    )
    return f"{before}{text[start:end]}{after}", kept


def _with_a_mistake(word: str, letters: Sequence[str]) -> Iterator[str]:
    """Yield all that may have been meant by a word with one wrong letter but the first.

    A letter too few, two that changed places, a wrong one, one too many: Peter Norvig, "How to
    Write a Spelling Corrector" (2007).
    """
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (before + letter + after for before, after in halves for letter in letters)
    yield from (b + a[1] + a[0] + a[2:] for b, a in halves if len(a) > 1)
    yield from (b + letter + a[1:] for b, a in halves if a and b for letter in letters)
    yield from (b + a[1:] for b, a in halves if a and b)
