from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.options import Limits
from components.reading.read import read_tables
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table
from tests.organizations import faults

XLSX = ReadingReport("XLSX")


def split(text: str) -> list[list[str]]:
    return [line.split("|") if line else [] for line in text.splitlines()]


def table(text: str, header: int | None = None, limits: Limits | None = None) -> Table:
    return table_of("units", split(text), XLSX, header, limits or Limits())


def rows(table: Table) -> dict[int, list[str]]:
    cells = table.frame.to_numpy().tolist()
    return dict(zip(table.frame.index.tolist(), cells, strict=True))


def columns(table: Table) -> list[str]:
    return list(table.frame.columns)


def header_of(table: Table) -> int | None:
    assert table.reading is not None
    return table.reading.header


def kinds_and_records(problems: Sequence[Problem]) -> list[tuple[ProblemKind, int | None]]:
    return [(problem.kind, problem.record) for problem in problems]


def rejection(text: str, header: int | None = None, limits: Limits | None = None) -> Problem:
    with pytest.raises(DataError) as raised:
        table(text, header, limits)
    (problem,) = raised.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.remedy
    return problem


class TestAHeader:
    def test_is_the_first_record_of_a_plain_table(self) -> None:
        read = table("id|name|parent\n1|Board|\n2|Audit|1\n")

        assert header_of(read) == 1
        assert columns(read) == ["id", "name", "parent"]
        assert rows(read) == {2: ["1", "Board", ""], 3: ["2", "Audit", "1"]}
        assert read.problems == ()

    @pytest.mark.parametrize(
        ("above", "record"),
        [
            ("Staff of the city\n", 2),
            ("Staff of the city||\n", 2),
            ("\nStaff of the city\n\n", 4),
            ("Staff of the city||\nPrinted on 2024-02-01||\n\n", 4),
            ("||\n||\n", 3),
            ("\n\n", 3),
        ],
    )
    def test_is_found_below_titles_notes_and_empty_lines(self, above: str, record: int) -> None:
        read = table(above + "id|name|parent\n1|Board|\n2|Audit|1\n")

        assert header_of(read) == record
        assert columns(read) == ["id", "name", "parent"]
        assert list(rows(read)) == [record + 1, record + 2]
        assert read.problems == ()

    def test_is_found_below_the_title_of_a_table_of_two_columns(self) -> None:
        assert header_of(table("Staff\nname|parent\nBoard|\nAudit|Board\n")) == 2
        assert header_of(table("Staff|\n|\nname|parent\nBoard|\nAudit|Board\n")) == 3

    @pytest.mark.parametrize(
        "text",
        [
            "name\nBoard\nAudit\n",
            "name|2023|2024\nBoard|2020|2022\nAudit|2021|2022\n",
            "name|1|2|3\nBoard|5|6|7\nAudit|5|6|7\n",
            "level1|level2|level3\nCity|Board|\nCity|Audit|Tax\n",
            "Ministry|Department\nFinance|Tax\nHealth|Hospitals\n",
            "name|parent\n",
            "|name|parent\n0|Board|\n1|Audit|Board\n",
            "name||type\nBoard|1|unit\nAudit|2|unit\n",
        ],
    )
    def test_is_any_text_that_may_be_one(self, text: str) -> None:
        assert header_of(table(text)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "1|Board|\n2|Audit|1\n3|Tax|2\n",
            "U001|Board|\nU002|Audit|U001\nU003|Tax|U001\n",
            "Board|\nAudit|Board\nTax|Board\n",
            "Board|2020-01-01\nAudit|2021-02-03\nTax|2021-02-04\n",
        ],
    )
    def test_is_not_there_if_the_first_record_is_like_those_below_it(self, text: str) -> None:
        read = table(text)

        assert header_of(read) is None
        assert columns(read)[:2] == ["column 1", "column 2"]
        assert list(rows(read)) == [1, 2, 3]
        assert kinds_and_records(read.problems) == [(ProblemKind.NO_HEADER, None)]
        assert read.problems[0].severity is Severity.WARNING

    def test_may_be_set_to_none(self) -> None:
        read = table("Ministry|Department\nFinance|Tax\n", header=0)

        assert header_of(read) is None
        assert rows(read) == {1: ["Ministry", "Department"], 2: ["Finance", "Tax"]}
        assert read.problems == ()

    def test_may_be_set_to_another_record(self) -> None:
        read = table("A|B\nid|name\n1|Board\n", header=2)

        assert header_of(read) == 2
        assert rows(read) == {3: ["1", "Board"]}

    @pytest.mark.parametrize("record", [-1, 2, 4, 99])
    def test_that_is_set_to_a_missing_record_is_rejected(self, record: int) -> None:
        problem = rejection("id|name\n\n1|Board\n", header=record)

        assert problem.kind is ProblemKind.NO_SUCH_CHOICE
        assert f"Record {record}" in problem.reason

    def test_alone_is_a_table_without_records(self) -> None:
        read = table("id|name|parent\n")

        assert columns(read) == ["id", "name", "parent"]
        assert len(read.frame) == 0


class TestAColumn:
    def test_has_its_name_in_one_line_without_spaces_around_it(self) -> None:
        read = table_of(
            "units",
            [["\ufeffid ", " unit\n  name", "pa\u00a0rent"], ["1", "A", ""]],
            XLSX,
            None,
            Limits(),
        )

        assert columns(read) == ["id", "unit name", "pa rent"]

    def test_without_a_name_and_content_is_dropped(self) -> None:
        read = table("id|name|parent| |\n1|A|| |\n2|B|1||\n")

        assert columns(read) == ["id", "name", "parent"]
        assert read.problems == ()

    def test_without_a_name_but_with_content_is_numbered_and_reported(self) -> None:
        read = table("id|name|parent|\n1|A||x\n2|B|1|\n")

        assert columns(read) == ["id", "name", "parent", "column 4"]
        assert rows(read)[2] == ["1", "A", "", "x"]
        assert [(each.kind, each.column) for each in read.problems] == [
            (ProblemKind.EMPTY_HEADER, "column 4")
        ]

    def test_that_repeats_a_name_is_numbered_and_reported(self) -> None:
        read = table("name|name|name (2)|name\na|b|c|d\n")

        assert columns(read) == ["name", "name (3)", "name (2)", "name (4)"]
        assert [(each.kind, each.column, each.value) for each in read.problems] == [
            (ProblemKind.REPEATED_HEADER, "name (3)", "name"),
            (ProblemKind.REPEATED_HEADER, "name (4)", "name"),
        ]


class TestARecord:
    def test_that_is_empty_is_skipped_but_counted(self) -> None:
        read = table("name|parent\nA|\n\nB|A\n | \nC|A\n")

        assert rows(read) == {2: ["A", ""], 4: ["B", "A"], 6: ["C", "A"]}
        assert read.reading is not None
        assert read.reading.records == 3

    def test_that_is_longer_than_the_header_is_reported_with_its_surplus(self) -> None:
        read = table("name|parent\nA|\nB|A|x|y\nC|A\n")

        assert faults(read.problems) == [("units", 3, "", "x | y")]
        assert read.problems[0].kind is ProblemKind.LONG_RECORD
        assert "4 cells, but the header has 2" in read.problems[0].reason
        assert rows(read)[3] == ["B", "A"]

    def test_that_is_longer_by_empty_cells_is_no_problem(self) -> None:
        assert table("name|parent\nA|\nB|A|| \nC|A\n").problems == ()

    def test_that_is_shorter_than_the_header_is_filled_and_reported(self) -> None:
        read = table("name|parent|head\nA||\nB|A\nC|A|\n")

        assert faults(read.problems) == [("units", 3, "", "")]
        assert read.problems[0].kind is ProblemKind.SHORT_RECORD
        assert "2 cells, but the header has 3" in read.problems[0].reason
        assert rows(read)[3] == ["B", "A", ""]

    def test_is_not_shorter_if_columns_without_a_name_are_all_that_it_lacks(self) -> None:
        assert table("name|parent||\nA|\nB|A||\nC|A||\n").problems == ()

    def test_is_reported_if_it_is_the_only_one(self) -> None:
        assert kinds_and_records(table("id|name\nA\n").problems) == [(ProblemKind.SHORT_RECORD, 2)]

    def test_is_no_problem_if_most_end_in_a_delimiter(self) -> None:
        read = table("name|parent\nA||\nB|A|\nC|A|\n")

        assert columns(read) == ["name", "parent"]
        assert read.problems == ()

    def test_is_no_problem_if_most_have_one_cell_more(self) -> None:
        read = table("id|name\n1|A|x\n2|B|y\n3|C|z\n")

        assert columns(read) == ["id", "name", "column 3"]
        assert [each.kind for each in read.problems] == [ProblemKind.EMPTY_HEADER]

    def test_is_no_problem_if_most_have_one_cell_less(self) -> None:
        assert table("id|name|head\n1|A\n2|B\n3|C|x\n").problems == ()


class TestACell:
    def one(self, cell: str, limits: Limits | None = None) -> Table:
        return table_of("units", [["id", "name"], ["1", cell]], XLSX, None, limits or Limits())

    @pytest.mark.parametrize(
        ("cell", "left", "code"),
        [
            ("a\0b", "ab", "U+0000"),
            ("a\x07b", "ab", "U+0007"),
            ("a\x85b", "ab", "U+0085"),
            ("a\u202eb", "ab", "U+202E"),
            ("a\u2066b", "ab", "U+2066"),
        ],
    )
    def test_loses_control_and_direction_characters_which_are_reported(
        self, cell: str, left: str, code: str
    ) -> None:
        read = self.one(cell)

        assert rows(read) == {2: ["1", left]}
        assert faults(read.problems) == [("units", 2, "name", left)]
        assert read.problems[0].kind is ProblemKind.CONTROL_CHARACTERS
        assert code in read.problems[0].reason

    @pytest.mark.parametrize(
        "cell", ["a\nb", "a\r\nb", "a\tb", "a\u200fb", "a\u00a0b", "👩\u200d🔧"]
    )
    def test_keeps_line_breaks_tabs_and_joiners(self, cell: str) -> None:
        read = self.one(cell)

        assert rows(read) == {2: ["1", cell]}
        assert read.problems == ()

    def test_with_a_single_surrogate_gets_a_replacement_character(self) -> None:
        read = self.one("a\ud800b")

        assert rows(read) == {2: ["1", "a\ufffdb"]}
        assert kinds_and_records(read.problems) == [(ProblemKind.UNDECODABLE, 2)]

    def test_that_is_long_is_kept_and_reported(self) -> None:
        read = self.one("x" * 80_000)

        assert rows(read) == {2: ["1", "x" * 80_000]}
        assert kinds_and_records(read.problems) == [(ProblemKind.LONG_TEXT, 2)]
        assert "80,000" in read.problems[0].reason
        assert len(read.problems[0].value) < 100

    def test_beyond_the_limit_is_rejected(self) -> None:
        with pytest.raises(DataError) as raised:
            self.one("x" * 80_000, Limits(characters=50_000))

        (problem,) = raised.value.problems
        assert (problem.kind, problem.record, problem.column) == (ProblemKind.TOO_LARGE, 2, "name")
        assert "80,000" in problem.reason
        assert "50,000" in problem.reason
        assert "REMIT_MOST_CHARACTERS" in problem.remedy


class TestATableIsRejected:
    @pytest.mark.parametrize("text", ["", "\n\n", " | \n|\n"])
    @pytest.mark.parametrize("header", [None, 0])
    def test_if_there_is_nothing_in_it(self, text: str, header: int | None) -> None:
        assert rejection(text, header).kind is ProblemKind.EMPTY

    def test_if_it_has_more_records_than_the_limit(self) -> None:
        problem = rejection("id\n" + "a\n" * 11, limits=Limits(records=10))

        assert problem.kind is ProblemKind.TOO_LARGE
        assert "10" in problem.reason
        assert "REMIT_MOST_RECORDS" in problem.remedy
        assert len(table("id\n" + "a\n" * 10, limits=Limits(records=10)).frame) == 10

    def test_if_it_has_more_columns_than_the_limit(self) -> None:
        wide = "|".join(f"c{column}" for column in range(30))
        problem = rejection(f"{wide}\n{wide}x\n", limits=Limits(columns=20))

        assert problem.kind is ProblemKind.TOO_LARGE
        assert "30" in problem.reason
        assert "20" in problem.reason
        assert "REMIT_MOST_COLUMNS" in problem.remedy


def test_a_limit_of_characters_holds_however_low_it_is(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("name,parent\n" + "x" * 101 + ",\n")

    with pytest.raises(DataError, match="101 characters; the limit is 100"):
        read_tables(path, limits=Limits(characters=100))
