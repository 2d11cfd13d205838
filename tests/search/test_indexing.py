"""The index of the search is kept, and finds the same when it is read again."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from components.cache_folder import CacheEntry, CacheFolder
from components.model.organization import Organization
from components.search import indexing
from components.search.finder import Finder
from tests.organizations import seven_units

QUESTIONS = ("fire", "fire brigade", "harbor", "wharfs", "Water Supply", "pilotts", "unknown", "é")


@pytest.fixture
def entry(tmp_path: Path) -> CacheEntry:
    return CacheEntry(CacheFolder(tmp_path / "cache"), "search-7")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Organization]:
    """The organizations whose texts have been indexed."""
    found = []
    documents = indexing._Indexer.documents

    def counting(indexer: indexing._Indexer) -> object:
        found.append(indexer.organization)
        return documents(indexer)

    monkeypatch.setattr(indexing._Indexer, "documents", counting)
    return found


def assert_same(one: Finder, other: Finder) -> None:
    for question in QUESTIONS:
        assert one.find(question) == other.find(question)


def test_an_index_that_is_read_again_finds_the_same(
    entry: CacheEntry, made: list[Organization]
) -> None:
    first = Finder(seven_units(), entry)
    second = Finder(seven_units(), entry)

    assert len(made) == 1
    assert_same(first, second)
    assert_same(Finder(seven_units()), second)
    assert second.find("fire").hits


def test_names_are_read_with_the_index(entry: CacheEntry) -> None:
    expected = seven_units().units_by_name
    Finder(seven_units(), entry)
    organization = seven_units()

    Finder(organization, entry)

    assert vars(organization)["units_by_name"] == expected


def test_many_words_are_read_in_parts(entry: CacheEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "PART_SIZE", 2)

    assert_same(Finder(seven_units(), entry), Finder(seven_units(), entry))


def test_an_index_of_other_contents_is_made_anew(
    entry: CacheEntry, made: list[Organization]
) -> None:
    Finder(seven_units(), entry)
    Finder(replace(seven_units(), version="another"), entry)

    assert len(made) == 2


@pytest.mark.parametrize("file", ["stems", "names", "index/meta.json"])
def test_a_damaged_index_is_made_anew(
    tmp_path: Path, entry: CacheEntry, made: list[Organization], file: str
) -> None:
    Finder(seven_units(), entry)
    (tmp_path / "cache" / entry.name / file).write_bytes(b"damaged")

    finder = Finder(seven_units(), entry)

    assert len(made) == 2
    assert_same(finder, Finder(seven_units()))


def test_the_index_stays_in_memory_if_the_disk_is_full(
    tmp_path: Path,
    entry: CacheEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fill_the_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(indexing, "write_parts", fill_the_disk)

    finder = Finder(seven_units(), entry)

    assert finder.find("fire").hits
    assert len(caplog.messages) == 1
    assert [*(tmp_path / "cache").iterdir()] == []


def test_an_index_is_searched_though_its_files_have_been_removed(
    tmp_path: Path, entry: CacheEntry
) -> None:
    finder = Finder(seven_units(), entry)
    CacheFolder(tmp_path / "cache").write(entry.name, "of the next state", lambda _: None)

    assert_same(finder, Finder(seven_units()))
