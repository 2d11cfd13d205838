"""A scope as a Plotly sunburst."""

from __future__ import annotations

import html
import math
from typing import Any

from components.diagrams.layout import LINE, sector_angles
from components.diagrams.style import (
    BACKGROUND,
    FONT_FALLBACK,
    LEAST_LABEL_SIZE,
    MOST_LABEL_SIZE,
    Theme,
    text_on,
)
from components.diagrams.text import wrap
from components.diagrams.tree import Node, Tree, counted, tree_of
from components.model.organization import Scope

REFERENCE_RADIUS = 260
"""Pixels: labels break their lines for a sunburst of this size."""
LABEL_MARGIN = 4
"""Pixels between a label and the rim of its sector."""


def sunburst_figure(scope: Scope, *, theme: Theme) -> dict[str, Any]:
    """Return a Plotly figure of a scope: a sector for each shown unit and for each fold.

    ``ids`` are the keys of the nodes; ``values`` are numbers of lowest-level units; for each
    sector ``customdata`` holds the unit's id, the name, a note ("Division, 6 units below"), and
    whether there is something below it to zoom into.
    """
    tree = tree_of(scope)
    organization = tree.organization
    # Plotly goes round against the clock; the last sibling first makes it read clockwise.
    nodes = tree.nodes[::-1]
    fills = [tree.fill(node, theme) for node in nodes]
    lines = _sector_lines(tree)
    return {
        "data": [
            {
                "type": "sunburst",
                "ids": [node.key for node in nodes],
                "parents": [node.parent for node in nodes],
                "labels": [
                    "<br>".join(html.escape(line, quote=False) for line in lines[node.key])
                    for node in nodes
                ],
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
                "insidetextfont": {
                    "family": FONT_FALLBACK,
                    "size": MOST_LABEL_SIZE,
                    "color": [text_on(fill) for fill in fills],
                },
                "leaf": {"opacity": 1},
                "marker": {
                    "colors": fills,
                    "line": {"color": BACKGROUND[theme], "width": 1.5},
                },
            }
        ],
        "layout": {
            "margin": {"t": 4, "r": 4, "b": 4, "l": 4},
            "paper_bgcolor": "rgba(0,0,0,0)",
            # The centre takes its text colour from here.
            "font": {"family": FONT_FALLBACK, "color": text_on(fills[-1])},
            "uniformtext": {"mode": "hide", "minsize": LEAST_LABEL_SIZE},
        },
    }


def _sector_lines(tree: Tree) -> dict[str, list[str]]:
    """Return each sector's label in lines, by key."""
    angles = sector_angles(tree)
    ring = REFERENCE_RADIUS / (1 + max(node.level for node in tree.nodes))
    lines = {tree.focus.key: _centre_lines(tree, ring)}
    for node in tree.nodes[1:]:
        arc = math.radians(angles[node.key][1]) * (node.level + 0.5) * ring
        lines[node.key] = _fitting_lines(node, arc - 2 * LABEL_MARGIN, ring - 2 * LABEL_MARGIN)
    return lines


def _centre_lines(tree: Tree, radius: float) -> list[str]:
    """Return the focus, how many units it holds and, below the organization's top, the way up."""
    count = int(tree.organization.size[tree.focus.unit])
    return [
        *wrap(tree.focus.short_name, 1.4 * radius, most=4),
        counted(count, "unit"),
        *(["↑ up"] if tree.organization.depth[tree.focus.unit] else []),
    ]


def _fitting_lines(node: Node, arc: float, thickness: float) -> list[str]:
    """Return a label broken for the way it fits better: along the arc or along the radius."""
    radial = _whole_words(node.short_name, thickness)
    if arc < thickness:
        return radial
    along = _whole_words(node.short_name, arc)
    return along if len(along) * LINE <= thickness else radial


def _whole_words(text: str, width: float) -> list[str]:
    """Return lines for the least size: Plotly hides a label that would have to be smaller."""
    return wrap(text, width, size=LEAST_LABEL_SIZE, break_words=False)
