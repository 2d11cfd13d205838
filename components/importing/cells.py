"""The cells of a table, looked at by column: what stands in them, and what they refer to."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Collection, Container, Mapping
from functools import cached_property, lru_cache

import pandas as pd

from components.importing.column_names import words_of
from components.model.text import fold_text

LONGEST_NONE = 16
"""Characters of the longest word for nothing, and somewhat more."""
SEPARATORS = (";", "|", "\n", ",")
LEADING_ZEROS = re.compile(r"^0+(?=.)")
WHOLE_AS_DECIMAL = re.compile(r"^(\d+)\.0+$")
"""What a spreadsheet makes of a number: ``7.0``."""


class Cells:
    """A table's cells without the spaces around them; each column is looked at once."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.header: list[str] = [str(name) for name in frame.columns]
        self._lists: dict[str, list[str]] = {}
        self._counts: dict[str, Mapping[str, int]] = {}

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.frame)

    def of(self, column: str) -> list[str]:
        """Return the cells of a column."""
        if column not in self._lists:
            self._lists[column] = _encodable([cell.strip() for cell in self.frame[column].tolist()])
        return self._lists[column]

    def counts(self, column: str) -> Mapping[str, int]:
        """Return how often each text stands in a column; empty cells do not count."""
        if column not in self._counts:
            counts = Counter(self.of(column))
            del counts[""]
            self._counts[column] = counts
        return self._counts[column]

    def filled(self, column: str) -> float:
        """Return the share of the cells of a column that say something."""
        counts = self.counts(column)
        empty = sum(counts.get(word, 0) for word in counts if is_none(word)) if counts else 0
        return (sum(counts.values()) - empty) / max(1, len(self))

    def distinct(self, column: str) -> float:
        """Return the share of the filled cells of a column that stand in no earlier record."""
        counts = self.counts(column)
        return len(counts) / max(1, sum(counts.values()))


def _encodable(cells: list[str]) -> list[str]:
    """Return cells with no half of a character, which JSON can write and no page can hold."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return [cell.encode("utf-8", "replace").decode() for cell in cells]
    return cells


def is_none(cell: str) -> bool:
    """Tell whether a cell only says that there is nothing to say."""
    if len(cell) > LONGEST_NONE:
        return False
    return not cell.strip("0") or cell.casefold() in words_of("nothing")


@lru_cache(maxsize=100_000)
def loose_key(cell: str) -> str:
    """Return a key as it is compared at last: no case, no white space, no leading zeros."""
    bare = "".join(cell.split()).casefold()
    bare = WHOLE_AS_DECIMAL.sub(r"\1", bare)
    return LEADING_ZEROS.sub("", bare)


def loose_name(cell: str) -> str:
    """Return a name as it is compared at last: no case, no accents, no punctuation."""
    return fold_text(cell)


def parts_of(cell: str) -> list[tuple[str, ...]]:
    """Return the ways in which a cell can be read as several: ``a;b``, ``a|b``, ``['a', 'b']``."""
    if cell[0] in "[(" and cell[-1] in "])":
        listed = _listed(cell)
        return [listed] if listed else []
    return [
        tuple(part for part in (part.strip() for part in cell.split(separator)) if part)
        for separator in SEPARATORS
        if separator in cell
    ]


def _listed(cell: str) -> tuple[str, ...]:
    """Return the texts of a list as JSON or Python writes it."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(cell)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(value, (list, tuple)):
            return tuple(str(each).strip() for each in value if str(each).strip())
    return ()


class LooseKeys:
    """Keys as they are compared at last; made when one is first asked for."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = keys

    @cached_property
    def _loose(self) -> frozenset[str]:
        return frozenset(map(loose_key, self._keys))

    def __contains__(self, key: object) -> bool:
        """Tell whether a loose key is that of any of the keys."""
        return key in self._loose


def refers(cell: str, to: Container[str], loosely: Container[str]) -> bool:
    """Tell whether a cell names something, or several, exactly or but for zeros, case or space."""
    if cell in to or loose_key(cell) in loosely:
        return True
    return any(
        all(part in to or loose_key(part) in loosely for part in parts) for parts in parts_of(cell)
    )
