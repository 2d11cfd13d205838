from __future__ import annotations

import html
import re
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.settings import Settings
from components.words import languages
from tests.organizations import HARBOUR, tables
from tests.web.servers import document, serve

SEARCH = {"en": "Who does what?", "es": "¿Quién hace qué?", "fr": "Qui fait quoi\u202f?"}
pages = pytest.mark.parametrize("path", ["/", "/embed"])


def prefers(*accepted: str) -> dict[str, str]:
    return {"Accept-Language": ", ".join(accepted)}


class TestThePage:
    @pages
    @pytest.mark.parametrize(
        ("query", "preferred", "language"),
        [
            ("", [], "en"),
            ("", ["fr-CH", "en;q=0.8"], "fr"),
            ("", ["de", "es;q=0.5"], "es"),
            ("?lang=es", ["fr"], "es"),
            ("?lang=tlh", ["fr"], "fr"),
            ("?lang=fr-CA", ["es"], "fr"),
            ("?lang=ES", [], "es"),
            ("", ["FR-ca"], "fr"),
        ],
    )
    def test_is_in_the_language_of_the_address_or_the_preferred_one(
        self, client: FlaskClient, path: str, query: str, preferred: list[str], language: str
    ) -> None:
        response = client.get(path + query, headers=prefers(*preferred))

        assert response.headers["Content-Language"] == language
        assert f'<html lang="{language}" dir="ltr"' in response.text
        assert f'placeholder="{SEARCH[language]}"' in html.unescape(response.text)

    @pages
    def test_varies_by_preference_without_a_language_in_its_address(
        self, client: FlaskClient, path: str
    ) -> None:
        for query in ("", "?lang=tlh", "?unit=fire"):
            assert "Accept-Language" in client.get(path + query).headers["Vary"]
        assert "Accept-Language" not in client.get(f"{path}?lang=fr").headers["Vary"]

    def test_keeps_the_language_of_its_address_in_its_links(self, client: FlaskClient) -> None:
        for headers, query, expected_languages in (
            (prefers("fr"), "?unit=fire", None),
            ({}, "?unit=fire&lang=fr", ["fr"]),
            ({}, "?unit=fire&lang=FR-ca", ["fr"]),
        ):
            page = document(client.get(f"/{query}", headers=headers).text)
            queries = [
                parse_qs(link.attributes["href"][1:])
                for link in page.find("a")
                if link.attributes["href"].startswith("?") and "hreflang" not in link.attributes
            ]
            assert len(queries) > 5
            assert all(query.get("lang") == expected_languages for query in queries)

    def test_has_a_link_to_itself_in_each_language(self, client: FlaskClient) -> None:
        page = document(client.get("/?unit=fire&view=network&lang=fr").text)
        links = [link for link in page.find("a") if "hreflang" in link.attributes]

        assert [link.text for link in links] == ["English", "Español", "Français"]
        assert [link.attributes["lang"] for link in links] == list(languages())
        assert ["aria-current" in link.attributes for link in links] == [False, False, True]
        for link in links:
            query = parse_qs(link.attributes["href"][1:])
            assert query == {
                "unit": ["fire"], "view": ["network"], "lang": [link.attributes["lang"]]
            }  # fmt: skip

    def test_links_to_pictures_in_its_language(self, client: FlaskClient) -> None:
        page = client.get("/?unit=fire", headers=prefers("es")).text
        assert len(re.findall(r'href="export/\w+\.\w+\?(?:unit=fire&amp;)?lang=es"', page)) == 7

    def test_is_cached_for_each_language(self, client: FlaskClient) -> None:
        for language, count in (("en", "3 units"), ("fr", "3 unités"), ("en", "3 units")):
            page = client.get(f"/?focus=safety&lang={language}").text
            assert f'<span class="muted">{count}</span>' in page


class TestData:
    @pytest.mark.parametrize(
        ("language", "mark"), [("en", ' data-language="en"'), ("fr-CA", ""), ("", "")]
    )
    def test_has_its_language_in_an_attribute_if_the_page_has_another(
        self, language: str, mark: str
    ) -> None:
        organization = import_tables(
            tables(HARBOUR["units"], descriptor={"language": language})
        ).organization
        root = re.search("<html[^>]*>", serve(organization).get("/?lang=fr").text)
        assert root
        assert (mark in root[0]) if mark else ("data-language" not in root[0])


def test_previews_have_a_picture_in_the_language_of_the_page(harbour: Organization) -> None:
    client = serve(harbour, Settings(address="https://harbour.example/"))
    text = client.get("/?unit=fire&lang=fr").text
    assert re.search('og:image" content="[^"]*lang=fr', text)
    assert "lang=" not in (re.search('og:image" content="([^"]*)', client.get("/").text) or [""])[0]
