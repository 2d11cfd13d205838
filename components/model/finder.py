"""Who is meant, and who does what: units by words.

Units are found by tantivy, a full-text engine, in memory. What it is given are stems, so that it
needs no rules of its own. Each word of a question becomes a set of ways to say it: its stem, what
begins with it, its synonyms and, if the organization has no such word, those that are one mistake
away. A unit counts by the best way in its best field, word for word. Before all others come the
units that are called as the question says, then those whose name begins so. Words that nothing is
like lead to the words that are nearest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from math import log

from rapidfuzz import fuzz, process
from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder, Searcher

from components.model.language import UNSPACED, Language, placed_words, words_of
from components.model.organization import Organization, Synonym, fold_text, split_list

LONGEST_QUESTION = 200
"""Characters of a question that are looked at."""
MOST_WORDS = 12
"""Words of a question that are looked for."""
MOST_COMPARED = 20_000
"""Names that are compared with one; of more only those with the same beginning."""
NEAR = 50
"""Likeness of a name to one that is unknown, from 0 to 100, to be offered instead."""
FIELDS = {"name": 3.0, "duties": 2.0, "around": 1.0, "summary": 0.5}
"""What is told of a unit, and how much it counts that a word stands there."""
PHRASE = 2.0
"""How much more it counts that all words stand together as in the question."""
LONGER, SAID_OTHERWISE, MISTAKEN = 0.5, 0.6, 0.7
"""How much a longer word, a synonym and a word with a mistake count beside the word itself."""
KIND = 0.3
"""How much it counts that a unit is called unit, division, ..."""
MOST_WAYS = 24
"""Longer words that are looked for with one that begins them."""
SHORTEST_BEGINNING, SHORTEST_MISTAKEN, LONGEST_MISTAKEN = 3, 4, 30
"""Letters of a word for others to begin with it, or for it to be corrected."""
MOST_LETTERS = 64
"""Letters of an organization's words that are tried in place of a wrong one."""
MOST_BEGINNINGS = 2_000
"""Names with the same beginning of which the shortest is looked for."""
NEIGHBOURS = 1_500
"""Words before and after one, in their order, among which the nearest are looked for."""
NEARLY = 5
"""How much less like than the nearest, from 0 to 100, other words are that are nearest too."""
MOST_TEXTS = 500
"""Texts of a unit among which the one that matches best is looked for."""
LONGEST_TEXT = 160
"""Characters of a text that are shown around the words that matched."""
MOST_KEPT = 2_000
"""Units whose words are kept for the next question."""
MEMORY = 64_000_000
"""Bytes in which the index is prepared."""

Marks = tuple[tuple[int, int], ...]
Stems = tuple[str, ...]


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

    ways: Mapping[Stems, float]
    """Stems, in this order, and how much it counts that they stand somewhere."""
    beginning: str = ""
    """What a word may begin with, if any."""


class Finder:
    """Finds units of one organization; may be asked from several threads."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        texts = chain.from_iterable(
            (text for _, text in _texts(organization, unit))
            for unit in range(min(len(organization), MOST_COMPARED))
        )
        self._language = Language(chain.from_iterable(map(words_of, texts)))
        self._stems: dict[str, str] = {}
        self._schema = _schema()
        self._searcher = self._indexed()
        self._words = sorted(self._stems)
        self._known = frozenset(self._stems.values())
        letters = Counter(chain.from_iterable(islice(self._words, MOST_COMPARED)))
        self._letters = [
            letter for letter, _ in letters.most_common(MOST_LETTERS) if letter.isalpha()
        ]
        self._names = sorted(organization.alias)
        kinds = set(organization.units["type"]) if len(organization) < MOST_COMPARED else ()
        self._kinds = {self._language.stem(word) for kind in kinds for word in words_of(kind)}
        self._told = lru_cache(MOST_KEPT)(self._told_of)
        self._synonyms = self._meanings((*self._language.synonyms, *organization.synonyms))

    def find(self, question: str, *, most: int = 8) -> Found:
        """Return the units that the words lead to; none only if there is no word at all."""
        asked = question[:LONGEST_QUESTION]
        if not asked.strip():
            return Found((), near=False)
        words = words_of(asked)
        said = [word for word in words if not self._language.is_stop_word(word)] or words
        sought = self._sought(said)
        called = self._called(asked, said)
        ranked = self._ranked(sought, words, most + len(called))
        units = list(islice(dict.fromkeys([*called, *ranked]), most))
        near = not units
        if near:
            sought = [_Sought({(self._stems[word],): 1.0}) for word in self._nearest(said)]
            units = self._ranked(sought, [], most) or list(
                range(min(most, len(self._organization)))
            )
        wanted = self._wanted(sought)
        return Found(tuple(self._hit(unit, wanted) for unit in units), near)

    def _indexed(self) -> Searcher:
        index = Index(self._schema)
        writer = index.writer(heap_size=MEMORY, num_threads=1)
        organization = self._organization
        names = organization.units["name"]
        for unit in range(len(organization)):
            document = Document()
            document.add_integer("unit", unit)
            named: set[str] = set()
            for kind, text in (("name", names[unit]), *_texts(organization, unit)):
                words = words_of(text)
                if FIELD_OF[kind] == "name" and named.issuperset(words):
                    continue  # a name that is told twice counts once
                named.update(words)
                document.add_text(FIELD_OF[kind], " ".join(map(self._stem, words)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index.searcher()

    def _stem(self, word: str) -> str:
        """Return the stem of a word of the organization."""
        stem = self._stems.get(word)
        if stem is None:
            stem = self._language.stem(word)
            self._stems[word] = stem = word if stem == word else stem
        return stem

    def _stem_of(self, word: str) -> str:
        """Return the stem of any word."""
        return self._stems.get(word) or self._language.stem(word)

    def _stems_of(self, text: str) -> Stems:
        """Return the stems of what is said, without its stop words."""
        words = words_of(text)
        said = [word for word in words if not self._language.is_stop_word(word)] or words
        return tuple(map(self._stem_of, said))

    def _meanings(self, synonyms: Iterable[Synonym]) -> Mapping[Stems, tuple[Stems, ...]]:
        """Return what is meant by stems that people say, as far as the organization says it."""
        found: dict[Stems, dict[Stems, None]] = {}
        for synonym in synonyms:
            means = [tuple(map(self._stem_of, words_of(meaning))) for meaning in synonym.means]
            told = [stems for stems in means if self._known.issuperset(stems)]
            for words in synonym.words:
                found.setdefault(self._stems_of(words), {}).update(dict.fromkeys(told))
        return {stems: tuple(means) for stems, means in found.items() if means}

    def _sought(self, said: Sequence[str]) -> list[_Sought]:
        """Return what is looked for: each word in all its ways, and what several mean together."""
        words = said[:MOST_WORDS]
        stems = [self._stem_of(word) for word in words]
        sought = []
        meant: set[int] = set()
        longest = max(map(len, self._synonyms), default=0)
        for length in range(min(longest, len(stems)), 1, -1):
            for at in range(len(stems) - length + 1):
                means = self._synonyms.get(tuple(stems[at : at + length]))
                if means:
                    sought.append(_Sought(dict.fromkeys(means, SAID_OTHERWISE)))
                    meant |= set(range(at, at + length))
        for at, (word, stem) in enumerate(zip(words, stems, strict=True)):
            ways: dict[Stems, float] = {}
            if stem in self._known:
                ways[stem,] = 1.0
            for means in self._synonyms.get((stem,), ()):
                ways.setdefault(means, SAID_OTHERWISE)
            beginning = ""
            if not ways or at == len(words) - 1:
                beginning = word
                for longer in islice(self._beginning_with(word), MOST_WAYS):
                    ways.setdefault((self._stems[longer],), LONGER)
            if word not in self._stems and stem not in self._known and at not in meant:
                if (stem,) not in self._synonyms:
                    for corrected in self._corrected(word):
                        ways.setdefault(corrected, MISTAKEN)
            if ways:
                sought.append(_Sought(ways, beginning))
        return sought

    def _beginning_with(self, word: str) -> Iterator[str]:
        """Yield words of the organization that begin with one."""
        if len(word) < SHORTEST_BEGINNING and not UNSPACED.match(word):
            return
        for longer in islice(self._words, bisect_left(self._words, word), None):
            if not longer.startswith(word):
                return
            yield longer

    def _corrected(self, word: str) -> Iterator[Stems]:
        """Yield what may have been meant by a word with one mistake in it."""
        if not SHORTEST_MISTAKEN <= len(word) <= LONGEST_MISTAKEN or not word.isalpha():
            return
        if UNSPACED.search(word):
            return
        found = False
        for meant in dict.fromkeys(_with_a_mistake(word, self._letters)):
            if meant in self._stems and not self._language.is_stop_word(meant):
                found = True
                yield (self._stems[meant],)
        if not found:
            for at in range(2, len(word) - 1):
                for rest in (word[at:], word[at + 1 :]):
                    if word[:at] in self._stems and rest in self._stems and len(rest) > 1:
                        yield (self._stems[word[:at]], self._stems[rest])

    def _nearest(self, said: Sequence[str]) -> list[str]:
        """Return the words of the organization that are most like those of a question."""
        found: list[tuple[str, float]] = []
        for word in said[:MOST_WORDS]:
            at = bisect_left(self._words, word)
            around = self._words[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
            like = process.extract(word, around, scorer=fuzz.ratio, limit=3)
            found += ((each, likeness) for each, likeness, _ in like)
        best = max((likeness for _, likeness in found), default=0)
        return [word for word, likeness in found if best and likeness >= best - NEARLY]

    def _called(self, asked: str, said: Sequence[str]) -> list[int]:
        """Return the units that are called as the question says, then those whose name begins so.

        The shorter the name the better; a name counts more than what else a unit is called.
        """
        units = self._organization.units["name"]
        found: dict[int, tuple[int, int, int]] = {}
        for rank, begin in enumerate(dict.fromkeys((fold_text(asked), " ".join(said)))):
            if len(begin) < SHORTEST_BEGINNING and begin not in self._organization.alias:
                continue
            first = bisect_left(self._names, begin)
            for name in islice(self._names, first, first + MOST_BEGINNINGS):
                if not name.startswith(begin):
                    break
                for unit in self._organization.alias[name]:
                    own = fold_text(units[unit]) == name
                    place = (rank, 0 if name == begin else 1 if own else 2, len(name))
                    found[unit] = min(found.get(unit, place), place)
        return sorted(found, key=lambda unit: (found[unit], unit))

    def _ranked(self, sought: Sequence[_Sought], words: Sequence[str], most: int) -> list[int]:
        """Return the units that the engine finds, best first."""
        parts = [self._query(each) for each in sought]
        if not parts:
            return []
        if len(words) > 1:
            stems: list[str | tuple[int, str]] = [self._stem_of(word) for word in words]
            if self._known.issuperset(stems):
                parts += (
                    Query.boost_query(
                        Query.phrase_query(self._schema, field, stems), PHRASE * FIELDS[field]
                    )
                    for field in ("name", "duties")
                )
        query = Query.boolean_query([(Occur.Should, part) for part in parts])
        found = self._searcher.search(query, limit=most, count=False).hits
        units = self._searcher.fast_field_values("unit", [address for _, address in found])
        ordered = sorted(
            zip(found, units, strict=True), key=lambda each: (-float(each[0][0]), each[1])
        )
        return [int(unit) for _, unit in ordered]

    def _query(self, sought: _Sought) -> Query:
        kind = KIND if self._kinds.intersection(chain.from_iterable(sought.ways)) else 1.0
        return Query.disjunction_max_query(
            [
                Query.boost_query(self._standing(stems, field), weight * counts * kind)
                for stems, weight in islice(sought.ways.items(), MOST_WAYS)
                for field, counts in FIELDS.items()
            ]
        )

    def _standing(self, stems: Stems, field: str) -> Query:
        if len(stems) == 1:
            return Query.term_query(self._schema, field, stems[0], index_option="freq")
        return Query.phrase_query(self._schema, field, list(stems))

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
        rarest = max(
            (
                self._searcher.doc_freq(field, stem)
                for stems in islice(sought.ways, MOST_WAYS)
                for stem in stems
                for field in FIELDS
            ),
            default=0,
        )
        return log(1 + len(self._organization) / (1 + rarest))

    def _told_of(self, unit: int) -> tuple[tuple[str, str, Stems], ...]:
        """Return each text of a unit with its kind and its words, its name first."""
        texts = islice(_texts(self._organization, unit), MOST_TEXTS)
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


def nearest_units(
    organization: Organization, name: str, *, most: int = 3, least: float = NEAR
) -> tuple[int, ...]:
    """Return the units whose ids, names or aliases are most like a name, best first.

    Likeness is RapidFuzz's ``WRatio`` of the folded texts, from 0 to 100. It finds a short text
    in any longer one; so a name of less than half the length is not compared.
    """
    asked = fold_text(name[:LONGEST_QUESTION])
    begin = asked[:1] if len(organization.alias) > MOST_COMPARED else ""
    candidates = (
        alias
        for alias in organization.alias
        if 2 * len(alias) >= len(asked) and alias.startswith(begin)
    )
    found = process.extract(
        asked,
        list(islice(candidates, MOST_COMPARED)),
        scorer=fuzz.WRatio,
        limit=most * 4,
        score_cutoff=least,
    )
    units = (unit for alias, _, _ in found for unit in organization.alias[alias])
    first: dict[int, None] = {}
    for unit in units:
        first[unit] = None
        if len(first) == most:
            break
    return tuple(first)


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


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("unit", fast=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    return builder.build()


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
    """Yield all that may have been meant by a word with one wrong letter.

    A letter too few, two that changed places, a wrong one, one too many: Peter Norvig, "How to
    Write a Spelling Corrector" (2007).
    """
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (before + letter + after for before, after in halves for letter in letters)
    yield from (b + a[1] + a[0] + a[2:] for b, a in halves if len(a) > 1)
    yield from (b + letter + a[1:] for b, a in halves if a for letter in letters)
    yield from (b + a[1:] for b, a in halves if a)
