"""The geometry of the diagrams: sector angles of the sunburst, node positions of the network.

Positions depend on the hierarchy and the labels alone, so they are the same at every load. Each
subtree has a range of heights, or of angles in the radial layout, to itself: no shape and no label
can overlap another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.diagrams.style import LABEL_SIZE, LINE_HEIGHT
from components.diagrams.text import text_width, wrap
from components.diagrams.tree import Node, Tree

FULL_CIRCLE = 360.0
LINE_PITCH = LABEL_SIZE * LINE_HEIGHT
"""Pixels from one baseline to the next."""
BOX_PADDING_X, BOX_PADDING_Y = 7, 4
GROUP_GAP, RING_GAP = 3, 12
"""Pixels between the children of two nodes in a tree, and between the rings of a radial one."""
DOT_DIAMETER, DOT_GAP = 11, 4
"""Pixels, in the radial layout: a node without children, and the gap between it and its label."""
CROWDED, CROWDED_BOX_WEIGHT = 60, 4
"""A radial tree with more leaf nodes is crowded; its boxes have the angle of this many leaves."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Gaps between the boxes of a tree, and padding inside them, in pixels."""

    column_gap: float
    row_gap: float
    padding_x: float
    padding_y: float


WIDE = Spacing(column_gap=22, row_gap=2.5, padding_x=7, padding_y=2)
DENSE = Spacing(column_gap=14, row_gap=1.5, padding_x=4, padding_y=0.5)


@dataclass(frozen=True, slots=True)
class Placement:
    """A shape and its label, in pixels; ``x`` and ``y`` are the centre of the shape.

    The label is inside a box, and beside a dot of the radial layout. There ``rotation`` is
    clockwise in radians, and ``label_x`` and ``label_y`` lead from the centre of the dot to that
    of the label.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    rotation: float = 0.0
    label_x: float = 0.0
    label_y: float = 0.0


def sector_angles(tree: Tree) -> dict[str, tuple[float, float]]:
    """Return start and extent of each sector, by key, in degrees clockwise from the top.

    The extent is proportional to the number of units without children, drawn or not.
    """
    return _divide_circle(tree, {node.key: node.leaves for node in tree.nodes})


def wedge_angles(tree: Tree) -> dict[str, tuple[float, float]]:
    """Return start and extent of each node's wedge in the radial layout, as ``sector_angles``.

    The extent is proportional to the number of drawn leaf nodes, so that folded units do not
    squeeze the others. In a crowded tree a box counts as several leaves to have enough room.
    """
    weights: dict[str, int] = {}
    min_weight = CROWDED_BOX_WEIGHT if is_crowded(tree) else 1
    for node in reversed(tree.nodes):
        children = tree.children.get(node.key, ())
        total = sum(weights[child.key] for child in children)
        weights[node.key] = max(total, min_weight) if children else 1
    return _divide_circle(tree, weights)


def is_crowded(tree: Tree) -> bool:
    """Return whether the radial layout has to save space, for its number of leaf nodes."""
    return len(tree.nodes) - len(tree.children) > CROWDED


def _divide_circle(tree: Tree, weights: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Divide the angle of each node among its children by weight."""
    angles = {tree.focus.key: (0.0, FULL_CIRCLE)}
    for node in tree.nodes:
        start, extent = angles[node.key]
        children = tree.children.get(node.key, ())
        total = sum(weights[child.key] for child in children)
        for child in children:
            share = extent * weights[child.key] / total
            angles[child.key] = (start, share)
            start += share
    return angles


def tidy_tree(
    tree: Tree,
    labels: Mapping[str, str],
    *,
    inner_width: float,
    leaf_width: float,
    spacing: Spacing = WIDE,
) -> dict[str, Placement]:
    """Return a tidy tree: a box for each node, by key, with levels from left to right.

    Parents are centred beside their children, as by Reingold and Tilford ("Tidier Drawings of
    Trees", 1981), but subtrees do not interlock: each has a band of heights to itself. Labels wrap
    at ``inner_width`` pixels, those of leaf nodes at ``leaf_width``; leaf nodes may extend over
    the columns to their right.
    """
    lines = {
        node.key: wrap(labels[node.key], inner_width if node.key in tree.children else leaf_width)
        for node in tree.nodes
    }
    width = {key: max(map(text_width, text)) + 2 * spacing.padding_x for key, text in lines.items()}
    height = {key: len(text) * LINE_PITCH + 2 * spacing.padding_y for key, text in lines.items()}
    band: dict[str, float] = {}

    def stack_height(children: Sequence[Node]) -> float:
        return sum(band[child.key] for child in children) + spacing.row_gap * (len(children) - 1)

    for node in reversed(tree.nodes):
        children = tree.children.get(node.key)
        needed = stack_height(children) + GROUP_GAP if children else 0.0
        band[node.key] = max(height[node.key], needed)
    left, top, placements = _column_edges(tree, width, spacing), {tree.focus.key: 0.0}, {}
    for node in tree.nodes:
        key, children = node.key, tree.children.get(node.key, ())
        y = top[key] + (band[key] - stack_height(children)) / 2
        for child in children:
            top[child.key] = y
            y += band[child.key] + spacing.row_gap
        placements[key] = Placement(
            left[node.level] + width[key] / 2,
            top[key] + band[key] / 2,
            width[key],
            height[key],
            tuple(lines[key]),
        )
    return placements


def _column_edges(tree: Tree, width: Mapping[str, float], spacing: Spacing) -> list[float]:
    """Return the left edge of each level; leaf nodes do not widen their column."""
    widest = [0.0] * tree.levels
    for node in tree.nodes:
        if node.key in tree.children:
            widest[node.level] = max(widest[node.level], width[node.key])
    edges = [0.0]
    for column in widest[:-1]:
        edges.append(edges[-1] + column + spacing.column_gap)
    return edges


def radial_tree(
    tree: Tree,
    labels: Mapping[str, str],
    *,
    box_width: float,
    leaf_width: float,
    leaf_lines: int,
) -> dict[str, Placement]:
    """Return a radial layout: each node, by key, in the middle of its wedge on a ring per level.

    Nodes with children, and the focus, are boxes with upright text. Leaf nodes are dots with their
    label outside, of at most ``leaf_lines`` lines.
    """
    angles = wedge_angles(tree)
    boxes = {tree.focus.key, *tree.children}
    lines = {
        node.key: tuple(
            wrap(labels[node.key], box_width)
            if node.key in boxes
            else wrap(labels[node.key], leaf_width, max_lines=leaf_lines)
        )
        for node in tree.nodes
    }
    sizes = {key: _box_size(lines[key]) for key in boxes}
    radii = _ring_radii(tree, angles, lines, sizes)
    placements = {}
    for node in tree.nodes:
        start, extent = angles[node.key]
        angle, radius = math.radians(start + extent / 2), radii[node.level]
        if node.key in boxes:
            x, y = radius * math.sin(angle), -radius * math.cos(angle)
            placements[node.key] = Placement(x, y, *sizes[node.key], lines[node.key])
        else:
            placements[node.key] = _dot(angle, radius, lines[node.key])
    return placements


def _ring_radii(
    tree: Tree,
    angles: Mapping[str, tuple[float, float]],
    lines: Mapping[str, Sequence[str]],
    box_sizes: Mapping[str, tuple[float, float]],
) -> list[float]:
    """Return the radius of each level's ring: the least at which every shape fits its wedge."""
    half_depth, needed = [DOT_DIAMETER / 2] * tree.levels, [0.0] * tree.levels
    for node in tree.nodes:
        level, half_angle = node.level, math.radians(min(angles[node.key][1], FULL_CIRCLE / 2)) / 2
        if node.key in box_sizes:
            circumradius = math.hypot(*box_sizes[node.key]) / 2
            half_depth[level] = max(half_depth[level], circumradius)
            radius = circumradius / math.sin(half_angle) if level else 0.0
        else:
            half_height = max(DOT_DIAMETER, len(lines[node.key]) * LINE_PITCH + 1) / 2
            radius = half_height / math.tan(half_angle) - DOT_DIAMETER / 2
        needed[level] = max(needed[level], radius)
    radii = [0.0]
    for level in range(1, tree.levels):
        clear = radii[-1] + half_depth[level - 1] + RING_GAP + half_depth[level]
        radii.append(max(clear, needed[level]))
    return radii


def reference_column(
    units: Mapping[str, Placement],
    labels: Mapping[str, str],
    mentioned_by: Mapping[str, Sequence[str]],
) -> dict[str, Placement]:
    """Return a box for each reference, by key, in a column to the right of a tidy tree.

    ``mentioned_by`` has the keys of the units that mention each reference; the column is sorted by
    their mean height.
    """
    left = max(unit.x + unit.width / 2 for unit in units.values()) + 4 * WIDE.column_gap
    heights = {key: [units[unit].y for unit in keys] for key, keys in mentioned_by.items()}
    all_heights = [y for column in heights.values() for y in column]
    height = LINE_PITCH + 2 * WIDE.padding_y
    step = height + 2 * WIDE.row_gap
    first = (
        (min(all_heights) + max(all_heights) - step * (len(heights) - 1)) / 2 if heights else 0.0
    )
    placements = {}
    by_mean = sorted(heights, key=lambda key: sum(heights[key]) / len(heights[key]))
    for row, key in enumerate(by_mean):
        width = text_width(labels[key]) + 4 * BOX_PADDING_X
        placements[key] = Placement(
            left + width / 2, first + row * step, width, height, (labels[key],)
        )
    return placements


def reference_ring(
    units: Mapping[str, Placement],
    labels: Mapping[str, str],
    mentioned_by: Mapping[str, Sequence[str]],
    *,
    width: float,
) -> dict[str, Placement]:
    """Return a dot for each reference, by key, on a ring around a radial tree.

    The ring is sorted by the direction of the units that mention each; labels wrap at ``width``.
    """
    lines = {key: tuple(wrap(labels[key], width, max_lines=3)) for key in mentioned_by}
    spacing = max(map(len, lines.values()), default=1) * LINE_PITCH + 4
    radius = max(
        max(map(_outer_radius, units.values())) + RING_GAP, spacing * len(lines) / math.tau
    )

    def direction(key: str) -> float:
        mentioning = [units[unit] for unit in mentioned_by[key]]
        x, y = sum(unit.x for unit in mentioning), sum(unit.y for unit in mentioning)
        return math.atan2(x, -y) % math.tau

    return {
        key: _dot(math.tau * (position + 0.5) / len(lines), radius, lines[key])
        for position, key in enumerate(sorted(lines, key=direction))
    }


def _outer_radius(placement: Placement) -> float:
    """Return the distance from the centre of the layout to the far end of a shape and its label."""
    distance = math.hypot(placement.x, placement.y)
    if placement.rotation or placement.label_x or placement.label_y:
        return distance + (max(map(text_width, placement.lines)) + DOT_DIAMETER + DOT_GAP)
    return distance + math.hypot(placement.width, placement.height) / 2


def _box_size(lines: Sequence[str]) -> tuple[float, float]:
    width = max(map(text_width, lines)) + 2 * BOX_PADDING_X
    return width, len(lines) * LINE_PITCH + 2 * BOX_PADDING_Y


def _dot(angle: float, radius: float, lines: tuple[str, ...]) -> Placement:
    """Return a dot at an angle clockwise from the top, with its label outside and upright."""
    label_distance = DOT_DIAMETER / 2 + DOT_GAP + max(map(text_width, lines)) / 2
    rotation = angle - math.pi / 2 if angle <= math.pi else angle + math.pi / 2
    return Placement(
        radius * math.sin(angle),
        -radius * math.cos(angle),
        DOT_DIAMETER,
        DOT_DIAMETER,
        lines,
        math.remainder(rotation, math.tau),
        label_distance * math.sin(angle),
        -label_distance * math.cos(angle),
    )
