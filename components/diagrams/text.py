"""Text metrics and line breaking.

Text is measured with the font that draws it, FiraGO from the package ``pymupdf-fonts``. The page
loads the same font without kerning, so that widths agree.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import pymupdf_fonts
from fontTools.ttLib import TTFont

from components.diagrams.hyphenation import word_breaks
from components.diagrams.style import LABEL_SIZE, LINE_HEIGHT

ELLIPSIS = "…"
DESCENT = 0.19
"""Ems between the last baseline and the bottom of a text block, as on a canvas in Chromium."""
LETTERS = re.compile(r"[^\W\d_]+")
HYPHENATED_PARTS = re.compile("-*[^-]+-*|-+")
NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
BREAKING_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{FIGURE SPACE}]+")
UNSPACED = "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""Pattern of a character of a script that writes no spaces: Han, Hiragana, Katakana."""
NOT_AT_THE_START = "、。，．・：；！？）」』】〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""Characters with which no line begins."""
BREAKS = re.compile(f"(?<={UNSPACED})(?![{NOT_AT_THE_START}])(?={UNSPACED})")
MAX_CHARACTERS = 1_000
"""Longer texts are cut before they are measured; no label has room for more."""
CACHE_SIZE = 20_000
FALLBACK_WIDTH, WIDE_FALLBACK_WIDTH = 0.62, 1.02
"""Generous widths, in ems, for characters that a font of the system draws."""

CHARACTERS = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xA0, 0x250),
        *range(0x370, 0x530),
        *range(0x2010, 0x2028),
        *map(ord, "←↑→↓↔−"),
    ]
)
"""Code points drawn with the font: Latin, Greek and Cyrillic, punctuation and arrows.

Other scripts are left to the system's fonts: they need shaping, or FiraGO lacks them.
"""


@cache
def font_file(*, bold: bool = False) -> bytes:
    """Return the TrueType file of the diagrams' font."""
    return bytes(pymupdf_fonts.fontbuffers["figbo" if bold else "figo"]())


@cache
def _advances() -> Mapping[int, float]:
    """Return the advance width in ems of each code point that the font draws."""
    font = TTFont(io.BytesIO(font_file()), lazy=True)
    units, metrics = font["head"].unitsPerEm, font["hmtx"]
    return {
        code: metrics[glyph][0] / units
        for code, glyph in font.getBestCmap().items()
        if code in CHARACTERS
    }


def missing_characters(text: str) -> str:
    """Return the distinct characters of a text that the font lacks, sorted."""
    return "".join(sorted(char for char in set(text) if ord(char) not in _advances()))


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Return the width of a line of text in pixels; ``size`` is the font size in pixels."""
    return size * _width_in_ems(text)


@lru_cache(CACHE_SIZE)
def _width_in_ems(text: str) -> float:
    advances = _advances()
    return sum(
        advances[ord(char)] if ord(char) in advances else _fallback_width(char) for char in text
    )


def block_height(lines: int, size: float) -> float:
    """Return the height of a block of lines in pixels, without leading above and below it."""
    return size * (1 + (lines - 1) * LINE_HEIGHT)


def baselines(lines: int, size: float) -> list[float]:
    """Return the baseline of each line of a block, in pixels below the middle of the block."""
    last = block_height(lines, size) / 2 - DESCENT * size
    return [last - (lines - 1 - line) * LINE_HEIGHT * size for line in range(lines)]


def _fallback_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    is_wide = unicodedata.east_asian_width(character) in "WF"
    return WIDE_FALLBACK_WIDTH if is_wide else FALLBACK_WIDTH


@lru_cache(CACHE_SIZE)
def wrap(  # noqa: PLR0913  # four of them are options by keyword
    text: str,
    width: float,
    *,
    size: float = LABEL_SIZE,
    max_lines: int = 6,
    break_words: bool = True,
    language: str | None = None,
) -> tuple[str, ...]:
    """Break a text into lines of at most ``width`` pixels; an ellipsis marks cut text.

    Lines break at spaces and after hyphens. A longer word is hyphenated by the rules of a language,
    a BCP 47 tag that is empty if unknown. Where it cannot be, or without a language, it is broken
    anywhere; or with ``break_words=False``, it is left too wide.
    """
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS] + ELLIPSIS
    parts = unbreakable_parts(text)
    if break_words:
        parts = [piece for part in parts for piece in _split_to_width(part, width, size, language)]
    lines, line = [], ""
    for part in parts:
        if line and text_width((line + part).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += part
    lines.append(line.rstrip())
    if len(lines) <= max_lines:
        return tuple(lines)
    last = lines[max_lines - 1]
    while last and text_width(last + ELLIPSIS, size) > width:
        last = last[:-1].rstrip()
    return (*lines[: max_lines - 1], last + ELLIPSIS)


def without_narrow_spaces(text: str) -> str:
    """Replace narrow no-break spaces, which the font lacks, with no-break spaces."""
    return text.replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE)


def unbreakable_parts(text: str) -> list[str]:
    """Split a text at its line break opportunities: after words and after hyphens.

    In scripts without spaces, most characters are such an opportunity.
    """
    parts = []
    for word in filter(None, BREAKING_SPACES.split(without_narrow_spaces(text))):
        for part in HYPHENATED_PARTS.findall(word):
            parts += [part] if part.isascii() else BREAKS.split(part)
        parts[-1] += " "
    return parts


def _split_to_width(part: str, width: float, size: float, language: str | None) -> list[str]:
    """Split a part into pieces of at most ``width`` pixels, and of at least one character."""
    pieces, start = [], 0
    while text_width(part[start:].rstrip(), size) > width and len(part[start:].rstrip()) > 1:
        end = start + 1
        while text_width(part[start : end + 1], size) <= width:
            end += 1
        hyphenated = [
            place
            for place in ([] if language is None else _hyphenation(part, language))
            if start < place <= end and text_width(part[start:place] + "-", size) <= width
        ]
        if hyphenated:
            end = hyphenated[-1]
        pieces.append(part[start:end] + "-" * bool(hyphenated))
        start = end
    return [*pieces, part[start:]]


def _hyphenation(part: str, language: str) -> list[int]:
    """Return the positions in a part at which a hyphen may be added."""
    return [
        match.start() + place
        for match in LETTERS.finditer(part)
        for place in word_breaks(match.group(), language)
    ]
