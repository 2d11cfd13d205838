"""Which sectors of a sunburst have a label, and how it lies in them.

A label is a block of lines. It lies across the page, along the arc or along the radius, wherever it
stays inside its sector with a margin; what fits in no way has no label. The page and the pictures
draw the same labels: both take them from here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from components.diagrams.layout import TURN, sector_angles
from components.diagrams.style import MAX_LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.text import ELLIPSIS, block_height, pieces_of, text_width, unbroken, wrap
from components.diagrams.tree import Node, Tree

MARGIN = 2.5
"""Pixels between a label and the rim of its sector, at least."""
MAX_LINES = 5
MIN_UPRIGHT = 24.0
"""Degrees: in a narrower sector a label across the page looks lost."""
MIN_OF_A_NAME = 9
"""Characters: a name that must be cut shorter tells nothing."""
ROUNDING = 0.001
LONGEST = 150
"""Characters of a name that are looked at; no sector holds more."""
KEPT = 20_000
SIZES = tuple(range(MAX_LABEL_SIZE, MIN_LABEL_SIZE - 1, -1))
"""Font sizes in pixels that are tried, from the largest down."""
MAX_OF_A_RING = 0.6
"""Share of a ring's labels that its font size has to suit; the others are smaller."""


@dataclass(frozen=True, slots=True)
class Label:
    """A block of lines, centred at (x, y) from the centre of the sunburst, in pixels."""

    lines: tuple[str, ...]
    size: int
    """Font size in pixels."""
    x: float
    y: float
    rotation: float
    """Degrees, clockwise; never upside down."""


@dataclass(frozen=True, slots=True)
class _Sector:
    """A part of a ring: radii in pixels, the middle and the extent in degrees from the top."""

    inner: float
    outer: float
    middle: float
    extent: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of text at a font size of one pixel."""

    lines: tuple[str, ...]
    width: float

    def box(self, size: float) -> tuple[float, float]:
        """Return width and height in pixels."""
        return self.width * size, block_height(len(self.lines), size)


def sector_labels(tree: Tree, radius: float) -> dict[str, Label]:
    """Return the labels of a sunburst of this radius in pixels, by key; not all nodes have one."""
    ring = radius / tree.levels
    levels: dict[int, list[tuple[Node, _Sector]]] = {}
    for key, (start, extent) in sector_angles(tree).items():
        node = tree.by_key[key]
        sector = _Sector(node.level * ring, (node.level + 1) * ring, start + extent / 2, extent)
        levels.setdefault(node.level, []).append((node, sector))
    centre = _centre_label(tree, ring)
    labels = {tree.focus.key: centre} if centre else {}
    suiting = 0
    for level in sorted(levels)[:0:-1]:
        # No ring has smaller labels than those further out, where its sectors have room for them.
        most = _most_sizes(levels[level])
        suiting = max(suiting, _suiting_most(most.values()))
        labels |= _labels_of_a_ring(levels[level], most, suiting)
    return labels


def _most_sizes(members: Sequence[tuple[Node, _Sector]]) -> dict[str, int]:
    """Return the largest font size of each sector that has room for its whole label, by key."""
    sizes = ((node.key, _most_size(node.short_name, sector)) for node, sector in members)
    return {key: size for key, size in sizes if size is not None}


def _suiting_most(sizes: Iterable[int]) -> int:
    """Return the font size that suits most of a ring's labels."""
    by_size = sorted(sizes, reverse=True)
    return by_size[math.ceil(len(by_size) * MAX_OF_A_RING) - 1] if by_size else 0


def _labels_of_a_ring(
    members: Sequence[tuple[Node, _Sector]], most: Mapping[str, int], suiting: int
) -> dict[str, Label]:
    """Return the labels of one ring: of one size, or as large as fits; or cut short."""
    labels = {}
    for node, sector in members:
        if node.key in most:
            label = _label(node.short_name, sector, min(most[node.key], suiting))
        else:
            label = _cut_label(node.short_name, sector)
        if label is not None:
            labels[node.key] = label
    return labels


def _most_size(text: str, sector: _Sector) -> int | None:
    """Return the largest size at which a text fits; whatever fits at one, fits at any smaller."""
    if _label(text, sector, MIN_LABEL_SIZE) is None:
        return None
    return next(size for size in SIZES if _label(text, sector, size))


def _label(text: str, sector: _Sector, size: int) -> Label | None:
    """Return a text whole, in the way that needs the fewest lines; across the page if it can be."""
    if sector.extent >= MIN_UPRIGHT:
        for block in _blocks(text):
            if (distance := _upright(block.box(size), sector)) is not None:
                return _at(distance, sector, block.lines, size, 0.0)
    for block, turned in product(_blocks(text), (_along_radius, _along_arc)):
        if (found := turned(block.box(size), sector)) is not None:
            return _at(found[0], sector, block.lines, size, found[1])
    return None


def _cut_label(text: str, sector: _Sector) -> Label | None:
    """Return the beginning of a text along the radius, at the least size."""
    size = MIN_LABEL_SIZE
    for most in (3, 2, 1):
        nearest, farthest = _span(sector, across=block_height(most, size))
        if nearest >= farthest:
            continue
        room = farthest - nearest - ROUNDING
        lines = tuple(wrap(text, room, size=size, most=most, break_words=False))
        width = max(text_width(line, size) for line in lines)
        box = (width, block_height(len(lines), size))
        found = _along_radius(box, sector)
        if found is not None and sum(map(len, lines)) >= MIN_OF_A_NAME:
            return _at(found[0], sector, lines, size, found[1])
    return None


def _centre_label(tree: Tree, radius: float) -> Label | None:
    """Return the focus, how many units it holds and, below the organization's top, the way up."""
    organization, focus = tree.organization, tree.focus
    count = unbroken(tree.words("units", count=organization.count(focus.unit)))
    up = [tree.words("up")] if organization.depth[focus.unit] else []
    room = radius - MARGIN
    whole_words = product(SIZES, (4, 3, 2), (False,))
    broken_words = product((MIN_LABEL_SIZE,), (3, 2, 1), (True,))
    for size, most, broken in (*whole_words, *broken_words):
        name = wrap(focus.short_name, 1.5 * room, size=size, most=most, break_words=broken)
        if size > MIN_LABEL_SIZE and name[-1].endswith(ELLIPSIS):
            continue
        lines = (*name, count, *up)
        width = max(text_width(line, size) for line in lines)
        if math.hypot(width, block_height(len(lines), size)) / 2 <= room:
            return Label(lines, size, 0.0, 0.0, 0.0)
    return None


@lru_cache(KEPT)
def _blocks(text: str) -> tuple[_Block, ...]:
    """Return a text broken into one line, into two, ...; each as narrow as can be."""
    pieces = pieces_of(text if len(text) <= LONGEST else text[:LONGEST] + ELLIPSIS)
    return tuple(
        _Block(lines, max(text_width(line, 1) for line in lines))
        for lines in _narrowest(pieces)
        if lines
    )


def _narrowest(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the least greatest width, for each number of lines."""
    count = len(pieces)
    runs = {
        (first, end): text_width("".join(pieces[first:end]).rstrip(), 1)
        for end in range(1, count + 1)
        for first in range(end)
    }
    # For each end, the lines up to it with the least greatest width, as where each begins.
    best: dict[int, tuple[float, tuple[int, ...]]] = {
        end: (runs[0, end], (0,)) for end in range(1, count + 1)
    }
    for _ in range(min(count, MAX_LINES)):
        breaks = (*best[count][1], count)
        yield tuple("".join(pieces[first:end]).rstrip() for first, end in pairwise(breaks))
        best = {
            end: min(
                (max(best[first][0], runs[first, end]), (*best[first][1], first))
                for first in best
                if first < end
            )
            for end in best
            if end > min(best)
        }
        if count not in best:
            return


def _along_radius(box: tuple[float, float], sector: _Sector) -> tuple[float, float] | None:
    width, height = box
    distance = _distance(sector, along=width, across=height)
    quarter = -90.0 if sector.middle <= TURN / 2 else 90.0
    return None if distance is None else (distance, sector.middle + quarter)


def _along_arc(box: tuple[float, float], sector: _Sector) -> tuple[float, float] | None:
    width, height = box
    distance = _distance(sector, along=height, across=width)
    upside_down = TURN / 4 < sector.middle < TURN * 3 / 4
    return None if distance is None else (distance, sector.middle - 180.0 * upside_down)


def _distance(sector: _Sector, *, along: float, across: float) -> float | None:
    """Return how far out the middle of a block stands; None if it does not fit.

    The block is ``along`` pixels long in the direction of the radius, and ``across`` wide.
    """
    nearest, farthest = _span(sector, across=across)
    if nearest + along > farthest:
        return None
    middle = (sector.inner + sector.outer - along) / 2
    return min(max(middle, nearest), farthest - along) + along / 2


def _span(sector: _Sector, *, across: float) -> tuple[float, float]:
    """Return between which distances a block so wide may lie; nowhere if the second is less."""
    half = math.radians(min(sector.extent, TURN / 2)) / 2
    reach = max(0.0, sector.outer - MARGIN) ** 2 - (across / 2) ** 2
    nearest = max(sector.inner + MARGIN, (across / 2 * math.cos(half) + MARGIN) / math.sin(half))
    return nearest, math.sqrt(max(reach, 0.0))


def _upright(box: tuple[float, float], sector: _Sector) -> float | None:
    """Return how far out the middle of a block that lies across the page stands, or None."""
    angle, half = math.radians(sector.middle), math.radians(min(sector.extent, TURN / 2)) / 2
    outwards, sideways = (math.sin(angle), -math.cos(angle)), (math.cos(angle), math.sin(angle))
    width, height = box
    corners = tuple(product((-width / 2, width / 2), (-height / 2, height / 2)))
    thickness = sector.outer - sector.inner
    for share in (0.5, 0.55, 0.6, 0.45, 0.65, 0.7):
        distance = sector.inner + share * thickness
        x, y = distance * outwards[0], distance * outwards[1]
        near = math.hypot(max(abs(x) - width / 2, 0.0), max(abs(y) - height / 2, 0.0))
        if near < sector.inner + MARGIN:
            continue
        placed = [(x + dx, y + dy) for dx, dy in corners]
        if all(
            math.hypot(*corner) <= sector.outer - MARGIN
            and _from_rim(corner, outwards, sideways, half) >= MARGIN
            for corner in placed
        ):
            return distance
    return None


def _from_rim(
    point: tuple[float, float],
    outwards: tuple[float, float],
    sideways: tuple[float, float],
    half: float,
) -> float:
    """Return the distance of a point from the nearer of the two straight rims of a sector."""
    out = point[0] * outwards[0] + point[1] * outwards[1]
    side = abs(point[0] * sideways[0] + point[1] * sideways[1])
    return out * math.sin(half) - side * math.cos(half)


def _at(
    distance: float, sector: _Sector, lines: tuple[str, ...], size: int, rotation: float
) -> Label:
    angle = math.radians(sector.middle)
    x, y = distance * math.sin(angle), -distance * math.cos(angle)
    return Label(lines, size, x, y, math.remainder(rotation, TURN))
