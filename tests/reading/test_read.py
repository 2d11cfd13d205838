from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from components.problems import DataError, ProblemKind, Severity
from components.reading.options import Limits, Options
from components.reading.read import read_tables
from tests.reading.sheets import xlsx

UNITS, DUTIES = "id,name\na,A\n", "unit_id,responsibility\na,Roads\n"


def saved(folder: Path, name: str, content: str | bytes = UNITS) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def kind_of_rejection(path: Path, limits: Limits = Limits()) -> ProblemKind:  # noqa: B008
    with pytest.raises(DataError) as raised:
        read_tables(path, Options(), limits)
    return raised.value.problems[0].kind


class TestAPath:
    def test_to_a_file_is_read_for_that_file_alone(self, tmp_path: Path) -> None:
        saved(tmp_path, "duties.csv", DUTIES)

        tables = read_tables(saved(tmp_path, "units.csv"))

        assert tables.name == "units"
        assert list(tables.frames) == ["units"]

    def test_to_nothing_is_rejected(self, tmp_path: Path) -> None:
        for name in ("units.csv", "x" * 300, "nul\0.csv"):
            assert kind_of_rejection(tmp_path / name) is ProblemKind.NO_FILE

    @pytest.mark.parametrize(
        "address",
        ["https://x.example/units.csv", "ftp://x.example/a", "file:///tmp/a.csv", "s3://a/b.csv"],
    )
    def test_that_is_an_address_is_rejected(self, address: str) -> None:
        with pytest.raises(
            DataError, match="This is an address; only files and folders can be read"
        ) as raised:
            read_tables(Path(address))

        assert raised.value.problems[0].kind is ProblemKind.ADDRESS
        assert "Download the file" in raised.value.problems[0].remedy

    def test_to_a_pipe_or_a_device_is_never_opened(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "units.csv")

        for path in (tmp_path / "units.csv", Path("/dev/zero")):
            with pytest.raises(DataError, match="neither a file nor a folder"):
                read_tables(path)


class TestAFolder:
    def test_gives_a_table_for_each_file_that_is_one(self, tmp_path: Path) -> None:
        folder = tmp_path / "harbour"
        saved(folder, "units.csv")
        xlsx(folder / "duties.xlsx", Sheet1=[["unit_id", "responsibility"], ["a", "Roads"]])
        for name in ("README.txt", "LICENSE.txt", "notes.md", ".hidden.csv", "~$duties.xlsx"):
            saved(folder, name)

        tables = read_tables(folder)

        assert tables.name == "harbour"
        assert list(tables.frames) == ["duties", "units"]
        assert tables.problems == ()
        assert tables.descriptor == {}

    def test_gives_files_of_one_name_unique_names(self, tmp_path: Path) -> None:
        saved(tmp_path, "units.csv")
        xlsx(tmp_path / "units.xlsx", Sheet1=[["id", "name"], ["b", "B"]])

        tables = read_tables(tmp_path)

        assert {name: frame["id"].tolist() for name, frame in tables.frames.items()} == {
            "units": ["a"],
            "units-2": ["b"],
        }

    def test_reports_the_files_that_cannot_be_read(self, tmp_path: Path) -> None:
        saved(tmp_path, "units.csv")
        saved(tmp_path, "broken.xlsx", b"PK\x03\x04")

        tables = read_tables(tmp_path)

        assert list(tables.frames) == ["units"]
        (problem,) = tables.problems
        assert (problem.table, problem.severity) == ("broken", Severity.WARNING)

    def test_is_rejected_if_there_is_no_table_in_it(self, tmp_path: Path) -> None:
        saved(tmp_path, "README.md")

        assert kind_of_rejection(tmp_path) is ProblemKind.NO_FILE

    def test_is_rejected_if_no_table_in_it_can_be_read(self, tmp_path: Path) -> None:
        saved(tmp_path, "units.csv", b"%PDF-1.7")

        assert kind_of_rejection(tmp_path) is ProblemKind.UNKNOWN_FORMAT

    def test_is_not_left_through_a_link(self, tmp_path: Path) -> None:
        secret = saved(tmp_path, "secret.csv")
        saved(tmp_path, "folder/units.csv")
        (tmp_path / "folder" / "link.csv").symlink_to(secret)

        assert list(read_tables(tmp_path / "folder").frames) == ["units"]


class TestAnArchive:
    def test_is_read_as_the_folder_that_was_packed(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "harbour.zip", "w") as archive:
            archive.writestr("harbour-main/units.csv", UNITS)
            archive.writestr("harbour-main/duties.csv", DUTIES)
            archive.writestr("__MACOSX/._units.csv", "x")

        tables = read_tables(tmp_path / "harbour.zip")

        assert tables.name == "harbour"
        assert list(tables.frames) == ["duties", "units"]

    def test_may_hold_a_data_package(self, tmp_path: Path) -> None:
        descriptor = '{"name": "port", "resources": [{"name": "staff", "path": "units.csv"}]}'
        with ZipFile(tmp_path / "harbour.zip", "w") as archive:
            archive.writestr("data/datapackage.json", descriptor)
            archive.writestr("data/units.csv", UNITS)

        tables = read_tables(tmp_path / "harbour.zip")

        assert tables.name == "port"
        assert list(tables.frames) == ["staff"]

    def test_writes_nothing_outside_its_own_folder(self, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "harbour.zip", "w") as archive:
            archive.writestr("../evil.csv", UNITS)
            archive.writestr(str(tmp_path / "absolute.csv"), UNITS)
            archive.writestr("units.csv", UNITS)

        assert list(read_tables(tmp_path / "harbour.zip").frames) == ["units"]
        assert [path.name for path in tmp_path.iterdir()] == ["harbour.zip"]

    def test_is_rejected_if_it_unpacks_to_too_much_or_to_no_table(self, tmp_path: Path) -> None:
        for name, content in (("units.csv", "x" * 2_000_000), ("picture.png", "")):
            with ZipFile(tmp_path / f"{name}.zip", "w", compression=8) as archive:
                archive.writestr(name, content)

        limits = Limits(unpacked_megabytes=1)
        assert kind_of_rejection(tmp_path / "units.csv.zip", limits) is ProblemKind.TOO_LARGE
        assert kind_of_rejection(tmp_path / "picture.png.zip") is ProblemKind.NO_FILE
