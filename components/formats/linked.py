"""An organization as linked data: the Organization Ontology (W3C ORG) in Turtle and in JSON-LD.

https://www.w3.org/TR/vocab-org/ says what the terms mean. Both files hold the same statements. They
are written here: so few shapes of statement need no store of triples, which takes minutes for a
large organization.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from components.formats.tables import stated_relations
from components.model.organization import Organization, Responsibility
from components.model.text import ascii_slug, split_list
from components.view_state import query_of

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')
"""What must not stand in an IRI (Turtle, IRIREF)."""
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Iri:
    """The name of a thing."""

    iri: str


@dataclass(frozen=True, slots=True)
class _Literal:
    """A text, in a language or of a type, or neither."""

    text: str
    language: str = ""
    type: str = ""


_Property = tuple[str, _Iri | _Literal]
"""A term with its prefix, or an IRI; and a value."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is said of one thing."""

    iri: str
    type: str
    properties: Sequence[_Property]


def turtle(organization: Organization, address: str) -> bytes:
    """Return the organization as Turtle.

    ``address`` is that of the page, with a slash at its end: a unit's name is then the address of
    its page. Where it is empty, names are URNs.
    """
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()]
    for thing in _things(organization, _Names(organization, address)):
        said = [f"a {thing.type}"]
        said += (f"{_term(name)} {_turtle_value(value)}" for name, value in thing.properties)
        lines.append(f"\n<{thing.iri}> " + " ;\n  ".join(said) + " .")
    return ("\n".join(lines) + "\n").encode()


def json_ld(organization: Organization, address: str) -> bytes:
    """Return the organization as JSON-LD, with the names that ``turtle`` gives."""
    things = _things(organization, _Names(organization, address))
    graph = ",\n".join(json.dumps(_json_thing(thing), ensure_ascii=False) for thing in things)
    return f'{{"@context": {json.dumps(PREFIXES)},\n"@graph": [\n{graph}\n]}}\n'.encode()


class _Names:
    """What things are called: valid IRIs, whatever their ids are."""

    def __init__(self, organization: Organization, address: str) -> None:
        self._ids = organization.units["id"]
        self._address = _iri(address)
        self._urn = f"urn:remit:{ascii_slug(organization.about.name) or 'organization'}"

    def unit(self, unit: int) -> str:
        if self._address:
            return f"{self._address}?{query_of({'unit': self._ids[unit]})}"
        return self.of("unit", self._ids[unit])

    def of(self, kind: str, *names: str) -> str:
        quoted = [quote(name, safe="") for name in names]
        if self._address:
            return f"{self._address}#{'/'.join([kind, *quoted])}"
        return ":".join([self._urn, kind, *quoted])

    @property
    def dataset(self) -> str:
        return f"{self._address}data/" if self._address else f"{self._urn}:dataset"


def _things(organization: Organization, names: _Names) -> Iterator[_Thing]:
    language = organization.about.language
    yield from _dataset(organization, names)
    yield from _units(organization, names)
    for kind in dict.fromkeys(filter(None, organization.units["type"])):
        yield _concept(names.of("type", kind), kind, language)
    for kind in filter(None, organization.relation_kinds):
        yield _Thing(
            names.of("relation", kind),
            "rdf:Property",
            [
                ("rdfs:subPropertyOf", _Iri(f"{PREFIXES['org']}linkedTo")),
                ("rdfs:label", _Literal(kind, language)),
            ],
        )
    for theme in organization.themes.values():
        described = _told("skos:definition", theme.description, language)
        yield _concept(names.of("theme", theme.id), theme.name, language, described)
    for reference in organization.references.values():
        described = _told("skos:altLabel", reference.acronym, language)
        described += _told("skos:definition", reference.description, language)
        yield _concept(names.of("reference", reference.id), reference.name, language, described)


def _dataset(organization: Organization, names: _Names) -> Iterator[_Thing]:
    about = organization.about
    said: list[_Property] = [("dct:title", _Literal(about.title, about.language))]
    said += _told("dct:description", about.description, about.language)
    said += _told("dct:language", about.language)
    if about.date:
        a_type = "xsd:date" if A_DAY.fullmatch(about.date) else ""
        said.append(("dct:created", _Literal(about.date, type=a_type)))
    if about.source_url:
        said.append(("dct:source", _Iri(_iri(about.source_url))))
    else:
        said += _told("dct:source", about.source_title, about.language)
    if about.licence:
        said.append(("dct:license", _Iri(names.of("licence", "data"))))
    yield _Thing(names.dataset, "dcat:Dataset", said)
    if about.licence:
        label = _Literal(about.licence, about.language)
        licence = names.of("licence", "data")
        yield _Thing(licence, "dct:LicenseDocument", [("rdfs:label", label)])


def _units(organization: Organization, names: _Names) -> Iterator[_Thing]:
    links: dict[int, list[_Property]] = {}
    for row in stated_relations(organization):
        terms = ["org:linkedTo", *([names.of("relation", row.kind)] if row.kind else [])]
        target = _Iri(names.unit(row.target))
        links.setdefault(row.origin, []).extend((term, target) for term in terms)
    for unit in range(len(organization)):
        duties = [
            (names.of("responsibility", organization.units["id"][unit], str(place)), row)
            for place, row in enumerate(organization.responsibilities.of(unit), start=1)
        ]
        said = _unit(organization, unit, names)
        said += (("org:purpose", _Iri(duty)) for duty, _ in duties)
        said += dict.fromkeys(
            ("dct:references", _Iri(names.of("reference", mention.reference)))
            for mention in organization.mentions.of(unit)
        )
        said += dict.fromkeys(links.get(unit, []))
        kind = (
            "org:Organization"
            if unit == 0 and organization.has_synthetic_top
            else "org:OrganizationalUnit"
        )
        yield _Thing(names.unit(unit), kind, said)
        for duty, told in duties:
            yield _duty(duty, told, names, organization.about.language)


def _unit(organization: Organization, unit: int, names: _Names) -> list[_Property]:
    """Return what the table of units says of one, and what it is part of."""
    cells = {column: values[unit] for column, values in organization.units.items()}
    language, above = organization.about.language, int(organization.parent[unit])
    others = dict.fromkeys([cells["short_name"], cells["acronym"], *split_list(cells["aliases"])])
    said = _told("dct:identifier", cells["id"]) + _told("skos:prefLabel", cells["name"], language)
    for name in others:
        if name != cells["name"]:
            said += _told("skos:altLabel", name, language)
    if above >= 0:
        said.append(("org:subOrganizationOf", _Iri(names.unit(above))))
    if cells["type"]:
        said.append(("org:classification", _Iri(names.of("type", cells["type"]))))
    said += _told("dct:description", cells["summary"], language)
    return said + _told("dct:source", cells["source"], language)


def _duty(iri: str, row: Responsibility, names: _Names, language: str) -> _Thing:
    """Return a responsibility: ORG recommends that a purpose is a concept."""
    said: list[_Property] = [("dct:subject", _Iri(names.of("theme", each))) for each in row.themes]
    return _concept(iri, row.text, language, said + _told("dct:source", row.source, language))


def _concept(iri: str, label: str, language: str, said: Sequence[_Property] = ()) -> _Thing:
    return _Thing(iri, "skos:Concept", [("skos:prefLabel", _Literal(label, language)), *said])


def _told(term: str, text: str, language: str = "") -> list[_Property]:
    """Return a property with a text; nothing if there is none."""
    return [(term, _Literal(text, language))] if text else []


def _iri(text: str) -> str:
    return NO_IRI.sub(lambda found: quote(found[0], safe=""), text)


def _term(name: str) -> str:
    """Return a property in Turtle: a term with one of the prefixes, or else an IRI."""
    return name if name.partition(":")[0] in PREFIXES else f"<{name}>"


def _turtle_value(value: _Iri | _Literal) -> str:
    if isinstance(value, _Iri):
        return f"<{value.iri}>"
    # A string of JSON is one of Turtle, too: both escape by a backslash, or as \uXXXX.
    text = json.dumps(value.text, ensure_ascii=False)
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.type}" if value.type else text


def _json_thing(thing: _Thing) -> dict[str, Any]:
    said: dict[str, Any] = {"@id": thing.iri, "@type": thing.type}
    for name, value in thing.properties:
        said.setdefault(name, []).append(_json_value(value))
    return said


def _json_value(value: _Iri | _Literal) -> dict[str, str] | str:
    if isinstance(value, _Iri):
        return {"@id": value.iri}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": value.type} if value.type else value.text
