from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.delimited import _DelimitedText, table_of_text
from components.reading.encodings import decoded_file
from components.reading.options import Limits, Options
from components.reading.table_building import TableBuilder
from components.reading.tables import ReadingReport, Table
from tests.organizations import faults


def read(
    content: str | bytes,
    options: Options | None = None,
    limits: Limits | None = None,
    *,
    ending: str = ".csv",
) -> Table:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"staff{ending}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        decoded = decoded_file(path, "units", options or Options())
        return table_of_text(decoded, "units", options or Options(), limits or Limits())


def cells(table: Table) -> list[list[str]]:
    return [list(table.frame.columns), *table.frame.to_numpy().tolist()]


def report(table: Table) -> str:
    return str(table.reading)


def kinds_and_records(table: Table) -> list[tuple[ProblemKind, int | None]]:
    return [(problem.kind, problem.record) for problem in table.problems]


def rejection(
    content: str | bytes, options: Options | None = None, limits: Limits | None = None
) -> Problem:
    with pytest.raises(DataError) as raised:
        read(content, options, limits)
    (problem,) = raised.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.table == "units"
    assert problem.remedy
    return problem


class TestACell:
    @pytest.mark.parametrize(
        "cell",
        ["007", "NA", "null", "None", "nan", "1e5", "1.0", "TRUE", "2026-01-02", " a ", "=1+1"],
    )
    def test_is_read_as_text_and_nothing_is_interpreted(self, cell: str) -> None:
        assert cells(read(f"id,name\n{cell},{cell}\n")) == [["id", "name"], [cell, cell]]

    def test_keeps_delimiters_quotation_marks_and_line_breaks_in_quotation_marks(self) -> None:
        assert cells(read('id,name\n1,"Roads, ""Bridges""\nand Locks"\n2,5" pipes\n')) == [
            ["id", "name"],
            ["1", 'Roads, "Bridges"\nand Locks'],
            ["2", '5" pipes'],
        ]

    def test_with_undecodable_bytes_is_reported(self) -> None:
        table = read("name,parent\nBrûlé,\nÉcole,Brûlé\n".encode() + b"x\xff,\xc3\n")

        assert report(table) == "UTF-8, commas, header in record 1, 3 records"
        assert faults(table.problems) == [
            ("units", 4, "name", "x\ufffd"),
            ("units", 4, "parent", "\ufffd"),
        ]
        assert {problem.kind for problem in table.problems} == {ProblemKind.UNDECODABLE}

    def test_loses_nuls_and_characters_that_change_the_direction_and_is_reported(self) -> None:
        table = read("name,parent\nA\0,\nB\u202e,A\n")

        assert cells(table)[1:] == [["A", ""], ["B", "A"]]
        assert kinds_and_records(table) == [
            (ProblemKind.CONTROL_CHARACTERS, 2),
            (ProblemKind.CONTROL_CHARACTERS, 3),
        ]

    @pytest.mark.parametrize("end", ["\n", ""])
    def test_of_eighty_thousand_characters_is_kept_and_reported(self, end: str) -> None:
        for cell in ("x" * 80_000, "x\n" * 40_000):
            table = read(f'name,parent\nA,\nB,"{cell}"{end}')
            assert cells(table)[2] == ["B", cell]
            assert kinds_and_records(table) == [(ProblemKind.LONG_TEXT, 3)]

    def test_may_be_longer_than_the_csv_module_allows_elsewhere(self) -> None:
        limit = 131_072
        cell = "x" * (limit + 1)
        # Other libraries change the limit of the process when they are imported.
        previous = csv.field_size_limit(limit)
        try:
            table = read(f'name,parent\n{cell},\nB 5" pipe,A\n')
        finally:
            remaining = csv.field_size_limit(previous)

        assert cells(table)[1][0] == cell
        assert remaining == limit


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_may_end_in_any_way(self, end: str) -> None:
        assert cells(read(end.join(["name,parent", "A,", "B,A", ""])))[1:] == [
            ["A", ""],
            ["B", "A"],
        ]

    def test_may_end_in_several_ways(self) -> None:
        assert cells(read("name,parent\r\nA,\rB,A\nC,A"))[1:] == [["A", ""], ["B", "A"], ["C", "A"]]

    def test_that_are_empty_are_counted(self) -> None:
        frame = read('name,parent\nA,\n\n"B\nB",A\n , \nC,A\n').frame

        assert dict(zip(frame.index, frame["name"], strict=True)) == {2: "A", 4: "B\nB", 6: "C"}


class TestADelimiter:
    @pytest.mark.parametrize("ending", [".csv", ".tsv", ".txt", ".CSV", ""])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_is_found_in_the_records_whatever_the_files_name(
        self, delimiter: str, ending: str
    ) -> None:
        text = "id,name,parent\n1,Board,\n2,Audit,1\n".replace(",", delimiter)

        table = read(text, ending=ending)

        assert cells(table) == [["id", "name", "parent"], ["1", "Board", ""], ["2", "Audit", "1"]]
        assert table.reading == ReadingReport("CSV", 2, "UTF-8", delimiter, header=1)

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("name;a;b\nX;1,5;2,5\nY;1,6;2,6\n", ["X", "1,5", "2,5"]),
            ('name,duties\nA,"a;b;c"\nB,"d;e;f"\n', ["A", "a;b;c"]),
            ("name,duties\nA,a;b;c\nB,d;e\nC,f\n", ["A", "a;b;c"]),
            ("name;head\nX;Ng, A\nY;Li, B\nZ;Wu, C\n", ["X", "Ng, A"]),
            ('name|text\nX|"a|b, c"\nY|d, e\n', ["X", "a|b, c"]),
            ("name\ttext\nX\ta, b; c\nY\td, e; f\n", ["X", "a, b; c"]),
            ('a;b\n"x, y\nz, w";1\n"x, y\nz, w";1\n', ["x, y\nz, w", "1"]),
            ("Staff, 2024\n\nid;name\n1;X\n2;Y\n", ["1", "X"]),
        ],
    )
    def test_is_not_mistaken_for_others_in_the_cells(self, text: str, first: list[str]) -> None:
        assert cells(read(text))[1] == first

    def test_is_not_needed_for_one_column(self) -> None:
        table = read('name\nBoard\nRoads, Bridges\nAudit\n"Tax"\n')

        assert cells(table) == [["name"], ["Board"], ["Roads, Bridges"], ["Audit"], ["Tax"]]
        assert report(table) == "UTF-8, header in record 1, 4 records"
        assert table.problems == ()

    @pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n'])
    def test_may_stand_in_a_first_line_of_its_own(self, line: str) -> None:
        table = read(f"{line}id;name\n1;a,b\n2;c,d\n")

        assert cells(table) == [["id", "name"], ["1", "a,b"], ["2", "c,d"]]
        assert report(table) == "UTF-8, semicolons, header in record 2, 2 records"
        assert list(table.frame.index) == [3, 4]

    @pytest.mark.parametrize("set_as", ["\t", "tab", r"\t", "TAB"])
    def test_may_be_set(self, set_as: str) -> None:
        table = read("a,b\tc\n1,2\t3\n", Options(delimiter=set_as))

        assert cells(table) == [["a,b", "c"], ["1,2", "3"]]

    def test_may_be_set_to_any_character(self) -> None:
        assert cells(read("a§b\n1§2\n", Options(delimiter="§"))) == [["a", "b"], ["1", "2"]]

    @pytest.mark.parametrize("set_as", ["::", '"', "\n"])
    def test_that_is_set_but_cannot_be_one_is_rejected(self, set_as: str) -> None:
        assert rejection("a,b\n", Options(delimiter=set_as)).kind is ProblemKind.NO_SUCH_CHOICE


class TestAHeader:
    def test_is_found_below_titles_and_reported(self) -> None:
        table = read("Staff of the city;;\nPrinted today;;\nid;name;parent\n1;A;\n2;B;1\n")

        assert report(table) == "UTF-8, semicolons, header in record 3, 2 records"
        assert list(table.frame.index) == [4, 5]

    def test_that_is_missing_is_reported(self) -> None:
        table = read("1,Board,\n2,Audit,1\n3,Tax,1\n")

        assert cells(table)[:2] == [["column 1", "column 2", "column 3"], ["1", "Board", ""]]
        assert kinds_and_records(table) == [(ProblemKind.NO_HEADER, None)]
        assert report(table) == "UTF-8, commas, 3 records"

    def test_may_be_set_to_any_record(self) -> None:
        lines = "".join(f"x{number},y\n" for number in range(2000))

        assert cells(read(lines, Options(header=1500)))[:2] == [["x1499", "y"], ["x1500", "y"]]
        assert rejection(lines, Options(header=2001)).kind is ProblemKind.NO_SUCH_CHOICE

    def test_may_stand_behind_a_byte_order_mark(self) -> None:
        assert cells(read("\ufeffname,parent\nA,\n"))[0] == ["name", "parent"]


class TestARecord:
    def test_that_is_longer_or_shorter_than_the_header_is_reported(self) -> None:
        table = read("name,parent,head\nA,,\nB,A,x,y,z\nC,A\nD,A,\n")

        assert kinds_and_records(table) == [
            (ProblemKind.LONG_RECORD, 3),
            (ProblemKind.SHORT_RECORD, 4),
        ]
        assert table.problems[0].value == "y | z"
        assert cells(table)[1:] == [["A", "", ""], ["B", "A", "x"], ["C", "A", ""], ["D", "A", ""]]

    def test_with_a_hundred_thousand_cells_does_not_widen_the_table(self) -> None:
        table = read("name,parent\nA,\nB" + ",x" * 100_000 + "\nC,A\n")

        assert table.frame.shape == (3, 2)
        assert kinds_and_records(table) == [(ProblemKind.LONG_RECORD, 3)]


class TestHalfAFile:
    def test_ends_before_a_quotation_mark_that_is_never_closed(self) -> None:
        table = read('name,parent,duty\nA,,x\n"B, and\nmore of it')

        assert cells(table)[1:] == [["A", "", "x"]]
        assert kinds_and_records(table) == [(ProblemKind.CUT_SHORT, 3)]
        assert "never closed" in table.problems[0].reason
        assert "2 lines" in table.problems[0].reason
        assert table.problems[0].value == '"B, and\nmore of it'
        assert table.problems[0].severity is Severity.WARNING

    def test_ends_in_a_record_that_is_shorter_than_the_header(self) -> None:
        table = read("name,parent,head\nA,,x\nB,A")

        assert cells(table)[1:] == [["A", "", "x"], ["B", "A", ""]]
        assert kinds_and_records(table) == [(ProblemKind.CUT_SHORT, 3)]

    def test_is_whole_if_only_the_last_line_break_is_missing(self) -> None:
        assert read("name,parent\nA,\nB,A").problems == ()

    def test_is_rejected_if_its_first_record_is_never_closed(self) -> None:
        assert rejection('"name,parent').kind is ProblemKind.UNREADABLE


class TestAStrayQuotationMark:
    @pytest.mark.parametrize("later", ["", 'Z,A,"q, r"\n'])
    def test_does_not_merge_the_records_after_it(self, later: str) -> None:
        many = "".join(f"U{number},A,x\n" for number in range(500))
        table = read(f'name,parent,duty\nA,,x\n"B,A,x\n{many}{later}')

        assert len(table.frame) == 502 + bool(later)
        assert cells(table)[2] == ['"B', "A", "x"]
        assert kinds_and_records(table) == [(ProblemKind.CUT_SHORT, 3)]
        assert "read as an ordinary character" in table.problems[0].reason

    def test_is_none_around_a_cell_of_many_lines(self) -> None:
        duties = "\n".join(f"roads, bridges, locks {number}" for number in range(50))
        table = read(f'name,parent,duty\nA,,"{duties}"\nB,A,"{duties}"\n')

        assert cells(table)[1:] == [["A", "", duties], ["B", "A", duties]]
        assert table.problems == ()

    def test_may_be_in_every_record(self) -> None:
        table = read("name,parent,duty\n" + '"B,A,x\nC,A,x\nD,A,x\nE,A,x\n' * 5_000)

        assert len(table.frame) > 19_000


class TestAFileIsRejected:
    @pytest.mark.parametrize("content", ["", "\n", " \r\n \n", "\ufeff", ",,\n,\n"])
    def test_if_there_is_nothing_in_it(self, content: str) -> None:
        assert rejection(content).kind is ProblemKind.EMPTY

    def test_if_there_is_no_such_encoding(self) -> None:
        assert rejection("name\n", Options(encoding="klingon")).kind is ProblemKind.NO_SUCH_CHOICE

    @pytest.mark.parametrize("cell", ["1", '5" pipe'])
    def test_if_it_has_more_records_than_the_limit(self, cell: str) -> None:
        problem = rejection("a,b\n" + f"x,{cell}\n" * 11, limits=Limits(records=10))

        assert problem.kind is ProblemKind.TOO_LARGE
        assert "REMIT_MOST_RECORDS" in problem.remedy

    def test_if_it_has_two_hundred_thousand_columns(self) -> None:
        record = ",".join(["x"] * 200_000) + "\n"

        problem = rejection(record * 20)

        assert problem.kind is ProblemKind.TOO_LARGE
        assert "200,000 columns" in problem.reason
        assert "2,000" in problem.reason
        assert "REMIT_MOST_COLUMNS" in problem.remedy


CODECS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte-order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "cp1252": "Windows-1252",
}


class TestAWrittenTable:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("codec", CODECS)
    @pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    def test_is_read_back_cell_by_cell(self, delimiter: str, codec: str, quoting: int) -> None:
        table = [
            ["id", "name", "duties", "note"],
            ["007", "Amt für Straßen", "a; b\nc, d", "NA"],
            ["008", 'Büro "Süd"', "x|y\tz", ""],
            ["009", "Référence, générale", "", "1,5"],
        ]

        back = read(written(table, delimiter, quoting).encode(codec), ending=".txt")

        assert cells(back) == table
        assert back.problems == ()
        assert back.reading == ReadingReport("CSV", 3, CODECS[codec], delimiter, header=1)


def written(table: list[list[str]], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    return file.getvalue()


TEXT = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8).filter(str.strip)


@given(
    st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_that_is_written_is_read_back(
    body: list[list[str]], delimiter: str, codec: str
) -> None:
    table = [["id", "name", "parent"], *body]
    options = Options(delimiter=delimiter, header=1)

    assert cells(read(written(table, delimiter).encode(codec), options)) == table


def outcome(reading: Callable[[], Table | None]) -> tuple[object, ...] | None:
    """Return all that is read and told, for comparing; None if nothing is read."""
    try:
        table = reading()
    except DataError as error:
        return error.problems
    if table is None:
        return None
    return cells(table), list(table.frame.index), table.reading, table.problems


def reads_or_rejects(content: bytes) -> Table | None:
    try:
        table = read(content)
    except DataError:
        return None
    assert all(isinstance(cell, str) for row in cells(table) for cell in row)
    assert table.frame.columns.is_unique
    return table


@given(st.binary(max_size=200))
def test_a_file_of_any_bytes_is_read_as_text_or_rejected(content: bytes) -> None:
    reads_or_rejects(content)


@given(st.text(alphabet='ab,;"\n\r\t \0é', max_size=80))
@example('"\n"\n"')
def test_a_table_with_any_damage_is_read_as_text_or_rejected(text: str) -> None:
    reads_or_rejects(b"name,parent\n" + text.encode())


@given(st.text(alphabet='abc,"\n é\x07', max_size=80))
def test_every_record_with_content_is_in_the_frame_or_reported(text: str) -> None:
    content = "name,parent,head\nA,,\nB,A,\nC,A,\n" + text
    table = read(content, Options(delimiter=",", header=1))
    held = "".join(map("".join, cells(table))) + "".join(each.value for each in table.problems)

    for letter in "abcé":
        assert held.count(letter) >= content.count(letter)


@given(
    st.one_of(
        st.text(alphabet='ab,"\n\r \té1\x85\u202e\u2069', max_size=60),
        st.lists(
            st.lists(
                st.sampled_from(["a", "", "1", '"x, y"', '"q""q"', "é", " ", '"l\nm"', "\x07"]),
                min_size=2,
                max_size=4,
            ).map(",".join),
            max_size=8,
        ).map("\n".join),
    ),
    st.sampled_from([None, 0, 1, 2]),
)
def test_pandas_and_the_csv_module_read_the_same_table(text: str, header: int | None) -> None:
    """pandas reads a text only if it is regular."""
    complete = text.endswith(("\n", "\r"))
    builder = TableBuilder("units", ReadingReport("CSV"), header, Limits(), complete=complete)
    file = _DelimitedText(text, ",", builder)
    regular = outcome(file.regular_table)

    assert regular is None or regular == outcome(file.table)
