"""The diagrams as SVG in the first HTML of the page, shown until its scripts have run.

The server knows neither the size of the window nor its theme. An inset therefore has the colours of
both themes, and several variants for different sizes, from which CSS rules choose as the scripts
would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from components.diagrams.labels import sector_labels
from components.diagrams.marks import Marks
from components.diagrams.network import network_elements
from components.diagrams.network_drawing import NetworkDrawing, network_drawing
from components.diagrams.style import LABEL_SIZE, MIN_LABEL_SIZE
from components.diagrams.sunburst import RADII, sunburst_overlay, sunburst_sectors
from components.diagrams.svg import element, svg_text
from components.diagrams.tree import Node, Tree
from components.view_state import Layout, ViewState

RADIUS = 100.0
SUNBURST_MARGIN, NETWORK_PADDING = 4, 6
"""Pixels around the diagrams on the page."""
MIN_ZOOM = MIN_LABEL_SIZE / LABEL_SIZE
"""Minimum zoom of a network; if it does not fit at this zoom, the page shows a part of it."""


def sunburst_inset(tree: Tree, marks: Marks, *, addresses: Mapping[str, str] | None = None) -> str:
    """Return the sunburst of a scope as SVG, with labels for each of ``RADII``.

    ``addresses`` are links by key of the node.
    """
    sectors = sunburst_sectors(tree, RADIUS, theme=None, marks=marks, addresses=addresses)
    label_groups = [
        element(
            "g",
            *sunburst_overlay(tree, sector_labels(tree, radius), radius, theme=None, marks=marks),
            class_=f"labels labels-{radius}",
            transform=f"scale({RADIUS / radius:.4f})",
        )
        for radius in RADII
    ]
    return svg_text(
        [*sectors, *label_groups],
        view_box=(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS),
        class_="sunburst-inset",
        role="group",
        lang=tree.language,
        aria_label=tree.words("sunburst-of", name=tree.focus.name),
    )


def network_inset(
    tree: Tree, state: ViewState, marks: Marks, *, addresses: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Return the network of a scope as SVG, and its CSS rules.

    A tree is drawn twice, with full and with short names. ``addresses`` are links by key of the
    node.
    """
    layouts = [state.layout, *([Layout.COMPACT] if state.layout is Layout.TREE else [])]
    elements = network_elements(tree, layouts)
    drawings = [
        network_drawing(
            elements,
            tree.organization.relation_kinds,
            replace(state, layout=layout),
            theme=None,
            marks=marks,
        )
        for layout in layouts
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
    """Return the CSS rules that show the labels of the largest radius that fits."""
    rules = [".sunburst-inset .labels { display: none }"]
    for smaller, radius in zip((0, *RADII), RADII, strict=False):
        side = 2 * (radius + SUNBURST_MARGIN)
        rules.append(
            f"@container (min-width: {side}px) and (min-height: {side}px) "
            f"{{ .sunburst-inset .labels-{radius} {{ display: inline }} "
            f".sunburst-inset .labels-{smaller} {{ display: none }} }}"
        )
    return "\n".join(rules)


def _network_rules(drawings: Iterable[NetworkDrawing], marks: Marks, focus: Node) -> Iterator[str]:
    """Yield CSS rules that scale and place the drawings as ``fit`` in network.js does."""
    yield f".network-inset {{ --least: {MIN_ZOOM:.4f} }}"
    tree_fits = ""
    for drawing in drawings:
        box, at = drawing.box, drawing.nodes[marks.selected or focus.key].data[drawing.layout]
        x, y = (at["x"] - box.left) / box.width, (at["y"] - box.top) / box.height
        yield (
            f".network-inset.{drawing.layout} {{ --width: {box.width:.2f}; "
            f"--height: {box.height:.2f}; --middle-x: {x:.4f}; --middle-y: {y:.4f} }}"
        )
        if drawing.layout is Layout.TREE:
            width, height = (
                side * MIN_ZOOM + 2 * NETWORK_PADDING for side in (box.width, box.height)
            )
            tree_fits = f"(min-width: {width:.2f}px) and (min-height: {height:.2f}px)"
    if tree_fits:
        yield ".network-inset.tree { display: none }"
        yield (
            f"@container {tree_fits} {{ .network-inset.tree {{ display: block }} "
            f".network-inset.compact {{ display: none }} }}"
        )
