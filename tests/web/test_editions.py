from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from components.model.organization import Organization
from components.program import PROGRAM
from components.search.finder import Finder
from components.settings import Settings
from components.web import editions
from components.web.editions import Edition, Editions, Snapshot, edition_name
from tests.web.servers import serve

LEFTOVERS = [
    "web/__pycache__/cache.cpython-311.pyc",
    "search/vocabulary/.synonyms.csv.swp",
    "search/vocabulary/synonyms.csv~",
    ".idea/modules.xml",
    "#settings.py#",
]


class TestTheNameOfAnEdition:
    @pytest.fixture
    def program(self, tmp_path: Path) -> Path:
        """A copy of the program; it is changed before its first use, which is cached."""
        return Path(shutil.copytree(PROGRAM, tmp_path / "program"))

    def test_does_not_depend_on_the_place_of_the_program(
        self, harbour: Organization, program: Path
    ) -> None:
        assert edition_name(harbour, Settings(), program) == edition_name(harbour, Settings())

    @pytest.mark.parametrize(
        "path",
        [
            "importing/vocabulary/columns.csv",
            "search/vocabulary/synonyms.csv",
            "words/fr.toml",
            "web/document.html",
            "views/panel.py",
        ],
    )
    def test_changes_with_a_line_in_any_file(
        self, harbour: Organization, program: Path, path: str
    ) -> None:
        with (program / path).open("a", encoding="utf-8") as file:
            file.write("\n")

        assert edition_name(harbour, Settings(), program) != edition_name(harbour, Settings())

    def test_changes_with_the_name_of_a_file(self, harbour: Organization, program: Path) -> None:
        vocabulary = program / "search" / "vocabulary"
        (vocabulary / "synonyms.csv").rename(vocabulary / "similar.csv")

        assert edition_name(harbour, Settings(), program) != edition_name(harbour, Settings())

    @pytest.mark.parametrize("path", LEFTOVERS)
    def test_does_not_change_with_leftovers_of_python_and_of_editors(
        self, harbour: Organization, program: Path, path: str
    ) -> None:
        leftover = program / path
        leftover.parent.mkdir(exist_ok=True)
        leftover.write_text("left over", encoding="utf-8")

        assert edition_name(harbour, Settings(), program) == edition_name(harbour, Settings())


class TestTheFinder:
    def test_is_built_at_the_first_search(self, harbour: Organization) -> None:
        edition = Edition(harbour, Settings())

        assert edition._finder is None
        assert edition.finder is edition.finder is edition._finder

    def test_of_a_large_organization_is_built_before_the_first_search(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(editions, "LARGE_ORGANIZATION", 6)
        monkeypatch.setattr(editions, "INDEXING_DELAY", 0)
        served = Editions(Edition(harbour, Settings()))
        assert served.current._finder is None

        served.ensure_started()

        deadline = time.monotonic() + 5
        while served.current._finder is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def test_of_a_large_organization_finds_what_is_near_the_top_meanwhile(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(editions, "LARGE_ORGANIZATION", 6)
        monkeypatch.setattr(editions, "EARLY_UNITS", 3)
        monkeypatch.setattr(editions, "INDEXING_DELAY", 0)
        may_begin = threading.Event()

        def slow_finder(*arguments: Any, **options: Any) -> Finder:
            assert options or may_begin.wait(10)
            return Finder(*arguments, **options)

        monkeypatch.setattr(editions, "Finder", slow_finder)
        client = serve(harbour)

        early, unknown = (client.get(f"/search?q={name}") for name in ("traffic", "fire"))
        may_begin.set()
        deadline = time.monotonic() + 5
        while (answer := client.get("/search?q=fire").json).get("preparing"):
            assert time.monotonic() < deadline

        assert early.json["preparing"]
        assert [hit["unit"] for hit in early.json["hits"]] == ["traffic"]
        assert unknown.json == {"hits": [], "near": False, "preparing": True}
        assert early.headers["Cache-Control"] == "no-store"
        assert answer["hits"][0]["unit"] == "fire"

    def test_that_could_not_be_built_is_tried_again(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(editions, "LARGE_ORGANIZATION", 6)
        monkeypatch.setattr(editions, "EARLY_UNITS", 3)
        edition = Edition(harbour, Settings())
        monkeypatch.setattr(editions, "Finder", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            edition._prepare()
        monkeypatch.setattr(editions, "Finder", Finder)
        monkeypatch.setattr(editions, "INDEXING_DELAY", 0)

        deadline = time.monotonic() + 5
        while not edition.finder_at_hand()[1]:
            assert time.monotonic() < deadline


class TestARequest:
    def test_is_answered_from_one_edition_throughout(
        self, harbour: Organization, iom: Organization
    ) -> None:
        one, other = (Edition(organization, Settings()) for organization in (harbour, iom))
        served = Editions(one)
        server = serve(served).application

        with server.test_request_context("/"):
            assert served.current is one
            served.snapshot = Snapshot((other, one))
            assert served.current is one
        with server.test_request_context("/"):
            assert served.current is other
        assert served.find(one.name) is one
        assert served.find("none") is None
