"""Remit below a path of a site, behind proxies that keep the path and behind those that do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from components.model.organization import Organization
from components.settings import Settings
from components.web.application import create_app
from tests.test_app import serving
from tests.web.crawl import Answer, crawl
from tests.web.servers import document, serve

BELOW = Settings(prefix="/orgchart/")
TRUSTING = Settings(proxies=1)
FORWARDED = {
    "X-Forwarded-Prefix": "/orgchart",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "intranet.example",
}


@pytest.fixture(scope="module")
def below(harbour: Organization) -> Iterator[FlaskClient]:
    with closing(harbour, BELOW) as client:
        yield client


@contextmanager
def closing(organization: Organization, settings: Settings) -> Iterator[FlaskClient]:
    """Yield a client of a server whose drawing processes end with it."""
    client = serve(organization, settings)
    yield client
    client.application.extensions["exports"].close()


def answer(client: FlaskClient, address: str) -> Answer:
    response = client.get(address)
    text = response.get_data().decode("utf-8", "replace")
    return Answer(response.status_code, response.mimetype, text, address)


@pytest.mark.parametrize("prefix", ["/orgchart/", "/", "/orgchart//"])
def test_all_that_a_page_names_is_there_with_the_prefix_and_without(
    below: FlaskClient, prefix: str
) -> None:
    for page in ("", "embed", "?unit=fire&lang=fr", "data/"):
        found = crawl(lambda address: answer(below, address), f"{prefix}{page}")

        assert len(found) > 10
        assert [address for address, status in found.items() if status != 200] == []


def test_a_page_is_the_same_with_the_prefix_and_without(below: FlaskClient) -> None:
    with_prefix, without = (below.get(f"{prefix}embed").text for prefix in ("/orgchart/", "/"))

    assert with_prefix.split("end_id")[0] == without.split("end_id")[0]


def test_no_address_of_a_page_depends_on_its_path(below: FlaskClient) -> None:
    for element in document(below.get("/orgchart/").text).elements:
        for name in ("src", "href", "action"):
            assert not element.attributes.get(name, "").startswith("/")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/orgchart", "orgchart/"),
        ("/orgchart?unit=a%2Fb&q=%FF", "orgchart/?unit=a%2Fb&q=%FF"),
        ("/orgchart/data?at=2020-01-01", "data/?at=2020-01-01"),
        ("/data", "data/"),
    ],
)
def test_a_missing_slash_is_added_by_a_relative_redirect(
    below: FlaskClient, address: str, target: str
) -> None:
    response = below.get(address)

    assert (response.status_code, response.headers["Location"]) == (308, target)


@pytest.mark.parametrize("address", ["/orgchartx", "/orgchart/none", "/none", "/x/orgchart/"])
def test_other_addresses_lead_nowhere(below: FlaskClient, address: str) -> None:
    assert below.get(address).status_code == 404


def test_a_trusted_proxy_says_where_the_page_is(harbour: Organization) -> None:
    with closing(harbour, TRUSTING) as client:
        for address in ("/", "/orgchart/"):
            page = client.get(f"{address}?unit=fire", headers=FORWARDED).text
            (picture,) = document(page).find("meta", property="og:image")

            assert picture.attributes["content"].startswith(
                "https://intranet.example/orgchart/export/sunburst.png?"
            )
        assert client.get("/orgchart", headers=FORWARDED).headers["Location"] == "orgchart/"
        picture_text = client.get("/export/sunburst.svg", headers=FORWARDED).text
        assert "intranet.example/orgchart" in picture_text
        assert "intranet.example" not in client.get("/export/sunburst.svg").text
        turtle = client.get("/data/organization.ttl", headers=FORWARDED).text
        assert "https://intranet.example/orgchart/" in turtle


@pytest.mark.parametrize(("proxies", "is_heard"), [("1", True), ("0", False)])
def test_the_program_hears_proxies_if_they_are_trusted(proxies: str, *, is_heard: bool) -> None:
    with serving(REMIT_PORT="0", REMIT_PROXIES=proxies) as (_, address):
        request = Request(f"{address}/", headers=FORWARDED)  # noqa: S310  # of this machine
        with urlopen(request, timeout=30) as response:  # noqa: S310
            page = response.read().decode()

    assert ("https://intranet.example/orgchart/export/" in page) == is_heard


def test_the_address_of_the_settings_wins_over_that_of_a_proxy(harbour: Organization) -> None:
    client = serve(harbour, Settings(proxies=1, address="https://a.example/b/"))
    (address,) = document(client.get("/", headers=FORWARDED).text).find("meta", property="og:url")

    assert address.attributes["content"] == "https://a.example/b/"


def test_what_a_proxy_says_does_not_count_unless_it_is_trusted(harbour: Organization) -> None:
    client = serve(harbour)

    assert client.get("/orgchart/", headers=FORWARDED).status_code == 404
    assert "intranet.example" not in client.get("/", headers=FORWARDED).text


def test_a_server_that_has_other_pages_is_left_as_it_is(harbour: Organization) -> None:
    server = Flask("site")
    create_app(harbour, BELOW, server=server, prefix="/org/")
    client = server.test_client()

    assert client.get("/org/").status_code == 200
    assert client.get("/orgchart/").status_code == 404
