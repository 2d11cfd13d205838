"""The diagrams alone, as SVG for the page to show before its scripts have run.

What the reader's window and theme are is known only there. So an inset has the colours of both
themes, and whatever depends on the room it gets stands in it once for each case; rules of style
choose, as the page's scripts do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import path_lines, path_stations
from components.diagrams.labels import sector_labels
from components.diagrams.marks import Marks
from components.diagrams.network import network_elements
from components.diagrams.network_drawing import NetworkDrawing, network_drawing
from components.diagrams.style import LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.sunburst import RADII, sunburst_sectors, sunburst_texts
from components.diagrams.svg import element, linked_to, svg_text
from components.diagrams.tree import Node, Tree
from components.view_state import Layout, ViewState

RADIUS = 100.0
SUNBURST_MARGIN, NETWORK_PADDING = 4, 6
"""Pixels around the diagrams on the page."""
MIN_ZOOM = MIN_LABEL_SIZE / LABEL_SIZE
"""Where a network would have to be smaller the page shows a part of it."""


def sunburst_inset(tree: Tree, marks: Marks, *, addresses: Mapping[str, str] | None = None) -> str:
    """Return the sunburst of a scope as SVG text; ``addresses`` are links for keys of nodes."""

    def linked(node: Node, sector: Element) -> Element:
        address = (addresses or {}).get(node.key)
        return sector if address is None else linked_to(address, sector)

    texts = [
        element(
            "g",
            *path_lines(tree, marks.path, radius, theme=None),
            *sunburst_texts(tree, sector_labels(tree, radius), theme=None, marks=marks),
            *path_stations(tree, marks.path, radius, theme=None),
            class_=f"labels labels-{radius}",
            transform=f"scale({RADIUS / radius:.4f})",
        )
        for radius in RADII
    ]
    return svg_text(
        [*sunburst_sectors(tree, RADIUS, theme=None, marks=marks, wrapped=linked), *texts],
        view_box=(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS),
        class_="sunburst-inset",
        role="group",
        lang=tree.language,
        aria_label=tree.words("sunburst-of", name=tree.focus.name),
    )


def network_inset(
    tree: Tree, state: ViewState, marks: Marks, *, addresses: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Return the network of a scope as SVG text, and its rules of style.

    A tree stands in it twice, with full names and with short ones for where room is short.
    """
    layouts = [state.layout, *([Layout.COMPACT] if state.layout is Layout.TREE else [])]
    elements = network_elements(tree, layouts)
    drawings = [
        network_drawing(
            elements,
            tree.organization.relation_kinds,
            replace(state, layout=each),
            theme=None,
            marks=marks,
        )
        for each in layouts
    ]
    svg = "".join(
        svg_text(
            drawing.elements(addresses),
            view_box=(drawing.box.left, drawing.box.top, drawing.box.width, drawing.box.height),
            class_=f"network-inset {drawing.layout}",
            role="group",
            lang=tree.language,
            aria_label=tree.words("network-of", name=tree.focus.name),
        )
        for drawing in drawings
    )
    return svg, "\n".join(_network_rules(drawings, marks, tree.focus))


def sunburst_rules() -> str:
    """Return the rules of style that show the labels of the largest radius that has room."""
    rules = [".sunburst-inset .labels { display: none }"]
    for before, radius in zip((0, *RADII), RADII, strict=False):
        side = 2 * (radius + SUNBURST_MARGIN)
        rules.append(
            f"@container (min-width: {side}px) and (min-height: {side}px) "
            f"{{ .sunburst-inset .labels-{radius} {{ display: inline }} "
            f".sunburst-inset .labels-{before} {{ display: none }} }}"
        )
    return "\n".join(rules)


def _network_rules(drawings: Iterable[NetworkDrawing], marks: Marks, focus: Node) -> Iterator[str]:
    """Yield the size and the place of each drawing, as ``fit`` in ``assets/js/network.js``."""
    yield f".network-inset {{ --least: {MIN_ZOOM:.4f} }}"
    tree_fits = ""
    for drawing in drawings:
        box, at = drawing.box, drawing.nodes[marks.selected or focus.key].data[drawing.layout]
        middle = (at["x"] - box.left) / box.width, (at["y"] - box.top) / box.height
        yield (
            f".network-inset.{drawing.layout} {{ --width: {box.width:.2f}; "
            f"--height: {box.height:.2f}; "
            f"--middle-x: {middle[0]:.4f}; --middle-y: {middle[1]:.4f} }}"
        )
        if drawing.layout is Layout.TREE:
            room = [each * MIN_ZOOM + 2 * NETWORK_PADDING for each in (box.width, box.height)]
            tree_fits = f"(min-width: {room[0]:.2f}px) and (min-height: {room[1]:.2f}px)"
    if tree_fits:
        yield ".network-inset.tree { display: none }"
        yield (
            f"@container {tree_fits} {{ .network-inset.tree {{ display: block }} "
            f".network-inset.compact {{ display: none }} }}"
        )
