"""The ways of links through a tidy tree: along the gutters between its columns.

Each subtree has a range of heights to itself, its band, so some places are always free of boxes:
the gutter between a unit and its children, within the band of the unit; what is above and below a
unit with children, in its own column and band; and what is to the right of a leaf node. A link
leaves its boxes at their sides and runs in a gutter. To reach one further left, it passes above or
below the ancestors of its box.

Links in the same gutter have a lane each: the lanes of intervals of heights that overlap differ,
as in the left-edge algorithm (Hashimoto and Stevens, "Wire Routing by Optimizing Channel
Assignment", 1971).
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from components.diagrams.curves import Curve, Point, rounded_line
from components.diagrams.layout import Placement, chain_of, corner_radius, levels_of

RADIUS = 6.0
"""Of the corners of a link, in pixels, as all sizes here."""
LANE_GAP = 1.5
"""Between two lines in a gutter."""
CLEARANCE = 3.0
"""Between a line and the boxes to its left."""
TRUNK = 9.5
"""The right part of a gutter, where the lines of the hierarchy are, with a gap beside them."""
PORT_MARGIN = 1.0
"""Between the ends of lines and the corners of a box."""
MAX_HEIGHT = 42.0
"""Of a box that is higher than its label for the lines at its sides."""
GATE_STEP = 3.5
"""Between two lines that pass the same box."""
ROW_SHARE = 0.7
"""How far a line may enter the gap between two bands; half of the least gap is more."""
CORNER_COST = 24.0
"""A way is as good as one that is longer by this, and has one corner less."""
TOUCH = 0.01
"""Boxes that reach further by less than this only touch."""
LEFT_COST = 20.0
"""The same for an end at the left side of a box, where the line of the hierarchy arrives."""
STRETCH = 20.0
"""Of a gutter, in which lines are counted."""
BESIDE = -1
"""In place of a gutter: to the right of all boxes between two leaf nodes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A link to be drawn, between the keys of two nodes."""

    source: str
    target: str
    width: float
    is_occasional: bool = False
    """It is only drawn while one of its ends is selected."""

    def is_drawn_with(self, other: Line) -> bool:
        """Return whether both can be seen at a time."""
        if not (self.is_occasional or other.is_occasional):
            return True
        return not {self.source, self.target}.isdisjoint((other.source, other.target))


@dataclass(frozen=True, slots=True)
class Way:
    """The gutters through which a line runs, from its source to its target.

    Between two gutters it passes a box, above or below it.
    """

    gutters: tuple[int, ...]
    passed: tuple[tuple[str, bool], ...] = ()
    """The boxes between the gutters, and whether they are passed above."""


@dataclass(slots=True)
class _Run:
    """The part of a line in a gutter: a vertical between two heights."""

    line: Line
    first: float
    last: float
    from_right: bool
    """Whether it begins at the right side of the gutter."""
    to_right: bool
    """Whether it ends there."""
    x: float = 0.0
    low: float = field(init=False)
    high: float = field(init=False)
    left_ends: tuple[float, ...] = field(init=False)
    right_ends: tuple[float, ...] = field(init=False)
    """The heights of its ends at each side of the gutter."""

    def __post_init__(self) -> None:
        self.low, self.high = min(self.first, self.last), max(self.first, self.last)
        ends = (self.first, self.from_right), (self.last, self.to_right)
        self.left_ends = tuple(height for height, is_right in ends if not is_right)
        self.right_ends = tuple(height for height, is_right in ends if is_right)

    @property
    def length(self) -> float:
        return self.high - self.low

    def meets(self, other: _Run) -> bool:
        """Return whether two runs need different lanes."""
        if self.low >= other.high + LANE_GAP or other.low >= self.high + LANE_GAP:
            return False
        return self.line.is_drawn_with(other.line)

    def is_left_of(self, other: _Run) -> bool:
        """Return whether it has to be to the left of another one.

        Otherwise its end at the left would lie on the end of the other at the right.
        """
        distance = (self.line.width + other.line.width) / 2
        for one in self.left_ends:
            for another in other.right_ends:
                if abs(one - another) < distance:
                    return self.line.is_drawn_with(other.line)
        return False


@dataclass(slots=True)
class _Lane:
    runs: list[_Run] = field(default_factory=list)

    @property
    def pitch(self) -> float:
        return max(run.line.width for run in self.runs) + LANE_GAP

    def has_room_for(self, run: _Run) -> bool:
        return not any(map(run.meets, self.runs))

    def is_left_of(self, run: _Run) -> bool:
        return any(other.is_left_of(run) for other in self.runs)

    def is_right_of(self, run: _Run) -> bool:
        return any(map(run.is_left_of, self.runs))


class _Traffic:
    """How much of each gutter lines already take, by height."""

    def __init__(self, band: tuple[float, float], gutters: int) -> None:
        self.top, bottom = band
        self.taken = np.zeros((gutters, 2 + int((bottom - self.top) / STRETCH)))

    def _stretches(self, one: float, other: float) -> slice:
        low, high = min(one, other), max(one, other)
        return slice(int((low - self.top) / STRETCH), 1 + int((high - self.top) / STRETCH))

    def cost(self, way: Way, one: float, other: float) -> float:
        """Return by how much the lanes between two heights push a line aside."""
        stretches = self._stretches(one, other)
        return float(
            sum(self.taken[gutter, stretches].max() for gutter in way.gutters if gutter != BESIDE)
        )

    def add(self, way: Way, one: float, other: float, width: float) -> None:
        for gutter in way.gutters:
            if gutter != BESIDE:
                self.taken[gutter, self._stretches(one, other)] += width


@dataclass(frozen=True)
class Columns:
    """The boxes of a tidy tree, by key, and what is free between them."""

    parents: Mapping[str, str]
    """The key of each node's parent in preorder; empty for the focus."""
    boxes: Mapping[str, Placement]

    @cached_property
    def level(self) -> Mapping[str, int]:
        """The level of each node below the focus."""
        return levels_of(self.parents)

    @cached_property
    def inner(self) -> frozenset[str]:
        """The nodes with children."""
        return frozenset(self.parents.values()) - {""}

    @cached_property
    def bands(self) -> Mapping[str, tuple[float, float]]:
        """Top and bottom of each subtree."""
        bands = {key: (self.boxes[key].top, self.boxes[key].bottom) for key in self.parents}
        for key, parent in reversed([*self.parents.items()]):
            if parent:
                (top, bottom), (above, below) = bands[key], bands[parent]
                bands[parent] = min(top, above), max(bottom, below)
        return bands

    @cached_property
    def gutters(self) -> list[tuple[float, float]]:
        """Left and right of each gutter, from that to the right of the focus."""
        levels = 1 + max(self.level.values())
        lefts, rights = [math.inf] * levels, [-math.inf] * levels
        for key, level in self.level.items():
            lefts[level] = min(lefts[level], self.boxes[key].left)
            if key in self.inner:
                rights[level] = max(rights[level], self.boxes[key].right)
        return list(zip(rights[:-1], lefts[1:], strict=True))

    @cached_property
    def right(self) -> float:
        """The right edge of the tree."""
        return max(box.right for box in self.boxes.values())

    @cached_property
    def _edges(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Right, top, bottom and level of each box."""
        boxes = self.boxes
        rows = [
            (boxes[key].right, boxes[key].top, boxes[key].bottom, self.level[key])
            for key in self.parents
        ]
        return np.array(rows, dtype=float).T

    def is_free(self, gutter: int, one: float, other: float) -> bool:
        """Return whether no box reaches into a gutter between two heights."""
        right, top, bottom, level = self._edges
        low, high = min(one, other), max(one, other)
        reaches = (level <= gutter) & (right > self.gutters[gutter][0] + TOUCH)
        return not bool(np.any(reaches & (top < high) & (bottom > low)))

    def right_between(self, one: float, other: float) -> float:
        """Return the right edge of all boxes between two heights."""
        right, top, bottom, _ = self._edges
        low, high = min(one, other), max(one, other)
        return float(np.max(right[(top < high) & (bottom > low)]))

    def ways(self, lines: Sequence[Line]) -> list[Way]:
        """Return the best way of each line: short, with few corners, in gutters with few others."""
        traffic = _Traffic(self.bands[next(iter(self.parents))], len(self.gutters))
        ways = []
        for line in lines:
            heights = self.boxes[line.source].y, self.boxes[line.target].y
            way = min(
                self._ways(line),
                key=lambda way: self._cost(line, way) + traffic.cost(way, *heights),
            )
            if not line.is_occasional:
                traffic.add(way, *heights, line.width + LANE_GAP)
            ways.append(way)
        return ways

    def _ways(self, line: Line) -> Iterator[Way]:
        """Yield the ways of a line on which it meets no box."""
        source, target = line.source, line.target
        y, other_y = self.boxes[source].y, self.boxes[target].y
        up, down = chain_of(self.parents, source), chain_of(self.parents, target)
        above_both = set(up).intersection(down)
        lowest = max(self.level[key] for key in above_both)
        for gutter in range(lowest, len(self.gutters)):
            if not (self._reaches(source, gutter) and self._reaches(target, gutter)):
                continue
            # The ancestors that are passed on the way to the gutter, and back from it.
            left, back = (chain[1 : max(1, self.level[chain[0]] - gutter)] for chain in (up, down))
            back = back[::-1]
            spans = (
                self.bands[left[-1]] if left else (y, y),
                self.bands[back[0]] if back else (other_y, other_y),
            )
            low, high = min(low for low, _ in spans), max(high for _, high in spans)
            # Beside the lowest common ancestor of both there is nothing between its children.
            if gutter == lowest or self.is_free(gutter, low, high):
                levels = [
                    *(self.level[key] for key in left),
                    gutter,
                    *(self.level[key] for key in back),
                ]
                passed = [(key, other_y < self.boxes[key].y) for key in left]
                passed += [(key, y < self.boxes[key].y) for key in back]
                yield Way(tuple(levels), tuple(passed))
        if self.inner.isdisjoint((source, target)):
            room = self.right - self.right_between(y, other_y)
            if room >= CLEARANCE + line.width:
                yield Way((BESIDE,))

    def _reaches(self, key: str, gutter: int) -> bool:
        """Return whether a line gets from a node to a gutter: to the right, or past ancestors."""
        level = self.level[key]
        is_open = level == gutter or key not in self.inner
        return level > gutter or (is_open and self.is_left_of(key, gutter))

    def is_left_of(self, key: str, gutter: int) -> bool:
        """Return whether a node ends to the left of a gutter."""
        return self.boxes[key].right <= self.gutters[gutter][0] + TOUCH

    def is_right_of(self, key: str, gutter: int) -> bool:
        """Return whether a node begins to the right of a gutter."""
        return gutter != BESIDE and self.level[key] > gutter

    def widened(self, widths: Sequence[float]) -> Columns:
        """Return the columns with wider gutters."""
        shifts = [0.0, *accumulate(widths)]
        boxes = {
            key: replace(box, x=box.x + shifts[self.level[key]]) for key, box in self.boxes.items()
        }
        return Columns(self.parents, boxes)

    def _cost(self, line: Line, way: Way) -> float:
        source, target = self.boxes[line.source], self.boxes[line.target]
        if way.gutters == (BESIDE,):
            x = self.right_between(source.y, target.y) + CLEARANCE
            return 2 * x - source.right - target.right + 2 * CORNER_COST
        ends = []
        for key, gutter in ((line.source, way.gutters[0]), (line.target, way.gutters[-1])):
            box, (left, right) = self.boxes[key], self.gutters[gutter]
            is_right = self.is_right_of(key, gutter)
            ends.append(box.left - right + LEFT_COST if is_right else left - box.right)
        heights = [source.y]
        for key, is_above in way.passed:
            heights.append(self.boxes[key].top if is_above else self.boxes[key].bottom)
        heights.append(target.y)
        between = abs(self.gutters[way.gutters[-1]][0] - self.gutters[way.gutters[0]][0])
        length = sum(ends) + between + sum(abs(b - a) for a, b in pairwise(heights))
        return length + CORNER_COST * 2 * len(way.gutters)


@dataclass(frozen=True)
class Plan:
    """The ways of some lines through a tree, the heights of their parts, and their lanes.

    It does not depend on how wide the gutters are.
    """

    lines: Sequence[Line]
    ways: Sequence[Way]
    runs: Sequence[Sequence[_Run]]
    """Of each line, from its source to its target."""
    lanes: Mapping[int, Sequence[_Lane]]
    """Of each gutter, from left to right."""

    def widening(self, columns: Columns, limit: float) -> list[float]:
        """Return by how much each gutter has to be wider for its lanes, at most a limit."""
        return [
            min(limit, max(0.0, CLEARANCE + self._lanes_width(gutter) + TRUNK - (right - left)))
            if self.lanes.get(gutter)
            else 0.0
            for gutter, (left, right) in enumerate(columns.gutters)
        ]

    def _lanes_width(self, gutter: int) -> float:
        return sum(lane.pitch for lane in self.lanes.get(gutter, ()))

    def curves(self, columns: Columns) -> list[Curve]:
        """Return the curve of each line."""
        for gutter in self.lanes:
            if gutter != BESIDE:
                self._place_lanes(gutter, *columns.gutters[gutter])
        beside = [
            run
            for way, runs in zip(self.ways, self.runs, strict=True)
            for gutter, run in zip(way.gutters, runs, strict=True)
            if gutter == BESIDE
        ]
        _place_beside(beside, columns)
        return [
            _curve(columns, line, way, runs)
            for line, way, runs in zip(self.lines, self.ways, self.runs, strict=True)
        ]

    def _place_lanes(self, gutter: int, left: float, right: float) -> None:
        """Set the x of all runs in a gutter; lanes are closer than they should be if need be."""
        room = max(1.0, right - left - CLEARANCE - TRUNK)
        scale = min(1.0, room / self._lanes_width(gutter))
        lanes = self.lanes[gutter]
        x = left + CLEARANCE
        # What opens to the right stands at the right.
        if not any(run.left_ends for lane in lanes for run in lane.runs):
            x += room - self._lanes_width(gutter) * scale
        for lane in lanes:
            for run in lane.runs:
                run.x = x + lane.pitch * scale / 2
            x += lane.pitch * scale


def plan(columns: Columns, lines: Sequence[Line]) -> Plan:
    """Return the ways of some lines through a tree."""
    ways = columns.ways(lines)
    ends = _end_heights(columns, lines, ways)
    passing = _passing_heights(columns, lines, ways)
    runs: list[list[_Run]] = []
    for number, (line, way) in enumerate(zip(lines, ways, strict=True)):
        heights = [ends[number, False]]
        heights += [passing[number, place] for place in range(len(way.passed))]
        heights.append(ends[number, True])
        comes_from_right = [
            columns.is_right_of(line.source, way.gutters[0]),
            *(one > other for one, other in pairwise(way.gutters)),
        ]
        leaves_to_right = [
            *(one < other for one, other in pairwise(way.gutters)),
            columns.is_right_of(line.target, way.gutters[-1]),
        ]
        runs.append(
            [
                _Run(line, first, last, comes, leaves)
                for (first, last), comes, leaves in zip(
                    pairwise(heights), comes_from_right, leaves_to_right, strict=True
                )
            ]
        )
    in_gutters: dict[int, list[_Run]] = {}
    for way, each in zip(ways, runs, strict=True):
        for gutter, run in zip(way.gutters, each, strict=True):
            in_gutters.setdefault(gutter, []).append(run)
    lanes = {gutter: _lanes(each) for gutter, each in in_gutters.items() if gutter != BESIDE}
    return Plan(lines, ways, runs, lanes)


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a line at the side of a box."""

    order: float
    """Ends do not cross if they are sorted by it, from top to bottom."""
    number: int
    """That of the line."""
    is_target: bool
    line: Line


def box_heights(columns: Columns, lines: Sequence[Line]) -> dict[str, float]:
    """Return the height of each box at which the lines that end at its sides are apart.

    Only lines that are always drawn count.
    """
    always = [line for line in lines if not line.is_occasional]
    heights: dict[str, float] = {}
    for (key, _), ends in _sides(columns, always, columns.ways(always)).items():
        height = min(MAX_HEIGHT, sum(map(_need, ends)) + 2 * PORT_MARGIN)
        heights[key] = max(height, heights.get(key, 0.0))
    return heights


def _end_heights(
    columns: Columns, lines: Sequence[Line], ways: Sequence[Way]
) -> dict[tuple[int, bool], float]:
    """Return the heights at which lines leave and reach their boxes.

    The keys are the number of a line, and whether it is the end at its target.
    """
    heights: dict[tuple[int, bool], float] = {}
    for (key, _), ends in _sides(columns, lines, ways).items():
        box = columns.boxes[key]
        placed = _placed(ends, box.top + PORT_MARGIN, box.bottom - PORT_MARGIN)
        heights |= {
            (end.number, end.is_target): height for end, height in zip(ends, placed, strict=True)
        }
    return heights


def _placed(ends: Sequence[_End], top: float, bottom: float) -> list[float]:
    """Return the heights of the ends at a side of a box.

    If there is room, none is in the middle, where the line of the hierarchy is.
    """
    upper, middle, room = _upper_half(ends), (top + bottom) / 2, (bottom - top) / 2
    halves = ends[:upper], ends[upper:]
    if any(sum(_need(end) for end in half if not end.line.is_occasional) > room for half in halves):
        return _spread(ends, top, 2 * room)
    return _spread(halves[0], top, room) + _spread(halves[1], middle, room)


def _sides(
    columns: Columns, lines: Sequence[Line], ways: Sequence[Way]
) -> dict[tuple[str, bool], list[_End]]:
    """Return the ends of lines at each side of each box, from top to bottom.

    The keys are that of the box, and whether it is its left side.
    """
    sides: dict[tuple[str, bool], list[_End]] = {}
    for number, (line, way) in enumerate(zip(lines, ways, strict=True)):
        for is_target, (key, other) in enumerate(
            ((line.source, line.target), (line.target, line.source))
        ):
            # The first gutter is at the source, the last one at the target.
            gutter, other_y = way.gutters[-is_target], columns.boxes[other].y
            if way.passed:
                box, is_above = columns.boxes[way.passed[-is_target][0]], way.passed[-is_target][1]
                other_y = box.top if is_above else box.bottom
            order = -1 / ((columns.boxes[key].y - other_y) or TOUCH)
            sides.setdefault((key, columns.is_right_of(key, gutter)), []).append(
                _End(order, number, bool(is_target), line)
            )
    for ends in sides.values():
        ends.sort(key=lambda end: (end.order, end.number, end.is_target))
    return sides


def _upper_half(ends: Sequence[_End]) -> int:
    """Return how many ends are above the middle of a box: about half of the room they need.

    A single one is in the half to which its line leads.
    """
    needs = [0.0, *accumulate(map(_need, ends))]
    upwards = sum(end.order < 0 for end in ends)
    return min(
        range(len(needs)), key=lambda at: (abs(2 * needs[at] - needs[-1]), abs(at - upwards))
    )


def _need(end: _End) -> float:
    return end.line.width + LANE_GAP


def _spread(ends: Sequence[_End], top: float, room: float) -> list[float]:
    """Return the heights of ends that share some room, with a gap between the lines if possible.

    If not, lines that are not always drawn have less room, since few of them are drawn at a time.
    """
    always = sum(_need(end) for end in ends if not end.line.is_occasional)
    others = sum(_need(end) for end in ends if end.line.is_occasional)
    share = min(1.0, max(0.0, room - always) / others) if others else 1.0
    needs = [_need(end) * (share if end.line.is_occasional else 1.0) for end in ends]
    scale = room / (sum(needs) or 1.0)
    starts = accumulate(needs, initial=0.0)
    return [top + scale * (start + need / 2) for start, need in zip(starts, needs, strict=False)]


def _passing_heights(
    columns: Columns, lines: Sequence[Line], ways: Sequence[Way]
) -> dict[tuple[int, int], float]:
    """Return the heights at which lines pass boxes, by the number of the line and of the box."""
    passing: dict[tuple[str, bool], list[tuple[float, int, int]]] = {}
    for number, (line, way) in enumerate(zip(lines, ways, strict=True)):
        length = abs(columns.boxes[line.source].y - columns.boxes[line.target].y)
        for place, passed in enumerate(way.passed):
            passing.setdefault(passed, []).append((length, number, place))
    heights = {}
    for (key, is_above), places in passing.items():
        box, (top, bottom) = columns.boxes[key], columns.bands[key]
        room = ROW_SHARE + (box.top - top if is_above else bottom - box.bottom)
        step = min(GATE_STEP, room / (len(places) + 1))
        for rank, (_, number, place) in enumerate(sorted(places), start=1):
            away = step * rank
            heights[number, place] = box.top - away if is_above else box.bottom + away
    return heights


def _lanes(runs: Sequence[_Run]) -> list[_Lane]:
    """Return the lanes of the runs in a gutter, from left to right.

    Short ones are next to the boxes at the side where both of their ends are, so that few lines
    cross. Those with an end at each side are between, so that these ends lie on no others, in an
    order in which they do not lie on each other if there is one.
    """
    lanes: list[_Lane] = []
    left = 0
    for run in sorted(
        runs, key=lambda run: (run.line.is_occasional, len(run.right_ends), run.length)
    ):
        low, high = _lanes_for(run, lanes)
        free = [at for at in range(low, high) if lanes[at].has_room_for(run)]
        if free:
            lane = lanes[free[-1] if run.right_ends else free[0]]
        else:
            lane, at = _Lane(), min(max(left, low), high)
            lanes.insert(at, lane)
            left += at < left or (at == left and bool(run.left_ends))
        lane.runs.append(run)
    return lanes


def _lanes_for(run: _Run, lanes: Sequence[_Lane]) -> tuple[int, int]:
    """Return the range of lanes in which the ends of a run lie on no others; else all."""
    low = max((at + 1 for at, lane in enumerate(lanes) if lane.is_left_of(run)), default=0)
    high = next((at for at, lane in enumerate(lanes) if lane.is_right_of(run)), len(lanes))
    return (low, high) if low <= high else (0, len(lanes))


def _place_beside(runs: Sequence[_Run], columns: Columns) -> None:
    """Set the x of the runs to the right of all boxes between their heights."""
    placed: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.line.is_occasional, run.length)):
        half = run.line.width / 2
        run.x = columns.right_between(run.first, run.last) + CLEARANCE + half
        # Those that were placed before are sorted from left to right.
        for other in filter(run.meets, placed):
            distance = half + other.line.width / 2 + LANE_GAP
            if abs(other.x - run.x) < distance:
                run.x = other.x + distance
        run.x = min(run.x, columns.right - half)
        insort(placed, run, key=lambda run: run.x)


def _curve(columns: Columns, line: Line, way: Way, runs: Sequence[_Run]) -> Curve:
    source, target = columns.boxes[line.source], columns.boxes[line.target]
    starts_left = columns.is_right_of(line.source, way.gutters[0])
    ends_left = columns.is_right_of(line.target, way.gutters[-1])
    points = [_border_point(source, runs[0].first, is_left=starts_left)]
    for run in runs:
        points += [(run.x, run.first), (run.x, run.last)]
    points.append(_border_point(target, runs[-1].last, is_left=ends_left))
    return rounded_line(points, RADIUS)


def _border_point(box: Placement, height: float, *, is_left: bool) -> Point:
    """Return the point at a height on the left or the right side of a box with round corners."""
    radius = corner_radius(box.width, box.height)
    in_corner = max(0.0, abs(height - box.y) - box.height / 2 + radius)
    inset = radius - math.sqrt(max(0.0, radius**2 - in_corner**2))
    return box.left + inset if is_left else box.right - inset, height


def mention_curves(
    columns: Columns,
    references: Mapping[str, Placement],
    mentions: Sequence[tuple[str, str]],
) -> dict[tuple[str, str], Curve]:
    """Return the curve of each mention, from a unit to a reference.

    ``references`` are the boxes of a column to the right of the tree. The lines to one of them
    share a lane before it. A unit with children is left above or below all of them.
    """
    if not mentions:
        return {}
    left = min(box.left for box in references.values())
    by_height = sorted(references, key=lambda key: references[key].y)
    step = (left - columns.right - 2 * CLEARANCE) / (len(by_height) + 1)
    lanes = {key: columns.right + CLEARANCE + step * rank for rank, key in enumerate(by_height, 1)}
    curves = {}
    for unit, reference in mentions:
        box, other = columns.boxes[unit], references[reference]
        points: list[Point] = [(box.right, box.y)]
        if unit in columns.inner:
            top, bottom = columns.bands[unit]
            is_upwards = other.y < box.y
            start = box.y + box.height / 4 * (-1 if is_upwards else 1)
            height = top - ROW_SHARE if is_upwards else bottom + ROW_SHARE
            x = box.right + CLEARANCE
            points = [(box.right, start), (x, start), (x, height)]
        points += [(lanes[reference], points[-1][1]), (lanes[reference], other.y)]
        points.append((other.left, other.y))
        curves[unit, reference] = rounded_line(points, RADIUS)
    return curves
