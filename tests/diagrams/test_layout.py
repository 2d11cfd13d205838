from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.diagrams.layout import (
    BOX_PADDING_X,
    CROWDED,
    DENSE,
    DOT_DIAMETER,
    FULL_CIRCLE,
    LINE_PITCH,
    WIDE,
    WIDENED,
    Placement,
    Spacing,
    is_crowded,
    radial_tree,
    reference_column,
    reference_ring,
    sector_angles,
    tidy_tree,
    wedge_angles,
)
from components.diagrams.text import ELLIPSIS, text_width
from components.diagrams.tree import Tree, tree_of
from components.model.organization import Organization
from tests.diagrams.shapes import (
    is_dot,
    labelled_trees,
    mentioned_references,
    overlaps,
    shapes,
    trees,
)
from tests.english import ENGLISH
from tests.organizations import FEW_ROWS, crowd, organization_of, scope_of
from tests.properties import examples

INNER, LEAF, BOX, SPOKE, RING, COLUMN = 132, 330, 84, 78, 84, 110
"""Widths in pixels at which labels wrap."""

wide_and_dense = pytest.mark.parametrize("spacing", [WIDE, DENSE], ids=["wide", "dense"])


def tidy(tree: Tree, labels: Mapping[str, str], spacing: Spacing = WIDE) -> dict[str, Placement]:
    forms = {key: (label,) for key, label in labels.items()}
    return tidy_tree(tree, forms, inner_width=INNER, leaf_width=LEAF, spacing=spacing)


def radial(tree: Tree, labels: Mapping[str, str], *, lines: int = 6) -> dict[str, Placement]:
    forms = {key: (label,) for key, label in labels.items()}
    return radial_tree(tree, forms, box_width=BOX, leaf_width=SPOKE, leaf_lines=lines)


def names_of(tree: Tree) -> dict[str, str]:
    return {node.key: node.name for node in tree.nodes}


def left(place: Placement) -> float:
    return place.x - place.width / 2


def right(place: Placement) -> float:
    return place.x + place.width / 2


def direction(x: float, y: float) -> float:
    """Return the direction from the centre in degrees, clockwise from the top."""
    return math.degrees(math.atan2(x, -y)) % FULL_CIRCLE


def angle_between(one: float, other: float) -> float:
    """Return the angle between two directions, in degrees."""
    return abs(math.remainder(one - other, FULL_CIRCLE))


class TestSectorAngles:
    def test_of_the_harbour_are_quarters(self, harbour: Organization) -> None:
        angles = sector_angles(tree_of(scope_of(harbour), ENGLISH))

        assert angles == {
            "u0": (0, 360),
            "u1": (0, 180),
            "u2": (0, 90),
            "u3": (90, 90),
            "u4": (180, 180),
            "u5": (180, 90),
            "u6": (270, 90),
        }

    def test_of_a_group_are_the_share_of_its_units(self) -> None:
        angles = sector_angles(tree_of(scope_of(crowd(), room=FEW_ROWS), ENGLISH))

        extents = {key: extent / 360 * 22 for key, (_, extent) in angles.items()}
        assert extents == pytest.approx(
            {"u0": 22, "u1": 5, "u7": 5, "g0-3": 4, "g0-4": 4, "g0-5": 4}
        )

    @examples(50)
    @given(trees())
    def test_of_children_partition_their_parent(self, tree: Tree) -> None:
        angles = sector_angles(tree)

        assert set(angles) == {node.key for node in tree.nodes}
        for parent, children in tree.children.items():
            sectors = [angles[child.key] for child in children]
            start, extent = angles[parent]
            assert sectors[0][0] == start
            for (begin, share), (following, _) in pairwise(sectors):
                assert following == pytest.approx(begin + share)
            assert sum(share for _, share in sectors) == pytest.approx(extent)

    @examples(50)
    @given(trees())
    def test_are_proportional_to_the_lowest_level_units(self, tree: Tree) -> None:
        for key, (_, extent) in sector_angles(tree).items():
            (node,) = (node for node in tree.nodes if node.key == key)
            assert extent == pytest.approx(FULL_CIRCLE * node.weight / tree.focus.weight)


class TestTidyTree:
    @wide_and_dense
    @examples(50)
    @given(drawn=labelled_trees())
    def test_no_two_boxes_overlap(
        self, drawn: tuple[Tree, dict[str, str]], spacing: Spacing
    ) -> None:
        assert overlaps(shapes(tidy(*drawn, spacing))) == []

    @wide_and_dense
    @examples(25)
    @given(drawn=labelled_trees())
    def test_a_parent_stands_left_of_its_children(
        self, drawn: tuple[Tree, dict[str, str]], spacing: Spacing
    ) -> None:
        tree, places = drawn[0], tidy(*drawn, spacing)

        for parent, children in tree.children.items():
            for child in children:
                assert right(places[parent]) < left(places[child.key])

    @wide_and_dense
    @examples(25)
    @given(drawn=labelled_trees())
    def test_a_parent_stands_within_the_span_of_its_children(
        self, drawn: tuple[Tree, dict[str, str]], spacing: Spacing
    ) -> None:
        tree, places = drawn[0], tidy(*drawn, spacing)

        for parent, children in tree.children.items():
            first, last = (places[child.key].y for child in (children[0], children[-1]))
            assert first - 1e-9 <= places[parent].y <= last + 1e-9

    @wide_and_dense
    @examples(25)
    @given(drawn=labelled_trees())
    def test_siblings_stand_in_order_in_one_column(
        self, drawn: tuple[Tree, dict[str, str]], spacing: Spacing
    ) -> None:
        tree, places = drawn[0], tidy(*drawn, spacing)

        for siblings in tree.children.values():
            for one, other in pairwise(siblings):
                assert places[one.key].y < places[other.key].y
                assert left(places[one.key]) == pytest.approx(left(places[other.key]))

    @wide_and_dense
    @examples(25)
    @given(drawn=labelled_trees())
    def test_every_node_has_a_box_that_holds_its_label(
        self, drawn: tuple[Tree, dict[str, str]], spacing: Spacing
    ) -> None:
        tree, places = drawn[0], tidy(*drawn, spacing)

        assert list(places) == [node.key for node in tree.nodes]
        for key, place in places.items():
            assert place.width >= max(map(text_width, place.lines)) + 2 * spacing.padding_x
            assert place.height > len(place.lines) * LINE_PITCH
            room = WIDENED * (INNER if key in tree.children else LEAF)
            assert place.width <= room + 2 * spacing.padding_x
            assert (place.rotation, place.label_x, place.label_y) == (0, 0, 0)

    def test_a_leaf_does_not_widen_its_column(self) -> None:
        organization = organization_of([("top", ""), ("a", "top"), ("b", "top"), ("c", "a")])
        tree = tree_of(scope_of(organization), ENGLISH)
        short, long = ({**names_of(tree), "u3": label} for label in ("b", "b, the longest of all"))

        assert tidy(tree, long)["u2"] == tidy(tree, short)["u2"]

    def test_is_the_same_at_every_load(self, iom: Organization) -> None:
        tree, again = (tree_of(scope_of(iom), ENGLISH) for _ in range(2))

        assert tidy(tree, names_of(tree)) == tidy(again, names_of(again))


class TestRadialTree:
    @given(labelled_trees())
    def test_no_two_shapes_or_labels_overlap(self, drawn: tuple[Tree, dict[str, str]]) -> None:
        assert overlaps(shapes(radial(*drawn))) == []

    @pytest.mark.parametrize("count", [3, 8, 13, 40])
    def test_no_two_boxes_overlap_on_a_ring_of_boxes(self, count: int) -> None:
        middle = [(f"m{each}", "top") for each in range(count)]
        organization = organization_of(
            [("top", ""), *middle, *((f"below {unit}", unit) for unit, _ in middle)]
        )
        tree = tree_of(scope_of(organization), ENGLISH)

        # Squares, since these come closest to each other at their corners.
        places = radial(tree, dict.fromkeys(names_of(tree), "WWWWW " * 4))

        boxes = [place for place in places.values() if not is_dot(place)]
        assert len(boxes) == 1 + count
        assert boxes[0].width == pytest.approx(boxes[0].height, rel=0.1)
        assert overlaps(shapes(places)) == []

    def test_wedges_equal_sectors_if_all_units_are_drawn(self, iom: Organization) -> None:
        tree = tree_of(scope_of(iom), ENGLISH)

        sectors = sector_angles(tree)
        for key, (start, extent) in wedge_angles(tree).items():
            assert (start, extent) == pytest.approx(sectors[key])

    def test_a_small_unit_stays_near_a_branch_of_thousands(self) -> None:
        crowd = [(f"n{each}", "big") for each in range(10_000)]
        organization = organization_of([("top", ""), ("big", "top"), ("small", "top"), *crowd])
        tree = tree_of(scope_of(organization, rows=60), ENGLISH)

        places = radial(tree, names_of(tree))

        assert max(math.hypot(place.x, place.y) for place in places.values()) < 1_000

    def test_no_two_overlap_beside_a_branch_of_thousands(self) -> None:
        crowd = [(f"n{each}", "big") for each in range(3_000)]
        organization = organization_of([("top", ""), ("big", "top"), ("small", "top"), *crowd])
        tree = tree_of(scope_of(organization, rows=60), ENGLISH)

        places = radial(tree, names_of(tree))

        assert len(places) > 20
        assert overlaps(shapes(places)) == []

    @examples(12)
    @given(st.lists(st.integers(1, 5), min_size=20, max_size=40), st.sampled_from([1, 6]))
    def test_no_two_overlap_in_a_crowded_layout(self, below: list[int], lines: int) -> None:
        """Adjacent boxes with few children need more space than their children."""
        units = [("top", ""), *((f"alone {each}", "top") for each in range(CROWDED))]
        for number, count in enumerate(below):
            units.append((f"b{number}", "top"))
            units += [(f"b{number}.{each}", f"b{number}") for each in range(count)]
        tree = tree_of(scope_of(organization_of(units)), ENGLISH)

        assert is_crowded(tree)
        assert overlaps(shapes(radial(tree, names_of(tree), lines=lines))) == []

    def test_a_label_beside_a_dot_has_at_most_the_given_number_of_lines(
        self, harbour: Organization
    ) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        labels = dict.fromkeys(
            names_of(tree), "Of all the units here the one with the longest name"
        )

        for most in (1, 2):
            places = radial(tree, labels, lines=most)
            dots = [place for place in places.values() if is_dot(place)]
            assert {len(place.lines) for place in dots} == {most}
            assert all(place.lines[-1].endswith(ELLIPSIS) for place in dots)

    @examples(25)
    @given(labelled_trees())
    def test_a_node_stands_in_the_middle_of_its_wedge(
        self, drawn: tuple[Tree, dict[str, str]]
    ) -> None:
        tree, places = drawn[0], radial(*drawn)
        angles = wedge_angles(tree)

        assert (places[tree.focus.key].x, places[tree.focus.key].y) == (0, 0)
        for node in tree.nodes[1:]:
            start, extent = angles[node.key]
            place = places[node.key]
            assert angle_between(direction(place.x, place.y), start + extent / 2) < 1e-6

    @examples(25)
    @given(labelled_trees())
    def test_each_level_is_a_ring_outside_the_one_above(
        self, drawn: tuple[Tree, dict[str, str]]
    ) -> None:
        tree, places = drawn[0], radial(*drawn)
        radii: dict[int, list[float]] = {}
        for node in tree.nodes:
            place = places[node.key]
            radii.setdefault(node.level, []).append(math.hypot(place.x, place.y))

        for ring in radii.values():
            assert min(ring) == pytest.approx(max(ring))
        means = [sum(ring) / len(ring) for _, ring in sorted(radii.items())]
        assert all(inner < outer for inner, outer in pairwise(means))

    @examples(25)
    @given(labelled_trees())
    def test_inner_nodes_are_boxes_and_leaf_nodes_are_dots(
        self, drawn: tuple[Tree, dict[str, str]]
    ) -> None:
        tree, places = drawn[0], radial(*drawn)

        boxes = {key for key, place in places.items() if not is_dot(place)}

        assert boxes == {tree.focus.key, *tree.children}
        for key, place in places.items():
            if key in boxes:
                assert place.width >= max(map(text_width, place.lines)) + 2 * BOX_PADDING_X
                assert place.height > len(place.lines) * LINE_PITCH
            else:
                assert (place.width, place.height) == (DOT_DIAMETER, DOT_DIAMETER)

    @examples(25)
    @given(labelled_trees())
    def test_a_label_runs_outwards_from_its_dot_and_is_never_upside_down(
        self, drawn: tuple[Tree, dict[str, str]]
    ) -> None:
        for place in radial(*drawn).values():
            if is_dot(place):
                outwards = direction(place.x, place.y)
                along = 90 + math.degrees(place.rotation)
                assert angle_between(direction(place.label_x, place.label_y), outwards) < 1e-6
                assert (
                    min(angle_between(along, outwards), angle_between(along + 180, outwards)) < 1e-6
                )
                assert abs(place.rotation) <= math.pi / 2 + 1e-9

    def test_a_single_unit_stands_in_the_centre(self) -> None:
        tree = tree_of(scope_of(organization_of([("alone", "")])), ENGLISH)

        (place,) = radial(tree, names_of(tree)).values()

        assert (place.x, place.y, place.lines) == (0, 0, ("alone",))

    def test_is_the_same_at_every_load(self, iom: Organization) -> None:
        tree, again = (tree_of(scope_of(iom), ENGLISH) for _ in range(2))

        assert radial(tree, names_of(tree)) == radial(again, names_of(again))


class TestReferences:
    @given(st.data())
    def test_in_a_column_overlap_nothing(self, data: st.DataObject) -> None:
        tree, labels = data.draw(labelled_trees())
        names, mentioned_by = data.draw(mentioned_references(tree))
        units = tidy(tree, labels)

        column = reference_column(units, names, mentioned_by, width=COLUMN)

        assert set(column) == set(mentioned_by)
        assert overlaps(shapes(units | column)) == []

    @examples(30)
    @given(st.data())
    def test_in_a_column_stand_right_of_all_units(self, data: st.DataObject) -> None:
        tree, labels = data.draw(labelled_trees())
        names, mentioned_by = data.draw(mentioned_references(tree))
        units = tidy(tree, labels)

        edges = {
            left(place)
            for place in reference_column(units, names, mentioned_by, width=COLUMN).values()
        }

        assert all(edge > max(map(right, units.values())) for edge in edges)
        assert max(edges, default=0) - min(edges, default=0) < 1e-6

    @given(st.data())
    def test_on_a_ring_overlap_nothing(self, data: st.DataObject) -> None:
        tree, labels = data.draw(labelled_trees())
        names, mentioned_by = data.draw(mentioned_references(tree))
        units = radial(tree, labels)

        ring = reference_ring(units, names, mentioned_by, width=RING)

        assert set(ring) == set(mentioned_by)
        assert overlaps(shapes(units | ring)) == []

    def test_on_a_ring_overlap_nothing_around_a_single_unit(self) -> None:
        tree = tree_of(scope_of(organization_of([("alone", "")])), ENGLISH)
        units = radial(tree, names_of(tree))
        references = [f"reference {number}" for number in range(40)]

        ring = reference_ring(
            units,
            {key: ["Agreement on the Carriage of Goods"] for key in references},
            {key: ["u0"] for key in references},
            width=RING,
        )

        assert overlaps(shapes(units | ring)) == []

    def test_are_sorted_by_the_units_that_mention_them(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)
        names = {"last": ["Last"], "first": ["First"], "amid": ["Amid"]}
        mentioned_by = {"last": ["u6"], "first": ["u2"], "amid": ["u3", "u5"]}

        column = reference_column(tidy(tree, names_of(tree)), names, mentioned_by, width=COLUMN)
        ring = reference_ring(radial(tree, names_of(tree)), names, mentioned_by, width=RING)

        assert sorted(column, key=lambda key: column[key].y) == ["first", "amid", "last"]
        assert sorted(ring, key=lambda key: direction(ring[key].x, ring[key].y)) == [
            "first",
            "amid",
            "last",
        ]

    @pytest.mark.parametrize(
        ("forms", "lines"),
        [
            (["Agreement on Ballast Water", "Agr. on Ballast Water"], ["Agr. on Ballast Water"]),
            (["Agreement on Ballast Water"], ["Agreement on Ballast", "Water"]),
            (["Agreement on Ballast Water", "Agr…"], ["Agreement on Balla…"]),
        ],
    )
    def test_in_a_column_have_one_line_if_a_form_of_their_name_does(
        self, forms: list[str], lines: list[str], harbour: Organization
    ) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        column = reference_column(
            tidy(tree, names_of(tree)), {"r0": forms}, {"r0": ["u1"]}, width=COLUMN
        )

        assert list(column["r0"].lines) == lines

    def test_may_be_absent(self, harbour: Organization) -> None:
        tree = tree_of(scope_of(harbour), ENGLISH)

        assert reference_column(tidy(tree, names_of(tree)), {}, {}, width=COLUMN) == {}
        assert reference_ring(radial(tree, names_of(tree)), {}, {}, width=RING) == {}
