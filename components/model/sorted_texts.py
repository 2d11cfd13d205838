"""Many texts in order, in little memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice, pairwise
from typing import Any, overload

import numpy as np
import numpy.typing as npt

AT_ONCE = 10_000
"""Texts that are encoded, compared or listed at once."""
TEXT = np.dtypes.StringDType()
Texts = npt.NDArray[Any]
"""An array of ``TEXT``, which takes less memory than a list."""
LAST = "\U0010ffff"
"""A character that no text has, and that comes after all others."""


@dataclass(frozen=True, eq=False)
class SortedTexts(Sequence[str]):
    """Distinct texts in order; a list of a million short ones would take five times the memory."""

    encoded: bytes = field(repr=False)
    """All texts in UTF-8, one after the other."""
    starts: npt.NDArray[np.int64] = field(repr=False)
    """Where each of them begins, and where the last one ends."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> SortedTexts:
        """Return distinct texts, which are in order already."""
        encoded, lengths = BytesIO(), [np.zeros(1, np.int64)]
        remaining = iter(texts)
        while block := [text.encode() for text in islice(remaining, AT_ONCE)]:
            encoded.write(b"".join(block))
            lengths.append(np.fromiter(map(len, block), np.int64, len(block)))
        return cls(encoded.getvalue(), np.concatenate(lengths).cumsum())

    @classmethod
    def taken(cls, texts: Texts, places: npt.NDArray[np.int64]) -> SortedTexts:
        """Return the texts at some places of an array, which are distinct and in order."""
        return cls.of(
            text
            for begin in range(0, len(places), AT_ONCE)
            for text in texts[places[begin : begin + AT_ONCE]].tolist()
        )

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return the text at a place, or those of a slice."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.encoded[self.starts[place] : self.starts[place + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        """Yield each text."""
        for begin in range(0, len(self), AT_ONCE):
            starts = self.starts[begin : begin + AT_ONCE + 1].tolist()
            for start, end in pairwise(starts):
                yield self.encoded[start:end].decode()

    def __contains__(self, text: object) -> bool:
        """Return whether a text is among them."""
        return isinstance(text, str) and self.place(text) is not None

    def place(self, text: str) -> int | None:
        """Return the place of a text; None if it is not among them."""
        at = bisect_left(self, text)
        return at if at < len(self) and self[at] == text else None

    def beginning_with(self, prefix: str) -> range:
        """Return the places of the texts that begin with a prefix."""
        return range(bisect_left(self, prefix), bisect_left(self, prefix + LAST))

    def first_with(self, prefix: str, most: int) -> list[str]:
        """Return the first texts that begin with a prefix."""
        return [self[at] for at in islice(self.beginning_with(prefix), most)]


def order_of(texts: Texts) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the places of texts in their order, and which of them are the first of equal ones."""
    order = np.argsort(texts, kind="stable")
    is_first = np.ones(len(order), dtype=bool)
    for begin in range(1, len(order), AT_ONCE):
        some = texts[order[begin - 1 : begin + AT_ONCE]]
        is_first[begin : begin + AT_ONCE] = some[1:] != some[:-1]
    return order, is_first
