"""A scope's network as SVG elements: the elements and the stylesheet of the page, drawn here.

It follows cytoscape.js 3.28 in where lines begin, bend and end, and in where text stands, so that
the picture is the page's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import path_elements
from components.diagrams.marks import Marks
from components.diagrams.network import network_stylesheet
from components.diagrams.style import DASHES, Theme
from components.diagrams.svg import dash_array, element, linked_to, text_block, themed_colour
from components.view_state import Layout, ViewState

Data = Mapping[str, Any]
Point = tuple[float, float]
ROUNDEST, CUT = 8.0, 8.0
"""Pixels: the corners of round and of cut rectangles, at most."""
ARROW_LENGTH = 0.3 * 29.0
"""Pixels: how long an arrow's head is, and how broad, at scale 1."""
SHORTENED = 2.0
"""A line with an arrow ends earlier by so many times its width and the arrow's scale."""


@dataclass(frozen=True, slots=True)
class Box:
    """The edges of what is drawn, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the breadth in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in pixels."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Item:
    """One visible element with the style that it comes to."""

    data: Data
    classes: frozenset[str]
    style: Mapping[str, Any]

    @property
    def is_node(self) -> bool:
        return "source" not in self.data


@dataclass(frozen=True)
class NetworkDrawing:
    """The visible elements of a network in one layout."""

    layout: Layout
    items: tuple[_Item, ...]

    @cached_property
    def nodes(self) -> Mapping[str, _Item]:
        """The visible nodes by their keys."""
        return {item.data["id"]: item for item in self.items if item.is_node}

    @cached_property
    def edge_classes(self) -> frozenset[str]:
        """The classes of all visible edges: what a legend has to speak of."""
        return frozenset().union(*(item.classes for item in self.items if not item.is_node))

    @cached_property
    def box(self) -> Box:
        """The box around all visible nodes and their labels, whatever is marked at them."""
        marked = (item for item in self.nodes.values() if "station" not in item.classes)
        reaches = [self._reach(item) for item in marked]
        return Box(
            min(reach.left for reach in reaches),
            min(reach.top for reach in reaches),
            max(reach.right for reach in reaches),
            max(reach.bottom for reach in reaches),
        )

    def _reach(self, node: _Item) -> Box:
        at = node.data[self.layout]
        x, y, half_width, half_height = at["x"], at["y"], at["width"] / 2, at["height"] / 2
        if self.layout is not Layout.RADIAL or "dot" not in node.classes:
            return Box(x - half_width, y - half_height, x + half_width, y + half_height)
        # A label beside its dot reaches twice as far as its middle.
        away_x, away_y = 2 * at["label_x"], 2 * at["label_y"]
        return Box(
            x + min(-half_width, away_x),
            y + min(-half_height, away_y),
            x + max(half_width, away_x),
            y + max(half_height, away_y),
        )

    def elements(self, addresses: Mapping[str, str] | None = None) -> list[Element]:
        """Return the SVG elements, lowest first; ``addresses`` are links for keys of nodes."""
        lowest_first = sorted(self.items, key=lambda item: int(item.style["z-index"]))
        return [
            part
            for item in lowest_first
            for part in (
                self._node(item, (addresses or {}).get(item.data["id"]))
                if item.is_node
                else self._edge(item)
            )
        ]

    def _node(self, item: _Item, address: str | None) -> Iterator[Element]:
        data, style, at = item.data, item.style, item.data[self.layout]
        told = f"{data['name']} – {data['note']}" if data["note"] else data["name"]
        shape = element(
            "path",
            element("title", text=told),
            d=_outline(style["shape"], at),
            data_key=data["id"],
            fill=style["background-color"],
            stroke=style.get("border-color"),
            stroke_width=style.get("border-width"),
            stroke_dasharray=dash_array(DASHES if style.get("border-style") == "dashed" else ()),
            stroke_opacity=style.get("border-opacity"),
        )
        text = text_block(
            str(style["label"]).split("\n"),
            style["font-size"],
            x=at["x"] + float(style.get("text-margin-x", 0)),
            y=at["y"] + float(style.get("text-margin-y", 0)),
            rotation=math.degrees(float(style.get("text-rotation", 0))),
            data_key=data["id"],
            fill=style["color"],
            fill_opacity=style.get("text-opacity"),
        )
        if address is None:
            yield from (shape, text)
        else:
            yield linked_to(address, shape, text)

    def _edge(self, item: _Item) -> Iterator[Element]:
        data, style = item.data, item.style
        scale = style.get("arrow-scale", 0.0)
        path, tip, before = self._path(item, shortened=SHORTENED * style["width"] * scale)
        yield element(
            "path",
            *([element("title", text=data["note"])] if "note" in data else []),
            d=path,
            data_key=data["id"],
            fill="none",
            stroke=style["line-color"],
            stroke_width=style["width"],
            stroke_dasharray=dash_array(style.get("line-dash-pattern", ())),
            opacity=style.get("opacity"),
        )
        if scale:
            yield element(
                "path",
                d=_arrow_head(tip, before, ARROW_LENGTH * scale),
                fill=style["target-arrow-color"],
                opacity=style.get("opacity"),
            )

    def _path(self, edge: _Item, *, shortened: float) -> tuple[str, Point, Point]:
        """Return the path of a line, its end at the target, and the point that it comes from."""
        source, target = (self.nodes[edge.data[end]] for end in ("source", "target"))
        start, end = (_middle(node.data[self.layout]) for node in (source, target))
        if edge.style["curve-style"] == "taxi":
            begin, stop = start[0] + self._half(source)[0], end[0] - self._half(target)[0]
            turn = stop + float(edge.style["taxi-turn"].removesuffix("px"))
            path = f"M{begin:.2f} {start[1]:.2f}H{turn:.2f}V{end[1]:.2f}H{stop:.2f}"
            return path, (stop, end[1]), (turn, end[1])
        one, other = self._border(source, end), self._border(target, start)
        if edge.style["curve-style"] == "straight":
            return f"M{_point(one)}L{_point(other)}", other, one
        control = _bent(one, other, edge.style["control-point-distances"])
        one, tip = self._border(source, control), self._border(target, control)
        last = _moved(tip, control, shortened)
        return f"M{_point(one)}Q{_point(control)} {_point(last)}", tip, control

    def _border(self, node: _Item, towards: Point) -> Point:
        """Return where the line from a node's middle to a point leaves its shape and its rim."""
        x, y = _middle(node.data[self.layout])
        dx, dy = towards[0] - x, towards[1] - y
        share = _share_within(node.style["shape"], self._half(node), (abs(dx), abs(dy)))
        return (x + dx * share, y + dy * share) if share < 1 else (x, y)

    def _half(self, node: _Item) -> Point:
        """Return half the breadth and half the height of a node, with its rim."""
        at, rim = node.data[self.layout], node.style.get("border-width", 0)
        return (at["width"] + rim) / 2, (at["height"] + rim) / 2


def network_drawing(
    elements: Sequence[Data],
    kinds: Sequence[str],
    state: ViewState,
    *,
    theme: Theme | None,
    marks: Marks,
) -> NetworkDrawing:
    """Return the drawing of ``network_elements`` as it looks while a unit is selected.

    ``kinds`` are the organization's kinds of stated relation. Without a theme the colours are
    those of whichever theme the page has.
    """
    sheets = {
        each: network_stylesheet(state.layout, each, kinds)
        for each in ([theme] if theme else Theme)
    }

    @cache
    def styles(tag: str, classes: frozenset[str]) -> Mapping[Theme, Mapping[str, Any]]:
        return {each: _cascade(sheet, tag, classes) for each, sheet in sheets.items()}

    items = []
    path = path_elements(elements, marks.path) if marks.path.stations else []
    for each in [*elements, *path]:
        data, classes = each["data"], _classes(each, marks, state)
        by_theme = styles("edge" if "source" in data else "node", classes)
        style = _merged(by_theme, data, theme)
        if style.get("display") != "none":
            items.append(_Item(data, classes, style))
    return NetworkDrawing(state.layout, tuple(items))


def _classes(each: Data, marks: Marks, state: ViewState) -> frozenset[str]:
    """Return the classes of an element with those that ``assets/js/network.js`` sets."""
    data, classes = each["data"], set(each["classes"].split())
    if classes & {"station", "step"}:
        return frozenset(classes)
    if "source" not in data:
        states = {
            "dimmed": marks.is_dimmed(data["id"]),
            "lifted": data["id"] in marks.chain,
            "hit": data["id"] in marks.hits,
            "selected": data["id"] == marks.selected,
            "shown": state.shows_references and "reference" in classes,
        }
    else:
        ends = {data["source"], data["target"]}
        concerned = marks.linked in ends
        if "hierarchy" in classes:
            states = {
                "lifted": ends <= marks.chain,
                "dimmed": any(marks.is_dimmed(end) for end in ends),
                "path": data["id"] in marks.path_edges,
            }
        else:
            wanted = concerned or (state.shows_all_links and "theme" not in classes)
            states = {
                "shown": state.shows_references if "mention" in classes else wanted,
                "lifted": concerned,
                "dimmed": marks.lit is not None and not concerned,
            }
    return frozenset(classes | {name for name, is_set in states.items() if is_set})


def _cascade(sheet: Sequence[Data], tag: str, classes: frozenset[str]) -> Mapping[str, Any]:
    """Return what the rules of a stylesheet come to; each selector is a tag and classes."""
    style: dict[str, Any] = {}
    for rule in sheet:
        for selector in rule["selector"].split(","):
            name, *needed = selector.strip().split(".")
            if name == tag and classes.issuperset(needed):
                style |= rule["style"]
    return style


def _merged(
    by_theme: Mapping[Theme, Mapping[str, Any]], data: Data, theme: Theme | None
) -> dict[str, Any]:
    """Return the style of one element; a colour that differs between themes is both."""
    found = {
        each: {name: _looked_up(value, data) for name, value in style.items()}
        for each, style in by_theme.items()
    }
    first = next(iter(found.values()))
    return {
        name: value
        if all(style[name] == value for style in found.values())
        else themed_colour({each: style[name] for each, style in found.items()}, theme)
        for name, value in first.items()
    }


def _looked_up(value: Any, data: Data) -> Any:
    """Return a style's value; ``data(tree.width)`` is looked up in the element's data."""
    if not (isinstance(value, str) and value.startswith("data(")):
        return value
    found: Any = data
    for step in value.removeprefix("data(").removesuffix(")").split("."):
        found = found[step]
    return found


def _share_within(shape: str, half: Point, away: Point) -> float:
    """Return which share of the way from a shape's middle to a point lies within the shape.

    ``half`` are half the breadth and half the height; ``away`` is the point from the middle.
    """
    across, down = away[0] / half[0], away[1] / half[1]
    if shape == "ellipse":
        return 1 / (math.hypot(across, down) or 1.0)
    if shape == "diamond":
        return 1 / (across + down or 1.0)
    share = 1 / (max(across, down) or 1.0)
    if shape == "cut-rectangle":
        corner = half[0] + half[1] - min(CUT, *half)
        return min(share, corner / (sum(away) or 1.0))
    radius = min(ROUNDEST, half[0] / 2, half[1] / 2)
    centre = half[0] - radius, half[1] - radius
    if away[0] * share <= centre[0] or away[1] * share <= centre[1]:
        return share
    # Where the way crosses the circle of a round corner, from inside.
    square = away[0] ** 2 + away[1] ** 2
    along = (away[0] * centre[0] + away[1] * centre[1]) / square
    beyond = (centre[0] ** 2 + centre[1] ** 2 - radius**2) / square
    return along + math.sqrt(max(0.0, along**2 - beyond))


def _middle(at: Data) -> Point:
    return at["x"], at["y"]


def _point(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _moved(point: Point, towards: Point, distance: float) -> Point:
    dx, dy = towards[0] - point[0], towards[1] - point[1]
    share = distance / (math.hypot(dx, dy) or 1.0)
    return point[0] + dx * share, point[1] + dy * share


def _bent(one: Point, other: Point, distance: float) -> Point:
    """Return the control point of a bow, to the side of the middle between two points."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = math.hypot(dx, dy) or 1.0
    x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    return x - dy / length * distance, y + dx / length * distance


def _arrow_head(tip: Point, before: Point, size: float) -> str:
    base = _moved(tip, before, size)
    dx, dy = (base[1] - tip[1]) / 2, (tip[0] - base[0]) / 2
    corners = (base[0] + dx, base[1] + dy), (base[0] - dx, base[1] - dy)
    return f"M{_point(tip)}L{_point(corners[0])}L{_point(corners[1])}Z"


def _outline(shape: str, at: Data) -> str:
    """Return the path of a node's shape, clockwise."""
    x, y, a, b = at["x"], at["y"], at["width"] / 2, at["height"] / 2
    if shape == "ellipse":
        arc = f"A{a:.2f} {b:.2f} 0 0 1"
        return f"M{x - a:.2f} {y:.2f}{arc} {x + a:.2f} {y:.2f}{arc} {x - a:.2f} {y:.2f}Z"
    if shape == "diamond":
        return f"M{x:.2f} {y - b:.2f}L{x + a:.2f} {y:.2f}L{x:.2f} {y + b:.2f}L{x - a:.2f} {y:.2f}Z"
    corner = min(CUT, a, b) if shape == "cut-rectangle" else min(ROUNDEST, a / 2, b / 2)
    c = f"{corner:.2f}"
    turn = "l" if shape == "cut-rectangle" else f"a{c} {c} 0 0 1 "
    return (
        f"M{x - a + corner:.2f} {y - b:.2f}H{x + a - corner:.2f}{turn}{c} {c}"
        f"V{y + b - corner:.2f}{turn}-{c} {c}H{x - a + corner:.2f}{turn}-{c} -{c}"
        f"V{y - b + corner:.2f}{turn}{c} -{c}Z"
    )
