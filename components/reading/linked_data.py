"""Linked data: organizations in RDF, as the Organization Ontology (W3C ORG) or schema.org has them.

https://www.w3.org/TR/vocab-org/ defines most of the terms. Turtle, N-Triples, TriG, RDF/XML and
JSON-LD are read. Nothing is fetched: contexts of JSON-LD that are only addresses are replaced.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from components import faults
from components.reading.budget import Budget
from components.reading.encodings import decoded_file
from components.reading.nested_objects import cell_of
from components.reading.objects import table_of_objects
from components.reading.options import Limits, Options
from components.reading.table_building import unused_name
from components.reading.tables import ReadingReport, Table

ENDINGS = {".ttl", ".nt", ".n3", ".trig"}
SIGNATURE = re.compile(
    r"(?:\s*(?:#[^\n]*)?\n)*+\s*(?:@prefix\s+[\w.-]*:\s*<|@base\s*<|PREFIX\s+[\w.-]*:\s*<"
    r"|<[a-z][\w+.-]*:[^<>\s]*>\s+(?:a|<[^<>\s]+>)\s+[\"<_])",
    re.IGNORECASE,
)
FORMATS = {
    "RDF/XML": RdfFormat.RDF_XML,
    "JSON-LD": RdfFormat.JSON_LD,
    "Turtle": RdfFormat.TRIG,  # TriG includes Turtle and N-Triples.
}
BASE = "file:"
"""What relative IRIs begin with in the statements; it is taken off again."""
BYTES_PER_STATEMENT = 500

NAMESPACES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rov": "http://www.w3.org/ns/regorg#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org/?")
PARENTS = ("org:subOrganizationOf", "org:unitOf", "schema:parentOrganization")
CHILDREN = (
    "org:hasSubOrganization", "org:hasUnit", "schema:subOrganization", "schema:department"
)  # fmt: skip
OTHER_HIERARCHIES = (
    (("org:reportsTo", "schema:reportsTo"), ()),
    (("dct:isPartOf", "schema:isPartOf"), ("dct:hasPart", "schema:hasPart")),
    (("skos:broader",), ("skos:narrower",)),
)
"""The terms for parents and children where no organization has any: of posts, parts, concepts."""
HEAD_OF = "org:headOf"
CLASSES = {
    "org:Organization", "org:FormalOrganization", "org:OrganizationalUnit",
    "org:OrganizationalCollaboration", "foaf:Organization", "vcard:Organization",
    "rov:RegisteredOrganization",
}  # fmt: skip
NAMES = (
    "skos:prefLabel", "foaf:name", "schema:name", "rdfs:label", "vcard:fn", "rov:legalName",
    "schema:legalName", "dct:title", "dc:title",
)  # fmt: skip
COLUMNS = {
    "id": ("dct:identifier", "org:identifier", "schema:identifier", "skos:notation"),
    "aliases": ("skos:altLabel", "schema:alternateName", "foaf:nick"),
    "type": ("org:classification", "schema:additionalType"),
    "summary": ("dct:description", "schema:description", "rdfs:comment", "skos:definition"),
    "source": ("dct:source",),
}
"""The columns of units for the terms; the other terms with texts have a column of their own."""
LINKED_KEYS = ("@context", "@graph", "@id")
"""The keys by which JSON is known as JSON-LD."""
DATASET = {
    "title": "dct:title",
    "description": "dct:description",
    "language": "dct:language",
    "created": "dct:created",
}
PURPOSE, LINK, MENTION = "org:purpose", "org:linkedTo", "dct:references"
MEMBER_OF = "org:memberOf"
NOT_COLUMNS = {"rdf:type", PURPOSE, LINK, MENTION, *NAMES, *PARENTS, *CHILDREN}
MAX_COMPARED = 20
"""A statement that is repeated is found among so many before it."""
Value = tuple[str, str | None]
"""An IRI or a text, and its language; None for an IRI."""


@dataclass
class _Graph:
    """The statements of a file, by subject and predicate; predicates have short names."""

    subjects: dict[str, dict[str, list[Value]]] = field(default_factory=dict)
    language: str = ""
    """The language of most names."""

    def add(self, subject: str, predicate: str, value: Value) -> None:
        values = self.subjects.setdefault(subject, {}).setdefault(predicate, [])
        if value not in values[-MAX_COMPARED:]:
            values.append(value)

    def values(self, subject: str, predicates: Iterable[str]) -> list[Value]:
        """Return the values of a subject for any of the predicates, in the order of these."""
        found = self.subjects.get(subject, {})
        return [value for predicate in predicates for value in found.get(predicate, ())]

    def iris(self, subject: str, predicates: Iterable[str]) -> list[str]:
        return [text for text, language in self.values(subject, predicates) if language is None]

    def texts(self, subject: str, predicates: Iterable[str]) -> list[str]:
        """Return the texts of the first predicate that has any, in one language if there are more.

        An IRI stands for the name of what it identifies.
        """
        found = self.subjects.get(subject, {})
        for predicate in predicates:
            if values := found.get(predicate):
                languages = {language for _, language in values if language}
                best = self.language if self.language in languages else min(languages, default="")
                return [
                    self.name(text) if language is None else text
                    for text, language in values
                    if not language or language == best
                ]
        return []

    def links(self, *predicates: str) -> Iterator[tuple[str, str]]:
        """Yield each subject that has any of the predicates, with each IRI or text that it has."""
        for subject in self.subjects:
            for text, _ in self.values(subject, predicates):
                yield subject, text

    def of_class(self, is_in_class: Callable[[str], bool]) -> dict[str, None]:
        """Return the subjects that are of a class, by its short name."""
        return {
            subject: None
            for subject, kind in self.links("rdf:type")
            if is_in_class(_short_name(kind))
        }

    @cached_property
    def link_kinds(self) -> dict[str, str]:
        """The names of the relations that are kinds of ``org:linkedTo``, by their term."""
        return {
            _short_name(subject): self.name(subject)
            for subject, kind in self.links("rdfs:subPropertyOf")
            if _short_name(kind) == LINK
        }

    @cached_property
    def heads(self) -> dict[str, list[str]]:
        """The names of those who head a unit."""
        heads: dict[str, list[str]] = {}
        for subject, unit in self.links(HEAD_OF):
            heads.setdefault(unit, []).append(self.name(subject))
        return heads

    def name(self, iri: str) -> str:
        """Return the name of what an IRI identifies, or the end of the IRI."""
        names = self.subjects.get(iri, {})
        for predicate in NAMES:
            values = [(text, lang) for text, lang in names.get(predicate, ()) if lang is not None]
            if values:
                return next((text for text, lang in values if lang == self.language), values[0][0])
        return "" if iri.startswith("_:") else _end_of(iri)


def read_linked_text(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the units in Turtle, TriG or N-Triples, and what the text states about them.

    The tables have the names of those of the complete dataset: ``units``, ``responsibilities``,
    ``relations``, ``themes``, ``references``, ``mentions``. The only table is called ``name``.

    Raises:
        DataError: the text has another syntax, states no hierarchy, or is above the limits.
    """
    return _required_tables(text, "Turtle", name, limits)


def read_rdf_xml(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the same tables of a file of RDF/XML.

    Raises:
        DataError: the text has another syntax, states no hierarchy, or is above the limits.
    """
    text = decoded_file(path, name, options).text
    # The declaration names the encoding of the file, not that of the text.
    content = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return _required_tables(content, "RDF/XML", name, limits)


def is_linked(value: Any) -> bool:
    """Return whether a parsed JSON value is JSON-LD."""
    objects = value[:1] if isinstance(value, list) else [value]
    return any(isinstance(top, dict) and not top.keys().isdisjoint(LINKED_KEYS) for top in objects)


def read_json_ld(value: Any, name: str, limits: Limits) -> list[Table]:
    """Return the same tables of a parsed JSON-LD value; none if it states no hierarchy.

    Raises:
        DataError: the tables are above the limits.
    """
    return _read(json.dumps(_without_addresses(value)), "JSON-LD", name, limits)


def _required_tables(text: str, language: str, name: str, limits: Limits) -> list[Table]:
    if tables := _read(text, language, name, limits):
        return tables
    raise faults.NOTATION_WITHOUT_UNITS.error(
        name, format=f"{language} (linked data)", content="organization or part of one (W3C ORG)"
    )


def _without_addresses(value: Any) -> Any:
    """Return JSON-LD whose contexts are objects: an address stands for its vocabulary."""
    if isinstance(value, list):
        return [_without_addresses(element) for element in value]
    if not isinstance(value, dict):
        return value
    result = {key: _without_addresses(inner) for key, inner in value.items()}
    if "@context" in value:
        contexts = value["@context"] if isinstance(value["@context"], list) else [value["@context"]]
        result["@context"] = [
            context
            if isinstance(context, dict) or context is None
            else NAMESPACES | {"@vocab": _vocabulary(str(context))}
            for context in contexts
        ]
    return result


def _vocabulary(address: str) -> str:
    """Return the namespace of the terms in a context that is an address."""
    return NAMESPACES["schema"] if SCHEMA_ORG.fullmatch(address) else f"{address.rstrip('/#')}#"


def _read(text: str, language: str, name: str, limits: Limits) -> list[Table]:
    """Return the tables in a text; none if it states no hierarchy of organizations."""
    graph = _graph(text.encode("utf-8", "replace"), language, name, limits)
    _merge_named(graph)
    units, parents = _hierarchy(graph)
    if not units:
        return []
    ids = {unit: _id_of(graph, unit) for unit in units}
    if len(set(ids.values())) < len(ids):
        ids = {unit: unit for unit in units}
    rows = {
        "units": [_unit_cells(graph, unit, ids, parents) for unit in units],
        "responsibilities": list(_responsibilities(graph, ids)),
        "relations": list(_relations(graph, ids)),
        "people": list(_people(graph, ids)),
    }
    rows |= _references(graph, ids)
    themes = dict.fromkeys(
        theme
        for unit in units
        for duty in graph.iris(unit, [PURPOSE])
        for theme in graph.iris(duty, ["dct:subject"])
    )
    rows["themes"] = [_concept_cells(graph, theme) for theme in themes]
    filled = {table: records for table, records in rows.items() if records}
    reading = ReadingReport(language)
    tables = [
        table_of_objects(table if len(filled) > 1 else name, records, reading, limits)
        for table, records in filled.items()
    ]
    return [replace(tables[0], about=_about(graph)), *tables[1:]]


def _graph(content: bytes, language: str, name: str, limits: Limits) -> _Graph:
    """Return the statements of a text.

    Raises:
        DataError: its syntax is wrong, or the statements would take too much memory.
    """
    graph, budget = _Graph(), Budget(name, limits)
    blanks: dict[str, str] = {}
    short = cache(_short_name)

    def iri(term: Any) -> str:
        if isinstance(term, BlankNode):
            # The parser numbers them anew each time.
            return blanks.setdefault(term.value, f"_:b{len(blanks) + 1}")
        return term.value.removeprefix(BASE) if isinstance(term, NamedNode) else str(term)

    try:
        for statement in parse(content, FORMATS[language], base_iri=BASE, lenient=True):
            budget.spend(BYTES_PER_STATEMENT)
            value = statement.object
            graph.add(
                iri(statement.subject),
                short(statement.predicate.value),
                (value.value, value.language or "")
                if isinstance(value, Literal)
                else (iri(value), None),
            )
    except SyntaxError as error:
        message = str(error.msg).partition(": ")[2] or str(error.msg)
        raise faults.INVALID_NOTATION.error(
            name, format=language, line=error.lineno or 1, message=message
        ) from error
    languages = Counter(
        language
        for predicates in graph.subjects.values()
        for predicate in NAMES
        for _, language in predicates.get(predicate, ())
        if language
    )
    graph.language = max(languages, key=lambda language: languages[language], default="")
    return graph


def _short_name(iri: str) -> str:
    """Return a term with the prefix of its namespace: ``org:unitOf``."""
    if iri.startswith("https://schema.org/"):
        iri = iri.replace("https", "http", 1)
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _end_of(iri: str) -> str:
    """Return the last part of an IRI, which mostly is an id or a name."""
    return unquote(re.split("[/#:?=]", iri.rstrip("/#"))[-1])


def _hierarchy(graph: _Graph) -> tuple[list[str], dict[str, list[str]]]:
    """Return the units in the order of the file, and the parents of each that has any."""
    classes = graph.of_class(_is_organization)
    for up, down in ((PARENTS, CHILDREN), *OTHER_HIERARCHIES):
        parents: dict[str, dict[str, None]] = {}
        for subject in graph.subjects:
            for parent, _ in graph.values(subject, up):
                parents.setdefault(subject, {})[parent] = None
            for child, _ in graph.values(subject, down):
                parents.setdefault(child, {})[subject] = None
        above = {parent for named in parents.values() for parent in named}
        named = parents.keys() | above | classes.keys()
        units = [unit for unit in graph.subjects if unit in named]
        units += [child for child in parents if child not in graph.subjects]
        if parents or (units and up == PARENTS):
            return units, {child: list(named) for child, named in parents.items()}
    return [], {}


def _merge_named(graph: _Graph) -> None:
    """Replace parents without an IRI that have nothing but a name by the first node of that name.

    JSON-LD may name the same parent in each of its parts.
    """
    bare = {"rdf:type", *NAMES}
    children = {child for _, child in graph.links(*CHILDREN)}
    nameless = {
        parent
        for _, parent in graph.links(*PARENTS)
        if parent.startswith("_:") and graph.subjects.get(parent, {}).keys() <= bare
    }.difference(children)
    first: dict[str, str] = {}
    merged: dict[str, str] = {}
    for subject in sorted(graph.subjects, key=nameless.__contains__):
        name = next(iter(graph.texts(subject, NAMES)), "")
        if name and first.setdefault(name, subject) != subject and subject in nameless:
            merged[subject] = first[name]
    for subject in merged:
        del graph.subjects[subject]
    for predicates in graph.subjects.values():
        for predicate in predicates.keys() & set(PARENTS):
            predicates[predicate] = [
                (merged.get(text, text), language) for text, language in predicates[predicate]
            ]


def _is_organization(kind: str) -> bool:
    endings = ("Organization", "Corporation", "Department")
    return kind in CLASSES or (kind.startswith("schema:") and kind.endswith(endings))


def _id_of(graph: _Graph, unit: str) -> str:
    identifiers = [text for text, lang in graph.values(unit, COLUMNS["id"]) if lang is not None]
    return identifiers[0] if identifiers else unit.removeprefix("_:")


def _unit_cells(
    graph: _Graph, unit: str, ids: Mapping[str, str], parents: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    names = graph.texts(unit, NAMES)
    cells = {
        "id": ids[unit],
        "name": names[0] if names else _end_of(unit),
        "parent": _joined([ids.get(parent, parent) for parent in parents.get(unit, ())]),
    }
    used = {*NOT_COLUMNS, *COLUMNS["id"]}
    for column, predicates in COLUMNS.items():
        if column != "id" and (texts := graph.texts(unit, predicates)):
            cells[column] = _joined(texts) if column == "aliases" else "\n".join(texts)
        used.update(predicates)
    if heads := graph.heads.get(unit):
        cells["head"] = _joined(heads)
    for predicate, values in graph.subjects.get(unit, {}).items():
        if predicate not in used and predicate not in graph.link_kinds:
            texts = [
                text if language is not None or text not in graph.subjects else graph.name(text)
                for text, language in values
            ]
            if any(texts):
                name = unused_name(graph.name(predicate), cells)
                cells[name] = _joined(list(filter(None, texts)))
    return cells


def _responsibilities(graph: _Graph, ids: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for unit, unit_id in ids.items():
        for position, (duty, language) in enumerate(graph.values(unit, [PURPOSE]), start=1):
            yield {
                "unit_id": unit_id,
                "position": str(position),
                "responsibility": duty if language is not None else graph.name(duty),
                "themes": ";".join(map(_end_of, graph.iris(duty, ["dct:subject"]))),
                "source": "\n".join(graph.texts(duty, ["dct:source"])),
            }


def _relations(graph: _Graph, ids: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for unit, unit_id in ids.items():
        kinds: dict[str, list[str]] = {target: [] for target in graph.iris(unit, [LINK])}
        for predicate in graph.subjects.get(unit, {}):
            if predicate in graph.link_kinds:
                for target in graph.iris(unit, [predicate]):
                    kinds.setdefault(target, []).append(graph.link_kinds[predicate])
        for target, named in kinds.items():
            for kind in named or [""]:
                yield {"from_id": unit_id, "to_id": ids.get(target, target), "kind": kind}


def _people(graph: _Graph, ids: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield those who are members of units, with all that is said of them."""
    for subject, predicates in graph.subjects.items():
        for unit in graph.iris(subject, [MEMBER_OF]):
            if unit in ids and subject not in ids:
                cells = {"unit_id": ids[unit], "name": graph.name(subject)}
                for predicate, values in predicates.items():
                    texts = [text for text, language in values if language is not None]
                    if texts and predicate not in NAMES:
                        cells[unused_name(graph.name(predicate), cells)] = _joined(texts)
                yield cells


def _references(graph: _Graph, ids: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return the tables of the documents that units refer to, and of these mentions."""
    mentions = [
        (unit_id, iri) for unit, unit_id in ids.items() for iri in graph.iris(unit, [MENTION])
    ]
    return {
        "references": [_concept_cells(graph, iri) for iri in dict.fromkeys(i for _, i in mentions)],
        "mentions": [
            {"unit_id": unit_id, "reference_id": _end_of(iri)} for unit_id, iri in mentions
        ],
    }


def _concept_cells(graph: _Graph, iri: str) -> dict[str, str]:
    return {
        "id": _end_of(iri),
        "name": graph.name(iri),
        "acronym": _joined(graph.texts(iri, ["skos:altLabel"])),
        "description": "\n".join(graph.texts(iri, ["skos:definition", "dct:description"])),
    }


def _joined(texts: Sequence[str]) -> str:
    """Return the only text as it is, and several joined by “;”."""
    return texts[0] if len(texts) == 1 else cell_of(list(texts))


def _about(graph: _Graph) -> dict[str, Any]:
    """Return what the only dataset of a file says about itself, in the terms of a data package."""
    datasets = list(graph.of_class("dcat:Dataset".__eq__))
    if len(datasets) != 1:
        return {}
    (dataset,) = datasets
    about: dict[str, Any] = {
        key: texts[0]
        for key, predicate in DATASET.items()
        if (texts := graph.texts(dataset, [predicate]))
    }
    for source, language in graph.values(dataset, ["dct:source"])[:1]:
        about["sources"] = [{"path" if language is None else "title": source}]
    if licences := graph.texts(dataset, ["dct:license"]):
        about["licenses"] = [{"title": licences[0]}]
    return about
