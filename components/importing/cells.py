"""The cells of a table, column by column: statistics, loose comparison, lists in one cell."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property, lru_cache

import pandas as pd

from components.importing.column_names import vocabulary_words
from components.model.text import split_list

LONGEST_MARKER = 16
"""Characters beyond which a cell is not looked up among the missing-value markers."""
LIST_SEPARATORS = (";", "|", "\n", " / ", ",")
LEADING_ZEROS = re.compile(r"^0+(?=.)")
THOUSANDS = re.compile("[1-9][0-9]{0,2}(?:[,’'][0-9]{3})+")
WHOLE_AS_DECIMAL = re.compile(r"^(\d+)\.0+$")
"""A whole number as spreadsheets may write it: ``7.0``."""


class Cells:
    """The cells of a table without surrounding white space; statistics of columns are cached."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.header: list[str] = [str(name) for name in frame.columns]
        self._lists: dict[str, list[str]] = {}
        self._counts: dict[str, Mapping[str, int]] = {}
        self._filled: dict[str, float] = {}

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.frame)

    def of(self, column: str) -> list[str]:
        """Return the cells of a column; the list is shared and must not be changed."""
        if column not in self._lists:
            self._lists[column] = _encodable([cell.strip() for cell in self.frame[column].tolist()])
        return self._lists[column]

    @cached_property
    def blank(self) -> list[str]:
        """Empty cells, one for each record; the list is shared and must not be changed."""
        return [""] * len(self)

    def record(self, position: int) -> dict[str, str]:
        """Return the cells of a record by column."""
        return {column: self.of(column)[position] for column in self.header}

    def counts(self, column: str) -> Mapping[str, int]:
        """Return how often each text occurs in a column, empty cells not counted."""
        if column not in self._counts:
            counts = Counter(self.of(column))
            del counts[""]
            self._counts[column] = counts
        return self._counts[column]

    def filled(self, column: str) -> float:
        """Return the share of a column's cells that are not missing."""
        if column not in self._filled:
            counts = self.counts(column).items()
            filled = sum(count for cell, count in counts if not is_missing(cell))
            self._filled[column] = filled / max(1, len(self))
        return self._filled[column]

    def distinct(self, column: str) -> float:
        """Return the number of distinct cells of a column as a share of those not empty."""
        counts = self.counts(column)
        return len(counts) / max(1, sum(counts.values()))


def _encodable(cells: list[str]) -> list[str]:
    """Return cells with lone surrogates replaced: JSON can contain them, a page cannot."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return [cell.encode("utf-8", "replace").decode() for cell in cells]
    return cells


def is_missing(cell: str) -> bool:
    """Return whether a cell is empty, zeros, or a missing-value marker such as ``n/a``."""
    if len(cell) > LONGEST_MARKER:
        return False
    return not cell.strip("0") or cell.casefold() in vocabulary_words("nothing")


@lru_cache(maxsize=100_000)
def loose_key(cell: str) -> str:
    """Return a key without case, white space and leading zeros, for loose comparison."""
    bare = "".join(cell.split()).casefold()
    if THOUSANDS.fullmatch(bare):
        bare = re.sub("[,’']", "", bare)
    bare = WHOLE_AS_DECIMAL.sub(r"\1", bare)
    return LEADING_ZEROS.sub("", bare)


def possible_lists(cell: str) -> list[tuple[str, ...]]:
    """Return the lists that a cell that is not empty can be read as.

    ``a;b``, ``a|b``, ``a,b``, a line for each entry, ``["a", "b"]``.
    """
    if cell[0] in "[(" and cell[-1] in "])":
        entries = _literal_list(cell)
        return [entries] if entries else []
    return [split_list(cell, separator) for separator in LIST_SEPARATORS if separator in cell]


def _literal_list(cell: str) -> tuple[str, ...]:
    """Return the entries of a list in the syntax of JSON or Python; none if it is neither."""
    for parse in (json.loads, ast.literal_eval):
        try:
            value = parse(cell)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(value, (list, tuple)):
            return tuple(text for text in (str(entry).strip() for entry in value) if text)
    return ()
