"""Subsets of the diagrams' font, for browsers and for rasterizing."""

from __future__ import annotations

import io
from functools import cache
from typing import Literal

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from components.diagrams.text import CHARACTERS, font_file

Flavour = Literal["woff", "woff2"]
LAYOUT_TABLES = {"GSUB", "GPOS", "GDEF"}
"""Tables of a font with its kerning and ligatures."""


@cache
def drawing_font(*, bold: bool, flavour: Flavour | None = None) -> bytes:
    """Return the font with all ``CHARACTERS``, as TrueType, WOFF or WOFF2.

    It has no kerning and no ligatures: the width of a text is the sum of its advance widths.
    """
    return subset_font(font_file(bold=bold), CHARACTERS, flavour)


def subset_font(file: bytes, characters: frozenset[int], flavour: Flavour | None = None) -> bytes:
    """Return a font with the glyphs of some characters; the bytes are reproducible."""
    # Glyphs stay as they are, so their boxes do, too.
    font = TTFont(io.BytesIO(file), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in LAYOUT_TABLES & {*font.keys()}:
        del font[table]  # now, since the subsetter would parse it before it drops it
    subsetter = Subsetter(Options(hinting=False))
    subsetter.populate(unicodes=sorted(characters))
    subsetter.subset(font)
    font.flavor = flavour
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
