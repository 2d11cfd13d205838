"""A scope as a sunburst: a Plotly figure, its labels at each size, and the same as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.labels import Label, sector_labels
from components.diagrams.layout import TURN, sector_angles
from components.diagrams.marks import Marks
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    DASHES,
    DIMMED_SHAPE,
    DIMMED_TEXT,
    FONT_FALLBACK,
    LABEL_HALO,
    LIFTED_BRIGHTNESS,
    MANY_SECTORS,
    MARKED_RIM,
    MIN_LABEL_SIZE,
    MUTED,
    RIM,
    TEXT,
    THIN_RIM,
    Theme,
    brightened,
    text_on,
)
from components.diagrams.svg import dash_array, element, text_block, themed_colour
from components.diagrams.text import baselines
from components.diagrams.tree import Node, Tree

RADII = (110, 125, 140, 160, 178, 195, 215, 235, 255, 275, 300, 335, 375, 430)
"""Pixels: the page takes the labels of the largest radius that it has room for, and enlarges them
in proportion, so that they are never smaller than here."""


def sunburst_figure(tree: Tree, *, theme: Theme) -> dict[str, Any]:
    """Return a Plotly figure of a scope: a sector for each shown unit and for each fold.

    ``ids`` are the keys of the nodes; ``values`` are numbers of lowest-level units; for each
    sector ``customdata`` holds the unit's id, the name, a note ("Division, 6 units below"), and
    whether there is something below it to zoom into. Plotly draws no labels: see
    ``sunburst_labels``.
    """
    organization = tree.organization
    # Plotly goes round against the clock; the last sibling first makes it read clockwise.
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
                        "color": [_plain_rim(node)[theme] for node in nodes],
                        "width": _rim_width(tree),
                    },
                },
            }
        ],
        "layout": {
            "margin": {"t": 4, "r": 4, "b": 4, "l": 4},
            "paper_bgcolor": "rgba(0,0,0,0)",
            # The centre takes its text colour from here.
            "font": {"family": FONT_FALLBACK, "color": text_on(fills[-1])},
        },
    }


def sunburst_labels(tree: Tree) -> list[dict[str, Any]]:
    """Return the labels for each of ``RADII``: ``radius``, and ``texts`` by key of the node.

    A text is ``[size, x, y, rotation, [[line, baseline], ...]]``: pixels from the centre of the
    sunburst, degrees clockwise, and pixels below the middle of the text.
    """
    return [
        {
            "radius": radius,
            "texts": {key: _told(label) for key, label in sector_labels(tree, radius).items()},
        }
        for radius in RADII
    ]


def _told(label: Label) -> list[Any]:
    below = baselines(len(label.lines), label.size)
    lines = [[line, round(y, 2)] for line, y in zip(label.lines, below, strict=True)]
    return [label.size, round(label.x, 1), round(label.y, 1), round(label.rotation, 1), lines]


def sunburst_sectors(
    tree: Tree,
    radius: float,
    *,
    theme: Theme | None,
    marks: Marks,
    wrapped: Callable[[Node, Element], Element] = lambda _node, sector: sector,
) -> list[Element]:
    """Return the sectors around (0, 0), those that are marked last so that none hides their rim."""
    ring = radius / tree.levels
    angles = sector_angles(tree)
    raised = sorted(
        tree.nodes,
        key=lambda node: (node.key == marks.selected, node.key in marks.hits, node.is_placeholder),
    )
    return [
        wrapped(
            node,
            element(
                "path",
                element("title", text=f"{node.name} – {node.note}" if node.note else node.name),
                d=_ring_sector(node.level * ring, (node.level + 1) * ring, *angles[node.key]),
                data_key=node.key,
                **_paint(tree, node, theme, marks),
            ),
        )
        for node in raised
    ]


def sunburst_texts(
    tree: Tree, labels: Mapping[str, Label], *, theme: Theme | None, marks: Marks
) -> list[Element]:
    """Return the labels of the sectors, around (0, 0)."""
    return [
        text_block(
            label.lines,
            label.size,
            x=label.x,
            y=label.y,
            rotation=label.rotation,
            data_key=key,
            fill=themed_colour(_text_colours(tree, tree.by_key[key], marks), theme),
            fill_opacity=DIMMED_TEXT if marks.is_dimmed(key) else None,
            **(_halo(tree.by_key[key], tree, theme) if key in marks.hits else {}),
        )
        for key, label in labels.items()
    ]


def _halo(node: Node, tree: Tree, theme: Theme | None) -> dict[str, Any]:
    """Return what keeps a label apart from the line of a way below it."""
    fills = {each: tree.fill(node, each) for each in Theme}
    return {
        "stroke": themed_colour(fills, theme),
        "stroke_width": LABEL_HALO,
        "stroke_linejoin": "round",
        "paint_order": "stroke",
    }


def _text_colours(tree: Tree, node: Node, marks: Marks) -> dict[Theme, str]:
    colours = {theme: text_on(tree.fill(node, theme)) for theme in Theme}
    if marks.is_dimmed(node.key):
        # On a dark page a dimmed sector is dark: its text has to be light.
        colours[Theme.DARK] = TEXT[Theme.DARK]
    return colours


def _plain_rim(node: Node) -> Mapping[Theme, str]:
    """Return the colours of the rim of a sector that is not marked."""
    return MUTED if node.is_placeholder else BACKGROUND


def _rim_width(tree: Tree) -> float:
    """Return how wide the rims are, in pixels: of many sectors they would hide the narrow ones."""
    return THIN_RIM if len(tree.nodes) > MANY_SECTORS else RIM


def _paint(tree: Tree, node: Node, theme: Theme | None, marks: Marks) -> dict[str, Any]:
    fills = {each: tree.fill(node, each) for each in Theme}
    if node.key in marks.chain:
        fills = {each: brightened(fill, LIFTED_BRIGHTNESS[each]) for each, fill in fills.items()}
    rim, width = _plain_rim(node), _rim_width(tree)
    if node.key in marks.hits:
        rim, width = ACCENT, MARKED_RIM
    if node.key == marks.selected:
        rim, width = TEXT, MARKED_RIM
    return {
        "fill": themed_colour(fills, theme),
        "stroke": themed_colour(rim, theme),
        "stroke_width": width,
        "stroke_dasharray": dash_array(DASHES if node.is_placeholder else ()),
        "fill_rule": "evenodd",
        "vector_effect": "non-scaling-stroke" if theme is None else None,
        "opacity": DIMMED_SHAPE if marks.is_dimmed(node.key) else None,
    }


def _ring_sector(inner: float, outer: float, start: float, extent: float) -> str:
    """Return the path of a sector of a ring, clockwise, in degrees from the top."""
    if extent >= TURN:
        return _circle(outer) + (_circle(inner) if inner else "")
    first, last = math.radians(start), math.radians(start + extent)
    large = int(extent > TURN / 2)

    def at(radius: float, angle: float) -> str:
        return f"{radius * math.sin(angle):.2f} {-radius * math.cos(angle):.2f}"

    outside = f"M{at(outer, first)}A{outer:.2f} {outer:.2f} 0 {large} 1 {at(outer, last)}"
    if not inner:
        return f"{outside}L0 0Z"
    inside = f"A{inner:.2f} {inner:.2f} 0 {large} 0 {at(inner, first)}"
    return f"{outside}L{at(inner, last)}{inside}Z"


def _circle(radius: float) -> str:
    """Return a circle as two arcs: one cannot go the whole way round."""
    arc = f"A{radius:.2f} {radius:.2f} 0 1 1"
    return f"M0 {-radius:.2f}{arc} 0 {radius:.2f}{arc} 0 {-radius:.2f}Z"
