from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given

from components.diagrams.arrangement import (
    MAX_WIDENING,
    Arrangement,
    arrange,
    extent_of,
    lines_of,
)
from components.diagrams.curves import Curve, Point
from components.diagrams.gutters import LANE_GAP, MAX_HEIGHT, Line
from components.diagrams.layout import Placement, box_edges, dot_edges, edges_of_all
from components.diagrams.links import linked_pairs
from components.diagrams.opening import with_openers
from components.diagrams.style import LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.tree import Tree, tree_of
from components.model.organization import Organization
from components.model.scope import Scope
from components.view_state import Layout
from tests.diagrams.drawings import pictured_scopes
from tests.diagrams.shapes import is_dot, overlaps, shapes
from tests.english import ENGLISH
from tests.organizations import organization_of, scope_of
from tests.properties import examples

SAMPLES = 12
"""Points on each piece of a curve."""
TOUCH = 0.3
"""Pixels by which a curve may come into a box, for the rounding of its data."""
TREES = (Layout.TREE, Layout.COMPACT)
in_every_layout = pytest.mark.parametrize("layout", Layout)


def arranged(tree: Tree, layout: Layout) -> Arrangement:
    return arrange(tree, lines_in(tree), layout)


def lines_in(tree: Tree) -> list[Line]:
    return lines_of(linked_pairs(tree))


def always_drawn(tree: Tree, layout: Layout) -> list[tuple[Line, Curve]]:
    """Return the lines that "all links" shows, with their curves."""
    links = arranged(tree, layout).links
    return [
        (line, curve)
        for line, curve in zip(lines_in(tree), links, strict=True)
        if not line.is_occasional
    ]


def points_on(curve: Curve) -> list[Point]:
    return [
        tuple(
            (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
            for a, b, c in zip(*piece, strict=True)
        )
        for piece in curve.pieces()
        for t in (step / SAMPLES for step in range(SAMPLES + 1))
    ]


def is_inside(point: Point, node: Placement) -> bool:
    x, y = abs(point[0] - node.x), abs(point[1] - node.y)
    if is_dot(node):
        return math.hypot(x, y) < node.width / 2 - TOUCH
    return x < node.width / 2 - TOUCH and y < node.height / 2 - TOUCH


def met(arrangement: Arrangement, curve: Curve, ends: tuple[str, str]) -> set[str]:
    """Return the nodes that a curve meets, apart from its ends."""
    points = points_on(curve)
    return {
        key
        for key, node in arrangement.nodes.items()
        if key not in ends and any(is_inside(point, node) for point in points)
    }


@in_every_layout
@examples(60)
@given(scope=pictured_scopes())
def test_lines_never_pass_under_a_box_that_is_not_theirs(scope: Scope, layout: Layout) -> None:
    tree = tree_of(scope, ENGLISH)
    arrangement = arranged(tree, layout)

    for line, curve in zip(lines_in(tree), arrangement.links, strict=True):
        assert met(arrangement, curve, (line.source, line.target)) == set()
    for ends, curve in arrangement.mentions.items():
        assert met(arrangement, curve, ends) == set()


@in_every_layout
def test_lines_of_the_shipped_organization_pass_under_no_box(
    iom: Organization, layout: Layout
) -> None:
    for focus in range(len(iom)):
        tree = tree_of(scope_of(iom, focus), ENGLISH)
        arrangement = arranged(tree, layout)
        for line, curve in zip(lines_in(tree), arrangement.links, strict=True):
            assert met(arrangement, curve, (line.source, line.target)) == set()


def office(count: int, *, linked: bool = False) -> Tree:
    """Return an office with many desks, the first two with units of their own that are not drawn.

    Beside it stands another office; the last desk can be linked to it.
    """
    pairs = [("top", ""), ("office", "top"), ("other", "top")]
    pairs += [(f"desk{number}", "office") for number in range(count)]
    pairs += [("a", "desk0"), ("b", "desk1")]
    relations = f"from_id,to_id,kind\ndesk{count - 1},other,advises" if linked else "from_id,to_id"
    return tree_of(scope_of(organization_of(pairs, relations=relations), rings=2), ENGLISH)


def columns_in(tree: Tree, layout: Layout) -> list[list[str]]:
    """Return the names of the desks, by column from left to right, each from top to bottom."""
    boxes = arranged(tree, layout).nodes
    desks = [node for node in tree.nodes if node.name.startswith("desk")]
    lefts = sorted({round(_left(boxes[node.key]), 3) for node in desks})
    return [
        [
            node.name
            for node in sorted(desks, key=lambda node: boxes[node.key].y)
            if round(_left(boxes[node.key]), 3) == left
        ]
        for left in lefts
    ]


def _left(box: Placement) -> float:
    return box.x - box.width / 2


@pytest.mark.parametrize("layout", TREES)
def test_many_children_wrap_into_columns_of_about_the_same_height(layout: Layout) -> None:
    columns = columns_in(office(90), layout)

    assert [len(column) for column in columns] == [30, 30, 30]
    assert [name for column in columns for name in column] == [f"desk{n}" for n in range(90)]
    assert [len(column) for column in columns_in(office(31), layout)] == [16, 15]
    assert len(columns_in(office(30), layout)) == 1


@pytest.mark.parametrize("layout", TREES)
def test_nothing_overlaps_wrapped_children_and_their_lines_pass_under_no_box(
    layout: Layout,
) -> None:
    tree = office(70)
    arrangement = arranged(tree, layout)

    widened = with_openers(tree, arrangement.nodes)
    assert overlaps(shapes({key: replace(at, label_x=0) for key, at in widened.items()})) == []
    assert len(arrangement.wrapped) == 70 - 24
    for key, curve in arrangement.wrapped.items():
        parent, child = arrangement.nodes[tree.by_key[key].parent], arrangement.nodes[key]
        assert curve.start == (parent.x + parent.width / 2, parent.y)
        assert curve.end == pytest.approx((_left(child), child.y))
        assert met(Arrangement(widened, [], {}), curve, (tree.by_key[key].parent, key)) == set()


def test_children_with_links_stay_in_one_column() -> None:
    tree = office(60, linked=True)

    assert len(columns_in(tree, Layout.TREE)) == 1
    assert arranged(tree, Layout.TREE).wrapped == {}


def test_the_radial_layout_wraps_nothing() -> None:
    assert arranged(office(60), Layout.RADIAL).wrapped == {}


@in_every_layout
@examples(15)
@given(scope=pictured_scopes())
def test_lines_end_at_their_boxes(scope: Scope, layout: Layout) -> None:
    tree = tree_of(scope, ENGLISH)
    arrangement = arranged(tree, layout)

    for line, curve in zip(lines_in(tree), arrangement.links, strict=True):
        for key, (x, y) in ((line.source, curve.start), (line.target, curve.end)):
            node = arrangement.nodes[key]
            assert abs(x - node.x) <= node.width / 2 + 0.01
            assert abs(y - node.y) <= node.height / 2 + 0.01


def verticals(curve: Curve) -> list[tuple[float, float, float]]:
    """Return x, top and bottom of each long vertical of a curve."""
    points = [curve.start, *curve.controls, curve.end]
    return [
        (a[0], min(a[1], b[1]), max(a[1], b[1]))
        for a, b in pairwise(points)
        if abs(a[0] - b[0]) < 0.01 and abs(a[1] - b[1]) > 1
    ]


def test_lines_between_siblings_run_in_lanes_of_their_own() -> None:
    names = "abcdef"
    organization = organization_of(
        [("top", ""), *((name, "top") for name in names), *((f"{name}1", name) for name in names)],
        relations="from_id, to_id, kind\n"
        + "\n".join(f"{one}, {other}, supports" for one, other in combinations("abcd", 2)),
    )
    arrangement = arranged(tree_of(scope_of(organization), ENGLISH), Layout.TREE)

    assert len(arrangement.links) == 6
    for one, other in combinations(arrangement.links, 2):
        for x, top, bottom in verticals(one):
            for other_x, other_top, other_bottom in verticals(other):
                if top < other_bottom and other_top < bottom:
                    assert abs(x - other_x) > 2


def test_a_line_leaves_and_reaches_the_right_side_of_siblings_with_children() -> None:
    organization = organization_of(
        [("top", ""), ("a", "top"), ("a1", "a"), ("b", "top"), ("b1", "b")],
        relations="from_id, to_id, kind\na, b, supports",
    )
    arrangement = arranged(tree_of(scope_of(organization), ENGLISH), Layout.TREE)

    (curve,) = arrangement.links
    boxes = arrangement.nodes["u1"], arrangement.nodes["u3"]
    for (x, _), box in zip((curve.start, curve.end), boxes, strict=True):
        assert x == pytest.approx(box.x + box.width / 2)


def test_gutters_are_only_widened_for_links(iom: Organization) -> None:
    tree = tree_of(scope_of(iom), ENGLISH)
    for layout in TREES:
        bare = arrange(tree, [], layout).nodes
        linked = arranged(tree, layout).nodes
        widening = max(linked[key].x - bare[key].x for key in bare)
        assert 0 < widening <= MAX_WIDENING * (tree.levels - 1)


@pytest.mark.parametrize("layout", TREES)
def test_lines_of_the_shipped_organization_are_apart_in_its_gutters(
    iom: Organization, layout: Layout
) -> None:
    tree = tree_of(scope_of(iom), ENGLISH)
    drawn = always_drawn(tree, layout)

    assert len(drawn) > 20
    for (line, curve), (other_line, other_curve) in combinations(drawn, 2):
        least = (line.width + other_line.width) / 2 + LANE_GAP
        for x, top, bottom in verticals(curve):
            for other_x, other_top, other_bottom in verticals(other_curve):
                if top < other_bottom and other_top < bottom:
                    assert abs(x - other_x) > least - 0.01


@pytest.mark.parametrize("layout", TREES)
def test_lines_of_the_shipped_organization_are_apart_at_its_boxes(
    iom: Organization, layout: Layout
) -> None:
    sides: dict[tuple[str, bool], list[tuple[float, float]]] = {}
    tree = tree_of(scope_of(iom), ENGLISH)
    boxes = arranged(tree, layout).nodes
    for line, curve in always_drawn(tree, layout):
        for key, (x, y) in ((line.source, curve.start), (line.target, curve.end)):
            sides.setdefault((key, x < boxes[key].x), []).append((y, line.width))

    assert max(map(len, sides.values())) > 5
    for ends in sides.values():
        for (y, width), (other_y, other_width) in pairwise(sorted(ends)):
            assert other_y - y > (width + other_width) / 2 + 1


@pytest.mark.parametrize("layout", TREES)
def test_ends_of_lines_at_facing_boxes_lie_on_no_others(iom: Organization, layout: Layout) -> None:
    tree = tree_of(scope_of(iom), ENGLISH)
    drawn = zip(lines_in(tree), arranged(tree, layout).links, strict=True)
    facing = 0
    for (line, curve), (other_line, other_curve) in permutations(drawn, 2):
        if not line.is_drawn_with(other_line):
            continue
        for (box, y), (lane, _) in end_pieces(curve):
            for (other_box, other_y), (other_lane, _) in end_pieces(other_curve):
                if box < other_lane < lane < other_box:
                    facing += 1
                    assert abs(y - other_y) >= (line.width + other_line.width) / 2 - 0.01
    assert facing


def end_pieces(curve: Curve) -> list[tuple[Point, Point]]:
    """Return the first piece of a curve and the last one, each from its box."""
    points = [curve.start, *curve.controls, curve.end]
    return [(points[0], points[1]), (points[-1], points[-2])]


def test_a_box_with_more_lines_than_it_has_room_for_is_higher_up_to_a_limit() -> None:
    def height(count: int) -> float:
        names = [f"n{number}" for number in range(count)]
        relations = "".join(f"hub, {name}, supports\n" for name in names)
        organization = organization_of(
            [("top", ""), ("hub", "top"), *((name, "top") for name in names)],
            relations="from_id, to_id, kind\n" + relations,
        )
        return arranged(tree_of(scope_of(organization), ENGLISH), Layout.COMPACT).nodes["u1"].height

    assert height(1) == height(3) < height(6) < height(9) < MAX_HEIGHT == height(20)


@in_every_layout
@pytest.mark.parametrize("has_references", [False, True])
def test_the_extent_of_a_layout_is_that_of_its_shapes(
    layout: Layout, iom: Organization, *, has_references: bool
) -> None:
    tree = tree_of(scope_of(iom), ENGLISH)
    shapes = [
        node
        for key, node in arranged(tree, layout).nodes.items()
        if has_references or key[0] != "r"
    ]
    edges = edges_of_all(map(dot_edges if layout is Layout.RADIAL else box_edges, shapes))

    assert extent_of(tree, layout, has_references=has_references) == pytest.approx(
        (edges[2] - edges[0], edges[3] - edges[1])
    )


def test_names_of_the_shipped_organization_stay_legible_beside_the_sunburst(
    iom: Organization,
) -> None:
    """At a window of 1440 by 900 pixels each of both diagrams has about 508 by 740."""
    nodes = arranged(tree_of(scope_of(iom), ENGLISH), Layout.COMPACT).nodes
    units = [node for key, node in nodes.items() if key[0] == "u"]
    width = max(node.x + node.width / 2 for node in units) - min(
        node.x - node.width / 2 for node in units
    )

    assert LABEL_SIZE * 508 / width >= MIN_LABEL_SIZE


def test_a_curve_of_the_radial_layout_follows_the_hierarchy() -> None:
    """Links of two branches are closer to each other in the middle than at their ends."""
    branches = [(name, "top") for name in "abcdef"]
    leaves = [(f"{name}{each}", name) for name in "abcdef" for each in range(4)]
    organization = organization_of(
        [("top", ""), *branches, *leaves],
        relations="from_id, to_id, kind\na0, c3, supports\na3, c0, supports",
    )
    one, other = arranged(tree_of(scope_of(organization), ENGLISH), Layout.RADIAL).links

    at_ends = math.dist(one.start, other.start)
    points = points_on(one), points_on(other)
    middles = [each[len(each) // 2] for each in points]
    assert math.dist(*middles) < at_ends / 2
