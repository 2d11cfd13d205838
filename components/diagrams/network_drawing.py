"""The network as SVG, drawn from the Cytoscape elements and stylesheet of the page.

Where edges start, bend and end, and where text stands, follows cytoscape.js 3.28, so that a picture
looks like the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import path_elements
from components.diagrams.curves import Point, curve_of
from components.diagrams.labels import Label
from components.diagrams.layout import (
    MAX_CORNER,
    Edges,
    box_edges,
    corner_radius,
    dot_edges,
    edges_of_all,
)
from components.diagrams.marks import Marks
from components.diagrams.network import network_stylesheet, placement_of
from components.diagrams.style import BAR, DASH_PATTERN, Theme
from components.diagrams.svg import dash_array, element, text_block
from components.view_state import Layout, ViewState

Data = Mapping[str, Any]
ARROW_SHARE, MIN_ARROW_WIDTH, ARROW_GROWTH = 0.3, 29.0, 13.37
"""Length and width of an arrowhead at scale 1 are a share of what grows with the line's width."""
ARROW_SETBACK = 2.0
"""A line ends before the tip of its arrow, by this factor of its width and the arrow's scale."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Item:
    """A visible node or edge with its computed style."""

    data: Data
    classes: frozenset[str]
    style: Mapping[str, Any]

    @property
    def is_node(self) -> bool:
        """Return whether it is a node."""
        return "source" not in self.data

    @property
    def title(self) -> str:
        """Return the name and the note of a node."""
        name, note = self.data["name"], self.data["note"]
        return f"{name} – {note}" if note else name


@dataclass(frozen=True)
class NetworkDrawing:
    """The visible nodes and edges of a network in one layout."""

    layout: Layout
    items: tuple[Item, ...]
    bar_colour: str

    @cached_property
    def nodes(self) -> Mapping[str, Item]:
        """The visible nodes by key."""
        return {item.data["id"]: item for item in self.items if item.is_node}

    @cached_property
    def edge_classes(self) -> frozenset[str]:
        """The classes of all visible edges."""
        return frozenset().union(*(item.classes for item in self.items if not item.is_node))

    @cached_property
    def box(self) -> Box:
        """The bounding box of all visible nodes and their labels, without stations of a path."""
        left, top, right, bottom = edges_of_all(map(self._edges, self._labelled))
        return Box(left, top, right - left, bottom - top)

    @property
    def boxes(self) -> Mapping[str, Box]:
        """Return the bounding box of each visible node and its label, by key."""
        edges = {item.data["id"]: self._edges(item) for item in self._labelled}
        return {
            key: Box(left, top, right - left, bottom - top)
            for key, (left, top, right, bottom) in edges.items()
        }

    @property
    def smallest_text(self) -> float:
        """Return the smallest font size in pixels."""
        return min(float(item.style["font-size"]) for item in self.nodes.values())

    @property
    def _labelled(self) -> list[Item]:
        return [item for item in self.nodes.values() if "station" not in item.classes]

    def _edges(self, node: Item) -> Edges:
        """Return the edges of a node with its label."""
        placement = placement_of(node.data[self.layout])
        is_dot = self.layout is Layout.RADIAL and "dot" in node.classes
        return dot_edges(placement) if is_dot else box_edges(placement)

    @cached_property
    def back_to_front(self) -> list[Item]:
        """The visible nodes and edges in the order in which they are drawn."""
        return sorted(self.items, key=lambda item: int(item.style["z-index"]))

    def elements(self) -> list[Element]:
        """Return the SVG elements from back to front."""
        return [
            part
            for item in self.back_to_front
            for part in (self._node(item) if item.is_node else self._edge(item))
        ]

    def label(self, node: Item) -> Label:
        """Return the label of a node."""
        style, at = node.style, node.data[self.layout]
        return Label(
            tuple(str(style["label"]).split("\n")),
            style["font-size"],
            x=at["x"] + float(style.get("text-margin-x", 0)),
            y=at["y"] + float(style.get("text-margin-y", 0)),
            rotation=math.degrees(float(style.get("text-rotation", 0))),
        )

    def bar(self, node: Item) -> str:
        """Return the path data of the bar of a measure, at the lower edge of its box."""
        at, style = node.data[self.layout], node.style
        width, height, inset, offset = (
            float(str(style[f"background-{name}"]).removesuffix("px"))
            for name in ("width", "height", "position-x", "offset-y")
        )
        left, bottom = at["x"] - at["width"] / 2 + inset, at["y"] + at["height"] / 2 + offset
        return f"M{left:.2f} {bottom:.2f}h{width:.2f}v{-height:.2f}h{-width:.2f}Z"

    def lines(self, edge: Item) -> tuple[str, str]:
        """Return the path data of an edge, and those of its arrowhead or empty text."""
        scale = edge.style.get("arrow-scale", 0.0)
        path, tip, previous = self._path(edge, setback=ARROW_SETBACK * edge.style["width"] * scale)
        size = (
            ARROW_SHARE * max(MIN_ARROW_WIDTH, (ARROW_GROWTH * edge.style["width"]) ** 0.9) * scale
        )
        return path, _arrowhead(tip, previous, size) if scale else ""

    def edge_title(self, edge: Item) -> str:
        """Return the names of both ends of a link, and a line for each reason; else empty text."""
        if "notes" not in edge.data:
            return ""
        ends = (self.nodes[edge.data[end]].data["name"] for end in ("source", "target"))
        return "\n".join([" – ".join(ends), *edge.data["notes"]])

    def _node(self, node: Item) -> list[Element]:
        data, style = node.data, node.style
        is_mark = "mark" in node.classes
        shape = element(
            "path",
            *([] if is_mark else [element("title", text=node.title)]),
            d=outline(style["shape"], data[self.layout]),
            data_key=data["id"],
            fill=style["background-color"],
            stroke=style.get("border-color"),
            stroke_width=style.get("border-width"),
            stroke_dasharray=dash_array(
                DASH_PATTERN if style.get("border-style") == "dashed" else ()
            ),
            stroke_opacity=style.get("border-opacity"),
            opacity=style.get("opacity"),
        )
        shapes = [shape]
        if "background-image" in style:
            shapes.append(element("path", d=self.bar(node), fill=self.bar_colour))
        label = self.label(node)
        if label.lines == ("",):
            return shapes
        text = text_block(
            label.lines,
            label.size,
            x=label.x,
            y=label.y,
            rotation=label.rotation,
            data_key=data["id"],
            fill=style["color"],
            fill_opacity=style.get("text-opacity", style.get("opacity")),
        )
        return [*shapes, text]

    def _edge(self, edge: Item) -> Iterator[Element]:
        data, style = edge.data, edge.style
        path, arrowhead = self.lines(edge)
        yield element(
            "path",
            *([element("title", text=title)] if (title := self.edge_title(edge)) else []),
            d=path,
            data_key=data["id"],
            fill="none",
            stroke=style["line-color"],
            stroke_width=style["width"],
            stroke_dasharray=dash_array(style.get("line-dash-pattern", ())),
            opacity=style.get("opacity"),
        )
        if arrowhead:
            yield element(
                "path",
                d=arrowhead,
                fill=style["target-arrow-color"],
                opacity=style.get("opacity"),
            )

    def _path(self, edge: Item, *, setback: float) -> tuple[str, Point, Point]:
        """Return the path data of an edge, its end at the target, and the point before that."""
        source, target = (self.nodes[edge.data[end]] for end in ("source", "target"))
        start, end = (_centre(node.data[self.layout]) for node in (source, target))
        if edge.style["curve-style"] == "taxi":
            first, last = start[0] + self._half_size(source)[0], end[0] - self._half_size(target)[0]
            turn = last + float(edge.style["taxi-turn"].removesuffix("px"))
            path = f"M{first:.2f} {start[1]:.2f}H{turn:.2f}V{end[1]:.2f}H{last:.2f}"
            return path, (last, end[1]), (turn, end[1])
        if edge.style["curve-style"] == "straight":
            origin, tip = self._border_point(source, end), self._border_point(target, start)
            return f"M{_point(origin)}L{_point(tip)}", tip, origin
        curve = curve_of(edge.data[self.layout], start, end)
        pieces = [f"Q{_point(control)} {_point(knot)}" for _, control, knot in curve.pieces()]
        control = curve.controls[-1]
        pieces[-1] = f"Q{_point(control)} {_point(_moved(curve.end, control, setback))}"
        return f"M{_point(curve.start)}{''.join(pieces)}", curve.end, control

    def _border_point(self, node: Item, towards: Point) -> Point:
        """Return where a line from the centre of a node to a point crosses the node's border."""
        x, y = _centre(node.data[self.layout])
        dx, dy = towards[0] - x, towards[1] - y
        share = _share_inside(node.style["shape"], self._half_size(node), (abs(dx), abs(dy)))
        return (x + dx * share, y + dy * share) if share < 1 else (x, y)

    def _half_size(self, node: Item) -> Point:
        """Return half the width and half the height of a node, including its border."""
        at, border = node.data[self.layout], node.style.get("border-width", 0)
        return (at["width"] + border) / 2, (at["height"] + border) / 2


def network_drawing(
    elements: Sequence[Data],
    kinds: Sequence[str],
    state: ViewState,
    *,
    theme: Theme,
    marks: Marks,
) -> NetworkDrawing:
    """Return the drawing of ``network_elements`` in the layout of a view.

    ``kinds`` are all kinds of stated relation of the organization.
    """
    sheet = network_stylesheet(state.layout, theme, kinds)

    @cache
    def cascaded(tag: str, classes: frozenset[str]) -> Data:
        return _cascade(sheet, tag, classes)

    items = []
    path = path_elements(elements, marks.path) if marks.path.stations else []
    for item in [*elements, *path]:
        data, classes = item["data"], _classes(item, marks, state)
        declared = cascaded("edge" if "source" in data else "node", classes)
        style = {name: _computed_value(value, data) for name, value in declared.items()}
        if style.get("display") != "none":
            items.append(Item(data, classes, style))
    return NetworkDrawing(state.layout, tuple(items), BAR[theme])


def _classes(item: Data, marks: Marks, state: ViewState) -> frozenset[str]:
    """Return the classes of an element, as ``assets/js/diagrams/network.js`` sets them."""
    data, classes = item["data"], set(item["classes"].split())
    if classes & {"station", "step"}:
        return frozenset(classes)
    if "mark" in classes:
        states = {
            "dimmed": marks.is_dimmed(data["owner"]),
            "covered": data["owner"] in marks.path.keys,
        }
        return frozenset(classes | {name for name, is_set in states.items() if is_set})
    if "opener" in classes:
        return frozenset(classes | ({"faded"} if marks.is_dimmed(data["owner"]) else set()))
    if "source" not in data:
        states = {
            "dimmed": marks.is_dimmed(data["id"]),
            "lifted": data["id"] in marks.chain,
            "hit": data["id"] in marks.hits,
            "selected": data["id"] == marks.selected,
            "shown": state.shows_references and "reference" in classes,
        }
        return frozenset(classes | {name for name, is_set in states.items() if is_set})
    ends = {data["source"], data["target"]}
    if "hierarchy" in classes:
        states = {
            "lifted": ends <= marks.chain,
            "dimmed": any(marks.is_dimmed(end) for end in ends),
            "path": data["id"] in marks.path_edges,
        }
    else:
        is_linked = marks.linked_node in ends
        is_shown = (
            is_linked or "change" in classes or (state.shows_all_links and "theme" not in classes)
        )
        states = {
            "shown": state.shows_references if "mention" in classes else is_shown,
            "lifted": is_linked,
            "dimmed": marks.lit is not None and not is_linked,
        }
    return frozenset(classes | {name for name, is_set in states.items() if is_set})


def _cascade(sheet: Sequence[Data], tag: str, classes: frozenset[str]) -> Data:
    """Return the style of an element; a selector is a tag with classes, or a list of such."""
    style: dict[str, Any] = {}
    for rule in sheet:
        for selector in rule["selector"].split(","):
            name, *needed = selector.strip().split(".")
            if name == tag and classes.issuperset(needed):
                style |= rule["style"]
    return style


def _computed_value(value: Any, data: Data) -> Any:
    """Return a value of a style; ``data(tree.width)`` is looked up in an element's data."""
    if not (isinstance(value, str) and value.startswith("data(")):
        return value
    result: Any = data
    for key in value.removeprefix("data(").removesuffix(")").split("."):
        result = result[key]
    return result


def _share_inside(shape: str, half: Point, offset: Point) -> float:
    """Return the share of the line from the centre of a shape to a point that is inside it.

    ``half`` is half the width and half the height of the shape, ``offset`` the absolute distance
    of the point from the centre.
    """
    x, y = offset[0] / half[0], offset[1] / half[1]
    if shape == "ellipse":
        return 1 / (math.hypot(x, y) or 1.0)
    if shape == "diamond":
        return 1 / (x + y or 1.0)
    share = 1 / (max(x, y) or 1.0)
    if shape == "cut-rectangle":
        return min(share, (half[0] + half[1] - min(MAX_CORNER, *half)) / (sum(offset) or 1.0))
    radius = min(MAX_CORNER, half[0] / 2, half[1] / 2)
    corner = half[0] - radius, half[1] - radius
    if offset[0] * share <= corner[0] or offset[1] * share <= corner[1]:
        return share
    # The line leaves through a round corner: intersect it with the circle, from inside.
    square = offset[0] ** 2 + offset[1] ** 2
    along = (offset[0] * corner[0] + offset[1] * corner[1]) / square
    outside = (corner[0] ** 2 + corner[1] ** 2 - radius**2) / square
    return along + math.sqrt(max(0.0, along**2 - outside))


def _centre(at: Data) -> Point:
    return at["x"], at["y"]


def _point(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _moved(point: Point, towards: Point, distance: float) -> Point:
    dx, dy = towards[0] - point[0], towards[1] - point[1]
    share = distance / (math.hypot(dx, dy) or 1.0)
    return point[0] + dx * share, point[1] + dy * share


def _arrowhead(tip: Point, previous: Point, size: float) -> str:
    base = _moved(tip, previous, size)
    dx, dy = (base[1] - tip[1]) / 2, (tip[0] - base[0]) / 2
    corners = (base[0] + dx, base[1] + dy), (base[0] - dx, base[1] - dy)
    return f"M{_point(tip)}L{_point(corners[0])}L{_point(corners[1])}Z"


def outline(shape: str, at: Data) -> str:
    """Return the path data of a shape, clockwise."""
    x, y, a, b = at["x"], at["y"], at["width"] / 2, at["height"] / 2
    if shape == "ellipse":
        arc = f"A{a:.2f} {b:.2f} 0 0 1"
        return f"M{x - a:.2f} {y:.2f}{arc} {x + a:.2f} {y:.2f}{arc} {x - a:.2f} {y:.2f}Z"
    if shape == "diamond":
        return f"M{x:.2f} {y - b:.2f}L{x + a:.2f} {y:.2f}L{x:.2f} {y + b:.2f}L{x - a:.2f} {y:.2f}Z"
    is_cut = shape == "cut-rectangle"
    corner = min(MAX_CORNER, a, b) if is_cut else corner_radius(at["width"], at["height"])
    c = f"{corner:.2f}"
    turn = "l" if is_cut else f"a{c} {c} 0 0 1 "
    return (
        f"M{x - a + corner:.2f} {y - b:.2f}H{x + a - corner:.2f}{turn}{c} {c}"
        f"V{y + b - corner:.2f}{turn}-{c} {c}H{x - a + corner:.2f}{turn}-{c} -{c}"
        f"V{y - b + corner:.2f}{turn}{c} -{c}Z"
    )
