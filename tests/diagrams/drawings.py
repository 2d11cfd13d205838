"""Parses SVG documents back into shapes and texts, and builds random views."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from hypothesis import strategies as st

from components.diagrams import picture
from components.diagrams.marks import Marks, marks_of
from components.diagrams.picture import MAX_BOLD_FACTOR, Picture
from components.diagrams.text import DESCENT, text_width
from components.diagrams.tree import Tree
from components.model.index import OrganizationIndex
from components.model.scope import Scope
from components.view_state import KEY_BY_NAME, Layout, ViewState
from tests.diagrams.shapes import LABELS, Disc, Rectangle, Shape
from tests.organizations import forests, organization_named, rooms, scope_of

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""The six arguments of ``matrix()`` in SVG."""
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
ROUNDING = 0.06
"""Pixels; coordinates have two decimals, scales four."""
STEPS = 8
"""Number of segments into which a curve is divided."""


@dataclass(frozen=True)
class Text:
    """A block of lines, and its bounding box in the coordinates of the document."""

    key: str
    lines: tuple[str, ...]
    size: float
    """Font size in pixels."""
    box: Rectangle


@dataclass(frozen=True)
class Path:
    """An outline or a line, with points on it in the coordinates of the document."""

    key: str
    outline: str
    points: tuple[Point, ...]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def box(self) -> Rectangle:
        left, top, right, bottom = self.edges
        middle = (left + right) / 2, (top + bottom) / 2
        return Rectangle(self.key, *middle, right - left, bottom - top)


@dataclass(frozen=True)
class Sector:
    """A ring sector around (0, 0); degrees clockwise from the top."""

    inner: float
    outer: float
    start: float
    extent: float


@dataclass(frozen=True)
class Drawing:
    """A parsed SVG document."""

    root: Element

    @cached_property
    def view_box(self) -> tuple[float, float, float, float]:
        left, top, width, height = map(float, self.root.attrib["viewBox"].split())
        return left, top, width, height

    @cached_property
    def texts(self) -> list[Text]:
        return [
            _text(element, matrix)
            for element, matrix in _with_matrices(self.root, IDENTITY)
            if element.tag == "text"
        ]

    @cached_property
    def labels(self) -> dict[str, Text]:
        """The labels of the diagram, by key."""
        return {text.key: text for text in self.texts if text.key}

    @cached_property
    def words(self) -> list[str]:
        """The texts beside the diagram, each as one line."""
        return [" ".join(text.lines) for text in self.texts if not text.key]

    @cached_property
    def paths(self) -> list[Path]:
        return [
            Path(
                element.get("data-key", ""),
                element.attrib["d"],
                tuple(_moved(point, matrix) for point in points_of(element.attrib["d"])),
            )
            for element, matrix in _with_matrices(self.root, IDENTITY)
            if element.tag == "path"
        ]

    @cached_property
    def shapes(self) -> dict[str, Path]:
        """The shapes and edges of the diagram, by key."""
        return {path.key: path for path in self.paths if path.key}

    def outside(self) -> list[str]:
        """Return the texts and points outside the view box."""
        left, top, width, height = self.view_box
        corners = [(text.lines[0], corner) for text in self.texts for corner in corners_of(text)]
        points = [(path.key or path.outline, point) for path in self.paths for point in path.points]
        return [
            f"{name} at {x:.1f} {y:.1f}"
            for name, (x, y) in (*corners, *points)
            if not (
                left - ROUNDING <= x <= left + width + ROUNDING
                and top - ROUNDING <= y <= top + height + ROUNDING
            )
        ]

    def structure(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return tag and attribute names of each element, in order."""
        return [(each.tag, tuple(each.attrib)) for each in self.root.iter()]


def parse_svg(svg: str) -> Drawing:
    """Parse an SVG document, and assert that its numbers are finite."""
    root = fromstring(svg.encode())  # noqa: S314  # it is our own
    for element in root.iter():
        element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        for name in ("d", "transform", "viewBox", "x", "y", "width", "height", "font-size"):
            assert re.search("nan|inf", element.get(name, "").lower()) is None
        for name in ("width", "height", "rx", "font-size", "stroke-width"):
            assert float(element.get(name, 0)) >= 0
    return Drawing(root)


def corners_of(text: Text, shrunk: float = 0.0) -> list[Point]:
    box = text.box
    (ax, ay), (bx, by) = box.axes
    a, b = box.width / 2 - shrunk, box.height / 2 - shrunk
    return [
        (box.x + i * a * ax + j * b * bx, box.y + i * a * ay + j * b * by)
        for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def outline_of(text: Text) -> Iterator[Point]:
    """Yield points on the outline of a text."""
    corners = corners_of(text, ROUNDING)
    for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
        for step in range(STEPS):
            share = step / STEPS
            yield tuple(a + (b - a) * share for a, b in zip(one, other, strict=True))


def without_rounding(shape: Shape) -> Shape:
    """Return a shape reduced by the possible rounding error."""
    if isinstance(shape, Disc):
        return Disc(shape.name, shape.x, shape.y, shape.radius - ROUNDING)
    width, height = (max(each - 2 * ROUNDING, 0) for each in (shape.width, shape.height))
    return Rectangle(shape.name, shape.x, shape.y, width, height, shape.rotation)


def sector_of(outline: str) -> Sector:
    """Return the ring sector that a path describes."""
    radii = [float(radius) for radius in re.findall(r"A([\d.]+)", outline)]
    outer, inner = max(radii), min(radii) if min(radii) < max(radii) else 0.0
    if re.search("L", outline) is None:
        return Sector(inner, outer, 0.0, 360.0)
    numbers = [float(number) for number in re.findall(NUMBER, outline)]
    start, end = (bearing((numbers[at], numbers[at + 1])) for at in (0, 7))
    assert numbers[6] == 1  # clockwise
    extent = (end - start) % 360
    assert (extent > 180) == numbers[5] or abs(extent - 180) < 1 or extent in {0, 360}
    return Sector(inner, outer, start, extent)


def bearing(point: Point) -> float:
    """Return the direction of a point from (0, 0), in degrees clockwise from the top."""
    return math.degrees(math.atan2(point[0], -point[1])) % 360


def extends_beyond(text: Text, sector: Sector) -> bool:
    """Return whether a text, in coordinates around (0, 0), extends beyond its sector."""
    rim = list(outline_of(text))
    if not sector.inner:
        return any(math.hypot(*point) > sector.outer for point in rim)
    middle, half = sector.start + sector.extent / 2, sector.extent / 2
    return any(
        not sector.inner <= math.hypot(*point) <= sector.outer
        or (
            sector.extent < 360
            and abs(math.remainder(bearing(point) - middle, 360)) > half + _slack(sector, point)
        )
        for point in rim
    )


def _slack(sector: Sector, point: Point) -> float:
    """Return the possible rounding error of a bearing, in degrees."""
    return math.degrees(ROUNDING / min(sector.inner, math.hypot(*point)))


NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
LENGTHS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "A": 7, "Z": 0}


def points_of(outline: str) -> list[Point]:
    """Return points on a path: the ends of its segments, and some on its curves."""
    points: list[Point] = []
    at, begin = (0.0, 0.0), (0.0, 0.0)
    for letter, arguments in re.findall(r"([A-Za-z])([^A-Za-z]*)", outline):
        numbers, length = (
            [float(each) for each in re.findall(NUMBER, arguments)],
            LENGTHS[letter.upper()],
        )
        assert len(numbers) == length
        dx, dy = at if letter.islower() else (0.0, 0.0)
        match letter.upper():
            case "M":
                at = begin = (numbers[0] + dx, numbers[1] + dy)
            case "L":
                at = (numbers[0] + dx, numbers[1] + dy)
            case "H":
                at = (numbers[0] + dx, at[1])
            case "V":
                at = (at[0], numbers[0] + dy)
            case "Q":
                control, end = (numbers[0], numbers[1]), (numbers[2], numbers[3])
                points += _bezier(at, control, end)
                at = end
            case "A":
                end = (numbers[5] + dx, numbers[6] + dy)
                points += _arc(at, end, numbers)
                at = end
            case "Z":
                at = begin
        points.append(at)
    return points


def _bezier(one: Point, control: Point, end: Point) -> Iterator[Point]:
    for step in range(1, STEPS):
        t = step / STEPS
        yield tuple(
            (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
            for a, b, c in zip(one, control, end, strict=True)
        )


def _arc(one: Point, end: Point, numbers: list[float]) -> Iterator[Point]:
    """Yield points on an arc; see "Conversion from endpoint to center" in SVG 2, appendix B.2."""
    rx, ry, _, large, sweep, *_ = numbers
    if not rx or not ry:
        return
    x, y = (one[0] - end[0]) / 2 / rx, (one[1] - end[1]) / 2 / ry
    square = x * x + y * y
    if square == 0:
        return
    root = math.sqrt(max(0.0, 1 / square - 1)) * (-1 if large == sweep else 1)
    cx, cy = root * y, -root * x
    first, last = math.atan2(y - cy, x - cx), math.atan2(-y - cy, -x - cx)
    turn = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    larger = max(1.0, math.sqrt(square))
    for step in range(1, STEPS):
        angle = first + turn * step / STEPS
        yield (
            (one[0] + end[0]) / 2 + rx * (cx + larger * math.cos(angle)),
            (one[1] + end[1]) / 2 + ry * (cy + larger * math.sin(angle)),
        )


def _with_matrices(element: Element, matrix: Matrix) -> Iterator[tuple[Element, Matrix]]:
    for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", element.get("transform", "")):
        matrix = _times(matrix, _matrix(name, [float(each) for each in arguments.split()]))
    yield element, matrix
    for child in element:
        yield from _with_matrices(child, matrix)


def _matrix(name: str, numbers: list[float]) -> Matrix:
    if name == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1])
    if name == "scale":
        return (numbers[0], 0, 0, numbers[0], 0, 0)
    assert name == "rotate"
    cos, sin = math.cos(math.radians(numbers[0])), math.sin(math.radians(numbers[0]))
    return (cos, sin, -sin, cos, 0, 0)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def _moved(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _text(element: Element, matrix: Matrix) -> Text:
    lines = tuple(each.text or "" for each in element)
    size, scale = float(element.attrib["font-size"]), math.hypot(matrix[0], matrix[1])
    x, first, last = (
        float(each)
        for each in (element[0].attrib["x"], element[0].attrib["y"], element[-1].attrib["y"])
    )
    bold_factor = MAX_BOLD_FACTOR if element.get("font-weight") else 1.0
    width = max(text_width(line, size) for line in lines) * bold_factor
    height = last - first + size
    centre = (
        x if element.get("text-anchor") == "middle" else x + width / 2,
        last + DESCENT * size - height / 2,
    )
    key = element.get("data-key", "")
    rotation = math.atan2(matrix[1], matrix[0])
    at = _moved(centre, matrix)
    box = Rectangle(key or lines[0], *at, width * scale, height * scale, rotation)
    return Text(key, lines, size * scale, box)


@st.composite
def pictured_scopes(draw: st.DrawFn) -> Scope:
    """Draw a scope of a random organization with links, references and groups."""
    pairs = draw(forests())
    numbers = st.integers(0, len(pairs) - 1)
    names = draw(st.lists(LABELS, min_size=1, max_size=6))
    short = draw(st.lists(LABELS.map(lambda text: text[:12]), min_size=1, max_size=4))
    linked = draw(st.lists(st.tuples(numbers, numbers), max_size=6))
    named = draw(st.lists(st.tuples(numbers, st.integers(0, 2)), max_size=8))
    organization = organization_named(
        pairs,
        names,
        short,
        relations=[
            ["from_id", "to_id", "kind"],
            *([pairs[one][0], pairs[other][0], "supports"] for one, other in linked),
        ],
        references=[["id", "name"], *([f"r{each}", names[each % len(names)]] for each in range(3))],
        mentions=[
            ["unit_id", "reference_id", "role"],
            *([pairs[unit][0], f"r{reference}", "Reads it"] for unit, reference in named),
        ],
    )
    return scope_of(
        organization,
        draw(st.integers(0, len(organization) - 1)),
        room=draw(rooms()),
    )


@st.composite
def views(draw: st.DrawFn, scope: Scope, layouts: tuple[Layout, ...] = tuple(Layout)) -> ViewState:
    """Draw a view of a scope, with any unit of the organization selected, or none."""
    return ViewState(
        unit=draw(st.none() | st.integers(0, len(scope.organization) - 1)),
        layout=draw(st.sampled_from(layouts)),
        links=draw(st.sampled_from(KEY_BY_NAME["links"].values)),
        references=draw(st.sampled_from(KEY_BY_NAME["references"].values)),
    )


def marks_in(tree: Tree, state: ViewState) -> Marks:
    """Return the marks of a view."""
    return marks_of(tree, state, OrganizationIndex(tree.organization))


def sunburst_picture(tree: Tree, state: ViewState, **options: Any) -> Picture:
    """Return the sunburst of a view as a picture."""
    return picture.sunburst_picture(tree, marks_in(tree, state), **options)


def network_picture(tree: Tree, state: ViewState, **options: Any) -> Picture:
    """Return the network of a view as a picture."""
    return picture.network_picture(tree, state, marks_in(tree, state), **options)


def keyed(mapping: Mapping[str, Text], *, but: str = "") -> dict[str, tuple[str, ...]]:
    """Return the lines of labels by key."""
    return {key: text.lines for key, text in mapping.items() if key != but}


HOSTILE = (
    "Fish & Chips <b>\"fresh\"</b> 'daily'",
    '"><script>alert(1)</script>',
    "]]>&amp;&#x3c;<!-- --><![CDATA[",
    "וואַטער אבטחה וביטחון",
    "\u202egnidaer ylppus\u202c",
    "部門課船舶",
    "⚓🚢👩🏽‍🚒",
    "e\u0301clair\u0301s",
    "x" * 300,
    "Department " * 27,
    "tab\tnew\nline\r",
    "{{x}} ${y} %s url(#a)",
)
"""Names that are valid text, but would be markup or break layouts if handled carelessly."""
UNDRAWABLE = ("a\x00b", "a\x1bb", "a\ud800b", "\ufffe\uffff", "\x07")
"""Names with characters that XML does not allow."""
