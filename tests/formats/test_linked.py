"""Turtle and JSON-LD: both contain the same statements in terms of the Organization Ontology."""

from __future__ import annotations

import pytest
from hypothesis import given
from rdflib import DCTERMS, ORG, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from components.formats.linked import json_ld, turtle
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from tests.formats.round_trip import organizations
from tests.organizations import organization_named, tables
from tests.properties import examples

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own
HOME = "https://harbour.example/chart/"
UNIT = Namespace(f"{HOME}?unit=")
DCAT = Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module")
def graph(harbour: Organization) -> Graph:
    return parsed(turtle(harbour, HOME), "turtle")


def parsed(data: bytes, form: str) -> Graph:
    return Graph().parse(data=data, format=form)


def test_units_are_parts_of_their_parents(graph: Graph, harbour: Organization) -> None:
    units = set(graph.subjects(RDF.type, ORG.OrganizationalUnit))

    assert units == {UNIT[unit] for unit in harbour.units["id"]}
    assert set(graph.subject_objects(ORG.subOrganizationOf)) == {
        (UNIT[unit], UNIT[harbour.units["id"][parent]])
        for unit, parent in zip(harbour.units["id"], harbour.parent.tolist(), strict=True)
        if parent >= 0
    }
    assert not set(graph.triples((None, ORG.hasUnit, None)))
    assert not set(graph.triples((None, ORG.unitOf, None)))


def test_a_unit_has_its_names_description_and_type(graph: Graph) -> None:
    traffic = UNIT["traffic"]

    assert graph.value(traffic, SKOS.prefLabel) == Literal("Traffic Department")
    assert {str(label) for label in graph.objects(traffic, SKOS.altLabel)} == {
        "Traffic",
        "VTS",
        "Ships",
        "Vessel Watch",
    }
    assert graph.value(traffic, DCTERMS.identifier) == Literal("traffic")
    assert graph.value(traffic, DCTERMS.description) == Literal("Knows every ship.")
    kind = graph.value(traffic, ORG.classification)
    assert graph.value(kind, SKOS.prefLabel) == Literal("department")
    assert (kind, RDF.type, SKOS.Concept) in graph


def test_a_responsibility_is_a_purpose(graph: Graph) -> None:
    purposes = list(graph.objects(UNIT["goods"], ORG.purpose))

    assert [str(graph.value(purpose, SKOS.prefLabel)) for purpose in purposes] == [
        "Inspects containers"
    ]
    assert (purposes[0], RDF.type, SKOS.Concept) in graph
    themes = {
        str(graph.value(theme, SKOS.prefLabel))
        for theme in graph.objects(purposes[0], DCTERMS.subject)
    }
    assert themes == {"Permits", "Environment"}


def test_a_relation_is_a_link_with_a_property_for_its_kind(graph: Graph) -> None:
    assert set(graph.subject_objects(ORG.linkedTo)) == {
        (UNIT["pilots"], UNIT["fire"]),
        (UNIT["goods"], UNIT["locks"]),
    }
    kinds = list(graph.subjects(RDFS.subPropertyOf, ORG.linkedTo))
    assert {str(graph.value(kind, RDFS.label)) for kind in kinds} == {"coordinates_with", "advises"}
    advises = next(kind for kind in kinds if graph.value(kind, RDFS.label) == Literal("advises"))
    assert (UNIT["goods"], URIRef(advises), UNIT["locks"]) in graph


def test_the_dataset_is_described(graph: Graph) -> None:
    dataset = URIRef(f"{HOME}data/")

    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert graph.value(dataset, DCTERMS.title) == Literal("Harbour")
    assert str(graph.value(dataset, DCTERMS.created)) == "2026-05-04"
    assert graph.value(dataset, DCTERMS.source) == URIRef("https://harbour.example/handbook")
    licence = graph.value(dataset, DCTERMS.license)
    assert graph.value(licence, RDFS.label) == Literal("Public domain")


def test_texts_have_the_language_of_the_data(iom: Organization) -> None:
    labels = parsed(turtle(iom, HOME), "turtle").objects(None, SKOS.prefLabel)

    assert {label.language for label in labels} == {"en"}


def test_only_a_synthetic_top_is_an_organization() -> None:
    organization = import_tables(tables([("a", ""), ("b", "")], name="Staff")).organization
    graph = parsed(turtle(organization, HOME), "turtle")

    assert list(graph.subjects(RDF.type, ORG.Organization)) == [UNIT["organization"]]
    assert set(graph.subjects(RDF.type, ORG.OrganizationalUnit)) == {UNIT["a"], UNIT["b"]}


@pytest.mark.parametrize("address", [HOME, "", "https://a.example/<ü> {}/"])
@examples(15)
@given(random_organization=organizations())
def test_both_formats_have_the_same_statements(
    address: str, random_organization: Organization
) -> None:
    one = parsed(turtle(random_organization, address), "turtle")
    other = parsed(json_ld(random_organization, address), "json-ld")

    assert isomorphic(one, other)
    ids = {str(unit) for unit in one.objects(None, DCTERMS.identifier)}
    assert ids == set(random_organization.units["id"])
    names = {str(one.value(unit, SKOS.prefLabel)) for unit in one.subjects(DCTERMS.identifier)}
    assert names == set(random_organization.units["name"])


def test_special_characters_are_escaped() -> None:
    name = 'a\x00\x0b"\\\b\f\x7f\ufffe\u2028\U0001f692'
    organization = organization_named([("a", "")], [name])

    graph = parsed(turtle(organization, ""), "turtle")
    assert graph.value(
        predicate=SKOS.prefLabel, subject=URIRef("urn:remit:inline:unit:a")
    ) == Literal(name)
