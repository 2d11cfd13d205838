from __future__ import annotations

from typing import Any

import pytest
from dash.development.base_component import Component

from components.importing.import_tables import import_tables
from components.model.organization import Organization
from components.views import ids
from components.views.html_text import html_text
from components.views.page import summary
from components.views.stage import picture_id, stage, stage_id
from tests.english import ENGLISH
from tests.organizations import organization_of, tables, two_states
from tests.views.components import Content, attribute, find, kind, only, text_of, walk
from tests.views.pages import page_of

IDS = {value for name, value in vars(ids).items() if name.isupper()}
DIAGRAMS = (ids.SUNBURST, ids.NETWORK)
PLACES = {place(name) for name in DIAGRAMS for place in (picture_id, stage_id)}
"""The ids of the elements that hold the pictures and the living diagrams."""
PUBLIC_IDS = {"outline", "relations", "matrix", "panel", "breadcrumb", "search", "toolbar"}
"""Embedding pages and their scripts rely on these ids, and on those of the diagrams."""
LISTS = [
    ids.BREADCRUMB,
    ids.OUTLINE,
    ids.KEY,
    ids.RELATIONS,
    ids.MATRIX,
    *map(picture_id, DIAGRAMS),
]


def ids_of(content: Content) -> list[str]:
    """Return the ids of components, in order."""
    return [name for component in walk(content) if (name := attribute(component, "id"))]


def organization_with_metadata(**about: Any) -> Organization:
    """Return a single unit with this metadata."""
    return import_tables(tables([("a", "")], descriptor=about)).organization


def test_page_and_stage_have_every_id_exactly_once(harbour: Organization) -> None:
    of_another_day = page_of(harbour, current_day="Today")
    names = [*ids_of(of_another_day), *ids_of(stage())]

    assert sorted(names) == sorted((IDS | PLACES) - {ids.CHANGES})
    assert ids.CHANGES in ids_of(page_of(two_states()))


def test_has_a_link_to_the_current_day_on_another_day_only(harbour: Organization) -> None:
    assert text_of(only(page_of(harbour, current_day="Today"), id=ids.CURRENT_DAY)) == "Today"
    assert ids.CURRENT_DAY not in ids_of(page_of(harbour))


def test_has_the_ids_that_others_rely_on(harbour: Organization) -> None:
    assert set(ids_of(page_of(harbour))) >= PUBLIC_IDS
    assert set(ids_of(stage())) >= {"sunburst", "network"}


def test_is_html_only_and_contains_no_units(harbour: Organization) -> None:
    text = html_text(page_of(harbour))

    assert ">Harbour</h1>" in text
    assert "Pilotage Unit" not in text
    assert "Ada Marsh" not in text


def test_has_a_sentence_for_scripts_that_fail(harbour: Organization) -> None:
    sentence = only(page_of(harbour), id=ids.FAILURE)

    assert text_of(sentence) == ENGLISH("scripts-failed")
    assert attribute(sentence, "role") == "status"


class TestWhatIsShown:
    """Scripts fetch what the server has not written; ``data-shows`` tells them."""

    @pytest.mark.parametrize("name", LISTS)
    def test_by_lists_and_pictures_is_the_focus(self, harbour: Organization, name: str) -> None:
        for unit in (None, harbour.number["fire"]):
            element = only(page_of(harbour, unit=unit), id=name)
            assert attribute(element, "data-shows") == "harbour"

    @pytest.mark.parametrize(
        ("unit", "unknown_unit", "shows", "within"),
        [
            (None, "", "", None),
            ("fire", "", "fire", "harbour"),
            ("safety", "", "safety", "harbour"),
            ("harbour", "", "harbour", "harbour"),
            (None, "nobody", "nobody", None),
        ],
    )
    def test_by_the_panel_is_the_unit_and_where_it_is_visible(
        self,
        harbour: Organization,
        unit: str | None,
        unknown_unit: str,
        shows: str,
        within: str | None,
    ) -> None:
        number = None if unit is None else harbour.number[unit]

        panel = only(page_of(harbour, unknown_unit=unknown_unit, unit=number), id=ids.PANEL)

        assert attribute(panel, "data-shows") == shows
        assert attribute(panel, "data-within") == within


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
    assert expected in text_of(only(page_of(organization), "Header"))


class TestTheHeader:
    def test_names_the_organization_its_source_and_date(self, harbour: Organization) -> None:
        header = only(page_of(harbour), "Header")

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
        header = only(page_of(organization_with_metadata(sources=[source])), "Header")

        assert text_of(only(header, "P")).endswith(text)
        assert [attribute(link, "href") for link in find(header, "A")] == ([href] if href else [])

    def test_omits_an_unknown_source(self) -> None:
        assert (
            text_of(only(only(page_of(organization_with_metadata()), "Header"), "P"))
            == "1 unit, 1 level"
        )

    def test_has_the_title_as_text(self) -> None:
        title = '<script>alert(1)</script> & "x"'

        assert text_of(find(page_of(organization_with_metadata(title=title)), "H1")) == title


class TestAccessibility:
    def test_every_button_has_a_name(self, harbour: Organization) -> None:
        buttons = find(page_of(harbour), "Button")

        assert len(buttons) > 8
        assert [button for button in buttons if not name_of(button)] == []

    def test_every_landmark_has_a_unique_name(self, harbour: Organization) -> None:
        landmarks = [
            component
            for component in walk(page_of(harbour))
            if kind(component) in {"Section", "Aside"}
        ]
        names = [attribute(landmark, "aria-label") for landmark in landmarks]

        assert len(set(names) - {None}) == len(names) >= 4

    def test_there_is_one_main_landmark_and_one_h1_heading(self, harbour: Organization) -> None:
        assert len(find(page_of(harbour), "Main")) == 1
        assert len(find(page_of(harbour), "H1")) == 1

    def test_messages_are_announced(self, harbour: Organization) -> None:
        assert attribute(only(page_of(harbour), id=ids.NOTICE), "role") == "status"


def name_of(button: Component) -> str:
    label: str | None = attribute(button, "aria-label")
    return label or text_of(button)
