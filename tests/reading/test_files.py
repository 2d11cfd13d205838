from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from components.problems import DataError, ProblemKind
from components.reading.files import read_file
from components.reading.options import Limits, Options
from components.reading.tables import Table
from tests.reading.sheets import ods, ods_sheet, xlsx

ROWS = [["id", "name"], ["a", "A"]]


def read(path: Path) -> list[Table]:
    return read_file(path, "staff", Options(), Limits())


def saved(folder: Path, name: str, content: bytes | str) -> Path:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / name


class TestAFile:
    @pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "json", "xls"])
    def test_has_the_format_of_its_content_and_not_of_its_name(
        self, tmp_path: Path, ending: str
    ) -> None:
        (book, sheet) = (tmp_path / "a", tmp_path / "b")
        files = [xlsx(book, Units=ROWS), ods(sheet, ods_sheet("Units", ROWS))]

        for file in files:
            (table,) = read(file.rename(tmp_path / f"staff.{ending}"))
            assert table.frame.to_numpy().tolist() == [["a", "A"]]

    def test_of_text_is_read_as_such_if_it_is_called_a_workbook(self, tmp_path: Path) -> None:
        (table,) = read(saved(tmp_path, "staff.xlsx", "id,name\na,A\n"))

        assert table.reading
        assert table.reading.format == "CSV"

    @pytest.mark.parametrize("header", ["[id],[name]", "{id},{name}"])
    def test_of_text_may_have_brackets_in_its_header(self, tmp_path: Path, header: str) -> None:
        (table,) = read(saved(tmp_path, "staff.csv", f"{header}\na,A\n"))

        assert list(table.frame.columns) == header.split(",")

    @pytest.mark.parametrize(
        "content",
        [
            '[{"id": "a", "name": "A"}]',
            '\ufeff\n [ {"id": "a", "name": "A"} ]',
        ],
    )
    def test_of_json_needs_no_ending(self, tmp_path: Path, content: str) -> None:
        (table,) = read(saved(tmp_path, "staff.txt", content))

        assert table.reading
        assert table.reading.format == "JSON"

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            ('<?xml version="1.0"?>\n<!-- <x> --><graphml xmlns="x"><graph>', "GraphML"),
            ('<gexf xmlns="x"><graph>', "GEXF"),
        ],
    )
    def test_of_a_graph_is_read_as_one(self, tmp_path: Path, content: str, kind: str) -> None:
        with pytest.raises(DataError) as raised:
            read(saved(tmp_path, "staff.csv", content))

        assert raised.value.problems[0].kind is not ProblemKind.UNKNOWN_FORMAT, kind


class TestAFileIsRejected:
    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"%PDF-1.7\n", "a PDF"),
            (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
            (b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
            (b"\x1f\x8b\x08\0", "compressed with gzip"),
            (b"SQLite format 3\0", "a database (SQLite)"),
            (b"{\\rtf1 text}", "a text document (RTF)"),
            (b"PAR1\x15\x04", "a Parquet file"),
            (b"PK\x05\x06" + b"\0" * 18, "an empty archive"),
            (b"<!DOCTYPE html>\n<html>", "a web page"),
            (b"\xef\xbb\xbf\n<HTML><body><table>", "a web page"),
            (b"\xff\xfe" + "<html>".encode("utf-16-le"), "a web page"),
            (b'<?xml version="1.0"?><Workbook xmlns="x">', "an old Excel workbook in XML"),
            (b'<?xml version="1.0"?><units>', "XML of an unknown kind (“units”)"),
            (b'<!DOCTYPE a [<!ENTITY b "c">]><units>', "XML of an unknown kind (“units”)"),
            (b"<!DOCTYPE a [" + b'<!ENTITY b "c">' * 999, "XML whose kind cannot be detected"),
        ],
    )
    def test_with_the_name_of_its_real_format(
        self, tmp_path: Path, content: bytes, what: str
    ) -> None:
        for name in ("staff.csv", "staff.xlsx", "staff.xls"):
            with pytest.raises(DataError) as raised:
                read(saved(tmp_path, name, content))
            (problem,) = raised.value.problems
            assert problem.kind is ProblemKind.UNKNOWN_FORMAT
            assert f"This is {what}" in problem.reason or what in problem.reason
            assert "CSV, XLSX or ODS" in problem.remedy

    @pytest.mark.parametrize(
        ("part", "what"),
        [
            ("word/document.xml", "a Word document"),
            ("ppt/presentation.xml", "a PowerPoint presentation"),
            ("xl/workbook.bin", "a binary workbook"),
            ("picture.png", "an archive (ZIP)"),
        ],
    )
    def test_if_it_is_packed_but_no_workbook(self, tmp_path: Path, part: str, what: str) -> None:
        with ZipFile(tmp_path / "staff.xlsx", "w") as archive:
            archive.writestr(part, "x")

        with pytest.raises(DataError) as raised:
            read(tmp_path / "staff.xlsx")
        assert f"This is {what}" in raised.value.problems[0].reason

    def test_if_it_is_larger_than_the_limit(self, tmp_path: Path) -> None:
        path = saved(tmp_path, "staff.csv", "x" * 1_000_001)

        with pytest.raises(
            DataError, match=r"2 MB; the limit is 1 MB.*REMIT_MOST_MEGABYTES"
        ) as raised:
            read_file(path, "staff", Options(), Limits(megabytes=1))
        assert raised.value.problems[0].kind is ProblemKind.TOO_LARGE

    def test_if_it_cannot_be_opened(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="cannot be opened"):
            read(tmp_path / "missing.csv")
