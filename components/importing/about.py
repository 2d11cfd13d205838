"""The description of a dataset by its data package, and the version of its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date

import numpy as np

from components.importing.column_settings import Choices
from components.model.organization import About
from components.model.text import capitalized
from components.reading.tables import Tables

LANGUAGE_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""The language, script and region subtags of BCP 47."""
HYPHEN_OF_NAME = re.compile(r"(?<!\d)-|-(?!\d)")
"""A hyphen in the name of a file, unless it is between digits."""


def about_dataset(tables: Tables, title: str = "") -> About:
    """Return the metadata of the data package; a ``title`` that is set goes before its own.

    Without either, the title is made of the name of the dataset.
    """
    package = tables.descriptor
    source, licence = _first(package.get("sources")), _first(package.get("licenses"))
    address, language = _text(source.get("path")), _text(package.get("language"))
    return About(
        name=_text(tables.name),
        title=title or _text(package.get("title")) or title_from_name(_text(tables.name)),
        description=_text(package.get("description")),
        source_title=_text(source.get("title")),
        # An address such as ``javascript:`` must never become a link.
        source_url=address if address.startswith(("https://", "http://")) else "",
        licence=_text(licence.get("title")) or _text(licence.get("name")),
        date=_text(package.get("created"))[:10],
        language=language if LANGUAGE_TAG.fullmatch(language) else "",
    )


def title_from_name(name: str) -> str:
    """Return the name of a file written like a title: "hr-staff_2024" is "Hr staff 2024".

    Hyphens stay in dates, and in names with spaces, which are titles already.
    """
    words = name.replace("_", " ")
    if " " not in name:
        words = HYPHEN_OF_NAME.sub(" ", words)
    return capitalized(" ".join(words.split())) or name


def _first(entries: object) -> Mapping[str, object]:
    """Return the first entry of a list of objects, or an empty object."""
    entry = entries[0] if isinstance(entries, list) and entries else None
    return entry if isinstance(entry, dict) else {}


def _text(value: object) -> str:
    """Return text without lone surrogates and outer spaces; empty text for any other value."""
    return value.encode("utf-8", "replace").decode().strip() if isinstance(value, str) else ""


def version_of(tables: Tables, choices: Choices, day: date | None = None) -> str:
    """Return a hash of all cells, headers and metadata, what the user has set, and the day."""
    digest = hashlib.sha256()

    def add(*content: object) -> None:
        digest.update(repr(content).encode("utf-8", "surrogatepass"))

    add(
        tables.name,
        sorted(choices.columns.items()),
        sorted(tables.descriptor.items(), key=str),
        day,
    )
    add(choices.title, choices.records, choices.table, choices.drawn)
    add(sorted(choices.facts.kinds.items()), sorted(choices.facts.totals.items()))
    for name, frame in sorted(tables.frames.items()):
        add(name, frame.index.tolist())
        for column in frame.columns:
            cells = frame[column].tolist()
            add(column)
            # Joined cells do not show where one ends, so their lengths are added.
            digest.update(np.fromiter(map(len, cells), np.int64, len(cells)).tobytes())
            digest.update("".join(cells).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
