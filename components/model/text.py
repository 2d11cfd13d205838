"""Text: lists in cells, folding for comparison, slugs for addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote_plus

MAX_ID = 500
"""Characters of an id in an address, as it is encoded there. Proxies take addresses of 8,000."""
LONGEST_CHARACTER = 12
"""Characters of a character that is encoded: four bytes, each written as ``%F0``."""
DIGEST_LENGTH = 12
IDENTIFIER = re.compile(r"[^\W_]+(_[^\W_]+)+|[a-z]+(-[a-z]+){2,}|[a-z]{2,}([A-Z][a-z]+)+")
"""A name for programs, of several words: ``start_date``, ``start-of-service``, ``startDate``."""
CAMEL_CASE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""The boundaries of words in ``parentNodeId``."""


def short_id(unit_id: str) -> str:
    """Return an id that fits into an address: a longer one is cut, and ends with its digest."""
    if _encoded_length(unit_id) <= MAX_ID:
        return unit_id
    kept = unit_id[:MAX_ID]
    while _encoded_length(kept) >= MAX_ID - DIGEST_LENGTH:
        kept = kept[:-1]
    digest = hashlib.sha256(unit_id.encode("utf-8", "replace")).hexdigest()
    return f"{kept}-{digest[:DIGEST_LENGTH]}"


def short_ids(unit_ids: Sequence[str]) -> Sequence[str]:
    """Return each id as ``short_id`` does; the same ids if none of them is long."""
    if LONGEST_CHARACTER * max(map(len, unit_ids), default=0) <= MAX_ID:
        return unit_ids
    return list(map(short_id, unit_ids))


def _encoded_length(text: str) -> int:
    most = LONGEST_CHARACTER * len(text)
    return most if most <= MAX_ID else len(quote_plus(text, errors="replace"))


def split_list(cell: str, separator: str = ";") -> tuple[str, ...]:
    """Return the entries of a cell that holds a list."""
    return tuple(filter(None, map(str.strip, cell.split(separator))))


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


BOUNDARY = "\x1e"
"""Stands between texts that are folded at once."""
SPACES = re.compile(" {2,}")
_FOLDING, _FOLDING_OF_TEXTS = _FoldingTable(), _FoldingTable({ord(BOUNDARY): BOUNDARY})


def fold_characters(text: str) -> str:
    """Return text without case and accents, and with spaces for punctuation."""
    return _folded(text, _FOLDING)


def _folded(text: str, table: _FoldingTable) -> str:
    return unicodedata.normalize("NFKD", text).translate(table).casefold()


def fold_text(text: str) -> str:
    """Return text for comparison: without case and accents, words separated by single spaces.

    Marks that are part of a script's spelling, such as the vowels of Devanagari, stay.
    """
    return " ".join(fold_characters(text).split())


def fold_texts(texts: Sequence[str]) -> list[str]:
    """Return each text as ``fold_text`` does, but many in a fraction of the time."""
    joined = BOUNDARY.join(texts)
    if joined.count(BOUNDARY) != len(texts) - 1:
        return list(map(fold_text, texts))
    folded = SPACES.sub(" ", _folded(joined, _FOLDING_OF_TEXTS)).strip(" ")
    folded = folded.replace(f" {BOUNDARY}", BOUNDARY).replace(f"{BOUNDARY} ", BOUNDARY)
    return folded.split(BOUNDARY)


def slug(text: str) -> str:
    """Return text for an address, in any script: ``preparedness-and-response-division``."""
    return fold_text(text).replace(" ", "-")


def slugs(texts: Sequence[str]) -> list[str]:
    """Return the slug of each text."""
    return [folded.replace(" ", "-") for folded in fold_texts(texts)]


def ascii_slug(text: str) -> str:
    """Return lower-case ASCII letters and digits, with hyphens between words."""
    return re.sub("[^a-z0-9]+", "-", slug(text)).strip("-")


def file_name_part(text: str) -> str:
    """Return text for a part of a file name: an ASCII slug of limited length, or empty text."""
    return ascii_slug(text)[:MAX_FILE_NAME_PART].rstrip("-")


def capitalized(text: str) -> str:
    """Return text with its first letter in upper case, the rest unchanged."""
    return text[:1].upper() + text[1:]


def heading_text(heading: str) -> str:
    """Return the heading of a column as people write it: "Start date" for ``start_date``.

    Only what is written for programs is changed, but for the first letter: not "e-mail" or "HR".
    """
    if IDENTIFIER.fullmatch(heading):
        words = re.split("[_-]", CAMEL_CASE.sub("_", heading))
        is_upper = heading.isupper() and sum(map(str.isalpha, words)) > 1
        heading = " ".join(word.lower() if is_upper or word.istitle() else word for word in words)
    return capitalized(heading)
