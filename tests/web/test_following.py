from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

import app
from components.importing import dataset_cache
from components.importing.loading import Dataset, import_dataset
from components.importing.progress import OnProgress
from components.importing.report import Imported
from components.problems import DataError, Problem, ProblemKind
from components.settings import Settings
from components.web import following
from components.web.application import create_app
from components.web.following import DatasetFollower, signature
from tests.web.servers import Reader, document, version_in, version_of

POLL_INTERVAL = 0.03
"""Seconds; shorter than by default, so that the tests are fast."""
UNREADABLE = "\0\1\2"
BAD = ("", UNREADABLE, "id,name\n")


def table(number: int) -> str:
    """Return a table of units whose names have its number."""
    return (
        f"id,name,parent_id\nboard,Board {number},\npay,Pay {number},board\nnew{number},New,board\n"
    )


def put(path: Path, text: str) -> None:
    """Replace a file by another one, as most programs do when they save."""
    temporary = path.with_name(".saving")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


@dataclass
class Served:
    """A file, its follower, and a client of their server."""

    path: Path
    follower: DatasetFollower
    client: FlaskClient

    def health(self) -> dict[str, Any]:
        health: dict[str, Any] = self.client.get("/healthz").json
        return health

    def board(self) -> str:
        """Return the name of the top unit on the page."""
        match = re.search(r"Board \d+", self.client.get("/").text)
        assert match
        return match[0]

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition is true."""
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(POLL_INTERVAL)

    def expect(self, number: int) -> None:
        """Wait until the page shows a table and no file is refused."""
        self.wait_for(lambda: self.board() == f"Board {number}")
        self.wait_for(lambda: self.health()["refused"] is None)

    def expect_refusal(self) -> list[dict[str, Any]]:
        """Wait until a newer file is refused, and return its problems."""
        self.wait_for(lambda: self.health()["refused"] is not None)
        problems: list[dict[str, Any]] = self.health()["problems"]
        return problems

    def wait_for_polls(self) -> None:
        time.sleep(POLL_INTERVAL * 8)


def follow(path: Path, **changed: Any) -> Served:
    settings = Settings(dataset=path, **changed)
    follower = DatasetFollower(settings)
    server = create_app(follower, settings).server
    server.test_client_class = Reader
    return Served(path, follower, server.test_client())


@pytest.fixture(autouse=True)
def poll_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "POLL_INTERVAL", POLL_INTERVAL)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(table(1), encoding="utf-8")
    return path


@pytest.fixture
def served(file: Path) -> Iterator[Served]:
    served = follow(file)
    yield served
    served.follower.end()


class TestAChange:
    def test_is_shown_for_each_manner_of_saving(self, served: Served) -> None:
        served.expect(1)
        put(served.path, table(2))
        served.expect(2)
        served.path.write_text(table(3), encoding="utf-8")
        served.expect(3)
        served.path.unlink()
        served.expect_refusal()
        served.path.write_text(table(4), encoding="utf-8")
        served.expect(4)

    def test_is_shown_if_it_precedes_the_first_request(self, served: Served) -> None:
        served.path.write_text(table(2), encoding="utf-8")

        assert served.board() == "Board 2"

    def test_of_a_link_is_shown(self, tmp_path: Path) -> None:
        for number in (1, 2):
            (tmp_path / f"{number}.csv").write_text(table(number), encoding="utf-8")
        link = tmp_path / "units.csv"
        link.symlink_to("1.csv")
        served = follow(link)
        served.expect(1)

        (tmp_path / "new-link").symlink_to("2.csv")
        (tmp_path / "new-link").replace(link)

        served.expect(2)
        served.follower.end()

    def test_of_any_file_of_a_folder_is_shown(self, tmp_path: Path) -> None:
        package = {"title": "Staff", "resources": [{"name": "units", "path": "data/units.csv"}]}
        (tmp_path / "data").mkdir()
        (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        (tmp_path / "data" / "units.csv").write_text(table(1), encoding="utf-8")
        for path in (tmp_path, tmp_path / "datapackage.json"):
            served = follow(path)
            served.expect(1)

            put(tmp_path / "data" / "units.csv", table(2))
            served.expect(2)
            put(tmp_path / "datapackage.json", json.dumps(package | {"title": "People"}))
            served.wait_for(lambda: "People" in served.client.get("/").text)  # noqa: B023

            served.follower.end()
            put(tmp_path / "data" / "units.csv", table(1))

    def test_that_is_written_slowly_is_shown_when_it_is_complete(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        served.expect(1)
        # Much longer than a busy machine takes to write a piece.
        monkeypatch.setattr(following, "POLL_INTERVAL", 10 * POLL_INTERVAL)
        shown = set()

        with served.path.open("w", encoding="utf-8") as file:
            for piece in re.findall(r"(?s).{1,7}", table(2)):
                file.write(piece)
                file.flush()
                time.sleep(POLL_INTERVAL / 2)
                shown.add(served.board())

        assert shown == {"Board 1"}
        served.expect(2)

    def test_is_in_search_and_exports(self, served: Served) -> None:
        before = served.client.get("/export/sunburst.svg")
        put(served.path, table(2))
        served.expect(2)

        hits = served.client.get("/search?q=pay").json["hits"]
        after = served.client.get("/export/sunburst.svg")

        assert [hit["name"] for hit in hits] == ["Pay 2"]
        assert "Board 1" in before.text
        assert "Board 2" in after.text
        assert before.headers["ETag"] != after.headers["ETag"]

    def test_back_to_earlier_content_is_newer_too(self, served: Served) -> None:
        versions = []
        for number in (1, 2, 1):
            put(served.path, table(number))
            served.expect(number)
            versions.append(served.client.get("/version").json)

        assert versions[0]["version"] == versions[2]["version"] != versions[1]["version"]
        assert versions[0]["since"] < versions[1]["since"] < versions[2]["since"]

    def test_of_times_only_makes_no_new_edition(self, served: Served) -> None:
        served.expect(1)
        edition = served.follower.current

        os.utime(served.path)
        served.wait_for_polls()
        put(served.path, table(1))
        served.wait_for_polls()

        assert served.follower.snapshot.editions == (edition,)


class TestDataThatStandsStill:
    def test_is_not_looked_at_and_pages_do_not_ask_for_it(self, file: Path) -> None:
        served = follow(file, follow=False)
        page = document(served.client.get("/").text)

        put(served.path, table(2))
        served.wait_for_polls()

        assert "data-follows" not in page.find("html")[0].attributes
        assert served.board() == "Board 1"
        assert served.health()["refused"] is None
        assert served.client.get("/fragments/unknown/panel.json?unit=board").status_code == 410


class TestUnreadableFiles:
    @pytest.mark.parametrize("text", BAD)
    def test_leave_the_last_good_edition_current(self, served: Served, text: str) -> None:
        served.expect(1)

        put(served.path, text)

        problems = served.expect_refusal()
        assert served.board() == "Board 1"
        assert served.health()["problem_count"] == len(problems) >= 1
        assert {problem["severity"] for problem in problems} == {"error"}
        assert all(problem["reason"] and problem["remedy"] for problem in problems)
        refused = served.client.get("/version").json["refused"]
        assert problems[0]["reason"] in refused["reason"]
        put(served.path, table(2))
        served.expect(2)
        assert "refused" not in served.client.get("/version").json

    def test_are_forgotten_when_the_former_content_is_back(self, served: Served) -> None:
        version = version_of(served.client)
        put(served.path, UNREADABLE)
        served.expect_refusal()

        put(served.path, table(1))

        served.expect(1)
        assert version_of(served.client) == version

    def test_include_files_that_are_cut_short(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        served.expect(1)
        cut = Problem(
            ProblemKind.CUT_SHORT, "The file ends in a quote.", "Save it again.", table="units"
        )

        def half(dataset: Dataset, *_: object) -> Imported:
            imported = import_dataset(dataset)
            return replace(imported, organization=replace(imported.organization, problems=(cut,)))

        monkeypatch.setattr(dataset_cache, "import_dataset", half)
        put(served.path, table(2))

        assert [problem["kind"] for problem in served.expect_refusal()] == [ProblemKind.CUT_SHORT]
        assert served.board() == "Board 1"

    def test_include_folders_with_an_empty_file(self, tmp_path: Path) -> None:
        names = ("units", "responsibilities")
        resources = [{"name": name, "path": f"{name}.csv"} for name in names]
        package = json.dumps({"resources": resources})
        (tmp_path / "datapackage.json").write_text(package, encoding="utf-8")
        (tmp_path / "units.csv").write_text(table(1), encoding="utf-8")
        duties = "unit_id,responsibility\nboard,Decides\npay,Pays\n"
        (tmp_path / "responsibilities.csv").write_text(duties, encoding="utf-8")
        served = follow(tmp_path)
        served.expect(1)

        for name in names:
            text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
            (tmp_path / f"{name}.csv").write_text("", encoding="utf-8")
            assert served.expect_refusal()[0]["table"] == name
            assert served.board() == "Board 1"
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
            served.expect(1)
        served.follower.end()

    def test_are_shown_if_cut_short_where_the_current_edition_is_too(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cut = Problem(
            ProblemKind.CUT_SHORT, "The file ends in a quote.", "Save it again.", table="units"
        )

        def half(dataset: Dataset, *_: object) -> Imported:
            imported = import_dataset(dataset)
            return replace(imported, organization=replace(imported.organization, problems=(cut,)))

        monkeypatch.setattr(dataset_cache, "import_dataset", half)
        served = follow(file)
        served.expect(1)

        put(served.path, table(2))

        served.expect(2)
        served.follower.end()

    def test_that_make_the_program_fail_are_reported_without_details(
        self, served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        served.expect(1)

        def failing(_dataset: Dataset, _on_progress: OnProgress) -> Imported:
            raise ZeroDivisionError("a secret")

        with monkeypatch.context() as patch:
            patch.setattr(dataset_cache, "import_dataset", failing)
            put(served.path, table(2))
            (problem,) = served.expect_refusal()
            assert "ZeroDivisionError" in problem["reason"]
            assert "secret" not in served.client.get("/healthz").text
            assert "a secret" in caplog.text
            assert served.board() == "Board 1"
        put(served.path, table(3))
        served.expect(3)

    def test_do_not_end_following_even_if_polling_fails(
        self, served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        served.expect(1)

        def failing(_path: Path) -> following.Signature:
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(following, "signature", failing)
            served.wait_for(lambda: "Looking at" in caplog.text)
        put(served.path, table(2))

        served.expect(2)

    def test_are_an_error_at_the_start(self, tmp_path: Path) -> None:
        with pytest.raises(DataError):
            DatasetFollower(Settings(dataset=tmp_path / "units.csv"))


class TestPreviousEditions:
    def test_are_served_for_a_while(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        versions = []
        for number in (1, 2, 3, 4):
            put(served.path, table(number))
            served.expect(number)
            versions.append(version_of(served.client))

        def statuses() -> list[int]:
            addresses = [f"/fragments/{version}/panel.json?unit=board" for version in versions]
            return [served.client.get(address).status_code for address in addresses]

        assert statuses() == [410, 200, 200, 200]
        hits = served.client.get(f"/search?q=pay&version={versions[1]}").json["hits"]
        assert [hit["name"] for hit in hits] == ["Pay 2"]
        assert served.client.get(f"/search?q=pay&version={versions[0]}").status_code == 410
        monkeypatch.setattr(following, "PREVIOUS_LIFETIME", 0)
        served.wait_for(lambda: statuses() == [410, 410, 410, 200])

    def test_are_used_again_for_their_data(self, served: Served) -> None:
        first = served.follower.current
        for number in (2, 1):
            put(served.path, table(number))
            served.expect(number)

        assert served.follower.snapshot.current is first
        assert len(served.follower.snapshot.editions) == 2


class TestAnEditionOfAnotherProcess:
    def test_is_waited_for_if_the_file_has_changed(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one, other = follow(file), follow(file)
        one.expect(1)
        other.expect(1)
        monkeypatch.setattr(following, "POLL_INTERVAL", 0.2)
        time.sleep(0.1)
        put(file, table(2))
        one.expect(2)

        answer = other.client.get(f"/fragments/{version_of(one.client)}/panel.json?unit=board")

        assert answer.status_code == 200
        assert "Board 2" in answer.text
        one.follower.end()
        other.follower.end()

    def test_is_not_waited_for_if_the_file_has_not_changed(self, served: Served) -> None:
        served.expect(1)
        started = time.monotonic()

        for _ in range(20):
            assert served.client.get("/fragments/none/panel.json?unit=board").status_code == 410

        assert time.monotonic() - started < following.MAX_REQUEST_WAIT


class TestSignature:
    def test_covers_all_files_that_are_not_hidden(self, tmp_path: Path) -> None:
        (tmp_path / "units.csv").write_text("a")
        before = signature(tmp_path)

        (tmp_path / ".lock").write_text("a")
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "index").write_text("a")
        assert signature(tmp_path) == before

        (tmp_path / "relations.csv").write_text("a")
        with_another = signature(tmp_path)
        assert with_another != before
        (tmp_path / "relations.csv").rename(tmp_path / "mentions.csv")
        assert signature(tmp_path) not in (before, with_another)

    def test_is_empty_without_files(self, tmp_path: Path) -> None:
        assert signature(tmp_path / "none") == signature(tmp_path) == ()


class TestUnderLoad:
    def test_no_answer_fails_or_mixes_editions_during_many_changes(self, served: Served) -> None:
        client, versions = served.client, set[str]()
        ended = threading.Event()

        def get(address: str) -> str:
            answer = client.get(address)
            assert answer.status_code == 200, address
            return answer.text

        def read_pages() -> int:
            count = 0
            while not ended.is_set():
                page = get("/")
                check_answers(page, get)
                count += 1
                versions.add(version_in(page))
            return count

        def request(address: str) -> int:
            count = 0
            while not ended.is_set():
                get(address)
                count += 1
            return count

        served.expect(1)
        with ThreadPoolExecutor() as pool:
            counts = [
                pool.submit(read_pages),
                pool.submit(read_pages),
                pool.submit(request, "/search?q=pay"),
                pool.submit(request, "/export/network.svg"),
            ]
            try:
                for number in range(30):
                    if number % 2:
                        put(served.path, BAD[number // 2 % len(BAD)])
                        time.sleep(POLL_INTERVAL * 3.5)
                    else:
                        put(served.path, table(number))
                        served.wait_for(lambda: len(versions) > number // 2)  # noqa: B023
            finally:
                ended.set()
            assert all(count.result() > 5 for count in counts)
        put(served.path, table(100))
        served.expect(100)


def check_answers(page: str, get: Callable[[str], str]) -> None:
    """Check that everything a page requests is of its own edition."""
    (number,) = set(re.findall(r"Board (\d+)", page))
    addresses = re.findall(r'<link rel="preload" as="fetch"[^>]* href="([^"]+)"', page)
    assert len(addresses) == 3
    for address in addresses:
        text = get(f"/{unescape(address)}")
        assert json.loads(text)["unit"] == "board"
        assert set(re.findall(r"Board (\d+)", text)) <= {number}
    (hit,) = json.loads(get(f"/search?q=pay&version={version_in(page)}"))["hits"]
    assert hit["name"] == f"Pay {number}"


@contextmanager
def process(path: Path) -> Iterator[str]:
    """Serve a file in a process of its own; yield the address of the server."""
    with subprocess.Popen(  # noqa: S603, our own program
        [sys.executable, "app.py", "serve", str(path), "--port", "0"],
        cwd=Path(app.__file__).parent,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout
            matches = (re.search(r"http://\S+", line) for line in server.stdout)
            yield next(filter(None, matches))[0]
        finally:
            server.terminate()


class TestSeveralProcesses:
    def test_answer_pages_of_each_other(self, file: Path) -> None:
        with ExitStack() as stack:
            addresses = [stack.enter_context(process(file)) for _ in range(2)]

            def get(address: str, path: str) -> str:
                try:
                    with urlopen(address + path) as answer:  # noqa: S310, on loopback
                        text: str = answer.read().decode()
                        return text
                except HTTPError as error:
                    raise AssertionError(f"{path}: {error}") from error

            ended = threading.Event()

            def read_pages(own: str, other: str) -> int:
                count = 0
                while not ended.is_set():
                    check_answers(get(own, "/"), lambda path: get(other, path))
                    count += 1
                return count

            with ThreadPoolExecutor() as pool:
                counts = [pool.submit(read_pages, *pair) for pair in (addresses, addresses[::-1])]
                try:
                    for number in range(2, 8):
                        put(file, BAD[number % len(BAD)] if number % 3 == 0 else table(number))
                        time.sleep(0.7)
                finally:
                    ended.set()
                assert all(count.result() > 5 for count in counts)


def test_a_starting_server_waits_for_a_file_that_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("")
    writer = threading.Timer(0.4, path.write_text, ["name,parent\nBoard,\nAudit,Board\n"])
    writer.start()

    assert len(DatasetFollower(Settings(dataset=path)).current.organization) == 2


def test_a_starting_server_does_not_wait_for_an_old_file(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("")
    os.utime(path, (0, 0))

    with pytest.raises(DataError, match="empty"):
        DatasetFollower(Settings(dataset=path))
