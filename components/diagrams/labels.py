"""The labels of the sunburst: which sectors have one, and where it is.

A label is a block of lines: upright, along the radius or along the arc. It stays inside its sector
with a margin; a sector without room for it has none. The page and the pictures share these labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, product

from components.diagrams.layout import FULL_CIRCLE, sector_angles
from components.diagrams.style import MAX_LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.text import (
    ELLIPSIS,
    block_height,
    text_width,
    unbreakable_parts,
    without_narrow_spaces,
    wrap,
)
from components.diagrams.tree import Tree

MARGIN = 2.5
"""Minimum distance between a label and the border of its sector, in pixels."""
MAX_LINES = 5
MIN_UPRIGHT_EXTENT = 24.0
"""Degrees; upright labels look lost in narrower sectors."""
MIN_CUT_LENGTH = 9
"""Characters; a name that is cut shorter is of no use."""
ROUNDING = 0.001
MAX_CHARACTERS = 150
"""Longer names are cut before they are measured; no sector has room for more."""
CACHE_SIZE = 20_000
SIZES = tuple(range(MAX_LABEL_SIZE, MIN_LABEL_SIZE - 1, -1))
"""Font sizes in pixels, from the largest down."""
COMMON_SIZE_SHARE = 0.6
"""Share of a ring's labels that fit at the common font size of the ring."""


@dataclass(frozen=True, slots=True)
class Label:
    """A block of lines, centred at (x, y) from the centre of the sunburst, in pixels."""

    lines: tuple[str, ...]
    size: int
    """Font size in pixels."""
    x: float
    y: float
    rotation: float
    """Degrees clockwise, from -90 to 90."""


@dataclass(frozen=True, slots=True)
class _Sector:
    """A sector of a ring: radii in pixels, angles in degrees clockwise from the top."""

    inner: float
    outer: float
    start: float
    extent: float

    @property
    def middle(self) -> float:
        return self.start + self.extent / 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of text, and their width in ems."""

    lines: tuple[str, ...]
    width: float

    def box(self, size: float) -> tuple[float, float]:
        """Return width and height in pixels at a font size."""
        return self.width * size, block_height(len(self.lines), size)


_Position = tuple[float, float]
"""The distance of a label from the centre in pixels, and its rotation in degrees."""


def sector_labels(tree: Tree, radius: float) -> dict[str, Label]:
    """Return the labels of a sunburst of a radius in pixels, by key of those nodes that have one.

    The labels of a ring have a common font size, unless they only fit at a smaller one.
    """
    ring = radius / tree.levels
    angles = sector_angles(tree)
    centre = _centre_label(tree, ring)
    labels = {tree.focus.key: centre} if centre else {}
    common_size = 0
    for level in range(tree.levels - 1, 0, -1):
        names = {node.key: node.short_name for node in tree.nodes if node.level == level}
        inner, outer = level * ring, (level + 1) * ring
        sectors = {key: _Sector(inner, outer, *angles[key]) for key in names}
        largest = {key: _largest_size(names[key], sector) for key, sector in sectors.items()}
        if sizes := sorted(filter(None, largest.values()), reverse=True):
            # Labels do not get smaller from the outside in.
            common_size = max(common_size, sizes[math.ceil(len(sizes) * COMMON_SIZE_SHARE) - 1])
        for key, sector in sectors.items():
            size = largest[key]
            if size is None:
                label = _cut_label(names[key], sector)
            else:
                label = _full_label(names[key], sector, min(size, common_size))
            if label is not None:
                labels[key] = label
    return labels


def _largest_size(text: str, sector: _Sector) -> int | None:
    """Return the largest font size at which a text fits whole; None if it does not fit."""
    if _full_label(text, sector, MIN_LABEL_SIZE) is None:
        return None
    return next(size for size in SIZES if _full_label(text, sector, size))


def _full_label(text: str, sector: _Sector, size: int) -> Label | None:
    """Return a whole text, upright if it fits, else rotated; with as few lines as possible."""
    blocks = _blocks(text)
    upright, rotated = product(blocks, (_upright,)), product(blocks, (_along_radius, _along_arc))
    for block, orientation in chain(upright, rotated):
        if (position := orientation(block.box(size), sector)) is not None:
            return _label_at(position, sector, block.lines, size)
    return None


def _cut_label(text: str, sector: _Sector) -> Label | None:
    """Return the beginning of a text along the radius, in the smallest font size."""
    size = MIN_LABEL_SIZE
    for max_lines in (3, 2, 1):
        nearest, farthest = _radial_range(sector, across=block_height(max_lines, size))
        if nearest >= farthest:
            continue
        room = farthest - nearest - ROUNDING
        lines = tuple(wrap(text, room, size=size, max_lines=max_lines, break_words=False))
        width = max(text_width(line, size) for line in lines)
        position = _along_radius((width, block_height(len(lines), size)), sector)
        if position is not None and sum(map(len, lines)) >= MIN_CUT_LENGTH:
            return _label_at(position, sector, lines, size)
    return None


def _centre_label(tree: Tree, radius: float) -> Label | None:
    """Return the name of the focus, its number of units and, below the root, the way up."""
    organization, focus = tree.organization, tree.focus
    count = without_narrow_spaces(tree.words("units", count=organization.count(focus.unit)))
    up = [tree.words("up")] if organization.depth[focus.unit] else []
    room = radius - MARGIN
    whole_words = product(SIZES, (4, 3, 2), (False,))
    broken_words = product((MIN_LABEL_SIZE,), (3, 2, 1), (True,))
    for size, max_lines, broken in chain(whole_words, broken_words):
        name = wrap(
            focus.short_name, 1.5 * room, size=size, max_lines=max_lines, break_words=broken
        )
        if size > MIN_LABEL_SIZE and name[-1].endswith(ELLIPSIS):
            continue
        lines = (*name, count, *up)
        width = max(text_width(line, size) for line in lines)
        if math.hypot(width, block_height(len(lines), size)) / 2 <= room:
            return Label(lines, size, 0.0, 0.0, 0.0)
    return None


@lru_cache(CACHE_SIZE)
def _blocks(text: str) -> tuple[_Block, ...]:
    """Return a text broken into one line, into two lines, ..., each time as narrow as possible."""
    cut = text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + ELLIPSIS
    return tuple(
        _Block(lines, max(text_width(line, 1) for line in lines))
        for lines in _narrowest_lines(unbreakable_parts(cut))
        if lines
    )


def _narrowest_lines(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the lines with the smallest maximum width, for each number of lines.

    Dynamic programming over the position of the last break.
    """
    count = len(parts)
    widths = {
        (start, end): text_width("".join(parts[start:end]).rstrip(), 1)
        for end in range(1, count + 1)
        for start in range(end)
    }
    # For each end: the maximum width of the lines up to there, and where each line starts.
    best: dict[int, tuple[float, tuple[int, ...]]] = {
        end: (widths[0, end], (0,)) for end in range(1, count + 1)
    }
    for _ in range(min(count, MAX_LINES)):
        breaks = (*best[count][1], count)
        yield tuple("".join(parts[start:end]).rstrip() for start, end in pairwise(breaks))
        best = {
            end: min(
                (max(best[start][0], widths[start, end]), (*best[start][1], start))
                for start in best
                if start < end
            )
            for end in best
            if end > min(best)
        }
        if count not in best:
            return


def _along_radius(box: tuple[float, float], sector: _Sector) -> _Position | None:
    width, height = box
    distance = _radial_position(sector, along=width, across=height)
    quarter = -90.0 if sector.middle <= FULL_CIRCLE / 2 else 90.0
    return None if distance is None else (distance, sector.middle + quarter)


def _along_arc(box: tuple[float, float], sector: _Sector) -> _Position | None:
    width, height = box
    distance = _radial_position(sector, along=height, across=width)
    is_upside_down = FULL_CIRCLE / 4 < sector.middle < FULL_CIRCLE * 3 / 4
    return None if distance is None else (distance, sector.middle - 180.0 * is_upside_down)


def _radial_position(sector: _Sector, *, along: float, across: float) -> float | None:
    """Return the distance of a block's centre from that of the sunburst; None if it does not fit.

    ``along`` is the size of the block in the direction of the radius, ``across`` that at right
    angles to it, in pixels.
    """
    nearest, farthest = _radial_range(sector, across=across)
    if nearest + along > farthest:
        return None
    middle = (sector.inner + sector.outer - along) / 2
    return min(max(middle, nearest), farthest - along) + along / 2


def _radial_range(sector: _Sector, *, across: float) -> tuple[float, float]:
    """Return the range of distances in which a block fits; it is empty if the second is smaller."""
    half = math.radians(min(sector.extent, FULL_CIRCLE / 2)) / 2
    reach = max(0.0, sector.outer - MARGIN) ** 2 - (across / 2) ** 2
    nearest = max(sector.inner + MARGIN, (across / 2 * math.cos(half) + MARGIN) / math.sin(half))
    return nearest, math.sqrt(max(reach, 0.0))


def _upright(box: tuple[float, float], sector: _Sector) -> _Position | None:
    if sector.extent < MIN_UPRIGHT_EXTENT:
        return None
    angle = math.radians(sector.middle)
    half = math.radians(min(sector.extent, FULL_CIRCLE / 2)) / 2
    width, height = box
    corners = tuple(product((-width / 2, width / 2), (-height / 2, height / 2)))
    for share in (0.5, 0.55, 0.6, 0.45, 0.65, 0.7):
        distance = sector.inner + share * (sector.outer - sector.inner)
        x, y = distance * math.sin(angle), distance * -math.cos(angle)
        nearest = math.hypot(max(abs(x) - width / 2, 0.0), max(abs(y) - height / 2, 0.0))
        if nearest >= sector.inner + MARGIN and all(
            math.hypot(x + dx, y + dy) <= sector.outer - MARGIN
            and _side_distance(x + dx, y + dy, angle, half) >= MARGIN
            for dx, dy in corners
        ):
            return distance, 0.0
    return None


def _side_distance(x: float, y: float, angle: float, half: float) -> float:
    """Return the distance of a point from the nearer straight side of a sector.

    ``angle`` is the mid-angle of the sector, and ``half`` half its extent, in radians.
    """
    outwards = x * math.sin(angle) - y * math.cos(angle)
    sideways = abs(x * math.cos(angle) + y * math.sin(angle))
    return outwards * math.sin(half) - sideways * math.cos(half)


def _label_at(position: _Position, sector: _Sector, lines: tuple[str, ...], size: int) -> Label:
    distance, rotation = position
    angle = math.radians(sector.middle)
    x, y = distance * math.sin(angle), -distance * math.cos(angle)
    return Label(lines, size, x, y, math.remainder(rotation, FULL_CIRCLE))
