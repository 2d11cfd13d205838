from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.diagrams.inset import NETWORK_PADDING, RADIUS, sunburst_rules
from components.diagrams.labels import sector_labels
from components.diagrams.network import network_elements
from components.diagrams.sunburst import RADII
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from components.model.scope import Scope, scope_of
from components.view_state import Layout, ViewState
from tests.diagrams.drawings import (
    HOSTILE,
    ROUNDING,
    UNDRAWABLE,
    Drawing,
    extends_beyond,
    network_inset,
    parse_svg,
    pictured_scopes,
    sector_of,
    sunburst_inset,
    views,
    without_rounding,
)
from tests.diagrams.shapes import overlaps
from tests.english import ENGLISH
from tests.organizations import organization_named, organization_of

LAYOUTS = (Layout.TREE, Layout.RADIAL)


def networks(scope: Scope, state: ViewState, **options: dict[str, str]) -> dict[str, Drawing]:
    """Return the drawings of a network by their layout."""
    text, _ = network_inset(tree_of(scope, ENGLISH), state, **options)
    drawings = [parse_svg(svg) for svg in re.findall("<svg.*?</svg>", text, re.DOTALL)]
    return {each.root.attrib["class"].removeprefix("network-inset "): each for each in drawings}


def numbers(rules: str) -> dict[str, float]:
    image = re.findall(r"--([-a-z]+): (-?[\d.]+)", rules)
    return {name: float(number) for name, number in image}


class TestSunburst:
    def test_has_the_labels_of_every_radius(self, iom: Organization) -> None:
        root = parse_svg(sunburst_inset(tree_of(scope_of(iom), ENGLISH), ViewState())).root
        groups = {each.attrib["class"]: each for each in root if each.tag == "g"}

        assert list(groups) == [f"labels labels-{radius}" for radius in RADII]
        for radius, group in zip(RADII, groups.values(), strict=True):
            labels = sector_labels(tree_of(scope_of(iom), ENGLISH), radius)
            assert {text.attrib["data-key"] for text in group} == set(labels)
            scale = float(group.attrib["transform"].removeprefix("scale(").removesuffix(")"))
            assert scale * radius == pytest.approx(RADIUS, abs=0.05)

    @settings(max_examples=15)
    @given(st.data())
    def test_has_labels_inside_their_sectors_that_do_not_overlap(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        image = parse_svg(sunburst_inset(tree_of(scope, ENGLISH), data.draw(views(scope))))
        sectors = {key: sector_of(path.outline) for key, path in image.shapes.items()}
        begins = [at for at, text in enumerate(image.texts) if text.key == image.texts[0].key]

        for begin, end in zip(begins, [*begins[1:], len(image.texts)], strict=True):
            texts = image.texts[begin:end]
            assert overlaps(without_rounding(text.box) for text in texts) == []
            assert [text.key for text in texts if extends_beyond(text, sectors[text.key])] == []

    def test_fills_its_view_box(self, harbour: Organization) -> None:
        image = parse_svg(sunburst_inset(tree_of(scope_of(harbour), ENGLISH), ViewState(3)))

        assert image.view_box == (-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)
        assert image.outside() == []
        assert max(sector_of(each.outline).outer for each in image.shapes.values()) == RADIUS

    def test_has_rules_that_show_the_labels_of_one_radius_alone(self) -> None:
        """The rule for a radius shows its labels and hides those of the next smaller one."""
        rules = sunburst_rules().splitlines()

        assert rules[0] == ".sunburst-inset .labels { display: none }"
        assert len(rules) == 1 + len(RADII)
        for smaller, radius, rule in zip((0, *RADII), RADII, rules[1:], strict=False):
            assert f".labels-{radius} {{ display: inline }}" in rule
            assert f".labels-{smaller} {{ display: none }}" in rule
            # Plotly leaves 4 pixels on each side.
            assert f"(min-width: {2 * radius + 8}px) and (min-height: {2 * radius + 8}px)" in rule

    def test_has_the_colours_of_both_themes(self, harbour: Organization) -> None:
        for path in parse_svg(
            sunburst_inset(tree_of(scope_of(harbour), ENGLISH), ViewState())
        ).root.iter("path"):
            assert path.attrib["stroke"] == "light-dark(#ffffff, #12171f)"
            assert path.attrib["vector-effect"] == "non-scaling-stroke"


class TestNetwork:
    @pytest.mark.parametrize(
        ("layout", "drawn"),
        [(Layout.TREE, ["tree", "compact"]), (Layout.RADIAL, ["radial"])],
    )
    def test_draws_a_tree_with_full_and_with_short_names(
        self, harbour: Organization, layout: Layout, drawn: list[str]
    ) -> None:
        assert list(networks(scope_of(harbour), ViewState(layout=layout))) == drawn

    def test_has_nodes_at_the_positions_of_the_page(self, iom: Organization) -> None:
        for layout in LAYOUTS:
            for name, image in networks(scope_of(iom), ViewState(layout=layout)).items():
                for each in network_elements(tree_of(scope_of(iom), ENGLISH)):
                    if "unit" in each["data"]:
                        at, box = each["data"][name], image.shapes[each["data"]["id"]].box
                        assert (box.x, box.y) == pytest.approx((at["x"], at["y"]), abs=0.02)

    @settings(max_examples=20)
    @given(st.data())
    def test_has_every_shape_in_the_view_box(self, data: st.DataObject) -> None:
        """A corner of a slanted label may reach a little further, as it may on the page."""
        scope = data.draw(pictured_scopes())
        for image in networks(scope, data.draw(views(scope, LAYOUTS))).values():
            left, top, width, height = image.view_box
            for key in image.labels:
                one, above, other, below = image.shapes[key].edges
                assert left - ROUNDING <= one <= other <= left + width + ROUNDING
                assert top - ROUNDING <= above <= below <= top + height + ROUNDING

    @settings(max_examples=20)
    @given(st.data())
    def test_has_rules_with_its_size_and_its_centre(self, data: st.DataObject) -> None:
        scope = data.draw(pictured_scopes())
        state = data.draw(views(scope, LAYOUTS))
        _, rules = network_inset(tree_of(scope, ENGLISH), state)
        drawings = networks(scope, state)

        for name, image in drawings.items():
            (rule,) = (
                each
                for each in rules.splitlines()
                if each.startswith(f".network-inset.{name} {{ --")
            )
            variables = numbers(rule)
            left, top, width, height = image.view_box
            assert (variables["width"], variables["height"]) == pytest.approx(
                (width, height), abs=0.011
            )
            tree = tree_of(scope, ENGLISH)
            key = f"u{state.unit}" if f"u{state.unit}" in tree.by_key else tree.focus.key
            box = image.shapes[key].box
            assert left + variables["middle-x"] * width == pytest.approx(box.x, abs=0.001 * width)
            assert top + variables["middle-y"] * height == pytest.approx(box.y, abs=0.001 * height)

    def test_shows_full_names_where_they_fit(self, iom: Organization) -> None:
        _, rules = network_inset(tree_of(scope_of(iom), ENGLISH), ViewState())
        (_, _, width, height) = networks(scope_of(iom), ViewState())["tree"].view_box
        (room,) = re.findall(
            r"@container \(min-width: ([\d.]+)px\) and \(min-height: ([\d.]+)px\)", rules
        )

        for needed, side in zip(map(float, room), (width, height), strict=True):
            assert needed == pytest.approx(side * 10 / 11 + 2 * NETWORK_PADDING, abs=0.02)
        assert ".network-inset.tree { display: none }" in rules

    def test_needs_no_size_query_in_the_radial_layout(self, iom: Organization) -> None:
        _, rules = network_inset(tree_of(scope_of(iom), ENGLISH), ViewState(layout=Layout.RADIAL))

        assert "@container" not in rules
        assert "display" not in rules


class TestBothDiagrams:
    @staticmethod
    def drawn(
        scope: Scope, state: ViewState, addresses: dict[str, str] | None = None
    ) -> list[Drawing]:
        network = networks(scope, state, addresses=addresses or {})
        return [
            parse_svg(sunburst_inset(tree_of(scope, ENGLISH), state, addresses=addresses)),
            *network.values(),
        ]

    def test_have_an_accessible_name(self, harbour: Organization) -> None:
        for each in self.drawn(scope_of(harbour, 4), ViewState()):
            assert each.root.get("role") == "group"
            assert (each.root.get("aria-label") or "").endswith("of Safety Department")

    def test_have_links_for_nodes_with_an_address(self, harbour: Organization) -> None:
        for each in self.drawn(
            scope_of(harbour), ViewState(2), {"u3": "?unit=locks", "u0": "?unit=x&y"}
        ):
            links = {link.attrib["href"]: link for link in each.root.iter("a")}
            assert set(links) == {"?unit=locks", "?unit=x&y"}
            paths = list(links["?unit=locks"].iter("path"))
            assert [path.attrib["data-key"] for path in paths] == ["u3"]

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_escape_names(self, layout: Layout) -> None:
        pairs = [("top", ""), *((f"n{each}", "top") for each in range(len(HOSTILE)))]
        hostile, harmless = (
            self.drawn(scope_of(organization_named(pairs, names)), ViewState(1, layout=layout))
            for names in (HOSTILE, ["Harmless"])
        )

        for one, other in zip(hostile, harmless, strict=True):
            assert {tag for tag, _ in one.structure()} == {tag for tag, _ in other.structure()}
            assert {names for _, names in one.structure()} <= {
                names for _, names in other.structure()
            } | {("x", "y")}

    @pytest.mark.parametrize("name", [*HOSTILE, *UNDRAWABLE, ""])
    def test_are_drawn_with_any_name(self, name: str) -> None:
        organization = organization_named([("top", ""), ("a", "top"), ("b", "top")], [name])

        for layout in LAYOUTS:
            for each in self.drawn(
                scope_of(organization), ViewState(1, layout=layout), {"u1": f"?unit={name}"}
            ):
                assert {"u0", "u1", "u2"} <= set(each.shapes)

    def test_draw_a_single_unit(self) -> None:
        for each in self.drawn(scope_of(organization_of([("alone", "")])), ViewState()):
            assert set(each.shapes) == {"u0"}
            assert each.view_box[2] > 0

    def test_have_a_bounded_length_in_the_largest_scope(self) -> None:
        pairs = [
            ("top", ""),
            *((f"n{n}", f"n{(n - 9) // 9}" if n > 8 else "top") for n in range(900)),
        ]
        scope = scope_of(organization_named(pairs, ["Preparedness and Response"]), most=300)

        assert len(scope.units) == 300
        assert len(sunburst_inset(tree_of(scope, ENGLISH), ViewState())) < 300 * 4_000
        assert (
            len(network_inset(tree_of(scope, ENGLISH), ViewState(3, links="all"))[0]) < 300 * 2_500
        )
