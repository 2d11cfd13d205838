from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.options import Options
from components.reading.read import read_tables
from components.reading.tables import Tables
from tests.reading.sheets import xlsx


def write_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def package(folder: Path, *resources: tuple[str, str], **properties: object) -> Path:
    return described(
        folder, *({"name": name, "path": path} for name, path in resources), **properties
    )


def described(folder: Path, *resources: dict[str, Any], **properties: object) -> Path:
    content = json.dumps({"resources": resources} | properties)
    return write_file(folder, "datapackage.json", content)


def cells(tables: Tables, table: str = "units") -> list[list[str]]:
    frame = tables.frames[table]
    return [list(frame.columns), *frame.to_numpy().tolist()]


def refusal(path: Path) -> Problem:
    with pytest.raises(DataError) as raised:
        read_tables(path)
    (problem,) = raised.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.table == path.name
    assert problem.remedy
    return problem


class TestADataPackage:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        inside = tmp_path / "dataset"
        inside.mkdir()
        write_file(inside, "units.csv", "id,name\na,A\n")
        write_file(inside, "themes.csv", "id,name\nt,T\n")
        write_file(tmp_path, "secret.csv", "id,name\ns,S\n")
        return inside

    def test_is_a_folder_or_its_descriptor(self, folder: Path) -> None:
        path = package(folder, ("units", "units.csv"), ("themes", "themes.csv"), name="harbour")

        for dataset in (folder, path):
            tables = read_tables(dataset)
            assert tables.name == "harbour"
            assert cells(tables, "units") == [["id", "name"], ["a", "A"]]
            assert cells(tables, "themes") == [["id", "name"], ["t", "T"]]
            assert tables.descriptor["name"] == "harbour"

    def test_without_a_name_has_its_folders(self, folder: Path) -> None:
        package(folder, ("units", "units.csv"))

        assert read_tables(folder).name == "dataset"

    def test_may_have_its_files_in_subfolders(self, folder: Path) -> None:
        (folder / "tables").mkdir()
        write_file(folder / "tables", "units.csv", "id,name\nb,B\n")
        package(folder, ("units", "tables/units.csv"))

        assert cells(read_tables(folder)) == [["id", "name"], ["b", "B"]]

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", "{}", "null", '{"resources": 1}', '{"resources": [{"name": "units"}]}'],
    )
    def test_is_refused_if_it_lists_no_resources(self, tmp_path: Path, text: str) -> None:
        problem = refusal(write_file(tmp_path, "datapackage.json", text))

        assert "not a Frictionless data package" in problem.reason
        assert "“resources”" in problem.remedy

    @pytest.mark.parametrize(
        "path",
        ["../secret.csv", "x/../../secret.csv", "missing.csv", ".", "https://x.example/u.csv"],
    )
    def test_is_refused_if_a_file_is_not_in_its_folder(self, folder: Path, path: str) -> None:
        problem = refusal(package(folder, ("units", path)))

        assert (
            f"“{path}” of the table “units” is not in the folder of the data package"
            in problem.reason
        )

    def test_is_refused_if_an_absolute_path_leads_out_of_its_folder(self, folder: Path) -> None:
        secret = str(folder.parent / "secret.csv")

        assert (
            "not in the folder of the data package"
            in refusal(package(folder, ("units", secret))).reason
        )

    def test_is_refused_if_a_link_leads_out_of_its_folder(self, folder: Path) -> None:
        (folder / "link.csv").symlink_to(folder.parent / "secret.csv")

        problem = refusal(package(folder, ("units", "link.csv")))

        assert "not in the folder of the data package" in problem.reason

    @pytest.mark.parametrize("path", ["../secret.csv", "missing.csv", "link.csv", "broken.xlsx"])
    def test_is_read_with_a_warning_about_a_file_that_is_outside_or_broken(
        self, folder: Path, path: str
    ) -> None:
        (folder / "link.csv").symlink_to(folder.parent / "secret.csv")
        write_file(folder, "broken.xlsx", b"PK\x03\x04")
        package(folder, ("units", "units.csv"), ("duties", path))

        tables = read_tables(folder)

        assert list(tables.frames) == ["units"]
        (problem,) = tables.problems
        assert problem.severity is Severity.WARNING
        if path != "broken.xlsx":
            assert problem.kind is ProblemKind.MISSING_TABLE
            assert f"“{path}” of the table “duties”" in problem.reason

    @pytest.mark.parametrize("name", ["harbour_datapackage.json", "harbour.json"])
    def test_may_have_another_name(self, folder: Path, name: str) -> None:
        path = package(folder, ("units", "units.csv")).rename(folder / name)

        assert list(read_tables(path).frames) == ["units"]

    def test_numbers_tables_with_the_same_name(self, folder: Path) -> None:
        package(folder, ("units", "units.csv"), ("units", "themes.csv"))

        assert list(read_tables(folder).frames) == ["units", "units-2"]

    def test_reports_described_columns_that_are_missing(self, folder: Path) -> None:
        schema = {"fields": [{"name": "id"}, {"name": "title"}]}
        described(folder, {"name": "units", "path": "units.csv", "schema": schema})

        (problem,) = read_tables(folder).problems

        assert (problem.kind, problem.severity) == (ProblemKind.MISSING_COLUMN, Severity.NOTE)
        assert (problem.table, problem.column) == ("units", "title")


class TestAResource:
    def test_is_read_as_it_is_described(self, tmp_path: Path) -> None:
        write_file(tmp_path, "units.csv", "id~name\na~Brûlé, Ltd\n".encode("cp850"))
        dialect = {"delimiter": "~"}
        resource = {"name": "units", "path": "units.csv", "encoding": "cp850", "dialect": dialect}
        described(tmp_path, resource)

        assert cells(read_tables(tmp_path)) == [["id", "name"], ["a", "Brûlé, Ltd"]]

    def test_is_read_by_the_options_if_they_are_set(self, tmp_path: Path) -> None:
        write_file(tmp_path, "units.csv", "id|name\na|A\n")
        described(tmp_path, {"name": "units", "path": "units.csv", "dialect": {"delimiter": ";"}})

        tables = read_tables(tmp_path, Options(delimiter="|"))

        assert cells(tables) == [["id", "name"], ["a", "A"]]

    def test_is_read_even_if_its_description_is_wrong(self, tmp_path: Path) -> None:
        write_file(tmp_path, "units.csv", "id,name\na,Brûlé\n")
        described(tmp_path, {"name": "units", "path": "units.csv", "encoding": "ascii"})

        tables = read_tables(tmp_path)

        assert cells(tables)[1] == ["a", "Brûlé"]
        (problem,) = tables.problems
        assert problem.severity is Severity.NOTE
        assert "not valid text in ascii" in problem.reason

    def test_may_be_one_sheet_of_a_workbook(self, tmp_path: Path) -> None:
        xlsx(tmp_path / "staff.xlsx", Notes=[["note"], ["x"]], Units=[["id"], ["a"]])
        described(tmp_path, {"name": "units", "path": "staff.xlsx", "dialect": {"sheet": "Units"}})

        assert cells(read_tables(tmp_path)) == [["id"], ["a"]]

    @pytest.mark.parametrize("second", ["id,name\nb,B\n", "b,B\n"])
    def test_may_be_in_several_files(self, tmp_path: Path, second: str) -> None:
        write_file(tmp_path, "one.csv", "id,name\na,A\n")
        write_file(tmp_path, "two.csv", second)
        described(tmp_path, {"name": "units", "path": ["one.csv", "two.csv"]})

        tables = read_tables(tmp_path)

        assert cells(tables) == [["id", "name"], ["a", "A"], ["b", "B"]]
        assert tables.frames["units"].index.is_unique
        assert tables.readings["units"].records == 2

    @pytest.mark.parametrize(
        "data", [[{"id": "a", "size": 7}, {"id": "b"}], [["id", "size"], ["a", 7], ["b", None]]]
    )
    def test_may_be_data_in_the_descriptor(self, tmp_path: Path, data: object) -> None:
        described(tmp_path, {"name": "units", "data": data})

        assert cells(read_tables(tmp_path)) == [["id", "size"], ["a", "7"], ["b", ""]]

    def test_without_a_header_has_the_columns_of_its_schema(self, tmp_path: Path) -> None:
        write_file(tmp_path, "units.csv", "a,A\nb,B\n")
        schema = {"fields": [{"name": "id"}, {"name": "name"}]}
        resource = {"name": "units", "path": "units.csv", "schema": schema}
        described(tmp_path, resource | {"dialect": {"header": False}})

        assert cells(read_tables(tmp_path)) == [["id", "name"], ["a", "A"], ["b", "B"]]
