"""The font that draws the diagrams: the one that labels are measured with, made small."""

from __future__ import annotations

import io
from functools import cache
from typing import Literal

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from components.diagrams.text import CHARACTERS, font_file

Flavour = Literal["woff"]


@cache
def drawing_font(*, bold: bool, flavour: Flavour | None = None) -> bytes:
    """Return the font with all that it draws: TrueType, or WOFF as browsers take it.

    It has no kerning and no ligatures: a width is the sum of the advances.
    """
    return subset_font(font_file(bold=bold), CHARACTERS, flavour)


def subset_font(file: bytes, characters: frozenset[int], flavour: Flavour | None = None) -> bytes:
    """Return a font with the glyphs of some characters; the same bytes for the same arguments."""
    font = TTFont(io.BytesIO(file), lazy=True, recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(characters))
    subsetter.subset(font)
    font.flavor = flavour
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
