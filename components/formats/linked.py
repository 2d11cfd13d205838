"""An organization as linked data: the Organization Ontology (W3C ORG) in Turtle and in JSON-LD.

https://www.w3.org/TR/vocab-org/ defines the terms. Both files hold the same statements. They are
written without an RDF library, whose triple store takes minutes for a large organization.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from components.formats.package import ISO_DATE
from components.formats.tables import stated_relations
from components.formats.typed_facts import CellType, TypedFact, typed_facts
from components.model.facts import FactKind
from components.model.organization import Organization, Person, Responsibility
from components.model.text import ascii_slug, split_list
from components.view_state import query_of

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
WITHOUT_TERM = ("head", "location", "status", "notes")
"""Columns of units for which the ontology has no term: each has a property of its own."""
DATATYPES = {
    CellType.INTEGER: "xsd:integer",
    CellType.DECIMAL: "xsd:decimal",
    CellType.BOOLEAN: "xsd:boolean",
    CellType.DATE: "xsd:date",
    CellType.ADDRESS: "xsd:anyURI",
}
IN_A_LANGUAGE = (FactKind.TEXT, FactKind.CATEGORY, FactKind.YES_NO)
"""The kinds of facts whose texts are in the language of the dataset."""
NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')
"""Characters that an IRI must not contain (Turtle, IRIREF)."""


@dataclass(frozen=True, slots=True)
class _Iri:
    iri: str


@dataclass(frozen=True, slots=True)
class _Literal:
    """A text with a language tag, a datatype, or neither."""

    text: str
    language: str = ""
    datatype: str = ""


_Property = tuple[str, _Iri | _Literal]
"""Predicate (a term with a prefix, or an IRI) and object."""


@dataclass(frozen=True, slots=True)
class _Resource:
    """A subject with its class and its properties."""

    iri: str
    type: str
    properties: Sequence[_Property]


def turtle(organization: Organization, address: str) -> bytes:
    """Return the organization as Turtle.

    ``address`` is the address of the page, with a slash at its end. The IRI of a unit is then the
    address of its page; without an address, IRIs are URNs.
    """
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()]
    for resource in _resources(organization, address):
        statements = [f"a {resource.type}"]
        statements += (
            f"{_turtle_predicate(predicate)} {_turtle_object(value)}"
            for predicate, value in resource.properties
        )
        lines.append(f"\n<{resource.iri}> " + " ;\n  ".join(statements) + " .")
    return ("\n".join(lines) + "\n").encode()


def json_ld(organization: Organization, address: str) -> bytes:
    """Return the organization as JSON-LD, with the same IRIs as ``turtle``."""
    nodes = map(_json_node, _resources(organization, address))
    graph = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    return f'{{"@context": {json.dumps(PREFIXES)},\n"@graph": [\n{graph}\n]}}\n'.encode()


class _Iris:
    """The IRIs of an organization; ids may contain any characters."""

    def __init__(self, organization: Organization, address: str) -> None:
        self._ids = organization.units["id"]
        self._address = _valid_iri(address)
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


def _resources(organization: Organization, address: str) -> Iterator[_Resource]:
    language, iris = organization.about.language, _Iris(organization, address)
    facts = typed_facts(organization)
    yield from _dataset(organization, iris)
    yield from _units(organization, facts, iris)
    for column in WITHOUT_TERM:
        if any(organization.units[column]):
            yield _labelled_property(iris.of("column", column), column, "")
    for fact in facts:
        yield _labelled_property(iris.of("fact", fact.fact.id), fact.fact.heading, language)
    for heading in next((person.facts for person in organization.people.rows), ()):
        yield _labelled_property(iris.of("person-fact", heading), heading, language)
    for kind in dict.fromkeys(filter(None, organization.units["type"])):
        yield _concept(iris.of("type", kind), kind, language)
    for kind in filter(None, organization.relation_kinds):
        properties: list[_Property] = [
            ("rdfs:subPropertyOf", _Iri(f"{PREFIXES['org']}linkedTo")),
            ("rdfs:label", _Literal(kind, language)),
        ]
        yield _Resource(iris.of("relation", kind), "rdf:Property", properties)
    for theme in organization.themes.values():
        definition = _text("skos:definition", theme.description, language)
        yield _concept(iris.of("theme", theme.id), theme.name, language, definition)
    for reference in organization.references.values():
        properties = _text("skos:altLabel", reference.acronym, language)
        properties += _text("skos:definition", reference.description, language)
        yield _concept(iris.of("reference", reference.id), reference.name, language, properties)


def _dataset(organization: Organization, iris: _Iris) -> Iterator[_Resource]:
    about, licence = organization.about, iris.of("licence", "data")
    properties: list[_Property] = [("dct:title", _Literal(about.title, about.language))]
    properties += _text("dct:description", about.description, about.language)
    properties += _text("dct:language", about.language)
    if about.date:
        datatype = "xsd:date" if ISO_DATE.fullmatch(about.date) else ""
        properties.append(("dct:created", _Literal(about.date, datatype=datatype)))
    if about.source_url:
        properties.append(("dct:source", _Iri(_valid_iri(about.source_url))))
    else:
        properties += _text("dct:source", about.source_title, about.language)
    if about.licence:
        properties.append(("dct:license", _Iri(licence)))
    yield _Resource(iris.dataset, "dcat:Dataset", properties)
    if about.licence:
        label = _text("rdfs:label", about.licence, about.language)
        yield _Resource(licence, "dct:LicenseDocument", label)


def _labelled_property(iri: str, label: str, language: str) -> _Resource:
    return _Resource(iri, "rdf:Property", [("rdfs:label", _Literal(label, language))])


def _units(
    organization: Organization, facts: Sequence[TypedFact], iris: _Iris
) -> Iterator[_Resource]:
    links: dict[int, list[_Property]] = {}
    for row in stated_relations(organization):
        terms = ["org:linkedTo", *([iris.of("relation", row.kind)] if row.kind else [])]
        target = _Iri(iris.unit(row.target))
        links.setdefault(row.origin, []).extend((term, target) for term in terms)
    for unit, unit_id in enumerate(organization.units["id"]):
        duties = {
            iris.of("responsibility", unit_id, str(position)): duty
            for position, duty in enumerate(organization.responsibilities.of(unit), start=1)
        }
        properties = _unit_properties(organization, unit, iris)
        properties += _fact_properties(facts, unit, iris, organization.about.language)
        properties += (("org:purpose", _Iri(iri)) for iri in duties)
        properties += dict.fromkeys(
            ("dct:references", _Iri(iris.of("reference", mention.reference)))
            for mention in organization.mentions.of(unit)
        )
        properties += dict.fromkeys(links.get(unit, []))
        is_organization = unit == 0 and organization.has_synthetic_top
        kind = "org:Organization" if is_organization else "org:OrganizationalUnit"
        yield _Resource(iris.unit(unit), kind, properties)
        for iri, duty in duties.items():
            yield _duty(iri, duty, iris, organization.about.language)
        for position, person in enumerate(organization.people.of(unit), start=1):
            yield _person(iris.of("person", unit_id, str(position)), person, unit, iris)


def _unit_properties(organization: Organization, unit: int, iris: _Iris) -> list[_Property]:
    """Return the cells of a unit and its parent as properties."""
    cells = {column: values[unit] for column, values in organization.units.items()}
    language, parent = organization.about.language, int(organization.parent[unit])
    properties = _text("dct:identifier", cells["id"])
    properties += _text("skos:prefLabel", cells["name"], language)
    names = (cells["short_name"], cells["acronym"], *split_list(cells["aliases"]))
    for name in dict.fromkeys(names):
        if name != cells["name"]:
            properties += _text("skos:altLabel", name, language)
    if parent >= 0:
        properties.append(("org:subOrganizationOf", _Iri(iris.unit(parent))))
    if cells["type"]:
        properties.append(("org:classification", _Iri(iris.of("type", cells["type"]))))
    properties += _text("dct:description", cells["summary"], language)
    for column in WITHOUT_TERM:
        properties += _text(iris.of("column", column), cells[column], language)
    return properties + _text("dct:source", cells["source"], language)


def _fact_properties(
    facts: Sequence[TypedFact], unit: int, iris: _Iris, language: str
) -> Iterator[_Property]:
    for fact in facts:
        if cell := fact.cells[unit]:
            datatype = DATATYPES.get(fact.type, "")
            in_language = not datatype and fact.fact.kind in IN_A_LANGUAGE
            literal = _Literal(cell, language if in_language else "", datatype)
            yield iris.of("fact", fact.fact.id), literal


def _person(iri: str, person: Person, unit: int, iris: _Iris) -> _Resource:
    """Return somebody who works in a unit."""
    properties: list[_Property] = [("foaf:name", _Literal(person.name))]
    properties.append(("org:memberOf", _Iri(iris.unit(unit))))
    properties += _text("vcard:title", person.title)
    properties += _text("vcard:email", person.email)
    for heading, cell in person.facts.items():
        properties += _text(iris.of("person-fact", heading), cell)
    return _Resource(iri, "foaf:Person", properties)


def _duty(iri: str, duty: Responsibility, iris: _Iris, language: str) -> _Resource:
    """Return a responsibility as a concept, as ORG recommends for purposes."""
    properties: list[_Property] = [
        ("dct:subject", _Iri(iris.of("theme", theme))) for theme in duty.themes
    ]
    properties += _text("dct:source", duty.source, language)
    return _concept(iri, duty.text, language, properties)


def _concept(
    iri: str, label: str, language: str, properties: Sequence[_Property] = ()
) -> _Resource:
    name = ("skos:prefLabel", _Literal(label, language))
    return _Resource(iri, "skos:Concept", [name, *properties])


def _text(predicate: str, text: str, language: str = "") -> list[_Property]:
    """Return a property with a text, or no property if the text is empty."""
    return [(predicate, _Literal(text, language))] if text else []


def _valid_iri(text: str) -> str:
    return NOT_IN_IRI.sub(lambda match: quote(match[0], safe=""), text)


def _turtle_predicate(predicate: str) -> str:
    return predicate if predicate.partition(":")[0] in PREFIXES else f"<{predicate}>"


def _turtle_object(value: _Iri | _Literal) -> str:
    if isinstance(value, _Iri):
        return f"<{value.iri}>"
    # JSON's escapes in strings are valid in Turtle, too.
    text = json.dumps(value.text, ensure_ascii=False)
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.datatype}" if value.datatype else text


def _json_node(resource: _Resource) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": resource.iri, "@type": resource.type}
    for predicate, value in resource.properties:
        node.setdefault(predicate, []).append(_json_object(value))
    return node


def _json_object(value: _Iri | _Literal) -> dict[str, str] | str:
    if isinstance(value, _Iri):
        return {"@id": value.iri}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else value.text
