"""The facts of a unit, as the page writes them: numbers, dates, links, texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.model.facts import FactColumn, FactKind
from components.model.index import OrganizationIndex
from components.model.measures import Measure
from components.model.text import heading_text
from components.views.attributes import data
from components.views.text import Content, language_attributes
from components.words import Words
from components.words.measures import amount, shares_note

LONGEST_OPEN = 240
"""Characters of a text from which on it is folded."""
EMAIL = re.compile(r"[^\s@?&%,;:<>\"()]+@[^\s@?&%,;:<>\"()]+\.[^\s@?&%,;:<>\"()]+")
WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
BARE_WEB = re.compile(r"www\.[^\s<>\"]+", re.IGNORECASE)
NOT_DIALLED = re.compile(r"[^\d+]")
NO_TRUST = "noopener noreferrer nofollow"
"""How the page relates to addresses in the data: it vouches for none, and tells them nothing."""


def fact_terms(index: OrganizationIndex, unit: int, words: Words) -> list[Component]:
    """Return a term and a description for each fact of a unit, in the order of the table.

    Of a measure that adds up, the description has the sum with the units below, and its share.
    """
    organization = index.organization
    attributes = language_attributes(organization, words)
    terms = []
    for fact in organization.facts.values():
        if fact.compared:
            continue  # what has changed has a section of its own
        content: Content = fact_content(fact, unit, words) if fact.cells[unit] else []
        if fact.kind is FactKind.NUMBER:
            content += _sum(index, index.measures[fact.id], unit, words, is_first=not content)
        if content:
            description = html.Dd(content, **data(fact=fact.id), **attributes)
            terms += [html.Dt(heading_text(fact.heading), **attributes), description]
    return terms


def _sum(
    index: OrganizationIndex, measure: Measure, unit: int, words: Words, *, is_first: bool
) -> Content:
    """Return the sum of a measure over a unit and those below, and its shares."""
    organization = index.organization
    end = unit + int(organization.size[unit])
    if not measure.is_additive or not measure.is_known_in(unit, end):
        return []
    note = shares_note(organization, measure, unit, words)
    if not organization.is_leaf(unit) and not measure.is_total:
        total = words("sum-below", amount=amount(measure, measure.sum(unit), words))
        note = " · ".join(filter(None, (total, note)))
    return [*([] if is_first else [" "]), html.Small(note, className="shares")] if note else []


def fact_content(fact: FactColumn, unit: int, words: Words) -> Content:
    """Return a fact of a unit; what cannot be read as its kind is shown as it is."""
    return CONTENTS[fact.kind](fact, unit, words)


def linked_text(cell: str) -> Content:
    """Return the text of a cell with its e-mail and web addresses as links."""
    return _entries(cell, lambda entry: _email(entry) or _web(entry))


def _number(fact: FactColumn, unit: int, words: Words) -> Content:
    number = fact.quantity(unit)
    if number is None:
        return [fact.cells[unit]]
    is_in_heading = not fact.unit or fact.unit in fact.heading
    return [words.number(number) if is_in_heading else f"{words.number(number)} {fact.unit}"]


def _date(fact: FactColumn, unit: int, words: Words) -> Content:
    day = fact.day(unit)
    if day is None or not all(day):
        return [fact.cells[unit]]
    try:
        text = date(*day).isoformat()
    except ValueError:
        return [fact.cells[unit]]
    return [html.Time(words.date(text), dateTime=text)]


def _text(fact: FactColumn, unit: int, _words: Words) -> Content:
    return folded_text(fact.cells[unit])


def folded_text(text: str) -> Content:
    """Return a text; of a long one, all is folded but the beginning."""
    if len(text) <= LONGEST_OPEN:
        return [text]
    beginning, space, _ = text[:LONGEST_OPEN].rpartition(" ")
    opened = beginning if space else text[:LONGEST_OPEN]
    return [html.Details([html.Summary(f"{opened}…"), html.P(text)], className="folded-text")]


def _links(fact: FactColumn, unit: int, _words: Words) -> Content:
    return linked_text(fact.cells[unit])


def _phones(fact: FactColumn, unit: int, _words: Words) -> Content:
    return _entries(fact.cells[unit], _phone)


def _entries(cell: str, link: Callable[[str], Component | None]) -> Content:
    """Return a cell, or each entry of a list in a cell, as a link where it can be one."""
    whole = link(cell)
    if whole is not None:
        return [whole]
    parts = re.split(r"(\s*[;\n]\s*|,\s+|\s+/\s+)", cell)
    return [part if at % 2 else (link(part) or part) for at, part in enumerate(parts) if part]


def _email(text: str) -> Component | None:
    return html.A(text, href=f"mailto:{text}") if EMAIL.fullmatch(text) else None


def _web(text: str) -> Component | None:
    """Return a link to a web address; no other scheme ever becomes a link."""
    if WEB.fullmatch(text):
        return html.A(text, href=text, rel=NO_TRUST, target="_blank")
    if BARE_WEB.fullmatch(text):
        return html.A(text, href=f"https://{text}", rel=NO_TRUST, target="_blank")
    return None


def _phone(text: str) -> Component | None:
    digits = NOT_DIALLED.sub("", text.replace("(0)", ""))
    is_number = sum(map(str.isdecimal, digits)) > len("112") and digits.rfind("+") <= 0
    has_words = any(map(str.isalpha, text))
    return html.A(text, href=f"tel:{digits}") if is_number and not has_words else None


CONTENTS: Mapping[FactKind, Callable[[FactColumn, int, Words], Content]] = {
    FactKind.TEXT: _text,
    FactKind.CATEGORY: _text,
    FactKind.YES_NO: _text,
    FactKind.NUMBER: _number,
    FactKind.DATE: _date,
    FactKind.EMAIL: _links,
    FactKind.LINK: _links,
    FactKind.IMAGE: _links,
    FactKind.PHONE: _phones,
}
"""The function that writes each kind of fact."""
