"""The page's own words in every language that it speaks: a table a language beside this file.

A message is a text with ``{names}`` of values in it, or, where it depends on a number, a text for
each plural form of the language (``one``, ``other``, ...: Unicode's CLDR, through Babel). Data are
no words of the page: they stay in their own language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.dates import format_date
from babel.numbers import format_decimal

Message = str | Mapping[str, str]
TABLES = Path(__file__).parent
DEFAULT = "en"
LANGUAGE = "lang"
"""The parameter of every address that names a language."""
FOR_SCRIPTS = "script"
"""The table in a catalogue whose messages the page's scripts say (``remit.message``)."""


@dataclass(frozen=True)
class Words:
    """The page's words in one language; called with the key of a message, it says it."""

    language: str
    messages: Mapping[str, Message] = field(repr=False, compare=False)
    script: Mapping[str, Message] = field(repr=False, compare=False)
    """What the page's scripts say; in the form of the catalogue, since they fill in the values."""

    def __call__(self, key: str, *, count: int | None = None, **values: str) -> str:
        """Return a message with its values filled in.

        ``count`` chooses the plural form, and stands in the text as the language writes numbers.

        Raises:
            KeyError: there is no such message, or a value that stands in it is not given.
        """
        message = self.messages[key]
        if not isinstance(message, str):
            forms = message
            form = self.locale.plural_form(count or 0)
            message = forms[form if form in forms else "other"]
        if count is not None:
            values["count"] = self.number(count)
        return message.format_map(values)

    def has(self, key: str) -> bool:
        """Tell whether there is a message: of a kind in the data there may be one, or none."""
        return key in self.messages

    def number(self, number: int) -> str:
        """Return a whole number as the language writes it: 1,214 or 1 214."""
        return str(format_decimal(number, locale=self.locale))

    def date(self, text: str) -> str:
        """Return a date (ISO 8601: 2026-11-23) as the language writes it; other text as it is."""
        try:
            return str(format_date(date.fromisoformat(text), "medium", locale=self.locale))
        except ValueError:
            return text

    def foreign(self, language: str) -> str | None:
        """Return a language as a mark of data in it; None if it is this one, or not known."""
        is_ours = language.partition("-")[0].lower() == self.language
        return None if is_ours else language or None

    @property
    def locale(self) -> Locale:
        """Return what Unicode's CLDR knows of the language."""
        return Locale.parse(self.language)

    @property
    def name(self) -> str:
        """Return what the language calls itself, as a heading: English, Français, Español."""
        name = str(self.locale.get_display_name())
        return name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``: where a line begins."""
        return str(self.locale.text_direction)


@cache
def words_in(language: str) -> Words:
    """Return the words in one of the ``languages``."""
    text = (TABLES / f"{language}.toml").read_text(encoding="utf-8")
    messages = tomllib.loads(text)
    script = messages.pop(FOR_SCRIPTS)
    return Words(language, messages | script, script)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there is a table for, the default one first."""
    found = sorted(path.stem for path in TABLES.glob("*.toml"))
    return (DEFAULT, *(code for code in found if code != DEFAULT))


def language_of(wanted: Sequence[str]) -> str:
    """Return the first of some languages (BCP 47) that there are words in; empty if none is.

    Of a country (``fr-CA``) it is the language.
    """
    return (negotiate_locale(wanted, languages(), sep="-") or "").lower()


def language_for(asked: str, preferred: Sequence[str]) -> str:
    """Return the language that is asked for, else the best of those that a reader prefers."""
    return language_of([asked, *preferred]) or DEFAULT
