"""Texts in several languages at once, of which each reader sees one.

What is made for many readers is made once, with the words of all their languages in it: a text that
differs between these stands there in each of them, one after the other (``alternatives``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import TypeVar

from babel import Locale

from components.model.organization import Organization
from components.words import Words

OPEN, OR, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
"""Around the alternatives of a text, and between them: characters that stand for nothing, which
Unicode keeps for use within a program."""
ALTERNATIVES = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
Made = TypeVar("Made")


def alternatives(texts: Sequence[str]) -> str:
    """Return the texts of several languages as one; if all are the same, it is that text."""
    return texts[0] if len({*texts}) == 1 else f"{OPEN}{OR.join(texts)}{CLOSE}"


def in_language(text: str, place: int) -> str:
    """Return a text as the language has it that stands at a place among the alternatives.

    ``assets/js/frozen/packs.js`` does the same.
    """
    return ALTERNATIVES.sub(lambda found: found[1].split(OR)[place], text)


class OtherOrderError(Exception):
    """A message has its values in another order in another language, and these are no text."""


@dataclass(frozen=True)
class Multilingual(Words):
    """The messages of several languages at once."""

    each: tuple[Words, ...] = ()
    """The messages of each language."""
    _messages: dict[tuple[str, int | None], tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, each: Sequence[Words]) -> Words:
        """Return the messages of some languages; those of one language as they are."""
        first = each[0]
        language = " ".join(words.language for words in each)
        return cls(language, first.messages, first.script, (*each,)) if len(each) > 1 else first

    def __call__(self, key: str, *, count: int | None = None, **values: str) -> str:
        """Return a message in all languages, as ``Words`` does in one.

        Raises:
            OtherOrderError: the languages have its values in different orders, and one of these
                marks the place of something that is no text (``components/views/text.py``).
        """
        messages = self._messages.get((key, count))
        if messages is None:
            messages = tuple(words.message(key, count) for words in self.each)
            self._messages[key, count] = messages
        if count is not None:
            values["count"] = self.number(count)
        parts = _parts(messages)
        if parts is None:
            return self._in_other_orders(messages, values)
        return "".join(text if name is None else text + values[name] for text, name in parts)

    def number(self, number: int | Decimal) -> str:
        """Return a number as each language writes it."""
        return alternatives([words.number(number) for words in self.each])

    def percent(self, share: float) -> str:
        """Return a share as each language writes it."""
        return alternatives([words.percent(share) for words in self.each])

    def date(self, text: str) -> str:
        """Return a date as each language writes it."""
        return alternatives([words.date(text) for words in self.each])

    def capitalized(self, text: str) -> str:
        """Return a text with a capital at its beginning in each language."""
        return self._with_beginning(text, Words.capitalized)

    def uncapitalized(self, text: str) -> str:
        """Return a text with a small letter at its beginning in each language."""
        return self._with_beginning(text, Words.uncapitalized)

    def _with_beginning(self, text: str, change: Callable[[Words, str], str]) -> str:
        if not text.startswith(OPEN):
            return change(self, text)
        texts = [in_language(text, place) for place in range(len(self.each))]
        return alternatives([change(self, each) for each in texts])

    def query(self, query: str) -> str:
        """Return the query of an address with each language in it."""
        ends = [words.query(query).removeprefix(query) for words in self.each]
        return query + alternatives(ends)

    def about(self, organization: Organization) -> Words:
        """Return the messages that speak of what the units of an organization are."""
        return Multilingual.of([words.about(organization) for words in self.each])

    def foreign(self, language: str) -> str | None:
        """Return the language of data, if it is known: one of several differs from it."""
        return language or None

    @property
    def locale(self) -> Locale:
        """Several languages have no locale."""
        message = f"{self.language} are several languages."
        raise ValueError(message)

    def _in_other_orders(self, messages: Sequence[str], values: Mapping[str, str]) -> str:
        if any("\0" in value for value in values.values()):
            raise OtherOrderError
        return alternatives(
            [
                message.format_map({name: in_language(values[name], place) for name in values})
                for place, message in enumerate(messages)
            ]
        )


def in_languages(words: Words, make: Callable[[Words], Made]) -> list[tuple[Words, Made]]:
    """Return what is made with words, or with those of each language if all at once cannot be."""
    try:
        return [(words, make(words))]
    except OtherOrderError:
        each = words.each if isinstance(words, Multilingual) else ()
        return [(one, make(one)) for one in each]


@cache
def _parts(messages: tuple[str, ...]) -> Sequence[tuple[str, str | None]] | None:
    """Return the texts of a message, each with the name of the value that follows it, or None.

    It is None as a whole if the languages have the values in different orders.
    """
    texts, names = zip(*map(_divided, messages), strict=True)
    if len({*names}) > 1:
        return None
    return [*zip(map(alternatives, zip(*texts, strict=True)), (*names[0], None), strict=True)]


def _divided(message: str) -> tuple[Sequence[str], tuple[str, ...]]:
    """Return the texts around the values of a message, and the names of these."""
    texts, names = [""], list[str]()
    for text, name, _, _ in Formatter().parse(message):
        texts[-1] += text
        if name is not None:
            names.append(name)
            texts.append("")
    return texts, tuple(names)
