"""Reads the pictures of the first HTML as a browser does, with the rules that come with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams import inset
from components.diagrams.inset import Insets, Marked
from components.diagrams.tree import Tree, key_of
from components.view_state import ViewState
from tests.diagrams.drawings import NUMBER, marks_in, parse_svg, points_of
from tests.diagrams.shapes import Rectangle

CONTAINER = re.compile(r"@container \(min-width: ([\d.]+)px\) and \(min-height: ([\d.]+)px\) ")
LABEL_RULE = re.compile(r"([.z\d,]+) \{ (?:display: inline; --size: (\d+)px|display: none) \}")


@dataclass(frozen=True)
class Inset:
    """A picture of the first HTML, parsed."""

    root: Element

    @property
    def layout(self) -> str:
        return self.root.attrib["class"].removeprefix("network-inset ")

    @cached_property
    def view_box(self) -> tuple[float, float, float, float]:
        left, top, width, height = map(float, self.root.attrib["viewBox"].split())
        return left, top, width, height

    @cached_property
    def nodes(self) -> dict[str, Element]:
        """The nodes by key."""
        return {each.attrib["data-key"]: each for each in self.root if "node" in classes_of(each)}

    @cached_property
    def lines(self) -> list[Element]:
        """The edges, arrowheads and lines of a path."""
        return [each for each in self.root if each.tag == "path"]

    @cached_property
    def labels(self) -> list[Element]:
        """The labels of the sunburst, for all sizes."""
        return [each for each in self.root if each.tag == "text"]

    @cached_property
    def boxes(self) -> dict[str, Rectangle]:
        """The bounding boxes of the nodes, by key."""
        return {key: _box(key, node[0]) for key, node in self.nodes.items()}


def classes_of(element: Element) -> list[str]:
    return element.get("class", "").split()


def lines_of(text: Element) -> tuple[str, ...]:
    return (text.text or "", *(line.text or "" for line in text))


def place_of(text: Element) -> tuple[float, float, float]:
    """Return x, y and the rotation of a text in degrees."""
    if (transform := text.get("transform")) is None:
        return float(text.attrib["x"]), float(text.attrib["y"]), 0.0
    x, y, rotation = map(float, re.findall(NUMBER, transform))
    return x, y, rotation


def insets_of(tree: Tree, state: ViewState | None = None, **options: Any) -> Insets:
    """Return the pictures of a view; every node has a link."""
    state = state or ViewState()
    addresses = {node.key: f"?node={node.key}" for node in tree.nodes}
    parent = "" if tree.scope.above is None else "?up"
    marked = Marked(tree, marks_in(tree, state))
    return inset.insets(
        marked,
        marked,
        state,
        **{"addresses": addresses, "parent_address": parent} | options,
    )


def sunburst_of(tree: Tree, state: ViewState | None = None) -> Inset:
    return _parse(insets_of(tree, state).sunburst)


def networks_of(tree: Tree, state: ViewState | None = None) -> dict[str, Inset]:
    """Return the drawings of a network by their layout."""
    drawings = re.findall("<svg.*?</svg>", insets_of(tree, state).network, re.DOTALL)
    return {each.layout: each for each in map(_parse, drawings)}


def all_of(tree: Tree, state: ViewState | None = None) -> list[Inset]:
    return [sunburst_of(tree, state), *networks_of(tree, state).values()]


def sizes_at(rules: str, side: float) -> dict[str, int]:
    """Return the font size of each class of labels that a square of a size in pixels shows."""
    sizes: dict[str, int] = {}
    for rule in rules.splitlines():
        room = CONTAINER.match(rule)
        if room and max(map(float, room.groups())) <= side:
            for names, size in LABEL_RULE.findall(rule):
                for name in names.split(","):
                    sizes[name.removeprefix(".")] = int(size or 0)
    return {name: size for name, size in sizes.items() if size}


def key_in(tree: Tree, state: ViewState) -> str:
    """Return the key of the selected node, or else of the focus."""
    key = key_of(state.unit) if state.unit is not None else ""
    return key if key in tree.by_key else tree.focus.key


def _parse(svg: str) -> Inset:
    return Inset(parse_svg(svg).root)


def _box(key: str, shape: Element) -> Rectangle:
    if shape.tag == "rect":
        x, y, width, height = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
        return Rectangle(key, x + width / 2, y + height / 2, width, height)
    xs, ys = zip(*_points(shape.attrib["d"]), strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return Rectangle(key, (left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def _points(path: str) -> Iterator[tuple[float, float]]:
    return iter(points_of(path))
