"""Pieces: the parts of a JSON text that others may have, too."""

from __future__ import annotations

from collections.abc import Sequence

from components.words.multilingual import alternatives

END = "\n"
"""Of a piece; JSON has none within texts."""
BREAKS = ("},{", '},"', '],"')
"""Where JSON is divided into pieces: after the comma."""


def pieces_of(text: str) -> list[str]:
    """Return the pieces of a JSON text."""
    for ends in BREAKS:
        text = text.replace(ends, f"{ends[:-1]}{END}{ends[-1]}")
    return text.split(END)


def alternatives_in(texts: Sequence[str]) -> str:
    """Return JSON texts of several languages as one, with alternatives of some pieces."""
    pieces = [pieces_of(text) for text in texts]
    if len({*map(len, pieces)}) > 1:
        return alternatives(texts)
    return "".join(map(alternatives, zip(*pieces, strict=True)))
