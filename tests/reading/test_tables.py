from __future__ import annotations

import json
from pathlib import Path

import pytest

from components.reading.problems import DataError, Problem, Severity
from components.reading.read import read_tables
from components.reading.tables import Tables
from tests.organizations import faults


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def package(folder: Path, *resources: tuple[str, str], **words: object) -> Path:
    listed = [{"name": name, "path": path} for name, path in resources]
    return saved(folder, "datapackage.json", json.dumps({"resources": listed} | words))


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


class TestAFileIsRefused:
    def test_if_there_is_none(self, tmp_path: Path) -> None:
        assert "no such file" in refusal(tmp_path / "staff.csv").reason

    @pytest.mark.parametrize("name", ["staff.xlsx", "staff.csv.gz", "staff.txt"])
    def test_if_its_name_ends_in_something_else(self, tmp_path: Path, name: str) -> None:
        problem = refusal(saved(tmp_path, name, "name\nA\n"))

        assert Path(name).suffix in problem.reason
        assert ".csv" in problem.remedy


class TestADataPackage:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        inside = tmp_path / "dataset"
        inside.mkdir()
        saved(inside, "units.csv", "id,name\na,A\n")
        saved(inside, "themes.csv", "id,name\nt,T\n")
        saved(tmp_path, "secret.csv", "id,name\ns,S\n")
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

    def test_may_keep_its_files_in_folders_below(self, folder: Path) -> None:
        (folder / "tables").mkdir()
        saved(folder / "tables", "units.csv", "id,name\nb,B\n")
        package(folder, ("units", "tables/units.csv"))

        assert cells(read_tables(folder)) == [["id", "name"], ["b", "B"]]

    def test_names_the_file_in_which_a_problem_is(self, folder: Path) -> None:
        saved(folder, "themes.csv", "id,name\nt\n")
        package(folder, ("units", "units.csv"), ("themes", "themes.csv"))

        assert faults(read_tables(folder).problems) == [("themes.csv", 2, "", "")]

    def test_without_a_descriptor_is_refused(self, folder: Path) -> None:
        with pytest.raises(DataError, match=r"datapackage\.json: There is no such file"):
            read_tables(folder)

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", "{}", "null", '{"resources": 1}', '{"resources": [{"name": "units"}]}'],
    )
    def test_is_refused_if_it_lists_no_resources(self, tmp_path: Path, text: str) -> None:
        problem = refusal(saved(tmp_path, "datapackage.json", text))

        assert "no Frictionless data package" in problem.reason
        assert "“resources”" in problem.remedy

    @pytest.mark.parametrize(
        "path",
        ["../secret.csv", "x/../../secret.csv", "missing.csv", ".", "https://x.example/u.csv"],
    )
    def test_is_refused_if_it_names_a_file_that_is_not_in_its_folder(
        self, folder: Path, path: str
    ) -> None:
        problem = refusal(package(folder, ("units", path)))

        assert f"“{path}” of table “units” is not in the package's folder" in problem.reason

    def test_is_refused_if_it_names_a_file_elsewhere_in_full(self, folder: Path) -> None:
        secret = str(folder.parent / "secret.csv")

        assert "not in the package's folder" in refusal(package(folder, ("units", secret))).reason

    def test_is_refused_if_a_link_leads_out_of_its_folder(self, folder: Path) -> None:
        (folder / "link.csv").symlink_to(folder.parent / "secret.csv")

        problem = refusal(package(folder, ("units", "link.csv")))

        assert "not in the package's folder" in problem.reason
