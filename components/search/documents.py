"""The texts of a unit that the search looks at."""

from __future__ import annotations

from collections.abc import Iterator

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
    "summary": "summary",
}
"""The field of the index for each kind of text."""


def texts_of(organization: Organization, unit: int) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each text of a unit: its name first, then by relevance."""
    units, references = organization.units, organization.references
    duties = organization.responsibilities.of(unit)
    texts = [
        ("name", units["name"][unit]),
        ("acronym", units["acronym"][unit]),
        ("short_name", units["short_name"][unit]),
        *(("alias", alias) for alias in split_list(units["aliases"][unit])),
        *(("responsibility", duty.text) for duty in duties),
    ]
    for mention in organization.mentions.of(unit):
        reference = references[mention.reference]
        acronym = f" ({reference.acronym})" if reference.acronym else ""
        texts.append(("reference", reference.name + acronym))
    texts += (
        ("theme", organization.themes[theme].name) for duty in duties for theme in duty.themes
    )
    texts += (
        ("person", ", ".join(filter(None, (person.name, person.title))))
        for person in organization.people.of(unit)
    )
    texts += ((kind, units[kind][unit]) for kind in ("head", "location", "summary", "type"))
    yield from ((kind, text) for kind, text in dict.fromkeys(texts) if text or kind == "name")
