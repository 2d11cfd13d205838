"""The geometry of the diagrams: sector angles of the sunburst, node positions of the network.

Positions depend on the hierarchy and the labels alone, so they are the same at every load. Each
subtree has a range of heights, or of angles in the radial layout, to itself: no shape and no label
can overlap another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from components.diagrams.style import LABEL_SIZE, LINE_HEIGHT
from components.diagrams.text import ELLIPSIS, text_width, unbreakable_parts, wrap
from components.diagrams.tree import Tree

FULL_CIRCLE = 360.0
LINE_PITCH = LABEL_SIZE * LINE_HEIGHT
"""Pixels from one baseline to the next."""
BOX_PADDING_X, BOX_PADDING_Y = 7, 4
GROUP_GAP, RING_GAP, REFERENCE_RING_GAP = 3, 4, 7
"""Pixels between the children of two nodes in a tree, between the rings of a radial one, and from
there to the ring of references."""
DOT_DIAMETER, DOT_GAP = 11, 4
"""Pixels, in the radial layout: a node without children, and the gap between it and its label."""
MAX_CORNER = 8.0
"""Maximum radius of round corners, and size of cut ones, in pixels."""
REFERENCE_PADDING, REFERENCE_BORDER, MENTION_PITCH = 2.0, 1.0, 2.0
"""Pixels: between the cut corners of a reference and its label, of its border, and between the
lines to two references."""
MAX_LINES, MAX_REFERENCE_LINES = 6, 3
MAX_IN_COLUMN = 30
"""Leaf nodes of one parent below each other; more are wrapped into columns."""
BUS_HEIGHT, WRAPPED_GAP, TURN = 8.0, 18.0, 7.0
"""Pixels above wrapped columns, where the lines to all but the first run; between them; and from
such a line to the boxes beside it."""
CACHE_SIZE = 20_000
WIDENED = 1.5
"""The share by which a label may be wider than others for the sake of a long word."""
CROWDED, CROWDED_BOX_WEIGHT = 60, 4
"""A radial tree with more leaf nodes is crowded; its boxes have the angle of this many leaves."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Gaps between the boxes of a tree, padding inside them, and their least width, in pixels.

    A box with a mark is wider by ``mark_width`` and at least ``mark_height`` high.
    """

    column_gap: float
    row_gap: float
    padding_x: float
    padding_y: float
    min_width: float = 0.0
    mark_width: float = 0.0
    mark_height: float = 0.0


WIDE = Spacing(column_gap=24, row_gap=2, padding_x=7, padding_y=2)
DENSE = Spacing(column_gap=20, row_gap=1.25, padding_x=4, padding_y=0.5)


Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A shape and its label, in pixels; ``x`` and ``y`` are the centre of the shape.

    The label is inside a box, and beside a dot of the radial layout. There ``rotation`` is
    clockwise in radians. ``label_x`` and ``label_y`` lead from the centre of the shape to that of
    the label, which in a box is the same but for a mark before it.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    rotation: float = 0.0
    label_x: float = 0.0
    label_y: float = 0.0

    @property
    def left(self) -> float:
        """Return the left edge of the shape."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Return the right edge of the shape."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Return the upper edge of the shape."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Return the lower edge of the shape."""
        return self.y + self.height / 2


def corner_radius(width: float, height: float) -> float:
    """Return the radius of the corners of a round rectangle, in pixels."""
    return min(MAX_CORNER, width / 4, height / 4)


def sector_angles(tree: Tree) -> dict[str, tuple[float, float]]:
    """Return start and extent of each sector, by key, in degrees clockwise from the top.

    The extent is proportional to the weight of the node, drawn below it or not. What is a unit's
    own share of a measure is left free after its children; see ``own_shares``.
    """
    weights = {node.key: node.weight for node in tree.nodes}
    return _divide_circle(tree, weights, weights)


def own_shares(tree: Tree) -> dict[str, int]:
    """Return the own share of each inner node in the measure of the angles, if it has one."""
    shares = {
        key: tree.by_key[key].weight - sum(child.weight for child in children)
        for key, children in tree.children.items()
    }
    return {key: share for key, share in shares.items() if share > 0}


def wedge_angles(tree: Tree) -> dict[str, tuple[float, float]]:
    """Return start and extent of each node's wedge in the radial layout, as ``sector_angles``.

    The extent is proportional to the number of drawn leaf nodes, so that large groups do not
    squeeze the others. In a crowded tree a box counts as several leaves to have enough room.
    """
    weights: dict[str, int] = {}
    min_weight = CROWDED_BOX_WEIGHT if is_crowded(tree) else 1
    for node in reversed(tree.nodes):
        children = tree.children.get(node.key, ())
        total = sum(weights[child.key] for child in children)
        weights[node.key] = max(total, min_weight) if children else 1
    inner = {key: sum(weights[child.key] for child in tree.children[key]) for key in tree.children}
    return _divide_circle(tree, weights, inner)


def is_crowded(tree: Tree) -> bool:
    """Return whether the radial layout has to save space, for its number of leaf nodes."""
    return len(tree.nodes) - len(tree.children) > CROWDED


def _divide_circle(
    tree: Tree, weights: Mapping[str, int], inner: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    """Divide the angle of each node among its children by weight.

    ``inner`` has for each node with children the weight to which its own angle corresponds.
    """
    angles = {tree.focus.key: (0.0, FULL_CIRCLE)}
    for node in tree.nodes:
        start, extent = angles[node.key]
        for child in tree.children.get(node.key, ()):
            whole = inner[node.key]
            share = extent * weights[child.key] / whole if whole else 0.0
            angles[child.key] = (start, share)
            start += share
    return angles


def levels_of(parents: Mapping[str, str]) -> dict[str, int]:
    """Return the level of each node below the focus.

    ``parents`` has the key of each node's parent, in preorder; empty for the focus.
    """
    level: dict[str, int] = {}
    for key, parent in parents.items():
        level[key] = level[parent] + 1 if parent else 0
    return level


def chain_of(parents: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Return a node and its ancestors up to the focus."""
    chain = [key]
    while key := parents[key]:
        chain.append(key)
    return tuple(chain)


Wrapped = Mapping[str, Sequence[Sequence[str]]]
"""The columns of children, for each node whose children are wrapped."""


def wide_families(tree: Tree) -> Wrapped:
    """Return the columns into which children can be wrapped: where they are many leaf nodes."""
    return {
        key: _columns([child.key for child in children])
        for key, children in tree.children.items()
        if len(children) > MAX_IN_COLUMN
        and not any(child.key in tree.children for child in children)
    }


def _columns(keys: Sequence[str]) -> list[Sequence[str]]:
    rows = math.ceil(len(keys) / math.ceil(len(keys) / MAX_IN_COLUMN))
    return [keys[start : start + rows] for start in range(0, len(keys), rows)]


def tidy_tree(  # noqa: PLR0913  # the last four are for some nodes only
    tree: Tree,
    labels: Mapping[str, Sequence[str]],
    *,
    inner_width: float,
    leaf_width: float,
    spacing: Spacing = WIDE,
    second_lines: Mapping[str, str] = MappingProxyType({}),
    least_heights: Mapping[str, float] = MappingProxyType({}),
    wrapped: Wrapped = MappingProxyType({}),
    beside: Callable[[str], float] = lambda _: 0.0,
) -> dict[str, Placement]:
    """Return a tidy tree: a box for each node, by key, with levels from left to right.

    Parents are centred beside their children, as by Reingold and Tilford ("Tidier Drawings of
    Trees", 1981), but subtrees do not interlock: each has a band of heights to itself. ``labels``
    are the forms of each name, from the widest, and ``second_lines`` what stands below some. They
    wrap at ``inner_width`` pixels, those of leaf nodes at ``leaf_width``; leaf nodes may extend
    over the columns to their right. ``beside`` tells how much a node needs to the right of its box.
    ``least_heights`` are those of boxes that may be higher than their label.
    """
    language = tree.organization.about.language
    lines = {}
    for node in tree.nodes:
        room = inner_width if node.key in tree.children else leaf_width
        lines[node.key] = _label_lines(labels[node.key], room, language)
        if node.key in second_lines:
            lines[node.key] += _label_lines((second_lines[node.key],), room, language)
    mark_width = {
        node.key: 0.0 if node.initials is None else spacing.mark_width for node in tree.nodes
    }
    width = {
        key: max(spacing.min_width, max(map(text_width, text)) + 2 * spacing.padding_x)
        + mark_width[key]
        for key, text in lines.items()
    }
    height = {
        key: max(
            least_heights.get(key, 0.0),
            spacing.mark_height if mark_width[key] else 0.0,
            len(text) * LINE_PITCH + 2 * spacing.padding_y,
        )
        for key, text in lines.items()
    }
    columns = {
        key: wrapped.get(key) or ([child.key for child in children],)
        for key, children in tree.children.items()
    }
    band: dict[str, float] = {}
    stack: dict[str, float] = {}
    for node in reversed(tree.nodes):
        key = node.key
        band[key] = height[key]
        if key in columns:
            stack[key] = (BUS_HEIGHT if key in wrapped else 0.0) + max(
                sum(band[child] for child in column) + spacing.row_gap * (len(column) - 1)
                for column in columns[key]
            )
            band[key] = max(height[key], stack[key] + GROUP_GAP)
    left = _column_edges(tree, width, spacing)
    top, indent, placements = {tree.focus.key: 0.0}, {tree.focus.key: 0.0}, {}
    for node in tree.nodes:
        key, x = node.key, 0.0
        for column in columns.get(key, ()):
            y = top[key] + (band[key] - stack[key]) / 2
            y += BUS_HEIGHT if key in wrapped else 0.0
            for child in column:
                top[child], indent[child] = y, x
                y += band[child] + spacing.row_gap
            x += max(width[child] + beside(child) for child in column) + WRAPPED_GAP
        placements[key] = Placement(
            left[node.level] + indent[key] + width[key] / 2,
            top[key] + band[key] / 2,
            width[key],
            height[key],
            lines[key],
            label_x=mark_width[key] / 2,
        )
    return placements


def wrapped_lines(
    boxes: Mapping[str, Placement], wrapped: Wrapped
) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Yield the children in all columns but the first, and the corners of the line to each.

    The line runs above the columns before, and down beside its own.
    """
    for parent, (first, *others) in wrapped.items():
        start, corner = boxes[parent], boxes[first[0]]
        trunk, bus = corner.left - TURN, corner.top - BUS_HEIGHT / 2
        for column in others:
            beside = boxes[column[0]].left - TURN
            for child in column:
                end = boxes[child]
                yield (
                    child,
                    [
                        (start.right, start.y),
                        (trunk, start.y),
                        (trunk, bus),
                        (beside, bus),
                        (beside, end.y),
                        (end.left, end.y),
                    ],
                )


def _label_lines(
    forms: Sequence[str], width: float, language: str, max_lines: int = MAX_LINES
) -> tuple[str, ...]:
    """Return the lines of the widest form of a name that needs at most so many.

    The label is wider than ``width`` if a word needs it; still longer words are hyphenated.
    """
    lines: tuple[str, ...] = ()
    for form in forms:
        room = min(max(width, _longest_word(form)), WIDENED * width)
        lines = wrap(form, room, max_lines=max_lines, language=language)
        if not lines[-1].endswith(ELLIPSIS) or form.endswith(ELLIPSIS):
            break
    return lines


@lru_cache(CACHE_SIZE)
def _longest_word(text: str) -> float:
    """Return the width of the longest part of a text that stays on one line."""
    return max((text_width(part.rstrip()) for part in unbreakable_parts(text)), default=0.0)


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
    labels: Mapping[str, Sequence[str]],
    *,
    box_width: float,
    leaf_width: float,
    leaf_lines: int,
) -> dict[str, Placement]:
    """Return a radial layout: each node, by key, in the middle of its wedge on a ring per level.

    Nodes with children, and the focus, are boxes with upright text. Leaf nodes are dots with their
    label outside, of at most ``leaf_lines`` lines. ``labels`` are the forms of each name, from the
    widest.
    """
    language = tree.organization.about.language
    angles = wedge_angles(tree)
    boxes = {tree.focus.key, *tree.children}
    lines = {
        node.key: _label_lines(labels[node.key], box_width, language)
        if node.key in boxes
        else _label_lines(labels[node.key], leaf_width, language, leaf_lines)
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


def reference_gap(count: int, spacing: Spacing) -> float:
    """Return the pixels between a tree and its references: a lane for the lines to each."""
    return max(spacing.column_gap, MENTION_PITCH * (count + 1))


def reference_column(  # noqa: PLR0913  # the last three are options by keyword
    units: Mapping[str, Placement],
    labels: Mapping[str, Sequence[str]],
    mentioned_by: Mapping[str, Sequence[str]],
    *,
    width: float,
    spacing: Spacing = WIDE,
    language: str = "",
) -> dict[str, Placement]:
    """Return a box for each reference, by key, in a column to the right of a tidy tree.

    ``labels`` are the forms of each name, from the widest; they wrap at ``width`` pixels, if no
    form fits into a line. ``mentioned_by`` has the keys of the units that mention each reference;
    the column is sorted by their mean height.
    """
    left = max(unit.right for unit in units.values()) + reference_gap(len(mentioned_by), spacing)
    mean = {
        key: sum(units[unit].y for unit in keys) / len(keys) for key, keys in mentioned_by.items()
    }
    by_mean = sorted(mean, key=mean.__getitem__)
    lines = {key: _reference_lines(labels[key], width, language, least_lines=1) for key in by_mean}
    height = {key: len(lines[key]) * LINE_PITCH + 2 * spacing.padding_y for key in by_mean}
    gap = spacing.row_gap + REFERENCE_BORDER
    mentioning = [units[unit].y for keys in mentioned_by.values() for unit in keys]
    middle = (min(mentioning, default=0.0) + max(mentioning, default=0.0)) / 2
    top = middle - (sum(height.values()) + gap * (len(height) - 1)) / 2
    placements = {}
    for key in by_mean:
        widest = max(map(text_width, lines[key]))
        box_width = widest + 2 * (MAX_CORNER + REFERENCE_PADDING)
        x, y = left + box_width / 2, top + height[key] / 2
        placements[key] = Placement(x, y, box_width, height[key], lines[key])
        top += height[key] + gap
    return placements


def reference_ring(
    units: Mapping[str, Placement],
    labels: Mapping[str, Sequence[str]],
    mentioned_by: Mapping[str, Sequence[str]],
    *,
    width: float,
    language: str = "",
) -> dict[str, Placement]:
    """Return a dot for each reference, by key, on a ring around a radial tree.

    The ring is sorted by the direction of the units that mention each. ``labels`` are the forms of
    each name, from the widest, which wrap at ``width`` pixels.
    """
    lines = {key: _reference_lines(labels[key], width, language) for key in mentioned_by}
    spacing = max(map(len, lines.values()), default=1) * LINE_PITCH + 4
    outside = max(map(_outer_radius, units.values())) + REFERENCE_RING_GAP
    radius = max(outside, spacing * len(lines) / math.tau)

    def direction(key: str) -> float:
        mentioning = [units[unit] for unit in mentioned_by[key]]
        x, y = sum(unit.x for unit in mentioning), sum(unit.y for unit in mentioning)
        return math.atan2(x, -y) % math.tau

    return {
        key: _dot(math.tau * (position + 0.5) / len(lines), radius, lines[key])
        for position, key in enumerate(sorted(lines, key=direction))
    }


def _reference_lines(
    forms: Sequence[str], width: float, language: str, least_lines: int = MAX_REFERENCE_LINES
) -> tuple[str, ...]:
    """Return the lines of the widest form that fits into the least number of lines, if any does.

    The beginning of a name is as long as there is room.
    """
    lines: tuple[str, ...] = ()
    for most in range(least_lines, MAX_REFERENCE_LINES + 1):
        lines = _label_lines(forms, width, language, most)
        if not lines[-1].endswith(ELLIPSIS):
            return lines
        if (beginning := " ".join(lines)) in forms:
            cut = wrap(forms[0], width, max_lines=most, language=language)
            is_longer = " ".join(cut).startswith(beginning.removesuffix(ELLIPSIS))
            return cut if is_longer else lines
    return lines


def edges_of_all(edges: Iterable[Edges]) -> Edges:
    """Return the edges of what holds several shapes."""
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def box_edges(at: Placement) -> Edges:
    """Return the edges of a shape, which holds its label."""
    return at.left, at.top, at.right, at.bottom


def dot_edges(at: Placement) -> Edges:
    """Return the edges of a dot with the label beside it; of a box without one, its own."""
    # The label ends twice as far from the centre of the dot as its own centre is.
    end_x, end_y = 2 * at.label_x, 2 * at.label_y
    half_label = len(at.lines) * LINE_PITCH / 2 if end_x or end_y else 0.0
    beside = half_label * abs(math.sin(at.rotation))
    above = half_label * abs(math.cos(at.rotation))
    return (
        min(at.left, at.x + min(0.0, end_x) - beside),
        min(at.top, at.y + min(0.0, end_y) - above),
        max(at.right, at.x + max(0.0, end_x) + beside),
        max(at.bottom, at.y + max(0.0, end_y) + above),
    )


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
