"""The sunburst of a scope: a Plotly figure, labels for several radii, and SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import path_layers
from components.diagrams.labels import Label, sector_labels
from components.diagrams.layout import FULL_CIRCLE, sector_angles
from components.diagrams.marks import Marks
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
    MANY_SECTORS,
    MARKED_BORDER_WIDTH,
    MIN_LABEL_SIZE,
    MUTED,
    SUNBURST_MARGIN,
    TEXT,
    THIN_BORDER_WIDTH,
    Theme,
    brightened,
    text_on,
)
from components.diagrams.svg import dash_array, element, text_block
from components.diagrams.text import baselines
from components.diagrams.tree import Node, Tree

RADII = (110, 125, 140, 160, 178, 195, 215, 235, 255, 275, 300, 335, 375, 430)
"""Pixels. The page takes the labels of the largest radius that fits, and scales them up with the
sunburst, so that no label is smaller than computed."""


def sunburst_figure(tree: Tree, *, theme: Theme) -> dict[str, Any]:
    """Return a Plotly figure of a scope, with a sector for each node.

    ``ids`` are the keys of the nodes, ``values`` numbers of leaf units. ``customdata`` has the
    unit's id, the name, a note ("Division, 6 units below"), and whether the sector can be
    zoomed into. Plotly draws no labels; see ``sunburst_labels``.
    """
    organization = tree.organization
    # Plotly draws counterclockwise: in reverse order, siblings read clockwise.
    nodes = tree.nodes[::-1]
    fills = [tree.fill(node, theme) for node in nodes]
    return {
        "data": [
            {
                "type": "sunburst",
                "ids": [node.key for node in nodes],
                "parents": [node.parent for node in nodes],
                "labels": [html.escape(node.short_name, quote=False) for node in nodes],
                "values": [node.leaves for node in nodes],
                "customdata": [
                    [
                        organization.units["id"][node.unit],
                        node.name,
                        node.note,
                        node.is_fold or not organization.is_leaf(node.unit),
                    ]
                    for node in nodes
                ],
                "branchvalues": "total",
                "sort": False,
                "rotation": 90,
                "hoverinfo": "none",
                "textinfo": "none",
                "insidetextfont": {
                    "family": FONT_FALLBACK,
                    "size": MIN_LABEL_SIZE,
                    "color": [text_on(fill) for fill in fills],
                },
                "leaf": {"opacity": 1},
                "marker": {
                    "colors": fills,
                    "line": {
                        "color": [_border_colours(node)[theme] for node in nodes],
                        "width": border_width(tree),
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


def sunburst_labels(tree: Tree) -> list[dict[str, Any]]:
    """Return the labels as JSON: for each of ``RADII`` its ``radius``, and ``texts`` by key.

    A text is ``[size, x, y, rotation, [[line, baseline], ...]]``: the font size, the centre of the
    text from that of the sunburst and the baselines from the centre of the text in pixels, and the
    rotation in degrees clockwise.
    """
    return [
        {
            "radius": radius,
            "texts": {key: _as_json(label) for key, label in sector_labels(tree, radius).items()},
        }
        for radius in RADII
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
    outlines = sector_outlines(tree, radius)
    return [
        element(
            "path",
            element("title", text=node.title),
            d=outlines[node.key],
            data_key=node.key,
            **_paint(tree, node, theme, marks),
        )
        for node in back_to_front(tree, marks)
    ]


def back_to_front(tree: Tree, marks: Marks) -> list[Node]:
    """Return the nodes, marked ones last to keep the borders of their sectors visible."""
    return sorted(
        tree.nodes,
        key=lambda node: (node.key == marks.selected, node.key in marks.hits, node.is_placeholder),
    )


def sector_outlines(tree: Tree, radius: float) -> dict[str, str]:
    """Return the path data of each sector around (0, 0), by key."""
    ring = radius / tree.levels
    angles = sector_angles(tree)
    return {
        node.key: _ring_sector(node.level * ring, (node.level + 1) * ring, *angles[node.key])
        for node in tree.nodes
    }


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
    return MUTED if node.is_placeholder else BACKGROUND


def border_width(tree: Tree) -> float:
    """Return the width of the borders of unmarked sectors, in pixels."""
    # Wide borders would hide narrow sectors.
    return THIN_BORDER_WIDTH if len(tree.nodes) > MANY_SECTORS else BORDER_WIDTH


def _paint(tree: Tree, node: Node, theme: Theme, marks: Marks) -> dict[str, Any]:
    fill = tree.fill(node, theme)
    if node.key in marks.chain:
        fill = brightened(fill, LIFTED_BRIGHTNESS[theme])
    strokes, width = _border_colours(node), border_width(tree)
    if node.key in marks.hits:
        strokes, width = ACCENT, MARKED_BORDER_WIDTH
    if node.key == marks.selected:
        strokes, width = TEXT, MARKED_BORDER_WIDTH
    return {
        "fill": fill,
        "stroke": strokes[theme],
        "stroke_width": width,
        "stroke_dasharray": dash_array(DASH_PATTERN if node.is_placeholder else ()),
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
