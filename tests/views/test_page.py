from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

from components.diagrams.network import network_stylesheet
from components.diagrams.style import Theme
from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.view_state import Layout
from components.views import ids
from components.views.page import page, summary
from tests.english import ENGLISH
from tests.organizations import organization_of, tables
from tests.views.components import attribute, find, kind, only, text_of, walk

IDS = {value for name, value in vars(ids).items() if name.isupper()}
PUBLIC_IDS = {"sunburst", "network", "outline", "panel", "breadcrumb", "search", "toolbar"}
"""Embedding pages and their scripts rely on these ids."""


def organization_with_metadata(**about: Any) -> Organization:
    """Return a single unit with this metadata."""
    return import_tables(tables([("a", "")], descriptor=about)).organization


@pytest.mark.parametrize("name", sorted(IDS))
def test_has_every_id_exactly_once(harbour: Organization, name: str) -> None:
    counts = Counter(attribute(component, "id") for component in walk(page(harbour, ENGLISH)))

    assert counts[name] == 1


def test_has_no_other_ids_and_all_public_ones(harbour: Organization) -> None:
    page_ids = {attribute(component, "id") for component in walk(page(harbour, ENGLISH))} - {None}

    assert page_ids == IDS
    assert page_ids >= PUBLIC_IDS


def test_is_plain_json(harbour: Organization) -> None:
    text = json.dumps(page(harbour, ENGLISH), cls=PlotlyJSONEncoder, allow_nan=False)

    assert '"Harbour"' in text


def test_contains_no_units(harbour: Organization) -> None:
    text = json.dumps(page(harbour, ENGLISH), cls=PlotlyJSONEncoder)

    assert "Pilotage Unit" not in text
    assert "Ada Marsh" not in text


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "")], "1 unit, 1 level"),
        ([("a", ""), ("b", "a")], "2 units, 2 levels"),
        ([("a", ""), ("b", "")], "2 units, 1 level"),
    ],
)
def test_has_the_size_of_the_organization(pairs: list[tuple[str, str]], expected: str) -> None:
    organization = organization_of(pairs)

    assert summary(organization, ENGLISH) == expected
    assert expected in text_of(only(page(organization, ENGLISH), "Header"))


class TestTheHeader:
    def test_names_the_organization_its_source_and_date(self, harbour: Organization) -> None:
        header = only(page(harbour, ENGLISH), "Header")

        assert text_of(only(header, "H1")) == "Harbour"
        for text in ("7 units, 3 levels", "Source: Harbour handbook", "as of May 4, 2026"):
            assert text in text_of(only(header, "P"))
        assert attribute(only(header, "A"), "href") == "https://harbour.example/handbook"

    @pytest.mark.parametrize(
        ("source", "text", "href"),
        [
            ({"title": "Handbook"}, "Source: Handbook", None),
            ({"path": "https://x.example/"}, "Source: https://x.example/", "https://x.example/"),
            ({"title": "Handbook", "path": "javascript:alert(1)"}, "Source: Handbook", None),
        ],
    )
    def test_has_the_title_or_the_address_of_the_source(
        self, source: dict[str, str], text: str, href: str | None
    ) -> None:
        header = only(page(organization_with_metadata(sources=[source]), ENGLISH), "Header")

        assert text_of(only(header, "P")).endswith(text)
        assert [attribute(link, "href") for link in find(header, "A")] == ([href] if href else [])

    def test_omits_an_unknown_source(self) -> None:
        assert (
            text_of(only(only(page(organization_with_metadata(), ENGLISH), "Header"), "P"))
            == "1 unit, 1 level"
        )

    def test_has_the_title_as_text(self) -> None:
        title = '<script>alert(1)</script> & "x"'

        assert text_of(find(page(organization_with_metadata(title=title), ENGLISH), "H1")) == title


class TestAccessibility:
    def test_every_button_has_a_name(self, harbour: Organization) -> None:
        buttons = find(page(harbour, ENGLISH), "Button")

        assert len(buttons) > 8
        assert [button for button in buttons if not name_of(button)] == []

    def test_every_landmark_has_a_unique_name(self, harbour: Organization) -> None:
        landmarks = [
            component
            for component in walk(page(harbour, ENGLISH))
            if kind(component) in {"Section", "Aside"}
        ]
        names = [attribute(landmark, "aria-label") for landmark in landmarks]

        assert len(set(names) - {None}) == len(names) >= 4

    def test_there_is_one_main_landmark_and_one_h1_heading(self, harbour: Organization) -> None:
        assert len(find(page(harbour, ENGLISH), "Main")) == 1
        assert len(find(page(harbour, ENGLISH), "H1")) == 1

    def test_messages_are_announced(self, harbour: Organization) -> None:
        assert attribute(only(page(harbour, ENGLISH), id=ids.NOTICE), "role") == "status"


def name_of(button: Component) -> str:
    label: str | None = attribute(button, "aria-label")
    return label or text_of(button)


class TestTheDiagrams:
    def test_are_empty_until_fragments_fill_them(self, harbour: Organization) -> None:
        assert attribute(only(page(harbour, ENGLISH), id=ids.SUNBURST), "figure")["data"] == []
        assert attribute(only(page(harbour, ENGLISH), id=ids.NETWORK), "elements") == []

    def test_have_a_stylesheet_for_each_theme_and_layout(self, harbour: Organization) -> None:
        store = only(page(harbour, ENGLISH), id=ids.NETWORK_STYLE)
        sheets = attribute(store, "data")["sheets"]

        assert sheets == {
            theme: {
                layout: network_stylesheet(layout, theme, ["coordinates_with", "advises"])
                for layout in Layout
            }
            for theme in Theme
        }

    def test_have_no_toolbar_of_plotly_and_no_storage_in_the_browser(
        self, harbour: Organization
    ) -> None:
        graph = only(page(harbour, ENGLISH), id=ids.SUNBURST)

        assert attribute(graph, "config")["displayModeBar"] is False
        for component in walk(page(harbour, ENGLISH)):
            assert attribute(component, "persistence") is None
            assert attribute(component, "storage_type") in {None, "memory"}
