"""The path between two connected units, drawn over the sunburst and in the network.

The units of the chain are stations, numbered from 1. A unit that is not drawn is represented by
the group that holds it, or its nearest drawn ancestor; a step between two units with the same
station is not drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain, combinations, islice, pairwise, permutations
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.arrangement import curves_between
from components.diagrams.curves import Point
from components.diagrams.gutters import Line
from components.diagrams.layout import Placement, sector_angles
from components.diagrams.network import curve_between
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    BORDER_WIDTH,
    PATH_HALO_WIDTH,
    PATH_WIDTH,
    STATION_FONT_SIZE,
    STATION_SIZE,
    Theme,
    text_on,
)
from components.diagrams.svg import element, text_block
from components.diagrams.tree import Tree, key_of
from components.model.shortest_chains import Step, StepBasis, units_of
from components.view_state import Layout

PAGE_RADIUS = 100.0
"""Radius of the sunburst in which the page gets the coordinates of a path."""
STATION_OFFSET = 0.11
"""Distance of a station from the inner edge of its ring, as a share of the ring's width."""
CENTRE_OFFSET = 0.74
"""Distance of the focus's station from the centre, as a share of the radius of the centre."""
BOX_OVERHANG = 6.0
"""Pixels by which a station at the upper left corner of a box stands to the left of it, so that it
covers no label: neither that of the box nor that of the one above."""
MAX_STEP_CURVES = 600
"""Pairs of origin and target for which ``step_curves`` has a curve."""
BEND_POSITION = 0.45
"""Position of a curve's control point between the centre (0) and the middle of its chord (1)."""


@dataclass(frozen=True, slots=True)
class Station:
    """A node on the path, and the position of its unit in the chain, from 1."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Leg:
    """A step of the chain between two different stations."""

    origin: str
    target: str
    basis: StepBasis


@dataclass(frozen=True, slots=True)
class ConnectionPath:
    """The part of a chain of steps that is drawn in a diagram."""

    stations: tuple[Station, ...]
    legs: tuple[Leg, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of the stations."""
        return frozenset(station.key for station in self.stations)


def connection_path(tree: Tree, steps: Sequence[Step]) -> ConnectionPath:
    """Return the path of a chain of steps in a diagram."""
    keys = [_station(tree, unit) for unit in units_of(steps)]
    numbers: dict[str, int] = {}
    for number, key in enumerate(keys, start=1):
        if key:
            numbers.setdefault(key, number)
    legs = tuple(
        Leg(origin, target, step.basis)
        for step, (origin, target) in zip(steps, pairwise(keys), strict=True)
        if origin and target and origin != target
    )
    return ConnectionPath(tuple(Station(key, number) for key, number in numbers.items()), legs)


def _station(tree: Tree, unit: int) -> str:
    """Return the key of the lowest node that is a unit or holds it; empty if there is none."""
    below = unit
    while unit >= 0 and key_of(unit) not in tree.by_key:
        below, unit = unit, int(tree.organization.parent[unit])
    if unit < 0:
        return ""
    key = key_of(unit)
    while group := _group_holding(tree, key, below):
        key = group
    return key


def _group_holding(tree: Tree, key: str, unit: int) -> str:
    """Return the key of the group directly below a node that holds a unit; empty if none does."""
    groups = (node for node in tree.children.get(key, ()) if node.group)
    return next((node.key for node in groups if node.group and unit in node.group.units), "")


def station_points(tree: Tree, path: ConnectionPath, radius: float) -> dict[str, Point]:
    """Return the centres of the stations, by key, in a sunburst of a radius around (0, 0)."""
    ring = radius / tree.levels
    angles = sector_angles(tree)
    points: dict[str, Point] = {}
    for station in path.stations:
        if level := tree.by_key[station.key].level:
            start, extent = angles[station.key]
            angle, distance = math.radians(start + extent / 2), (level + STATION_OFFSET) * ring
            points[station.key] = distance * math.sin(angle), -distance * math.cos(angle)
    focus = tree.focus.key
    if focus in path.keys:
        neighbours = [
            points[leg.target if leg.origin == focus else leg.origin]
            for leg in path.legs
            if focus in (leg.origin, leg.target)
        ]
        points[focus] = _mean_direction(neighbours, CENTRE_OFFSET * ring)
    return points


def _mean_direction(points: Sequence[Point], distance: float) -> Point:
    """Return the point at a distance in the mean direction of some points, or else upwards."""
    x, y = (sum(axis) for axis in zip(*points, strict=True)) if points else (0.0, 0.0)
    length = math.hypot(x, y)
    if length < 1:
        return 0.0, -distance
    return x / length * distance, y / length * distance


def leg_lines(path: ConnectionPath, points: Mapping[str, Point]) -> list[str]:
    """Return the path data of each leg between the stations of a sunburst.

    Steps in the hierarchy are straight lines; other steps are quadratic Bézier curves that bend
    towards the centre, away from the sectors in between.
    """
    lines = []
    for leg in path.legs:
        start, end = points[leg.origin], points[leg.target]
        x, y = ((a + b) / 2 * BEND_POSITION for a, b in zip(start, end, strict=True))
        curve = "L" if leg.basis is StepBasis.HIERARCHY else f"Q{x:.2f} {y:.2f} "
        lines.append(f"M{start[0]:.2f} {start[1]:.2f}{curve}{end[0]:.2f} {end[1]:.2f}")
    return lines


def path_layers(
    tree: Tree, path: ConnectionPath, radius: float, *, theme: Theme
) -> tuple[list[Element], list[Element]]:
    """Return the lines and the stations of a path in a sunburst; the labels go between the two."""
    points = station_points(tree, path, radius)
    data = " ".join(leg_lines(path, points))
    lines = [
        element(
            "path",
            d=data,
            fill="none",
            stroke=colours[theme],
            stroke_width=width,
            stroke_linecap="round",
        )
        for colours, width in ((BACKGROUND, PATH_HALO_WIDTH), (ACCENT, PATH_WIDTH))
        if data
    ]
    marks = (station_mark(station, points[station.key], theme) for station in path.stations)
    return lines, [part for mark in marks for part in mark]


def station_mark(station: Station, centre: Point, theme: Theme) -> tuple[Element, Element]:
    """Return the numbered dot of a station."""
    x, y = centre
    return (
        element(
            "circle",
            cx=x,
            cy=y,
            r=STATION_SIZE / 2,
            fill=ACCENT[theme],
            stroke=BACKGROUND[theme],
            stroke_width=BORDER_WIDTH,
            data_station=station.key,
        ),
        text_block(
            [str(station.number)],
            STATION_FONT_SIZE,
            x=x,
            y=y,
            fill=text_on(ACCENT[theme]),
            font_weight=600,
        ),
    )


def path_for_page(
    sunburst: Tree, network: Tree, steps: Sequence[Step], elements: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the path of a chain of steps as JSON, for both diagrams of the page.

    In a sunburst of ``radius`` around (0, 0), ``stations`` are ``{key, number, x, y}`` and
    ``lines`` the path data between them. ``elements`` are added to those of the network, which are
    given, and ``edges`` are the keys of the hierarchy edges along the path. ``keys`` are the
    stations of both: where a box of the network is open, units have stations of their own.
    """
    path, opened = connection_path(sunburst, steps), connection_path(network, steps)
    points = station_points(sunburst, path, PAGE_RADIUS)
    stations = [
        {"key": station.key, "number": station.number, "x": round(x, 2), "y": round(y, 2)}
        for station in path.stations
        for x, y in (points[station.key],)
    ]
    return {
        "radius": PAGE_RADIUS,
        "stations": stations,
        "lines": leg_lines(path, points),
        "keys": sorted(path.keys | opened.keys),
        "elements": path_elements(elements, opened),
        "edges": sorted(hierarchy_edges(network, opened)),
    }


def path_elements(
    elements: Sequence[Mapping[str, Any]], path: ConnectionPath
) -> list[dict[str, Any]]:
    """Return the Cytoscape elements that a path adds to those of a network.

    Stations are nodes ``w<number>``, steps outside the hierarchy are edges ``s<number>``. For the
    other steps see ``hierarchy_edges``.
    """
    nodes = _nodes_of(elements)
    layouts = _layouts_of(nodes)
    return [
        *(_station_node(nodes[station.key], station, layouts) for station in path.stations),
        *_step_edges(path, nodes, layouts),
    ]


def _nodes_of(elements: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {item["data"]["id"]: item for item in elements if "source" not in item["data"]}


def _layouts_of(nodes: Mapping[str, Mapping[str, Any]]) -> list[Layout]:
    return [layout for layout in Layout if layout in next(iter(nodes.values()))["data"]]


def hierarchy_edges(tree: Tree, path: ConnectionPath) -> frozenset[str]:
    """Return the keys of the hierarchy edges along a path in the network."""
    return frozenset(
        f"h{key}"
        for leg in path.legs
        if leg.basis is StepBasis.HIERARCHY
        for key in _below(tree, leg)
    )


def _below(tree: Tree, leg: Leg) -> Iterator[str]:
    """Yield the lower node of a leg in the hierarchy, and the groups between it and the upper."""
    upper, lower = sorted((leg.origin, leg.target), key=lambda key: tree.by_key[key].level)
    while lower != upper:
        yield lower
        lower = tree.by_key[lower].parent


def _station_node(
    node: Mapping[str, Any], station: Station, layouts: Sequence[Layout]
) -> dict[str, Any]:
    return {
        "data": {
            "id": f"w{station.number}",
            "name": node["data"]["name"],
            "note": "",
            "fill": dict(ACCENT),
            "text": {theme: text_on(ACCENT[theme]) for theme in Theme},
            **{layout: _station_placement(node, station, layout) for layout in layouts},
        },
        "classes": "station",
    }


def _station_placement(node: Mapping[str, Any], station: Station, layout: Layout) -> dict[str, Any]:
    """Return the placement of a station: on a dot, or at the upper left corner of a box."""
    at = node["data"][layout]
    is_dot = layout is Layout.RADIAL and "dot" in node["classes"].split()
    left, up = (0.0, 0.0) if is_dot else (at["width"] / 2 + BOX_OVERHANG, at["height"] / 2)
    return {
        "x": round(at["x"] - left, 2),
        "y": round(at["y"] - up, 2),
        "width": STATION_SIZE,
        "height": STATION_SIZE,
        "label": str(station.number),
    }


def _step_edges(
    path: ConnectionPath, nodes: Mapping[str, Mapping[str, Any]], layouts: Sequence[Layout]
) -> list[dict[str, Any]]:
    """Return an edge for each step outside the hierarchy, with its curve in each layout."""
    steps = {
        f"s{number}": Line(leg.origin, leg.target, PATH_WIDTH)
        for number, leg in enumerate(path.legs, start=1)
        if leg.basis is not StepBasis.HIERARCHY
    }
    curves: dict[str, dict[str, Any]] = {key: {} for key in steps}
    for layout in layouts:
        drawn = _Network(nodes, layout).curves([*steps.values()])
        for key, curve in zip(steps, drawn, strict=True):
            curves[key][layout] = curve
    return [
        {
            "data": {"id": key, "source": step.source, "target": step.target, **curves[key]},
            "classes": "step",
        }
        for key, step in steps.items()
    ]


def step_curves(tree: Tree, elements: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the curves of the steps outside the hierarchy that a path can have in a network.

    They are by the keys of origin and target, with a space between them, and by layout. Each is
    drawn as if it were the only one of its path.
    """
    nodes = _nodes_of(elements)
    pairs = [*islice(_linked_stations(tree), MAX_STEP_CURVES)]
    curves: dict[str, dict[str, Any]] = {" ".join(pair): {} for pair in pairs}
    for layout in _layouts_of(nodes):
        network = _Network(nodes, layout)
        for pair in pairs:
            (curves[" ".join(pair)][layout],) = network.curves([Line(*pair, PATH_WIDTH)])
    return curves


def _linked_stations(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pairs of stations with a stated relation or a shared reference, in both orders."""
    station = cache(partial(_station, tree))
    relations, mentions = tree.organization.relations, tree.organization.mentions
    sharing: dict[str, set[str]] = {}
    linked: list[frozenset[str]] = []
    for unit in tree.scope.roots.tolist():
        end = unit + int(tree.organization.size[unit])
        rows = relations.rows[relations.first[unit] : relations.first[end]]
        linked += (frozenset((station(row.origin), station(row.target))) for row in rows)
        for row in mentions.rows[mentions.first[unit] : mentions.first[end]]:
            sharing.setdefault(row.reference, set()).add(station(row.unit))
    place = {node.key: at for at, node in enumerate(tree.nodes)}
    by_reference = chain.from_iterable(combinations(sorted(keys), 2) for keys in sharing.values())
    for pair in dict.fromkeys(chain(linked, map(frozenset, by_reference))):
        if len(pair) > 1 and "" not in pair:
            yield from permutations(sorted(pair, key=place.__getitem__), 2)


@dataclass(frozen=True)
class _Network:
    """The nodes of a network in a layout."""

    nodes: Mapping[str, Mapping[str, Any]]
    layout: Layout

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """The key of the parent of each unit and group."""
        return {key: node["data"]["up"] for key, node in self.nodes.items() if "up" in node["data"]}

    @cached_property
    def placed(self) -> Mapping[str, Placement]:
        """The placement of each unit and group."""
        return {key: _placement(self.nodes[key]["data"][self.layout]) for key in self.parents}

    def curves(self, lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Return the curves of lines that are drawn together, as the data of edges."""
        curves = curves_between(self.parents, self.placed, lines, self.layout)
        return [
            curve_between(curve, line.source, line.target, self.placed)
            for curve, line in zip(curves, lines, strict=True)
        ]


def _placement(at: Mapping[str, Any]) -> Placement:
    """Return the placement of a node of a network from its data."""
    others = {name: value for name, value in at.items() if name != "label"}
    return Placement(lines=tuple(at["label"].split("\n")), **others)
