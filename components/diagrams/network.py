"""The network of a scope: Cytoscape elements and their stylesheet."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from components.diagrams.layout import (
    DENSE,
    Placement,
    is_crowded,
    radial_tree,
    reference_column,
    reference_ring,
    tidy_tree,
)
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    BORDER_WIDTH,
    DIMMED_OPACITY,
    DIMMED_TEXT_OPACITY,
    FONT_FALLBACK,
    HIERARCHY,
    LABEL_SIZE,
    LINE_HEIGHT,
    MARKED_BORDER_WIDTH,
    MIN_LABEL_SIZE,
    MUTED,
    PATH_WIDTH,
    REFERENCE_FILL,
    STATION_FONT_SIZE,
    TEXT,
    LinkStyle,
    Theme,
    basis_style,
    mix,
    stated_style,
    text_on,
)
from components.diagrams.text import wrap
from components.diagrams.tree import Node, Tree, key_of
from components.model.organization import Reference
from components.model.relations import Basis, Direction, Link, cross_links
from components.model.scope import Scope
from components.model.text import capitalized
from components.view_state import Layout
from components.words import Words
from components.words.captions import link_note
from components.words.relation_names import reference_text

CytoscapeElement = dict[str, Any]
Placements = Mapping[Layout, Mapping[str, Placement]]
MIN_BEND, BEND_SHARE = 14.0, 0.16
"""The bend of a cross-link: pixels, and in addition a share of its length."""
SHARED_BASES = (Basis.REFERENCE, Basis.THEME)
REFERENCE_WIDTH = 230
"""Maximum width of a reference's label in the tree, in pixels."""


def network_elements(
    tree: Tree, layouts: Iterable[Layout] = tuple(Layout)
) -> list[CytoscapeElement]:
    """Return the Cytoscape elements of a scope, with the position of each node in some layouts.

    Units and folds have the keys of ``Node``, references ``r0``, ``r1``, ... The data of a node
    are the unit's id, name and note, the key of its parent (``up``), its ``place`` among its
    ``siblings``, whether it has descendants (``below``), by theme its fill, also dimmed
    (``pale``), and its text colour, and by layout its ``Placement``. The class of an edge is
    ``hierarchy``, ``link`` (with another class for its kind or basis) or ``mention``.
    """
    references, mentioned_by = references_in(tree.scope)
    placements = {layout: _placements(tree, references, mentioned_by, layout) for layout in layouts}
    return [
        *(_unit_element(tree, node, placements) for node in tree.nodes),
        *(
            _reference_element(tree.words, key, reference, placements)
            for key, reference in references.items()
        ),
        *(
            _edge(f"h{node.key}", node.parent, node.key, "hierarchy")
            for node in tree.nodes
            if node.parent
        ),
        *_link_elements(tree, placements),
        *(
            _edge(f"m{key}{unit}", unit, key, "mention")
            for key, units in mentioned_by.items()
            for unit in units
        ),
    ]


def network_stylesheet(layout: Layout, theme: Theme, kinds: Sequence[str]) -> list[dict[str, Any]]:
    """Return the Cytoscape stylesheet of a layout in a theme.

    ``kinds`` are all kinds of stated relation of the organization. The page sets these classes:
    ``dimmed``, ``lifted`` (the hovered or selected unit and its ancestors), ``hit`` (matches of
    the search or the filters), ``selected``, ``shown`` (on cross-links, references and mentions,
    which are hidden by default), ``path`` (a hierarchy edge on the path between two units, see
    ``path_elements``) and ``cursor`` (the node under the keyboard's cursor).
    """
    ink = TEXT[theme]
    dot = {
        "shape": "ellipse",
        "text-rotation": f"data({layout}.rotation)",
        "text-margin-x": f"data({layout}.label_x)",
        "text-margin-y": f"data({layout}.label_y)",
        "color": ink,
    }
    curve = {
        "curve-style": "unbundled-bezier",
        "control-point-distances": f"data({layout}.bend)",
        "control-point-weights": 0.5,
    }
    marked = {"border-width": MARKED_BORDER_WIDTH, "border-style": "solid"}
    rules: list[tuple[str, dict[str, Any]]] = [
        (
            "node",
            {
                "shape": "round-rectangle",
                "width": f"data({layout}.width)",
                "height": f"data({layout}.height)",
                "label": f"data({layout}.label)",
                "background-color": f"data(fill.{theme})",
                "color": f"data(text.{theme})",
                "font-family": FONT_FALLBACK,
                "font-size": LABEL_SIZE,
                "line-height": LINE_HEIGHT,
                "min-zoomed-font-size": MIN_LABEL_SIZE * 0.95,
                "text-wrap": "wrap",
                "text-max-width": "10000px",
                "text-valign": "center",
                "text-halign": "center",
                "overlay-opacity": 0,
                "z-index-compare": "manual",
                "z-index": 4,
            },
        ),
        ("node.fold", {"border-width": 1, "border-style": "dashed", "border-color": ink}),
        *([("node.dot", dot)] if layout is Layout.RADIAL else []),
        (
            "node.reference",
            {
                "shape": "diamond" if layout is Layout.RADIAL else "cut-rectangle",
                "background-color": REFERENCE_FILL[theme],
                "border-width": 1,
                "border-color": basis_style(Basis.REFERENCE).colour(theme),
                "color": ink,
                "display": "none",
            },
        ),
        ("node.placeholder", {"border-width": BORDER_WIDTH, "border-color": MUTED[theme]}),
        (
            "edge",
            {
                "width": 1,
                "line-color": HIERARCHY[theme],
                "overlay-opacity": 0,
                "z-index-compare": "manual",
                "z-index": 1,
            },
        ),
        ("edge.hierarchy", _hierarchy_style(layout)),
        ("edge.mention", _mention_style(theme)),
        (
            "edge.link",
            {
                "display": "none",
                "width": 2,
                "z-index": 3,
                **curve,
            },
        ),
        *(
            (f"edge.{kind_class(kind)}", _stroke(stated_style(kind, kinds), theme))
            for kind in kinds
        ),
        *((f"edge.{basis}", _stroke(basis_style(basis), theme)) for basis in SHARED_BASES),
        ("edge.outward", {"target-arrow-shape": "triangle", "arrow-scale": 0.9}),
        ("node.reference.shown, edge.shown", {"display": "element"}),
        ("edge.mention.lifted", {"opacity": 1, "width": 2}),
        ("node.dimmed", _dimmed_style(theme)),
        ("edge.dimmed", {"opacity": 0.35}),
        ("edge.hierarchy.lifted", {"width": 2.5, "line-color": ink, "z-index": 2}),
        (
            "node.lifted",
            {"border-width": BORDER_WIDTH, "border-style": "solid", "border-color": ink},
        ),
        ("node.hit", marked | {"border-color": ACCENT[theme]}),
        ("node.selected", marked | {"border-color": ink}),
        ("node.placeholder", {"border-style": "dashed"}),
        ("edge.step", curve),
        (
            "edge.step, edge.path",
            {"width": PATH_WIDTH, "line-color": ACCENT[theme], "opacity": 1, "z-index": 3},
        ),
        (
            "node.station",
            {
                "shape": "ellipse",
                "border-width": BORDER_WIDTH,
                "border-color": BACKGROUND[theme],
                "font-size": STATION_FONT_SIZE,
                "events": "no",
                "z-index": 6,
            },
        ),
        (
            "node.cursor",
            {
                "outline-width": 3,
                "outline-style": "solid",
                "outline-color": ACCENT[theme],
                "outline-offset": 3,
                "z-index": 5,
            },
        ),
    ]
    return [{"selector": selector, "style": style} for selector, style in rules]


def kind_class(kind: str) -> str:
    """Return the class for a kind of stated relation, which may be any text, as a safe name."""
    return "kind-" + "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in kind)


def _dimmed_style(theme: Theme) -> dict[str, Any]:
    # The fill is opaque, so that no link behind it crosses the text.
    style = {
        "background-color": f"data(pale.{theme})",
        "text-opacity": DIMMED_TEXT_OPACITY,
        "border-opacity": DIMMED_OPACITY,
    }
    # A dimmed fill is dark in the dark theme, so its text has to be light.
    return style | ({"color": TEXT[theme]} if theme is Theme.DARK else {})


def _hierarchy_style(layout: Layout) -> dict[str, Any]:
    if layout is Layout.RADIAL:
        return {"curve-style": "straight"}
    return {
        "curve-style": "taxi",
        "taxi-direction": "rightward",
        "taxi-turn": "-7px",
        # No more space than this is left between the borders of two marked nodes.
        "taxi-turn-min-distance": "1px",
        "source-endpoint": "90deg",
        "target-endpoint": "270deg",
    }


def _mention_style(theme: Theme) -> dict[str, Any]:
    return {
        **_stroke(basis_style(Basis.REFERENCE), theme),
        "display": "none",
        "curve-style": "straight",
        "width": 1,
        "opacity": 0.4,
    }


def _stroke(style: LinkStyle, theme: Theme) -> dict[str, Any]:
    colour = style.colour(theme)
    stroke: dict[str, Any] = {"line-color": colour, "target-arrow-color": colour}
    if style.dashes:
        stroke |= {"line-style": "dashed", "line-dash-pattern": list(style.dashes)}
    return stroke


def _placements(
    tree: Tree,
    references: Mapping[str, Reference],
    mentioned_by: Mapping[str, Sequence[str]],
    layout: Layout,
) -> dict[str, Placement]:
    names = {node.key: node.name for node in tree.nodes}
    short_names = {node.key: node.short_name for node in tree.nodes}
    labels = {key: reference.acronym or reference.name for key, reference in references.items()}
    match layout:
        case Layout.TREE:
            units = tidy_tree(tree, names, inner_width=132, leaf_width=330)
        case Layout.COMPACT:
            units = tidy_tree(tree, short_names, inner_width=70, leaf_width=160, spacing=DENSE)
        case Layout.RADIAL:
            leaf_width, leaf_lines = (170, 1) if is_crowded(tree) else (78, 6)
            units = radial_tree(
                tree, short_names, box_width=84, leaf_width=leaf_width, leaf_lines=leaf_lines
            )
            return units | reference_ring(units, labels, mentioned_by, width=96)
    labels = {key: wrap(label, REFERENCE_WIDTH, max_lines=1)[0] for key, label in labels.items()}
    return units | reference_column(units, labels, mentioned_by)


def references_in(scope: Scope) -> tuple[dict[str, Reference], dict[str, list[str]]]:
    """Return the references mentioned in a scope, and the keys of the units that mention each.

    Both are keyed by ``r0``, ``r1``, ... in the order of the units.
    """
    organization = scope.organization
    keys: dict[str, str] = {}
    mentioned_by: dict[str, list[str]] = {}
    for unit in scope.units:
        mentions = organization.mentions.of(unit)
        for reference in dict.fromkeys(mention.reference for mention in mentions):
            key = keys.setdefault(reference, f"r{len(keys)}")
            mentioned_by.setdefault(key, []).append(key_of(unit))
    return {key: organization.references[name] for name, key in keys.items()}, mentioned_by


def _unit_element(tree: Tree, node: Node, placements: Placements) -> CytoscapeElement:
    organization = tree.organization
    fills = {theme: tree.fill(node, theme) for theme in Theme}
    is_box = node.key in tree.children or node is tree.focus
    return {
        "data": {
            "id": node.key,
            "unit": organization.units["id"][node.unit],
            "name": node.name,
            "note": node.note,
            "up": node.parent,
            "place": node.place,
            "siblings": node.siblings,
            "below": node.is_fold or not organization.is_leaf(node.unit),
            "fill": fills,
            "pale": _dimmed(fills),
            "text": {theme: text_on(fill) for theme, fill in fills.items()},
            **_positions(node.key, placements),
        },
        "classes": " ".join(
            [
                "fold" if node.is_fold else "unit",
                *(["placeholder"] if node.is_placeholder else []),
                *([] if is_box else ["dot"]),
            ]
        ),
    }


def _reference_element(
    words: Words, key: str, reference: Reference, placements: Placements
) -> CytoscapeElement:
    return {
        "data": {
            "id": key,
            "name": reference.name,
            "reference": reference.id,
            "note": capitalized(reference_text(reference, words)),
            "fill": dict(REFERENCE_FILL),
            "pale": _dimmed(REFERENCE_FILL),
            "text": dict(TEXT),
            **_positions(key, placements),
        },
        "classes": "reference dot",
    }


def _dimmed(fills: Mapping[Theme, str]) -> dict[Theme, str]:
    """Return fills mixed with the background, as if they were translucent."""
    return {
        theme: mix(fill, BACKGROUND[theme], 1 - DIMMED_OPACITY) for theme, fill in fills.items()
    }


def _positions(key: str, placements: Placements) -> dict[str, Any]:
    """Return the placement of a node in each layout as JSON, to a hundredth of a pixel."""
    return {
        layout: {
            "x": round(placement.x, 2),
            "y": round(placement.y, 2),
            "width": round(placement.width, 2),
            "height": round(placement.height, 2),
            "label": "\n".join(placement.lines),
            "rotation": round(placement.rotation, 4),
            "label_x": round(placement.label_x, 2),
            "label_y": round(placement.label_y, 2),
        }
        for layout, by_key in placements.items()
        for placement in (by_key[key],)
    }


def _edge(key: str, source: str, target: str, classes: str, **data: Any) -> CytoscapeElement:
    return {"data": {"id": key, "source": source, "target": target, **data}, "classes": classes}


def _link_elements(tree: Tree, placements: Placements) -> Iterator[CytoscapeElement]:
    """Yield the cross-links; those between the same two units get a lane each."""
    lanes: Counter[frozenset[int]] = Counter()
    for number, link in enumerate(cross_links(tree.organization, tree.scope.units)):
        ends = frozenset((link.origin, link.target))
        yield _link_element(tree, number, link, placements, lane=lanes[ends])
        lanes[ends] += 1


def _link_element(
    tree: Tree, number: int, link: Link, placements: Placements, *, lane: int
) -> CytoscapeElement:
    origin, target = key_of(link.origin), key_of(link.target)
    css = kind_class(link.through) if link.basis is Basis.STATED else link.basis.value
    outward = " outward" if link.direction is Direction.OUT else ""
    bends = {
        layout: {"bend": bend(_centre(by_key[origin]), _centre(by_key[target]), layout, lane)}
        for layout, by_key in placements.items()
    }
    note = link_note(tree.organization, link, tree.words)
    return _edge(f"l{number}", origin, target, f"link {css}{outward}", note=note, **bends)


def _centre(placement: Placement) -> tuple[float, float]:
    return placement.x, placement.y


def bend(
    origin: tuple[float, float], target: tuple[float, float], layout: Layout, lane: int = 0
) -> float:
    """Return the distance of a link's control point from the straight line, in pixels.

    Links bend to the right in a tree, and towards the centre in the radial layout. As in
    Cytoscape, the distance is along the normal (-dy, dx) of the line.
    """
    dx, dy = target[0] - origin[0], target[1] - origin[1]
    if layout is Layout.RADIAL:
        inwards = dy * (origin[0] + target[0]) - dx * (origin[1] + target[1])
        side = math.copysign(1, inwards)
    else:
        side = math.copysign(1, -dy)
    return round(side * (MIN_BEND * (1 + lane) + BEND_SHARE * math.hypot(dx, dy)), 1)
