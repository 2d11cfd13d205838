"""The sunburst of a scope: a Plotly figure, labels for several radii, and SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import path_layers
from components.diagrams.labels import Label, sector_labels
from components.diagrams.layout import FULL_CIRCLE, own_shares, sector_angles
from components.diagrams.marks import Marks
from components.diagrams.rooms import REFERENCES, SUNBURST_RADII, SUNBURST_ROOMS
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    BORDER_WIDTH,
    DASH_PATTERN,
    DIMMED_OPACITY,
    DIMMED_TEXT_OPACITY,
    FONT_FALLBACK,
    LABEL_HALO_WIDTH,
    LIFTED_BRIGHTNESS,
    MARKED_BORDER_WIDTH,
    MIN_LABEL_SIZE,
    MUTED,
    NARROW_SECTOR,
    NEW_BORDER_WIDTH,
    SUNBURST_MARGIN,
    TEXT,
    THIN_BORDER_WIDTH,
    WIDE_SECTOR,
    Theme,
    brightened,
    text_on,
)
from components.diagrams.svg import dash_array, element, text_block
from components.diagrams.text import baselines
from components.diagrams.tree import Node, Tree
from components.model.groups import focus_text
from components.model.measures import Measure
from components.words.measures import amount, measure_name

UNSEEN = "rgba(0,0,0,0)"
SMALL_RADIUS = 178.0
"""Pixels. Borders that leave sectors of this radius visible do so on most screens."""
RADII = (100, 110, 122, 135, 152, 170, 190, 212, 235, 255, 275, 300, 335, 375, 430)
"""Pixels. The page takes the labels of the largest radius that fits, and scales them up with the
sunburst, so that no label is smaller than computed."""

SQUARE_IN_CIRCLE = 0.7
"""Half the side of a square in a circle, as a share of the radius."""
MAX_SQUARES, HALF_OF_SQUARE = 12, 0.42
"""Squares beside each other in a sector, and half the side of each as a share of its room."""


def sunburst_figure(tree: Tree, *, theme: Theme) -> dict[str, Any]:
    """Return a Plotly figure of a scope, with a sector for each node.

    ``ids`` are the keys of the nodes, ``values`` their weights. ``customdata`` has the unit's id,
    the name, a note ("Division, 6 units below"), and whether the sector can be zoomed into. The
    own share of a unit in a measure has an invisible sector, to be named on hover; its id is that
    of the unit's node with an ``o`` for the ``u``. Plotly draws no labels; see ``sunburst_labels``.
    """
    organization = tree.organization
    # Plotly draws counterclockwise: in reverse order, siblings read clockwise.
    nodes = tree.nodes[::-1]
    fills = [tree.fill(node, theme) for node in nodes]
    angle = tree.encoding.angle(tree.scope)
    own = own_shares(tree) if angle else {}
    unseen = [UNSEEN] * len(own)
    widths = border_widths(tree)
    return {
        "data": [
            {
                "type": "sunburst",
                "ids": [*(own_key(key) for key in own), *(node.key for node in nodes)],
                "parents": [*own, *(node.parent for node in nodes)],
                "labels": [
                    *([""] * len(own)),
                    *(html.escape(node.short_name, quote=False) for node in nodes),
                ],
                "values": [*own.values(), *(node.weight for node in nodes)],
                "customdata": [
                    *(own_data(tree, angle, key) for key in own if angle),
                    *(
                        [
                            focus_text(organization, node.focus),
                            node.name,
                            node.note,
                            node.group is not None or not organization.is_leaf(node.unit),
                        ]
                        for node in nodes
                    ),
                ],
                "branchvalues": "total",
                "sort": False,
                "rotation": 90,
                "hoverinfo": "none",
                "textinfo": "none",
                "insidetextfont": {
                    "family": FONT_FALLBACK,
                    "size": MIN_LABEL_SIZE,
                    "color": [*unseen, *(text_on(fill) for fill in fills)],
                },
                "leaf": {"opacity": 1},
                "marker": {
                    "colors": [*unseen, *fills],
                    "line": {
                        "color": [*unseen, *(_border_colours(node)[theme] for node in nodes)],
                        "width": [*([0.0] * len(own)), *(widths[node.key] for node in nodes)],
                    },
                },
            }
        ],
        "layout": {
            "margin": dict.fromkeys("trbl", SUNBURST_MARGIN),
            "paper_bgcolor": "rgba(0,0,0,0)",
            # The text colour of the centre.
            "font": {"family": FONT_FALLBACK, "color": text_on(fills[-1])},
        },
    }


def own_key(key: str) -> str:
    """Return the key of the sector that is a unit's own share, from that of its node."""
    return f"o{key[1:]}"


def own_data(tree: Tree, measure: Measure, key: str) -> list[Any]:
    """Return the ``customdata`` of the own share of a unit in a measure."""
    node, words = tree.by_key[key], tree.words
    own = amount(measure, measure.decimal(measure.own[node.unit]), words)
    note = words("own-share", name=measure_name(measure, words), amount=own)
    return [tree.organization.units["id"][node.unit], node.name, note, False]


def radii_of(room: str) -> tuple[int, ...]:
    """Return those of ``RADII`` that a sunburst can have in a room; none beside a network alone."""
    if room not in SUNBURST_ROOMS:
        return ()
    least = int(room.removesuffix(REFERENCES))
    end = min((larger for larger in SUNBURST_RADII if larger > least), default=math.inf)
    return tuple(radius for radius in RADII if least <= radius < end)


def sunburst_labels(
    tree: Tree,
    radii: Sequence[int] = RADII,
    of_sectors: Sequence[Mapping[str, Label]] | None = None,
) -> list[dict[str, Any]]:
    """Return the labels as JSON: for each of the radii its ``radius``, and ``texts`` by key.

    A text is ``[size, x, y, rotation, [[line, baseline], ...]]``: the font size, the centre of the
    text from that of the sunburst and the baselines from the centre of the text in pixels, and the
    rotation in degrees clockwise. For ``of_sectors``, one for each radius, see ``sector_labels``.
    """
    return [
        {
            "radius": radius,
            "texts": {
                key: _as_json(label) for key, label in sector_labels(tree, radius, known).items()
            },
        }
        for radius, known in zip(radii, of_sectors or repeat(None), strict=False)
    ]


def _as_json(label: Label) -> list[Any]:
    ys = baselines(len(label.lines), label.size)
    lines = [[line, round(y, 2)] for line, y in zip(label.lines, ys, strict=True)]
    return [label.size, round(label.x, 1), round(label.y, 1), round(label.rotation, 1), lines]


def sunburst_sectors(
    tree: Tree,
    radius: float,
    *,
    theme: Theme,
    marks: Marks,
) -> list[Element]:
    """Return the sectors around (0, 0)."""
    outlines, widths = sector_outlines(tree, radius), border_widths(tree, radius)
    return [
        element(
            "path",
            element("title", text=node.title),
            d=outlines[node.key],
            data_key=node.key,
            **_paint(tree, node, theme, marks, widths[node.key]),
        )
        for node in back_to_front(tree, marks)
    ]


def back_to_front(tree: Tree, marks: Marks) -> list[Node]:
    """Return the nodes, marked ones last to keep the borders of their sectors visible."""
    return sorted(
        tree.nodes,
        key=lambda node: (
            node.key == marks.selected,
            node.key in marks.hits,
            node.is_dashed or node.is_new,
        ),
    )


def sector_outlines(tree: Tree, radius: float) -> dict[str, str]:
    """Return the path data of each sector around (0, 0), by key."""
    ring = radius / tree.levels
    angles = sector_angles(tree)
    return {
        node.key: _ring_sector(node.level * ring, (node.level + 1) * ring, *angles[node.key])
        for node in tree.nodes
    }


def sector_squares(tree: Tree, radius: float) -> dict[str, list[tuple[float, float, float]]]:
    """Return squares that cover most of each sector around (0, 0) and little else, by key.

    A square is the x and y of its centre, and half of its side.
    """
    ring, angles = radius / tree.levels, sector_angles(tree)
    squares = {tree.focus.key: [(0.0, 0.0, ring * SQUARE_IN_CIRCLE)]}
    for node in tree.nodes[1:]:
        start, extent = map(math.radians, angles[node.key])
        arc = (node.level + 0.5) * ring * extent
        if not arc:
            continue
        along = min(MAX_SQUARES, math.ceil(ring / arc))
        across = min(MAX_SQUARES, math.ceil(arc / ring))
        half = min(ring / along, arc / across) * HALF_OF_SQUARE
        squares[node.key] = [
            (distance * math.sin(angle), -distance * math.cos(angle), half)
            for row in range(along)
            for column in range(across)
            for distance in [(node.level + (row + 0.5) / along) * ring]
            for angle in [start + extent * (column + 0.5) / across]
        ]
    return squares


def sunburst_overlay(
    tree: Tree, labels: Mapping[str, Label], radius: float, *, theme: Theme, marks: Marks
) -> list[Element]:
    """Return the labels of a sunburst around (0, 0), and the path between connected units."""
    lines, stations = path_layers(tree, marks.path, radius, theme=theme)
    texts = (
        text_block(
            label.lines,
            label.size,
            x=label.x,
            y=label.y,
            rotation=label.rotation,
            data_key=key,
            fill=_text_colour(tree, tree.by_key[key], theme, marks),
            fill_opacity=DIMMED_TEXT_OPACITY if marks.is_dimmed(key) else None,
            **(_halo(tree, tree.by_key[key], theme) if key in marks.hits else {}),
        )
        for key, label in labels.items()
    )
    return [*lines, *texts, *stations]


def _halo(tree: Tree, node: Node, theme: Theme) -> dict[str, Any]:
    """Return the stroke that sets a label off from the line of a path behind it."""
    return {
        "stroke": tree.fill(node, theme),
        "stroke_width": LABEL_HALO_WIDTH,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }


def _text_colour(tree: Tree, node: Node, theme: Theme, marks: Marks) -> str:
    if theme is Theme.DARK and marks.is_dimmed(node.key):
        # A dimmed sector is dark in the dark theme, so its text has to be light.
        return TEXT[theme]
    return text_on(tree.fill(node, theme))


def _border_colours(node: Node) -> Mapping[Theme, str]:
    if node.is_vacant or node.is_new:
        return TEXT
    return MUTED if node.is_pale else BACKGROUND


def border_widths(tree: Tree, radius: float = SMALL_RADIUS) -> dict[str, float]:
    """Return the width of the border of each unmarked sector, by key, in pixels.

    A border would hide a sector that is hardly wider, and so would those of its neighbours on the
    ring. A border that says something of its own is always seen, and drawn above others.
    """
    angles, ring = sector_angles(tree), radius / tree.levels
    levels: dict[int, list[tuple[Node, float]]] = {}
    for node in tree.nodes:
        extent = math.radians(angles[node.key][1]) * (node.level + 0.5) * ring
        levels.setdefault(node.level, []).append((node, extent))
    widths = {}
    for sectors in levels.values():
        for at, (node, extent) in enumerate(sectors):
            if node.is_dashed or node.is_new:
                widths[node.key] = max(THIN_BORDER_WIDTH, _border_width(extent, node))
            else:
                near = sectors[max(0, at - 1) : at + 2]
                widths[node.key] = min(_border_width(extent, node) for _, extent in near)
    return widths


def _border_width(extent: float, node: Node) -> float:
    if extent >= WIDE_SECTOR:
        return NEW_BORDER_WIDTH if node.is_new else BORDER_WIDTH
    return THIN_BORDER_WIDTH if extent >= NARROW_SECTOR else 0.0


def _paint(
    tree: Tree, node: Node, theme: Theme, marks: Marks, border_width: float
) -> dict[str, Any]:
    fill = tree.fill(node, theme)
    if node.key in marks.chain:
        fill = brightened(fill, LIFTED_BRIGHTNESS[theme])
    strokes, width = _border_colours(node), border_width
    if node.key in marks.hits:
        strokes, width = ACCENT, MARKED_BORDER_WIDTH
    if node.key == marks.selected:
        strokes, width = TEXT, MARKED_BORDER_WIDTH
    return {
        "fill": fill,
        "stroke": strokes[theme],
        "stroke_width": width,
        "stroke_dasharray": dash_array(DASH_PATTERN if node.is_dashed else ()),
        "fill_rule": "evenodd",
        "opacity": DIMMED_OPACITY if marks.is_dimmed(node.key) else None,
    }


def _ring_sector(inner: float, outer: float, start: float, extent: float) -> str:
    """Return the path data of a ring sector; angles are in degrees clockwise from the top."""
    if extent >= FULL_CIRCLE:
        return _circle(outer) + (_circle(inner) if inner else "")
    first, last = math.radians(start), math.radians(start + extent)
    large = int(extent > FULL_CIRCLE / 2)

    def point(radius: float, angle: float) -> str:
        return f"{radius * math.sin(angle):.2f} {-radius * math.cos(angle):.2f}"

    outer_arc = f"A{outer:.2f} {outer:.2f} 0 {large} 1 {point(outer, last)}"
    inner_arc = f"A{inner:.2f} {inner:.2f} 0 {large} 0 {point(inner, first)}"
    return f"M{point(outer, first)}{outer_arc}L{point(inner, last)}{inner_arc}Z"


def _circle(radius: float) -> str:
    """Return the path data of a circle, as two arcs: the ends of one arc have to differ."""
    arc = f"A{radius:.2f} {radius:.2f} 0 1 1"
    return f"M0 {-radius:.2f}{arc} 0 {radius:.2f}{arc} 0 {-radius:.2f}Z"
