"""The diagrams' font for the renderers, in this process and in others."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from components.diagrams.text import CHARACTERS, font_file

TABLES = {"head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name"}
"""What a renderer needs. There is no kerning, no ligature and no hint."""
NAMES = {1, 2, 4, 6}
"""Ids of the names of the family, the style and both together."""


def renderer_font(*, bold: bool) -> bytes:
    """Return the font with all ``CHARACTERS``, as TrueType.

    It draws what ``drawing_font`` draws. Glyphs that no character needs stay in the file: removing
    them takes longer than drawing a picture.
    """
    file = io.BytesIO(font_file(bold=bold))
    font = TTFont(file, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in {*font.keys()} - TABLES - {"GlyphOrder"}:
        del font[table]
    for characters in font["cmap"].tables:
        characters.cmap = {
            code: glyph for code, glyph in characters.cmap.items() if code in CHARACTERS
        }
    font["name"].names = [name for name in font["name"].names if name.nameID in NAMES]
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
