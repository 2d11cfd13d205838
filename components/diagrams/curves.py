"""Curves of links: chains of quadratic Bézier curves, which Cytoscape and SVG draw alike.

A chain is a uniform B-spline of degree 2. It begins and ends at two given points; its other knots
are the middles between successive control points, as of ``unbundled-bezier`` in Cytoscape.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
GENTLE_TURN = math.radians(25)
"""A control point with a smaller turn than this is smooth without rounding."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A chain of quadratic Bézier curves with at least one control point."""

    start: Point
    controls: tuple[Point, ...]
    end: Point

    def pieces(self) -> Iterator[tuple[Point, Point, Point]]:
        """Yield start, control point and end of each quadratic curve."""
        knots = [self.start, *(middle(*pair) for pair in pairwise(self.controls)), self.end]
        for (start, end), control in zip(pairwise(knots), self.controls, strict=True):
            yield start, control, end


def middle(one: Point, other: Point) -> Point:
    """Return the point halfway between two points."""
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def between(one: Point, other: Point, share: float) -> Point:
    """Return the point at a share of the way from one point to another."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def rounded_line(points: Sequence[Point], radius: float) -> Curve:
    """Return a line through some points with rounded corners.

    A corner is cut at most ``radius`` pixels before and after it, and at most a quarter of the way
    to its neighbours.
    """
    points = _without_repeats(points)
    if len(points) < 3:  # noqa: PLR2004  # a line without corners
        return Curve(points[0], (middle(points[0], points[-1]),), points[-1])
    controls: list[Point] = []
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        if _turn(before, corner, after) < GENTLE_TURN:
            controls.append(corner)
            continue
        ways = math.dist(before, corner), math.dist(corner, after)
        cut = min(radius, *(way / 4 for way in ways))
        # The knots are halfway between these control points: where the corner is cut.
        controls.append(between(corner, before, 2 * cut / ways[0]))
        controls.append(corner)
        controls.append(between(corner, after, 2 * cut / ways[1]))
    return Curve(points[0], tuple(controls), points[-1])


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that repeat the one before, apart from both ends."""
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) > 0.01:  # noqa: PLR2004  # pixels, below the rounding
            kept.append(point)
    while len(kept) > 1 and math.dist(kept[-1], points[-1]) <= 0.01:  # noqa: PLR2004
        kept.pop()
    return [*kept, points[-1]]


def _turn(before: Point, corner: Point, after: Point) -> float:
    """Return the change of direction at a corner, 0 to pi."""
    one = math.atan2(corner[1] - before[1], corner[0] - before[0])
    other = math.atan2(after[1] - corner[1], after[0] - corner[0])
    return abs(math.remainder(other - one, math.tau))


def curve_data(curve: Curve, source: Point, target: Point) -> dict[str, list[float]]:
    """Return a curve between two nodes as the data of a Cytoscape edge.

    ``from`` and ``to`` lead from the centres of the nodes to the ends of the curve, in pixels. Each
    control point is ``along`` the straight line between these ends, as a share of its length, and
    ``across`` it, in pixels along its normal (-dy, dx).
    """
    start, end = (
        [round(a - b, 2) for a, b in zip(point, centre, strict=True)]
        for point, centre in ((curve.start, source), (curve.end, target))
    )
    origin = source[0] + start[0], source[1] + start[1]
    dx, dy = target[0] + end[0] - origin[0], target[1] + end[1] - origin[1]
    length = math.hypot(dx, dy) or 1.0
    along, across = [], []
    for x, y in curve.controls:
        along.append(round(((x - origin[0]) * dx + (y - origin[1]) * dy) / length**2, 4))
        across.append(round(((y - origin[1]) * dx - (x - origin[0]) * dy) / length, 2))
    return {"from": start, "to": end, "along": along, "across": across}


def curve_of(data: Mapping[str, Any], source: Point, target: Point) -> Curve:
    """Return the curve of the data of an edge; see ``curve_data``."""
    start = source[0] + data["from"][0], source[1] + data["from"][1]
    end = target[0] + data["to"][0], target[1] + data["to"][1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    controls = (
        (
            start[0] + dx * along - dy / length * across,
            start[1] + dy * along + dx / length * across,
        )
        for along, across in zip(data["along"], data["across"], strict=True)
    )
    return Curve(start, tuple(controls), end)
