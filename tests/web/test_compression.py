from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from components.model.organization import Organization
from tests.web.servers import serve, version_of

TOKEN = re.compile(rb'"end_id":"[^"]*"')
"""It differs between documents: Dash chooses it at random."""
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def addresses(client: FlaskClient) -> list[str]:
    """Return the addresses of the page, a fragment, and scripts and a style sheet."""
    page = client.get("/").text
    script = re.search(r'src="(static/[^"]*/main\.js)"', page)
    sheet = re.search(r'<link rel="stylesheet" href="([^"]*)"', page)
    suite = re.search(r'src="(_dash-component-suites/[^"]*)"', page)
    assert script
    assert sheet
    assert suite
    fragment = f"/fragments/{version_of(client)}/network.json?unit=harbour"
    return ["/", "/embed", fragment, f"/{script[1]}", f"/{sheet[1]}", f"/{suite[1]}"]


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


def test_a_file_that_never_changes_is_compressed_once(client: FlaskClient) -> None:
    script = addresses(client)[3]

    first, second = (client.get(script, headers=GZIP) for _ in range(2))

    assert first.data == second.data
    assert first.headers["ETag"].startswith("W/")
    again = client.get(script, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address", ["/healthz", "/fonts/regular.woff", "/export/network.svg", "/nowhere"]
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
