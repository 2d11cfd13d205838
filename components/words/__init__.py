"""The texts of the page in every language, one TOML catalogue per language.

A message is a text with ``{names}`` of values in it. If it depends on a number, it is a text for
each plural form of the language (``one``, ``other``, ...: Unicode CLDR, through Babel).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlencode

from babel import Locale, negotiate_locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from components.model.organization import Organization, Records
from components.model.text import capitalized

Message = str | Mapping[str, str]
FOLDER = Path(__file__).parent
MAX_CACHED_NUMBERS = 4_096
"""Formatted numbers that are kept, since the same small ones are written again and again."""
SMALL_SHARE = 0.1
"""Shares below it have a decimal."""
DEFAULT = "en"
LANGUAGE = "lang"
"""The parameter of an address that sets the language."""
INSTEAD = "instead"
"""The table of a catalogue with a table of messages for each of ``Records`` but units."""
FOR_SCRIPTS = "script"
"""The table of a catalogue with the messages of scripts (``remit.message``)."""


@dataclass(frozen=True)
class Words:
    """The messages of one language; ``words(key)`` returns a message."""

    language: str
    messages: Mapping[str, Message] = field(repr=False, compare=False)
    script: Mapping[str, Message] = field(repr=False, compare=False)
    """The messages of scripts, which fill in the values themselves."""

    def __call__(self, key: str, *, count: int | None = None, **values: str) -> str:
        """Return a message with its values filled in.

        ``count`` selects the plural form, and is formatted as the value ``{count}``.

        Raises:
            KeyError: there is no such message, or one of its values is missing.
        """
        if count is not None:
            values["count"] = self.number(count)
        return self.message(key, count).format_map(values)

    def message(self, key: str, count: int | None = None) -> str:
        """Return a message with the names of its values, in the plural form of ``count``."""
        message = self.messages[key]
        if isinstance(message, str):
            return message
        return message.get(self.locale.plural_form(count or 0), message["other"])

    def has(self, key: str) -> bool:
        """Return whether there is a message with this key."""
        return key in self.messages

    def number(self, number: int | Decimal) -> str:
        """Return a number formatted for the language, with all its decimals: 1,214.5 or 1 214,5."""
        exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
        return _formatted(number, -exponent if isinstance(exponent, int) else 0, self.language)

    def percent(self, share: float) -> str:
        """Return a share formatted for the language: 24%, 0.4 %."""
        digits = "0" if share >= SMALL_SHARE or not share else "0.0"
        pattern = self.locale.percent_formats[None].pattern.replace("0", digits, 1)
        return str(format_percent(share, pattern.replace("#,##", ""), locale=self.locale))

    def date(self, text: str) -> str:
        """Return an ISO 8601 date formatted for the language; other text is returned unchanged."""
        try:
            return str(format_date(date.fromisoformat(text), "medium", locale=self.locale))
        except ValueError:
            return text

    def capitalized(self, text: str) -> str:
        """Return a text, which may begin with a message, with a capital at its beginning."""
        return capitalized(text)

    def uncapitalized(self, text: str) -> str:
        """Return a text, which may begin with a message, with a small letter at its beginning."""
        return f"{text[:1].lower()}{text[1:]}"

    def query(self, query: str) -> str:
        """Return the query of an address with the language in it, unless that is the default."""
        if self.language == DEFAULT:
            return query
        return f"{query}{'&' if query else '?'}{urlencode({LANGUAGE: self.language})}"

    def about(self, organization: Organization) -> Words:
        """Return the messages that speak of what the units of an organization are."""
        return words_in(self.language, organization.records)

    def foreign(self, language: str) -> str | None:
        """Return the language of data if it is known and differs from this one; else None."""
        is_same = language.partition("-")[0].lower() == self.language
        return None if is_same else language or None

    @property
    def locale(self) -> Locale:
        """Return the CLDR locale of the language."""
        return _locale(self.language)

    @property
    def name(self) -> str:
        """Return the name of the language in itself: English, Français, Español."""
        name = str(self.locale.get_display_name())
        return name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        """Return the direction of its text: ``ltr`` or ``rtl``."""
        return str(self.locale.text_direction)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@lru_cache(MAX_CACHED_NUMBERS)
def _formatted(number: int | Decimal, places: int, language: str) -> str:
    """Return a number with some decimals."""
    pattern = f"#,##0.{'0' * places}" if places > 0 else None
    return str(format_decimal(number, pattern, locale=_locale(language)))


@cache
def words_in(language: str, records: Records = Records.UNITS) -> Words:
    """Return the messages of one of the ``languages``.

    They call units what ``records`` says: "12 units", "12 people", "12 posts".
    """
    text = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    messages = tomllib.loads(text)
    script, instead = messages.pop(FOR_SCRIPTS), messages.pop(INSTEAD).get(records, {})
    messages |= script | instead
    script |= {key: message for key, message in instead.items() if key in script}
    return Words(language, messages, script)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, the default one first."""
    codes = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return (DEFAULT, *(code for code in codes if code != DEFAULT))


def language_of(wanted: Sequence[str]) -> str:
    """Return the code of the first wanted language (BCP 47) that is available; empty if none is.

    The region of a language is ignored: ``fr-CA`` is ``fr``.
    """
    return (negotiate_locale(wanted, languages(), sep="-") or "").lower()


def language_for(requested: str, preferred: Sequence[str]) -> str:
    """Return the requested language, or else the first preferred one that is available."""
    return language_of([requested, *preferred]) or DEFAULT
