from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from components.model.organization import Organization
from components.web import compression
from components.web.assets import STYLES, Assets
from tests.web.servers import serve, version_of

TOKEN = re.compile(rb'"end_id":"[^"]*"')
"""It differs between documents: Dash chooses it at random."""
GZIP = {"Accept-Encoding": "gzip, deflate"}
BROTLI = {"Accept-Encoding": "gzip, deflate, br, zstd"}
LONGEST = 30
"""Seconds until a file has been compressed with brotli."""


@pytest.fixture(scope="module")
def client(harbour: Organization) -> Iterator[FlaskClient]:
    """A client of a server that begins at once to compress files with brotli."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compression, "BROTLI_DELAY", 0)
        yield serve(harbour)


def addresses(client: FlaskClient) -> list[str]:
    """Return the addresses of the page, a fragment, and scripts and a style sheet."""
    page = client.get("/").text
    script = re.search(r'src="(static/[^"]*/main\.js)"', page)
    suite = re.search(r'src="(_dash-component-suites/[^"]*)"', page)
    assert script
    assert suite
    fragment = f"/fragments/{version_of(client)}/network.json?unit=harbour"
    return [
        "/",
        "/embed",
        fragment,
        f"/{script[1]}",
        f"/{Assets().address(STYLES)}",
        f"/{suite[1]}",
    ]


def files(client: FlaskClient) -> list[str]:
    """Return the addresses of files that never change."""
    return addresses(client)[3:]


def with_brotli(client: FlaskClient, address: str) -> TestResponse:
    """Return a response that is compressed with brotli, as it soon will be."""
    end = time.monotonic() + LONGEST
    while True:
        response = client.get(address, headers=BROTLI)
        if response.headers["Content-Encoding"] == "br":
            return response
        assert time.monotonic() < end
        time.sleep(0.05)


def decompressed(response: TestResponse) -> bytes:
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(response.data)
    return gzip.decompress(response.data)


def test_gzip_makes_responses_smaller_and_not_different(client: FlaskClient) -> None:
    for address in addresses(client):
        plain, packed = client.get(address), client.get(address, headers=GZIP)

        assert TOKEN.sub(b"", decompressed(packed)) == TOKEN.sub(b"", plain.data)
        assert len(packed.data) < len(plain.data) / 2
        assert "Content-Encoding" not in plain.headers
        for response in (plain, packed):
            assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("accepted", [GZIP, BROTLI])
def test_a_file_that_never_changes_is_compressed_once(
    client: FlaskClient, accepted: dict[str, str]
) -> None:
    script = files(client)[0]
    with_brotli(client, script)

    first, second = (client.get(script, headers=accepted) for _ in range(2))

    assert first.data == second.data
    assert first.headers["ETag"].startswith("W/")
    again = client.get(script, headers={**accepted, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


class TestBrotli:
    def test_makes_files_that_never_change_smaller_than_gzip_does(
        self, client: FlaskClient
    ) -> None:
        for address in files(client):
            plain, packed = client.get(address), client.get(address, headers=GZIP)
            small = with_brotli(client, address)

            assert brotli.decompress(small.data) == plain.data
            assert int(small.headers["Content-Length"]) == len(small.data) < len(packed.data)
            assert "Accept-Encoding" in small.headers["Vary"]

    def test_is_not_waited_for(self, harbour: Organization) -> None:
        client = serve(harbour)
        script = files(client)[0]

        for _ in range(2):
            response = client.get(script, headers=BROTLI)

            assert decompressed(response) == client.get(script).data

    def test_is_only_for_what_never_changes(self, client: FlaskClient) -> None:
        for address in addresses(client)[:3]:
            decompressed(client.get(address, headers=BROTLI))

    @pytest.mark.parametrize(
        ("accepted", "encoding"),
        [
            ("br", "br"),
            ("*", "br"),
            ("gzip, br", "br"),
            ("gzip;q=0.5, br;q=0.9", "br"),
            ("gzip;q=0, br", "br"),
            ("gzip", "gzip"),
            ("gzip, br;q=0", "gzip"),
            ("*, br;q=0", "gzip"),
            ("gzip;q=0.9, br;q=0.5", "gzip"),
            ("identity", None),
            ("br;q=0", None),
            ("*;q=0", None),
        ],
    )
    def test_is_chosen_if_a_client_accepts_it_and_likes_gzip_no_better(
        self, client: FlaskClient, accepted: str, encoding: str | None
    ) -> None:
        for address in files(client):
            with_brotli(client, address)

            response = client.get(address, headers={"Accept-Encoding": accepted})

            assert response.headers.get("Content-Encoding") == encoding

    def test_compresses_a_file_once_for_all_its_addresses(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = files(client)[-1]
        with_brotli(client, address)
        monkeypatch.setattr(brotli, "compress", None)
        other = re.sub(r"m\d+\.", "m1234567.", address)

        assert other != address
        for same in (f"{address}?other", other):
            assert client.get(same, headers=BROTLI).headers["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    "address", ["/healthz", "/fonts/regular.woff2", "/export/network.svg", "/nowhere"]
)
def test_small_compressed_and_unknown_types_are_not_compressed(
    harbour: Organization, address: str
) -> None:
    client = serve(harbour)

    assert "Content-Encoding" not in client.get(address, headers=GZIP).headers


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_clients_that_do_not_accept_gzip_get_plain_text(client: FlaskClient, accepted: str) -> None:
    response = client.get("/", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert response.text.startswith("<!DOCTYPE html>")
