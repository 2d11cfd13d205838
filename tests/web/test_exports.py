"""The routes of pictures: their content and headers, caching, errors and load."""

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
from pypdf import PdfReader
from werkzeug.test import TestResponse

import app
from components.export.errors import BusyError, RenderError
from components.export.options import Subject, read_options
from components.export.pictures import Export, export
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
    """A client of a server for the harbour; its worker processes end with the tests."""
    yield from closing(serve(harbour))


@pytest.fixture
def narrow(harbour: Organization) -> Iterator[FlaskClient]:
    """A client of a server that draws at most three pictures at once and caches none."""
    yield from closing(serve(harbour, Settings(threads=4, export_megabytes=0)))


def error_message(response: TestResponse, status: HTTPStatus) -> str:
    """Return the message of an error, which is one line of plain text."""
    assert response.status_code == status
    assert response.mimetype == "text/plain"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    (message,) = response.text.splitlines()
    return message


class TestAPicture:
    @pytest.mark.parametrize("form", TYPES)
    @pytest.mark.parametrize("diagram", ["sunburst", "network"])
    def test_has_its_type_and_file_name(
        self, exporter: FlaskClient, diagram: str, form: str
    ) -> None:
        response = exporter.get(f"/export/{diagram}.{form}?{SMALL}&unit=VTS")

        assert (response.status_code, response.mimetype) == (200, TYPES[form])
        assert response.headers["Content-Disposition"] == (
            f'inline; filename="harbour-{diagram}-traffic.{form}"'
        )
        assert MISSING not in response.headers

    def test_is_the_same_from_the_command_line(self, tmp_path: Path, shipped: Path) -> None:
        for exporter in closing(serve(load_organization(Dataset(shipped)))):
            for name in ("network.png", "sunburst.pdf", "network.svg"):
                query = "unit=DTM&layout=radial&links=all&theme=dark&width=640"
                flags = [f"--{part}" for part in query.split("&")]
                path = tmp_path / name
                assert app.main(["export", path.stem, "-o", str(path), *flags]) == 0
                assert exporter.get(f"/export/{name}?{query}").data == path.read_bytes()

    def test_shows_the_public_address(self, harbour: Organization) -> None:
        public = Settings(address="https://harbour.example/")
        for exporter in closing(serve(harbour, public)):
            svg = exporter.get("/export/network.svg?unit=fire").text

        assert "https://harbour.example/?unit=fire" in svg

    def test_names_no_address_that_others_cannot_reach(self, exporter: FlaskClient) -> None:
        assert "Live:" not in exporter.get("/export/network.svg").text

    def test_for_a_slide_has_its_size(self, exporter: FlaskClient) -> None:
        response = exporter.get("/export/sunburst.png?preset=slide&scale=1&title=no&legend=no")

        assert Image.open(io.BytesIO(response.data)).size == (1920, 1080)
        assert "harbour-sunburst-slide.png" in response.headers["Content-Disposition"]

    def test_may_have_a_page_for_each_part(self, exporter: FlaskClient) -> None:
        response = exporter.get("/export/network.pdf?preset=a4&levels=1&pages=all")

        assert len(PdfReader(io.BytesIO(response.data)).pages) == 3

    def test_of_everything_is_drawn_within_limits(self) -> None:
        pairs = [("top", ""), *((f"n{number}", "top") for number in range(3_000))]
        for exporter in closing(serve(organization_of(pairs))):
            message = error_message(
                exporter.get("/export/network.svg?open=all"), HTTPStatus.BAD_REQUEST
            )

        assert message.startswith("With open=all a picture can have 3,000 units")

    def test_in_svg_may_load_its_own_font_only(self, exporter: FlaskClient) -> None:
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

    def test_lists_characters_that_no_font_has(self) -> None:
        organization = organization_of([("Top", ""), ("\U0010fffd \U0010fffc", "Top")])
        for exporter in closing(serve(organization)):
            response = exporter.get(f"/export/network.png?{SMALL}")

        assert response.headers[MISSING] == "U+10FFFC U+10FFFD"

    def test_has_the_same_headers_for_head(self, exporter: FlaskClient) -> None:
        sent, described = (
            method(f"/export/network.png?{SMALL}") for method in (exporter.get, exporter.head)
        )

        assert (described.status_code, described.data) == (200, b"")
        assert dict(described.headers) == dict(sent.headers)

    def test_rejects_post(self, exporter: FlaskClient) -> None:
        assert exporter.post("/export/network.png").status_code == 405

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("", "7 units · 3 levels"),
            ("es", "7 unidades · 3 niveles"),
            ("fr", "7 unités · 3 niveaux"),
        ],
    )
    def test_is_in_the_language_of_the_address(
        self, exporter: FlaskClient, language: str, text: str
    ) -> None:
        headers = {"Accept-Language": "fr"}  # the same file for every reader
        svg = exporter.get(f"/export/sunburst.svg?lang={language}", headers=headers).text

        assert text in svg
        assert f'lang="{language or "en"}"' in svg


class TestAnError:
    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("network.gif", "The format, with which the name ends, must be one of png, svg, pdf."),
            ("outline.png", "The diagram must be one of sunburst, network."),
            ("network.png?width=1", "Width must be a whole number from 320 to 8000."),
            ("network.png?theme=<b>", "Theme must be one of light, dark."),
            ("network.png?lang=tlh", "Lang must be one of en, es, fr."),
            ("network.png?scale=9", "Scale must be a number from 0.5 to 8."),
        ],
    )
    def test_in_a_parameter_names_the_allowed_values(
        self, exporter: FlaskClient, path: str, message: str
    ) -> None:
        assert error_message(exporter.get(f"/export/{path}"), HTTPStatus.BAD_REQUEST) == message

    def test_in_a_unit_names_the_closest_matches(self, exporter: FlaskClient) -> None:
        message = error_message(
            exporter.get("/export/network.png?unit=pilos"), HTTPStatus.NOT_FOUND
        )

        assert message.startswith("There is no such unit; the nearest names are: Pilotage Unit")

    def test_in_the_size_names_the_limit(self, exporter: FlaskClient) -> None:
        response = exporter.get("/export/network.png?width=8000&height=8000&scale=8")

        assert "at most 64 million pixels" in error_message(response, HTTPStatus.BAD_REQUEST)

    @pytest.mark.parametrize("path", ["/export", "/export/", "/export/network", "/export/a/b.png"])
    def test_in_the_path_is_not_found(self, exporter: FlaskClient, path: str) -> None:
        assert exporter.get(path).status_code == 404

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.dictionaries(st.sampled_from(["unit", "focus", "width", "theme", "x"]), st.text()))
    def test_is_never_internal_and_does_not_repeat_the_address(
        self, exporter: FlaskClient, texts: dict[str, str]
    ) -> None:
        mark = "</title>Ω"
        query = {name: f"{mark}{text}" for name, text in texts.items()}

        response = exporter.get("/export/network.svg", query_string=query)

        assert response.status_code == 200 if not query else response.status_code in {400, 404}
        assert not query or mark not in response.text


class TestCaching:
    def test_returns_a_picture_without_drawing_it_again(self, exporter: FlaskClient) -> None:
        first = exporter.get(f"/export/network.png?{SMALL}&unit=fire")
        with patch.object(module, "export", side_effect=AssertionError):
            again = exporter.get(f"/export/network.png?{SMALL}&unit=FS&theme=light")

        assert again.data == first.data
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_sends_and_draws_nothing_if_the_client_has_the_picture(
        self, narrow: FlaskClient
    ) -> None:
        address = f"/export/network.png?{SMALL}"
        etag = narrow.get(address).headers["ETag"]
        with patch.object(module, "export", side_effect=AssertionError):
            response = narrow.get(address, headers={"If-None-Match": etag})

        assert (response.status_code, response.data) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == "no-cache"

    def test_keeps_the_policy_of_a_picture_that_the_client_has(self, exporter: FlaskClient) -> None:
        first = exporter.get("/export/network.svg")
        again = exporter.get(
            "/export/network.svg", headers={"If-None-Match": first.headers["ETag"]}
        )

        assert again.status_code == 304
        policies = [response.headers["Content-Security-Policy"] for response in (first, again)]
        assert policies[0] == policies[1]

    def test_distinguishes_pictures_by_everything_they_show(
        self, exporter: FlaskClient, harbour: Organization
    ) -> None:
        queries = [
            "",
            "&unit=fire",
            "&theme=dark",
            "&links=all",
            "&layout=radial",
            "&focus=safety",
            "&lang=fr",
        ]
        etags = {exporter.get(f"/export/network.svg?{query}").headers["ETag"] for query in queries}
        for other in closing(serve(harbour, Settings(address="https://a.example/"))):
            etags.add(other.get("/export/network.svg").headers["ETag"])
        for other in closing(serve(organization_of([("a", ""), ("b", "a")]))):
            etags.add(other.get("/export/network.svg").headers["ETag"])

        assert len(etags) == len(queries) + 2

    def test_draws_a_picture_if_the_client_has_an_older_one(self, exporter: FlaskClient) -> None:
        response = exporter.get(
            f"/export/network.png?{SMALL}", headers={"If-None-Match": '"an-older-one"'}
        )

        assert response.status_code == 200


class TestConcurrentRequests:
    def test_get_the_right_pictures(self, iom: Organization) -> None:
        server = serve(iom).application
        units = iom.units["id"][:20]
        subject = Subject(OrganizationIndex(iom), Settings().public_address)

        with ThreadPoolExecutor(20) as callers:
            answers = list(callers.map(lambda unit: get(server, f"{SMALL}&unit={unit}"), units))
        server.extensions["exports"].close()

        assert {answer.status_code for answer in answers} == {200}
        for unit, answer in zip(units, answers, strict=True):
            texts = {"width": "400", "height": "320", "scale": "1", "unit": unit}
            alone = export(subject, read_options(subject, "network", "png", texts), render_here)
            assert answer.data == alone.data
            Image.open(io.BytesIO(answer.data)).load()
        assert len({answer.data for answer in answers}) == 20

    def test_for_one_picture_share_its_drawing(
        self, harbour: Organization, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = serve(harbour).application
        drawn: list[object] = []
        barrier = threading.Barrier(8)

        def counting(subject: Subject, *rest: object) -> Export:
            drawn.append(rest)
            return export(subject, *rest)  # type: ignore[arg-type]

        def asking(_: int) -> TestResponse:
            barrier.wait()
            return get(server, f"{SMALL}&unit=goods")

        monkeypatch.setattr(module, "export", counting)
        with ThreadPoolExecutor(8) as callers:
            answers = list(callers.map(asking, range(8)))
        server.extensions["exports"].close()

        assert len({answer.data for answer in answers}) == 1
        assert len(drawn) == 1

    def test_are_refused_for_a_while_if_too_many_are_drawn(
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
                callers.submit(get, server, f"unit={unit}") for unit in ("fire", "goods", "pilots")
            ]
            for _ in answers:
                inside.acquire()
            one_more = narrow.get("/export/network.png")
            page = narrow.get("/healthz")
            done.set()

        message = error_message(one_more, HTTPStatus.SERVICE_UNAVAILABLE)
        assert message == "Many pictures are being drawn; please ask again in some seconds."
        assert int(one_more.headers["Retry-After"]) > 0
        assert page.status_code == 200
        assert [answer.result().status_code for answer in answers] == [200, 200, 200]
        assert narrow.get("/export/network.png").status_code == 200

    def test_are_allowed_for_at_least_twenty_pictures_by_default(self) -> None:
        assert Settings().threads * 3 // 4 >= 20


def get(server: Flask, query: str) -> TestResponse:
    return server.test_client().get(f"/export/network.png?{query}")


class TestAServer:
    def test_survives_the_end_of_its_worker_processes(self, narrow: FlaskClient) -> None:
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
    def test_that_fails_to_draw_answers_with_an_error(
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

        assert error_message(response, status) == str(error)
        assert ("Retry-After" in response.headers) == (status == HTTPStatus.SERVICE_UNAVAILABLE)

    def test_starts_no_process_without_a_picture_to_draw(self, harbour: Organization) -> None:
        before = processes()
        for client in closing(serve(harbour)):
            client.get("/")
            client.get("/export/network.png?width=1")

            assert processes() - before == set()
