"""The cells of a table, column by column: statistics, loose comparison, lists in one cell."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from components.importing.column_names import vocabulary_words
from components.model.text import split_list

LONGEST_MARKER = 16
"""Characters beyond which a cell is not looked up among the missing-value markers."""
LIST_SEPARATORS = (";", "|", "\n", " / ", ",")
LEADING_ZEROS = re.compile(r"0+(?=.)")
THOUSANDS = re.compile("[1-9][0-9]{0,2}(?:[,’'][0-9]{3})+")
WHOLE_AS_DECIMAL = re.compile(r"(\d+)\.0+")
"""A whole number as spreadsheets may write it: ``7.0``."""


class Cells:
    """The cells of a table without surrounding white space; statistics of columns are cached."""

    def __init__(self, frame: pd.DataFrame, derived: frozenset[str] = frozenset()) -> None:
        self.frame = frame
        self.derived = derived
        """The columns that are no columns of the table, but made from others."""
        self.header: list[str] = [str(name) for name in frame.columns]
        self._lists: dict[str, list[str]] = {}
        self._empty: dict[str, int] = {}
        self._counts: dict[str, Mapping[str, int]] = {}
        self._heads: dict[int, Cells] = {}
        self._missing: dict[str, frozenset[str]] = {}

    def head(self, records: int) -> Cells:
        """Return the first records; the same cells each time."""
        if records >= len(self):
            return self
        if records not in self._heads:
            self._heads[records] = Cells(self.frame.head(records), self.derived)
        return self._heads[records]

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.frame)

    def of(self, column: str) -> list[str]:
        """Return the cells of a column; the list is shared and must not be changed."""
        if column not in self._lists:
            self._lists[column] = _encodable([*map(str.strip, self.frame[column])])
        return self._lists[column]

    @cached_property
    def blank(self) -> list[str]:
        """Empty cells, one for each record; the list is shared and must not be changed."""
        return [""] * len(self)

    def with_column(self, name: str, cells: Sequence[str]) -> Cells:
        """Return these cells with a further column that is derived from others."""
        frame = self.frame.copy()
        frame[name] = cells
        return Cells(frame, self.derived | {name})

    def record(self, position: int) -> dict[str, str]:
        """Return the cells of a record by column."""
        return {column: self.of(column)[position] for column in self.header}

    def counts(self, column: str) -> Mapping[str, int]:
        """Return how often each text occurs in a column, empty cells not counted."""
        if column not in self._counts:
            counts = Counter(self.of(column))
            self._empty[column] = counts.pop("", 0)
            self._counts[column] = counts
        return self._counts[column]

    def forget_counts(self) -> None:
        """Free the memory of the counts; they are made again where they are asked for."""
        self._counts.clear()

    def missing(self, column: str) -> frozenset[str]:
        """Return the distinct cells of a column that are missing, without the empty one."""
        if column not in self._missing:
            self._missing[column] = frozenset(filter(is_missing, self.counts(column)))
        return self._missing[column]

    def filled(self, column: str) -> float:
        """Return the share of a column's cells that are not missing."""
        counts, missing = self.counts(column), self.missing(column)
        empty = self._empty[column] + sum(counts[cell] for cell in missing)
        return (len(self) - empty) / max(1, len(self))

    def distinct(self, column: str) -> float:
        """Return the number of distinct cells of a column as a share of those not empty."""
        counts = self.counts(column)
        return len(counts) / max(1, len(self) - self._empty[column])


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


def loose_key(cell: str) -> str:
    """Return a key without case, white space and leading zeros, for loose comparison."""
    bare = "".join(cell.split()).casefold()
    return _plain_number(bare) if bare[:1].isdecimal() else bare


def _plain_number(bare: str) -> str:
    """Return a text that begins with a digit without leading zeros, ``1,200`` and ``7.0`` plain."""
    if THOUSANDS.fullmatch(bare):
        bare = re.sub("[,’']", "", bare)
    if match := WHOLE_AS_DECIMAL.fullmatch(bare):
        bare = match[1]
    return LEADING_ZEROS.sub("", bare, count=1) if bare.startswith("0") else bare


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
