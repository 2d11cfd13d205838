"""Disks that are full, slow or silent: pages are answered all the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from components.importing import dataset_cache, loading
from components.reading.tables import Tables
from components.search import indexing
from components.settings import Settings
from components.web import editions, following
from components.web.application import create_app
from components.web.following import DatasetFollower, Signature
from tests.web.servers import Reader

FULL_DISK = "/dev/full"
"""A file of Linux: whatever is written to it, the system answers that the disk is full."""


@pytest.fixture(autouse=True)
def poll_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "POLL_INTERVAL", 0.03)


@pytest.fixture
def everything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset_cache, "WORTH_KEEPING", 0.0)
    monkeypatch.setattr(editions, "LARGE_ORGANIZATION", 1)
    monkeypatch.setattr(editions, "INDEXING_DELAY", 0.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    write(path, 1)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def follower(file: Path, cache: Path) -> Iterator[DatasetFollower]:
    follower = DatasetFollower(Settings(dataset=file, cache=cache))
    yield follower
    follower.end()


def write(path: Path, number: int) -> None:
    path.write_text(f"id,name,parent\nboard,Board {number},\npay,Pay,board\n", encoding="utf-8")


def client_of(follower: DatasetFollower) -> FlaskClient:
    server = create_app(follower, Settings()).server
    server.test_client_class = Reader
    return server.test_client()


def wait_for(client: FlaskClient, text: str) -> None:
    """Wait until the page has a text."""
    for _ in range(500):
        if text in client.get("/").text:
            return
        threading.Event().wait(0.02)
    pytest.fail(f"The page does not say {text}.")


def hits(client: FlaskClient) -> list[str]:
    """Return the ids of the units that are found, when the index is there."""
    for _ in range(500):
        answer = client.get("/search?q=pay").json
        if not answer.get("preparing"):
            return [hit["unit"] for hit in answer["hits"]]
        threading.Event().wait(0.02)
    pytest.fail("The index is not there.")


@pytest.mark.usefixtures("everything_is_kept")
class TestACacheOnAFullDisk:
    @pytest.mark.skipif(not Path(FULL_DISK).exists(), reason="Linux only")
    @pytest.mark.parametrize(
        "place", [(dataset_cache, "FILE"), (indexing, "STEMS"), (indexing, "NAMES")]
    )
    def test_costs_one_line_and_leaves_nothing_half_written(
        self,
        file: Path,
        cache: Path,
        place: tuple[object, str],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr(*place, FULL_DISK)
        follower = DatasetFollower(Settings(dataset=file, cache=cache))
        client = client_of(follower)

        wait_for(client, "Board 1")
        assert hits(client) == ["pay"]
        write(file, 2)
        wait_for(client, "Board 2")
        assert hits(client) == ["pay"]

        (line,) = caplog.messages
        assert "No space left on device" in line
        assert not [*cache.glob(".remit-*")]
        follower.end()

    def test_that_has_room_again_is_used_at_the_next_start(self, file: Path, cache: Path) -> None:
        for from_cache in (False, True):
            follower = DatasetFollower(Settings(dataset=file, cache=cache))
            client = client_of(follower)
            wait_for(client, "Board 1")
            assert hits(client) == ["pay"]

            assert (follower.read_from_cache_in is not None) is from_cache
            follower.end()


@pytest.mark.usefixtures("everything_is_kept")
def test_a_file_that_is_saved_often_leaves_its_last_state_in_the_cache(
    file: Path, cache: Path, follower: DatasetFollower
) -> None:
    client = client_of(follower)
    for number in (2, 3, 4):
        write(file, number)
        wait_for(client, f"Board {number}")
        hits(client)
    for _ in range(500):
        if len(entries := sorted(entry.name for entry in cache.glob("[!.]*"))) == 2:
            break
        threading.Event().wait(0.02)
    follower.end()

    assert [entry.partition("-")[0] for entry in entries] == ["import", "search"]
    again = DatasetFollower(Settings(dataset=file, cache=cache))
    assert again.read_from_cache_in is not None
    assert "Board 4" in client_of(again).get("/").text


class TestASlowDisk:
    def test_holds_up_the_new_edition_but_no_page(
        self, file: Path, follower: DatasetFollower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = client_of(follower)
        wait_for(client, "Board 1")
        read, begun, goes_on = loading.read_tables, threading.Event(), threading.Event()

        def read_slowly(*arguments: object) -> Tables:
            begun.set()
            assert goes_on.wait(20)
            return read(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(loading, "read_tables", read_slowly)
        write(file, 2)
        assert begun.wait(10)

        version = follower.current.name
        for address in ("/", f"/fragments/{version}/panel.json?unit=board", "/search?q=board"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "Board 1" in answer.text
        assert client.get("/version").json["version"] == version
        goes_on.set()
        wait_for(client, "Board 2")

    def test_that_does_not_answer_holds_up_one_request_of_an_unknown_edition(
        self, follower: DatasetFollower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = client_of(follower)
        wait_for(client, "Board 1")
        monkeypatch.setattr(following, "MAX_REQUEST_WAIT", 0.05)
        goes_on, seen = threading.Event(), follower._seen
        checking = []

        def no_answer(_path: Path) -> Signature:
            checking.append(threading.current_thread().name)
            assert goes_on.wait(20)
            return seen

        monkeypatch.setattr(following, "signature", no_answer)
        monkeypatch.setattr(following, "POLL_INTERVAL", 0.0)
        with ThreadPoolExecutor(8, thread_name_prefix="request") as requests:
            asked = [
                requests.submit(client.get, "/fragments/unknown/panel.json?unit=board")
                for _ in range(8)
            ]
            for _ in range(500):
                if sum(each.done() for each in asked) == 7:
                    break
                threading.Event().wait(0.02)
            held_up = [name for name in checking if name.startswith("request")]
            assert "Board 1" in client.get("/").text
            goes_on.set()

            assert len(held_up) == 1
            assert {each.result().status_code for each in asked} == {410}
