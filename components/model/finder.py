"""Who is meant, and who does what: units by words.

Full text is searched by SQLite's FTS5, in memory: words in any order, each the beginning of a word
that is there, with or without accents. Names count most, then responsibilities, then the themes and
references around them. Words that nothing begins with lead to the names that are most like them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz, process

from components.model.organization import Organization, fold_text

LONGEST_QUESTION = 200
"""Characters of a question that are looked at."""
MOST_COMPARED = 20_000
"""Names that are compared with one; of more only those with the same beginning."""
NEAR = 50
"""Likeness of a name to one that is unknown, from 0 to 100, to be offered instead."""
SCHEMA = """
CREATE VIRTUAL TABLE told USING fts5(
    name, responsibilities, around, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
)
"""
MARK = "\x02"
ASK = """
SELECT rowid, snippet(told, 1, ?1, '', '…', 14), snippet(told, 2, ?1, '', '…', 14)
FROM told WHERE told MATCH ?2 ORDER BY bm25(told, 10.0, 3.0, 1.0), rowid LIMIT ?3
"""
LEAST_LIKENESS = 75
"""Of a name to a question that no word begins with, from 0 to 100."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found."""

    unit: int
    words: str
    """What is told of it beside its name that matched; empty if only the name did."""


class Finder:
    """Finds units of one organization; may be asked from several threads."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._told = sqlite3.connect(":memory:", check_same_thread=False)
        self._told.execute(SCHEMA)
        self._told.executemany(
            "INSERT INTO told(rowid, name, responsibilities, around) VALUES (?, ?, ?, ?)",
            _told(organization),
        )

    def find(self, question: str, *, most: int = 8) -> tuple[Hit, ...]:
        """Return the units that the words lead to, best first."""
        words = question[:LONGEST_QUESTION].replace("\0", " ").replace('"', " ").split()
        if not words:
            return ()
        # The tokenizer of the index folds what stands in quotes as it folded the texts.
        beginnings = [f'"{word}"*' for word in words]
        for operator in (" AND ", " OR "):
            asked = (MARK, operator.join(beginnings), most)
            with closing(self._told.execute(ASK, asked)) as found:
                hits = tuple(Hit(unit, _matched(told)) for unit, *told in found)
            if hits:
                return hits
        near = nearest_units(self._organization, question, most=most, least=LEAST_LIKENESS)
        return tuple(Hit(unit, "") for unit in near)


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


def _matched(snippets: list[str]) -> str:
    """Return the first snippet with a mark in it, without its marks."""
    return next((told.replace(MARK, "") for told in snippets if MARK in told), "")


def _told(organization: Organization) -> Iterator[tuple[int, str, str, str]]:
    """Yield what is told of each unit: its names, what it answers for, what is around it."""
    units, themes, references = (
        organization.units,
        organization.themes,
        organization.references,
    )
    names = (units["name"], units["short_name"], units["acronym"], units["aliases"])
    beside = (units["head"], units["location"], units["summary"])
    for unit in range(len(organization)):
        responsibilities = organization.responsibilities.of(unit)
        mentions = organization.mentions.of(unit)
        around = [
            *(column[unit] for column in beside),
            *(themes[theme].name for row in responsibilities for theme in row.themes),
            *(references[mention.reference].name for mention in mentions),
            *(references[mention.reference].acronym for mention in mentions),
        ]
        yield (
            unit,
            "; ".join(filter(None, (column[unit] for column in names))),
            "; ".join(row.text for row in responsibilities),
            "; ".join(dict.fromkeys(filter(None, around))),
        )
