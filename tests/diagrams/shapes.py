"""Shapes of the diagrams as rectangles and discs, and whether two of them overlap."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from hypothesis import strategies as st

from components.diagrams.layout import LINE_PITCH, Placement
from components.diagrams.text import text_width
from components.diagrams.tree import Tree, tree_of
from tests.english import ENGLISH
from tests.organizations import forests, organization_of, rooms, scope_of

TOUCH = 1e-6
"""Pixels; shapes that overlap by less only touch."""


@dataclass(frozen=True)
class Rectangle:
    """A rectangle around (x, y); ``rotation`` is clockwise in radians."""

    name: str
    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0

    @property
    def axes(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The directions of its sides."""
        cos, sin = math.cos(self.rotation), math.sin(self.rotation)
        return (cos, sin), (-sin, cos)

    def reach(self, axis: tuple[float, float]) -> float:
        """Half the length of the projection onto an axis."""
        return sum(
            side / 2 * abs(along[0] * axis[0] + along[1] * axis[1])
            for side, along in zip((self.width, self.height), self.axes, strict=True)
        )


@dataclass(frozen=True)
class Disc:
    """A disc around (x, y)."""

    name: str
    x: float
    y: float
    radius: float


Shape = Rectangle | Disc


def overlap(one: Shape, other: Shape) -> bool:
    """Return whether two shapes overlap, by the separating axis theorem.

    For rectangles the directions of their sides suffice; see S. Gottschalk and others, "OBBTree",
    SIGGRAPH 1996.
    """
    if isinstance(one, Disc):
        return _overlaps_disc(other, one)
    if isinstance(other, Disc):
        return _overlaps_disc(one, other)
    dx, dy = other.x - one.x, other.y - one.y
    return all(
        abs(dx * axis[0] + dy * axis[1]) < one.reach(axis) + other.reach(axis) - TOUCH
        for axis in (*one.axes, *other.axes)
    )


def _overlaps_disc(shape: Shape, disc: Disc) -> bool:
    dx, dy = disc.x - shape.x, disc.y - shape.y
    if isinstance(shape, Disc):
        return math.hypot(dx, dy) < shape.radius + disc.radius - TOUCH
    beyond = (
        max(0, abs(dx * along[0] + dy * along[1]) - side / 2)
        for side, along in zip((shape.width, shape.height), shape.axes, strict=True)
    )
    return math.hypot(*beyond) < disc.radius - TOUCH


def overlaps(shapes: Iterable[Shape]) -> list[tuple[str, str]]:
    """Return the pairs of names of overlapping shapes."""
    return [(one.name, other.name) for one, other in combinations(shapes, 2) if overlap(one, other)]


def is_dot(place: Placement) -> bool:
    """Return whether a label is outside its shape."""
    return (place.label_x, place.label_y) != (0, 0)


def shapes(places: Mapping[str, Placement]) -> list[Shape]:
    """Return the box of each placement, or its dot and its label."""
    return [shape for key, place in places.items() for shape in _shapes_of(key, place)]


def _shapes_of(key: str, at: Placement) -> list[Shape]:
    if not is_dot(at):
        return [Rectangle(key, at.x, at.y, at.width, at.height)]
    return [
        Disc(key, at.x, at.y, at.width / 2),
        Rectangle(
            f"label of {key}",
            at.x + at.label_x,
            at.y + at.label_y,
            max(map(text_width, at.lines)),
            len(at.lines) * LINE_PITCH,
            at.rotation,
        ),
    ]


def _words(alphabet: str, least: int, most: int, count: int) -> list[str]:
    """Return words of random letters, of each length in turn."""
    letters = random.Random(alphabet)  # noqa: S311, no secret
    lengths = range(least, most + 1)
    return ["".join(letters.choices(alphabet, k=lengths[at % len(lengths)])) for at in range(count)]


PARTS = _words("aemnWr", 1, 9, 60)
WORDS = (
    *_words("abcdefgilmnorstuwABCDEMW", 1, 14, 112),
    *_words("éüßñŁőжщΩאבמרحب部門課船舶⚓🚢👩🏽", 1, 8, 96),
    *("-".join(PARTS[at : at + 2 + at % 3]) for at in range(len(PARTS) - 4)),
    *("W" * length for length in range(60, 71)),
)
LABELS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
"""Texts that occur in tables: many scripts, hyphens, empty text, very long words.

Words are drawn whole: letter by letter, drawing would take longer than what is tested.
"""


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Draw the tree of a scope of a random forest, often with groups."""
    organization = organization_of(draw(forests()))
    focus = draw(st.integers(0, len(organization) - 1))
    return tree_of(scope_of(organization, focus, room=draw(rooms())), ENGLISH)


@st.composite
def labelled_trees(draw: st.DrawFn) -> tuple[Tree, dict[str, str]]:
    """Draw a tree and a label for each of its nodes, by key."""
    tree, labels = draw(trees()), draw(st.lists(LABELS, min_size=1, max_size=7))
    return tree, {node.key: labels[at % len(labels)] for at, node in enumerate(tree.nodes)}


@st.composite
def mentioned_references(
    draw: st.DrawFn, tree: Tree
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Draw forms of the names of references, and the keys of the nodes that mention each."""
    keys = st.sampled_from([node.key for node in tree.nodes])
    mentioning = st.lists(keys, min_size=1, max_size=4, unique=True)
    mentioned_by = draw(st.lists(mentioning, max_size=25))
    labels = draw(st.lists(st.text("aeimnrstW ", max_size=36), min_size=1, max_size=5))
    names = [f"reference {number}" for number in range(len(mentioned_by))]
    return (
        {name: [labels[at % len(labels)]] for at, name in enumerate(names)},
        dict(zip(names, mentioned_by, strict=True)),
    )
