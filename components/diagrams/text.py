"""How wide text is, and where its lines break.

Text is measured with the font that draws it: FiraGO, from the package ``pymupdf-fonts``. The page
loads the same font without kerning, so a width here is the width there.
"""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

import pymupdf_fonts
from fontTools.ttLib import TTFont

from components.diagrams.style import LABEL_SIZE, LINE_HEIGHT

ELLIPSIS = "…"
DESCENT = 0.19
"""In ems: how far above the bottom of a block its last baseline is, as on a canvas in Chromium."""
SYLLABLES = re.compile("-*[^-]+-*|-+")
"""What a hyphen ends, with the hyphen."""
NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
BREAKING_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{FIGURE SPACE}]+")
LONGEST = 1_000
"""Characters of a text that are looked at; no label holds more."""
FALLBACK_WIDTH = 0.62
WIDE_FALLBACK_WIDTH = 1.02
"""In ems: characters that the font lacks are drawn by the system's; these are generous."""


CHARACTERS = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xA0, 0x250),
        *range(0x370, 0x530),
        *range(0x2010, 0x2028),
        *map(ord, "←↑→↓↔−"),
    ]
)
"""What is drawn with the font: Latin, Greek and Cyrillic scripts, punctuation and arrows.

Other scripts are the system's: they need shaping, or the font lacks them.
"""


@cache
def font_file(*, bold: bool = False) -> bytes:
    """Return the TrueType file of the diagrams' font."""
    return bytes(pymupdf_fonts.fontbuffers["figbo" if bold else "figo"]())


@cache
def _advances() -> Mapping[int, float]:
    """Return the advance width of each character that is drawn with the font, in ems."""
    font = TTFont(io.BytesIO(font_file()), lazy=True)
    units, metrics = font["head"].unitsPerEm, font["hmtx"]
    return {
        code: metrics[glyph][0] / units
        for code, glyph in font.getBestCmap().items()
        if code in CHARACTERS
    }


def missing_characters(text: str) -> str:
    """Return the characters of a text that the font lacks: each once, in order."""
    return "".join(sorted(each for each in set(text) if ord(each) not in _advances()))


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Return the width of one line of text in pixels at a font size in pixels."""
    advances = _advances()
    return size * sum(
        advances[ord(character)] if ord(character) in advances else _fallback(character)
        for character in text
    )


def block_height(lines: int, size: float) -> float:
    """Return the height of a block of lines in pixels, without the leading around it."""
    return size * (1 + (lines - 1) * LINE_HEIGHT)


def baselines(lines: int, size: float) -> list[float]:
    """Return where the baselines of a block's lines are, in pixels below its middle."""
    last = block_height(lines, size) / 2 - DESCENT * size
    return [last - (lines - 1 - line) * LINE_HEIGHT * size for line in range(lines)]


def _fallback(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    wide = unicodedata.east_asian_width(character) in "WF"
    return WIDE_FALLBACK_WIDTH if wide else FALLBACK_WIDTH


def wrap(
    text: str,
    width: float,
    *,
    size: float = LABEL_SIZE,
    most: int = 6,
    break_words: bool = True,
) -> list[str]:
    """Return lines of at most ``width`` pixels; what exceeds ``most`` lines ends in an ellipsis.

    Lines break at spaces and after hyphens. A word that is too long by itself is broken anywhere,
    or left as it is without ``break_words``.
    """
    lines: list[str] = []
    line = ""
    if len(text) > LONGEST:
        text = text[:LONGEST] + ELLIPSIS
    broken = width if break_words else math.inf
    for piece in (each for part in pieces_of(text) for each in _broken(part, broken, size)):
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip())
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + ELLIPSIS, size) > width:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], last + ELLIPSIS]


def unbroken(text: str) -> str:
    """Return text with the no-break space that the font has for the narrow one that it lacks."""
    return text.replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE)


def pieces_of(text: str) -> list[str]:
    """Return the parts of a text between which a line may break: words, and parts at hyphens."""
    pieces = []
    for word in filter(None, BREAKING_SPACES.split(unbroken(text))):
        pieces += SYLLABLES.findall(word)
        pieces[-1] += " "
    return pieces


def _broken(part: str, width: float, size: float) -> list[str]:
    """Return a part in pieces that are no wider than ``width``, of a character at least."""
    pieces, begin = [], 0
    while text_width(part[begin:].rstrip(), size) > width and len(part[begin:].rstrip()) > 1:
        cut = begin + 1
        while text_width(part[begin : cut + 1], size) <= width:
            cut += 1
        pieces.append(part[begin:cut])
        begin = cut
    return [*pieces, part[begin:]]
