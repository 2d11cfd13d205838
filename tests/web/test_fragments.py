from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import plotly.graph_objects as go
import pytest
from dash import html
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from components.diagrams.encoding import BY_BRANCH
from components.diagrams.network import network_elements
from components.diagrams.rooms import DEFAULT_ROOM
from components.diagrams.style import Theme
from components.diagrams.sunburst import radii_of, sunburst_figure, sunburst_labels
from components.diagrams.tree import tree_of
from components.model.changes import ChangeKind
from components.model.coverage import REFERENCES, THEMES
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.text import short_id
from components.settings import Settings
from components.view_state import Layout, ViewState
from components.views.changes_list import FIRST, changes_list, further_changes
from components.views.encoding import encoding_choices, encoding_legend
from components.views.filters import filter_menu, matches
from components.views.matrix import covering_list, matrix
from components.views.outline import breadcrumb, outline
from components.views.page import page_parts
from components.views.panel import overview_panel, unit_panel
from components.views.problems import problems_list
from components.views.relations import relations_list
from components.views.stage import network_style
from components.web.fragments import (
    FRAGMENT_KINDS,
    ORGANIZATION_FRAGMENTS,
    SCOPE_FRAGMENTS,
    UNIT_FRAGMENTS,
    FragmentParameters,
    fragment,
    to_json,
)
from components.words import words_in
from tests.english import ENGLISH
from tests.organizations import crowd, many_changes, organization_of, scope_of, two_states
from tests.web.servers import serve, version_of

COMPONENT_KINDS = [
    *("outline", "breadcrumb", "panel", "overview", "matrix", "relations", "covering"),
]
HOSTILE = ["<script>alert(1)<!--", '"><img src=x>', "qwxz-0123456789", "{{7*7}}", "%s%n"]
FOR_EVER = {"public", "max-age=31536000", "immutable"}
FORBIDDEN_PROPERTIES = {
    "dangerously_allow_html",
    "srcDoc",
    "n_clicks",
    "contentEditable",
    "persistence",
}


def address(client: FlaskClient, kind: str, unit: str, **query: str) -> str:
    return f"/fragments/{version_of(client)}/{kind}.json?{urlencode({'unit': unit, **query})}"


def fragment_of(client: FlaskClient, kind: str, unit: str, **query: str) -> dict[str, Any]:
    response = client.get(address(client, kind, unit, **query))
    assert response.status_code == 200
    return dict(response.json)


def directives(cache_control: str) -> set[str]:
    return {directive.strip() for directive in cache_control.split(",")}


def components(content: Any) -> Iterator[dict[str, Any]]:
    """Yield each Dash component in the JSON of components."""
    if isinstance(content, list):
        for component in content:
            yield from components(component)
    elif isinstance(content, dict):
        yield content
        yield from components(content["props"].get("children"))


class TestAConnection:
    def test_has_the_steps_and_their_path_in_the_diagrams(self, client: FlaskClient) -> None:
        answer = client.get(address(client, "connection", "traffic") + "&to=fire").json
        assert answer is not None
        content = answer["content"]

        assert (answer["unit"], answer["focus"]) == ("traffic", "harbour")
        assert (content["to"], content["units"]) == ("fire", ["traffic", "pilots", "fire"])
        assert content["steps"] == [
            {"basis": "hierarchy", "direction": "in", "through": ""},
            {"basis": "stated", "direction": "both", "through": "coordinates_with"},
        ]
        assert [station["key"] for station in content["stations"]] == ["u1", "u2", "u5"]
        assert len(content["lines"]) == 2

    def test_finds_both_units_by_their_acronyms(self, client: FlaskClient) -> None:
        answer = client.get(address(client, "connection", "FS") + "&to=dgu").json

        assert answer is not None
        assert (answer["unit"], answer["content"]["to"]) == ("fire", "goods")

    def test_keeps_a_focus_that_contains_its_units(self, client: FlaskClient) -> None:
        foci = [
            client.get(address(client, "connection", unit) + f"&to={to}&focus=traffic").json
            for unit, to in (("pilots", "locks"), ("pilots", "fire"))
        ]

        assert [answer["focus"] for answer in foci if answer] == ["traffic", "harbour"]

    @pytest.mark.parametrize("size", ["", "&size=units"], ids=["plain", "with bars"])
    def test_has_its_stations_at_the_boxes_of_the_network(
        self, client: FlaskClient, size: str
    ) -> None:
        path, network = (
            client.get(address(client, kind, unit) + query + size).json
            for kind, unit, query in (
                ("connection", "traffic", "&to=fire"),
                ("network", "harbour", ""),
            )
        )
        assert path is not None
        assert network is not None
        nodes = {element["data"]["id"]: element["data"] for element in network["content"]}
        stations = {
            element["data"]["name"]: element["data"]["tree"]
            for element in path["content"]["elements"]
            if element["classes"] == "station"
        }

        assert len(stations) == 3
        for key in path["content"]["keys"]:
            at, station = nodes[key]["tree"], stations[nodes[key]["name"]]
            assert station["y"] == pytest.approx(at["y"] - at["height"] / 2, abs=0.01)
            assert station["x"] < at["x"] - at["width"] / 2

    def test_of_a_unit_with_itself_has_no_steps(self, client: FlaskClient) -> None:
        answer = client.get(address(client, "connection", "fire") + "&to=FS").json

        assert answer is not None
        assert (answer["content"]["to"], answer["content"]["steps"]) == ("fire", [])

    @pytest.mark.parametrize("query", ["", "&to=", "&to=fyre"])
    def test_with_an_unknown_unit_is_not_found(self, client: FlaskClient, query: str) -> None:
        response = client.get(address(client, "connection", "traffic") + query)

        assert response.status_code == 404
        assert response.json is not None
        assert "There is no such unit" in response.json["message"]


class TestAFragment:
    @pytest.mark.parametrize("kind", [*SCOPE_FRAGMENTS, *UNIT_FRAGMENTS, *ORGANIZATION_FRAGMENTS])
    def test_is_json_that_is_cached_forever(self, client: FlaskClient, kind: str) -> None:
        response = client.get(address(client, kind, "safety") + "&column=permits")

        assert (response.status_code, response.mimetype) == (200, "application/json")
        assert directives(response.headers["Cache-Control"]) == FOR_EVER
        assert set(response.json) == {"unit", "focus", "content"}
        assert response.json["content"] or kind in {"problems", "changes"}

    @pytest.mark.parametrize("kind", FRAGMENT_KINDS)
    def test_is_the_same_for_each_request(
        self, harbour: Organization, client: FlaskClient, kind: str
    ) -> None:
        again = serve(harbour)

        texts = {
            server.get(address(server, kind, "fire")).data for server in (client, again, client)
        }

        assert len(texts) == 1

    def test_of_a_scope_has_its_content(self, harbour: Organization, client: FlaskClient) -> None:
        scope, index = scope_of(harbour, harbour.number["safety"]), OrganizationIndex(harbour)
        expected = {
            "sunburst": {
                **{theme: sunburst_figure(tree_of(scope, ENGLISH), theme=theme) for theme in Theme},
                "labels": sunburst_labels(tree_of(scope, ENGLISH), radii_of(DEFAULT_ROOM)),
            },
            "network": network_elements(tree_of(scope, ENGLISH), Layout.TREE.alternatives),
            "outline": outline(tree_of(scope, ENGLISH)),
            "key": encoding_legend(scope, BY_BRANCH, ENGLISH),
            "breadcrumb": breadcrumb(scope, ENGLISH),
            "matches": matches(tree_of(scope, ENGLISH), ViewState(), index),
            "matrix": matrix(scope, index.topics[THEMES], ENGLISH),
            "relations": relations_list(index, scope.focus, ENGLISH),
            "covering": covering_list(scope, index.topics[THEMES], "permits", ENGLISH),
        }

        assert set(expected) == set(SCOPE_FRAGMENTS)
        for kind, content in expected.items():
            text = client.get(address(client, kind, "safety") + "&column=permits").text
            wanted = {"unit": "safety", "focus": "safety", "content": content}
            assert text == to_json(wanted)

    def test_of_a_unit_has_its_content(self, harbour: Organization, client: FlaskClient) -> None:
        expected = {
            "panel": unit_panel(OrganizationIndex(harbour), harbour.number["fire"], ENGLISH),
        }

        assert set(expected) == set(UNIT_FRAGMENTS)
        for kind, content in expected.items():
            text = client.get(address(client, kind, "fire")).text
            assert text == to_json({"unit": "fire", "focus": "safety", "content": content})

    def test_of_the_organization_is_the_same_for_every_unit(
        self, harbour: Organization, client: FlaskClient
    ) -> None:
        expected = {
            "overview": overview_panel(OrganizationIndex(harbour), ENGLISH),
            "filters": filter_menu(OrganizationIndex(harbour), ENGLISH),
            "encoding": encoding_choices(OrganizationIndex(harbour), ENGLISH),
            "problems": problems_list(harbour, ENGLISH),
            "changes": [],
            "network-style": network_style(harbour.relation_kinds),
            "page-parts": page_parts(OrganizationIndex(harbour), ENGLISH),
        }

        assert set(expected) == set(ORGANIZATION_FRAGMENTS)
        for kind, content in expected.items():
            for unit in ("fire", "harbour"):
                text = client.get(address(client, kind, unit)).text
                assert text == to_json({"unit": "harbour", "focus": "harbour", "content": content})

    def test_depends_on_its_parameters(self, harbour: Organization, client: FlaskClient) -> None:
        words, references = words_in("fr"), OrganizationIndex(harbour).topics[REFERENCES]
        expected = {
            "matrix": matrix(scope_of(harbour), references, words),
            "covering": covering_list(scope_of(harbour), references, "tides", words),
        }

        for kind, content in expected.items():
            query = "&lang=fr&by=references&column=tides&other=1"
            text = client.get(address(client, kind, "harbour") + query).text
            assert text == to_json({"unit": "harbour", "focus": "harbour", "content": content})

    @pytest.mark.parametrize("kind", ["sunburst", "network", "outline", "matrix"])
    def test_depends_on_the_room(self, kind: str) -> None:
        client = serve(crowd())
        texts = {
            room: client.get(address(client, kind, "port") + f"&by=type&room={room}").text
            for room in (DEFAULT_ROOM, "100", "", "1", "<b>")
        }

        assert texts["1"] == texts["<b>"] == texts[""] == texts[DEFAULT_ROOM] != texts["100"]

    def test_of_a_group_is_about_its_members(self) -> None:
        client = serve(crowd())
        group = "port~<5~1-4"

        network = fragment_of(client, "network", group)

        assert (network["unit"], network["focus"]) == (group, group)
        nodes = [each["data"] for each in network["content"] if "source" not in each["data"]]
        assert [node["unit"] for node in nodes] == ["port", "a", "b", "c", "d"]
        assert "A to D (4)" in str(fragment_of(client, "breadcrumb", group)["content"])

    def test_of_a_group_that_holds_no_unit_is_that_of_its_parent(self) -> None:
        client = serve(crowd())

        assert fragment_of(client, "network", "port~type:none")["unit"] == "port"

    def test_of_a_group_is_about_the_parent_where_only_units_have_it(self) -> None:
        client = serve(crowd())

        assert fragment_of(client, "panel", "port~<5~1-4")["unit"] == "port"

    def test_of_a_unit_in_a_group_names_the_group_in_whose_diagrams_it_is(self) -> None:
        units = [("top", ""), *((f"n{number}", "top") for number in range(99))]
        client = serve(organization_of(units))

        focus = fragment_of(client, "panel", "n50")["focus"]

        assert focus.startswith("top~")
        network = fragment_of(client, "network", focus)["content"]
        assert "n50" in [each["data"].get("unit") for each in network]

    def test_is_encoded_in_utf_8(self) -> None:
        client = serve(organization_of([("é部🚢", "")]))

        assert "é部🚢".encode() in client.get(address(client, "panel", "é部🚢")).data


class TestMatches:
    @staticmethod
    def of(client: FlaskClient, unit: str, **filters: str) -> dict[str, Any]:
        response = client.get(address(client, "matches", unit, **filters))
        assert response.status_code == 200
        return dict(response.json["content"])

    def test_are_counted_in_all_and_below_the_focus(self, client: FlaskClient) -> None:
        content = self.of(client, "safety", types="unit", themes="emergencies")

        assert (content["total"], content["below"]) == (2, 1)
        assert (len(content["lit"]), len(content["hits"])) == (2, 1)
        assert content["count"] == "2 of 7 units match; 1 of them is not shown"

    def test_ignore_spaces_around_types(self, client: FlaskClient) -> None:
        assert self.of(client, "harbour", types="unit; office ;")["types"] == ["office", "unit"]

    def test_ignore_types_and_themes_that_no_unit_has(self, client: FlaskClient) -> None:
        content = self.of(client, "harbour", types="unit;<b>", themes="nothing")

        assert (content["types"], content["themes"], content["total"]) == (["unit"], [], 4)

    def test_are_empty_without_filters(self, client: FlaskClient) -> None:
        content = self.of(client, "harbour", types="", themes=";")

        assert (content["lit"], content["count"], content["chips"]) == (None, "", [])

    def test_are_counted_in_the_language_of_the_address(self, client: FlaskClient) -> None:
        assert self.of(client, "harbour", types="unit", lang="fr")["count"].startswith("4 sur 7")


class TestTheUnit:
    @pytest.mark.parametrize("name", ["Sluices", "sluices", "LOCKS", "Locks & Bridges Unit"])
    def test_is_found_by_any_of_its_names(self, client: FlaskClient, name: str) -> None:
        assert fragment_of(client, "panel", name)["unit"] == "locks"

    def test_is_found_by_its_acronym(self, client: FlaskClient) -> None:
        assert fragment_of(client, "sunburst", "VTS")["focus"] == "traffic"

    @pytest.mark.parametrize("kind", [kind for kind in SCOPE_FRAGMENTS if kind != "covering"])
    def test_without_children_is_drawn_in_the_scope_of_its_parent(
        self, client: FlaskClient, kind: str
    ) -> None:
        leaf, parent = fragment_of(client, kind, "fire"), fragment_of(client, kind, "safety")

        assert leaf == parent
        assert (leaf["unit"], leaf["focus"]) == ("safety", "safety")

    @pytest.mark.parametrize(
        ("unit", "focus"), [("fire", "safety"), ("safety", "harbour"), ("harbour", "harbour")]
    )
    def test_of_a_panel_has_its_parent_as_focus(
        self, client: FlaskClient, unit: str, focus: str
    ) -> None:
        panel = fragment_of(client, "panel", unit)

        assert (panel["unit"], panel["focus"]) == (unit, focus)

    @pytest.mark.parametrize(
        "unit",
        [
            "a/b",
            "a//b",
            "a/",
            "panel/a",
            "..",
            ".",
            "../a",
            "a/../b",
            "a.json",
            ".json",
            "%",
            "%2F",
            "100% sure",
            "é è",
            "e\u0301",
            "部門",
            "مرحبا",
            "🚢",
            "a?b#c",
            "a&b=c;d",
            "a+b",
            "a\\b",
            "<b>",
            '"',
            "__proto__",
            "x" * 3_000,
            "/a",
            "a\nb",
        ],
        ids=ascii,
    )
    def test_may_have_any_id(self, unit: str) -> None:
        client = serve(organization_of([("top", ""), (unit, "top"), ("a", "top"), ("b", "top")]))

        response = client.get(address(client, "panel", unit))

        assert response.mimetype == "application/json"
        assert response.json["unit"] == short_id(unit)


class TestCovering:
    @pytest.mark.parametrize(
        "query",
        [
            {},
            {"column": "tides"},
            {"by": "references", "column": "permits"},
            {"by": "zzz", "column": "tides"},
            {"column": "<b>"},
        ],
    )
    def test_of_an_unknown_topic_is_not_found(
        self, client: FlaskClient, query: dict[str, str]
    ) -> None:
        response = client.get(address(client, "covering", "harbour", **query))

        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"
        assert response.json == {"message": "There is no such column."}


def test_equivalent_parameters_share_a_cached_fragment(
    harbour: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []

    def counted(
        index: OrganizationIndex,
        kind: str,
        unit: int,
        settings: Settings,
        parameters: FragmentParameters,
    ) -> Any:
        computed.append(kind)
        return fragment(index, kind, unit, settings, parameters)

    monkeypatch.setattr("components.web.fragments.fragment", counted)
    client = serve(harbour)
    for kind, unit, queries in (
        ("matches", "harbour", ("&types=unit; <b>", "&types=unit", f"&types={'x' * 4_000};unit")),
        ("matrix", "harbour", ("", "&by=themes", "&by=zzz", "&types=unit", "&column=1")),
        ("covering", "safety", ("&column=permits", "&by=themes&column=permits")),
        ("connection", "fire", ("&to=VTS", "&to=traffic&focus=nobody", "&to=vts&focus=harbour")),
        ("overview", "harbour", ("", "&unit=fire", "&lang=tlh", "&lang=EN")),
    ):
        for query in queries:
            assert client.get(address(client, kind, unit) + query).status_code == 200
    for unit in ("fire", "locks"):
        client.get(address(client, "overview", unit))

    assert computed == ["matches", "matrix", "covering", "connection", "overview"]


class TestTheListOfChanges:
    def test_has_its_first_entries_and_further_parts(self) -> None:
        both = many_changes(FIRST + 3)
        client = serve(both)
        first = fragment_of(client, "changes", "u00001")
        further = fragment_of(client, "further-changes", "u00001", changes="head", part="0")

        assert first["unit"] == further["unit"] == "t"
        assert first["content"] == json.loads(to_json(changes_list(both, ENGLISH)))
        assert further["content"] == json.loads(
            to_json(further_changes(both, ENGLISH, ChangeKind.HEAD, 0))
        )
        assert str(further["content"]).count("data-count") == 0

    @pytest.mark.parametrize(
        "query", [{}, {"changes": "all"}, {"changes": "moved", "part": "1"}, {"changes": "x"}]
    )
    def test_has_no_other_parts(self, query: dict[str, str]) -> None:
        client = serve(two_states())
        response = client.get(address(client, "further-changes", "h", **query))

        assert response.status_code == 404


class TestAnOldEdition:
    @pytest.mark.parametrize("kind", FRAGMENT_KINDS)
    def test_is_answered_with_the_current_one(self, client: FlaskClient, kind: str) -> None:
        response = client.get(f"/fragments/0123456789abcdef/{kind}.json?unit=fire")

        assert (response.status_code, response.mimetype) == (410, "application/json")
        assert response.json == {
            name: client.get("/version").json[name] for name in ("version", "since", "top")
        }
        assert response.json["version"] == version_of(client)
        assert response.headers["Cache-Control"] == "no-store"

    def test_is_gone_for_unknown_units_too(self, client: FlaskClient) -> None:
        assert client.get("/fragments/0123456789abcdef/panel.json?unit=nobody").status_code == 410

    @pytest.mark.parametrize("version", HOSTILE)
    def test_is_not_repeated(self, client: FlaskClient, version: str) -> None:
        response = client.get(f"/fragments/{quote(version, safe='')}/panel.json?unit=fire")

        assert response.status_code == 410
        assert version not in response.text


class TestAnUnknownKind:
    @pytest.mark.parametrize("kind", [*HOSTILE, "Panel", "__init__", "panel "])
    def test_is_answered_with_the_names_of_all_kinds(self, client: FlaskClient, kind: str) -> None:
        response = client.get(
            f"/fragments/{version_of(client)}/{quote(kind, safe='')}.json?unit=fire"
        )

        assert (response.status_code, response.mimetype) == (404, "application/json")
        assert response.headers["Cache-Control"] == "no-store"
        assert set(response.json) == {"message"}
        assert response.json["message"].endswith(f"there are {', '.join(FRAGMENT_KINDS)}.")
        assert kind not in response.json["message"].replace("panel, ", "")


class TestNoUnit:
    @pytest.mark.parametrize("query", ["", "?unit=", "?lang=en"])
    def test_is_the_top(self, client: FlaskClient, query: str) -> None:
        answer = client.get(f"/fragments/{version_of(client)}/panel.json{query}")

        assert answer.text == client.get(address(client, "panel", "harbour")).text


class TestAnUnknownUnit:
    @pytest.mark.parametrize("kind", FRAGMENT_KINDS)
    def test_is_answered_with_the_closest_matches(self, client: FlaskClient, kind: str) -> None:
        response = client.get(address(client, kind, "fire servise"))

        assert (response.status_code, response.mimetype) == (404, "application/json")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.json["nearest"][0] == {"unit": "fire", "name": "Fire Service"}
        assert 1 <= len(response.json["nearest"]) <= 3

    def test_comes_with_a_panel_to_be_shown(self, client: FlaskClient) -> None:
        answer = client.get(address(client, "panel", "fire servise")).json

        links = [
            component["props"]["data-unit"]
            for component in components(answer["content"])
            if component["type"] == "A"
        ]
        assert links == [hit["unit"] for hit in answer["nearest"]]

    @pytest.mark.parametrize("unit", [*HOSTILE, "<b>bold</b>", "x" * 3_000])
    def test_is_not_repeated(self, client: FlaskClient, unit: str) -> None:
        response = client.get(address(client, "panel", unit))

        assert response.status_code == 404
        assert unit not in response.text
        assert unit[:9] not in response.text

    def test_that_is_similar_to_none_has_no_matches(self, client: FlaskClient) -> None:
        assert client.get(address(client, "panel", "!!!")).json["nearest"] == []


class TestContent:
    @pytest.mark.parametrize("kind", COMPONENT_KINDS)
    def test_of_components_is_harmless_html(self, iom: Organization, kind: str) -> None:
        for unit in range(len(iom)):
            content = decoded(iom, kind, unit)["content"]
            parsed = list(components(content))
            assert parsed or kind == "relations"
            for component in parsed:
                assert set(component) == {"type", "namespace", "props"}
                assert component["namespace"] == "dash_html_components"
                assert component["type"] not in {"Iframe", "Script", "Style", "Embed", "ObjectEl"}
                assert not set(component["props"]) & FORBIDDEN_PROPERTIES

    @pytest.mark.parametrize("kind", COMPONENT_KINDS)
    def test_of_components_can_be_parsed_by_dash(self, harbour: Organization, kind: str) -> None:
        for unit in range(len(harbour)):
            content = decoded(harbour, kind, unit)["content"]
            for data in components(content):
                component = getattr(html, data["type"])(**data["props"])
                assert component.to_plotly_json() == data

    def test_of_a_sunburst_is_a_figure_for_each_theme_and_labels_for_each_radius(
        self, iom: Organization
    ) -> None:
        for unit in range(len(iom)):
            content = decoded(iom, "sunburst", unit)["content"]
            labels = content.pop("labels")
            assert list(content) == list(Theme)
            for figure in content.values():
                assert set(figure) == {"data", "layout"}
                assert [trace.type for trace in go.Figure(figure).data] == ["sunburst"]
                assert [label["radius"] for label in labels] == list(radii_of(DEFAULT_ROOM))
                for label in labels:
                    assert set(label["texts"]) <= set(figure["data"][0]["ids"])

    def test_of_a_network_is_elements(self, iom: Organization) -> None:
        for unit in range(len(iom)):
            for element in decoded(iom, "network", unit)["content"]:
                assert set(element) == {"data", "classes"}
                assert isinstance(element["data"]["id"], str)

    @pytest.mark.parametrize(
        ("query", "layouts"), [({}, {"tree", "compact"}), ({"layout": "radial"}, {"radial"})]
    )
    def test_of_a_network_has_the_places_in_one_layout(
        self, client: FlaskClient, query: dict[str, str], layouts: set[str]
    ) -> None:
        content = fragment_of(client, "network", "harbour", **query)["content"]

        for element in content:
            if "hierarchy" not in element["classes"]:
                assert set(Layout) & set(element["data"]) == layouts


def decoded(organization: Organization, kind: str, unit: int) -> dict[str, Any]:
    """Return a fragment as a browser parses it."""
    parameters = FragmentParameters(
        ENGLISH, ViewState(by=THEMES), column=next(iter(organization.themes))
    )
    return dict(
        json.loads(
            to_json(fragment(OrganizationIndex(organization), kind, unit, Settings(), parameters))
        )
    )


def test_components_are_written_as_dash_writes_them(harbour: Organization) -> None:
    parts = unit_panel(OrganizationIndex(harbour), 2, words_in("fr"))
    parts.append(html.Button(type="button", **{"aria-label": "All", "data-key": "all"}))
    assert json.loads(to_json(parts)) == json.loads(json.dumps(parts, cls=PlotlyJSONEncoder))
