"""Data packages: a round trip loses nothing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from frictionless import Package
from hypothesis import given

from components.formats.package import descriptor, package_files, package_zip, table_csv
from components.importing.import_tables import import_tables
from components.model.organization import Organization, Records
from components.model.standard_columns import COLUMNS
from components.reading.read import read_tables
from tests.formats.round_trip import content, organizations
from tests.organizations import organization_of, outline, tables
from tests.properties import examples


def round_trip(organization: Organization) -> Organization:
    """Return the organization after writing it as a package and importing that."""
    with TemporaryDirectory() as folder:
        for name, data in package_files(organization).items():
            (Path(folder) / name).write_bytes(data)
        return import_tables(read_tables(Path(folder))).organization


def records(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


class TestPackage:
    def test_round_trip_of_the_shipped_organization(self, iom: Organization) -> None:
        imported = round_trip(iom)

        assert content(imported) == content(iom)
        assert imported.about == iom.about
        assert imported.problems == ()

    def test_round_trip_of_the_harbour(self, harbour: Organization) -> None:
        assert content(round_trip(harbour)) == content(harbour)
        assert round_trip(harbour).about == harbour.about

    @pytest.mark.parametrize("records", Records)
    def test_keeps_what_the_records_are(self, harbour: Organization, records: Records) -> None:
        assert round_trip(replace(harbour, records=records)).records is records

    def test_keeps_what_the_types_are_called(self, harbour: Organization) -> None:
        graded = replace(harbour, type_heading="Grade")

        assert round_trip(graded).type_heading == "Grade"
        assert content(round_trip(graded)) == content(harbour)
        assert round_trip(harbour).type_heading == ""

    @given(organizations())
    def test_round_trip_of_any_organization(self, random_organization: Organization) -> None:
        assert content(round_trip(random_organization)) == content(random_organization)

    @examples(10)
    @given(organizations())
    def test_equal_organizations_have_equal_bytes(self, random_organization: Organization) -> None:
        assert package_zip(random_organization) == package_zip(replace(random_organization))

    def test_has_the_tables_and_columns_of_the_shipped_package(
        self, iom: Organization, shipped: Path
    ) -> None:
        shipped_descriptor = json.loads((shipped / "datapackage.json").read_text(encoding="utf-8"))
        for resource in shipped_descriptor["resources"]:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            assert [column for column in COLUMNS[resource["name"]] if column != "status"] == columns
        assert package_files(iom).keys() == {
            *(resource["path"] for resource in shipped_descriptor["resources"]),
            "datapackage.json",
        }

    def test_omits_tables_without_records(self) -> None:
        files = package_files(organization_of([("a", ""), ("b", "a")]))

        assert list(files) == ["units.csv", "datapackage.json"]

    def test_is_valid(self, iom: Organization, tmp_path: Path) -> None:
        for name, data in package_files(iom).items():
            (tmp_path / name).write_bytes(data)
        report = Package(tmp_path / "datapackage.json").validate()

        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])

    def test_zip_has_the_same_files(self, harbour: Organization) -> None:
        with zipfile.ZipFile(io.BytesIO(package_zip(harbour))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}

        assert files == package_files(harbour)

    def test_keeps_the_metadata_of_the_dataset(self, harbour: Organization) -> None:
        metadata = json.loads(descriptor(harbour))

        assert (metadata["name"], metadata["title"]) == ("harbour", "Harbour")
        assert metadata["created"] == "2026-05-04T00:00:00Z"
        assert metadata["sources"] == [
            {"title": "Harbour handbook", "path": "https://harbour.example/handbook"}
        ]
        assert metadata["licenses"] == [{"name": "other", "title": "Public domain"}]


class TestTable:
    def test_escapes_formulas(self) -> None:
        organization = organization_of("id,name,parent\na,=1+1,\n-b,'@x,a")

        assert table_csv(organization, "units").startswith(b"id,name,short_name,")
        assert [row[:2] for row in records(table_csv(organization, "units"))] == [
            ["id", "name"],
            ["a", "'=1+1"],
            ["'-b", "''@x"],
        ]

    def test_without_records_has_its_header(self) -> None:
        organization = organization_of([("a", "")])

        assert table_csv(organization, "themes") == b"id,name,description\r\n"


class TestSyntheticUnits:
    def test_a_synthetic_top_is_omitted(self) -> None:
        organization = import_tables(
            tables([("a", ""), ("b", "a"), ("c", "")], name="Staff")
        ).organization

        rows = records(table_csv(organization, "units"))
        assert [(row[0], row[6]) for row in rows[1:]] == [("a", ""), ("b", "a"), ("c", "")]
        assert outline(round_trip(organization)) == outline(organization)

    def test_a_placeholder_is_omitted_but_remains_the_parent(self) -> None:
        organization = organization_of("id,name,parent\ntop,top,\na,A,top\nb,B,top")
        organization = replace(organization, synthetic=frozenset({0}))

        rows = records(table_csv(organization, "units"))
        assert [(row[0], row[6]) for row in rows[1:]] == [("a", "top"), ("b", "top")]
        units = json.loads(descriptor(organization))["resources"][0]
        assert "foreignKeys" not in units["schema"]

    @pytest.mark.parametrize(
        "units",
        [
            "id,name,parent\ntop,Top,\nx,x,top\na,A,x",
            "id,name,parent\nx,Told of,\na,A,x",
        ],
    )
    def test_a_placeholder_that_importing_would_not_restore_is_written(self, units: str) -> None:
        organization = organization_of(units)
        placeholder = organization.number["x"]
        organization = replace(organization, synthetic=frozenset({placeholder}))

        assert content(round_trip(organization)) == content(organization)
        assert "x" in [row[0] for row in records(table_csv(organization, "units"))]
