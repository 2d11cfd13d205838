"""The data package: what is written is read again without loss."""

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
from components.formats.tables import COLUMNS
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.read import read_tables
from tests.formats.again import content, organizations
from tests.organizations import organization_of, outline, tables


def again(organization: Organization) -> Organization:
    """Return the organization in the package of another one."""
    with TemporaryDirectory() as folder:
        for name, data in package_files(organization).items():
            (Path(folder) / name).write_bytes(data)
        return import_tables(read_tables(Path(folder))).organization


def records(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


class TestAPackage:
    def test_of_the_shipped_organization_is_read_again_as_it_was(self, iom: Organization) -> None:
        made = again(iom)

        assert content(made) == content(iom)
        assert made.about == iom.about
        assert made.problems == ()

    def test_of_the_harbour_is_read_again_as_it_was(self, harbour: Organization) -> None:
        assert content(again(harbour)) == content(harbour)
        assert again(harbour).about == harbour.about

    @given(organizations())
    def test_of_any_organization_is_read_again_as_it_was(self, any_: Organization) -> None:
        assert content(again(any_)) == content(any_)

    @given(organizations())
    def test_is_the_same_bytes_again(self, any_: Organization) -> None:
        assert package_zip(any_) == package_zip(replace(any_))

    def test_has_the_tables_and_columns_that_the_shipped_one_has(
        self, iom: Organization, shipped: Path
    ) -> None:
        described = json.loads((shipped / "datapackage.json").read_text(encoding="utf-8"))
        for resource in described["resources"]:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            assert [each for each in COLUMNS[resource["name"]] if each != "status"] == columns
        assert package_files(iom).keys() == {
            *(resource["path"] for resource in described["resources"]),
            "datapackage.json",
        }

    def test_leaves_out_tables_without_records(self) -> None:
        files = package_files(organization_of([("a", ""), ("b", "a")]))

        assert list(files) == ["units.csv", "datapackage.json"]

    def test_is_valid(self, iom: Organization, tmp_path: Path) -> None:
        for name, data in package_files(iom).items():
            (tmp_path / name).write_bytes(data)
        report = Package(tmp_path / "datapackage.json").validate()

        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])

    def test_in_one_file_has_the_same_files(self, harbour: Organization) -> None:
        with zipfile.ZipFile(io.BytesIO(package_zip(harbour))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}

        assert files == package_files(harbour)

    def test_says_what_the_dataset_says_of_itself(self, harbour: Organization) -> None:
        said = json.loads(descriptor(harbour))

        assert (said["name"], said["title"]) == ("harbour", "Harbour")
        assert said["created"] == "2026-05-04T00:00:00Z"
        assert said["sources"] == [
            {"title": "Harbour handbook", "path": "https://harbour.example/handbook"}
        ]
        assert said["licenses"] == [{"name": "other", "title": "Public domain"}]


class TestATable:
    def test_is_text_that_no_spreadsheet_computes(self) -> None:
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


class TestUnitsOfNoRecord:
    def test_the_top_that_gathers_roots_is_left_out(self) -> None:
        organization = import_tables(
            tables([("a", ""), ("b", "a"), ("c", "")], name="Staff")
        ).organization

        rows = records(table_csv(organization, "units"))
        assert [(row[0], row[6]) for row in rows[1:]] == [("a", ""), ("b", "a"), ("c", "")]
        assert outline(again(organization)) == outline(organization)

    def test_a_parent_that_is_but_named_stays_in_the_cells_that_name_it(self) -> None:
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
    def test_one_that_would_not_come_back_is_written(self, units: str) -> None:
        organization = organization_of(units)
        made = organization.number["x"]
        organization = replace(organization, synthetic=frozenset({made}))

        assert content(again(organization)) == content(organization)
        assert "x" in [row[0] for row in records(table_csv(organization, "units"))]
