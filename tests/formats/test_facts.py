"""Facts: every format holds all of them, and those that are read again lose none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given
from python_calamine import CalamineWorkbook
from rdflib import RDFS, XSD, Graph

from components.formats.catalogue import FILES
from components.formats.package import descriptor, package_files
from components.importing.column_settings import Choices, FactSettings
from components.importing.import_tables import import_tables
from components.model.facts import FactKind
from components.model.organization import Organization
from components.reading.read import read_tables
from tests.formats.round_trip import content, organizations
from tests.organizations import tables
from tests.properties import examples

STAFF = """
    No, Full name,  Boss, Job title, Grade, E-mail,         Phone,          FTE, Budget (EUR), Started,    Acting, Site,               Dotted line
    11, Ada Marsh,  ,     Director,  A1,    ada@a.example,  +41 22 5550 11, 1.0, "1,200",      2011-03-01, no,     https://a.example/1, Board
    12, Bo Lind,    11,   Pilot,     B2,    bo@a.example,   +41 22 5550 12, 0.5, -300,         2014-09-01, yes,    https://a.example/2, Harbour
    13, Cy Moss,    11,   Pilot,     B2,    cy@a.example,   +41 22 5550 13, 0.8, ,             2015-01-15, no,     https://a.example/3, Locks
    14, Di Fern,    12,   Clerk,     A1,    di@a.example,   +41 22 5550 14, 1.0, 40,           2019-06-01, no,     ,                    Board
"""  # noqa: E501
DESKS = """
    unit, name,     title, Room, Desk
    11,   Ed Pine,  Guard, 007,  Left
    14,   Flo Ash,  Guard, ,     "Right, at the door"
"""
CSV_COLUMNS = (
    "id,name,short_name,acronym,aliases,type,parent_id,head,location,summary,status,source"
)


@pytest.fixture(scope="module")
def staff() -> Organization:
    return import_tables(tables(STAFF, people=DESKS)).organization


def read_again(data: bytes, name: str) -> Organization:
    """Return the organization in a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return import_tables(read_tables(path)).organization


def columns(organization: Organization) -> dict[str, tuple[FactKind, list[str]]]:
    return {fact.heading: (fact.kind, [*fact.cells]) for fact in organization.facts.values()}


def test_a_staff_list_has_facts(staff: Organization) -> None:
    assert {heading: str(kind) for heading, (kind, _) in columns(staff).items()} == {
        "No": "text",
        "Grade": "category",
        "E-mail": "email",
        "Phone": "phone",
        "FTE": "number",
        "Budget (EUR)": "number",
        "Started": "date",
        "Acting": "yes/no",
        "Site": "link",
        "Dotted line": "text",
    }
    assert staff.people.of(2)[0].facts == {"Room": "", "Desk": "Right, at the door"}


class TestReadAgain:
    @pytest.mark.parametrize("name", ["datapackage.zip", "organization.xlsx", "organization.json"])
    def test_files_of_all_tables_keep_all_facts(self, staff: Organization, name: str) -> None:
        imported = read_again(FILES[name].write(staff, ""), name)

        assert content(imported) == content(staff)
        assert list(imported.facts) == list(staff.facts)

    @pytest.mark.parametrize("name", ["organization-nested.json", "organization.ttl"])
    def test_other_files_keep_what_the_table_says(self, staff: Organization, name: str) -> None:
        imported = read_again(FILES[name].write(staff, ""), name)

        assert imported.parent.tolist() == staff.parent.tolist()
        facts = columns(imported)
        for heading, (kind, cells) in columns(staff).items():
            if name.endswith("json") or kind not in {FactKind.NUMBER, FactKind.YES_NO}:
                assert facts[heading] == (kind, cells)
        assert facts["FTE"] == (FactKind.NUMBER, ["1.0", "0.5", "1.0", "0.8"])
        assert [person.facts for person in imported.people.rows] == [
            person.facts for person in staff.people.rows
        ]

    @examples(20)
    @given(organizations())
    def test_the_units_of_any_organization_keep_all_facts_in_csv(
        self, random_organization: Organization
    ) -> None:
        imported = read_again(FILES["units.csv"].write(random_organization, ""), "any.csv")

        assert imported.facts == random_organization.facts
        assert imported.units["id"] == random_organization.units["id"]
        assert imported.parent.tolist() == random_organization.parent.tolist()

    @examples(20)
    @given(organizations())
    def test_json_of_any_organization_keeps_all_facts(
        self, random_organization: Organization
    ) -> None:
        imported = read_again(FILES["organization.json"].write(random_organization, ""), "any.json")

        assert imported.facts == random_organization.facts
        assert imported.people.rows == random_organization.people.rows
        assert imported.parent.tolist() == random_organization.parent.tolist()

    def test_headings_of_roles_stay_facts_beside_the_standard_columns(self) -> None:
        table = f"""
            {CSV_COLUMNS},notes,Reports to,Department,Level 1,E-mail,valid to
            a,A,,,,,,,,,,,,b,B,x,a@a.example,2001-01-01
            b,B,,,,,a,,,,,,,a,A,y,b@a.example,2001-01-01
        """
        organization = import_tables(tables(table)).organization

        assert organization.parent.tolist() == [-1, 0]
        assert list(columns(organization)) == [
            "Reports to",
            "Department",
            "Level 1",
            "E-mail",
            "valid to",
        ]

    def test_a_fact_called_like_a_standard_column_keeps_its_heading(self) -> None:
        table = "id,name,parent,people,people (2)\n1,A,,x,y\n2,B,1,z,"
        organization = import_tables(tables(table)).organization

        data = FILES["units.csv"].write(organization, "")
        assert b"notes,id (2),people (2),people (2) (2)\r\n" in data
        assert columns(read_again(data, "a.csv")) == columns(organization)
        assert list(columns(organization)) == ["id", "people", "people (2)"]


class TestDataPackage:
    def fields(self, organization: Organization, table: str = "units") -> dict[str, dict[str, Any]]:
        resources = {
            each["name"]: each for each in json.loads(descriptor(organization))["resources"]
        }
        return {field["name"]: field for field in resources[table]["schema"]["fields"]}

    def test_fields_have_the_types_that_all_cells_fit(self, staff: Organization) -> None:
        fields = self.fields(staff)

        assert fields["FTE"] == {"name": "FTE", "type": "number"}
        assert fields["Started"] == {"name": "Started", "type": "date"}
        assert fields["E-mail"] == {"name": "E-mail", "type": "string", "format": "email"}
        assert fields["Site"] == {"name": "Site", "type": "string", "format": "uri"}
        assert fields["Acting"]["type"] == "boolean"
        assert fields["Acting"]["trueValues"] == ["yes"]
        assert fields["Phone"] == {"name": "Phone", "type": "string", "kind": "phone"}
        assert fields["Budget (EUR)"] == {
            "name": "Budget (EUR)",
            "type": "string",  # since one of its cells is “1,200”
            "kind": "number",
        }
        assert self.fields(staff, "people")["Room"] == {"name": "Room", "type": "string"}

    def test_keeps_what_is_set(self) -> None:
        settings = FactSettings({"Grade": FactKind.TEXT}, {"FTE": False, "Budget (EUR)": True})
        organization = import_tables(tables(STAFF), Choices(facts=settings)).organization
        imported = read_again(FILES["datapackage.zip"].write(organization, ""), "a.zip")

        assert imported.facts == organization.facts
        assert self.fields(organization)["FTE"]["measure"] == "own"

    def test_is_valid(self, staff: Organization, tmp_path: Path) -> None:
        for name, data in package_files(staff).items():
            (tmp_path / name).write_bytes(data)
        report = Package(tmp_path / "datapackage.json").validate()

        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


class TestCsv:
    def test_begins_with_a_byte_order_mark(self, staff: Organization) -> None:
        for table in ("units", "people"):
            data = FILES[f"{table}.csv"].write(staff, "")
            assert data.startswith(b"\xef\xbb\xbf")
            assert pd.read_csv(io.BytesIO(data)).columns[0] in {"id", "unit_id"}

    def test_of_a_data_package_has_none(self, staff: Organization) -> None:
        assert package_files(staff)["units.csv"].startswith(b"id,")

    def test_numbers_stay_numbers_and_formulas_do_not(self) -> None:
        table = "id,name,parent,=cmd,Result\na,A,,=1+1,-5.5\nb,B,a,x,3"
        data = FILES["units.csv"].write(import_tables(tables(table)).organization, "").decode()

        assert "'=cmd,Result" in data
        assert "'=1+1,-5.5" in data


class TestGraphs:
    def test_attributes_have_types(self, staff: Organization) -> None:
        graphml = nx.read_graphml(io.BytesIO(FILES["organization.graphml"].write(staff, "")))
        gexf = nx.read_gexf(io.BytesIO(FILES["organization.gexf"].write(staff, "")), version="1.3")
        cyjs = json.loads(FILES["organization.cyjs"].write(staff, ""))
        for nodes in (
            graphml.nodes,
            gexf.nodes,
            {node["data"]["id"]: node["data"] for node in cyjs["elements"]["nodes"]},
        ):
            bo, di = nodes["12"], nodes["14"]
            assert (bo["FTE"], bo["Budget (EUR)"], bo["Acting"]) == (0.5, -300, True)
            assert isinstance(bo["Budget (EUR)"], int)
            assert (bo["Started"], bo["Site"]) == ("2014-09-01", "https://a.example/2")
            assert di["people"] == "Flo Ash, Guard, Desk: Right, at the door"
            assert "Site" not in di

    def test_types_are_declared(self, staff: Organization) -> None:
        graphml = FILES["organization.graphml"].write(staff, "").decode()
        gexf = FILES["organization.gexf"].write(staff, "").decode()

        assert 'attr.name="FTE" attr.type="double"' in graphml
        assert 'attr.name="Budget (EUR)" attr.type="long"' in graphml
        assert 'attr.name="Acting" attr.type="boolean"' in graphml
        assert 'title="Site" type="anyURI"' in gexf


def test_linked_data_has_properties_with_the_headings_as_labels(staff: Organization) -> None:
    graph = Graph().parse(data=FILES["organization.ttl"].write(staff, ""), format="turtle")
    properties = {str(label): term for term, label in graph.subject_objects(RDFS.label)}

    values = {heading: set(graph.objects(None, term)) for heading, term in properties.items()}
    assert {value.datatype for value in values["FTE"]} == {XSD.decimal}
    assert {value.datatype for value in values["Budget (EUR)"]} == {XSD.integer}
    assert {value.datatype for value in values["Started"]} == {XSD.date}
    assert {value.datatype for value in values["Acting"]} == {XSD.boolean}
    assert {str(value) for value in values["Desk"]} == {"Left", "Right, at the door"}


def texts_in(value: object) -> list[str]:
    """Return all texts in a parsed JSON value."""
    if isinstance(value, Mapping):
        return [text for key, inner in value.items() for text in (key, *texts_in(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in texts_in(inner)]
    return [str(value)]


def texts_of_file(name: str, data: bytes) -> list[str]:
    """Return all texts in a file, as other programs read it."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [archive.read(each).decode() for each in archive.namelist()]
    if name.endswith(".xlsx"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return texts_in([book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names])
    if name.endswith(("json", "cyjs", "jsonld")):
        return texts_in(json.loads(data))
    if name.endswith("ttl"):
        graph = Graph().parse(data=data, format="turtle")
        return [str(term) for triple in graph for term in triple]
    reader = nx.read_graphml if name.endswith("graphml") else nx.read_gexf
    options = {"version": "1.3"} if name.endswith("gexf") else {"force_multigraph": True}
    graph = reader(io.BytesIO(data), **options)
    return texts_in([dict(cells) for _, cells in graph.nodes(data=True)])


@pytest.mark.parametrize(
    "name", ["datapackage.zip", *(name for name in FILES if name.startswith("organization"))]
)
def test_every_format_holds_every_fact(staff: Organization, name: str) -> None:
    text = "\n".join(texts_of_file(name, FILES[name].write(staff, "")))

    for heading, (_, cells) in columns(staff).items():
        assert heading in text
        for cell in filter(None, cells):
            assert cell in text or cell.replace(",", "") in text or cell in {"yes", "no"}
    for person in staff.people.rows:
        for heading, cell in person.facts.items():
            assert heading in text
            assert cell in text
