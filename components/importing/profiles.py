"""Profiles of columns: what their headings say, and what kind of cells they have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import filterfalse, islice, takewhile

from components.importing.cells import Cells, is_missing
from components.importing.column_names import (
    fold_name,
    part_named,
    vocabulary_words,
    whole_named,
)
from components.importing.evidence import ALWAYS, SAMPLE_SIZE, SOMETIMES, SURELY
from components.importing.references import EMAIL, KeySet
from components.importing.table_roles import UNITS

NUMBER = re.compile(r"[-+]?\d+(?:[.,  ']\d+)*\s?%?")
DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?: .*)?"
)
LINK = re.compile(r"(?:https?|ftp)://\S+|www\.\S+")
UNNAMED = re.compile(r"column \d+")
"""A column to which reading gave a name, since it had none."""
CODE = re.compile(r"(?=.*(?:\d|[A-Z_]))[^\sa-z]+|\S*\d\S*")
"""A cell in one word that has a digit or no small letters: ``A-17``, ``HR``."""
MIN_PREFIX, MIN_SHARE_OF_PREFIX = 2, 0.6
"""Characters of a prefix of headings, and the share of the headings that have it."""
HEADINGS_OF_PREFIX = 3
"""Headings that a table has at least before a prefix of theirs is left out."""


class ColumnKind(StrEnum):
    """What nearly all cells of a column are."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "e-mail address"
    LINK = "link"
    CODE = "code"
    TEXT = "text"


PATTERNS = (
    (ColumnKind.DATE, DATE),
    (ColumnKind.NUMBER, NUMBER),
    (ColumnKind.LINK, LINK),
    (ColumnKind.EMAIL, EMAIL),
    (ColumnKind.CODE, CODE),
)


class Profile:
    """What the headings and the cells of a table say of its columns, each looked at once."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.header: Sequence[str] = cells.header
        self._kinds: dict[str, ColumnKind] = {}
        self._loose_shares: dict[tuple[str, str], float] = {}
        self._samples: dict[str, list[str]] = {}

    # What the headings say

    @cached_property
    def _bare_headings(self) -> Mapping[str, str]:
        """The headings without the prefix that most of them share, by heading."""
        prefix = _shared_prefix(self.header)
        return {
            name: name[len(prefix) :].strip(" _-.:") or name
            for name in self.header
            if prefix and name.startswith(prefix) and name != prefix
        }

    def whole(
        self, column: str, names: Iterable[str] | None = None, *, role: str = UNITS
    ) -> list[str]:
        """Return the filled columns whose whole heading is that of a standard column, best first.

        A prefix that most headings of the table share may be left out.
        """
        free = [*names] if names is not None else self.header
        named = whole_named(role, column, free)
        bare = {self._bare_headings.get(name, name): name for name in reversed(free)}
        named += [bare[name] for name in whole_named(role, column, bare)]
        return [name for name in dict.fromkeys(named) if self.cells.counts(name)]

    def part(
        self, column: str, names: Iterable[str] | None = None, *, role: str = UNITS
    ) -> list[str]:
        """Return the filled columns whose heading has a word that suggests a standard column."""
        free = [*names] if names is not None else self.header
        return [name for name in part_named(role, column, free) if self.cells.counts(name)]

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a heading."""
        return frozenset(fold_name(name))

    # What the cells say

    def sample(self, name: str) -> list[str]:
        """Return up to 1,000 distinct cells of a column that are not missing."""
        if name not in self._samples:
            filled = filterfalse(is_missing, self.cells.counts(name))
            self._samples[name] = list(islice(filled, SAMPLE_SIZE))
        return self._samples[name]

    def kind(self, name: str) -> ColumnKind:
        """Return what nearly all cells of a column are."""
        if name not in self._kinds:
            sample = self.sample(name)
            self._kinds[name] = ColumnKind.TEXT if sample else ColumnKind.EMPTY
            for kind, pattern in PATTERNS:
                if sample and sum(map(bool, map(pattern.fullmatch, sample))) >= SURELY * len(
                    sample
                ):
                    self._kinds[name] = kind
                    break
        return self._kinds[name]

    def are_single_words(self, name: str) -> bool:
        """Return whether nearly all cells of a column are codes or names of one word."""
        if name not in self.header or self.kind(name) in {ColumnKind.EMAIL, ColumnKind.DATE}:
            return False
        sample = self.sample(name)
        return sum(" " not in cell for cell in sample) >= SURELY * len(sample)

    def letters(self, name: str) -> float:
        """Return the mean length of the distinct cells of a column."""
        sample = self.sample(name)
        return sum(map(len, sample)) / max(1, len(sample))

    def referring_share(self, name: str, key: str) -> float:
        """Return the share of the distinct cells of a column that are cells of a key.

        They are compared exactly, unless ``referring_shares`` has compared them loosely.
        """
        if (name, key) in self._loose_shares:
            return self._loose_shares[name, key]
        sample, unknown = self._referring_sample(name, key)
        return 1 - len(unknown) / len(sample) if sample else 0.0

    def _referring_sample(self, name: str, key: str) -> tuple[list[str], list[str]]:
        """Return distinct cells of a column, and those of them that are not cells of a key."""
        counts = self.cells.counts(key)
        # A word for no parent, such as “top”, may be the id of a unit.
        markers = sorted(cell for cell in self.cells.missing(name) if cell in counts)
        sample = [*self.sample(name), *islice(markers, SAMPLE_SIZE)]
        return sample, [cell for cell in sample if cell not in counts]

    def _loose_share(self, name: str, key: str, *, of_people: bool) -> float:
        """Return the share with other spellings counted; to find it takes long, so it is kept."""
        if (name, key) not in self._loose_shares:
            sample, unknown = self._referring_sample(name, key)
            if unknown:
                keys = KeySet(self.cells.counts(key), unknown)
                is_known = keys.names_person if of_people else keys.resolves_partly
                unknown = [cell for cell in unknown if not is_known(cell)]
            self._loose_shares[name, key] = 1 - len(unknown) / len(sample) if sample else 0.0
        return self._loose_shares[name, key]

    def referring_shares(
        self, name: str, keys: Iterable[str], identities: Collection[str], *, of_people: bool
    ) -> dict[str, float]:
        """Return the share of the distinct cells of a column that are cells of each key.

        If no key has nearly all cells exactly, those among ``identities`` are compared loosely, and
        those that have some. With ``of_people`` people may be named with a number or a title.
        """
        of_people = of_people or bool(self.words(name) & vocabulary_words("person of parent"))
        shares = {key: self.referring_share(name, key) for key in keys if key != name}
        if max(shares.values(), default=1.0) < ALWAYS:
            likely = [
                key for key, share in shares.items() if key in identities or share >= SOMETIMES
            ]
            shares |= {key: self._loose_share(name, key, of_people=of_people) for key in likely}
        return shares

    def kinds(self, names: Iterable[str], kinds: Collection[ColumnKind]) -> list[str]:
        """Return those columns that are of one of the kinds."""
        return [name for name in names if self.kind(name) in kinds]


def _shared_prefix(header: Sequence[str]) -> str:
    """Return the longest beginning that most headings share; empty if it is very short."""
    if len(header) < HEADINGS_OF_PREFIX:
        return ""
    least = max(2, round(len(header) * MIN_SHARE_OF_PREFIX))
    names = sorted(header)
    # In sorted order, what the first and the last of some names share all of them share.
    prefixes = (
        _shared_beginning(names[first], names[first + least - 1])
        for first in range(len(names) - least + 1)
    )
    longest = max(prefixes, key=len, default="")
    # A prefix ends with a word if the headings are of several words: “unit_” of “unit_id”.
    boundary = "".join(takewhile(str.isalnum, reversed(longest)))
    whole = longest[: len(longest) - len(boundary)] if boundary != longest else longest
    return whole if len(whole) >= MIN_PREFIX else ""


def _shared_beginning(one: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in pairs)
