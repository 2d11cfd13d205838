"""Where things stand: the sectors' angles, and the positions of the network.

All of it follows from the hierarchy alone, so a picture is the same at every load. Every subtree
has a band of its own, in the tree a range of heights and in the radial layout a range of angles,
so that no shape and no label can touch another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.diagrams.style import LABEL_SIZE, LINE_HEIGHT
from components.diagrams.text import text_width, wrap
from components.diagrams.tree import Node, Tree

TURN = 360.0
LINE = LABEL_SIZE * LINE_HEIGHT
PADDING_X = 7
BOX_PADDING_Y = 4
RING_GAP = 12
DOT = 11
"""Diameter of a unit with nothing below it in the radial layout, in pixels."""
DOT_GAP = 4
CROWDED, MIN_OF_A_BOX = 60, 4
"""A radial tree with more ends than this is crowded; a box has the wedge of so many, at least."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Room in and around the boxes of a tree, in pixels."""

    column_gap: float
    row_gap: float
    group_gap: float
    padding_x: float
    padding_y: float


WIDE = Spacing(column_gap=22, row_gap=2.5, group_gap=3, padding_x=7, padding_y=2)
DENSE = Spacing(column_gap=14, row_gap=1.5, group_gap=3, padding_x=4, padding_y=0.5)


@dataclass(frozen=True, slots=True)
class Place:
    """A shape and its label, in pixels.

    Of a box, the label stands inside. Of a dot in the radial layout, it runs outwards along the
    spoke: ``rotation`` is clockwise in radians, ``label_x`` and ``label_y`` lead from the centre
    of the shape to the centre of the label.
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
    """Return start and extent of each node's sector, by key, clockwise in degrees from the top.

    A sector's extent is its share of the lowest-level units; what is folded keeps its share.
    """
    return _shared_out(tree, {node.key: node.leaves for node in tree.nodes})


def wedge_angles(tree: Tree) -> dict[str, tuple[float, float]]:
    """Return start and extent of each node's wedge in the radial layout, as of the sectors.

    A wedge's extent is its share of the nodes that are drawn with none below them: the same as
    its sector's where all is drawn, and never too thin for a label where much is folded. Where
    there are many, a box counts as several of them, for it needs the room.
    """
    ends: dict[str, int] = {}
    least = MIN_OF_A_BOX if is_crowded(tree) else 1
    for node in reversed(tree.nodes):
        children = tree.children.get(node.key)
        below = sum(ends[child.key] for child in children) if children else 0
        ends[node.key] = max(below, least) if children else 1
    return _shared_out(tree, ends)


def is_crowded(tree: Tree) -> bool:
    """Tell whether so many nodes have none below them that a radial layout has to be sparing."""
    return len(tree.nodes) - len(tree.children) > CROWDED


def _shared_out(tree: Tree, weights: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    angles = {tree.focus.key: (0.0, TURN)}
    for node in tree.nodes:
        start, extent = angles[node.key]
        children = tree.children.get(node.key, ())
        whole = sum(weights[child.key] for child in children)
        for child in children:
            share = extent * weights[child.key] / whole
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
) -> dict[str, Place]:
    """Return a box for each node, by key: left to right by level, parents beside their children.

    A label breaks its lines at ``inner_width`` pixels in a node that has others below it, and at
    ``leaf_width`` in one that has none, which may reach over the columns to its right.
    """
    lines = {
        node.key: wrap(labels[node.key], inner_width if node.key in tree.children else leaf_width)
        for node in tree.nodes
    }
    width = {key: max(map(text_width, text)) + 2 * spacing.padding_x for key, text in lines.items()}
    height = {key: len(text) * LINE + 2 * spacing.padding_y for key, text in lines.items()}
    band: dict[str, float] = {}

    def stacked(children: Sequence[Node]) -> float:
        return sum(band[child.key] for child in children) + spacing.row_gap * (len(children) - 1)

    for node in reversed(tree.nodes):
        children = tree.children.get(node.key)
        below = stacked(children) + spacing.group_gap if children else 0.0
        band[node.key] = max(height[node.key], below)
    left, top, places = _columns(tree, width, spacing), {tree.focus.key: 0.0}, {}
    for node in tree.nodes:
        key, children = node.key, tree.children.get(node.key, ())
        y = top[key] + (band[key] - stacked(children)) / 2
        for child in children:
            top[child.key] = y
            y += band[child.key] + spacing.row_gap
        places[key] = Place(
            left[node.level] + width[key] / 2,
            top[key] + band[key] / 2,
            width[key],
            height[key],
            tuple(lines[key]),
        )
    return places


def _columns(tree: Tree, width: Mapping[str, float], spacing: Spacing) -> list[float]:
    """Return the left edge of each level; leaves do not widen a column that others go past."""
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
) -> dict[str, Place]:
    """Return a place for each node, by key: on rings around the focus, amid its wedge.

    A node with others below it is a box with upright text, the rest are dots with their label
    outside. Each ring is as far out as it must be: a box needs room in its wedge, the lines of a
    dot's label in theirs.
    """
    angles = wedge_angles(tree)
    boxes = {tree.focus.key, *tree.children}
    lines = {
        node.key: tuple(
            wrap(labels[node.key], box_width)
            if node.key in boxes
            else wrap(labels[node.key], leaf_width, most=leaf_lines)
        )
        for node in tree.nodes
    }
    size = {key: _box_size(lines[key]) for key in boxes}
    rings = tree.levels
    reach, least = [DOT / 2] * rings, [0.0] * rings
    for node in tree.nodes:
        half = math.radians(min(angles[node.key][1], TURN / 2)) / 2
        if node.key in boxes:
            radius = math.hypot(*size[node.key]) / 2
            reach[node.level] = max(reach[node.level], radius)
            need = radius / math.sin(half) if node.level else 0.0
        else:
            need = max(DOT, len(lines[node.key]) * LINE + 1) / 2 / math.tan(half) - DOT / 2
        least[node.level] = max(least[node.level], need)
    radii = [0.0]
    for ring in range(1, rings):
        radii.append(max(radii[-1] + reach[ring - 1] + RING_GAP + reach[ring], least[ring]))
    places = {}
    for node in tree.nodes:
        start, extent = angles[node.key]
        angle, radius = math.radians(start + extent / 2), radii[node.level]
        if node.key in boxes:
            x, y = radius * math.sin(angle), -radius * math.cos(angle)
            places[node.key] = Place(x, y, *size[node.key], lines[node.key])
        else:
            places[node.key] = _dot(angle, radius, lines[node.key])
    return places


def reference_column(
    beside: Mapping[str, Place], labels: Mapping[str, str], named_by: Mapping[str, Sequence[str]]
) -> dict[str, Place]:
    """Return a box for each reference in a column right of a tidy tree, near what names it.

    ``named_by`` has the keys of the units for the key of each reference.
    """
    left = max(place.x + place.width / 2 for place in beside.values()) + 4 * WIDE.column_gap
    rows = [beside[unit].y for units in named_by.values() for unit in units]
    height = LINE + 2 * WIDE.padding_y
    step = height + 2 * WIDE.row_gap
    ordered = sorted(
        named_by, key=lambda key: sum(beside[unit].y for unit in named_by[key]) / len(named_by[key])
    )
    first = (min(rows) + max(rows) - step * (len(ordered) - 1)) / 2 if rows else 0.0
    places = {}
    for place, key in enumerate(ordered):
        width = text_width(labels[key]) + 4 * PADDING_X
        places[key] = Place(
            left + width / 2,
            first + place * step,
            width,
            height,
            (labels[key],),
        )
    return places


def reference_ring(
    around: Mapping[str, Place],
    labels: Mapping[str, str],
    named_by: Mapping[str, Sequence[str]],
    *,
    width: float,
) -> dict[str, Place]:
    """Return a dot for each reference on a ring around a radial tree, near what names it."""
    outermost = max(
        math.hypot(place.x, place.y)
        + (
            max(map(text_width, place.lines)) + DOT + DOT_GAP
            if place.rotation or place.label_x or place.label_y
            else math.hypot(place.width, place.height) / 2
        )
        for place in around.values()
    )
    lines = {key: tuple(wrap(labels[key], width, most=3)) for key in named_by}
    highest = max(map(len, lines.values()), default=1) * LINE + 4
    radius = max(outermost + RING_GAP, highest * len(named_by) / math.tau)

    def direction(key: str) -> float:
        units = [around[unit] for unit in named_by[key]]
        return math.atan2(sum(unit.x for unit in units), -sum(unit.y for unit in units)) % math.tau

    ordered = sorted(named_by, key=direction)
    return {
        key: _dot(math.tau * (place + 0.5) / len(ordered), radius, lines[key])
        for place, key in enumerate(ordered)
    }


def _box_size(lines: Sequence[str]) -> tuple[float, float]:
    width = max(map(text_width, lines)) + 2 * PADDING_X
    return width, len(lines) * LINE + 2 * BOX_PADDING_Y


def _dot(angle: float, radius: float, lines: tuple[str, ...]) -> Place:
    """Return a dot at an angle clockwise from the top, its label outside and upright."""
    away = DOT / 2 + DOT_GAP + max(map(text_width, lines)) / 2
    upright = angle - math.pi / 2 if angle <= math.pi else angle + math.pi / 2
    return Place(
        radius * math.sin(angle),
        -radius * math.cos(angle),
        DOT,
        DOT,
        lines,
        math.remainder(upright, math.tau),
        away * math.sin(angle),
        -away * math.cos(angle),
    )
