"""Text: lists in cells, folding for comparison, slugs for addresses."""

from __future__ import annotations

import re
import unicodedata


def split_list(cell: str, separator: str = ";") -> tuple[str, ...]:
    """Return the entries of a cell that holds a list."""
    return tuple(entry for part in cell.split(separator) if (entry := part.strip()))


ACCENTS = range(0x300, 0x370)
"""Unicode's combining diacritical marks."""
INVALID_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, not even escaped."""
MAX_FILE_NAME_PART = 60
"""Characters of each part of a file name."""


class _FoldingTable(dict[int, str | None]):
    """A table for ``str.translate`` that computes the entry of a character when it first occurs."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        if code in ACCENTS:
            self[code] = None
        elif character.isalnum() or unicodedata.category(character).startswith("M"):
            self[code] = character
        else:
            self[code] = " "
        return self[code]


_FOLDING = _FoldingTable()


def fold_characters(text: str) -> str:
    """Return text without case and accents, and with spaces for punctuation."""
    return unicodedata.normalize("NFKD", text).translate(_FOLDING).casefold()


def fold_text(text: str) -> str:
    """Return text for comparison: without case and accents, words separated by single spaces.

    Marks that are part of a script's spelling, such as the vowels of Devanagari, stay.
    """
    return " ".join(fold_characters(text).split())


def slug(text: str) -> str:
    """Return text for an address, in any script: ``preparedness-and-response-division``."""
    return fold_text(text).replace(" ", "-")


def ascii_slug(text: str) -> str:
    """Return lower-case ASCII letters and digits, with hyphens between words."""
    return re.sub("[^a-z0-9]+", "-", slug(text)).strip("-")


def file_name_part(text: str) -> str:
    """Return text for a part of a file name: an ASCII slug of limited length, or empty text."""
    return ascii_slug(text)[:MAX_FILE_NAME_PART].rstrip("-")


def capitalized(text: str) -> str:
    """Return text with its first letter in upper case, the rest unchanged."""
    return text[:1].upper() + text[1:]
