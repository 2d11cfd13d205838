from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from components.problems import DataError, Problem, ProblemKind, Severity
from components.reading.options import Limits, Options
from components.reading.read import read_tables
from components.reading.tables import Tables
from tests.properties import examples
from tests.reading.sheets import (
    ods,
    ods_cell,
    ods_sheet,
    repacked,
    understated,
    xlsx,
    xlsx_of,
)

UNITS = [["id", "name"], ["a", "A"], ["b", "B"]]
ROOT = Path(__file__).parent.parent.parent


def cells(tables: Tables, table: str = "Units") -> list[list[str]]:
    frame = tables.frames[table]
    return [list(frame.columns), *frame.to_numpy().tolist()]


def refusal(path: Path, options: Options = Options(), limits: Limits = Limits()) -> Problem:  # noqa: B008
    with pytest.raises(DataError) as raised:
        read_tables(path, options, limits)
    (problem,) = raised.value.problems
    assert problem.severity is Severity.ERROR
    assert problem.remedy
    return problem


def xlsx_units(path: Path, rows: Any = UNITS) -> Path:
    return xlsx(path / "staff.xlsx", Units=rows)


def ods_units(path: Path, rows: Any = UNITS) -> Path:
    return ods(path / "staff.ods", ods_sheet("Units", rows))


def xls_units(path: Path, rows: Any = UNITS) -> Path:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Units")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(number, column, cell)
    workbook.save(str(path / "staff.xls"))
    return path / "staff.xls"


every_format = pytest.mark.parametrize("write", [xlsx_units, xls_units, ods_units])


class TestAWorkbook:
    @every_format
    def test_gives_a_table_for_its_sheet_and_reports_how_it_was_read(
        self, tmp_path: Path, write: Callable[[Path], Path]
    ) -> None:
        path = write(tmp_path)

        tables = read_tables(path)

        assert tables.name == "staff"
        assert cells(tables) == UNITS
        reading = tables.readings["Units"]
        assert (reading.format, reading.sheet) == (path.suffix[1:].upper(), "Units")
        assert reading.records == 2

    @every_format
    def test_numbers_its_records_as_the_spreadsheet_does(
        self, tmp_path: Path, write: Callable[[Path, Any], Path]
    ) -> None:
        path = write(tmp_path, [["", ""], ["id", "name"], ["a", "A"], ["", ""], ["b", "B"]])

        frame = read_tables(path, Options(header=2)).frames["Units"]

        assert dict(zip(frame.index, frame["id"], strict=True)) == {3: "a", 5: "b"}

    def test_gives_a_table_for_each_sheet_with_content(self, tmp_path: Path) -> None:
        other = [["unit_id", "responsibility"], ["a", "Roads"]]
        xlsx(tmp_path / "staff.xlsx", Units=UNITS, Empty=[], Duties=other)
        ods(
            tmp_path / "staff.ods",
            *map(ods_sheet, ("Units", "Empty", "Duties"), (UNITS, [], other)),
        )

        for name in ("staff.xlsx", "staff.ods"):
            tables = read_tables(tmp_path / name)
            assert list(tables.frames) == ["Units", "Duties"]
            assert cells(tables, "Duties") == other

    def test_gives_a_table_for_a_hidden_sheet(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            workbook.add_worksheet("Notes").write(0, 0, "note")
            sheet = workbook.add_worksheet("Units")
            sheet.hide()
            sheet.write_row(0, 0, ["id", "name"])

        assert set(read_tables(tmp_path / "staff.xlsx").frames) == {"Notes", "Units"}

    def test_gives_only_the_sheet_that_the_options_name(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "staff.xlsx", Notes=[["note"], ["x"]], Units=UNITS)

        assert list(read_tables(path, Options(sheet="Units")).frames) == ["Units"]

    def test_lists_its_sheets_if_it_lacks_the_one_that_the_options_name(
        self, tmp_path: Path
    ) -> None:
        path = xlsx(tmp_path / "staff.xlsx", Notes=[["note"]], Units=UNITS)

        problem = refusal(path, Options(sheet="Staff"))

        assert problem.kind is ProblemKind.NO_SUCH_CHOICE
        assert "“Staff”" in problem.reason
        assert "“Notes”, “Units”" in problem.remedy

    def test_is_refused_if_it_is_empty(self, tmp_path: Path) -> None:
        assert refusal(xlsx(tmp_path / "staff.xlsx", Units=[])).kind is ProblemKind.EMPTY
        assert (
            refusal(ods(tmp_path / "staff.ods", ods_sheet("Units", []))).kind is ProblemKind.EMPTY
        )

    def test_may_have_the_suffix_of_another_format(self, tmp_path: Path) -> None:
        path = xlsx_units(tmp_path).rename(tmp_path / "staff.csv")

        assert cells(read_tables(path)) == UNITS


class TestACellOfXlsx:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("007", "007"),
            ("NA", "NA"),
            (" a ", " a "),
            ("1e5", "1e5"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("_x0041_", "_x0041_"),
            (7, "7"),
            (-7, "-7"),
            (0.1, "0.1"),
            (123456789012345, "123456789012345"),
            (1e20, "100000000000000000000"),
            (True, "TRUE"),
            (False, "FALSE"),
            (date(2026, 1, 2), "2026-01-02"),
            (datetime(2026, 1, 2), "2026-01-02"),  # noqa: DTZ001
            (datetime(2026, 1, 2, 13, 45), "2026-01-02T13:45:00"),  # noqa: DTZ001
            (time(13, 45), "13:45:00"),
        ],
    )
    def test_is_text_as_its_keeper_sees_it(self, tmp_path: Path, cell: object, text: str) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            sheet = workbook.add_worksheet("Units")
            sheet.write_row(0, 0, ["id", "name"])
            number_format = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm"}
            cell_format = {"num_format": number_format.get(type(cell), "General")}
            sheet.write(1, 0, cell, workbook.add_format(cell_format))

        assert cells(read_tables(tmp_path / "staff.xlsx"))[1] == [text, ""]

    def test_keeps_a_duration_longer_than_a_day(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            sheet = workbook.add_worksheet("Units")
            sheet.write_row(0, 0, ["id"])
            sheet.write(1, 0, timedelta(hours=36), workbook.add_format({"num_format": "[h]:mm:ss"}))

        assert cells(read_tables(tmp_path / "staff.xlsx"))[1] == ["36:00:00"]

    def test_has_the_text_of_its_error_or_the_result_of_its_formula(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            sheet = workbook.add_worksheet("Units")
            sheet.write_row(0, 0, ["id", "name", "parent"])
            sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
            sheet.write_formula(1, 1, '="x"', None, "x")
            sheet.write_formula(1, 2, "=1+1", None, 2)

        assert cells(read_tables(tmp_path / "staff.xlsx"))[1] == ["#DIV/0!", "x", "2"]

    def test_is_the_first_of_merged_cells(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            sheet = workbook.add_worksheet("Units")
            sheet.write_row(0, 0, ["id", "name", "parent"])
            sheet.merge_range(1, 0, 2, 1, "both")
            sheet.write_column(1, 2, ["x", "y"])

        assert cells(read_tables(tmp_path / "staff.xlsx"))[1:] == [["both", "", "x"], ["", "", "y"]]

    def test_may_have_no_reference(self, tmp_path: Path) -> None:
        rows = (
            '<row><c t="inlineStr"><is><t>id</t></is></c><c t="str"><v>name</v></c></row>'
            '<row r="3"><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
        )
        path = xlsx_of(tmp_path / "staff.xlsx", rows)

        frame = read_tables(path).frames["Units"]

        assert frame.loc[3].tolist() == ["1", "#N/A"]


DIVIDED_BY_ZERO = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
ANNOTATED = (
    '<table:table-cell office:value-type="string"><office:annotation><text:p>by Ada</text:p>'
    "</office:annotation><text:p>a</text:p></table:table-cell>"
)


class TestACellOfOds:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("007", "007"),
            (ods_cell("float", "7.00", value="7"), "7"),
            (ods_cell("float", "0,1", value="0.1"), "0.1"),
            (ods_cell("float", "1E+20", value="1E20"), "100000000000000000000"),
            (ods_cell("float", "1,2E+16", value="12345678901234567"), "12345678901234567"),
            (ods_cell("percentage", "50%", value="0.5"), "0.5"),
            (ods_cell("boolean", "WAHR", boolean_value="true"), "TRUE"),
            (ods_cell("date", "02.01.26", date_value="2026-01-02"), "2026-01-02"),
            (
                ods_cell("date", "02.01.26 13:45", date_value="2026-01-02T13:45:00"),
                "2026-01-02T13:45:00",
            ),
            (ods_cell("time", "13:45", time_value="PT13H45M00S"), "13:45:00"),
            (ods_cell("string", "a<text:tab/>b<text:line-break/>c"), "a\tb\nc"),
            (ods_cell("string", 'a<text:s text:c="2"/>b'), "a  b"),
            (ods_cell("string", "one</text:p><text:p>two"), "one\ntwo"),
            (ods_cell("string", "<text:span>a</text:span> <text:a>b</text:a>"), "a b"),
            (DIVIDED_BY_ZERO, "#DIV/0!"),
            (ANNOTATED, "a"),
        ],
    )
    def test_is_text_as_its_keeper_sees_it(self, tmp_path: Path, cell: str, text: str) -> None:
        path = ods_units(tmp_path, [["id", "name"], [cell, "A"]])

        assert cells(read_tables(path))[1] == [text, "A"]

    def test_is_repeated_by_its_attribute(self, tmp_path: Path) -> None:
        twice = '<table:table-cell table:number-columns-repeated="2" office:value-type="string">'
        row = f"{twice}<text:p>x</text:p></table:table-cell>"
        path = ods_units(tmp_path, [["id", "name", "parent"], ["a", row]])

        assert cells(read_tables(path))[1] == ["a", "x", "x"]


class TestASheet:
    def test_that_is_formatted_down_to_its_last_row_ends_at_its_last_value(
        self, tmp_path: Path
    ) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            bold = workbook.add_format({"bold": True})
            sheet = workbook.add_worksheet("Units")
            for number, row in enumerate(UNITS):
                sheet.write_row(number, 0, row)
            sheet.write_blank(1_048_575, 16_383, None, bold)
        sheet = ods_sheet("Units", UNITS).removesuffix("</table:table>")
        ods(
            tmp_path / "staff.ods",
            f'{sheet}<table:table-row table:number-rows-repeated="1048573">'
            '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/>'
            "</table:table-row></table:table>",
        )

        for name in ("staff.xlsx", "staff.ods"):
            assert cells(read_tables(tmp_path / name)) == UNITS

    def test_that_cannot_be_read_leaves_the_others_readable(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "staff.xlsx", Units=UNITS, Long=[["note"], *[["x"]] * 9])

        tables = read_tables(path, limits=Limits(records=5))

        assert list(tables.frames) == ["Units"]
        assert [(problem.kind, problem.severity) for problem in tables.problems] == [
            (ProblemKind.TOO_LARGE, Severity.WARNING)
        ]


BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<c r="XFD1048576"><v>1</v></c>'


class TestAWorkbookIsRefused:
    @pytest.mark.parametrize(
        ("rows", "setting", "figure"),
        [
            (f'<row r="1048576">{FAR}</row>', "REMIT_MOST_COLUMNS", "16,384 columns"),
            (
                f'{FIRST}<row r="1048576">{FAR}</row>',
                "REMIT_MOST_COLUMNS",
                "16,384 columns",
            ),
            (
                FIRST + '<row r="1048576"><c r="BXX1048576"><v>1</v></c></row>',
                "REMIT_MOST_UNPACKED_MEGABYTES",
                "record 1,048,576 and column 2,000",
            ),
            (f"<row>{'<c><v>1</v></c>' * 200_000}</row>", "REMIT_MOST_COLUMNS", "columns"),
        ],
    )
    def test_if_its_cells_reach_too_far(
        self, tmp_path: Path, rows: str, setting: str, figure: str
    ) -> None:
        problem = refusal(xlsx_of(tmp_path / "staff.xlsx", rows))

        assert problem.kind is ProblemKind.TOO_LARGE
        assert figure in problem.reason
        assert setting in problem.remedy

    @pytest.mark.parametrize(
        ("rows", "columns", "setting"),
        [
            (1, 200_000, "REMIT_MOST_COLUMNS"),
            (1_048_576, 2_000, "REMIT_MOST_UNPACKED_MEGABYTES"),
            (999_999_999_999, 1, "REMIT_MOST_UNPACKED_MEGABYTES"),
        ],
    )
    def test_if_its_cells_are_repeated_too_often(
        self, tmp_path: Path, rows: int, columns: int, setting: str
    ) -> None:
        row = (
            f'<table:table-row table:number-rows-repeated="{rows}">'
            f'<table:table-cell table:number-columns-repeated="{columns}" '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        )
        sheet = f'<table:table table:name="Units">{row}</table:table>'

        assert setting in refusal(ods(tmp_path / "staff.ods", sheet)).remedy

    @pytest.mark.parametrize("lies", [False, True])
    def test_if_it_unpacks_to_too_much_even_with_a_false_directory(
        self, tmp_path: Path, *, lies: bool
    ) -> None:
        part = "xl/worksheets/sheet1.xml"
        path = xlsx_of(tmp_path / "staff.xlsx", " " * 3_000_000)
        if lies:
            understated(path, part)

        problem = refusal(path, limits=Limits(unpacked_megabytes=2))

        assert problem.kind is (ProblemKind.UNREADABLE if lies else ProblemKind.TOO_LARGE)
        assert lies or "REMIT_MOST_UNPACKED_MEGABYTES" in problem.remedy

    def test_if_too_many_cells_share_a_long_text(self, tmp_path: Path) -> None:
        long = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
        rows = '<row><c t="s"><v>0</v></c></row>' * 100
        path = xlsx_of(tmp_path / "staff.xlsx", rows)
        repacked(path, {"xl/sharedStrings.xml": long})

        problem = refusal(path, limits=Limits(unpacked_megabytes=1))

        assert "REMIT_MOST_UNPACKED_MEGABYTES" in problem.remedy

    def test_if_a_cell_is_too_long(self, tmp_path: Path) -> None:
        for path in (
            xlsx_units(tmp_path, [["id"], ["x" * 200]]),
            ods_units(tmp_path, [["id"], ["x" * 200]]),
        ):
            problem = refusal(path, limits=Limits(characters=100))
            assert "200 characters" in problem.reason
            assert "REMIT_MOST_CHARACTERS" in problem.remedy

    def test_if_the_file_is_too_large(self, tmp_path: Path) -> None:
        problem = refusal(xlsx_units(tmp_path), limits=Limits(megabytes=0))

        assert "REMIT_MOST_MEGABYTES" in problem.remedy

    @pytest.mark.parametrize(
        "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]
    )
    def test_if_it_declares_entities(self, tmp_path: Path, part: str) -> None:
        path = repacked(xlsx_units(tmp_path), {part: f"{BILLION_LAUGHS}<worksheet>&b;</worksheet>"})

        assert "document type" in refusal(path).reason

    def test_if_an_open_document_declares_entities(self, tmp_path: Path) -> None:
        path = repacked(ods_units(tmp_path), {"content.xml": f"{BILLION_LAUGHS}<x>&b;</x>"})

        assert "document type" in refusal(path).reason

    @every_format
    def test_if_it_is_cut_in_half(self, tmp_path: Path, write: Callable[[Path], Path]) -> None:
        path = write(tmp_path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

        problem = refusal(path)

        assert problem.kind is ProblemKind.UNREADABLE
        assert "damaged or incomplete" in problem.reason

    @pytest.mark.parametrize(
        "rows",
        ["<row><c></row>", '<row><c t="s"><v>77</v></c></row>', '<row><c r="?"><v>1</v></c></row>'],
    )
    def test_if_a_part_of_it_is_broken(self, tmp_path: Path, rows: str) -> None:
        assert refusal(xlsx_of(tmp_path / "staff.xlsx", rows)).kind is ProblemKind.UNREADABLE

    def test_if_it_is_encrypted(self, tmp_path: Path) -> None:
        manifest = '<manifest xmlns:manifest="m"><manifest:encryption-data/></manifest>'
        path = repacked(ods_units(tmp_path), {"META-INF/manifest.xml": manifest})

        problem = refusal(path)

        assert "encrypted" in problem.reason
        assert "without a password" in problem.remedy

    def test_within_seconds_and_without_filling_the_memory(self, tmp_path: Path) -> None:
        far = f'{FIRST}<row r="1048576">{FAR}</row>'
        paths = [
            xlsx_of(tmp_path / "far.xlsx", far),
            understated(
                xlsx_of(tmp_path / "bomb.xlsx", " " * 200_000_000), "xl/worksheets/sheet1.xml"
            ),
        ]
        script = (
            "import json, re, sys, time\n"
            "from pathlib import Path\n"
            "from components.reading.options import Limits, Options\n"
            "from components.problems import DataError\n"
            "from components.reading.read import read_tables\n"
            "before, refused = time.monotonic(), 0\n"
            "for path in map(Path, sys.argv[1:]):\n"
            "    try:\n"
            "        read_tables(path, Options(), Limits(unpacked_megabytes=150))\n"
            "    except DataError:\n"
            "        refused += 1\n"
            "memory = re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]\n"
            "print(json.dumps([refused, time.monotonic() - before, int(memory)]))\n"
        )

        done = subprocess.run(  # noqa: S603  # our own script
            [sys.executable, "-c", script, *map(str, paths)],
            capture_output=True,
            check=True,
            cwd=ROOT,
        )

        refused, seconds, kilobytes = json.loads(done.stdout)
        assert refused == 2
        assert seconds < 20
        assert kilobytes < 300_000


def reads_or_refuses(content: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            tables = read_tables(path)
        except DataError:
            return
        for frame in tables.frames.values():
            assert all(isinstance(cell, str) for row in frame.to_numpy().tolist() for cell in row)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    return {path.name: path.read_bytes() for path in (xlsx_units(folder), ods_units(folder))}


@pytest.mark.parametrize("name", ["staff.xlsx", "staff.ods"])
@given(data=st.data())
@examples(40)
def test_however_a_workbook_is_damaged_it_is_read_or_refused(
    whole: dict[str, bytes], name: str, data: st.DataObject
) -> None:
    content = bytearray(whole[name])
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), places))

    reads_or_refuses(bytes(content[:end]), name)


@pytest.mark.parametrize("name", ["staff.xlsx", "staff.ods"])
@given(data=st.data())
@examples(40)
def test_however_the_xml_of_a_workbook_is_damaged_it_is_read_or_refused(
    whole: dict[str, bytes], name: str, data: st.DataObject
) -> None:
    part = "content.xml" if name.endswith("ods") else "xl/worksheets/sheet1.xml"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(whole[name])
        repacked(path, {part: damaged(path, part, data)})
        reads_or_refuses(path.read_bytes(), name)


def damaged(path: Path, part: str, data: st.DataObject) -> bytes:
    with ZipFile(path) as archive:
        content = archive.read(part)
    digits = [at for at, byte in enumerate(content) if chr(byte).isalnum()]
    changed = bytearray(content)
    for at in data.draw(st.lists(st.sampled_from(digits), min_size=1, max_size=3)):
        changed[at] = ord(data.draw(st.sampled_from("0129AZstner")))
    return bytes(changed)


class TestAHierarchyInAWorkbook:
    def test_may_be_in_the_indents_of_cells(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            sheet = workbook.add_worksheet("Units")
            sheet.write_row(0, 0, ["name", "size"])
            for row, (name, indent) in enumerate([("Office", 0), ("Pilots", 1), ("Boats", 2)], 1):
                indented = workbook.add_format({"indent": indent, "bold": True})
                sheet.write(row, 0, name, indented)
                sheet.write(row, 1, row, indented)

        assert cells(read_tables(tmp_path / "staff.xlsx")) == [
            ["name", "size"],
            ["Office", "1"],
            ["  Pilots", "2"],
            ["    Boats", "3"],
        ]

    def test_may_be_in_groups_of_rows(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
            sheet = workbook.add_worksheet("Units")
            for row, (name, level) in enumerate([("name", 0), ("Office", 0), ("Pilots", 1)]):
                sheet.write(row + 1, 0, name)
                sheet.set_row(row + 1, None, None, {"level": level})
        group = "<table:table-row-group>{}</table:table-row-group>"
        whole = ods_sheet("Units", [["name"], ["Office"], ["Pilots"]])
        last = whole[whole.rindex("<table:table-row>") : whole.rindex("</table:table>")]
        ods(tmp_path / "staff.ods", whole.replace(last, group.format(last)))

        for ending in (".xlsx", ".ods"):
            assert cells(read_tables(tmp_path / f"staff{ending}")) == [
                ["name", "outline level"],
                ["Office", "0"],
                ["Pilots", "1"],
            ]
