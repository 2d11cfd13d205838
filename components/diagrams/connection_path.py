"""The path between two connected units, drawn over the sunburst and in the network.

Each unit of the chain is a station, numbered along the chain. A unit that is not in the picture is
marked at its nearest ancestor that is; a step between units with the same station is not drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.layout import sector_angles
from components.diagrams.network import bend, network_elements
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    HALO_WIDTH,
    PATH_WIDTH,
    STATION,
    STATION_TEXT,
    Theme,
    text_on,
)
from components.diagrams.svg import element, text_block, themed_colour
from components.diagrams.tree import Tree, key_of
from components.model.shortest_chains import Step, StepBasis, units_of
from components.view_state import Layout

Point = tuple[float, float]
UNIT_RADIUS = 100.0
OUTWARDS = 0.11
"""Where a station stands in its sector: at this share of the ring, to leave room for the label."""
IN_THE_CENTRE = 0.74
"""Share of the radius of the centre, in which the label stands in the middle."""
BESIDE = 4.0
"""Pixels: so far a station stands out of the edge of a box, to leave room for the label."""
BENT = 0.45
"""A leap through the sunburst bows towards the centre: so far its bend is from there, as a share
of the distance of the straight line's middle."""


@dataclass(frozen=True, slots=True)
class Station:
    """A node that is marked, and the place of its unit in the chain, from 1."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Leg:
    """A step that is drawn, from station to station."""

    origin: str
    target: str
    basis: StepBasis


@dataclass(frozen=True, slots=True)
class ConnectionPath:
    """What is drawn of a chain of steps."""

    stations: tuple[Station, ...]
    legs: tuple[Leg, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Return the nodes that are marked."""
        return frozenset(station.key for station in self.stations)


def connection_path(tree: Tree, steps: Sequence[Step]) -> ConnectionPath:
    """Return what is drawn of a chain of steps in a picture."""
    shown = [_shown(tree, unit) for unit in units_of(steps)]
    numbers: dict[str, int] = {}
    for number, key in enumerate(shown, start=1):
        if key:
            numbers.setdefault(key, number)
    legs = tuple(
        Leg(one, other, step.basis)
        for step, (one, other) in zip(steps, pairwise(shown), strict=True)
        if one and other and one != other
    )
    return ConnectionPath(tuple(Station(key, number) for key, number in numbers.items()), legs)


def _shown(tree: Tree, unit: int) -> str:
    """Return the node of a unit, or of the nearest one above it; empty if there is none."""
    while unit >= 0 and key_of(unit) not in tree.by_key:
        unit = int(tree.organization.parent[unit])
    return key_of(unit) if unit >= 0 else ""


@dataclass(frozen=True, slots=True)
class Route:
    """A path through the sunburst, around (0, 0)."""

    places: Mapping[str, Point]
    """Of the stations, by the key of their nodes."""
    lines: tuple[str, ...]
    """SVG path data of each leg."""


def route(tree: Tree, path: ConnectionPath, radius: float) -> Route:
    """Return the route of a path through a sunburst: through the middles of its sectors.

    A step in the hierarchy is a straight line, any other a quadratic Bézier curve that avoids the
    sectors in between.
    """
    ring = radius / tree.levels
    angles = sector_angles(tree)
    places: dict[str, Point] = {}
    for station in path.stations:
        node = tree.by_key[station.key]
        if node.level:
            start, extent = angles[node.key]
            away = (node.level + OUTWARDS) * ring
            places[node.key] = _at(math.radians(start + extent / 2), away)
    centre = tree.focus.key
    if centre in path.keys:
        beside = [places[key] for key in _beside(path, centre) if key in places]
        places[centre] = _towards(beside, IN_THE_CENTRE * ring)
    lines = tuple(_line(places[leg.origin], places[leg.target], leg.basis) for leg in path.legs)
    return Route(places, lines)


def _beside(path: ConnectionPath, key: str) -> Iterator[str]:
    for leg in path.legs:
        if key in (leg.origin, leg.target):
            yield leg.target if key == leg.origin else leg.origin


def _at(angle: float, away: float) -> Point:
    return away * math.sin(angle), -away * math.cos(angle)


def _towards(points: Sequence[Point], away: float) -> Point:
    """Return the point between the directions to some points; upwards if there is no such."""
    across, down = (sum(axis) for axis in zip(*points, strict=True)) if points else (0.0, 0.0)
    length = math.hypot(across, down)
    if length < 1:
        return 0.0, -away
    return across / length * away, down / length * away


def _line(one: Point, other: Point, basis: StepBasis) -> str:
    begin, end = (f"{x:.2f} {y:.2f}" for x, y in (one, other))
    if basis is StepBasis.HIERARCHY:
        return f"M{begin}L{end}"
    bend = ((one[0] + other[0]) / 2 * BENT, (one[1] + other[1]) / 2 * BENT)
    return f"M{begin}Q{bend[0]:.2f} {bend[1]:.2f} {end}"


def path_lines(
    tree: Tree, path: ConnectionPath, radius: float, *, theme: Theme | None
) -> list[Element]:
    """Return the lines of a path over a sunburst around (0, 0), to be drawn below the labels."""
    data = " ".join(route(tree, path, radius).lines)
    strokes = ((BACKGROUND, HALO_WIDTH), (ACCENT, PATH_WIDTH))
    return [
        element(
            "path",
            d=data,
            fill="none",
            stroke=themed_colour(colours, theme),
            stroke_width=width,
            stroke_linecap="round",
        )
        for colours, width in strokes
        if data
    ]


def path_stations(
    tree: Tree, path: ConnectionPath, radius: float, *, theme: Theme | None
) -> list[Element]:
    """Return the stations of a path over a sunburst around (0, 0)."""
    places = route(tree, path, radius).places
    return [
        part
        for station in path.stations
        for part in station_mark(station, places[station.key], theme)
    ]


def station_mark(station: Station, place: Point, theme: Theme | None) -> tuple[Element, Element]:
    """Return the numbered dot of a station."""
    x, y = place
    return (
        element(
            "circle",
            cx=x,
            cy=y,
            r=STATION / 2,
            fill=themed_colour(ACCENT, theme),
            stroke=themed_colour(BACKGROUND, theme),
            stroke_width=1.5,
            data_station=station.key,
        ),
        text_block(
            [str(station.number)],
            STATION_TEXT,
            x=x,
            y=y,
            fill=themed_colour({each: text_on(ACCENT[each]) for each in Theme}, theme),
            font_weight=600,
        ),
    )


def path_for_page(tree: Tree, steps: Sequence[Step]) -> dict[str, Any]:
    """Return how the page draws a chain of steps in both diagrams.

    ``stations`` are ``{key, number, x, y}``, in a sunburst of ``radius`` around (0, 0), and
    ``lines`` the paths between them; ``elements`` are what Cytoscape adds to the network, and
    ``edges`` the keys of the hierarchy edges along the path.
    """
    path = connection_path(tree, steps)
    run = route(tree, path, UNIT_RADIUS)
    stations = [
        {"key": each.key, "number": each.number, "x": round(x, 2), "y": round(y, 2)}
        for each in path.stations
        for x, y in (run.places[each.key],)
    ]
    return {
        "radius": UNIT_RADIUS,
        "stations": stations,
        "lines": run.lines,
        "elements": path_elements(network_elements(tree), path),
        "edges": sorted(hierarchy_edges(tree, path)),
    }


def path_elements(
    elements: Sequence[Mapping[str, Any]], path: ConnectionPath
) -> list[dict[str, Any]]:
    """Return the Cytoscape elements that a path adds to those of a network.

    A station is a node of its own, ``w<number>``, at the edge of the node that it marks. A step
    outside the hierarchy is an edge, ``s<number>``; for the others see ``hierarchy_edges``.
    """
    nodes = {each["data"]["id"]: each for each in elements if "source" not in each["data"]}
    layouts = [each for each in Layout if each in next(iter(nodes.values()))["data"]]
    return [
        *(_station(nodes[station.key], station, layouts) for station in path.stations),
        *(
            _edge(number, leg, nodes, layouts)
            for number, leg in enumerate(path.legs, start=1)
            if leg.basis is not StepBasis.HIERARCHY
        ),
    ]


def hierarchy_edges(tree: Tree, path: ConnectionPath) -> frozenset[str]:
    """Return the keys of the hierarchy edges along a path."""
    return frozenset(
        f"h{leg.origin if tree.by_key[leg.origin].parent == leg.target else leg.target}"
        for leg in path.legs
        if leg.basis is StepBasis.HIERARCHY
    )


def _station(
    node: Mapping[str, Any], station: Station, layouts: Sequence[Layout]
) -> dict[str, Any]:
    return {
        "data": {
            "id": f"w{station.number}",
            "name": node["data"]["name"],
            "note": "",
            "fill": dict(ACCENT),
            "text": {theme: text_on(ACCENT[theme]) for theme in Theme},
            **{layout: _mark(node, station, layout) for layout in layouts},
        },
        "classes": "station",
    }


def _mark(node: Mapping[str, Any], station: Station, layout: Layout) -> dict[str, Any]:
    """Return the place of a station: on a dot, or at the left edge of a box."""
    at = node["data"][layout]
    is_dot = layout is Layout.RADIAL and "dot" in node["classes"].split()
    left = 0.0 if is_dot else at["width"] / 2 + BESIDE
    return {
        "x": round(at["x"] - left, 2),
        "y": at["y"],
        "width": STATION,
        "height": STATION,
        "label": str(station.number),
    }


def _edge(
    number: int, leg: Leg, nodes: Mapping[str, Mapping[str, Any]], layouts: Sequence[Layout]
) -> dict[str, Any]:
    bends = {}
    for layout in layouts:
        one, other = (nodes[key]["data"][layout] for key in (leg.origin, leg.target))
        bowed = bend((one["x"], one["y"]), (other["x"], other["y"]), layout)
        bends[layout.value] = {"bend": bowed}
    data = {"id": f"s{number}", "source": leg.origin, "target": leg.target, **bends}
    return {"data": data, "classes": "step"}
