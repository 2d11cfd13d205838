from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from components.model.organization import Organization
from components.settings import Settings
from components.web import data_files
from components.web.access_log import ACCESS_LOG
from tests.web.servers import serve

LINE = re.compile(
    r"127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "
    r'"(?P<request>[^"]*)" (?P<status>\d{3}) (?P<size>\d+|-)'
)


@pytest.fixture
def client(harbour: Organization) -> Iterator[FlaskClient]:
    """A client of a server that logs requests."""
    yield serve(harbour, Settings(access_log=True))
    logging.getLogger(ACCESS_LOG).setLevel(logging.NOTSET)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == ACCESS_LOG]


@pytest.mark.parametrize(
    ("address", "requested", "status"),
    [
        ("/?unit=fire", "GET /?unit=fire HTTP/1.1", "200"),
        ("/none", "GET /none HTTP/1.1", "404"),
        ("/search?q=ab%20c", "GET /search?q=ab%20c HTTP/1.1", "200"),
        ("/a%0Ab%22", "GET /a%0Ab%22 HTTP/1.1", "404"),
        ("/%C3%BC", "GET /%C3%BC HTTP/1.1", "404"),
    ],
)
def test_a_request_is_a_line_in_the_common_format(
    client: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    address: str,
    requested: str,
    status: str,
) -> None:
    response = client.get(address, headers={"Accept-Encoding": "gzip"})

    (line,) = lines(caplog)
    match = LINE.fullmatch(line)
    assert match
    assert (match["request"], match["status"]) == (requested, status)
    assert int(match["size"]) == len(response.data)


def test_the_size_of_what_is_written_while_it_is_sent_is_unknown(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_files, "LARGE_ORGANIZATION", 2)

    client.get("/data/organization.json")

    assert lines(caplog)[0].endswith('"GET /data/organization.json HTTP/1.1" 200 -')


def test_requests_are_not_logged_by_default(
    harbour: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    serve(harbour).get("/")

    assert caplog.records == []


def test_what_was_refused_is_a_line_with_its_reason(
    harbour: Organization, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    semaphore = threading.BoundedSemaphore

    def taken(_size: int) -> threading.BoundedSemaphore:
        slots = semaphore(1)
        slots.acquire()
        return slots

    monkeypatch.setattr(data_files.threading, "BoundedSemaphore", taken)
    client = serve(harbour)
    monkeypatch.undo()

    assert client.get("/data/units.csv").status_code == 503

    (warning,) = (record.message for record in caplog.records if record.levelname == "WARNING")
    assert warning == (
        "503 for GET /data/units.csv from 127.0.0.1: "
        "Many files are being made; please ask again in some seconds."
    )
