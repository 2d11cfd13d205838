from __future__ import annotations

import html

import pytest
from flask.testing import FlaskClient

from components.model.organization import Organization
from components.settings import Settings
from tests.web.servers import document, serve
from tests.web.test_headers import directives

INTRANET, WIKI = "https://intranet.example", "https://wiki.example:8443"
FRAMED_BY: dict[tuple[str, ...], list[str]] = {
    ("*",): ["*", "file:"],
    (INTRANET, WIKI): ["'self'", INTRANET, WIKI],
    (): ["'none'"],
}


def root(client: FlaskClient, address: str) -> dict[str, str]:
    """Return the attributes of a document's root element."""
    return document(client.get(address).text).find("html")[0].attributes


class TestTheEmbed:
    def test_is_the_page_with_another_attribute(self, client: FlaskClient) -> None:
        page, embed = root(client, "/"), root(client, "/embed")

        assert "data-embedded" not in page
        assert embed == page | {"data-embedded": ""}

    @pytest.mark.parametrize(
        ("query", "panel"),
        [("", None), ("?panel=0", "0"), ("?panel=1", None), ("?panel=", None), ("?panel=00", None)],
    )
    def test_has_a_panel_unless_its_address_hides_it(
        self, client: FlaskClient, query: str, panel: str | None
    ) -> None:
        assert root(client, f"/embed{query}").get("data-panel") == panel
        assert "data-panel" not in root(client, f"/{query}")

    @pytest.mark.parametrize(
        ("query", "theme"),
        [("", None), ("?theme=dark", "dark"), ("?theme=light", "light"), ("?theme=auto", None)],
    )
    def test_starts_in_the_theme_of_its_address(
        self, client: FlaskClient, query: str, theme: str | None
    ) -> None:
        assert root(client, f"/embed{query}").get("data-theme") == theme
        assert "data-theme" not in root(client, f"/{query}")

    def test_does_not_repeat_its_address(self, client: FlaskClient) -> None:
        hostile = '"><script>alert(1)</script>'
        query = dict.fromkeys(["panel", "theme", "unit", "view", "x"], hostile)

        page = client.get("/embed", query_string=query).text
        assert "alert(1)" not in page.replace(f'data-shows="{html.escape(hostile)}"', "")

    def test_preloads_what_the_page_does(self, client: FlaskClient) -> None:
        page, embed = (
            document(client.get(f"{address}?unit=fire&focus=safety").text)
            for address in ("/", "/embed")
        )

        assert embed.find("link") == page.find("link")


class TestFrameAncestors:
    @pytest.mark.parametrize("framed_by", FRAMED_BY)
    def test_are_those_of_the_setting(
        self, harbour: Organization, framed_by: tuple[str, ...]
    ) -> None:
        client = serve(harbour, Settings(framed_by=framed_by))

        for address in ("/embed", "/embed?unit=fire"):
            policy = directives(client.get(address).headers["Content-Security-Policy"])
            assert policy["frame-ancestors"] == FRAMED_BY[framed_by]
        for address in ("/", "/healthz", "/embed/", "/none", "/static/old/css/styles.css"):
            policy = directives(client.get(address).headers["Content-Security-Policy"])
            assert policy["frame-ancestors"] == ["'self'"]

    @pytest.mark.parametrize("framed_by", FRAMED_BY)
    def test_are_the_only_difference_between_the_policies(
        self, harbour: Organization, framed_by: tuple[str, ...]
    ) -> None:
        client = serve(harbour, Settings(framed_by=framed_by))
        page, embed = (
            directives(client.get(address).headers["Content-Security-Policy"])
            for address in ("/", "/embed")
        )

        assert page["frame-src"] == ["'self'"]
        assert page | {"frame-ancestors": []} == embed | {"frame-ancestors": []}

    @pytest.mark.parametrize("framed_by", FRAMED_BY)
    def test_are_in_an_attribute_for_scripts(
        self, harbour: Organization, framed_by: tuple[str, ...]
    ) -> None:
        client = serve(harbour, Settings(framed_by=framed_by))

        for address in ("/", "/embed"):
            assert root(client, address)["data-framed-by"].split() == list(framed_by)
