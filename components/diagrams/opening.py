"""The openers beside the network's boxes: they open and close what is below, in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from components.diagrams.layout import Placement
from components.diagrams.style import (
    BACKGROUND,
    DIMMED_TEXT_OPACITY,
    HIERARCHY,
    LABEL_SIZE,
    OPENER_GAP,
    OPENER_HEIGHT,
    OPENER_PADDING,
    TEXT,
    Theme,
)
from components.diagrams.text import text_width
from components.diagrams.tree import Node, Tree
from components.view_state import Layout

CLOSING = "−"
OPENING = "+"


def opener_elements(
    tree: Tree, placements: Mapping[Layout, Mapping[str, Placement]]
) -> Iterator[dict[str, Any]]:
    """Yield an opener for each box with something below it, but that of the focus, as elements.

    That of a closed box says how many units are below it. Its data have the box (``owner``), and by
    layout its place.
    """
    for node in tree.nodes[1:]:
        is_open = node.key in tree.children
        if not (is_open or _units_below(tree, node)):
            continue
        label = _label(tree, node)
        yield {
            "data": {
                "id": opener_key(node.key),
                "owner": node.key,
                "name": tree.words("close-below" if is_open else "open-below", unit=node.name),
                "note": "",
                **{
                    layout: _place(by_key[node.key], label) for layout, by_key in placements.items()
                },
            },
            "classes": "opener closing" if is_open else "opener",
        }


def opener_key(owner: str) -> str:
    """Return the key of the opener of a box."""
    return f"x{owner}"


def with_openers(tree: Tree, boxes: Mapping[str, Placement]) -> dict[str, Placement]:
    """Return the boxes with the openers of closed ones as a part of them, for lines beside them."""
    return {key: _widened(box, opener_width(tree, key)) for key, box in boxes.items()}


def without_openers(tree: Tree, boxes: Mapping[str, Placement]) -> dict[str, Placement]:
    """Return the boxes themselves, from what ``with_openers`` returns."""
    return {key: _widened(box, -opener_width(tree, key)) for key, box in boxes.items()}


def _widened(box: Placement, width: float) -> Placement:
    return replace(box, x=box.x + width / 2, width=box.width + width)


def opener_width(tree: Tree, key: str) -> float:
    """Return the width of the opener of a closed box and the gap before it; 0 without one."""
    node = tree.by_key[key]
    if node is tree.focus or key in tree.children or not _units_below(tree, node):
        return 0.0
    return OPENER_GAP + _width(_label(tree, node))


def _label(tree: Tree, node: Node) -> str:
    if node.key in tree.children:
        return CLOSING
    count = "" if node.group else tree.words.number(_units_below(tree, node))
    return f"{OPENING}{count}"


def _width(label: str) -> float:
    return text_width(label, LABEL_SIZE) + 2 * OPENER_PADDING


def _units_below(tree: Tree, node: Node) -> int:
    if node.group:
        return len(node.group.units)
    return int(tree.organization.size[node.unit]) - 1


def _place(box: Placement, label: str) -> dict[str, Any]:
    width = _width(label)
    return {
        "x": round(box.right + OPENER_GAP + width / 2, 2),
        "y": round(box.y, 2),
        "width": round(width, 2),
        "height": OPENER_HEIGHT,
        "label": label,
        "rotation": 0,
        "label_x": 0,
        "label_y": 0,
    }


def opener_rules(layout: Layout, theme: Theme) -> list[tuple[str, dict[str, Any]]]:
    """Return the style of the openers; the radial layout has none.

    That of an open box shows with the class ``shown``.
    """
    style = {
        "background-color": BACKGROUND[theme],
        "color": TEXT[theme],
        "border-width": 1,
        "border-color": HIERARCHY[theme],
    }
    unseen = {"display": "none"}
    if layout is Layout.RADIAL:
        return [("node.opener", style | unseen)]
    return [
        ("node.opener", style),
        ("node.faded", {"opacity": DIMMED_TEXT_OPACITY}),
        ("node.closing", unseen),
        ("node.closing.shown", {"display": "element"}),
    ]
