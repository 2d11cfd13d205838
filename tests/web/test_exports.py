"""Pictures at an address: each caller's own, drawn once, refused in one line."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from werkzeug.test import TestResponse

import app
from components.export.options import Subject, read_options
from components.export.pictures import BusyError, Export, RenderError, export
from components.export.workers import render_here
from components.importing.loading import Dataset, load_organization
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.settings import Settings
from components.web import exports as module
from components.web.exports import MISSING
from tests.export.test_workers import processes
from tests.organizations import organization_of
from tests.web.servers import serve

SMALL = "width=400&height=320&scale=1"
TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def closing(client: FlaskClient) -> Iterator[FlaskClient]:
    yield client
    client.application.extensions["exports"].close()


@pytest.fixture(scope="module")
def exporter(harbour: Organization) -> Iterator[FlaskClient]:
    """A client of a server of the harbour, whose processes end with the tests."""
    yield from closing(serve(harbour))


@pytest.fixture
def narrow(harbour: Organization) -> Iterator[FlaskClient]:
    """A client of a server that draws three pictures at once and keeps none."""
    yield from closing(serve(harbour, Settings(threads=4, export_megabytes=0)))


def refused(response: TestResponse, status: HTTPStatus) -> str:
    """Return the sentence of a refusal that is one line of plain text."""
    assert response.status_code == status
    assert response.mimetype == "text/plain"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    (sentence,) = response.text.splitlines()
    return sentence


class TestAPicture:
    @pytest.mark.parametrize("form", TYPES)
    @pytest.mark.parametrize("diagram", ["sunburst", "network"])
    def test_is_given_with_its_type_and_its_name(
        self, exporter: FlaskClient, diagram: str, form: str
    ) -> None:
        response = exporter.get(f"/export/{diagram}.{form}?{SMALL}&unit=VTS")

        assert (response.status_code, response.mimetype) == (200, TYPES[form])
        assert response.headers["Content-Disposition"] == (
            f'inline; filename="harbour-{diagram}-traffic.{form}"'
        )
        assert MISSING not in response.headers

    def test_is_the_one_of_the_command_line(self, tmp_path: Path, shipped: Path) -> None:
        for exporter in closing(serve(load_organization(Dataset(shipped)))):
            for name in ("network.png", "sunburst.pdf", "network.svg"):
                query = "unit=DTM&layout=radial&links=all&theme=dark&width=640"
                flags = [f"--{each}" for each in query.split("&")]
                path = tmp_path / name
                assert app.main(["export", path.stem, "-o", str(path), *flags]) == 0
                assert exporter.get(f"/export/{name}?{query}").data == path.read_bytes()

    def test_shows_the_address_that_readers_use(self, harbour: Organization) -> None:
        given = Settings(address="https://harbour.example/")
        for exporter in closing(serve(harbour, given)):
            svg = exporter.get("/export/network.svg?unit=fire").text

        assert "https://harbour.example/?unit=fire" in svg

    def test_in_svg_may_use_its_own_font_and_nothing_else(self, exporter: FlaskClient) -> None:
        policy = exporter.get("/export/network.svg").headers["Content-Security-Policy"]

        assert policy == (
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
        )

    @pytest.mark.parametrize("form", ["png", "pdf"])
    def test_in_another_form_has_the_policy_of_the_page(
        self, exporter: FlaskClient, form: str
    ) -> None:
        policies = [
            exporter.get(address).headers["Content-Security-Policy"]
            for address in ("/", f"/export/network.{form}?{SMALL}")
        ]

        assert policies[0] == policies[1]

    def test_says_which_characters_no_font_has(self) -> None:
        organization = organization_of([("Top", ""), ("\U0010fffd \U0010fffc", "Top")])
        for exporter in closing(serve(organization)):
            response = exporter.get(f"/export/network.png?{SMALL}")

        assert response.headers[MISSING] == "U+10FFFC U+10FFFD"

    def test_is_described_without_being_sent(self, exporter: FlaskClient) -> None:
        sent, described = (
            method(f"/export/network.png?{SMALL}") for method in (exporter.get, exporter.head)
        )

        assert (described.status_code, described.data) == (200, b"")
        assert dict(described.headers) == dict(sent.headers)

    def test_is_not_posted_to(self, exporter: FlaskClient) -> None:
        assert exporter.post("/export/network.png").status_code == 405

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("", "7 units · 3 levels"),
            ("es", "7 unidades · 3 niveles"),
            ("fr", "7 unités · 3 niveaux"),
        ],
    )
    def test_speaks_the_language_that_is_asked_for(
        self, exporter: FlaskClient, language: str, told: str
    ) -> None:
        headers = {"Accept-Language": "fr"}  # a file is the same for everybody
        svg = exporter.get(f"/export/sunburst.svg?lang={language}", headers=headers).text

        assert told in svg
        assert f'lang="{language or "en"}"' in svg


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ("network.gif", "The format, with which the name ends, must be one of png, svg, pdf."),
            ("outline.png", "The diagram must be one of sunburst, network."),
            ("network.png?width=1", "Width must be a whole number from 320 to 8000."),
            ("network.png?theme=<b>", "Theme must be one of light, dark."),
            ("network.png?lang=tlh", "Lang must be one of en, es, fr."),
            ("network.png?scale=9", "Scale must be a number from 0.5 to 8."),
        ],
    )
    def test_is_told_what_is_allowed(
        self, exporter: FlaskClient, asked: str, sentence: str
    ) -> None:
        assert refused(exporter.get(f"/export/{asked}"), HTTPStatus.BAD_REQUEST) == sentence

    def test_in_the_name_of_a_unit_is_told_the_nearest(self, exporter: FlaskClient) -> None:
        sentence = refused(exporter.get("/export/network.png?unit=pilos"), HTTPStatus.NOT_FOUND)

        assert sentence.startswith("There is no such unit; the nearest names are: Pilotage Unit")

    def test_in_the_size_is_told_the_bound(self, exporter: FlaskClient) -> None:
        response = exporter.get("/export/network.png?width=8000&height=8000&scale=8")

        assert "at most 64 million pixels" in refused(response, HTTPStatus.BAD_REQUEST)

    @pytest.mark.parametrize("path", ["/export", "/export/", "/export/network", "/export/a/b.png"])
    def test_in_the_path_leads_nowhere(self, exporter: FlaskClient, path: str) -> None:
        assert exporter.get(path).status_code == 404

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.dictionaries(st.sampled_from(["unit", "focus", "width", "theme", "x"]), st.text()))
    def test_is_never_an_error_of_the_server_nor_repeated(
        self, exporter: FlaskClient, texts: dict[str, str]
    ) -> None:
        mark = "</title>Ω"
        asked = {name: f"{mark}{text}" for name, text in texts.items()}

        response = exporter.get("/export/network.svg", query_string=asked)

        assert response.status_code == 200 if not asked else response.status_code in {400, 404}
        assert not asked or mark not in response.text


class TestWhatWasDrawn:
    def test_is_kept_and_given_again(self, exporter: FlaskClient) -> None:
        first = exporter.get(f"/export/network.png?{SMALL}&unit=fire")
        with patch.object(module, "export", side_effect=AssertionError):
            again = exporter.get(f"/export/network.png?{SMALL}&unit=FS&theme=light")

        assert again.data == first.data
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_is_not_sent_nor_drawn_for_who_has_it(self, narrow: FlaskClient) -> None:
        address = f"/export/network.png?{SMALL}"
        etag = narrow.get(address).headers["ETag"]
        with patch.object(module, "export", side_effect=AssertionError):
            response = narrow.get(address, headers={"If-None-Match": etag})

        assert (response.status_code, response.data) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == "no-cache"

    def test_keeps_its_policy_with_who_has_it(self, exporter: FlaskClient) -> None:
        first = exporter.get("/export/network.svg")
        again = exporter.get(
            "/export/network.svg", headers={"If-None-Match": first.headers["ETag"]}
        )

        assert again.status_code == 304
        policies = [each.headers["Content-Security-Policy"] for each in (first, again)]
        assert policies[0] == policies[1]

    def test_is_told_apart_by_all_that_it_shows(
        self, exporter: FlaskClient, harbour: Organization
    ) -> None:
        asked = [
            "",
            "&unit=fire",
            "&theme=dark",
            "&links=all",
            "&layout=radial",
            "&focus=safety",
            "&lang=fr",
        ]
        etags = {exporter.get(f"/export/network.svg?{each}").headers["ETag"] for each in asked}
        for other in closing(serve(harbour, Settings(address="https://a.example/"))):
            etags.add(other.get("/export/network.svg").headers["ETag"])
        for other in closing(serve(organization_of([("a", ""), ("b", "a")]))):
            etags.add(other.get("/export/network.svg").headers["ETag"])

        assert len(etags) == len(asked) + 2

    def test_by_who_has_an_older_one_is_drawn(self, exporter: FlaskClient) -> None:
        response = exporter.get(
            f"/export/network.png?{SMALL}", headers={"If-None-Match": '"an-older-one"'}
        )

        assert response.status_code == 200


class TestManyAtOnce:
    def test_get_each_their_own(self, iom: Organization) -> None:
        server = serve(iom).application
        units = iom.units["id"][:20]
        subject = Subject(OrganizationIndex(iom), 3, 300, Settings().public_address)

        with ThreadPoolExecutor(20) as callers:
            answers = list(callers.map(lambda unit: ask(server, f"{SMALL}&unit={unit}"), units))
        server.extensions["exports"].close()

        assert {each.status_code for each in answers} == {200}
        for unit, answer in zip(units, answers, strict=True):
            texts = {"width": "400", "height": "320", "scale": "1", "unit": unit}
            alone = export(subject, read_options(subject, "network", "png", texts), render_here)
            assert answer.data == alone.data
            Image.open(io.BytesIO(answer.data)).load()
        assert len({each.data for each in answers}) == 20

    def test_who_ask_for_the_same_let_it_be_drawn_once(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = serve(harbour).application
        drawn: list[object] = []
        everybody = threading.Barrier(8)

        def counting(subject: Subject, *rest: object) -> Export:
            drawn.append(rest)
            return export(subject, *rest)  # type: ignore[arg-type]

        def asking(_: int) -> TestResponse:
            everybody.wait()
            return ask(server, f"{SMALL}&unit=goods")

        monkeypatch.setattr(module, "export", counting)
        with ThreadPoolExecutor(8) as callers:
            answers = list(callers.map(asking, range(8)))
        server.extensions["exports"].close()

        assert len({each.data for each in answers}) == 1
        assert len(drawn) == 1

    def test_are_told_to_come_again_where_all_places_are_taken(
        self, narrow: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inside, done = threading.Semaphore(0), threading.Event()

        def waiting(*_: object) -> Export:
            inside.release()
            assert done.wait(20)
            return Export(b"drawn", 1, 1, "")

        monkeypatch.setattr(module, "export", waiting)
        server = narrow.application
        with ThreadPoolExecutor(3) as callers:
            answers = [
                callers.submit(ask, server, f"unit={unit}") for unit in ("fire", "goods", "pilots")
            ]
            for _ in answers:
                inside.acquire()
            one_more = narrow.get("/export/network.png")
            page = narrow.get("/healthz")
            done.set()

        sentence = refused(one_more, HTTPStatus.SERVICE_UNAVAILABLE)
        assert sentence == "Many pictures are being drawn; please ask again in some seconds."
        assert int(one_more.headers["Retry-After"]) > 0
        assert page.status_code == 200
        assert [each.result().status_code for each in answers] == [200, 200, 200]
        assert narrow.get("/export/network.png").status_code == 200

    def test_are_as_many_as_they_may_be_by_default(self) -> None:
        assert Settings().threads * 3 // 4 >= 20


def ask(server: Flask, query: str) -> TestResponse:
    return server.test_client().get(f"/export/network.png?{query}")


class TestAServer:
    def test_outlives_its_processes(self, narrow: FlaskClient) -> None:
        address = f"/export/network.png?{SMALL}"
        before = narrow.get(address)
        for process in processes():
            os.kill(process, signal.SIGKILL)

        assert narrow.get(address).data == before.data

    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (BusyError("Later."), HTTPStatus.SERVICE_UNAVAILABLE),
            (RenderError("Never."), HTTPStatus.INTERNAL_SERVER_ERROR),
        ],
    )
    def test_that_cannot_draw_says_so_and_when_to_ask_again(
        self,
        narrow: FlaskClient,
        monkeypatch: pytest.MonkeyPatch,
        error: RenderError,
        status: HTTPStatus,
    ) -> None:
        def fails(*_: object) -> Export:
            raise error

        monkeypatch.setattr(module, "export", fails)
        response = narrow.get("/export/network.png")

        assert refused(response, status) == str(error)
        assert ("Retry-After" in response.headers) == (status == HTTPStatus.SERVICE_UNAVAILABLE)

    def test_starts_no_process_for_who_asks_for_no_picture(self, harbour: Organization) -> None:
        before = processes()
        for client in closing(serve(harbour)):
            client.get("/")
            client.get("/export/network.png?width=1")

            assert processes() - before == set()
