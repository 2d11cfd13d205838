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
def found(harbour: Organization) -> FlaskClient:
    """A client of a server that knows where readers find it."""
    return serve(harbour, Settings(address=HOME))


def properties(client: FlaskClient, query: str = "") -> dict[str, Any]:
    """Return what the head of a page says to those who show previews of links."""
    page = document(client.get(f"/{query}").text)
    return {
        each.attributes["property"]: each.attributes["content"]
        for each in page.find("meta")
        if "property" in each.attributes
    }


def test_of_the_whole_is_its_title_and_its_description(found: FlaskClient) -> None:
    told = properties(found)

    assert told["og:title"] == told["og:site_name"] == "Harbour"
    assert told["og:description"] == "Who does what in the harbour."
    assert told["og:url"] == HOME


def test_of_a_unit_is_its_name_and_its_summary(found: FlaskClient) -> None:
    told = properties(found, "?unit=VTS&focus=harbour&view=network&links=all")

    assert told["og:title"] == "Traffic Department – Harbour"
    assert told["og:description"] == "Knows every ship."
    assert told["og:url"] == f"{HOME}?unit=traffic&view=network&links=all"


def test_of_a_unit_without_a_summary_says_whose_it_is(found: FlaskClient) -> None:
    told = properties(found, "?focus=locks")

    assert told["og:description"].startswith("Locks & Bridges Unit – Harbour")


@pytest.mark.parametrize("query", ["", "?unit=fire", "?unit=fire&focus=safety&layout=radial"])
def test_has_a_picture_that_there_is_in_the_size_that_it_says(
    found: FlaskClient, query: str
) -> None:
    told = properties(found, query)

    address = urlsplit(told["og:image"])
    assert told["og:image"].startswith(HOME)
    for _ in ("drawn", "kept"):
        picture = found.get(f"/export/sunburst.png?{address.query}")
        assert picture.status_code == 200
        assert int.from_bytes(picture.data[16:20]) == int(told["og:image:width"]) == 1200
        assert int.from_bytes(picture.data[20:24]) == int(told["og:image:height"]) == 630
    found.application.extensions["exports"].close()


def test_has_no_address_where_none_is_known(harbour: Organization) -> None:
    told = properties(serve(harbour, Settings(port=0)))

    assert told["og:title"] == "Harbour"
    assert {"og:url", "og:image"}.isdisjoint(told)


def test_of_ids_with_any_characters_is_an_address_that_leads_to_them() -> None:
    organization = organization_of([("top", ""), ('a&b="c', "top")])
    client = serve(organization, Settings(address=HOME))

    address = properties(client, "?unit=a%26b%3D%22c")["og:url"]

    assert address == f"{HOME}?unit=a%26b%3D%22c"
