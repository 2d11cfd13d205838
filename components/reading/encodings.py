"""Decode the bytes of a text file: find the encoding, and name it as people know it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from components import faults
from components.reading.options import Options

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte-order mark",
    **dict.fromkeys(("utf-16", "utf-16-be", "utf-16-le"), "UTF-16"),
    "utf-32": "UTF-32",
    **{f"cp{number}": f"Windows-{number}" for number in (874, *range(1250, 1259))},
    **dict.fromkeys(("cp932", "shift_jis"), "Shift-JIS"),
    **dict.fromkeys(("euc_jp", "euc_jis_2004"), "EUC-JP"),
    "euc_kr": "EUC-KR",
    **dict.fromkeys(("big5", "cp950", "big5hkscs"), "Big5"),
    "mac-roman": "Mac Roman",
    **{f"cp{number}": f"DOS ({number})" for number in (437, 850, 852, 866)},
    **{f"iso8859-{number}": f"ISO 8859-{number}" for number in (1, 2, 15)},
}
"""The names of encodings for people, by their names in Python; others are called as in Python."""

GUESSED = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("cp874", "cp932", "euc_jis_2004", "cp949", "gb18030", "big5hkscs", "koi8-r", "koi8-u"),
    *("mac-roman", "cp437", "cp850", "cp852", "cp866"),
)
"""The encodings that may be guessed. Rarer ones are left out: they are confused with these."""

COMMON_SUBSETS = {
    "cp949": ("euc_kr", "cp949"),
    "euc_jis_2004": ("euc_jp", "euc_jis_2004"),
    "big5hkscs": ("cp950", "big5hkscs"),
}
"""The encodings to try for one that is guessed: its more common subset first, then the whole."""

LATIN_2 = re.compile(r"[^\W\d_][¶±¦]|[¶±¦][^\W\d_]")
"""Signs next to letters: probably letters themselves, in ISO 8859-2."""
LATIN = ("cp1250", "cp1252", "cp1254", "cp1257", "cp1258")
WESTERN = re.compile("[\0-\x7f\xa0¡£§©«®°·º»¿À-ÖØ-öø-ÿŒœ€–—‘’‚“”„•…]*")
"""A text whose characters are all used in western languages."""
NOT_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœ]{3}|[a-z][À-ÖØ-ÞŒ]")
"""Three accented letters in a row, or an accented capital after a small letter."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
"""Bytes that are examined where not all of them are needed."""
CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"})
MAX_CONTROLS, MAX_SHARE_OF_CONTROLS = 8, 0.05
"""A file with more control characters than both is binary; fewer may slip into a text."""
MIN_SHARE_OF_ASCII = 0.2
"""UTF-16 text has at least this share of ASCII: digits, delimiters, line breaks."""
MULTIBYTE_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A character beyond ASCII in UTF-8."""
LINE_BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
REPLACEMENT_CHARACTER = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file."""

    text: str
    encoding: str
    """The name of its encoding for people."""
    damaged: bool
    """Whether U+FFFD stands for bytes that the encoding does not have."""


def decode(data: bytes, encoding: str, name: str) -> Decoded:
    """Return the text of a file called ``name``; its encoding is found if none is set.

    Raises:
        DataError: there is no such encoding, or the file is not text.
    """
    codec = _codec(encoding, name) if encoding else marked_codec(data) or _utf_16_codec(data)
    if codec:
        return _decoded(data, codec)
    if _has_many_controls(data):
        raise faults.BINARY_FILE.error(name)
    try:
        return Decoded(data.decode(), NAMES["utf-8"], damaged=False)
    except UnicodeDecodeError:
        sample = _sample(data)
    damage = sample.decode(errors="replace").count(REPLACEMENT_CHARACTER)
    if len(MULTIBYTE_CHARACTER.findall(sample)) > damage:
        return _decoded(data, "utf-8")
    for codec in _likely_codecs(sample):
        decoded = _decoded(data, codec)
        if not decoded.damaged:
            break
    return decoded


def decoded_file(path: Path, name: str, options: Options) -> Decoded:
    """Return the text of a file, in the encoding that the options set or else in the one found.

    Raises:
        DataError: the file is not text, or is empty.
    """
    decoded = decode(path.read_bytes(), options.encoding, name)
    if not decoded.text.strip():
        raise faults.FILE_EMPTY.error(name)
    return decoded


def marked_codec(data: bytes) -> str:
    """Return the codec of text by its byte-order mark; empty if it has none."""
    return next((codec for mark, codec in BYTE_ORDER_MARKS if data.startswith(mark)), "")


def _codec(encoding: str, name: str) -> str:
    """Return Python's name of an encoding that is set by its name in Python or for people."""
    codecs_by_name = {known.casefold(): codec for codec, known in reversed(NAMES.items())}
    requested = codecs_by_name.get(encoding.strip().casefold(), encoding.strip())
    try:
        # Only a decoder of bytes to text passes: rot13 and base64 are codecs too.
        b"text".decode(requested, "replace")
        codec = codecs.lookup(requested).name
    except (LookupError, ValueError) as error:
        raise faults.UNKNOWN_ENCODING.error(name, value=encoding) from error
    return "utf-8-sig" if codec == "utf-8" else codec


def _decoded(data: bytes, codec: str) -> Decoded:
    has_mark = codec != "utf-8-sig" or data.startswith(codecs.BOM_UTF8)
    encoding = NAMES.get(codec if has_mark else "utf-8", codec.upper())
    try:
        return Decoded(data.decode(codec).removeprefix("\ufeff"), encoding, damaged=False)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace").removeprefix("\ufeff")
        return Decoded(text, encoding, damaged=True)


def _utf_16_codec(data: bytes) -> str:
    """Return the codec of UTF-16 without a byte-order mark; empty if it is another encoding.

    In UTF-16 every second byte of ASCII characters is 0.
    """
    sample = data[:SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) < MIN_SHARE_OF_ASCII * len(sample) / 2:
        return ""
    if min(first, second) > max(first, second) / 10:
        return ""
    codec = "utf-16-le" if second > first else "utf-16-be"
    return codec if "\n" in sample.decode(codec, "replace") else ""


def _has_many_controls(data: bytes) -> bool:
    """Return whether there are too many control characters for a text."""
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls > max(MAX_CONTROLS, MAX_SHARE_OF_CONTROLS * len(sample))


def _sample(data: bytes) -> bytes:
    """Return the first lines with characters beyond ASCII: only these tell encodings apart."""
    lines: list[bytes] = []
    room = SAMPLE
    for line in LINE_BEYOND_ASCII.finditer(data):
        lines.append(line[0][:room])
        room -= len(line[0])
        if room <= 0:
            break
    return b"".join(lines)


def _likely_codecs(sample: bytes) -> tuple[str, ...]:
    """Return the codecs to try, the most common first.

    Windows-1252 takes precedence over a guess of another script wherever it gives a western text:
    chardet cannot tell a few accents from Cyrillic.
    """
    # Nearly all files are in UTF-8, and need no library that guesses.
    import chardet  # noqa: PLC0415

    guess = chardet.detect(
        sample, include_encodings=GUESSED, prefer_superset=True, compat_names=False
    )["encoding"]
    codec = codecs.lookup(guess or "cp1252").name
    western = sample.decode("cp1252", "replace")
    if codec in LATIN:
        is_cp1252 = sample.decode(codec, "replace") == western
    else:
        is_cp1252 = bool(WESTERN.fullmatch(western)) and not NOT_WESTERN.search(western)
    if is_cp1252:
        codec = "cp1252"
    if codec == "cp1250" and LATIN_2.search(sample.decode(codec, "replace")):
        codec = "iso8859-2"
    return COMMON_SUBSETS.get(codec, (codec,))
