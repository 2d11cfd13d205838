from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from components.diagrams.tree import tree_of
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope, scope_of
from components.view_state import Layout, ViewState
from components.views import ids
from components.views.static_page import (
    PageRequest,
    panel_text,
    static_page,
    static_parts,
    view_text,
)
from components.words import languages
from tests.diagrams.drawings import HOSTILE, UNDRAWABLE
from tests.english import ENGLISH
from tests.organizations import organization_named
from tests.web.servers import Document, document

PLACES = (
    ids.SUNBURST,
    ids.NETWORK,
    ids.OUTLINE,
    ids.MATRIX,
    ids.RELATIONS,
    ids.PANEL,
    ids.BREADCRUMB,
    ids.TOOLBAR,
    ids.SEARCH,
)


def begun(
    organization: Organization,
    request: PageRequest,
    scope: Scope | None = None,
    kept: Mapping[str, str] | None = None,
) -> str:
    """Return the HTML text of a page as it begins."""
    scope = scope or scope_of(organization)
    index = OrganizationIndex(organization)
    contents = {
        ids.PANEL: panel_text(index, request),
        **view_text(index, scope, request.state, ENGLISH),
    }
    parts = static_parts(index, scope, request.state, ENGLISH)
    return static_page(organization, request, parts, contents, kept or {})


def opened(organization: Organization, focus: int = 0, **look: Any) -> str:
    return begun(
        organization, PageRequest(ViewState(**look), ENGLISH), scope_of(organization, focus)
    )


def read(*arguments: Any, **look: Any) -> Document:
    return document(opened(*arguments, **look))


def inside(text: str, place: str) -> str:
    """Return the HTML text from the beginning of a part of the page on."""
    return text[text.index(f'id="{place}"') :]


class TestTheOpening:
    def test_has_every_part_of_the_page_once(self, harbour: Organization) -> None:
        found = [each.attributes.get("id") for each in read(harbour).elements]

        for place in PLACES:
            assert found.count(place) == 1, place
        named = [each for each in found if each]
        assert len(set(named)) == len(named)

    def test_has_both_pictures(self, harbour: Organization) -> None:
        classes = [each.attributes["class"] for each in read(harbour).find_drawn("svg")]

        assert classes == ["sunburst-inset", "network-inset tree", "network-inset compact"]

    def test_names_every_unit_in_the_outline(self, iom: Organization) -> None:
        text = inside(opened(iom), ids.OUTLINE)

        for name in iom.units["name"]:
            assert html.escape(name) in text

    def test_tells_of_the_selected_unit_in_the_panel(self, harbour: Organization) -> None:
        page = read(harbour, unit=harbour.number["fire"])

        assert "Fire Service" in [each.text.strip() for each in page.find("h2")]
        assert [
            each.attributes["data-section"]
            for each in page.elements
            if "data-section" in each.attributes
        ] == [
            "responsibilities",
            "composition",
            "related",
            "references",
        ]

    def test_has_the_matrix_where_the_view_is_one(self, harbour: Organization) -> None:
        page = document(
            begun(harbour, PageRequest(ViewState(view="matrix", by="references"), ENGLISH))
        )

        (table,) = page.find("table")
        assert table.attributes["data-by"] == "references"
        assert page.find("a", **{"data-column": "tides", "href": "?unit=pilots"})
        assert read(harbour).find("table") == []

    def test_has_all_relations_beside_the_outline(self, harbour: Organization) -> None:
        text = begun(harbour, PageRequest(ViewState(view="outline"), ENGLISH))

        assert "drill together" in inside(text, ids.RELATIONS)
        assert "drill together" not in opened(harbour)

    def test_leads_up_from_the_focus(self, harbour: Organization) -> None:
        links = read(harbour, harbour.number["safety"]).find("a", **{"data-focus-on": "harbour"})

        assert [each.attributes["href"] for each in links] == ["?focus=harbour"]

    def test_has_links_from_the_pictures_to_units_and_to_what_is_folded(self) -> None:
        units = [("top", ""), *((f"n{each}", "top") for each in range(9))]
        organization = organization_named(units, ["Unit"])
        scope = scope_of(organization, most=4)

        page = document(begun(organization, PageRequest(ViewState(), ENGLISH), scope))

        links = {each.attributes["href"] for each in page.find_drawn("a")}
        assert links == {"?unit=top", "?unit=n0", "?unit=n1", "?unit=n2", "?focus=top"}

    def test_leads_to_units_that_there_are(self, iom: Organization) -> None:
        for unit in (None, 3, 30):
            page = read(iom, unit=unit)
            links = [*page.find("a"), *page.find_drawn("a")]
            for link in (each for each in links if "download" not in each.attributes):
                address = urlsplit(link.attributes["href"])
                if address.scheme or address.path:
                    assert address.scheme in {"http", "https", ""}
                    continue
                for key, values in parse_qs(address.query, strict_parsing=True).items():
                    assert key in {"unit", "focus", "lang"}
                    assert values[0] in (languages() if key == "lang" else iom.number)

    def test_has_no_style_and_no_handler_in_an_attribute(self, iom: Organization) -> None:
        for element in read(iom, unit=3, links="all", references="shown").elements:
            assert "style" not in element.attributes
            assert [name for name in element.attributes if name.startswith("on")] == []

    def test_has_rules_of_style_that_are_not_markup(self, iom: Organization) -> None:
        index = OrganizationIndex(iom)
        state = ViewState(3, references="shown")
        styles = static_parts(index, scope_of(iom), state, ENGLISH).styles

        assert "<" not in styles
        assert styles.count("{") == styles.count("}")
        assert re.findall(r"url\(|@import", styles) == []


class TestItsLinks:
    KEPT: Mapping[str, str] = {
        "unit": "fire", "focus": "safety", "view": "network", "layout": "radial", "theme": "dark",
        "lang": "en",
    }  # fmt: skip

    def test_change_what_they_are_for_and_nothing_else(self, harbour: Organization) -> None:
        look = ViewState(harbour.number["fire"], layout=Layout.RADIAL)
        page = document(begun(harbour, PageRequest(look, ENGLISH), scope_of(harbour, 4), self.KEPT))
        links = [*page.find("a"), *page.find_drawn("a")]
        asked = [
            dict(parse_qsl(each.attributes["href"][1:], strict_parsing=True))
            for each in links
            if each.attributes["href"].startswith("?")
        ]

        assert len(asked) > 10
        for parameters in asked:
            changed = {key for key in self.KEPT if parameters[key] != self.KEPT[key]}
            assert set(parameters) == set(self.KEPT)
            assert changed in ({"unit"}, {"focus"}, {"lang"}, set())

    def test_are_no_others_than_those_to_units(self) -> None:
        organization = organization_named([("a", "")], ['see href="?unit=b" or href="?focus=b"'])

        text = begun(organization, PageRequest(ViewState(0), ENGLISH), kept={"view": "network"})

        assert "view=network" not in re.sub('href="[^"]*"', "", text)


class TestNames:
    def test_are_text_and_never_markup(self) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(len(HOSTILE)))]
        hostile, harmless = (
            read(organization_named(pairs, names), unit=1) for names in (HOSTILE, ["Harmless"])
        )

        for is_drawn in (False, True):
            tags = [
                {each.tag for each in page.elements if each.is_drawn is is_drawn}
                for page in (hostile, harmless)
            ]
            assert tags[0] == tags[1]
        attributes = [
            {name for each in page.elements for name in each.attributes}
            for page in (hostile, harmless)
        ]
        assert attributes[0] == attributes[1]
        names = [each.text for each in hostile.find("span", **{"class": "name"})]
        for name in HOSTILE:
            # A line break is the same to HTML whichever it is.
            assert name.strip().replace("\r", "") in [each.replace("\r", "") for each in names]

    @pytest.mark.parametrize("name", [*HOSTILE, *UNDRAWABLE, "", " "])
    def test_of_any_characters_open_a_page_that_can_be_sent(self, name: str) -> None:
        organization = organization_named([("top", ""), ("a", "top"), ("b", "top")], [name], [name])

        text = opened(organization, unit=1)

        assert document(text.encode().decode()).find_drawn("svg")

    @pytest.mark.parametrize(
        "unit", ["a\"b'c", "a&b=c", "<x>", "a b+c", "部/門", "?#%", *UNDRAWABLE]
    )
    def test_of_ids_lead_to_their_units(self, unit: str) -> None:
        organization = organization_named([("top", ""), (unit, "top")], ["Top", "Below"])

        page = read(organization)

        links = [each for each in page.find_drawn("a") if each.attributes["href"] != "?unit=top"]
        assert links
        for link in links:
            asked = parse_qs(link.attributes["href"].removeprefix("?"))
            assert organization.find(asked["unit"][0]) == 1


class TestAState:
    def test_is_seen_on_the_buttons(self, harbour: Organization) -> None:
        state = ViewState(view="network", layout=Layout.RADIAL, references="shown")
        page = document(begun(harbour, PageRequest(state, ENGLISH)))

        pressed = page.find("button", **{"aria-pressed": "true"})
        assert [each.attributes["data-value"] for each in pressed] == [
            "radial",
            "shown",
            "themes",
            "network",
        ]


def test_every_node_of_a_picture_is_a_link(iom: Organization) -> None:
    page = read(iom, layout=Layout.RADIAL)

    links = page.find_drawn("a")
    assert len(links) == 2 * len(tree_of(scope_of(iom), ENGLISH).nodes)
