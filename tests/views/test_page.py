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
PROMISED = {"sunburst", "network", "outline", "panel", "breadcrumb", "search", "toolbar"}
"""Pages and scripts of others rely on these."""


def named(**about: Any) -> Organization:
    """Return a small organization with what it says of itself."""
    return import_tables(tables([("a", "")], descriptor=about)).organization


@pytest.mark.parametrize("name", sorted(IDS))
def test_has_every_id_exactly_once(harbour: Organization, name: str) -> None:
    found = Counter(attribute(each, "id") for each in walk(page(harbour, ENGLISH)))

    assert found[name] == 1


def test_has_no_ids_but_those_and_the_ones_that_others_rely_on(harbour: Organization) -> None:
    found = {attribute(each, "id") for each in walk(page(harbour, ENGLISH))} - {None}

    assert found == IDS
    assert found >= PROMISED


def test_is_plain_json(harbour: Organization) -> None:
    text = json.dumps(page(harbour, ENGLISH), cls=PlotlyJSONEncoder, allow_nan=False)

    assert '"Harbour"' in text


def test_holds_nothing_of_any_unit(harbour: Organization) -> None:
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
def test_says_how_large_the_organization_is(pairs: list[tuple[str, str]], expected: str) -> None:
    organization = organization_of(pairs)

    assert summary(organization, ENGLISH) == expected
    assert expected in text_of(only(page(organization, ENGLISH), "Header"))


class TestTheHeader:
    def test_names_the_organization_its_source_and_date(self, harbour: Organization) -> None:
        header = only(page(harbour, ENGLISH), "Header")

        assert text_of(only(header, "H1")) == "Harbour"
        for said in ("7 units, 3 levels", "Source: Harbour handbook", "as of May 4, 2026"):
            assert said in text_of(only(header, "P"))
        assert attribute(only(header, "A"), "href") == "https://harbour.example/handbook"

    @pytest.mark.parametrize(
        ("source", "said", "href"),
        [
            ({"title": "Handbook"}, "Source: Handbook", None),
            ({"path": "https://x.example/"}, "Source: https://x.example/", "https://x.example/"),
            ({"title": "Handbook", "path": "javascript:alert(1)"}, "Source: Handbook", None),
        ],
    )
    def test_says_what_is_known_of_the_source(
        self, source: dict[str, str], said: str, href: str | None
    ) -> None:
        header = only(page(named(sources=[source]), ENGLISH), "Header")

        assert text_of(only(header, "P")).endswith(said)
        assert [attribute(each, "href") for each in find(header, "A")] == ([href] if href else [])

    def test_says_nothing_of_a_source_that_is_not_known(self) -> None:
        assert text_of(only(only(page(named(), ENGLISH), "Header"), "P")) == "1 unit, 1 level"

    def test_takes_a_title_as_it_is(self) -> None:
        title = '<script>alert(1)</script> & "x"'

        assert text_of(find(page(named(title=title), ENGLISH), "H1")) == title


class TestForEveryReader:
    def test_every_button_has_a_name(self, harbour: Organization) -> None:
        buttons = find(page(harbour, ENGLISH), "Button")

        assert len(buttons) > 8
        assert [each for each in buttons if not name_of(each)] == []

    def test_each_part_of_the_page_has_a_name_of_its_own(self, harbour: Organization) -> None:
        landmarks = [
            each for each in walk(page(harbour, ENGLISH)) if kind(each) in {"Section", "Aside"}
        ]
        names = [attribute(each, "aria-label") for each in landmarks]

        assert len(set(names) - {None}) == len(names) >= 4

    def test_there_is_one_main_part_and_one_heading_of_the_first_level(
        self, harbour: Organization
    ) -> None:
        assert len(find(page(harbour, ENGLISH), "Main")) == 1
        assert len(find(page(harbour, ENGLISH), "H1")) == 1

    def test_messages_are_announced(self, harbour: Organization) -> None:
        assert attribute(only(page(harbour, ENGLISH), id=ids.NOTICE), "role") == "status"


def name_of(button: Component) -> str:
    label: str | None = attribute(button, "aria-label")
    return label or text_of(button)


class TestTheDiagrams:
    def test_come_empty_and_are_filled_by_fragments(self, harbour: Organization) -> None:
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

    def test_send_nothing_to_a_cloud_and_keep_nothing_in_the_browser(
        self, harbour: Organization
    ) -> None:
        graph = only(page(harbour, ENGLISH), id=ids.SUNBURST)

        assert attribute(graph, "config")["displayModeBar"] is False
        for each in walk(page(harbour, ENGLISH)):
            assert attribute(each, "persistence") is None
            assert attribute(each, "storage_type") in {None, "memory"}
