"""Whose words a page says: its own stand in brackets here, and data in Greek letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pandas as pd

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.tables import Tables
from components.words import Message, Words, words_in

LATIN, GREEK = "abcdefghijklmnopqrstuvwxyz", "αβγδεφγηιικλμνοπθρστυωωξυζ"
TO_GREEK = str.maketrans(LATIN + LATIN.upper(), GREEK + GREEK.upper())
KEPT = {
    *("id", "parent_id", "unit_id", "from_id", "to_id", "reference_id"),
    *("kind", "themes", "position"),
}
"""Columns that link tables, and those of which the page knows some values."""
SAID = ("aria-label", "title", "placeholder", "alt", "content")
"""Attributes that a reader hears or sees."""
KEYS_OF_ALL = re.compile("[A-Z]|F[0-9]+")
"""What stands on keyboards of every language."""
VOID = {"br", "hr", "img", "input", "link", "meta"}
OURS = re.compile("⟦[^⟦⟧]*(⟧|…)")
"""What the page itself says; where room is short its end is cut off."""


class _InBrackets(Words):
    def about(self, _organization: Organization) -> Words:
        """Return the same words, whatever the units are."""
        return self


def in_brackets(language: str = "fr") -> Words:
    """Return the words in a language with each message in brackets."""

    def marked(message: Message) -> Message:
        if isinstance(message, str):
            return f"⟦{message}⟧"
        return {form: f"⟦{text}⟧" for form, text in message.items()}

    words = words_in(language)
    messages = {key: marked(text) for key, text in words.messages.items()}
    return _InBrackets(language, messages, words.script)


def in_greek(tables: Tables) -> Organization:
    """Return an organization with all its words in Greek letters, so that they can be told."""

    def translated(name: str, column: pd.Series[str]) -> pd.Series[str]:
        return column if name in KEPT else column.map(lambda text: text.translate(TO_GREEK))

    frames = {
        table: frame.apply(lambda column: translated(str(column.name), column))
        for table, frame in tables.frames.items()
    }
    package = tables.descriptor
    descriptor = {
        "language": "el",
        "created": package["created"],
        "title": package["title"].translate(TO_GREEK),
        "description": package["description"].translate(TO_GREEK),
        "sources": [{"title": "Πηγη", "path": "https://harbour.example/"}],
        "licenses": [{"title": "Αδεια"}],
    }
    return import_tables(Tables("el", frames, descriptor)).organization


@dataclass
class Said(HTMLParser):
    """What a text in HTML or SVG says, and whether each piece of it is marked as Greek.

    What is marked as any other language is left out: languages are named in their own words.
    """

    said: list[tuple[str, bool]] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: text or "" for name, text in attrs}
        language = attributes.get("lang", self.language)
        for name in SAID:
            if name in attributes and language in {"", "el"}:
                self.said.append((attributes[name], True))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        on_a_key = self._open and self._open[-1][0] == "kbd"
        if self.language in {"", "el"} and not (on_a_key and KEYS_OF_ALL.fullmatch(data)):
            self.said.append((data, self.language == "el"))


def leaks(text: str) -> list[str]:
    """Return the words in Latin letters that are not the page's own."""
    while OURS.search(text):
        text = OURS.sub(" ", text)
    return re.findall("[A-Za-zÀ-ÖØ-öø-ÿ]+", text)


def leaks_of_html(text: str) -> list[str]:
    """Return the words of a page or a picture that are neither its own nor data."""
    reader = Said()
    reader.feed(text)
    return leaks("".join(said for said, _ in reader.said))


def unmarked(text: str) -> list[str]:
    """Return the data in a page that are not marked with their language."""
    reader = Said()
    reader.feed(text)
    ours = OURS.sub(" ", "".join(said for said, is_marked in reader.said if not is_marked))
    return re.findall("[\u0370-\u03ff]+", ours)


def texts_in(content: object) -> Iterator[str]:
    """Yield each text that stands in JSON."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for each in content.values():
            yield from texts_in(each)
    elif isinstance(content, (list, tuple)):
        for each in content:
            yield from texts_in(each)
