"""The curves of links in the radial layout, bundled along the hierarchy.

Each link is a B-spline along the path through the tree between its ends, straightened by ``BETA``
(Holten, "Hierarchical Edge Bundles", IEEE TVCG 12, 2006). Holten's nodes are points; here they are
boxes with names, so the path passes beside the box of each ancestor instead of through its centre.
A curve that would still meet a box or a label runs around it: in the free space between two rings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from components.diagrams.curves import Curve, Point, between, rounded_line
from components.diagrams.layout import (
    DOT_DIAMETER,
    LINE_PITCH,
    REFERENCE_RING_GAP,
    Placement,
    chain_of,
    levels_of,
)
from components.diagrams.text import text_width

BETA = 0.85
"""How far a curve follows the hierarchy: 1 completely, 0 not at all."""
CLEARANCE = 1.5
"""Pixels between a curve and the boxes and labels that it passes, as all lengths here."""
SPREADS = (1.0, 1.8)
"""How far from a box a curve is led past it; 1 is where its circumcircle ends."""
SIDESTEP = 24.0
"""Between the line of the hierarchy and the control point of a link beside it."""
RADIUS, LARGE_RADIUS = 6.0, 40.0
"""Of the corners of a line around what is in its way, and where there is room."""
ARC_STEP = math.radians(10)
"""Angle between two control points along a ring."""
SAMPLE_STEPS = (24.0, 4.0)
"""Between two points of a curve that are compared with the boxes, at first and at last."""

Polar = tuple[float, float]
"""A distance from the centre, and an angle clockwise from the top in radians."""


@dataclass(frozen=True)
class Rings:
    """The nodes of a radial layout, by key, and what is free between them."""

    parents: Mapping[str, str]
    """The key of each node's parent in preorder; empty for the focus."""
    nodes: Mapping[str, Placement]

    @cached_property
    def level(self) -> Mapping[str, int]:
        """The ring of each node."""
        return levels_of(self.parents)

    @cached_property
    def polar(self) -> Mapping[str, Polar]:
        """The position of each node."""
        return {
            key: (math.hypot(node.x, node.y), math.atan2(node.x, -node.y))
            for key, node in self.nodes.items()
        }

    @cached_property
    def half_angle(self) -> Mapping[str, float]:
        """Half of the angle that each box, or dot with its label, takes from its ring outwards."""
        angles = {}
        for key, node in self.nodes.items():
            distance, _ = self.polar[key]
            if not distance:
                angles[key] = math.pi
            elif _is_dot(node):
                half = max(DOT_DIAMETER, len(node.lines) * LINE_PITCH + 1) / 2
                angles[key] = math.atan2(half, distance + DOT_DIAMETER / 2)
            else:
                angles[key] = math.asin(min(1.0, _circumradius(node) / distance))
        return angles

    @cached_property
    def between(self) -> list[float]:
        """The distance from the centre of the middle of the free space outside each ring."""
        levels = 1 + max(self.level.values())
        inner, outer = [math.inf] * levels, [0.0] * levels
        for key, level in self.level.items():
            node, (distance, _) = self.nodes[key], self.polar[key]
            radius = DOT_DIAMETER / 2 if _is_dot(node) else _circumradius(node)
            inner[level] = min(inner[level], distance - radius)
            outer[level] = max(outer[level], distance + radius)
        return [(low + high) / 2 for low, high in zip(outer[:-1], inner[1:], strict=True)]

    @cached_property
    def spans(self) -> Mapping[str, tuple[float, float]]:
        """The least and the greatest angle of each subtree, relative to that of its top."""
        spans = {key: (-self.half_angle[key], self.half_angle[key]) for key in self.parents}
        for key, parent in reversed([*self.parents.items()]):
            if parent:
                turn = self.turn(parent, key)
                (low, high), (least, greatest) = spans[key], spans[parent]
                spans[parent] = min(least, turn + low), max(greatest, turn + high)
        return spans

    def turn(self, one: str, other: str) -> float:
        """Return the angle from one node to another, -pi to pi."""
        return math.remainder(self.polar[other][1] - self.polar[one][1], math.tau)

    def curve(self, source: str, target: str) -> Curve:
        """Return the curve of a link between two nodes."""
        one, other = self.nodes[source], self.nodes[target]
        ends = (one.x, one.y), (other.x, other.y)
        path = _Path.between(self, source, target)
        facing = replace(path, faces_the_other=True)
        around = min(([_point(at) for at in each.around()] for each in (facing, path)), key=_length)
        paths = [facing] if facing.gates == path.gates else [facing, path]
        for controls in (
            *(_straightened(ends, controls) for each in paths for controls in each.splines()),
            around[1:-1],
            rounded_line(around, LARGE_RADIUS).controls,
        ):
            curve = self._ended(source, target, controls)
            if not self._meets(curve, source, target):
                return curve
        return self._ended(source, target, rounded_line(around, RADIUS).controls)

    def _ended(self, source: str, target: str, controls: Sequence[Point]) -> Curve:
        """Return a curve that begins and ends at the borders of two nodes."""
        return Curve(
            border_point(self.nodes[source], controls[0]),
            tuple(controls),
            border_point(self.nodes[target], controls[-1]),
        )

    @cached_property
    def _obstacles(self) -> tuple[dict[str, int], npt.NDArray[np.float64]]:
        """The number of each node's box or dot, and all boxes, dots and labels as rectangles.

        A rectangle is x, y, cosine and sine of its rotation, half its width and half its height,
        and half its diagonal, with the clearance around it.
        """
        rows: list[tuple[float, ...]] = []
        numbers: dict[str, int] = {}
        for key, node in self.nodes.items():
            numbers[key] = len(rows)
            rows.append((node.x, node.y, 1.0, 0.0, node.width / 2, node.height / 2))
            if _is_dot(node):
                half = max(map(text_width, node.lines)) / 2, len(node.lines) * LINE_PITCH / 2
                cosine, sine = math.cos(node.rotation), math.sin(node.rotation)
                x, y = node.x + node.label_x, node.y + node.label_y
                rows.append((x, y, cosine, sine, *half))
        array = np.array(rows).T
        array[4:] += CLEARANCE
        return numbers, np.vstack([array, np.hypot(array[4], array[5])])

    def _meets(self, curve: Curve, source: str, target: str) -> bool:
        """Return whether a curve meets a box or a label other than the boxes at its ends."""
        numbers, obstacles = self._obstacles
        hull = np.array((curve.start, *curve.controls, curve.end))
        # Most obstacles are far away: only those near the hull of the curve are compared.
        (left, top), (right, bottom) = hull.min(axis=0), hull.max(axis=0)
        near = (
            (obstacles[0] + obstacles[6] > left)
            & (obstacles[0] - obstacles[6] < right)
            & (obstacles[1] + obstacles[6] > top)
            & (obstacles[1] - obstacles[6] < bottom)
        )
        near[[numbers[source], numbers[target]]] = False
        if not near.any():
            return False
        pieces = np.array(list(curve.pieces()))
        longest = np.hypot(*(pieces[:, 1:] - pieces[:, :-1]).T).sum(axis=0).max()
        # Most of what meets a box does so in few points.
        return any(
            _meets_any(pieces, 2 + int(longest / step), obstacles[:, near]) for step in SAMPLE_STEPS
        )

    def mention_curve(self, unit: str, at: Placement) -> Curve:
        """Return the curve from a node to a reference on the ring around all others."""
        distance, angle = math.hypot(at.x, at.y), math.atan2(at.x, -at.y)
        outside = distance - (DOT_DIAMETER + REFERENCE_RING_GAP) / 2 + CLEARANCE
        start, own_angle = self.polar[unit]
        sides = [own_angle + side for side in self.spans[unit]]
        if not start:
            # From the centre a line leads out between two of the branches.
            branches = [key for key, parent in self.parents.items() if parent == unit]
            sides = [self.polar[key][1] + self.spans[key][1] for key in branches] or [angle]
        side = min(sides, key=lambda side: abs(math.remainder(angle - side, math.tau)))
        own = [(start, own_angle), (start, side)] if start else [(0.0, side)]
        points = [*own, *_arc(outside, side, math.remainder(angle - side, math.tau))]
        line = rounded_line([*map(_point, points), (at.x, at.y)], RADIUS)
        node = self.nodes[unit]
        return Curve(
            border_point(node, line.controls[0]),
            line.controls,
            border_point(at, line.controls[-1]),
        )


@dataclass(frozen=True)
class _Path:
    """The path through the tree between two nodes, which passes beside the boxes on it."""

    rings: Rings
    up: tuple[str, ...]
    """The source and its ancestors below the lowest common ancestor, to which they lead."""
    down: tuple[str, ...]
    """The same of the target, which comes first."""
    common: str
    faces_the_other: bool = False
    """Whether boxes are passed at the side of the other end."""

    @staticmethod
    def between(rings: Rings, source: str, target: str) -> _Path:
        """Return the path between two nodes; if one is above the other, a side is empty."""
        up, down = chain_of(rings.parents, source), chain_of(rings.parents, target)
        common = next(key for key in up if key in down)
        return _Path(rings, up[: up.index(common)], down[: down.index(common)], common)

    @cached_property
    def turn(self) -> float:
        """The angle from one side to the other, without leaving the part of the common ancestor."""
        if not (self.up and self.down):
            return 0.0
        one, other = self.up[-1], self.down[-1]
        if not self.rings.polar[self.common][0]:
            return self.rings.turn(one, other)
        return self.rings.turn(self.common, other) - self.rings.turn(self.common, one)

    def _gates(self, chain: Sequence[str], side: float) -> list[Polar]:
        """Return a place beside each box above the first one of a chain.

        ``side`` is 1 for the clockwise side, and 0 for that which is nearer to the box below.
        """
        gates = []
        for below, key in pairwise(chain):
            distance, angle = self.rings.polar[key]
            turn = side or self.rings.turn(key, below)
            gates.append((distance, angle + math.copysign(self.rings.half_angle[key], turn)))
        return gates

    @cached_property
    def gates(self) -> tuple[list[Polar], list[Polar]]:
        """The places beside the boxes of both sides, from the ends upwards.

        Boxes are passed at the side of their child, or at that of the other end.
        """
        side = math.copysign(1.0, self.turn) if self.faces_the_other else 0.0
        return self._gates(self.up, side), self._gates(self.down, -side)

    def _upper_angle(self, chain: Sequence[str], gates: Sequence[Polar]) -> float:
        """Return the angle at which a side reaches the space around the common ancestor."""
        return gates[-1][1] if gates else self.rings.polar[chain[-1]][1]

    @cached_property
    def arc(self) -> Polar:
        """The angle of the source's side around the common ancestor, and that to the target's."""
        polar, (up, down) = self.rings.polar, self.gates
        distance, angle = polar[self.common]
        if self.up and self.down:
            start, end = self._upper_angle(self.up, up), self._upper_angle(self.down, down)
            before = math.remainder(start - polar[self.up[-1]][1], math.tau)
            after = math.remainder(end - polar[self.down[-1]][1], math.tau)
            return start, self.turn + after - before
        only = self._upper_angle(self.up or self.down, up or down)
        if not distance:
            return only, 0.0
        away = math.remainder(only - angle, math.tau)
        return (only, -away) if self.up else (angle, away)

    def splines(self) -> Iterator[list[Point]]:
        """Yield control points between the ends, the fewest first."""
        up, down = self.gates
        if len(self.up) + len(self.down) == 1:
            yield [self._beside_the_hierarchy()]
        for spread in SPREADS:
            before = [self._spread(*each, spread) for each in zip(self.up[1:], up, strict=True)]
            after = [self._spread(*each, spread) for each in zip(self.down[1:], down, strict=True)]
            after.reverse()
            if before or after:
                # As Holten does, leave out the lowest common ancestor of a long path.
                yield [*before, *after]
            if self.up and self.down:
                yield [*before, self._beside_the_common_ancestor(), *after]
            if not (before or after):
                return

    def _spread(self, key: str, gate: Polar, spread: float) -> Point:
        """Return a place beside a box, further away from it."""
        distance, angle = gate
        own = self.rings.polar[key][1]
        return _point((distance, own + math.remainder(angle - own, math.tau) * spread))

    def _beside_the_common_ancestor(self) -> Point:
        """Return a control point between both sides below the lowest common ancestor."""
        start, turn = self.arc
        free = self.rings.between[self.rings.level[self.common]]
        ring = self.rings.polar[self.up[-1]][0]
        # In its middle, the curve is halfway between the ring and this point.
        distance = max(free, 2 * free - ring * math.cos(turn / 2)) / BETA
        return _point((distance, start + turn / 2))

    def _beside_the_hierarchy(self) -> Point:
        """Return a control point for a unit and its parent, beside the line between them."""
        one, other = (self.rings.nodes[key] for key in (self.common, *self.up, *self.down))
        dx, dy = other.x - one.x, other.y - one.y
        away = SIDESTEP / (math.hypot(dx, dy) or 1.0)
        return (one.x + other.x) / 2 - dy * away, (one.y + other.y) / 2 + dx * away

    def around(self) -> list[Polar]:
        """Return a line that meets nothing: along the free spaces between the rings."""
        up, down = self.gates
        source, target = (chain[0] if chain else self.common for chain in (self.up, self.down))
        start, turn = self.arc
        ascent = self._ascent(self.up, up)
        descent = self._ascent(self.down, down)
        free = self.rings.between[self.rings.level[self.common]]
        own, other = self.rings.polar[source], self.rings.polar[target]
        return [
            own if own[0] else (0.0, start),
            *ascent,
            *_arc(free, start, turn),
            *reversed(descent),
            other if other[0] else (0.0, start + turn),
        ]

    def _ascent(self, chain: Sequence[str], gates: Sequence[Polar]) -> list[Polar]:
        """Return the line, without its ends, from the first node of a chain to its last gate."""
        points: list[Polar] = []
        if not chain:
            return points
        angle = self.rings.polar[chain[0]][1]
        for key, (distance, gate) in zip(chain[1:], gates, strict=True):
            own = self.rings.polar[key][1]
            turn = math.remainder(gate - own, math.tau) - math.remainder(angle - own, math.tau)
            points += _arc(self.rings.between[self.rings.level[key]], angle, turn)
            points.append((distance, gate))
            angle = gate
        return points


def _point(at: Polar) -> Point:
    distance, angle = at
    return distance * math.sin(angle), -distance * math.cos(angle)


def _arc(distance: float, start: float, turn: float) -> list[Polar]:
    """Return points on an arc, with both ends."""
    steps = math.ceil(abs(turn) / ARC_STEP) or 1
    return [(distance, start + turn * step / steps) for step in range(steps + 1)]


def _length(points: Sequence[Point]) -> float:
    """Return the length of a line through some points."""
    return sum(math.dist(*pair) for pair in pairwise(points))


def _is_dot(node: Placement) -> bool:
    return bool(node.label_x or node.label_y)


def _circumradius(node: Placement) -> float:
    return math.hypot(node.width, node.height) / 2


def _meets_any(
    pieces: npt.NDArray[np.float64], samples: int, rectangles: npt.NDArray[np.float64]
) -> bool:
    """Return whether points on the pieces of a curve are inside rotated rectangles."""
    start, control, end = (pieces[:, at, np.newaxis, :] for at in range(3))
    share = np.linspace(0.0, 1.0, samples)[:, np.newaxis]
    rest = 1 - share
    points = (rest**2 * start + 2 * share * rest * control + share**2 * end).reshape(-1, 2)
    x, y, cosine, sine, half_width, half_height, _ = rectangles
    dx, dy = points[:, :1] - x, points[:, 1:] - y
    beside = np.abs(dx * cosine + dy * sine) < half_width
    return bool((beside & (np.abs(dy * cosine - dx * sine) < half_height)).any())


def _straightened(ends: tuple[Point, Point], controls: Sequence[Point]) -> list[Point]:
    """Return control points moved towards the straight line between both ends."""
    parts = len(controls) + 1
    return [
        between(between(*ends, number / parts), control, BETA)
        for number, control in enumerate(controls, start=1)
    ]


def border_point(node: Placement, towards: Point) -> Point:
    """Return where a line from the centre of a node to a point leaves its box or dot."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    if _is_dot(node):
        share = node.width / 2 / (math.hypot(dx, dy) or 1.0)
    else:
        share = 1 / (max(abs(dx) / (node.width / 2), abs(dy) / (node.height / 2)) or 1.0)
    return (node.x + dx * share, node.y + dy * share) if share < 1 else (node.x, node.y)
