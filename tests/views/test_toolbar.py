from __future__ import annotations

import re

import pytest
from dash import html
from dash.development.base_component import Component

from components.diagrams.links import kind_class
from components.diagrams.style import Theme, stated_style
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.view_state import KEY_BY_NAME, Layout, ViewState
from components.views import ids
from components.views.toolbar import (
    legend,
    matrix_columns,
    network_switches,
    swatch_rules,
    toolbar,
    view_choice,
)
from tests.english import ENGLISH
from tests.organizations import organization_of
from tests.views.components import attribute, css, find, only, text_of, walk

PAIRS = [("board", ""), ("pay", "board")]
LAYOUTS = [("layout", "tree"), ("layout", "radial")]
VIEW = [("view", "both"), ("view", "sunburst"), ("view", "network"), ("view", "outline")]
MATRIX = ("view", "matrix")
LINKS, REFERENCES = ("links", "all"), ("references", "shown")


def choices_of(organization: Organization, **pressed: str) -> Component:
    """Return the choice of the view, and the options of the views."""
    index = OrganizationIndex(organization)
    return html.Div(
        [
            view_choice(index, pressed, ENGLISH),
            network_switches(organization, pressed, ENGLISH),
            matrix_columns(index, pressed, ENGLISH),
        ]
    )


def actions_of(organization: Organization) -> list[tuple[str, str]]:
    """Return the action and value of each button."""
    return [
        (attribute(button, "data-action"), attribute(button, "data-value"))
        for button in find(choices_of(organization), "Button")
    ]


class TestChoices:
    @pytest.mark.parametrize(
        ("side", "expected"),
        [
            ({}, [*VIEW, *LAYOUTS]),
            ({"relations": "from_id, to_id, kind\nboard, pay, supports"}, [*VIEW, *LAYOUTS, LINKS]),
            (
                {"references": "id, name\nr, Charter"},
                [*VIEW, MATRIX, *LAYOUTS, LINKS, REFERENCES],
            ),
            ({"themes": "id, name\nt, Money"}, [*VIEW, MATRIX, *LAYOUTS]),
        ],
        ids=["units alone", "relations", "references", "themes"],
    )
    def test_has_only_the_buttons_that_the_organization_needs(
        self, side: dict[str, str], expected: list[tuple[str, str]]
    ) -> None:
        assert actions_of(organization_of(PAIRS, **side)) == expected

    def test_has_all_buttons_for_the_harbour(self, harbour: Organization) -> None:
        assert actions_of(harbour) == [*VIEW, MATRIX, *LAYOUTS, LINKS, REFERENCES]

    def test_lists_the_columns_of_the_matrix(self, harbour: Organization) -> None:
        bar = choices_of(harbour, by="type")
        (label,) = find(bar, "Label")

        assert text_of(label) == "Columns Theme Framework Type"
        chosen = [option for option in find(label, "Option") if attribute(option, "selected")]
        assert [attribute(option, "value") for option in chosen] == ["type"]

    def test_has_a_name_for_each_button_and_group(self, harbour: Organization) -> None:
        bar = choices_of(harbour)

        names = [text_of(button) for button in find(bar, "Button")]
        assert len(set(names)) == len(names)
        assert "" not in names
        assert [attribute(component, "aria-label") for component in find(bar, role="group")] == [
            "View",
            "Network layout",
        ]
        assert {attribute(button, "type") for button in find(bar, "Button")} == {"button"}

    def test_shows_which_buttons_are_pressed(self, harbour: Organization) -> None:
        bar = choices_of(harbour, **ViewState(view="network", links="all").choices)

        pressed = find(bar, "Button", aria_pressed="true")
        assert [attribute(button, "data-value") for button in pressed] == [
            "network",
            "tree",
            "all",
        ]
        others = find(bar, "Button", aria_pressed="false")
        assert len(pressed) + len(others) == len(find(bar, "Button"))

    def test_presses_no_button_of_another_action_with_the_same_value(
        self, harbour: Organization
    ) -> None:
        bar = choices_of(harbour, layout="network", view="tree", by="all")

        assert find(bar, "Button", aria_pressed="true") == []

    def test_of_the_views_are_in_the_toolbar_above_the_breadcrumb(
        self, harbour: Organization
    ) -> None:
        parts = toolbar(OrganizationIndex(harbour), {}, {}, ENGLISH).children

        assert [parts[0].id, parts[-1].id] == [ids.VIEWS, ids.BREADCRUMB]

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
    def test_names_each_kind_of_link(self, harbour: Organization) -> None:
        words = [text_of(item) for item in find(legend(harbour, {}, ENGLISH), "Li")]

        assert words[:2] == ["Coordinates with", "Advises"]
        assert words[2].startswith("Share a framework")

    def test_has_no_lines_without_links(self) -> None:
        unlinked = organization_of(PAIRS)

        assert find(legend(unlinked, {}, ENGLISH), "Li") == []
        assert swatch_rules(unlinked) == ""

    def test_draws_a_line_in_the_colours_of_the_network(self) -> None:
        kinds = ["advises", "guards", "pays"]
        organization = organization_with_relations(*kinds)

        lines = find(legend(organization, {}, ENGLISH), "Li")
        assert len(lines) == len(kinds)
        for kind, line in zip(kinds, lines, strict=True):
            light, dark = (stated_style(kind, kinds).colour(theme) for theme in Theme)
            assert f"--line: light-dark({light}, {dark});" in rule_of(organization, line)

    @pytest.mark.parametrize(
        ("kind", "stops"),
        [
            ("coordinates_with", "var(--line) 0 1px"),
            ("supports", "var(--line) 0 10px, #0000 0 13px"),
        ],
    )
    def test_draws_a_line_with_the_dashes_of_the_network(self, kind: str, stops: str) -> None:
        organization = organization_with_relations(kind)
        (line,) = find(legend(organization, {}, ENGLISH), "Li")

        assert f"--stops: {stops} " in rule_of(organization, line)

    def test_has_no_style_attributes_because_the_policy_blocks_them(
        self, harbour: Organization
    ) -> None:
        assert [
            component
            for component in walk(legend(harbour, {}, ENGLISH))
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
