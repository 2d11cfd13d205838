from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from dash import html as html_components
from flask.testing import FlaskClient

from components.importing.column_settings import Choices
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.settings import Settings
from components.view_state import KEY_BY_NAME
from components.views import ids
from components.views.page import PageRequest
from components.views.static_page import static_page
from components.web.application import _json_in_html, create_app
from components.web.assets import Assets
from components.web.editions import edition_name
from components.words import languages, words_in
from tests.organizations import organization_of, tables
from tests.views.test_page import LISTS
from tests.web.servers import Document, document, serve, version_of
from tests.words.leaks import texts_in

HOSTILE = [
    '<script>alert(1)</script> & "x"',
    "{%config%} $title",
    "$preloads ${scripts} $$",
    "</title><script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp;",
]


def organization_titled(title: str) -> Organization:
    """Return a small organization with this title and description."""
    about = {"title": title, "description": title}
    return import_tables(tables([("a", "")], descriptor=about)).organization


def policy_of(client: FlaskClient) -> str:
    return client.get("/").headers["Content-Security-Policy"]


def inline_scripts(page: Document) -> Iterator[str]:
    """Yield the text of each inline script that a browser would run."""
    for script in page.find("script"):
        if "src" not in script.attributes and script.attributes.get("type") != "application/json":
            yield script.text


class TestThePage:
    def test_is_an_html_document_with_language_and_title(self, client: FlaskClient) -> None:
        response = client.get("/")
        page = document(response.text)

        assert (response.status_code, response.mimetype) == (200, "text/html")
        assert response.text.startswith("<!DOCTYPE html>")
        assert page.find("html")[0].attributes["lang"] == "en"
        assert page.find("html")[0].attributes["data-top"] == "harbour"
        assert [element.text for element in page.find("title")] == ["Harbour"]

    def test_describes_the_organization_without_scripts(self, client: FlaskClient) -> None:
        page = document(client.get("/").text)
        paragraphs = [element.text for element in page.find("p")]

        assert page.find("noscript")
        assert "Who does what in the harbour." in paragraphs
        assert any("7 units, 3 levels" in paragraph for paragraph in paragraphs)

    @pytest.mark.parametrize("title", HOSTILE)
    def test_escapes_the_title(self, title: str) -> None:
        plain, page = (
            document(serve(organization_titled(text)).get("/").text) for text in ("Harbour", title)
        )

        assert [element.text for element in page.find("title")] == [title]
        assert [heading.text for heading in page.find("h1")] == [title]
        assert title in [element.text for element in page.find("p")]
        (description,) = page.find("meta", name="description")
        assert description.attributes["content"] == title
        for name in ("og:title", "og:site_name"):
            assert page.find("meta", property=name)[0].attributes["content"] == title
        assert [element.tag for element in page.elements] == [
            element.tag for element in plain.elements
        ]

    def test_escapes_the_id_of_the_top_unit(self) -> None:
        organization = organization_of([('"><script>alert(1)</script>', "")])

        page = document(serve(organization).get("/").text)

        assert page.find("html")[0].attributes["data-top"] == '"><script>alert(1)</script>'

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_does_not_repeat_its_address(self, client: FlaskClient, hostile: str) -> None:
        plain, page = (
            client.get("/", query_string={"unit": text, "focus": text, "view": text}).text
            for text in ("zzzz", hostile)
        )

        assert [element.tag for element in document(page).elements if element.tag != "li"] == [
            element.tag for element in document(plain).elements if element.tag != "li"
        ]
        # The panel states the unknown unit that it is about, for scripts.
        assert page.count(f' data-shows="{html.escape(hostile)}"') == 1
        rest = page.replace(f' data-shows="{html.escape(hostile)}"', "")
        assert "alert(1)" not in rest
        assert "onerror" not in rest

    def test_lists_the_closest_matches_of_an_unknown_unit(self, client: FlaskClient) -> None:
        page = document(client.get("/?unit=trafic").text)

        assert "No such unit" in [heading.text for heading in page.find("h2")]
        assert "Traffic Department" in [link.text for link in page.find("a", href="?unit=traffic")]

    @pytest.mark.parametrize(
        ("query", "attributes"),
        [
            ({}, {"data-layout": "tree"}),
            ({"view": "both"}, {"data-layout": "tree", "data-view": "both"}),
            ({"layout": "radial"}, {"data-layout": "radial"}),
            ({"layout": "compact", "view": "all"}, {"data-layout": "tree"}),
        ],
    )
    def test_has_the_state_of_the_address_in_its_attributes(
        self, client: FlaskClient, query: dict[str, str], attributes: dict[str, str]
    ) -> None:
        (root,) = document(client.get("/", query_string=query).text).find("html")

        assert {
            name: value
            for name, value in root.attributes.items()
            if name in {"data-layout", "data-view"}
        } == attributes

    def test_has_no_inline_script_without_its_hash_in_the_policy(self, client: FlaskClient) -> None:
        scripts = list(inline_scripts(document(client.get("/").text)))
        hashes = [
            base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            for script in scripts
        ]

        assert len(scripts) >= 1
        assert [digest for digest in hashes if f"'sha256-{digest}'" not in policy_of(client)] == []

    def test_has_no_inline_handlers_and_styles(self, client: FlaskClient) -> None:
        for element in document(client.get("/").text).elements:
            assert [name for name in element.attributes if name.startswith("on")] == []
            assert "style" not in element.attributes

    def test_requests_no_other_host(self, client: FlaskClient) -> None:
        page = document(client.get("/").text)
        source_links = page.find("a", href="https://harbour.example/handbook")

        assert source_links  # requested only if the reader follows them
        for element in page.elements:
            for name in ("src", "href", "xlink:href"):
                if element not in source_links:
                    assert ":" not in element.attributes.get(name, "").partition("?")[0]
                    assert not element.attributes.get(name, "").startswith("//")


def ids_of(page: Document) -> list[str]:
    """Return the ids of the elements of a page."""
    return [name for element in page.elements if (name := element.attributes.get("id"))]


def layout_ids(client: FlaskClient) -> list[str]:
    """Return the ids of what Dash adds to the page."""

    def of(component: dict[str, Any]) -> Iterator[str]:
        props = component["props"]
        if "id" in props:
            yield props["id"]
        for child in props.get("children") or []:
            yield from of(child)

    components = client.get("/_dash-layout").json or []
    return [name for component in components for name in of(component)]


class TestIds:
    @pytest.mark.parametrize("language", languages())
    @pytest.mark.parametrize("path", ["/", "/embed"])
    def test_stand_once_in_the_document(
        self, client: FlaskClient, path: str, language: str
    ) -> None:
        added = layout_ids(client)
        assert added

        for query in ({}, {"unit": "fire"}, {"unit": "nobody"}, {"unit": "fire", "to": "pilots"}):
            page = document(client.get(path, query_string={"lang": language} | query).text)
            names = [*ids_of(page), *added]
            assert sorted(names) == sorted(set(names))


def test_the_page_of_the_shipped_organization_is_small(shipped_client: FlaskClient) -> None:
    styles = Assets().page_styles

    text = shipped_client.get("/").text

    assert styles in text
    assert len(styles) <= 72_000
    assert len(text.replace(styles, "").encode()) <= 120_000


@pytest.mark.parametrize("view", [view for view in KEY_BY_NAME["view"].values if view != "changes"])
def test_each_view_of_the_shipped_organization_is_complete(
    shipped_client: FlaskClient, view: str
) -> None:
    response = shipped_client.get("/", query_string={"view": view, "unit": "DTM"})
    page = document(response.text)
    names = ids_of(page)

    assert response.status_code == 200
    assert page.find("html")[0].attributes.get("data-view", "") == view
    assert sorted(names) == sorted(set(names))
    assert "Displacement Tracking Matrix" in [each.text.strip() for each in page.find("h2")]
    assert bool(page.find("table")) == (view == "matrix")
    is_empty = re.search(f'id="{ids.RELATIONS}" data-shows="[^"]*"></div>', response.text)
    assert bool(is_empty) == (view != "outline")


class TestWhatIsShown:
    @pytest.mark.parametrize(
        ("query", "panel", "within", "lists"),
        [
            ({}, "", None, "harbour"),
            ({"unit": "fire"}, "fire", "harbour", "harbour"),
            ({"unit": "Brûlé Brigade"}, "fire", "harbour", "harbour"),
            ({"unit": "harbour"}, "harbour", "harbour", "harbour"),
            ({"unit": "nobody"}, "nobody", None, "harbour"),
            ({"focus": "VTS"}, "", None, "traffic"),
            ({"focus": "nobody"}, "", None, "harbour"),
            ({"focus": "fire"}, "", None, "safety"),  # a leaf has no diagram of its own
            ({"unit": "pilots", "focus": "safety"}, "pilots", "traffic", "traffic"),
        ],
    )
    def test_is_stated_for_scripts(
        self,
        client: FlaskClient,
        query: dict[str, str],
        panel: str,
        within: str | None,
        lists: str,
    ) -> None:
        page = document(client.get("/", query_string=query).text)

        (aside,) = page.find("aside", id=ids.PANEL)
        assert aside.attributes["data-shows"] == panel
        assert aside.attributes.get("data-within") == within
        shown = {
            each.attributes["id"]: each.attributes["data-shows"]
            for each in page.elements
            if "data-shows" in each.attributes and each != aside
        }
        assert shown == dict.fromkeys(LISTS, lists)


def test_json_in_html_cannot_end_its_script_element() -> None:
    content = {"name": "</script><b>"}

    assert "<" not in _json_in_html(content)
    assert json.loads(_json_in_html(content)) == content


class TestFilesOfThePage:
    def test_are_all_served(self, client: FlaskClient) -> None:
        page = document(client.get("/").text)
        needed = [
            address
            for element in (*page.find("script"), *page.find("link"))
            if (address := element.attributes.get("src") or element.attributes.get("href"))
        ]

        assert len(needed) > 15
        answers = {address: client.get(f"/{address.lstrip('/')}") for address in needed}
        assert {
            address: answer.status
            for address, answer in answers.items()
            if answer.status_code != 200 or answer.mimetype == "text/html" or not answer.data
        } == {}

    def test_are_cached_forever_if_their_address_has_a_fingerprint(
        self, client: FlaskClient
    ) -> None:
        page = document(client.get("/").text)
        lasting = [
            address
            for element in (*page.find("script"), *page.find("link"))
            if (address := element.attributes.get("src") or element.attributes.get("href") or "")
            and (address.startswith("static/") or ".v" in address)
        ]

        assert len(lasting) > 10
        for address in lasting:
            cache_control = client.get(f"/{address.lstrip('/')}").headers["Cache-Control"]
            assert "immutable" in cache_control
            assert "max-age=31536000" in cache_control

    @pytest.mark.parametrize("path", ["/", "/embed"])
    def test_announce_all_modules(self, client: FlaskClient, path: str) -> None:
        page = document(client.get(path).text)
        announced = {link.attributes["href"] for link in page.find("link", rel="modulepreload")}

        assert {address.split("/", 2)[2] for address in announced} == {*Assets().modules}
        assert {script.attributes["src"] for script in page.find("script", type="module")} == {
            address for address in announced if address.endswith(("/main.js", "/theme.js"))
        }
        for address in announced:
            response = client.get(f"/{address}")
            assert response.status_code == 200
            assert response.mimetype.endswith("/javascript")

    def test_of_dash_wait_in_a_template(self, client: FlaskClient) -> None:
        page, template = client.get("/").text.split('<template id="dash-scripts">')

        own = document(page + "</body></html>").find("script")
        assert {script.attributes["type"] for script in own} == {"module", "application/json"}
        assert "_dash-component-suites/" in template
        assert "new DashRenderer()" in template


class TestPreloads:
    @staticmethod
    def of(client: FlaskClient, **query: str) -> list[str]:
        page = document(client.get("/", query_string=query).text)
        return [
            f"/{element.attributes['href']}"
            for element in page.find("link", rel="preload", **{"as": "fetch"})
        ]

    def test_are_the_first_fragments(self, client: FlaskClient) -> None:
        prefix = f"/fragments/{version_of(client)}"

        assert self.of(client) == [
            f"{prefix}/network.json?unit=harbour&lang=en&room=235",
            f"{prefix}/sunburst.json?unit=harbour&lang=en&room=235",
            f"{prefix}/network-style.json?unit=harbour&lang=en",
        ]

    def test_depend_on_the_address_of_the_page(self, client: FlaskClient) -> None:
        prefix = f"/fragments/{version_of(client)}"

        preloads = self.of(client, unit="fire", focus="safety")

        assert f"{prefix}/sunburst.json?unit=safety&lang=en&room=235" in preloads
        assert preloads == self.of(client, unit="Brûlé Brigade", focus="safety")

    def test_have_the_matches_of_filters(self, client: FlaskClient) -> None:
        preloads = self.of(client, themes="permits;nothing;navigation", types="unit")

        assert preloads[-1] == (
            f"/fragments/{version_of(client)}/matches.json?unit=harbour"
            "&lang=en&room=235&types=unit&themes=navigation%3Bpermits"
        )
        assert client.get(preloads[-1]).status_code == 200

    def test_of_a_network_are_of_its_layout_and_of_what_is_opened(
        self, client: FlaskClient
    ) -> None:
        preloads = self.of(client, layout="radial", open="safety", colour="type")

        assert preloads[0] == (
            f"/fragments/{version_of(client)}/network.json?unit=harbour"
            "&lang=en&room=235&layout=radial&open=safety&colour=type"
        )
        assert preloads[1].endswith("/sunburst.json?unit=harbour&lang=en&room=235&colour=type")

    def test_are_of_the_room_of_a_desk(self, client: FlaskClient) -> None:
        alone = self.of(client, view="network", references="shown")[0]
        both = self.of(client, references="shown")[0]

        assert alone.endswith("unit=harbour&lang=en&room=900x680-references")
        assert both.endswith("unit=harbour&lang=en&room=235-references")

    @pytest.mark.parametrize(
        "query",
        [
            {},
            {"unit": "fire"},
            {"unit": "VTS", "focus": "Port Office"},
            {"focus": "fire"},
            {"unit": "nobody", "focus": "nothing"},
            {"unit": "", "focus": ""},
        ],
    )
    def test_exist_for_any_address(self, client: FlaskClient, query: dict[str, str]) -> None:
        preloads = self.of(client, **query)

        assert len(preloads) == 3
        assert {client.get(address).status_code for address in preloads} == {200}

    @pytest.mark.parametrize(
        ("unit", "address"),
        [
            # As URLSearchParams encodes it in a browser.
            ("a/b", "a%2Fb"),
            ("ü ~ & <x>", "%C3%BC+%7E+%26+%3Cx%3E"),
            ("a.b-c_d", "a.b-c_d"),
            ("it's (a) *b*!", "it%27s+%28a%29+*b*%21"),
        ],
    )
    def test_have_the_addresses_that_scripts_request(self, unit: str, address: str) -> None:
        client = serve(organization_of([(unit, "")]))

        assert [preload.rpartition("?")[2] for preload in self.of(client)] == [
            f"unit={address}&lang=en&room=235",
            f"unit={address}&lang=en&room=235",
            f"unit={address}&lang=en",
        ]

    @pytest.mark.parametrize("unit", ["a/b", 'ü "部" & <x>', "100%", "..", "a?b#c", "u0.json"])
    def test_quote_ids(self, unit: str) -> None:
        client = serve(organization_of([(unit, ""), (f"{unit} 2", unit)]))

        preloads = self.of(client, focus=unit)

        assert [client.get(address).json["unit"] for address in preloads] == [unit] * 3


class TestTwoApplications:
    def test_are_separate_in_one_process(self, harbour: Organization) -> None:
        other = organization_of([("board", ""), ("pay", "board")])
        clients = {"harbour": serve(harbour), "board": serve(other)}
        versions = {top: version_of(client) for top, client in clients.items()}

        assert versions["harbour"] != versions["board"]
        for top, client in clients.items():
            (elsewhere,) = set(clients) - {top}
            own, foreign = versions[top], versions[elsewhere]
            page = client.get("/").text
            assert own in page
            assert foreign not in page
            assert client.get(f"/fragments/{own}/panel.json?unit={top}").json["unit"] == top
            assert client.get(f"/fragments/{own}/panel.json?unit={elsewhere}").status_code == 404
            answer = client.get(f"/fragments/{foreign}/panel.json?unit={elsewhere}")
            assert (answer.status_code, answer.json["version"]) == (410, own)
            assert client.get("/healthz").json["units"] == {"harbour": 7, "board": 2}[top]

    def test_give_the_same_answers_for_one_organization(self, harbour: Organization) -> None:
        one, other = serve(harbour), serve(harbour)
        address = f"/fragments/{version_of(one)}/panel.json?unit=fire"

        assert one.get(address).data == other.get(address).data
        assert policy_of(one) == policy_of(other)


class TestEditionName:
    def test_is_named_on_the_page_and_by_healthz(self, harbour: Organization) -> None:
        app = create_app(harbour, Settings())
        client = app.server.test_client()

        current = app.editions.current.name

        assert version_of(client) == current == client.get("/healthz").json["version"]

    @pytest.mark.parametrize("changed", [{"port": 80}, {"host": "::1"}, {"threads": 2}])
    def test_does_not_change_with_a_setting_of_the_server(
        self, harbour: Organization, changed: dict[str, Any]
    ) -> None:
        assert edition_name(harbour, Settings(**changed)) == edition_name(harbour, Settings())

    @pytest.mark.parametrize(
        ("units", "side"),
        [
            ("id, name\na, B", {}),
            ("id, name, head\na, A, Ada", {}),
            ("id, name\na, A", {"references": "id, name\nr, Charter"}),
            ("id, name\na, A\nb, B", {}),
        ],
    )
    def test_changes_with_the_data(self, units: str, side: dict[str, str]) -> None:
        before = edition_name(organization_of("id, name\na, A"), Settings())

        assert edition_name(organization_of(units, **side), Settings()) != before

    def test_changes_with_the_name_of_the_dataset(self) -> None:
        editions = {
            edition_name(import_tables(tables([("a", "")], name=name)).organization, Settings())
            for name in ("staff", "people")
        }

        assert len(editions) == 2

    @pytest.mark.parametrize("choices", [Choices(drawn="people"), Choices(table="units")])
    def test_changes_with_what_is_drawn_of_the_tables(self, choices: Choices) -> None:
        both = [
            import_tables(tables([("a", "")]), each).organization for each in (Choices(), choices)
        ]

        assert len({edition_name(organization, Settings()) for organization in both}) == 2

    def test_changes_with_the_problems_of_the_tables(self) -> None:
        once, moved = tables([("a", ""), ("b", "no")]), tables([("a", ""), ("b", "no")])
        moved.frames["units"].index += 1  # as after an empty line in the file

        organizations = [import_tables(dataset).organization for dataset in (once, moved)]

        assert len({organization.problems for organization in organizations}) == 2
        assert len({edition_name(organization, Settings()) for organization in organizations}) == 2


class TestHealth:
    def test_describes_the_organization(self, client: FlaskClient) -> None:
        health = client.get("/healthz").json

        assert health["units"] == 7
        assert (health["warnings"], health["refused"], health["problems"]) == (0, None, [])
        assert datetime.fromisoformat(health["read"]).tzinfo is not None

    def test_counts_the_problems_of_the_tables(self) -> None:
        organization = organization_of([("a", ""), ("b", "nobody")])

        health = serve(organization).get("/healthz").json

        assert (health["warnings"], health["problems"]) == (1, [])

    def test_of_version_is_brief(self, client: FlaskClient) -> None:
        answer = client.get("/version")

        assert answer.json["version"] == version_of(client)
        assert answer.json["top"] == "harbour"
        assert "refused" not in answer.json
        assert answer.headers["Cache-Control"] == "no-store"


class TestRoutesOfDash:
    def test_contain_nothing_of_the_organization(self, harbour: Organization) -> None:
        client, other = serve(harbour), serve(organization_of([("board", "")]))

        for address in ("/_dash-layout", "/_dash-dependencies"):
            response = client.get(address)
            assert (response.status_code, response.mimetype) == (200, "application/json")
            assert response.json == other.get(address).json
            for text in ("harbour", "Harbour", "fire", "Pilotage", version_of(client)):
                assert text not in response.text

    @pytest.mark.parametrize("language", languages())
    def test_contain_no_text_of_the_page(self, client: FlaskClient, language: str) -> None:
        layout = client.get("/_dash-layout", headers={"Accept-Language": language})
        texts = set(texts_in(words_in(language).messages))

        assert layout.json == client.get("/_dash-layout").json
        assert set(texts_in(layout.json)) & texts == set()

    def test_list_clientside_callbacks_only(self, client: FlaskClient) -> None:
        callbacks = client.get("/_dash-dependencies").json

        assert len(callbacks) == 2
        assert [callback for callback in callbacks if not callback["clientside_function"]] == []


class TestUnknownAddresses:
    @pytest.mark.parametrize("address", ["/assets/none.js", "/assets/../app.py"])
    def test_are_not_found_among_the_assets(self, client: FlaskClient, address: str) -> None:
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("address", ["/none", "/fonts/italic.woff2", "/fragments/a/panel/b"])
    def test_are_not_found_outside_the_assets(self, client: FlaskClient, address: str) -> None:
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("name", ["none/x.js", "dash/none.js", "dash/../../x.js"])
    def test_are_not_found_among_the_scripts_of_dash(self, client: FlaskClient, name: str) -> None:
        assert client.get(f"/_dash-component-suites/{name}").status_code == 404


class TestAPageThatIsAskedForAgain:
    @pytest.fixture
    def made(self, monkeypatch: pytest.MonkeyPatch) -> list[PageRequest]:
        """The pages that have been made."""
        made: list[PageRequest] = []

        def counted(*arguments: Any) -> str:
            made.append(arguments[1])
            return static_page(*arguments)

        monkeypatch.setattr("components.web.application.static_page", counted)
        return made

    def test_is_made_once_for_all(self, harbour: Organization, made: list[PageRequest]) -> None:
        client = serve(harbour)
        with ThreadPoolExecutor(4) as readers:
            get = lambda _: client.application.test_client().get("/?unit=fire").data  # noqa: E731
            pages = set(readers.map(get, range(8)))

        assert len(pages) == len(made) == 1
        assert client.get("/?unit=fire&utm_source=mail").data in pages
        assert len(made) == 1

    @pytest.mark.parametrize(
        "address", ["/?unit=traffic", "/?lang=fr", "/embed", "/embed?panel=0", "/?unit=nobody"]
    )
    def test_is_another_one_at_another_address(
        self, harbour: Organization, made: list[PageRequest], address: str
    ) -> None:
        client = serve(harbour)

        assert client.get("/").text != client.get(address).text
        assert len(made) == 2
        assert client.get(address).text == client.get(address).text
        assert len(made) == 2

    def test_is_in_the_language_that_the_reader_prefers(self, client: FlaskClient) -> None:
        english, french, again = (
            client.get("/", headers={"Accept-Language": language})
            for language in ("en", "fr", "en")
        )

        assert [page.headers["Content-Language"] for page in (english, french)] == ["en", "fr"]
        assert document(french.text).find("html")[0].attributes["lang"] == "fr"
        assert english.data == again.data

    @pytest.mark.parametrize("encoding", ["identity", "gzip"])
    def test_is_not_sent_again_if_it_has_not_changed(
        self, client: FlaskClient, encoding: str
    ) -> None:
        headers = {"Accept-Encoding": encoding}
        first = client.get("/", headers=headers)

        again = client.get("/", headers={**headers, "If-None-Match": first.headers["ETag"]})
        other = client.get("/?unit=fire", headers={"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-cache"
        assert set(again.headers.getlist("Vary")) == set(first.headers.getlist("Vary"))
        assert other.status_code == 200

    def test_takes_bounded_memory(
        self, harbour: Organization, made: list[PageRequest], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        size = len(gzip.compress(serve(harbour).get("/").data))
        monkeypatch.setattr("components.web.editions.PAGES_CACHE_SIZE", size * 2)
        client = serve(harbour)
        made.clear()
        for address in ("/", "/?unit=fire", "/?unit=traffic", "/"):
            assert client.get(address).status_code == 200

        assert len(made) == 4


def test_pages_with_callbacks_of_the_server_are_made_for_each_reader(harbour: Organization) -> None:
    app = create_app(harbour, Settings(), below_panel=[html_components.Div()])
    first, second = (app.server.test_client().get("/").text for _ in range(2))

    assert first != second
