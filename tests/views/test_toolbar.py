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


def actions_of(organization: Organization) -> list[tuple[str, str]]:
    """Return the action and value of each button."""
    return [
        (attribute(button, "data-action"), attribute(button, "data-value"))
        for button in find(toolbar(organization, {}, {}, ENGLISH), "Button")
    ]


class TestToolbar:
    @pytest.mark.parametrize(
        ("side", "expected"),
        [
            ({}, VIEW),
            ({"relations": "from_id, to_id, kind\nboard, pay, supports"}, [LINKS, *VIEW]),
            ({"references": "id, name\nr, Charter"}, [LINKS, REFERENCES, *VIEW, MATRIX]),
            ({"themes": "id, name\nt, Money"}, [*VIEW, MATRIX]),
        ],
        ids=["units alone", "relations", "references", "themes"],
    )
    def test_has_only_the_buttons_that_the_organization_needs(
        self, side: dict[str, str], expected: list[tuple[str, str]]
    ) -> None:
        assert actions_of(organization_of(PAIRS, **side)) == [*ALWAYS, *expected]

    def test_has_all_buttons_for_the_harbour(self, harbour: Organization) -> None:
        assert actions_of(harbour) == [*ALWAYS, LINKS, REFERENCES, *COLUMNS, *VIEW, MATRIX]

    def test_has_a_name_for_each_button_and_group(self, harbour: Organization) -> None:
        bar = toolbar(harbour, {}, {}, ENGLISH)

        names = [text_of(button) for button in find(bar, "Button")]
        assert len(set(names)) == len(names)
        assert "" not in names
        assert [attribute(component, "aria-label") for component in find(bar, role="group")] == [
            "Network layout",
            "Matrix columns",
            "View",
        ]
        assert {attribute(button, "type") for button in find(bar, "Button")} == {"button"}

    def test_shows_which_buttons_are_pressed(self, harbour: Organization) -> None:
        bar = toolbar(harbour, ViewState(view="network", links="all").choices, {}, ENGLISH)

        pressed = find(bar, "Button", aria_pressed="true")
        assert [attribute(button, "data-value") for button in pressed] == [
            "tree",
            "all",
            "themes",
            "network",
        ]
        others = find(bar, "Button", aria_pressed="false")
        assert len(pressed) + len(others) == len(find(bar, "Button"))

    def test_presses_no_button_of_another_action_with_the_same_value(
        self, harbour: Organization
    ) -> None:
        bar = toolbar(harbour, {"layout": "network", "view": "tree", "by": "all"}, {}, ENGLISH)

        assert find(bar, "Button", aria_pressed="true") == []

    def test_contains_the_breadcrumb(self, harbour: Organization) -> None:
        assert len(find(toolbar(harbour, {}, {}, ENGLISH), "Nav", id=ids.BREADCRUMB)) == 1

    def test_offers_existing_layouts_and_unique_views(self) -> None:
        assert set(KEY_BY_NAME["layout"].values) < set(Layout)
        assert len(set(KEY_BY_NAME["view"].values)) == len(KEY_BY_NAME["view"].values)


def organization_with_relations(*kinds: str) -> Organization:
    """Return an organization with a stated relation of each kind."""
    rows = "\n".join(f"board, pay, {kind}" for kind in kinds)
    return organization_of(PAIRS, relations=f"from_id, to_id, kind\n{rows}")


def rule_of(organization: Organization, line: Component) -> str:
    """Return the style rule of the swatch in a line of the legend."""
    (name,) = set(css(only(line, css="swatch"))) - {"swatch"}
    rules = swatch_rules(organization).splitlines()
    (rule,) = (rule for rule in rules if rule.startswith(f".swatch.{name} {{"))
    return rule


class TestLegend:
    def test_explains_the_angles(self, harbour: Organization) -> None:
        assert "Wider = more units" in text_of(find(legend(harbour, ENGLISH), "P"))

    def test_names_each_kind_of_link(self, harbour: Organization) -> None:
        words = [text_of(item) for item in find(legend(harbour, ENGLISH), "Li")]

        assert words[:2] == ["Coordinates with", "Advises"]
        assert words[2].startswith("Share a framework")

    def test_explains_placeholders(self) -> None:
        explanation = only(legend(units_with_gaps(), ENGLISH), "P", css="placeholders")

        assert text_of(explanation) == "Named as a parent, but not in the table"

    def test_has_no_lines_without_links(self) -> None:
        unlinked = organization_of(PAIRS)

        assert find(legend(unlinked, ENGLISH), "Li") == []
        assert swatch_rules(unlinked) == ""

    def test_draws_a_line_in_the_colours_of_the_network(self) -> None:
        kinds = ["advises", "guards", "pays"]
        organization = organization_with_relations(*kinds)

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
        organization = organization_with_relations(kind)
        (line,) = find(legend(organization, ENGLISH), "Li")

        assert f"background: repeating-linear-gradient(90deg, {stops}) " in rule_of(
            organization, line
        )

    def test_has_no_style_attributes_because_the_policy_blocks_them(
        self, harbour: Organization
    ) -> None:
        assert [
            component
            for component in walk(legend(harbour, ENGLISH))
            if attribute(component, "style")
        ] == []

    @pytest.mark.parametrize(
        "kind", ["}</style><script>alert(1)</script>", "a b", "/*", '"', "\\", "Ü部", "swatch"]
    )
    def test_escapes_the_names_of_kinds(self, kind: str) -> None:
        organization, harmless = (
            organization_with_relations(f'"{kind.replace(chr(34), chr(34) * 2)}"'),
            organization_with_relations("harmless"),
        )

        rules = swatch_rules(organization)

        assert organization.relation_kinds == (kind,)
        name = kind_class(kind)
        assert re.fullmatch("[a-z][-a-z0-9]*", name)
        assert rules.replace(name, kind_class("harmless")) == swatch_rules(harmless)
