"""Bytes become text: their encoding is found, and called as people know it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import chardet

from components.problems import ProblemKind, refusal

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte-order mark",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-32": "UTF-32",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "cp874": "Windows-874",
    "cp932": "Shift-JIS",
    "shift_jis": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "euc_jis_2004": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp949": "CP949",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp950": "Big5",
    "big5hkscs": "Big5",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "mac-roman": "Mac Roman",
    "cp437": "DOS (437)",
    "cp850": "DOS (850)",
    "cp852": "DOS (852)",
    "cp866": "DOS (866)",
    "iso8859-1": "ISO 8859-1",
    "iso8859-2": "ISO 8859-2",
    "iso8859-15": "ISO 8859-15",
}
"""What people call an encoding, for each as Python calls it."""

GUESSED = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("cp874", "cp932", "euc_jis_2004", "cp949", "gb18030", "big5hkscs", "koi8-r", "koi8-u"),
    *("mac-roman", "cp437", "cp850", "cp852", "cp866"),
)
"""The encodings in which tables are saved; rarer ones are mistaken for these, or these for them."""

USUAL_PARTS = {
    "cp949": ("euc_kr", "cp949"),
    "euc_jis_2004": ("euc_jp", "euc_jis_2004"),
    "big5hkscs": ("cp950", "big5hkscs"),
}
"""The encodings to try for one that is guessed: what is usual first, then all that it has."""

LATIN_2 = re.compile(r"[^\W\d_][¶±¦]|[¶±¦][^\W\d_]")
"""Signs beside letters: they are letters themselves, of ISO 8859-2."""
LATIN = ("cp1250", "cp1252", "cp1254", "cp1257", "cp1258")
WESTERN = re.compile("[\0-\x7f\xa0¡£§©«®°·º»¿À-ÖØ-öø-ÿŒœ€–—‘’‚“”„•…]*")
"""Text with no characters but those that western languages need."""
HARDLY_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœ]{3}|[a-z][À-ÖØ-ÞŒ]")
"""Three letters with accents in a row, or a capital one behind a small letter."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"PK\x03\x04", "a workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old workbook or document (OLE)"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh91AY", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\0", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"PAR1\x15", "a Parquet file"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
)
SAMPLE = 65_536
"""Bytes that are looked at where not all need be."""
CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"})
FEWEST_CONTROLS, USUAL_SHARE_OF_CONTROLS = 8, 0.05
"""More control characters than these make a file binary; fewer are slips of a program."""
ZEROS_OF_UTF_16 = 0.2
"""The share of characters in UTF-16 that are ASCII, at least: digits, delimiters, line breaks."""
WIDE_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character beyond ASCII in UTF-8."""
LINE_BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; ``encoding`` is its name for people."""

    text: str
    encoding: str
    damaged: bool
    """Whether U+FFFD stands for bytes that are no text in this encoding."""


def decode(data: bytes, encoding: str, name: str) -> Decoded:
    """Return the text of a file called ``name``; its encoding is found if none is set.

    Raises:
        DataError: there is no such encoding, or the file holds no text.
    """
    _refuse_binary(_signed(data), name)
    if encoding:
        return _decoded(data, _codec(encoding, name))
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, codec)
    if codec := _utf_16(data[:SAMPLE]):
        return _decoded(data, codec)
    _refuse_binary(_unsigned(data[:SAMPLE]), name)
    try:
        return Decoded(data.decode(), NAMES["utf-8"], damaged=False)
    except UnicodeDecodeError:
        sample = _sample(data)
    if len(WIDE_CHARACTER.findall(sample)) > sample.decode(errors="replace").count(REPLACED):
        return _decoded(data, "utf-8")
    for codec in _guess(sample):
        decoded = _decoded(data, codec)
        if not decoded.damaged:
            break
    return decoded


def _codec(encoding: str, name: str) -> str:
    """Return what Python calls an encoding that is set."""
    called = {known.casefold(): codec for codec, known in reversed(NAMES.items())}
    asked = called.get(encoding.strip().casefold(), encoding.strip())
    try:
        b"text".decode(asked, "replace")
        found = codecs.lookup(asked).name
    except (LookupError, ValueError) as error:
        raise refusal(
            ProblemKind.NO_SUCH_CHOICE,
            name,
            f"There is no encoding “{encoding}”.",
            "Set another, such as utf-8, cp1252, utf-16 or shift_jis, or none: then it is found.",
            value=encoding,
        ) from error
    return "utf-8-sig" if found == "utf-8" else found


def _decoded(data: bytes, codec: str) -> Decoded:
    has_mark = codec != "utf-8-sig" or data.startswith(codecs.BOM_UTF8)
    called = NAMES.get(codec if has_mark else "utf-8", codec.upper())
    try:
        return Decoded(data.decode(codec).removeprefix("\ufeff"), called, damaged=False)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace").removeprefix("\ufeff")
        return Decoded(text, called, damaged=True)


def _utf_16(sample: bytes) -> str:
    """Return which UTF-16 lines without a byte-order mark are in: every other byte is often 0."""
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) < ZEROS_OF_UTF_16 * len(sample) / 2:
        return ""
    if min(first, second) > max(first, second) / 10:
        return ""
    codec = "utf-16-le" if second > first else "utf-16-be"
    return codec if "\n" in sample.decode(codec, "replace") else ""


def _refuse_binary(what: str, name: str) -> None:
    """Refuse what holds no text, whatever the name of the file ends in."""
    if what:
        raise refusal(
            ProblemKind.UNKNOWN_FORMAT,
            name,
            f"This is no text but {what}.",
            "Name the file by the ending of its format, or save the table as CSV in UTF-8.",
        )


def _signed(data: bytes) -> str:
    """Return what a file is by how it begins; empty if it may be text."""
    return next((what for signature, what in SIGNATURES if data.startswith(signature)), "")


def _unsigned(sample: bytes) -> str:
    """Return what a file is that has too many control characters for a text; or empty."""
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    many = max(FEWEST_CONTROLS, USUAL_SHARE_OF_CONTROLS * len(sample))
    return "a binary file" if controls > many else ""


def _sample(data: bytes) -> bytes:
    """Return the first lines that have more than ASCII: they alone tell the encoding."""
    lines: list[bytes] = []
    room = SAMPLE
    for line in LINE_BEYOND_ASCII.finditer(data):
        lines.append(line[0][:room])
        room -= len(line[0])
        if room <= 0:
            break
    return b"".join(lines)


def _guess(sample: bytes) -> tuple[str, ...]:
    """Return the encodings to try, by how usual they are.

    Windows-1252 goes before any guess of another script: a few accents are too little to tell it
    from Cyrillic, where a reader sees at once which is meant.
    """
    guess = chardet.detect(
        sample, include_encodings=GUESSED, prefer_superset=True, compat_names=False
    )["encoding"]
    codec = codecs.lookup(guess or "cp1252").name
    western = sample.decode("cp1252", "replace")
    if codec in LATIN:
        same = sample.decode(codec, "replace") == western
    else:
        same = bool(WESTERN.fullmatch(western)) and not HARDLY_WESTERN.search(western)
    if same:
        codec = "cp1252"
    if codec == "cp1250" and LATIN_2.search(sample.decode(codec, "replace")):
        codec = "iso8859-2"
    return USUAL_PARTS.get(codec, (codec,))
