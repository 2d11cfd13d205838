from __future__ import annotations

import math
import re
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.network import network_elements, network_stylesheet
from components.diagrams.network_drawing import NetworkDrawing, network_drawing
from components.diagrams.opening import opener_key
from components.diagrams.style import MUTED, Theme
from components.diagrams.svg import svg_text
from components.diagrams.tree import tree_of
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import Layout, ViewState
from tests.diagrams.drawings import (
    ROUNDING,
    Point,
    marks_in,
    parse_svg,
    pictured_scopes,
    points_of,
    views,
)
from tests.english import ENGLISH
from tests.organizations import (
    FEW_ROWS,
    crowd,
    organization_named,
    posts,
    scope_of,
    units_with_gaps,
)
from tests.properties import examples

in_every_layout = pytest.mark.parametrize("layout", Layout)
in_each_theme = pytest.mark.parametrize("theme", Theme)
APPLIED = {
    *("shape", "width", "height", "label", "background-color", "background-opacity", "color"),
    *("font-size", "text-opacity", "text-rotation", "text-margin-x", "text-margin-y"),
    *("border-width", "border-style", "border-color", "border-opacity", "display", "z-index"),
    *("line-color", "line-style", "line-dash-pattern", "opacity", "curve-style", "taxi-turn"),
    *(f"background-{name}" for name in ("image", "width", "height", "position-x", "offset-y")),
    *(f"control-point-{name}" for name in ("weights", "distances")),
    *("source-endpoint", "target-endpoint"),
    *("target-arrow-color", "target-arrow-shape", "arrow-scale"),
}
CONSTANT = {
    "background-position-y": {"100%"},
    "font-family": {"FiraGO, system-ui, sans-serif"},
    "line-height": {1.25},
    "min-zoomed-font-size": {9.5},
    "text-wrap": {"wrap"},
    "text-max-width": {"10000px"},
    "text-valign": {"center"},
    "text-halign": {"center"},
    "overlay-opacity": {0},
    "z-index-compare": {"manual"},
    "taxi-direction": {"rightward"},
    "taxi-turn-min-distance": {"1px"},
    "edge-distances": {"endpoints"},
    "events": {"no"},
}
"""Properties that a drawing ignores, as their value is always the same."""


def draw(scope: Scope, state: ViewState, theme: Theme = Theme.LIGHT) -> NetworkDrawing:
    marks = marks_in(tree_of(scope, ENGLISH), state)
    kinds = scope.organization.relation_kinds
    return network_drawing(
        network_elements(tree_of(scope, ENGLISH)), kinds, state, theme=theme, marks=marks
    )


def by_key(drawing: NetworkDrawing, tag: str = "path") -> dict[str, Element]:
    return {
        each.attrib["data-key"]: each
        for each in drawing.elements()
        if each.tag == tag and "data-key" in each.attrib
    }


def ends(edge: Element) -> tuple[Point, Point]:
    points = points_of(edge.attrib["d"])
    return points[0], points[-1]


def distance_outside(point: Point, node: Any, layout: Layout) -> float:
    """Return the distance of a point from the border of a node in pixels, negative inside."""
    at, rim = node.data[layout], node.style.get("border-width", 0)
    a, b = (at["width"] + rim) / 2, (at["height"] + rim) / 2
    x, y = abs(point[0] - at["x"]), abs(point[1] - at["y"])
    match node.style["shape"]:
        case "ellipse":
            return math.hypot(x, y) - a
        case "diamond":
            return (x / a + y / b - 1) * min(a, b)
        case "cut-rectangle":
            return max(x - a, y - b, (x + y - a - b + min(8, a, b)) / math.sqrt(2))
    radius = min(8, a / 2, b / 2)
    dx, dy = x - a + radius, y - b + radius
    return math.hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius


class TestStylesheet:
    @in_every_layout
    @in_each_theme
    def test_has_no_property_that_a_drawing_ignores(self, layout: Layout, theme: Theme) -> None:
        for rule in network_stylesheet(layout, theme, ["supports", "guards"]):
            if rule["selector"] == "node.cursor":
                continue  # a picture has no keyboard cursor
            for name, value in rule["style"].items():
                assert name in APPLIED or value in CONSTANT[name], name

    @in_every_layout
    def test_has_selectors_of_a_tag_and_classes_only(self, layout: Layout) -> None:
        for rule in network_stylesheet(layout, Theme.LIGHT, ["supports", "guards"]):
            for selector in rule["selector"].split(","):
                assert re.fullmatch(r"(node|edge)(\.[-a-z0-9]+)*", selector.strip())


class TestNodes:
    @in_every_layout
    def test_stand_at_the_positions_of_the_page(self, iom: Organization, layout: Layout) -> None:
        state = ViewState(layout=layout, references="shown")
        shapes = by_key(draw(scope_of(iom), state))

        for each in network_elements(tree_of(scope_of(iom), ENGLISH)):
            if "source" in each["data"]:
                continue
            if "opener" in each["classes"] and (
                "closing" in each["classes"] or layout is Layout.RADIAL
            ):
                assert each["data"]["id"] not in shapes
                continue
            at = each["data"][layout]
            xs, ys = zip(*points_of(shapes[each["data"]["id"]].attrib["d"]), strict=True)
            assert (min(xs) + max(xs)) / 2 == pytest.approx(at["x"], abs=0.02)
            assert (min(ys) + max(ys)) / 2 == pytest.approx(at["y"], abs=0.02)
            assert max(xs) - min(xs) == pytest.approx(at["width"], abs=0.03)
            assert max(ys) - min(ys) == pytest.approx(at["height"], abs=0.03)

    @in_every_layout
    @in_each_theme
    def test_have_the_colours_of_the_page(
        self, harbour: Organization, layout: Layout, theme: Theme
    ) -> None:
        shapes = by_key(draw(scope_of(harbour), ViewState(layout=layout), theme))

        for each in network_elements(tree_of(scope_of(harbour), ENGLISH)):
            if "unit" in each["data"]:
                fill = each["data"]["fill"][theme]
                assert shapes[each["data"]["id"]].attrib["fill"] == fill

    def test_related_to_the_selected_unit_are_not_dimmed(self, harbour: Organization) -> None:
        drawn = by_key(draw(scope_of(harbour), ViewState(harbour.number["fire"])))
        shapes = {key: each for key, each in drawn.items() if key[0] == "u"}

        assert {key for key, each in shapes.items() if each.get("stroke-width") == "3"} == {"u5"}
        assert {key for key, each in shapes.items() if each.get("stroke-width") == "1.5"} == {
            "u4",
            "u0",
        }
        whole = by_key(draw(scope_of(harbour), ViewState()))
        pale = {key for key in shapes if shapes[key].get("fill") != whole[key].get("fill")}
        assert "u1" in pale
        assert pale.isdisjoint({"u0", "u4", "u5"})
        # Fills are opaque, so that no line behind them crosses the text.
        assert {each.get("fill-opacity") for each in shapes.values()} == {None}

    def test_of_groups_have_a_dashed_border(self) -> None:
        shapes = by_key(draw(scope_of(crowd(), room=FEW_ROWS), ViewState()))

        dashed = {key for key, each in shapes.items() if each.get("stroke-dasharray")}
        assert dashed == {"g0-3", "g0-4", "g0-5"}

    @in_every_layout
    @in_each_theme
    @pytest.mark.parametrize("unit", [None, 3, 4], ids=["unmarked", "selected", "in the chain"])
    def test_of_placeholders_have_a_dashed_border_in_every_state(
        self, layout: Layout, theme: Theme, unit: int | None
    ) -> None:
        shapes = by_key(draw(scope_of(units_with_gaps()), ViewState(unit, layout=layout), theme))

        dashed = {key for key in shapes if key[0] == "u" and shapes[key].get("stroke-dasharray")}
        assert dashed == {"u3"}
        if unit is None:
            assert shapes["u3"].attrib["stroke"] == MUTED[theme]


class TestMarks:
    @pytest.mark.parametrize("layout", [Layout.TREE, Layout.COMPACT])
    def test_are_drawn_as_on_the_page(self, layout: Layout) -> None:
        scope = scope_of(posts())
        drawing = draw(scope, ViewState(layout=layout))
        elements = {each["data"]["id"]: each for each in network_elements(tree_of(scope, ENGLISH))}

        shapes, texts = by_key(drawing), by_key(drawing, "text")
        for key in ("iu0", "iu1", "iu2", "iu3"):
            at = elements[key]["data"][layout]
            xs, ys = zip(*points_of(shapes[key].attrib["d"]), strict=True)
            assert (min(xs) + max(xs)) / 2 == pytest.approx(at["x"], abs=ROUNDING)
            assert (min(ys) + max(ys)) / 2 == pytest.approx(at["y"], abs=ROUNDING)
            assert max(xs) - min(xs) == pytest.approx(at["width"], abs=ROUNDING)
        assert ["".join(texts[key].itertext()) for key in ("iu0", "iu1", "iu3")] == [
            "AR",
            "BL",
            "M",
        ]

    def test_of_a_vacant_post_is_an_empty_dashed_circle(self) -> None:
        drawing = draw(scope_of(posts()), ViewState())

        assert "iu2" not in by_key(drawing, "text")
        assert by_key(drawing)["iu2"].attrib["stroke-dasharray"] == "4 2"
        assert "stroke-dasharray" not in by_key(drawing)["iu1"].attrib

    def test_are_above_their_boxes_and_no_part_of_a_radial_tree(self) -> None:
        def drawn(layout: Layout) -> list[str]:
            drawing = draw(scope_of(posts()), ViewState(layout=layout))
            return [item.data["id"] for item in drawing.back_to_front]

        tree, radial = drawn(Layout.TREE), drawn(Layout.RADIAL)

        assert tree.index("iu1") > tree.index("u1")
        assert not [key for key in radial if key.startswith("i")]

    def test_are_dimmed_with_their_boxes_and_below_no_station_of_a_path(self) -> None:
        scope = scope_of(posts())
        selected = draw(scope, ViewState(unit=1)).nodes
        connected = draw(scope, ViewState(unit=2, to=3)).nodes

        assert {key for key in selected if "dimmed" in selected[key].classes} == {"u3", "iu3"}
        assert [key for key in connected if key.startswith("i")] == []


class TestOpeners:
    def test_of_closed_boxes_are_faded_with_them(self) -> None:
        scope = scope_of(crowd(), room=FEW_ROWS)
        bare, selected = (draw(scope, ViewState(unit)).nodes for unit in (None, 1))

        openers = {f"x{key}" for key in ("u1", "u7", "g0-3", "g0-4", "g0-5")}
        for drawn in (bare, selected):
            assert {key for key in drawn if key.startswith("x")} == openers
        assert [key for key in bare if "faded" in bare[key].classes] == []
        assert {key for key in selected if "faded" in selected[key].classes} == openers - {"xu1"}


class TestEdges:
    @in_every_layout
    @examples(25)
    @given(data=st.data())
    def test_run_from_border_to_border(self, data: st.DataObject, layout: Layout) -> None:
        scope = data.draw(pictured_scopes())
        state = data.draw(views(scope, (layout,)))
        drawing = draw(scope, state)
        paths = by_key(drawing)

        for item in drawing.items:
            if item.is_node:
                continue
            path = paths[item.data["id"]]
            is_curve = item.style["curve-style"] == "unbundled-bezier"
            for point, each in zip(ends(path), ("source", "target"), strict=True):
                node = drawing.nodes[item.data[each]]
                if is_curve:
                    # It ends at the shape without its border, or behind it if it begins so close;
                    # the opener of a closed box is a part of that.
                    arrow = 12 if "arrow-scale" in item.style and each == "target" else 0
                    opener = drawing.nodes.get(opener_key(item.data[each]), node)
                    distances = (distance_outside(point, part, layout) for part in (node, opener))
                    assert min(distances) < ROUNDING + arrow
                else:
                    assert abs(distance_outside(point, node, layout)) < ROUNDING

    def test_with_an_arrow_have_its_tip_at_the_border(self, harbour: Organization) -> None:
        drawing = draw(scope_of(harbour), ViewState(links="all"))
        heads = [
            each for each in drawing.elements() if each.tag == "path" and not each.get("data-key")
        ]
        (outward,) = (item for item in drawing.items if "outward" in item.classes)
        target = drawing.nodes[outward.data["target"]]

        (head,) = heads
        assert abs(distance_outside(points_of(head.attrib["d"])[0], target, Layout.TREE)) < ROUNDING
        assert head.attrib["fill"] == outward.style["line-color"]

    def test_are_behind_the_nodes(self, harbour: Organization) -> None:
        drawn = draw(scope_of(harbour), ViewState(2, links="all", references="shown")).elements()
        keys = [each.get("data-key", "l") for each in drawn]

        last_line = max(at for at, key in enumerate(keys) if key[0] in "hlm")
        assert last_line < min(at for at, key in enumerate(keys) if key[0] in "urgx")

    def test_of_links_are_those_that_the_page_would_show(self, harbour: Organization) -> None:
        def link_notes(state: ViewState) -> set[str]:
            items = draw(scope_of(harbour), state).items
            notes = (item.data["notes"] for item in items if "link" in item.classes)
            return {note for each in notes for note in each}

        assert link_notes(ViewState()) == set()
        assert link_notes(ViewState(harbour.number["locks"])) >= {"Advises"}
        items = draw(scope_of(harbour), ViewState(links="all")).items
        assert {"Advises", "Coordinates with"} <= link_notes(ViewState(links="all"))
        assert not any("theme" in item.classes for item in items)


def test_the_box_encloses_all_nodes(harbour: Organization) -> None:
    for layout in Layout:
        drawing = draw(scope_of(harbour), ViewState(layout=layout, references="shown"))
        box = drawing.box
        for node in drawing.nodes.values():
            at = node.data[layout]
            assert box.left <= at["x"] - at["width"] / 2
            assert at["x"] + at["width"] / 2 - box.left <= box.width
            assert box.top <= at["y"] - at["height"] / 2
            assert at["y"] + at["height"] / 2 - box.top <= box.height


def test_a_single_unit_is_drawn(harbour: Organization) -> None:
    leaf = scope_of(harbour, harbour.number["safety"], rings=1, rows=1)

    assert len(draw(leaf, ViewState()).elements()) > 0


@pytest.mark.parametrize("units", range(2, 7))
def test_the_box_encloses_labels_of_several_lines(units: int) -> None:
    """Rotated labels reach further with their corners than with the middle of their ends."""
    pairs = [("top", ""), *((f"n{number}", "top") for number in range(units))]
    scope = scope_of(organization_named(pairs, ["Coordination of harbour services and safety"]))
    drawing = draw(scope, ViewState(layout=Layout.RADIAL))
    box = (drawing.box.left, drawing.box.top, drawing.box.width, drawing.box.height)

    assert parse_svg(svg_text(drawing.elements(), view_box=box)).outside() == []
