from __future__ import annotations

import re

import pytest

from components.diagrams.network import Layout
from components.diagrams.style import Theme, stated_style
from components.model.organization import Organization
from components.views import ids
from components.views.toolbar import LAYOUTS, VIEWS, legend, toolbar
from tests.organizations import organization_of
from tests.views.components import attribute, find, only, text_of

PAIRS = [("board", ""), ("pay", "board")]
ALWAYS = [("layout", "tree"), ("layout", "radial")]
VIEW = [("view", "both"), ("view", "sunburst"), ("view", "network"), ("view", "outline")]
LINKS, REFERENCES = ("links", "all"), ("references", "shown")


def switches(organization: Organization) -> list[tuple[str, str]]:
    """Return what each button sets, and to what."""
    return [
        (attribute(each, "data-action"), attribute(each, "data-value"))
        for each in find(toolbar(organization), "Button")
    ]


class TestToolbar:
    @pytest.mark.parametrize(
        ("side", "more"),
        [
            ({}, []),
            ({"relations": "from_id, to_id, kind\nboard, pay, supports"}, [LINKS]),
            ({"references": "id, name\nr, Charter"}, [LINKS, REFERENCES]),
        ],
        ids=["units alone", "relations", "references"],
    )
    def test_has_buttons_only_for_what_the_organization_has(
        self, side: dict[str, str], more: list[tuple[str, str]]
    ) -> None:
        assert switches(organization_of(PAIRS, **side)) == [*ALWAYS, *more, *VIEW]

    def test_has_them_all_for_the_harbour(self, harbour: Organization) -> None:
        assert switches(harbour) == [*ALWAYS, LINKS, REFERENCES, *VIEW]

    def test_names_its_buttons_and_their_groups(self, harbour: Organization) -> None:
        bar = toolbar(harbour)

        names = [text_of(each) for each in find(bar, "Button")]
        assert len(set(names)) == len(names)
        assert "" not in names
        assert [attribute(each, "aria-label") for each in find(bar, role="group")] == [
            "Layout of the network",
            "View",
        ]
        assert {attribute(each, "aria-pressed") for each in find(bar, "Button")} == {"false"}
        assert {attribute(each, "type") for each in find(bar, "Button")} == {"button"}

    def test_holds_the_way_to_the_top(self, harbour: Organization) -> None:
        assert len(find(toolbar(harbour), "Nav", id=ids.BREADCRUMB)) == 1

    def test_offers_layouts_and_views_that_there_are(self) -> None:
        assert {value for value, _ in LAYOUTS} < set(Layout)
        assert len(dict(VIEWS)) == len(VIEWS)


class TestLegend:
    def test_says_what_an_angle_means(self, harbour: Organization) -> None:
        assert re.search("Angle: .*lowest-level units", text_of(find(legend(harbour, []), "P")))

    def test_names_each_kind_of_link_that_there_is(self, harbour: Organization) -> None:
        lines = find(legend(harbour, ["coordinates_with", "advises"]), "Li")
        words = [text_of(each) for each in lines]

        assert words[:2] == ["Coordinates with", "Advises"]
        assert words[2].startswith("Same framework")

    def test_has_no_lines_where_nothing_is_linked(self) -> None:
        assert find(legend(organization_of(PAIRS), []), "Li") == []

    def test_draws_a_line_in_the_colours_of_the_network(self, harbour: Organization) -> None:
        kinds = ["advises", "guards", "pays"]

        for kind, line in zip(kinds, find(legend(harbour, kinds), "Li"), strict=False):
            style = attribute(only(line, css="swatch"), "style")
            for theme in Theme:
                assert style[f"--swatch-{theme}"] == stated_style(kind, kinds).colour(theme)

    @pytest.mark.parametrize(
        ("kind", "stops"),
        [
            ("coordinates_with", "var(--swatch) 0px 1px"),
            ("supports", "var(--swatch) 0px 10px, transparent 10px 13px"),
        ],
    )
    def test_draws_a_line_with_the_dashes_of_the_network(self, kind: str, stops: str) -> None:
        (line,) = find(legend(organization_of(PAIRS), [kind]), "Li")

        assert attribute(only(line, css="swatch"), "style")["--swatch-line"] == (
            f"repeating-linear-gradient(90deg, {stops})"
        )
