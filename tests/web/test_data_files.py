"""The routes of the organization as data."""

from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from components.formats.catalogue import FILES
from components.model.organization import Organization
from components.settings import Settings
from components.web import data_files as module
from components.words import languages
from tests.organizations import organization_named, organization_of
from tests.web.servers import document, serve


class TestAFile:
    @pytest.mark.parametrize("name", FILES)
    def test_has_the_content_and_type_of_its_format(
        self, client: FlaskClient, harbour: Organization, name: str
    ) -> None:
        response = client.get(f"/data/{name}")

        assert response.status_code == HTTPStatus.OK
        assert response.mimetype == FILES[name].media_type
        assert response.data == FILES[name].write(harbour, "")
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        ("name", "saved_as"),
        [
            ("units.csv", "harbour-units.csv"),
            ("organization.json", "harbour.json"),
            ("datapackage.zip", "harbour.zip"),
            ("datapackage.json", "datapackage.json"),
        ],
    )
    def test_is_saved_under_the_name_of_the_dataset(
        self, client: FlaskClient, name: str, saved_as: str
    ) -> None:
        disposition = client.get(f"/data/{name}").headers["Content-Disposition"]

        assert disposition == f'attachment; filename="{saved_as}"'

    @pytest.mark.parametrize("name", FILES)
    def test_is_not_sent_again_if_the_client_has_it(self, client: FlaskClient, name: str) -> None:
        etag = client.get(f"/data/{name}").headers["ETag"]
        packed = client.get(f"/data/{name}", headers={"Accept-Encoding": "gzip"}).headers["ETag"]

        for tag in (etag, packed):
            again = client.get(f"/data/{name}", headers={"If-None-Match": tag})
            assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")
            assert again.headers["ETag"].removeprefix("W/") == etag

    def test_has_its_own_etag_in_each_edition(
        self, client: FlaskClient, harbour: Organization
    ) -> None:
        etags = {client.get(f"/data/{name}").headers["ETag"] for name in FILES}
        for other in (
            serve(organization_of([("a", "")])),
            serve(harbour, Settings(address="https://a.example/")),
        ):
            etags |= {other.get(f"/data/{name}").headers["ETag"] for name in FILES}

        assert len(etags) == 3 * len(FILES)

    def test_has_the_same_headers_for_head(self, client: FlaskClient) -> None:
        head, get = client.head("/data/units.csv"), client.get("/data/units.csv")

        assert (head.status_code, head.data) == (HTTPStatus.OK, b"")
        for name in ("ETag", "Content-Type", "Content-Disposition"):
            assert head.headers[name] == get.headers[name]
        assert int(head.headers["Content-Length"]) == len(get.data)

    def test_identifies_units_by_the_address_of_the_page(self, harbour: Organization) -> None:
        client = serve(harbour, Settings(address="https://a.example/chart/"))

        assert "<https://a.example/chart/?unit=fire>" in client.get("/data/organization.ttl").text

    @pytest.mark.parametrize("name", ["organization.pdf", "units", "<b>.csv"])
    def test_that_does_not_exist_is_answered_with_the_names_of_all(
        self, client: FlaskClient, name: str
    ) -> None:
        response = client.get(f"/data/{name}")

        assert response.status_code == HTTPStatus.NOT_FOUND
        assert response.mimetype == "text/plain"
        assert len(response.text.splitlines()) == 1
        assert all(name in response.text for name in FILES)
        assert "<b>" not in response.text

    def test_that_cannot_hold_the_data_is_answered_with_an_alternative(self) -> None:
        client = serve(organization_named([("a", "")], ["x" * 40_000]))
        response = client.get("/data/organization.xlsx")

        assert response.status_code == HTTPStatus.NOT_FOUND
        assert response.text.endswith("Take the data package instead.\n")
        assert client.get("/data/datapackage.zip").status_code == HTTPStatus.OK

    def test_is_written_once_for_concurrent_requests(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = []
        csv = FILES["units.csv"]

        def write(organization: Organization, address: str) -> bytes:
            written.append(address)
            return csv.write(organization, address)

        counted = module.FILES | {"units.csv": type(csv)(csv.media_type, write, csv.name)}
        monkeypatch.setattr(module, "FILES", counted)
        server = serve(harbour).application
        with ThreadPoolExecutor(6) as callers:
            get = lambda _: server.test_client().get("/data/units.csv").status_code  # noqa: E731
            answers = list(callers.map(get, range(6)))

        assert set(answers) == {HTTPStatus.OK}
        assert len(written) == 1

    def test_is_refused_for_a_while_if_too_many_are_written(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inside, done = threading.Semaphore(0), threading.Event()

        def waits(*_: object) -> bytes:
            inside.release()
            assert done.wait(20)
            return b"made"

        csv = FILES["units.csv"]
        slow = module.FILES | {"units.csv": type(csv)(csv.media_type, waits, csv.name)}
        monkeypatch.setattr(module, "FILES", slow)
        client = serve(harbour, Settings(threads=4))
        server = client.application
        with ThreadPoolExecutor(1) as callers:
            first = callers.submit(lambda: server.test_client().get("/data/units.csv").data)
            inside.acquire()
            one_more = client.get("/data/themes.csv")
            done.set()

        assert one_more.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert int(one_more.headers["Retry-After"]) > 0
        assert first.result() == b"made"
        assert client.get("/data/themes.csv").status_code == HTTPStatus.OK


class TestFilesOfALargeOrganization:
    """They are sent while they are written."""

    @pytest.fixture(autouse=True)
    def large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "LARGE_ORGANIZATION", 2)

    @pytest.mark.parametrize("encoding", ["identity", "gzip"])
    @pytest.mark.parametrize("name", [name for name in FILES if FILES[name].parts])
    def test_are_the_same(self, harbour: Organization, name: str, encoding: str) -> None:
        response = serve(harbour).get(f"/data/{name}", headers={"Accept-Encoding": encoding})
        data = gzip.decompress(response.data) if encoding == "gzip" else response.data

        assert response.headers.get("Content-Encoding", "identity") == encoding
        assert data == FILES[name].write(harbour, "")
        assert response.headers["Content-Disposition"].startswith("attachment")

    def test_are_not_sent_again(self, harbour: Organization) -> None:
        client = serve(harbour)
        etag = client.get("/data/organization.json").headers["ETag"]

        again = client.get("/data/organization.json", headers={"If-None-Match": etag})
        assert (again.status_code, again.data) == (HTTPStatus.NOT_MODIFIED, b"")

    def test_are_refused_for_a_while_if_many_read_them(self, harbour: Organization) -> None:
        client = serve(harbour, Settings(threads=6))
        readers = [client.get("/data/organization.json", buffered=False) for _ in range(2)]

        refused = client.get("/data/organization.json")
        for reader in readers:
            reader.close()

        assert refused.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert int(refused.headers["Retry-After"]) > 0
        assert client.get("/data/organization.json").status_code == HTTPStatus.OK
        assert client.head("/data/organization.json").status_code == HTTPStatus.OK
        assert client.get("/data/organization.json").status_code == HTTPStatus.OK


class TestTheList:
    @pytest.mark.parametrize("language", languages())
    def test_links_to_each_file_that_is_not_empty(self, client: FlaskClient, language: str) -> None:
        response = client.get(f"/data/?lang={language}")
        page = document(response.text)
        links = [link.attributes["href"] for link in page.find("a")]

        assert links == [f"../?lang={language}", *links[1:]]
        assert set(links[1:]) == set(FILES) - {"synonyms.csv", "people.csv"}
        assert len(links) == len(set(links))
        assert page.find("html")[0].attributes["lang"] == language
        assert response.headers["Content-Language"] == language
        assert [heading.text for heading in page.find("h1")] == ["Harbour"]

    def test_has_no_scripts_and_requests_no_other_host(self, client: FlaskClient) -> None:
        page = document(client.get("/data/").text)

        assert not page.find("script")
        for element in page.find("link"):
            assert (
                client.get(urljoin("/data/", element.attributes["href"])).status_code
                == HTTPStatus.OK
            )

    def test_escapes_names(self) -> None:
        client = serve(organization_named([("a", "")], ["A"], descriptor={"title": "<b>&"}))

        assert "<h1>&lt;b&gt;&amp;</h1>" in client.get("/data/").text

    def test_is_linked_from_the_page(self, client: FlaskClient) -> None:
        page = document(client.get("/?lang=fr").text)

        alternates = [element.attributes for element in page.find("link", rel="alternate")]
        assert [(alternate["type"], alternate["href"]) for alternate in alternates] == [
            ("text/turtle", "data/organization.ttl"),
            ("application/ld+json", "data/organization.jsonld"),
        ]
        assert client.get("/data").headers["Location"] == "data/"
