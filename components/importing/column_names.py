"""The names of tables and columns of organizations, in the languages in which they occur."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from components.model.text import CAMEL_CASE, fold_text, split_list

VOCABULARY = Path(__file__).parent / "vocabulary"
NUMBER_SIGN = re.compile("[#№]")
"""The heading ``Employee #`` is that of employee numbers."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a standard column: ranked ``whole`` names, and ``parts`` that suggest it."""

    whole: Mapping[str, int]
    parts: tuple[str, ...]
    """Words; ``parent*`` stands for all that begin with ``parent``."""


@lru_cache(maxsize=1024)
def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a column's name without case, accents, ``_`` and ``-``."""
    return tuple(fold_text(CAMEL_CASE.sub(" ", NUMBER_SIGN.sub(" number ", name))).split())


def without_asides(name: str) -> tuple[str, ...]:
    """Return the words of a column's name without its language, or that it is required."""
    words = fold_name(name)
    while len(words) > 1 and words[-1] in vocabulary_words("aside"):
        words = words[:-1]
    return words


def whole_named(role: str, column: str, header: Iterable[str]) -> list[str]:
    """Return the columns of a header whose whole name is that of a standard column, best first.

    Words at the end that say nothing about the content may be left out: ``Name (EN)``.
    """
    names = _columns()[role, column].whole
    ranks = {
        name: names.get("".join(without_asides(name)), names.get("".join(fold_name(name))))
        for name in header
    }
    ranked = [(rank, name) for name, rank in ranks.items() if rank is not None]
    return [name for _, name in sorted(ranked, key=lambda entry: entry[0])]


def part_named(role: str, column: str, header: Iterable[str]) -> list[str]:
    """Return the columns of a header with a word in their names that suggests a standard column."""
    parts = _columns()[role, column].parts
    return [name for name in header if _has_part(fold_name(name), parts)]


def role_of_table(name: str) -> str:
    """Return the role that the name of a table suggests; empty if it suggests none."""
    return _tables().get("".join(fold_name(name)), "")


def standard_columns(role: str) -> Sequence[str]:
    """Return the standard columns of a role."""
    return [column for column_role, column in _columns() if column_role == role]


@cache
def vocabulary_words(category: str) -> frozenset[str]:
    """Return the words of a category of ``words.csv``: ``nothing``, ``level``, ``unit``, ..."""
    words = {row["category"]: row["words"] for row in _read("words.csv")}
    return frozenset(word.casefold() for word in split_list(words[category]))


def _has_part(words: Sequence[str], parts: Iterable[str]) -> bool:
    return any(
        any(word.startswith(part[:-1]) for word in words)
        if part.endswith("*")
        # Scripts without spaces between words are searched for the part.
        else part in words or (not part.isascii() and any(part in word for word in words))
        for part in parts
    )


@cache
def _columns() -> Mapping[tuple[str, str], Names]:
    return {
        (row["role"], row["column"]): Names(
            {_folded(name): rank for rank, name in enumerate(split_list(row["names"]))},
            tuple(_folded(part) + "*" * part.endswith("*") for part in split_list(row["parts"])),
        )
        for row in _read("columns.csv")
    }


@cache
def _tables() -> Mapping[str, str]:
    return {
        _folded(name): row["role"]
        for row in _read("tables.csv")
        for name in split_list(row["names"])
    }


def _read(file_name: str) -> list[dict[str, str]]:
    with (VOCABULARY / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _folded(name: str) -> str:
    return fold_text(name).replace(" ", "")
