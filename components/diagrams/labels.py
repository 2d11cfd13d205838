"""The labels of the sunburst: which sectors have one, and where it is.

A label is a block of lines: upright, along the radius or along the arc. It stays inside its sector
with a margin; a sector without room for it has none. The page and the pictures share these labels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise, product
from operator import methodcaller

from components.diagrams.layout import FULL_CIRCLE, sector_angles
from components.diagrams.style import LABEL_MARGIN, MAX_LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.text import (
    ELLIPSIS,
    block_height,
    text_width,
    unbreakable_parts,
    without_narrow_spaces,
    wrap,
)
from components.diagrams.tree import Node, Tree
from components.words.measures import amount, measure_name

MAX_LINES = 5
MIN_UPRIGHT_EXTENT = 24.0
"""Degrees; upright labels look lost in narrower sectors."""
UPRIGHT_SHARES = (0.5, 0.55, 0.6, 0.45, 0.65, 0.7)
"""Where the centre of an upright label may be between the arcs of its sector, the best first."""
ROUNDING = 0.001
MAX_CHARACTERS = 150
"""No sector has room for longer names."""
CACHE_SIZE = 20_000
SIZES = tuple(range(MAX_LABEL_SIZE, MIN_LABEL_SIZE - 1, -1))
"""Font sizes in pixels, from the largest down."""
LABELLED_SHARE, SAME_FORM_SHARE = 0.9, 0.8
"""Shares of a ring's labelled sectors, by angle: of those whose label fits at the ring's font size
in some form, and of those whose label fits in the form that it has at the smallest size."""


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


@dataclass(slots=True)
class _Sector:
    """A sector of a ring: radii in pixels, angles in degrees clockwise from the top."""

    inner: float
    outer: float
    start: float
    extent: float
    middle: float = field(init=False)
    sin: float = field(init=False)
    cos: float = field(init=False)
    """Of the middle."""
    sin_half: float = field(init=False)
    cos_half: float = field(init=False)
    """Of half the extent, of which more than a quarter of the circle makes no difference."""

    def __post_init__(self) -> None:
        self.middle = self.start + self.extent / 2
        angle = math.radians(self.middle)
        half = math.radians(min(self.extent, FULL_CIRCLE / 2)) / 2
        self.sin, self.cos = math.sin(angle), math.cos(angle)
        self.sin_half, self.cos_half = math.sin(half), math.cos(half)


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


def sector_labels(
    tree: Tree, radius: float, of_sectors: Mapping[str, Label] | None = None
) -> dict[str, Label]:
    """Return the labels of a sunburst of a radius in pixels, by key of those nodes that have one.

    ``of_sectors`` are those of a tree in another language, with the same names; only the label in
    the centre is another one.

    The labels of a ring have one font size; the few for which it is too large, or in which names
    would be cut, have the smallest.
    """
    ring = radius / tree.levels
    centre = _centre_label(tree, ring)
    labels = {tree.focus.key: centre} if centre else {}
    if of_sectors is not None:
        others = (key for key in of_sectors if key != tree.focus.key)
        return labels | {key: of_sectors[key] for key in others}
    # Labels do not get larger from the inside out.
    size = MAX_LABEL_SIZE
    for texts in _texts_by_level(tree, ring):
        if texts:
            size = _common_size(tuple(texts.values()), size)
        labels |= {key: text.best_label(size) for key, text in texts.items()}
    return labels


def labelled(tree: Tree, radius: float) -> int:
    """Return how many nodes have a label in a sunburst of a radius in pixels."""
    ring = radius / tree.levels
    of_sectors = sum(map(len, _texts_by_level(tree, ring)))
    return of_sectors + (_centre_label(tree, ring) is not None)


def _texts_by_level(tree: Tree, ring: float) -> Iterator[Mapping[str, _SectorText]]:
    """Yield for each level below the centre the texts that fit its sectors, by key of the node."""
    angles = sector_angles(tree)
    nodes: list[list[Node]] = [[] for _ in range(tree.levels)]
    for node in tree.nodes[1:]:
        nodes[node.level].append(node)
    for level in range(1, tree.levels):
        texts = {}
        for node in nodes[level]:
            sector = _Sector(level * ring, (level + 1) * ring, *angles[node.key])
            if sector.extent and (text := _SectorText.fitting(node.forms.short, sector)):
                texts[node.key] = text
        yield texts


class _SectorText:
    """The forms of a name that fit a sector, and their labels."""

    def __init__(self, forms: tuple[str, ...], sector: _Sector, smallest: Label) -> None:
        self._forms, self._sector = forms, sector
        self.smallest = smallest
        """The first of the forms in the smallest font size."""
        self.extent = sector.extent
        self._of_first_form: dict[int, Label | None] = {MIN_LABEL_SIZE: smallest}
        self._of_others: dict[int, Label | None] = {}

    @classmethod
    def fitting(cls, forms: tuple[str, ...], sector: _Sector) -> _SectorText | None:
        """Return the text of a sector; None if no form fits in the smallest font size."""
        if not _has_room(sector):
            return None
        for place, form in enumerate(forms):
            if label := _full_label(form, sector, MIN_LABEL_SIZE):
                return cls(forms[place:], sector, label)
        return None

    def label_of_first_form(self, size: int) -> Label | None:
        """Return the label of the first form in a font size; None if it does not fit."""
        if size not in self._of_first_form:
            self._of_first_form[size] = _full_label(self._forms[0], self._sector, size)
        return self._of_first_form[size]

    def label(self, size: int) -> Label | None:
        """Return the label of the first form that fits in a font size; None if none does."""
        if label := self.label_of_first_form(size):
            return label
        if size not in self._of_others:
            labels = (_full_label(form, self._sector, size) for form in self._forms[1:])
            self._of_others[size] = next(filter(None, labels), None)
        return self._of_others[size]

    def best_label(self, size: int) -> Label:
        """Return the label in a font size, or a smaller one that says more than a cut name."""
        label = self.label(size)
        return self.smallest if label is None or _is_cut(label) else label


def _is_cut(label: Label) -> bool:
    return label.lines[-1].endswith(ELLIPSIS)


def _common_size(texts: Sequence[_SectorText], most: int) -> int:
    """Return the font size of the labels of a ring, at most ``most``.

    It is the largest at which nearly all of the ring can be labelled, and most of it without a
    shorter form than at the smallest size. Sectors count by their angle: a few thin ones do not
    make the labels of all others small.
    """
    for size in SIZES:
        if size <= most and (
            _is_reached(SAME_FORM_SHARE, texts, methodcaller("label_of_first_form", size))
            and _is_reached(LABELLED_SHARE, texts, methodcaller("label", size))
        ):
            return size
    return MIN_LABEL_SIZE


def _is_reached(
    share: float, texts: Sequence[_SectorText], label: Callable[[_SectorText], Label | None]
) -> bool:
    """Return whether sectors of a share of the angle of all have a label."""
    left_over = (1 - share) * sum(text.extent for text in texts) + ROUNDING
    for text in texts:
        if label(text) is None:
            left_over -= text.extent
            if left_over < 0:
                return False
    return True


def _has_room(sector: _Sector) -> bool:
    """Return whether a sector may have room for one character in the smallest font size."""
    em = (float(MIN_LABEL_SIZE), float(MIN_LABEL_SIZE))
    return _along_radius(em, sector) is not None or _upright(em, sector) is not None


def _full_label(text: str, sector: _Sector, size: int) -> Label | None:
    """Return a whole text, upright if it fits, else rotated; with as few lines as possible."""
    blocks = _blocks(text)
    upright, rotated = product(blocks, (_upright,)), product(blocks, (_along_radius, _along_arc))
    for block, orientation in chain(upright, rotated):
        if (position := orientation(block.box(size), sector)) is not None:
            return _label_at(position, sector, block.lines, size)
    return None


def _centre_label(tree: Tree, radius: float) -> Label | None:
    """Return the name of the focus, its number of units and, below the root, the way up."""
    focus = tree.focus
    count = without_narrow_spaces(tree.words("units", count=tree.scope.count()))
    up = [] if tree.scope.above is None else [tree.words("up")]
    room = radius - LABEL_MARGIN
    forms = focus.forms.short
    # Wrapping takes time: in small circles, not even what stands below the name fits.
    below, least = max(text_width(line, 1) for line in (count, *up)), 2 + len(up)
    sizes = [size for size in SIZES if _is_within(room, below * size, block_height(least, size))]
    # A shorter form is better than a cut name.
    whole_words = product(forms, sizes, (4, 3, 2), (False,))
    broken_words = product(forms[-1:], sizes[-1:], (3, 2, 1), (True,))
    for form, size, max_lines, broken in chain(whole_words, broken_words):
        name = wrap(
            form,
            1.5 * room,
            size=size,
            max_lines=max_lines,
            break_words=broken,
            language=tree.organization.about.language,
        )
        if not broken and name[-1].endswith(ELLIPSIS) and not form.endswith(ELLIPSIS):
            continue
        lines = (*name, count, *_total(tree, 1.6 * room, size), *up)
        width = max(text_width(line, size) for line in lines)
        if _is_within(room, width, block_height(len(lines), size)):
            return Label(lines, size, 0.0, 0.0, 0.0)
    return None


def _is_within(radius: float, width: float, height: float) -> bool:
    """Return whether a block fits into a circle around its middle."""
    return math.hypot(width, height) / 2 <= radius


def _total(tree: Tree, width: float, size: float) -> Sequence[str]:
    """Return the sum of the measure that the angles show, in one or two lines."""
    angle, words = tree.encoding.angle(tree.scope), tree.words
    if angle is None:
        return ()
    total = amount(angle, angle.decimal(tree.focus.weight), words)
    text = without_narrow_spaces(f"{measure_name(angle, words)}: {total}")
    return wrap(text, width, size=size, max_lines=2)


@lru_cache(CACHE_SIZE)
def _blocks(text: str) -> tuple[_Block, ...]:
    """Return a text broken into one line, into two lines, ..., each time as narrow as possible."""
    if len(text) > MAX_CHARACTERS:
        return ()
    return tuple(
        _Block(lines, max(text_width(line, 1) for line in lines))
        for lines in _narrowest_lines(unbreakable_parts(text))
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
    reach = max(0.0, sector.outer - LABEL_MARGIN) ** 2 - (across / 2) ** 2
    nearest = max(
        sector.inner + LABEL_MARGIN, (across / 2 * sector.cos_half + LABEL_MARGIN) / sector.sin_half
    )
    return nearest, math.sqrt(max(reach, 0.0))


def _upright(box: tuple[float, float], sector: _Sector) -> _Position | None:
    if sector.extent < MIN_UPRIGHT_EXTENT:
        return None
    width, height = box[0] / 2, box[1] / 2
    nearest, farthest = _upright_range(width, height, sector)
    for share in UPRIGHT_SHARES:
        distance = sector.inner + share * (sector.outer - sector.inner)
        if not nearest <= distance <= farthest:
            continue
        x, y = abs(distance * sector.sin) - width, abs(distance * sector.cos) - height
        if math.hypot(max(x, 0.0), max(y, 0.0)) >= sector.inner + LABEL_MARGIN:
            return distance, 0.0
    return None


def _upright_range(width: float, height: float, sector: _Sector) -> tuple[float, float]:
    """Return the range of distances in which the corners of a block fit; it may be empty.

    ``width`` and ``height`` are half of the block's. Opposite corners are as far out of the middle
    of the sector, and as far before the block's centre as the others are behind it.
    """
    nearest, farthest, outer = 0.0, math.inf, sector.outer - LABEL_MARGIN
    for rise in (height, -height):
        sideways = abs(width * sector.cos + rise * sector.sin)
        outwards = abs(width * sector.sin - rise * sector.cos)
        if sideways >= outer:
            return 0.0, -1.0
        from_sides = (LABEL_MARGIN + sideways * sector.cos_half) / sector.sin_half
        nearest = max(nearest, from_sides + outwards)
        farthest = min(farthest, math.sqrt(outer**2 - sideways**2) - outwards)
    return nearest, farthest


def _label_at(position: _Position, sector: _Sector, lines: tuple[str, ...], size: int) -> Label:
    distance, rotation = position
    x, y = distance * sector.sin, -distance * sector.cos
    return Label(lines, size, x, y, math.remainder(rotation, FULL_CIRCLE))
