"""The texts of a unit that the search looks at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from components.model.facts import FactKind
from components.model.organization import Organization
from components.model.text import split_list

FIELD_OF = {
    "name": "name",
    "short_name": "name",
    "acronym": "name",
    "alias": "name",
    "responsibility": "responsibilities",
    "theme": "context",
    "reference": "context",
    "head": "context",
    "person": "context",
    "location": "context",
    "type": "context",
    "status": "context",
    "summary": "summary",
    "notes": "summary",
    "fact": "facts",
}
"""The field of the index for each kind of text."""


class Text(NamedTuple):
    """A text of a unit."""

    kind: str
    text: str
    heading: str = ""
    """What the column of a fact is called, or that of the types."""


def texts_of(organization: Organization, unit: int) -> Iterator[Text]:
    """Yield each text of a unit: its name first, then by relevance."""
    units, references = organization.units, organization.references
    duties, people = organization.responsibilities.of(unit), organization.people.of(unit)
    texts = [
        Text("name", units["name"][unit]),
        *_filled(organization, unit, "acronym", "short_name"),
        *(Text("alias", alias) for alias in split_list(units["aliases"][unit])),
        *(Text("responsibility", duty.text) for duty in duties if duty.text),
    ]
    for mention in organization.mentions.of(unit):
        reference = references[mention.reference]
        acronym = f" ({reference.acronym})" if reference.acronym else ""
        texts.append(Text("reference", reference.name + acronym))
    texts += (
        Text("theme", organization.themes[theme].name) for duty in duties for theme in duty.themes
    )
    texts += (
        Text("person", ", ".join(filter(None, (person.name, person.title, person.email))))
        for person in people
    )
    texts += _filled(organization, unit, "head", "location", "summary", "type", "status", "notes")
    texts += _facts(organization, unit)
    texts += (
        Text("fact", f"{cell} ({person.name})", heading)
        for person in people
        for heading, cell in person.facts.items()
        if cell
    )
    filled = (text for text in texts if text.text or text.kind == "name")
    yield from dict.fromkeys(filled)


def _filled(organization: Organization, unit: int, *kinds: str) -> Iterator[Text]:
    """Yield those cells of a unit that are not empty, as most are."""
    for kind in kinds:
        if cell := organization.units[kind][unit]:
            yield Text(kind, cell, organization.type_heading if kind == "type" else "")


def _facts(organization: Organization, unit: int) -> Iterator[Text]:
    """Yield the facts of a unit; telephone numbers also as people type them, without spaces."""
    for fact in organization.facts.values():
        if cell := fact.cells[unit]:
            yield Text("fact", cell, fact.heading)
        if cell and fact.kind is FactKind.PHONE:
            yield Text("fact", "".join(filter(str.isdecimal, cell)), fact.heading)
