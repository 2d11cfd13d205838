"""Conversion: the extension of the path determines the format."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NoReturn

import pytest

import app
from components.formats.catalogue import ENDINGS, FILES, convert, file_name
from components.formats.errors import FormatError
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.reading.read import read_tables
from tests.formats.round_trip import content
from tests.organizations import organization_named, organization_of


def raise_disk_full(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_extension_determines_the_format(
    tmp_path: Path, harbour: Organization, ending: str
) -> None:
    path = tmp_path / f"a.b{ending.upper()}"
    convert(harbour, str(path), "https://a.example/")

    expected = FILES[ENDINGS[ending]].write(harbour, "https://a.example/")
    assert path.read_bytes() == expected


@pytest.mark.parametrize("name", ["new", "new/", "v1.2/", "empty", "empty.d"])
def test_a_path_without_an_extension_becomes_a_data_package(
    tmp_path: Path, harbour: Organization, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.d").mkdir()
    convert(harbour, f"{tmp_path}/{name}", "")

    imported = import_tables(read_tables(tmp_path / name)).organization
    assert content(imported) == content(harbour)
    assert imported.about == harbour.about


def test_a_folder_that_is_not_empty_stays_unchanged(tmp_path: Path, harbour: Organization) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(FormatError, match="is no empty folder"):
        convert(harbour, str(tmp_path), "")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["a.xlsx", "folder"])
def test_a_full_disk_leaves_no_files(
    tmp_path: Path, harbour: Organization, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("os.fsync", raise_disk_full)

    with pytest.raises(FormatError, match="No space left on device"):
        convert(harbour, str(tmp_path / name), "")
    assert list(tmp_path.iterdir()) == []


def test_a_text_too_long_for_a_workbook_leaves_no_file(tmp_path: Path) -> None:
    organization = organization_named([("a", "")], ["x" * 40_000])

    with pytest.raises(FormatError):
        convert(organization, str(tmp_path / "a.xlsx"), "")
    assert list(tmp_path.iterdir()) == []


def test_converting_to_a_single_table_lists_the_omitted_tables(
    tmp_path: Path, harbour: Organization
) -> None:
    path = str(tmp_path / "a.csv")

    assert convert(harbour, path, "") == (
        "The file has the units only, not the responsibilities, relations, references, mentions, "
        "themes; a folder, .zip and .xlsx have all tables."
    )
    assert convert(organization_of([("a", "")]), path, "") == ""


class TestTheCommand:
    def test_writes_the_file_and_prints_its_path(
        self, tmp_path: Path, shipped: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "iom.xlsx"

        assert app.main(["convert", str(shipped), "-o", str(path)]) == 0
        assert capsys.readouterr().out == (
            f"{path}: International Organization for Migration: Operations: 47 units, 4 levels\n"
        )
        assert path.read_bytes()[:2] == b"PK"

    @pytest.mark.parametrize("name", ["iom.docx", "iom.md", ".zip.bak"])
    def test_lists_the_known_extensions_if_the_extension_is_unknown(
        self, tmp_path: Path, shipped: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        assert app.main(["convert", str(shipped), "-o", str(tmp_path / name)]) == 2

        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert all(ending in printed.err for ending in ENDINGS)
        assert list(tmp_path.iterdir()) == []

    def test_reports_a_missing_folder(
        self, tmp_path: Path, shipped: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert app.main(["convert", str(shipped), "-o", str(tmp_path / "none" / "a.ttl")]) == 2
        assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("dataset", "name", "expected"),
    [
        ("iom-operations", "units.csv", "iom-operations-units.csv"),
        ("Ämter 2026", "organization.ttl", "amter-2026.ttl"),
        ("部門", "organization-nested.json", "organization-nested.json"),
        ("a" * 300, "datapackage.zip", f"{'a' * 60}.zip"),
        ("iom", "datapackage.json", "datapackage.json"),
    ],
)
def test_file_names_contain_the_name_of_the_dataset(dataset: str, name: str, expected: str) -> None:
    organization = organization_named([("a", "")], ["A"], descriptor={"name": "x"})
    about = organization.about
    object.__setattr__(about, "name", dataset)

    assert file_name(organization, name) == expected
