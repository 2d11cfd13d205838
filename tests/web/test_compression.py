from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from components.model.organization import Organization
from tests.web.servers import serve, version_of

TOKEN = re.compile(rb'"end_id":"[^"]*"')
"""Dash puts another one in each document."""
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def addresses(client: FlaskClient) -> list[str]:
    """Return the page, a fragment, and a script and a style sheet with their dates."""
    page = client.get("/").text
    script = re.search(r'src="(/assets/js/state\.js[^"]*)"', page)
    sheet = re.search(r'href="(/assets/css/page\.css[^"]*)"', page)
    suite = re.search(r'src="(/_dash-component-suites/[^"]*)"', page)
    assert script
    assert sheet
    assert suite
    fragment = f"/fragments/{version_of(client)}/network/harbour.json"
    return ["/", "/embed", fragment, script[1], sheet[1], suite[1]]


def unpacked(response: TestResponse) -> bytes:
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(response.data)
    return gzip.decompress(response.data)


def test_who_takes_gzip_gets_the_same_in_fewer_bytes(client: FlaskClient) -> None:
    for address in addresses(client):
        plain, packed = client.get(address), client.get(address, headers=GZIP)

        assert TOKEN.sub(b"", unpacked(packed)) == TOKEN.sub(b"", plain.data)
        assert len(packed.data) < len(plain.data) / 2
        assert "Content-Encoding" not in plain.headers
        for response in (plain, packed):
            assert "Accept-Encoding" in response.headers["Vary"]


def test_a_file_that_never_changes_is_the_same_at_each_request(client: FlaskClient) -> None:
    script = addresses(client)[3]

    first, second = (client.get(script, headers=GZIP) for _ in range(2))

    assert first.data == second.data
    assert first.headers["ETag"].startswith("W/")
    again = client.get(script, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address", ["/healthz", "/fonts/regular.woff", "/export/network.svg", "/nowhere"]
)
def test_what_is_small_or_packed_or_no_text_of_the_page_stays_as_it_is(
    harbour: Organization, address: str
) -> None:
    client = serve(harbour)

    assert "Content-Encoding" not in client.get(address, headers=GZIP).headers


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_who_does_not_take_gzip_is_not_sent_any(client: FlaskClient, accepted: str) -> None:
    response = client.get("/", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert response.text.startswith("<!DOCTYPE html>")
