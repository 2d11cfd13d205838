from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from components.model.organization import Organization
from components.settings import Settings
from tests.organizations import organization_of
from tests.web.servers import document, serve

HOME = "https://harbour.example/chart/"


@pytest.fixture(scope="module")
def client(harbour: Organization) -> FlaskClient:
    """A client of a server with a public address."""
    return serve(harbour, Settings(address=HOME))


def properties(client: FlaskClient, query: str = "") -> dict[str, Any]:
    """Return the properties for previews in the head of a page."""
    page = document(client.get(f"/{query}").text)
    return {
        element.attributes["property"]: element.attributes["content"]
        for element in page.find("meta")
        if "property" in element.attributes
    }


def test_an_organization_has_its_title_and_description(client: FlaskClient) -> None:
    shown = properties(client)

    assert shown["og:title"] == shown["og:site_name"] == "Harbour"
    assert shown["og:description"] == "Who does what in the harbour."
    assert shown["og:url"] == HOME


def test_a_unit_has_its_name_and_summary(client: FlaskClient) -> None:
    shown = properties(client, "?unit=VTS&focus=harbour&view=network&links=all")

    assert shown["og:title"] == "Traffic Department – Harbour"
    assert shown["og:description"] == "Knows every ship."
    assert shown["og:url"] == f"{HOME}?unit=traffic&view=network&links=all"


def test_a_unit_without_a_summary_has_a_description_with_its_organization(
    client: FlaskClient,
) -> None:
    shown = properties(client, "?unit=locks")

    assert shown["og:description"].startswith("Locks & Bridges Unit – Harbour")


@pytest.mark.parametrize("query", ["", "?unit=fire", "?unit=fire&focus=safety&layout=radial"])
def test_the_picture_exists_in_the_given_size(client: FlaskClient, query: str) -> None:
    shown = properties(client, query)

    address = urlsplit(shown["og:image"])
    assert shown["og:image"].startswith(HOME)
    for _ in ("drawn", "cached"):
        picture = client.get(f"/export/sunburst.png?{address.query}")
        assert picture.status_code == 200
        assert int.from_bytes(picture.data[16:20]) == int(shown["og:image:width"]) == 1200
        assert int.from_bytes(picture.data[20:24]) == int(shown["og:image:height"]) == 630
    client.application.extensions["exports"].close()


def test_there_are_no_addresses_without_a_public_address(harbour: Organization) -> None:
    shown = properties(serve(harbour, Settings(port=0)))

    assert shown["og:title"] == "Harbour"
    assert {"og:url", "og:image"}.isdisjoint(shown)


def test_ids_are_quoted_in_addresses() -> None:
    organization = organization_of([("top", ""), ('a&b="c', "top")])
    client = serve(organization, Settings(address=HOME))

    address = properties(client, "?unit=a%26b%3D%22c")["og:url"]

    assert address == f"{HOME}?unit=a%26b%3D%22c"
