from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


class TestAFile:
    def test_becomes_the_table_of_units_and_gives_its_name(self, tmp_path: Path) -> None:
        tables = read_tables(saved(tmp_path, "staff.csv", "name,parent\nBoard,\nAudit,Board\n"))

        assert tables.name == "staff"
        assert cells(tables) == [["name", "parent"], ["Board", ""], ["Audit", "Board"]]
        assert tables.problems == ()

    def test_is_split_at_tabs_if_its_name_says_so(self, tmp_path: Path) -> None:
        for name in ("staff.tsv", "staff.tab"):
            tables = read_tables(saved(tmp_path, name, "name\tparent\nA, B\t\n"))
            assert cells(tables) == [["name", "parent"], ["A, B", ""]]

    def test_may_end_in_capitals(self, tmp_path: Path) -> None:
        assert cells(read_tables(saved(tmp_path, "STAFF.CSV", "name\nA\n"))) == [["name"], ["A"]]

    @pytest.mark.parametrize(
        "cell",
        ["007", "NA", "null", "None", "nan", "1e5", "1.0", "TRUE", "2026-01-02", " a ", "=1+1"],
    )
    def test_is_read_as_text_and_nothing_is_interpreted(self, tmp_path: Path, cell: str) -> None:
        tables = read_tables(saved(tmp_path, "staff.csv", f"id,name\n{cell},{cell}\n"))

        assert cells(tables) == [["id", "name"], [cell, cell]]

    def test_keeps_delimiters_quotation_marks_and_line_breaks_in_quoted_cells(
        self, tmp_path: Path
    ) -> None:
        text = 'id,name\n1,"Roads, ""Bridges""\nand Locks"\n2,5" pipes\n'

        assert cells(read_tables(saved(tmp_path, "staff.csv", text))) == [
            ["id", "name"],
            ["1", 'Roads, "Bridges"\nand Locks'],
            ["2", '5" pipes'],
        ]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_may_end_its_lines_in_any_way(self, tmp_path: Path, end: str) -> None:
        text = end.join(["name,parent", "A,", "B,A"])

        assert cells(read_tables(saved(tmp_path, "staff.csv", text)))[1:] == [["A", ""], ["B", "A"]]

    def test_may_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        tables = read_tables(saved(tmp_path, "staff.csv", "\ufeffname,parent\nA,\n"))

        assert list(tables.frames["units"].columns) == ["name", "parent"]

    def test_may_have_spaces_around_its_column_names(self, tmp_path: Path) -> None:
        tables = read_tables(saved(tmp_path, "staff.csv", " name , parent \nA,\n"))

        assert list(tables.frames["units"].columns) == ["name", "parent"]

    def test_may_have_nothing_but_a_header(self, tmp_path: Path) -> None:
        assert cells(read_tables(saved(tmp_path, "staff.csv", "name,parent\n"))) == [
            ["name", "parent"]
        ]


class TestARecord:
    def test_is_numbered_from_the_header_on_and_empty_ones_count(self, tmp_path: Path) -> None:
        text = 'name,parent\nA,\n\n"B\nB",A\n , \nC,A\n'

        frame = read_tables(saved(tmp_path, "staff.csv", text)).frames["units"]

        assert dict(zip(frame.index, frame["name"], strict=True)) == {2: "A", 4: "B\nB", 6: "C"}

    def test_that_is_longer_than_the_header_is_named_with_what_is_too_much(
        self, tmp_path: Path
    ) -> None:
        tables = read_tables(saved(tmp_path, "staff.csv", "name,parent\nA,\nB,A,x,y\nC,A\n"))

        assert faults(tables.problems) == [("staff.csv", 3, "", "x | y")]
        assert "4 cells, the header 2" in tables.problems[0].reason
        assert cells(tables)[1:] == [["A", ""], ["B", "A"], ["C", "A"]]

    def test_that_is_shorter_than_the_header_is_named_and_filled(self, tmp_path: Path) -> None:
        tables = read_tables(saved(tmp_path, "staff.csv", "name,parent,head\nA,,\nB,A\nC,A,\n"))

        assert faults(tables.problems) == [("staff.csv", 3, "", "")]
        assert "2 cells, the header 3" in tables.problems[0].reason
        assert cells(tables)[1:] == [["A", "", ""], ["B", "A", ""], ["C", "A", ""]]


class TestAFileIsRefused:
    def test_if_there_is_none(self, tmp_path: Path) -> None:
        assert "no such file" in refusal(tmp_path / "staff.csv").reason

    @pytest.mark.parametrize("name", ["staff.xlsx", "staff.csv.gz", "staff.txt"])
    def test_if_its_name_ends_in_something_else(self, tmp_path: Path, name: str) -> None:
        problem = refusal(saved(tmp_path, name, "name\nA\n"))

        assert Path(name).suffix in problem.reason
        assert ".csv" in problem.remedy

    def test_if_it_is_not_utf_8_and_the_byte_is_named(self, tmp_path: Path) -> None:
        problem = refusal(saved(tmp_path, "staff.csv", "name\nBrûlé\n".encode("latin-1")))

        assert "Byte 7 is not UTF-8" in problem.reason
        assert "UTF-8" in problem.remedy

    @pytest.mark.parametrize("text", ["", "\n", " , \nA,\n"])
    def test_if_it_has_no_header(self, tmp_path: Path, text: str) -> None:
        assert "no header" in refusal(saved(tmp_path, "staff.csv", text)).reason

    def test_if_its_header_repeats_a_name(self, tmp_path: Path) -> None:
        problem = refusal(saved(tmp_path, "staff.csv", "name,parent,head, name,head\nA,,,,\n"))

        assert "“head”, “name” more than once" in problem.reason

    def test_if_a_quotation_mark_is_not_closed_and_the_record_is_named(
        self, tmp_path: Path
    ) -> None:
        problem = refusal(saved(tmp_path, "staff.csv", 'name,parent\nA,\n"B,A\nC,A\n'))

        assert "Record 3, which ends in line 4," in problem.reason
        assert "quotation marks" in problem.remedy

    def test_if_something_follows_a_closing_quotation_mark(self, tmp_path: Path) -> None:
        problem = refusal(saved(tmp_path, "staff.csv", 'name,parent\n"A"x,\n'))

        assert "Record 2" in problem.reason


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


def reads_or_refuses(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = saved(Path(folder), "staff.csv", content)
        try:
            frame = read_tables(path).frames["units"]
        except DataError:
            return
        assert all(isinstance(cell, str) for row in frame.to_numpy().tolist() for cell in row)


@given(st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_it_is_read_as_text_or_refused(content: bytes) -> None:
    reads_or_refuses(content)


@given(st.text(alphabet='ab,;"\n\r\t \0é', max_size=80))
def test_however_a_table_is_damaged_it_is_read_as_text_or_refused(text: str) -> None:
    reads_or_refuses(b"name,parent\n" + text.encode())
