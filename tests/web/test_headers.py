from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from components.model.organization import Organization
from components.settings import Settings
from components.web.headers import content_security_policy
from tests.web.servers import serve

STATUS = {
    "/": 200,
    "/?unit=nobody": 200,
    "/embed": 200,
    "/embed?panel=0&theme=dark": 200,
    "/embed/": 404,
    "/healthz": 200,
    "/_dash-layout": 200,
    "/fonts/bold.woff2": 200,
    "/static/old/css/styles.css": 200,
    "/static/old/css/none.css": 404,
    "/search?q=fire": 200,
    "/assets/none.js": 404,
    "/fragments/old/none.json?unit=fire": 404,
    "/fragments/old/panel.json?unit=fire": 410,
}
OTHER_METHODS = ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "ANYTHING"]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in map(str.split, policy.split(";"))}


class TestEveryAnswer:
    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
    @pytest.mark.parametrize("address", STATUS)
    def test_has_the_policy(self, client: FlaskClient, address: str, method: str) -> None:
        response = client.open(address, method=method)

        assert response.status_code == (405 if method == "POST" else STATUS[address])
        assert directives(response.headers["Content-Security-Policy"])["default-src"] == ["'none'"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "X-Frame-Options" not in response.headers
        assert "Set-Cookie" not in response.headers

    @pytest.mark.parametrize("address", STATUS)
    def test_to_head_has_the_headers_of_get(self, client: FlaskClient, address: str) -> None:
        got, head = client.get(address), client.head(address)

        assert head.status_code == got.status_code
        assert head.data == b""
        for name in ("Content-Type", "Content-Length", "Cache-Control"):
            assert head.headers.get(name) == got.headers.get(name)


class TestOtherSites:
    PREFLIGHT = {"Origin": "null", "Access-Control-Request-Method": "GET"}  # noqa: RUF012

    @pytest.mark.parametrize("address", STATUS)
    def test_may_read_every_answer_as_sandboxed_frames_have_to(
        self, client: FlaskClient, address: str
    ) -> None:
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"

    def test_may_send_the_headers_that_dash_sends(self, client: FlaskClient) -> None:
        response = client.options("/_dash-layout", headers=self.PREFLIGHT)

        assert (response.status_code, response.text) == (204, "")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"
        assert "Access-Control-Allow-Credentials" not in response.headers

    def test_may_send_nothing_but_get(self, client: FlaskClient) -> None:
        for method in ("POST", "PUT", ""):
            headers = {"Access-Control-Request-Method": method}
            assert client.options("/", headers=headers).status_code == 405

    @pytest.mark.parametrize("framed_by", [(), ("https://intranet.example",)])
    def test_may_read_nothing_where_a_list_says_who_may_frame_the_page(
        self, harbour: Organization, framed_by: tuple[str, ...]
    ) -> None:
        client = serve(harbour, Settings(framed_by=framed_by))

        for address in STATUS:
            assert "Access-Control-Allow-Origin" not in client.get(address).headers
        assert client.options("/", headers=self.PREFLIGHT).status_code == 405


class TestOtherMethods:
    @pytest.mark.parametrize("method", OTHER_METHODS)
    @pytest.mark.parametrize(
        "address", ["/", "/_dash-update-component", "/fragments/a/panel.json?unit=b", "/none"]
    )
    def test_are_rejected_everywhere(self, client: FlaskClient, address: str, method: str) -> None:
        response = client.open(address, method=method)

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"
        assert len(response.text.splitlines()) == 1

    def test_run_no_callback(self, client: FlaskClient) -> None:
        response = client.post(
            "/_dash-update-component",
            json={"output": "state.data", "inputs": [{"id": "page", "property": "id"}]},
        )

        assert response.status_code == 405
        assert "state" not in response.text

    def test_are_rejected_with_an_override_header_too(self, client: FlaskClient) -> None:
        response = client.post("/healthz", headers={"X-HTTP-Method-Override": "GET"})

        assert response.status_code == 405


class TestThePolicy:
    def test_allows_only_scripts_that_it_names(self) -> None:
        policy = directives(content_security_policy(["'sha256-abc='"], "'self'"))

        assert policy["script-src"] == ["'self'", "'sha256-abc='"]
        for name in ("default-src", "base-uri", "object-src", "style-src-attr"):
            assert policy[name] == ["'none'"]
        assert policy["connect-src"] == policy["form-action"] == ["'self'"]
        assert policy["frame-ancestors"] == ["'self'"]

    def test_names_no_other_host(self, client: FlaskClient) -> None:
        policy = directives(client.get("/").headers["Content-Security-Policy"])
        sources = {source for values in policy.values() for source in values}

        assert {source for source in sources if source[0] != "'"} == {"blob:", "data:"}
        assert "'unsafe-eval'" not in sources
        assert "'unsafe-inline'" not in policy["script-src"]
