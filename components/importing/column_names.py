"""What the columns and tables of organizations are called, in the languages in which they exist."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.model.text import fold_text, split_list

VOCABULARY = Path(__file__).parent / "vocabulary"
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a word begins in ``parentNodeId``."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a column is called: by its ``whole`` name, the best first, or with a ``part`` in it."""

    whole: Mapping[str, int]
    parts: tuple[str, ...]


def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a column's name without case, accents, ``_`` and ``-``."""
    return tuple(fold_text(HUMP.sub(" ", name)).split())


def whole_named(use: str, column: str, header: Iterable[str]) -> list[str]:
    """Return the columns of a header that are called like one of ours, the best first."""
    names = _columns()[use, column].whole
    ranks = {name: names.get("".join(fold_name(name))) for name in header}
    ranked = [(rank, name) for name, rank in ranks.items() if rank is not None]
    return [name for _, name in sorted(ranked, key=lambda each: each[0])]


def part_named(use: str, column: str, header: Iterable[str]) -> list[str]:
    """Return the columns of a header with a part in their names that is typical of one of ours."""
    parts = _columns()[use, column].parts
    return [name for name in header if _has_part(fold_name(name), parts)]


def use_of_table(name: str) -> str:
    """Return our table that is called like one; empty if none is."""
    return _tables().get("".join(fold_name(name)), "")


def columns_of(use: str) -> Sequence[str]:
    """Return our columns of a table."""
    return [column for table, column in _columns() if table == use]


@cache
def words_of(sort: str) -> frozenset[str]:
    """Return the words of a sort: for ``nothing``, for a ``level``, for a ``unit``."""
    with (VOCABULARY / "words.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["sort"]: row["words"] for row in csv.DictReader(file)}
    return frozenset(word.casefold() for word in split_list(rows[sort]))


def _has_part(words: Sequence[str], parts: Iterable[str]) -> bool:
    return any(
        any(word.startswith(part[:-1]) for word in words)
        if part.endswith("*")
        else part in words or (not part.isascii() and any(part in word for word in words))
        for part in parts
    )


@cache
def _columns() -> Mapping[tuple[str, str], Names]:
    with (VOCABULARY / "columns.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["use"], row["column"]): Names(
                {_folded(name): rank for rank, name in enumerate(split_list(row["names"]))},
                tuple(
                    _folded(part) + "*" * part.endswith("*") for part in split_list(row["parts"])
                ),
            )
            for row in csv.DictReader(file)
        }


@cache
def _tables() -> Mapping[str, str]:
    with (VOCABULARY / "tables.csv").open(encoding="utf-8", newline="") as file:
        return {
            _folded(name): row["use"]
            for row in csv.DictReader(file)
            for name in split_list(row["names"])
        }


def _folded(name: str) -> str:
    return fold_text(name).replace(" ", "")
