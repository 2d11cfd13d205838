from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest

from components.diagrams.tree import tree_of
from components.model.groups import Group
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import Layout, ViewState
from components.views import ids
from components.views.page import PageRequest
from components.views.stage import picture_id
from components.views.static_page import panel_text, static_page, static_parts, view_text
from components.words import languages
from tests.diagrams.drawings import HOSTILE, UNDRAWABLE
from tests.english import ENGLISH
from tests.organizations import FEW_ROWS, crowd, organization_named, scope_of
from tests.web.servers import Document, document

PARTS = (
    picture_id(ids.SUNBURST),
    picture_id(ids.NETWORK),
    ids.OUTLINE,
    ids.MATRIX,
    ids.RELATIONS,
    ids.PANEL,
    ids.BREADCRUMB,
    ids.TOOLBAR,
    ids.SEARCH,
)


def render_page(
    organization: Organization,
    request: PageRequest,
    scope: Scope | None = None,
    parameters: Mapping[str, str] | None = None,
) -> str:
    """Return the HTML text of the page before its scripts run."""
    scope = scope or scope_of(organization)
    index = OrganizationIndex(organization)
    contents = {
        ids.PANEL: panel_text(index, request),
        **view_text(index, scope, request.state, ENGLISH),
    }
    parts = static_parts(index, scope, request.state, ENGLISH)
    return static_page(index, request, parts, contents, parameters or {})


def render_state(organization: Organization, focus: int = 0, **state: Any) -> str:
    return render_page(
        organization, PageRequest(ViewState(**state), ENGLISH), scope_of(organization, focus)
    )


def parse_page(*arguments: Any, **state: Any) -> Document:
    return document(render_state(*arguments, **state))


def text_from(text: str, part: str) -> str:
    """Return the HTML text from the beginning of a part of the page."""
    return text[text.index(f'id="{part}"') :]


class TestThePage:
    def test_has_every_part_of_the_page_once(self, harbour: Organization) -> None:
        element_ids = [element.attributes.get("id") for element in parse_page(harbour).elements]

        for part in PARTS:
            assert element_ids.count(part) == 1, part
        non_empty = [element_id for element_id in element_ids if element_id]
        assert len(set(non_empty)) == len(non_empty)

    def test_has_both_pictures(self, harbour: Organization) -> None:
        classes = [picture.attributes["class"] for picture in parse_page(harbour).find_drawn("svg")]

        assert classes == ["sunburst-inset", "network-inset tree", "network-inset compact"]

    def test_names_every_unit_in_the_outline(self, iom: Organization) -> None:
        text = text_from(render_state(iom), ids.OUTLINE)

        for name in iom.units["name"]:
            assert html.escape(name) in text

    def test_has_the_selected_unit_in_the_panel(self, harbour: Organization) -> None:
        page = parse_page(harbour, unit=harbour.number["fire"])

        assert "Fire Service" in [heading.text.strip() for heading in page.find("h2")]
        assert [
            element.attributes["data-section"]
            for element in page.elements
            if "data-section" in element.attributes
        ] == [
            "responsibilities",
            "composition",
            "related",
            "references",
        ]

    def test_has_the_matrix_in_the_matrix_view(self, harbour: Organization) -> None:
        page = document(
            render_page(harbour, PageRequest(ViewState(view="matrix", by="references"), ENGLISH))
        )

        (table,) = page.find("table")
        assert table.attributes["data-by"] == "references"
        assert page.find("a", **{"data-column": "tides", "href": "?unit=pilots"})
        assert parse_page(harbour).find("table") == []

    def test_has_all_relations_in_the_outline_view_only(self, harbour: Organization) -> None:
        text = render_page(harbour, PageRequest(ViewState(view="outline"), ENGLISH))

        assert "drill together" in text_from(text, ids.RELATIONS)
        assert "drill together" not in render_state(harbour)

    def test_links_from_the_focus_to_its_parent(self, harbour: Organization) -> None:
        links = parse_page(harbour, harbour.number["safety"]).find(
            "a", **{"data-focus-on": "harbour"}
        )

        assert [link.attributes["href"] for link in links] == ["?focus=harbour"]

    def test_links_from_the_pictures_to_units_and_groups(self) -> None:
        organization = crowd()
        scope = scope_of(organization, room=FEW_ROWS)

        page = document(render_page(organization, PageRequest(ViewState(), ENGLISH), scope))

        links = {unquote(link.attributes["href"] or "") for link in page.find_drawn("a")}
        assert links == {
            *("?unit=port", "?unit=traffic", "?unit=safety"),
            *("?focus=port~<5~1-4", "?focus=port~<5~5-8", "?focus=port~<5~9-12"),
        }

    def test_of_a_group_links_to_its_units_and_its_parent(self) -> None:
        organization = crowd()
        scope = scope_of(organization, Group(0, 5, run=(1, 4)))
        request = PageRequest(ViewState(focus=Group(0, 5, run=(1, 4))), ENGLISH)

        page = document(render_page(organization, request, scope))

        links = {link.attributes["href"] for link in page.find_drawn("a")}
        units = {"?unit=a", "?unit=b", "?unit=c", "?unit=d"}
        assert links - {"?unit=port"} == {"?focus=port", *units}

    def test_links_to_existing_units_only(self, iom: Organization) -> None:
        for unit in (None, 3, 30):
            page = parse_page(iom, unit=unit)
            links = [*page.find("a"), *page.find_drawn("a")]
            for link in (link for link in links if "download" not in link.attributes):
                address = urlsplit(link.attributes["href"])
                if address.scheme or address.path:
                    assert address.scheme in {"http", "https", ""}
                    continue
                for key, values in parse_qs(address.query, strict_parsing=True).items():
                    assert key in {"unit", "focus", "lang"}
                    assert values[0] in (languages() if key == "lang" else iom.number)

    def test_has_no_inline_styles_and_handlers(self, iom: Organization) -> None:
        for element in parse_page(iom, unit=3, links="all", references="shown").elements:
            assert "style" not in element.attributes
            assert [name for name in element.attributes if name.startswith("on")] == []

    def test_has_style_rules_without_markup_and_imports(self, iom: Organization) -> None:
        index = OrganizationIndex(iom)
        state = ViewState(3, references="shown")
        styles = static_parts(index, scope_of(iom), state, ENGLISH).styles

        assert "<" not in styles
        assert styles.count("{") == styles.count("}")
        assert re.findall(r"url\(|@import", styles) == []


class TestLinks:
    PARAMETERS: Mapping[str, str] = {
        "unit": "fire", "focus": "safety", "view": "network", "layout": "radial", "theme": "dark",
        "lang": "en",
    }  # fmt: skip

    def test_change_one_parameter_and_keep_the_others(self, harbour: Organization) -> None:
        state = ViewState(harbour.number["fire"], layout=Layout.RADIAL)
        page = document(
            render_page(harbour, PageRequest(state, ENGLISH), scope_of(harbour, 4), self.PARAMETERS)
        )
        links = [*page.find("a"), *page.find_drawn("a")]
        queries = [
            dict(parse_qsl(link.attributes["href"][1:], strict_parsing=True))
            for link in links
            if link.attributes["href"].startswith("?")
        ]

        assert len(queries) > 10
        for parameters in queries:
            changed = {key for key in self.PARAMETERS if parameters[key] != self.PARAMETERS[key]}
            assert set(parameters) == set(self.PARAMETERS)
            assert changed in ({"unit"}, {"focus"}, {"lang"}, set())

    def test_are_rewritten_in_attributes_only(self) -> None:
        organization = organization_named([("a", "")], ['see href="?unit=b" or href="?focus=b"'])

        text = render_page(
            organization, PageRequest(ViewState(0), ENGLISH), parameters={"view": "network"}
        )

        assert "view=network" not in re.sub('href="[^"]*"', "", text)


class TestNames:
    def test_are_escaped(self) -> None:
        pairs = [("top", ""), *((f"n{number}", "top") for number in range(len(HOSTILE)))]
        hostile, harmless = (
            parse_page(organization_named(pairs, names), unit=1)
            for names in (HOSTILE, ["Harmless"])
        )

        for is_drawn in (False, True):
            tags = [
                {element.tag for element in page.elements if element.is_drawn is is_drawn}
                for page in (hostile, harmless)
            ]
            assert tags[0] == tags[1]
        attributes = [
            {name for element in page.elements for name in element.attributes}
            for page in (hostile, harmless)
        ]
        assert attributes[0] == attributes[1]
        names = [element.text for element in hostile.find("span", **{"class": "name"})]
        for name in HOSTILE:
            # HTML parsers normalise line breaks.
            assert name.strip().replace("\r", "") in [name.replace("\r", "") for name in names]

    @pytest.mark.parametrize("name", [*HOSTILE, *UNDRAWABLE, "", " "])
    def test_may_have_any_characters(self, name: str) -> None:
        organization = organization_named([("top", ""), ("a", "top"), ("b", "top")], [name], [name])

        text = render_state(organization, unit=1)

        assert document(text.encode().decode()).find_drawn("svg")

    @pytest.mark.parametrize(
        "unit", ["a\"b'c", "a&b=c", "<x>", "a b+c", "部/門", "?#%", *UNDRAWABLE]
    )
    def test_of_ids_are_quoted_in_links(self, unit: str) -> None:
        organization = organization_named([("top", ""), (unit, "top")], ["Top", "Below"])

        page = parse_page(organization)

        links = [link for link in page.find_drawn("a") if link.attributes["href"] != "?unit=top"]
        assert links
        for link in links:
            query = parse_qs(link.attributes["href"].removeprefix("?"))
            assert organization.find(query["unit"][0]) == 1


class TestTheState:
    def test_is_shown_by_the_pressed_buttons(self, harbour: Organization) -> None:
        state = ViewState(view="network", layout=Layout.RADIAL, references="shown")
        page = document(render_page(harbour, PageRequest(state, ENGLISH)))

        pressed = page.find("button", **{"aria-pressed": "true"})
        values = [button.attributes.get("data-value") for button in pressed]
        # The lines of the legend, which have no value, follow; they are all switched on.
        assert values[:3] == ["network", "radial", "shown"]
        assert set(values[3:]) == {None}


def test_every_node_of_both_pictures_is_a_link(iom: Organization) -> None:
    page = parse_page(iom, layout=Layout.RADIAL)

    links = page.find_drawn("a")
    assert len(links) == 2 * len(tree_of(scope_of(iom), ENGLISH).nodes)
