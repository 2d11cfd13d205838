"""Rooms: how much of an organization can be read in a diagram of some size.

The page chooses a room by the size of its diagrams (``assets/js/page/room.js``), a picture by its
own size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from components.diagrams.arrangement import extent_of
from components.diagrams.labels import labelled
from components.diagrams.layout import DENSE, FULL_CIRCLE, LINE_PITCH, sector_angles
from components.diagrams.style import (
    LABEL_MARGIN,
    LINE_HEIGHT,
    MIN_LABEL_SIZE,
    MIN_ZOOM,
    NETWORK_PADDING,
    SUNBURST_MARGIN,
)
from components.diagrams.tree import Tree, tree_of
from components.model.scope import ENOUGH, Room, Scope
from components.view_state import Diagram, Layout, ViewState
from components.words import DEFAULT, words_in

MIN_LABEL_WIDTH = 36.0
"""Pixels of the shortest label that says something."""
MIN_RING = 50.0
"""Pixels; names are not legible in a narrower ring."""
MAX_RINGS = 3
MAX_LEVELS = 5
"""Of a network alone, below the focus."""
COLUMN_WIDTH = 110.0
"""Pixels of a narrow column of children."""
RADIAL_LABEL, RADIAL_LINES = 80.0, 2
"""Pixels from the outermost nodes of a radial network to the ends of their labels, and lines of
these labels, about."""
PIXELS_PER_ROW = 11.7
"""Of the diameter of a sunburst, for each row of a network beside it."""
REFERENCES = "-references"
"""The end of the names of rooms whose network shows references."""
NETWORK_SIDES: Mapping[str, tuple[float, float]] = {
    Layout.TREE: (0.96, 1.38),
    Layout.RADIAL: (1.55, 1.55),
    f"{Layout.TREE}{REFERENCES}": (1.5, 1.7),
    f"{Layout.RADIAL}{REFERENCES}": (2.0, 2.0),
}
"""About the width and the height that a network of the same scope needs for names of 10 pixels, per
diameter of a sunburst."""


def room_of(radius: float, height: float | None = None) -> Room:
    """Return what can be read in a sunburst of a radius, and in a network of a height, in pixels.

    By default the network is as high as the sunburst.
    """
    most = max(1, min(MAX_RINGS, int(radius / MIN_RING) - 1))
    least = tuple(
        tuple(_least_share(radius / (rings + 1), ring) for ring in range(1, rings + 1))
        for rings in range(1, most + 1)
    )
    rows = max(1, int((height or 2 * radius) / PIXELS_PER_ROW))
    return Room(least, rows, _InSunburst(radius))


def page_room_of(radius: float, *, has_references: bool = False) -> Room:
    """Return what can be read in a sunburst of a radius and in a network of the sides beside it.

    The children of the focus may have more rows than there are, if they can be wrapped.
    """
    room, diameter = room_of(radius), 2 * (radius + SUNBURST_MARGIN)
    end = REFERENCES if has_references else ""
    across, down = NETWORK_SIDES[f"{Layout.TREE}{end}"]
    tree = _InNetwork(Layout.COMPACT, across * diameter, down * diameter, has_references)
    if has_references:
        return replace(room, read=_InBoth(_InSunburst(radius), (tree,)))
    across, down = NETWORK_SIDES[Layout.RADIAL]
    radial = _InNetwork(Layout.RADIAL, across * diameter, down * diameter, has_references)
    read = _InBoth(_InSunburst(radius), (tree, radial), room.rows)
    return replace(room, read=read, columns=max(1, int(tree.width / COLUMN_WIDTH)))


def network_room_of(width: float, height: float, *, has_references: bool = False) -> Room:
    """Return what can be read in a tree alone, of a width and a height in pixels."""
    row = (LINE_PITCH + 2 * DENSE.padding_y + DENSE.row_gap) * MIN_ZOOM
    columns = max(1, int(width / COLUMN_WIDTH))
    read = _InNetwork(Layout.COMPACT, width, height, has_references)
    return _network_room(int(height / row), read, columns)


def radial_room_of(side: float, *, has_references: bool = False) -> Room:
    """Return what can be read in a radial network alone, of a width and a height in pixels."""
    around = math.pi * (side - 2 * RADIAL_LABEL) / (RADIAL_LINES * LINE_PITCH * MIN_ZOOM)
    return _network_room(int(around), _InNetwork(Layout.RADIAL, side, side, has_references))


def _network_room(rows: int, read: _InNetwork, columns: int = 1) -> Room:
    least = tuple((0.0,) * levels for levels in range(1, MAX_LEVELS + 1))
    return Room(least, max(1, rows), read, enough=1.0, columns=columns)


@dataclass(frozen=True, slots=True)
class _InSunburst:
    """What can be read in a sunburst of a radius in pixels."""

    radius: float

    def __call__(self, scope: Scope) -> float:
        """Return the share of the sectors of a scope that have a label."""
        tree = _tree(scope)
        # What has nothing of a measure has no sector.
        sectors = sum(extent > 0 for _, extent in sector_angles(tree).values())
        return labelled(tree, self.radius) / sectors


@dataclass(frozen=True, slots=True)
class _InNetwork:
    """What can be read in a layout of a width and a height in pixels."""

    layout: Layout
    width: float
    height: float
    has_references: bool

    def __call__(self, scope: Scope) -> float:
        """Return the share of the network of a scope that is seen at the least legible size."""
        extent = extent_of(_tree(scope), self.layout, has_references=self.has_references)
        width, height = (side * MIN_ZOOM + 2 * NETWORK_PADDING for side in extent)
        return min(1.0, self.width / width) * min(1.0, self.height / height)


@dataclass(frozen=True, slots=True)
class _InBoth:
    """What can be read in a sunburst and in the networks that may be beside it."""

    sunburst: _InSunburst
    networks: tuple[_InNetwork, ...]
    rows: int = 0
    """Networks of at most so many rows fit, about; others are measured."""

    def __call__(self, scope: Scope) -> float:
        """Return the share of the sectors that have a label; less than enough in a cut network."""
        labelled = self.sunburst(scope)
        if labelled < ENOUGH or len(scope.entries.get(scope.centre, ())) <= self.rows:
            return labelled
        seen = min(network(scope) for network in self.networks)
        return labelled if seen >= 1 else labelled * seen * ENOUGH


def _tree(scope: Scope) -> Tree:
    return tree_of(scope, words_in(DEFAULT).about(scope.organization))


def open_room(levels: int) -> Room:
    """Return the room in which all units down to some levels below the focus are drawn."""
    least = tuple((0.0,) * rings for rings in range(1, max(levels, 1) + 1))
    return Room(least)


def with_levels(room: Room, levels: int) -> Room:
    """Return a room limited to some levels below the focus."""
    return replace(room, least=room.least[:levels])


def smaller_room(room: Room, share: float, *, rings: int) -> Room:
    """Return a room with about this share of the rows, and at most so many rings."""
    rows = max(1, min(room.rows - 1, int(room.rows * share)))
    return replace(room, least=room.least[:rings], rows=rows)


def _least_share(width: float, ring: int) -> float:
    """Return the share of the circle that a sector of a ring needs for a label along the radius."""
    half_height = MIN_LABEL_SIZE * LINE_HEIGHT / 2 + LABEL_MARGIN
    begin = (ring + 1) * width - LABEL_MARGIN - min(MIN_LABEL_WIDTH, width - 2 * LABEL_MARGIN)
    return 2 * math.degrees(math.asin(half_height / begin)) / FULL_CIRCLE


SUNBURST_RADII = (100, 135, 170, 235, 300)
"""The least radii of a sunburst in the rooms of a page, in pixels."""
NETWORK_WIDTHS = (280, 360, 480, 640, 900)
NETWORK_HEIGHTS = (260, 300, 340, 420, 470, 520, 565, 580, 680, 850)
"""The least widths and heights of a tree alone, in pixels."""
RADIAL_SIDES = (280, 360, 450, 550, 650, 715, 780, 850, 1000)
"""The least widths and heights of a radial network alone, in pixels."""


def sunburst_room_name(radius: int, end: str = "") -> str:
    """Return the name of a room with a sunburst of a least radius in pixels."""
    return f"{radius}{end}"


def network_room_name(width: int, height: int, end: str = "") -> str:
    """Return the name of a room with a tree alone, of a least width and height in pixels."""
    return f"{width}x{height}{end}"


def radial_room_name(side: int, end: str = "") -> str:
    """Return the name of a room with a radial network alone, of a least side in pixels."""
    return f"r{side}{end}"


SUNBURST_ROOMS: Mapping[str, Room] = {
    sunburst_room_name(radius, end): page_room_of(radius, has_references=bool(end))
    for radius, end in product(SUNBURST_RADII, ("", REFERENCES))
}
NETWORK_ROOMS: Mapping[str, Room] = {
    network_room_name(width, height, end): network_room_of(width, height, has_references=bool(end))
    for width, height, end in product(NETWORK_WIDTHS, NETWORK_HEIGHTS, ("", REFERENCES))
}
RADIAL_ROOMS: Mapping[str, Room] = {
    radial_room_name(side, end): radial_room_of(side, has_references=bool(end))
    for side, end in product(RADIAL_SIDES, ("", REFERENCES))
}
ROOMS: Mapping[str, Room] = {**SUNBURST_ROOMS, **NETWORK_ROOMS, **RADIAL_ROOMS}
"""The rooms of a page by name: with a sunburst, with a tree alone, with a radial network alone."""
DEFAULT_ROOM = sunburst_room_name(235)
"""The room of both diagrams on a desk, and of fragments whose address names none."""
SUNBURST_ROOM = sunburst_room_name(300)
NETWORK_ROOM, RADIAL_ROOM = network_room_name(900, 680), radial_room_name(715)
"""The rooms of a sunburst alone and of a network alone, on a desk."""


def default_room(state: ViewState) -> str:
    """Return the room of a view on a desk, for which the server writes the page."""
    end = REFERENCES if state.shows_references else ""
    match state.view:
        case Diagram.SUNBURST:
            return SUNBURST_ROOM
        case Diagram.NETWORK:
            return f"{RADIAL_ROOM if state.layout is Layout.RADIAL else NETWORK_ROOM}{end}"
        case "" | "both":
            return f"{DEFAULT_ROOM}{end}"
        case _:
            return DEFAULT_ROOM
