"""What an import made is read again as long as files, settings, day and program are the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from components.cache_folder import CacheFolder
from components.importing import dataset_cache
from components.importing.column_settings import FactSettings
from components.importing.dataset_cache import DatasetCache, Loaded
from components.importing.loading import Dataset, import_dataset
from components.importing.report import Imported, report
from components.model.facts import FactKind
from components.model.organization import Organization, Records
from components.problems import DataError
from components.reading.options import Options
from tests.importing.case_files import Case, cases

TODAY, YESTERDAY = date(2026, 11, 30), date(2026, 11, 29)
TABLE = "id,name,parent,grade\nport,Port,,A\npilots,Pilots,port,B\n"
PERIODS = "id,name,parent,valid from,valid to\nport,Port,,1990-01-01,\nold,Old,port,,2026-11-29\n"
DATA = Path(__file__).parents[2] / "data"
CASES = [case for case in cases() if len(case.files) > 1]


@pytest.fixture(autouse=True)
def everything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset_cache, "WORTH_KEEPING", 0.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "port.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., Loaded]:
    """Load a dataset as a process that starts does, and keep what was made."""

    def load(dataset: Dataset, day: date = TODAY) -> Loaded:
        cache = DatasetCache(dataset, CacheFolder(tmp_path / "cache"))
        loaded = cache.load(day)
        cache.keep(loaded)
        return loaded

    return load


def assert_read_again(dataset: Dataset, start: Callable[..., Loaded]) -> None:
    made = start(dataset)
    again = start(dataset)

    assert again.from_cache
    assert_equal(again.organization, made.organization)
    assert report(again.imported, explain=True) == report(made.imported, explain=True)


def assert_equal(one: Organization, other: Organization) -> None:
    for field in fields(Organization):
        mine, others = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            assert mine.dtype == others.dtype
            assert mine.tolist() == others.tolist()
        elif hasattr(mine, "first"):
            assert [*mine.rows] == [*others.rows]
            assert mine.first.tolist() == others.first.tolist()
        else:
            assert mine == others


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_an_import_that_is_read_again_is_the_same(
    case: Case, tmp_path: Path, start: Callable[..., Loaded]
) -> None:
    (tmp_path / "data").mkdir()

    assert_read_again(case.dataset(tmp_path / "data"), start)


@pytest.mark.parametrize("path", [*DATA.iterdir()], ids=lambda path: path.name)
def test_an_example_that_is_read_again_is_the_same(
    path: Path, start: Callable[..., Loaded]
) -> None:
    assert_read_again(Dataset(path), start)


class TestAnImportIsMadeAnew:
    def test_if_a_file_has_changed_even_to_the_same_size_and_time(
        self, file: Path, start: Callable[..., Loaded]
    ) -> None:
        start(Dataset(file))
        file.write_text(TABLE.replace("Pilots", "Divers"), encoding="utf-8")

        loaded = start(Dataset(file))

        assert not loaded.from_cache
        assert loaded.organization.units["name"] == ["Port", "Divers"]
        assert start(Dataset(file)).from_cache

    @pytest.mark.parametrize(
        "changed",
        [
            {"options": Options(encoding="cp1252")},
            {"options": Options(delimiter=",")},
            {"options": Options(header=1)},
            {"options": Options(sheet="port")},
            {"mapping": {"name": "grade"}},
            {"facts": FactSettings(kinds={"grade": FactKind.TEXT})},
            {"facts": FactSettings(totals={"grade": True})},
            {"drawn": "people"},
            {"title": "Harbour"},
            {"records": Records.POSTS},
        ],
        ids=str,
    )
    def test_if_a_setting_has_changed(
        self, file: Path, start: Callable[..., Loaded], changed: dict[str, object]
    ) -> None:
        start(Dataset(file))

        assert not start(replace(Dataset(file), **changed)).from_cache
        assert start(Dataset(file)).from_cache

    def test_if_a_file_of_its_folder_has_been_added(
        self, tmp_path: Path, start: Callable[..., Loaded]
    ) -> None:
        folder = tmp_path / "port"
        folder.mkdir()
        (folder / "units.csv").write_text(TABLE, encoding="utf-8")
        start(Dataset(folder))
        duties = "unit_id,responsibility\nport,Decides\n"
        (folder / "responsibilities.csv").write_text(duties, encoding="utf-8")

        loaded = start(Dataset(folder))

        assert not loaded.from_cache
        assert len(loaded.organization.responsibilities.rows) == 1

    def test_if_a_file_of_its_package_has_changed(
        self, tmp_path: Path, start: Callable[..., Loaded]
    ) -> None:
        package = '{"title": "Port", "resources": [{"name": "units", "path": "in/units.csv"}]}'
        descriptor = tmp_path / "my-package.json"
        descriptor.write_text(package, encoding="utf-8")
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "units.csv").write_text(TABLE, encoding="utf-8")
        start(Dataset(descriptor))
        assert start(Dataset(descriptor)).from_cache

        (tmp_path / "in" / "units.csv").write_text(TABLE + "x,X,port,\n", encoding="utf-8")

        assert len(start(Dataset(descriptor)).organization) == 3

    def test_on_another_day_if_records_have_periods(
        self, file: Path, start: Callable[..., Loaded]
    ) -> None:
        file.write_text(PERIODS, encoding="utf-8")
        assert len(start(Dataset(file), YESTERDAY).organization) == 2

        assert len(start(Dataset(file), TODAY).organization) == 1
        assert start(Dataset(file), TODAY).from_cache

    def test_if_what_was_kept_is_no_data(
        self, file: Path, tmp_path: Path, start: Callable[..., Loaded]
    ) -> None:
        cache = DatasetCache(Dataset(file), CacheFolder(tmp_path / "cache"))
        loaded = cache.load(TODAY)
        entry = cache._entry(dataset_cache.IMPORT)
        assert entry
        # Complete as far as its manifest tells, as if another program had written it.
        entry.write(loaded.files, lambda folder: (folder / dataset_cache.FILE).write_bytes(b"cos"))

        assert not start(Dataset(file)).from_cache
        assert start(Dataset(file)).from_cache


class TestAnImportIsReadAgain:
    def test_on_another_day_without_periods(self, file: Path, start: Callable[..., Loaded]) -> None:
        start(Dataset(file), YESTERDAY)

        assert start(Dataset(file), TODAY).from_cache

    def test_if_its_file_has_the_same_contents_again(
        self, file: Path, start: Callable[..., Loaded]
    ) -> None:
        start(Dataset(file))
        file.write_text(TABLE, encoding="utf-8")

        assert start(Dataset(file)).from_cache


class TestNothingIsKept:
    def test_of_an_import_that_was_quick(
        self,
        file: Path,
        tmp_path: Path,
        start: Callable[..., Loaded],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(dataset_cache, "WORTH_KEEPING", 100.0)
        start(Dataset(file))

        assert not (tmp_path / "cache").exists()

    def test_if_the_files_changed_while_they_were_read(
        self, file: Path, start: Callable[..., Loaded], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def overtaken(dataset: Dataset, *_: object) -> Imported:
            imported = import_dataset(dataset)
            file.write_text(TABLE.replace("Pilots", "Divers"), encoding="utf-8")
            return imported

        with monkeypatch.context() as patch:
            patch.setattr(dataset_cache, "import_dataset", overtaken)
            start(Dataset(file))

        assert start(Dataset(file)).organization.units["name"] == ["Port", "Divers"]

    def test_without_a_folder(self, file: Path) -> None:
        cache = DatasetCache(Dataset(file), None)
        cache.keep(cache.load(TODAY))

        assert not cache.load(TODAY).from_cache
        assert cache.search_entry is None

    @pytest.mark.parametrize("text", ["", "id,name\n"])
    def test_of_files_of_which_nothing_can_be_drawn(
        self, file: Path, tmp_path: Path, start: Callable[..., Loaded], text: str
    ) -> None:
        file.write_text(text, encoding="utf-8")

        with pytest.raises(DataError):
            start(Dataset(file))
        assert not (tmp_path / "cache").exists()


def test_many_states_of_a_dataset_leave_the_entry_of_the_last_one(
    file: Path, tmp_path: Path, start: Callable[..., Loaded]
) -> None:
    for number in range(5):
        file.write_text(TABLE + f"n{number},New,port,\n", encoding="utf-8")
        start(Dataset(file))

    assert len([*(tmp_path / "cache").iterdir()]) == 1
    assert start(Dataset(file)).from_cache


@pytest.mark.parametrize("name", ["missing.csv", "a\0b.csv", "pipe.csv", "datapackage.json"])
def test_what_is_no_file_is_refused_as_without_a_cache(
    tmp_path: Path, start: Callable[..., Loaded], name: str
) -> None:
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(DataError):
        start(Dataset(tmp_path / name))
