from __future__ import annotations

import re

import pytest
from dash.development.base_component import Component

from components.diagrams.network import kind_class
from components.diagrams.style import Theme, stated_style
from components.model.organization import Organization
from components.view_state import KEY_BY_NAME, Layout, ViewState
from components.views import ids
from components.views.toolbar import legend, swatch_rules, toolbar
from tests.english import ENGLISH
from tests.organizations import organization_of, units_with_gaps
from tests.views.components import attribute, css, find, only, text_of, walk

PAIRS = [("board", ""), ("pay", "board")]
ALWAYS = [("layout", "tree"), ("layout", "radial")]
VIEW = [("view", "both"), ("view", "sunburst"), ("view", "network"), ("view", "outline")]
MATRIX = ("view", "matrix")
COLUMNS = [("by", "themes"), ("by", "references")]
LINKS, REFERENCES = ("links", "all"), ("references", "shown")


def switches(organization: Organization) -> list[tuple[str, str]]:
    """Return what each button sets, and to what."""
    return [
        (attribute(each, "data-action"), attribute(each, "data-value"))
        for each in find(toolbar(organization, {}, ENGLISH), "Button")
    ]


class TestToolbar:
    @pytest.mark.parametrize(
        ("side", "more"),
        [
            ({}, VIEW),
            ({"relations": "from_id, to_id, kind\nboard, pay, supports"}, [LINKS, *VIEW]),
            ({"references": "id, name\nr, Charter"}, [LINKS, REFERENCES, *VIEW, MATRIX]),
            ({"themes": "id, name\nt, Money"}, [*VIEW, MATRIX]),
        ],
        ids=["units alone", "relations", "references", "themes"],
    )
    def test_has_buttons_only_for_what_the_organization_has(
        self, side: dict[str, str], more: list[tuple[str, str]]
    ) -> None:
        assert switches(organization_of(PAIRS, **side)) == [*ALWAYS, *more]

    def test_has_them_all_for_the_harbour(self, harbour: Organization) -> None:
        assert switches(harbour) == [*ALWAYS, LINKS, REFERENCES, *COLUMNS, *VIEW, MATRIX]

    def test_names_its_buttons_and_their_groups(self, harbour: Organization) -> None:
        bar = toolbar(harbour, {}, ENGLISH)

        names = [text_of(each) for each in find(bar, "Button")]
        assert len(set(names)) == len(names)
        assert "" not in names
        assert [attribute(each, "aria-label") for each in find(bar, role="group")] == [
            "Network layout",
            "Matrix columns",
            "View",
        ]
        assert {attribute(each, "type") for each in find(bar, "Button")} == {"button"}

    def test_shows_which_buttons_are_pressed(self, harbour: Organization) -> None:
        bar = toolbar(harbour, ViewState(view="network", links="all").choices, ENGLISH)

        pressed = find(bar, "Button", aria_pressed="true")
        assert [attribute(each, "data-value") for each in pressed] == [
            "tree",
            "all",
            "themes",
            "network",
        ]
        others = find(bar, "Button", aria_pressed="false")
        assert len(pressed) + len(others) == len(find(bar, "Button"))

    def test_presses_no_button_of_another_part_with_the_same_value(
        self, harbour: Organization
    ) -> None:
        bar = toolbar(harbour, {"layout": "network", "view": "tree", "by": "all"}, ENGLISH)

        assert find(bar, "Button", aria_pressed="true") == []

    def test_holds_the_way_to_the_top(self, harbour: Organization) -> None:
        assert len(find(toolbar(harbour, {}, ENGLISH), "Nav", id=ids.BREADCRUMB)) == 1

    def test_offers_layouts_and_views_that_there_are(self) -> None:
        assert set(KEY_BY_NAME["layout"].values) < set(Layout)
        assert len(set(KEY_BY_NAME["view"].values)) == len(KEY_BY_NAME["view"].values)


def linked_by(*kinds: str) -> Organization:
    """Return an organization with these kinds of stated relation, and nothing else."""
    rows = "\n".join(f"board, pay, {kind}" for kind in kinds)
    return organization_of(PAIRS, relations=f"from_id, to_id, kind\n{rows}")


def rule_of(organization: Organization, line: Component) -> str:
    """Return the rule of style for the swatch of a line of the legend."""
    (name,) = set(css(only(line, css="swatch"))) - {"swatch"}
    rules = swatch_rules(organization).splitlines()
    (rule,) = (rule for rule in rules if rule.startswith(f".swatch.{name} {{"))
    return rule


class TestLegend:
    def test_says_what_an_angle_means(self, harbour: Organization) -> None:
        assert "Wider = more units" in text_of(find(legend(harbour, ENGLISH), "P"))

    def test_names_each_kind_of_link_that_there_is(self, harbour: Organization) -> None:
        words = [text_of(each) for each in find(legend(harbour, ENGLISH), "Li")]

        assert words[:2] == ["Coordinates with", "Advises"]
        assert words[2].startswith("Share a framework")

    def test_has_words_for_what_no_record_describes(self) -> None:
        told = only(legend(units_with_gaps(), ENGLISH), "P", css="placeholders")

        assert text_of(told) == "Named as a parent, but not in the table"

    def test_has_no_lines_where_nothing_is_linked(self) -> None:
        unlinked = organization_of(PAIRS)

        assert find(legend(unlinked, ENGLISH), "Li") == []
        assert swatch_rules(unlinked) == ""

    def test_draws_a_line_in_the_colours_of_the_network(self) -> None:
        kinds = ["advises", "guards", "pays"]
        organization = linked_by(*kinds)

        lines = find(legend(organization, ENGLISH), "Li")
        assert len(lines) == len(kinds)
        for kind, line in zip(kinds, lines, strict=True):
            light, dark = (stated_style(kind, kinds).colour(theme) for theme in Theme)
            assert f"--line: light-dark({light}, {dark});" in rule_of(organization, line)

    @pytest.mark.parametrize(
        ("kind", "stops"),
        [
            ("coordinates_with", "var(--line) 0px 1px"),
            ("supports", "var(--line) 0px 10px, transparent 10px 13px"),
        ],
    )
    def test_draws_a_line_with_the_dashes_of_the_network(self, kind: str, stops: str) -> None:
        organization = linked_by(kind)
        (line,) = find(legend(organization, ENGLISH), "Li")

        assert f"background: repeating-linear-gradient(90deg, {stops}) " in rule_of(
            organization, line
        )

    def test_needs_no_style_attribute_which_the_policy_would_block(
        self, harbour: Organization
    ) -> None:
        assert [each for each in walk(legend(harbour, ENGLISH)) if attribute(each, "style")] == []

    @pytest.mark.parametrize(
        "kind", ["}</style><script>alert(1)</script>", "a b", "/*", '"', "\\", "Ü部", "swatch"]
    )
    def test_makes_no_style_and_no_markup_from_a_kind(self, kind: str) -> None:
        organization, twin = (
            linked_by(f'"{kind.replace(chr(34), chr(34) * 2)}"'),
            linked_by("harmless"),
        )

        rules = swatch_rules(organization)

        assert organization.relation_kinds == (kind,)
        name = kind_class(kind)
        assert re.fullmatch("[a-z][-a-z0-9]*", name)
        assert rules.replace(name, kind_class("harmless")) == swatch_rules(twin)
