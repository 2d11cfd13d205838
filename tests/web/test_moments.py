"""The organization of another day, at every address."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from components.importing import dataset_cache, loading
from components.importing.loading import Dataset, import_dataset, load_organization
from components.importing.progress import OnProgress
from components.importing.report import Imported
from components.model.moment import Moment
from components.settings import Settings
from components.web import following, other_moments
from components.web.application import create_app
from components.web.following import DatasetFollower
from tests.web.servers import Document, Reader, document, serve, version_in

NOW, THEN = date(2026, 5, 4), "2012-05-01"
PORT = """id,name,parent,valid from,valid to
port,Port,,1990-01-01,
traffic,Traffic,port,1990-01-01,
pilots,Pilots,port,1990-01-01,2018-12-31
pilots,Pilot Service,traffic,2019-01-01,
night,Night Watch,port,1990-01-01,2015-06-30
drones,Drone Patrol,port,2026-05-05,
"""
BEGINNING_OF_CONFIG = '<script id="_dash-config"'
"""What precedes it is the same for the same page; Dash writes random numbers into the rest."""
PERIODLESS = "id,name,parent\nport,Port,\ntraffic,Traffic,port\n"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """A calendar that tests set, and polls that do not take long."""
    monkeypatch.setattr(following, "POLL_INTERVAL", 0.03)

    def set_day(day: date) -> None:
        monkeypatch.setattr(loading, "today", lambda: day)

    set_day(NOW)
    return set_day


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "port.csv"
    path.write_text(PORT, encoding="utf-8")
    return path


@pytest.fixture
def follower(file: Path) -> Iterator[DatasetFollower]:
    follower = DatasetFollower(Settings(dataset=file))
    yield follower
    follower.end()


@pytest.fixture
def client(follower: DatasetFollower, file: Path) -> FlaskClient:
    server = create_app(follower, Settings(dataset=file)).server
    server.test_client_class = Reader
    return server.test_client()


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[date | None]:
    """The days for which the file has been read, the start of the server excepted."""
    days: list[date | None] = []

    def counting(dataset: Dataset, _on_progress: OnProgress) -> Imported:
        days.append(dataset.at)
        return import_dataset(dataset)

    monkeypatch.setattr(dataset_cache, "import_dataset", counting)
    return days


def test_other_days_of_data_that_stands_still_are_shown(file: Path) -> None:
    settings = Settings(dataset=file, follow=False)
    client = create_app(DatasetFollower(settings), settings).server.test_client()

    assert "Night Watch" in client.get(f"/?at={THEN}").text
    assert "Night Watch" not in client.get("/").text


def page_at(client: FlaskClient, address: str) -> Document:
    return document(client.get(address).text)


def root(page: Document) -> dict[str, str]:
    return page.find("html")[0].attributes


def version_on(client: FlaskClient, day: str) -> dict[str, Any]:
    content: dict[str, Any] = client.get(f"/version?at={day}").json
    return content


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestThePage:
    @pytest.mark.parametrize("address", ["/", "/embed"])
    def test_shows_the_organization_of_the_day_and_says_which(
        self, client: FlaskClient, address: str
    ) -> None:
        then, now = (client.get(f"{address}{query}").text for query in (f"?at={THEN}", ""))

        assert "Night Watch" in then
        assert "Pilot Service" not in then
        assert "<summary>As of May 1, 2012</summary>" in then
        assert "Night Watch" not in now
        assert "<summary>As of May 4, 2026</summary>" in now
        assert root(document(then))["data-at"] == THEN
        assert "data-at" not in root(document(now))

    def test_says_the_day_in_its_language(self, client: FlaskClient) -> None:
        assert "État au 1 mai 2012" in client.get(f"/?at={THEN}&lang=fr").text
        assert "A fecha de 1 may 2012" in client.get(f"/?at={THEN}&lang=es").text

    def test_has_links_that_keep_the_day(self, client: FlaskClient) -> None:
        page = page_at(client, f"/?at={THEN}&unit=pilots&view=outline&lang=fr")
        addresses = [link.attributes["href"] for link in page.find("a")]
        views = [address for address in addresses if address.startswith("?")]
        files = [address for address in addresses if address.startswith(("export/", "data/"))]
        (today,) = (link.attributes["href"] for link in page.find("a", id="current-day"))

        assert today == "?unit=pilots&view=outline&lang=fr"
        assert len(views) > 5
        assert len(files) > 5
        assert all(f"at={THEN}" in address for address in {*views, *files} - {today})

    def test_names_the_day_to_which_the_reader_can_go_back(
        self, client: FlaskClient, file: Path
    ) -> None:
        settings = Settings(dataset=file, at=date(2020, 1, 1))
        follower = DatasetFollower(settings)
        clients = {"Today": client, "Jan 1, 2020": serve(follower, settings)}
        follower.end()

        for name, each in clients.items():
            assert page_at(each, f"/?at={THEN}").find("a", id="current-day")[0].text == name

    def test_has_a_form_that_keeps_the_rest_of_the_address(self, client: FlaskClient) -> None:
        page = page_at(client, f"/?at={THEN}&unit=pilots&lang=fr")
        hidden = [
            (field.attributes["name"], field.attributes["value"])
            for field in page.find("input", type="hidden")
        ]
        fields = [
            (field.attributes["name"], field.attributes.get("value", ""))
            for field in page.find("input", type="date")
        ]

        assert hidden == [
            *(("unit", "pilots"), ("lang", "fr")),
            *(("unit", "pilots"), ("at", THEN), ("lang", "fr")),
        ]
        assert fields == [("at", THEN), ("before", "")]

    def test_preloads_and_previews_what_is_of_the_day(self, file: Path) -> None:
        settings = Settings(dataset=file, address="https://port.example/")
        follower = DatasetFollower(settings)
        text = serve(follower, settings).get(f"/?at={THEN}").text
        follower.end()
        preloads = [
            link.attributes["href"]
            for link in document(text).find("link", rel="preload")
            if "fragments" in link.attributes["href"]
        ]

        assert len(preloads) == 3
        assert all(f"&lang=en&at={THEN}" in address for address in preloads)
        assert f'property="og:url" content="https://port.example/?at={THEN}"' in text
        assert f"export/sunburst.png?at={THEN}" in text

    @pytest.mark.parametrize("day", ["1800-01-01", "soon", "2012-02-30"])
    def test_ignores_a_day_that_has_no_records_and_says_so(
        self, client: FlaskClient, day: str
    ) -> None:
        text = client.get(f"/?at={day}").text

        assert "Pilot Service" in text
        assert "data-at" not in root(document(text))
        assert "No records of that day" in text

    @pytest.mark.parametrize("day", [NOW.isoformat(), NOW.strftime("%Y%m%d"), ""])
    def test_of_today_is_the_ordinary_one(self, client: FlaskClient, day: str) -> None:
        texts = [client.get(address).text for address in (f"/?at={day}", "/")]

        assert len({text.partition(BEGINNING_OF_CONFIG)[0] for text in texts}) == 1


class TestATableWithoutPeriods:
    def test_has_no_days(self, file: Path) -> None:
        file.write_text(PERIODLESS, encoding="utf-8")
        follower = DatasetFollower(Settings(dataset=file))
        client = serve(follower)
        page, then = (client.get(f"/{query}").text for query in ("", f"?at={THEN}"))

        assert then.partition(BEGINNING_OF_CONFIG)[0] == page.partition(BEGINNING_OF_CONFIG)[0]
        assert '<div id="day"></div>' in page
        assert client.get(f"/export/network.svg?at={THEN}").status_code == 200
        assert client.get("/export/network.svg?at=soon").status_code == 400
        follower.end()


class TestAnOrganizationWithoutItsFiles:
    def test_has_one_day_only(self, file: Path) -> None:
        client = serve(load_organization(Settings(dataset=file, at=date(2012, 5, 1)).source))
        page = client.get("/?at=2020-01-01").text

        assert '<div id="day">As of May 1, 2012</div>' in page
        assert "Night Watch" in page
        assert client.get("/data/units.csv?at=2020-01-01").status_code == 400
        assert client.get(f"/data/units.csv?at={THEN}").status_code == 200


class TestFilesAndSearch:
    def test_are_of_the_day(self, client: FlaskClient) -> None:
        then, now = (
            [
                client.get(f"{address}{query}").text
                for address in ("/export/network.svg", "/data/units.csv")
            ]
            for query in (f"?at={THEN}", "")
        )

        assert "Night Watch" in then[0]
        assert "As of May 1, 2012" in then[0]
        assert "Night Watch" in then[1]
        assert "Night Watch" not in now[0] + now[1]
        assert "As of May 4, 2026" in now[0]

    def test_are_found_on_the_day(self, client: FlaskClient) -> None:
        hits = client.get(f"/search?q=night&at={THEN}").json["hits"]

        assert [hit["name"] for hit in hits] == ["Night Watch"]
        assert not client.get("/search?q=pilot+service").json["near"]
        assert client.get(f"/search?q=pilot+service&at={THEN}").json["hits"][0]["name"] == "Pilots"

    def test_have_the_day_in_their_names(self, client: FlaskClient) -> None:
        def name(address: str) -> str:
            return client.get(address).headers["Content-Disposition"].split('"')[1]

        assert name(f"/data/units.csv?at={THEN}") == f"port-{THEN}-units.csv"
        assert name(f"/export/network.svg?at={THEN}") == f"port-{THEN}-network.svg"

    def test_have_a_list_that_keeps_the_day(self, client: FlaskClient) -> None:
        page = page_at(client, f"/data/?at={THEN}&lang=fr")
        back, *files = (link.attributes["href"] for link in page.find("a"))

        assert back == f"../?at={THEN}&lang=fr"
        assert f"units.csv?at={THEN}" in files
        assert "État au 1 mai 2012" in page.find("footer")[0].text

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("soon", "At must be a day such as 2026-01-31.\n"),
            ("1800-01-01", "At must be a day that has records; 1800-01-01 has none.\n"),
        ],
    )
    @pytest.mark.parametrize("address", ["/export/sunburst.png", "/data/units.csv", "/search"])
    def test_of_a_day_that_is_not_allowed_are_one_sentence(
        self, client: FlaskClient, address: str, day: str, sentence: str
    ) -> None:
        response = client.get(f"{address}?at={day}")

        assert (response.status_code, response.text) == (400, sentence)


class TestAnEdition:
    def test_of_a_day_answers_fragments_by_its_name(self, client: FlaskClient) -> None:
        version = version_in(client.get(f"/?at={THEN}").text)

        answer = client.get(f"/fragments/{version}/panel.json?unit=night")

        assert answer.status_code == 200
        assert "Night Watch" in answer.text
        assert client.get(f"/search?q=night&version={version}").json["hits"]

    def test_is_made_once_for_requests_at_the_same_time(
        self, client: FlaskClient, loads: list[date | None]
    ) -> None:
        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(lambda _: client.get(f"/?at={THEN}").status_code, range(6)))

        assert statuses == [200] * 6
        assert loads == [date(2012, 5, 1)]

    def test_that_is_forgotten_is_gone_unless_its_day_is_in_the_address(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(other_moments, "MAX_MOMENTS", 1)
        page = client.get(f"/?at={THEN}").text
        address = f"/fragments/{version_in(page)}/panel.json?unit=night"
        client.get("/?at=2013-05-01")

        gone = client.get(address)
        made_again = client.get(f"{address}&at={THEN}")

        assert gone.status_code == 410
        assert gone.json["version"] == version_in(client.get("/").text)
        assert made_again.status_code == 200

    def test_that_is_unknown_is_answered_with_that_of_the_day(self, client: FlaskClient) -> None:
        gone = client.get(f"/fragments/unknown/panel.json?unit=night&at={THEN}")

        assert gone.status_code == 410
        assert gone.json["version"] == version_in(client.get(f"/?at={THEN}").text)

    def test_is_not_made_for_a_page_that_only_asks_for_its_version(
        self, client: FlaskClient, loads: list[date | None]
    ) -> None:
        assert version_on(client, THEN) == {}
        page = client.get(f"/?at={THEN}").text
        assert version_on(client, THEN)["version"] == version_in(page)
        assert version_on(client, "soon") == client.get("/version").json
        assert loads == [date(2012, 5, 1)]


class TestAChangeOfTheFile:
    def test_is_shown_on_the_day_too(self, client: FlaskClient, file: Path) -> None:
        client.get(f"/?at={THEN}")
        before = version_on(client, THEN)

        file.write_text(PORT.replace("Night Watch", "Night Shift"), encoding="utf-8")

        wait_for(lambda: version_on(client, THEN)["version"] != before["version"])
        after, today = version_on(client, THEN), client.get("/version").json
        assert after["since"] > before["since"]
        assert after["version"] != today["version"]
        answer = client.get(f"/fragments/{after['version']}/panel.json?unit=night")
        assert "Night Shift" in answer.text

    def test_leaves_the_day_as_it_was_while_the_file_cannot_be_read(
        self, client: FlaskClient, follower: DatasetFollower, file: Path
    ) -> None:
        kept = client.get(f"/?at={THEN}").text

        file.write_text("", encoding="utf-8")

        wait_for(lambda: follower.snapshot.refused is not None)
        assert version_in(client.get(f"/?at={THEN}").text) == version_in(kept)
        other = client.get("/?at=2013-05-01")
        assert other.status_code == 503
        assert other.headers["Retry-After"]
        assert other.text.startswith(f"This state cannot be read. {file.stem}: ")
        file.write_text(PORT, encoding="utf-8")
        wait_for(lambda: client.get("/?at=2013-05-01").status_code == 200)

    def test_that_leaves_the_day_as_it_was_keeps_what_is_computed(
        self, client: FlaskClient, follower: DatasetFollower, file: Path
    ) -> None:
        client.get(f"/?at={THEN}")
        edition = follower.cached(Moment(date(2012, 5, 1)))
        before = follower._read

        file.write_text(PORT, encoding="utf-8")

        wait_for(lambda: follower._read != before)
        time.sleep(0.2)
        assert follower.cached(Moment(date(2012, 5, 1))) is edition

    def test_after_which_the_day_has_no_records_leads_to_the_current_day(
        self, client: FlaskClient, file: Path
    ) -> None:
        client.get(f"/?at={THEN}")

        file.write_text(PORT.replace("1990-", "2020-").replace("2018-", "2021-"), encoding="utf-8")

        wait_for(lambda: version_on(client, THEN) == client.get("/version").json)
        assert client.get(f"/data/units.csv?at={THEN}").status_code == 400

    def test_drops_a_day_that_nobody_looks_at(
        self,
        client: FlaskClient,
        follower: DatasetFollower,
        file: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        version = version_in(client.get(f"/?at={THEN}").text)
        monkeypatch.setattr(other_moments, "UNUSED_LIFETIME", 0)

        file.write_text(PORT.replace("Night Watch", "Night Shift"), encoding="utf-8")

        wait_for(lambda: follower.find(version) is None)
        assert "Night Shift" in client.get(f"/?at={THEN}").text

    def test_is_shown_on_each_of_several_days(self, client: FlaskClient, file: Path) -> None:
        days = (THEN, "2013-05-01", "2014-05-01")
        before = [version_in(client.get(f"/?at={day}").text) for day in days]

        file.write_text(PORT.replace("Night Watch", "Night Shift"), encoding="utf-8")

        wait_for(lambda: not {*before} & {version_on(client, day)["version"] for day in days})
        assert all("Night Shift" in client.get(f"/?at={day}").text for day in days)

    def test_to_a_table_without_periods_ends_the_days(
        self, client: FlaskClient, file: Path
    ) -> None:
        client.get(f"/?at={THEN}")

        file.write_text(PERIODLESS, encoding="utf-8")

        wait_for(lambda: "Pilot" not in client.get("/").text)
        assert version_on(client, THEN) == client.get("/version").json


class TestMidnight:
    def test_makes_the_current_edition_that_of_the_new_day(
        self, client: FlaskClient, clock: Callable[[date], None]
    ) -> None:
        before = client.get("/version").json
        clock(date(2099, 5, 6))

        wait_for(lambda: client.get("/version").json["version"] != before["version"])

        after = client.get("/version").json
        assert after["since"] > before["since"]
        page = client.get("/").text
        assert "Drone Patrol" in page
        assert "As of May 6, 2099" in page
        old = client.get(f"/fragments/{before['version']}/panel.json?unit=traffic")
        assert old.status_code == 200

    def test_changes_nothing_if_the_day_is_a_setting_or_without_periods(
        self, file: Path, clock: Callable[[date], None], loads: list[date | None]
    ) -> None:
        followers = [DatasetFollower(Settings(dataset=file, at=date(2012, 5, 1)))]
        file.with_name("plain.csv").write_text(PERIODLESS, encoding="utf-8")
        followers.append(DatasetFollower(Settings(dataset=file.with_name("plain.csv"))))
        for follower in followers:
            follower.ensure_started()
        clock(date(2099, 5, 6))
        time.sleep(0.3)

        assert loads == [date(2012, 5, 1), NOW]
        for follower in followers:
            follower.end()


def test_a_day_without_records_today_shows_all_and_lets_the_reader_choose(file: Path) -> None:
    ended = "id,name,parent,valid from,valid to\na,Board,,1990-01-01,1999-12-31\n"
    file.write_text(ended, encoding="utf-8")
    follower = DatasetFollower(Settings(dataset=file))
    client = serve(follower)

    assert "<summary>Records of all dates</summary>" in client.get("/").text
    assert "<summary>As of May 1, 1995</summary>" in client.get("/?at=1995-05-01").text
    assert json.loads(client.get("/version?at=1995-05-01").text)["top"] == "a"
    follower.end()


def test_only_some_requests_wait_for_days_that_are_made() -> None:
    made, entered = threading.Event(), threading.Semaphore(0)

    def make(_moment: Moment) -> Any:
        entered.release()
        assert made.wait(5)
        raise AssertionError("not reached by those who are turned away")

    moments = other_moments.OtherMoments[int](make, lambda: 1, max_waiting=1)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(moments.get, Moment(date(2012, 5, 1)))
        assert entered.acquire(timeout=5)
        with pytest.raises(other_moments.MomentUnavailableError, match="ask again"):
            moments.get(Moment(date(2013, 5, 1)))
        made.set()
        assert isinstance(first.exception(5), AssertionError)
