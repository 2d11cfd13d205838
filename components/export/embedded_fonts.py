"""Fonts inside an SVG, so that it looks the same everywhere."""

from __future__ import annotations

import base64
import re
from functools import lru_cache

from components.diagrams.fonts import drawing_font, subset_font
from components.diagrams.style import FONT

MAX_CACHED_FONTS = 64
"""Font subsets that are cached for the next SVG with the same characters."""


def with_fonts(svg: str) -> str:
    """Return an SVG with the glyphs of its text embedded."""
    style = f"<style>{font_faces(frozenset(map(ord, svg)))}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda opening: opening[0] + style, svg, count=1)


def font_faces(characters: frozenset[int]) -> str:
    """Return the rules of CSS that embed the glyphs of some characters, for an SVG."""
    return "".join(_font_face(characters, bold=bold) for bold in (False, True))


@lru_cache(MAX_CACHED_FONTS)
def _font_face(characters: frozenset[int], *, bold: bool) -> str:
    font = subset_font(drawing_font(bold=bold), characters, "woff")
    return (
        f"@font-face{{font-family:{FONT};font-weight:{'600 700' if bold else '400'};"
        f"src:url(data:font/woff;base64,{base64.b64encode(font).decode()}) format('woff')}}"
    )
