"""Remit on a server that has other routes, and with components and sections of somebody else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash, Input, Output, dcc, html, no_update
from dash.exceptions import PreventUpdate
from flask import Flask, Response, abort, request
from flask.testing import FlaskClient

from components.model.organization import Organization
from components.settings import PanelSection, Settings
from components.views.panel import panel_section
from components.web.application import create_app
from components.web.editions import Edition, Editions, edition_name
from components.words import Words
from tests.organizations import organization_of
from tests.web.servers import Reader, document, serve, version_in

HARBOUR, BOARD = "/harbour/", "/board.v2/unit/"
ADDRESSES = [
    "",
    "embed",
    "version",
    "healthz",
    "search?q=a",
    "data/",
    "data/organization.json",
    "export/sunburst.svg",
    "fonts/bold.woff2",
    "_dash-layout",
    "_dash-dependencies",
]


@pytest.fixture(scope="module")
def board() -> Organization:
    return organization_of("id, name, parent\nboard, Board,\noffice, Office, board")


@pytest.fixture(scope="module")
def site(harbour: Organization, board: Organization) -> Iterator[FlaskClient]:
    """A site with routes and hooks of its own, two organizations, and a Dash application at /."""
    server = Flask("site")

    @server.before_request
    def require_login() -> None:
        if "logged-out" in request.args:
            abort(401)

    @server.after_request
    def mark(response: Response) -> Response:
        response.headers["Site"] = "yes"
        return response

    @server.route("/form", methods=["GET", "POST"])
    def form() -> str:
        return f"{request.method} of the form. " * 200

    create_app(harbour, Settings(), server=server, prefix=HARBOUR)
    create_app(board, Settings(), server=server, prefix=BOARD)
    app = Dash("site", server=server)
    app.layout = html.Div([dcc.Input(id="name"), html.P(id="echo")])

    @app.callback(Output("echo", "children"), Input("name", "value"))
    def greet(name: str) -> Any:
        return f"Hello {name}" if name else no_update

    server.test_client_class = Reader
    yield server.test_client()
    server.extensions["exports"].close()


class TestRemitOnASite:
    @pytest.mark.parametrize("prefix", [HARBOUR, BOARD])
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_answers_below_its_prefix(self, site: FlaskClient, prefix: str, address: str) -> None:
        response = site.get(f"{prefix}{address}")

        assert response.status_code == 200
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_shows_each_organization_at_its_own_address(self, site: FlaskClient) -> None:
        for prefix, top, other in ((HARBOUR, "harbour", "board"), (BOARD, "board", "fire")):
            page = site.get(prefix).text
            version = version_in(page)
            panel = site.get(f"{prefix}fragments/{version}/panel.json?unit={top}")

            assert document(page).find("html")[0].attributes["data-top"] == top
            assert site.get(f"{prefix}version").json["top"] == top
            assert panel.json["unit"] == top
            assert panel.headers["Cache-Control"].endswith("immutable")
            panel = site.get(f"{prefix}fragments/{version}/panel.json?unit={other}")
            assert panel.status_code == 404

    @pytest.mark.parametrize("prefix", [HARBOUR, BOARD])
    def test_refers_to_nothing_outside_its_prefix(self, site: FlaskClient, prefix: str) -> None:
        for address in (prefix, f"{prefix}embed"):
            for element in document(site.get(address).text).elements:
                for name in ("src", "href"):
                    target = element.attributes.get(name, "")
                    assert target.startswith(prefix) or not target.startswith(("/", ".."))

    def test_serves_the_scripts_that_its_page_names(self, site: FlaskClient) -> None:
        scripts = [
            f"{HARBOUR}{element.attributes['src']}"
            for element in document(site.get(HARBOUR).text).find("script")
            if element.attributes.get("src", "").startswith("_dash-")
        ]

        assert scripts
        for script in scripts:
            response = site.get(script, headers={"Accept-Encoding": "gzip"})
            assert response.status_code == 200
            assert response.headers["Content-Encoding"] == "gzip"
            assert response.headers["Cache-Control"].endswith("immutable")

    def test_has_the_attributes_of_an_embed(self, site: FlaskClient) -> None:
        page, embed = (
            document(site.get(f"{HARBOUR}{name}?theme=dark").text).find("html")[0].attributes
            for name in ("", "embed")
        )

        assert embed == page | {"data-embedded": "", "data-theme": "dark"}
        policy = site.get(f"{HARBOUR}embed").headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors * file:")

    @pytest.mark.parametrize("address", ["none", "export/none", "fonts/x.woff2", "a//b", "a%0Ab"])
    def test_answers_unknown_addresses_itself(self, site: FlaskClient, address: str) -> None:
        response = site.get(f"{HARBOUR}{address}")

        assert response.status_code == 404
        assert response.text == "There is nothing at this address.\n"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    @pytest.mark.parametrize("method", ["POST", "OPTIONS", "ANYTHING"])
    @pytest.mark.parametrize("address", ["", "embed", "none", "_dash-update-component"])
    def test_answers_only_get(self, site: FlaskClient, address: str, method: str) -> None:
        response = site.open(f"{HARBOUR}{address}", method=method)

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"

    def test_is_found_without_the_slash(self, site: FlaskClient) -> None:
        response = site.get("/harbour?unit=fire")

        assert response.status_code == 308
        assert response.headers["Location"].endswith("/harbour/?unit=fire")

    @pytest.mark.parametrize("address", ["/harbour", "/harbour/data"])
    def test_is_redirected_to_the_slash_even_if_the_site_needs_none(
        self, harbour: Organization, address: str
    ) -> None:
        server = Flask("site")
        server.url_map.strict_slashes = False
        create_app(harbour, Settings(), server=server, prefix=HARBOUR)

        assert server.test_client().get(address).status_code == 308

    def test_has_the_login_of_the_site(self, site: FlaskClient) -> None:
        for address in ("", "version", "none"):
            assert site.get(f"{HARBOUR}{address}?logged-out").status_code == 401
        assert site.get(HARBOUR).headers["Site"] == "yes"


class TestTheSite:
    def test_keeps_its_methods_headers_and_encoding(self, site: FlaskClient) -> None:
        for method in ("GET", "POST"):
            response = site.open("/form", method=method, headers={"Accept-Encoding": "gzip"})

            assert response.text.startswith(f"{method} of the form.")
            assert set(response.headers.keys()) == {"Content-Type", "Content-Length", "Site"}
        assert site.options("/form").status_code == 200

    def test_keeps_its_errors(self, harbour: Organization) -> None:
        server = Flask("site")
        server.register_error_handler(404, lambda _: ("The site has no such page.", 404))
        create_app(harbour, Settings(), server=server, prefix=HARBOUR)
        client = server.test_client()

        assert client.get("/none").text == "The site has no such page."
        assert "Content-Security-Policy" not in client.get("/none").headers
        assert client.post("/none").status_code == 404

    def test_keeps_its_handlers_of_exceptions(self, harbour: Organization) -> None:
        server = Flask("site")
        server.register_error_handler(PreventUpdate, lambda _: "Prevented by the site.")

        @server.post("/prevented")
        def prevented() -> str:
            raise PreventUpdate

        create_app(harbour, Settings(), server=server, prefix=HARBOUR)

        assert server.test_client().post("/prevented").text == "Prevented by the site."

    def test_keeps_its_url_converters(self, harbour: Organization) -> None:
        server = Flask("site")
        server.url_map.converters["id"] = server.url_map.converters["int"]
        create_app(harbour, Settings(), server=server, prefix=HARBOUR)
        server.add_url_rule("/api/<id:number>", "api", lambda number: f"Number {number + 1}")

        assert server.test_client().get("/api/7").text == "Number 8"

    def test_keeps_the_callbacks_of_its_dash_application(self, site: FlaskClient) -> None:
        inputs = [{"id": "name", "property": "value", "value": "Ada"}]
        response = site.post(
            "/_dash-update-component",
            json={
                "output": "echo.children",
                "outputs": {"id": "echo", "property": "children"},
                "inputs": inputs,
                "changedPropIds": ["name.value"],
            },
        )

        assert response.json["response"] == {"echo": {"children": "Hello Ada"}}
        assert "_dash-config" in site.get("/").text
        assert site.get("/any/page").status_code == 200  # Dash's page, as without Remit


class TestSeveralMounts:
    def test_need_different_prefixes(self, harbour: Organization) -> None:
        server = Flask("site")
        create_app(harbour, Settings(), server=server, prefix=HARBOUR)

        with pytest.raises(ValueError, match="already registered"):
            create_app(harbour, Settings(), server=server, prefix=HARBOUR)

    def test_answer_from_their_own_editions_in_one_request(
        self, harbour: Organization, board: Organization
    ) -> None:
        both = [Editions(Edition(shown, Settings())) for shown in (harbour, board)]

        with Flask("site").app_context():
            assert [editions.current.organization for editions in both] == [harbour, board]


def callback_request(state: Any) -> dict[str, Any]:
    return {
        "output": "echo.children",
        "outputs": {"id": "echo", "property": "children"},
        "inputs": [{"id": "state", "property": "data", "value": state}],
        "changedPropIds": ["state.data"],
    }


@pytest.fixture(scope="module")
def extended(harbour: Organization) -> FlaskClient:
    """A client of a page with a component below the panel and its callbacks."""
    echo = html.P(id="echo")
    app = create_app(harbour, Settings(), prefix=HARBOUR, below_panel=[echo])

    @app.callback(Output("echo", "children"), Input("state", "data"))
    def show(state: dict[str, Any]) -> str:
        if state["unit"] is None:
            raise PreventUpdate
        return f"Selected: {state['unit']}"

    inline = "function(text) { return text; }"
    app.clientside_callback(inline, Output("echo", "title"), Input("echo", "children"))
    app.server.test_client_class = Reader
    return app.server.test_client()


class TestComponentsBelowThePanel:
    def test_may_have_callbacks_on_the_server(self, extended: FlaskClient) -> None:
        response = extended.post(
            f"{HARBOUR}_dash-update-component", json=callback_request({"unit": "fire"})
        )

        assert response.json["response"] == {"echo": {"children": "Selected: fire"}}
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    def test_may_prevent_an_update(self, extended: FlaskClient) -> None:
        response = extended.post(
            f"{HARBOUR}_dash-update-component", json=callback_request({"unit": None})
        )

        assert (response.status_code, response.text) == (204, "")

    @pytest.mark.parametrize("address", ["", "embed", "_dash-layout", "none"])
    def test_allow_no_other_post(self, extended: FlaskClient, address: str) -> None:
        assert extended.post(f"{HARBOUR}{address}").status_code == 405

    def test_may_have_inline_callbacks_in_the_browser(self, extended: FlaskClient) -> None:
        response = extended.get(HARBOUR)
        scripts = [
            script.text
            for script in document(response.text).find("script")
            if "src" not in script.attributes and "json" not in script.attributes.get("type", "")
        ]

        assert len(scripts) == 2
        for script in scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in response.headers["Content-Security-Policy"]

    def test_have_a_place_that_is_empty_without_them(
        self, extended: FlaskClient, harbour: Organization
    ) -> None:
        for each, is_used in ((extended, True), (serve(harbour), False)):
            prefix = HARBOUR if is_used else "/"
            assert document(each.get(prefix).text).find("div", id="below-panel")
            assert ("below-panel" in each.get(f"{prefix}_dash-layout").text) == is_used


def size(organization: Organization, unit: int, words: Words) -> list[Any]:
    if organization.is_leaf(unit):
        return []
    name = organization.units["name"][unit]
    return [panel_section("size", "<Size>", [html.P(f"{name} ({words.language}): <b>large</b>")])]


@pytest.fixture(scope="module")
def sectioned(harbour: Organization) -> FlaskClient:
    """A client of a page with a further section in the panel."""
    return serve(harbour, Settings(panel_sections=(PanelSection(size, "1"),)))


class TestASectionOfOnesOwn:
    def test_is_on_the_page_as_text(self, sectioned: FlaskClient) -> None:
        page = document(sectioned.get("/?unit=safety&lang=fr").text)

        assert page.find("section", **{"data-section": "size"})
        assert any("(fr): <b>large</b>" in element.text for element in page.find("p"))
        assert "<Size>" in [element.text for element in page.find("h3")]

    def test_is_in_the_fragment_of_the_panel(self, sectioned: FlaskClient) -> None:
        version = version_in(sectioned.get("/").text)
        with_section, without = (
            sectioned.get(f"/fragments/{version}/panel.json?unit={unit}&lang=es").text
            for unit in ("safety", "fire")
        )

        assert "(es): <b>large</b>" in with_section
        assert '"data-section":"size"' in with_section
        assert '"data-section":"size"' not in without

    def test_changes_the_edition_with_its_version(self, harbour: Organization) -> None:
        names = {
            edition_name(harbour, Settings(panel_sections=sections))
            for sections in (
                (),
                (PanelSection(size, "1"),),
                (PanelSection(size, "2"),),
                (PanelSection(size, "1"), PanelSection(size, "2")),
                (PanelSection(size, "12"),),
            )
        }

        assert len(names) == 5
