"""A scope as Cytoscape elements, and how they are drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from components.diagrams.layout import (
    DENSE,
    Place,
    is_crowded,
    radial_tree,
    reference_column,
    reference_ring,
    tidy_tree,
)
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    DIMMED_SHAPE,
    DIMMED_TEXT,
    FONT_FALLBACK,
    HIERARCHY,
    LABEL_SIZE,
    LINE_HEIGHT,
    MIN_LABEL_SIZE,
    MUTED,
    PATH_WIDTH,
    REFERENCE_FILL,
    RIM,
    STATION_TEXT,
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
from components.words.relation_names import reference_text, relation_text

Element = dict[str, Any]
BEND, BEND_SHARE = 14.0, 0.16
"""Cross-links bow by so many pixels, and by this share of their length."""
SHARED = (Basis.REFERENCE, Basis.THEME)
REFERENCE_WIDTH = 230
"""Pixels: the name of a reference is cut short at this width."""


def network_elements(tree: Tree, layouts: Iterable[Layout] = tuple(Layout)) -> list[Element]:
    """Return the Cytoscape elements of a scope, with the place of each node in some layouts.

    Nodes are keyed as in the sunburst, references ``r0``, ``r1``, ... A node's data has the
    unit's id, its name, its note, the key of its parent (``up``), its ``place`` among all its
    ``siblings``, whether there is something below it, fill (also pale) and text colour by theme,
    and where it stands in each layout. Edges are told apart by their classes: ``hierarchy``,
    ``link`` (by kind or by what is shared), ``mention``.
    """
    references, named_by = references_in(tree.scope)
    places = {layout: _places(tree, references, named_by, layout) for layout in layouts}
    return [
        *(_unit_element(tree, node, places) for node in tree.nodes),
        *(
            _reference_element(tree.words, key, reference, places)
            for key, reference in references.items()
        ),
        *(
            _edge(f"h{node.key}", node.parent, node.key, "hierarchy")
            for node in tree.nodes
            if node.parent
        ),
        *_link_elements(tree, places),
        *(
            _edge(f"m{key}{unit}", unit, key, "mention")
            for key, units in named_by.items()
            for unit in units
        ),
    ]


def network_stylesheet(layout: Layout, theme: Theme, kinds: Sequence[str]) -> list[dict[str, Any]]:
    """Return the Cytoscape stylesheet of a layout in a theme, for these kinds of stated relation.

    Classes set by the page: ``dimmed``, ``lifted`` (the chain of what is hovered or selected),
    ``hit`` (what is found, or passes the filters), ``selected``, ``shown`` (a cross-link, a
    reference or a mention that is asked for), ``path`` (a step of the hierarchy on
    the path between two connected units; see ``path_elements``).
    """
    ink = TEXT[theme]
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
        (
            "node.reference",
            {
                "shape": "cut-rectangle",
                "background-color": REFERENCE_FILL[theme],
                "border-width": 1,
                "border-color": basis_style(Basis.REFERENCE).colour(theme),
                "color": ink,
                "display": "none",
            },
        ),
        ("node.placeholder", {"border-width": RIM, "border-color": MUTED[theme]}),
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
        ("edge.hierarchy", _hierarchy_lines(layout)),
        ("edge.mention", _mention_lines(theme)),
        (
            "edge.link",
            {
                "display": "none",
                "width": 2,
                "z-index": 3,
                "curve-style": "unbundled-bezier",
                "control-point-distances": f"data({layout}.bend)",
                "control-point-weights": 0.5,
            },
        ),
        *((f"edge.{kind_class(kind)}", _lines(stated_style(kind, kinds), theme)) for kind in kinds),
        *((f"edge.{basis}", _lines(basis_style(basis), theme)) for basis in SHARED),
        ("edge.outward", {"target-arrow-shape": "triangle", "arrow-scale": 0.9}),
        ("node.reference.shown, edge.shown", {"display": "element"}),
        ("edge.mention.lifted", {"opacity": 1, "width": 2}),
        ("node.dimmed", _dimmed(theme)),
        ("edge.dimmed", {"opacity": 0.35}),
        ("edge.hierarchy.lifted", {"width": 2.5, "line-color": ink, "z-index": 2}),
        ("node.lifted", {"border-width": 1.5, "border-style": "solid", "border-color": ink}),
        ("node.hit", {"border-width": 3, "border-style": "solid", "border-color": ACCENT[theme]}),
        ("node.selected", {"border-width": 3, "border-style": "solid", "border-color": ink}),
        ("node.placeholder", {"border-style": "dashed"}),
        (
            "edge.step",
            {
                "curve-style": "unbundled-bezier",
                "control-point-distances": f"data({layout}.bend)",
                "control-point-weights": 0.5,
            },
        ),
        (
            "edge.step, edge.path",
            {"width": PATH_WIDTH, "line-color": ACCENT[theme], "opacity": 1, "z-index": 3},
        ),
        (
            "node.station",
            {
                "shape": "ellipse",
                "border-width": 1.5,
                "border-color": BACKGROUND[theme],
                "font-size": STATION_TEXT,
                "events": "no",
                "z-index": 6,
            },
        ),
        ("node.cursor", _ring(theme)),
    ]
    if layout is Layout.RADIAL:
        rules.insert(2, ("node.dot", _DOT))
        rules.insert(3, ("node.dot", {"color": ink}))
        rules.insert(5, ("node.reference", {"shape": "diamond"}))
    return [{"selector": selector, "style": style} for selector, style in rules]


def kind_class(kind: str) -> str:
    """Return the class of a stated relation's edges; a kind may be any text of a table."""
    return "kind-" + "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}-" for c in kind)


_DOT = {
    "shape": "ellipse",
    "text-rotation": f"data({Layout.RADIAL}.rotation)",
    "text-margin-x": f"data({Layout.RADIAL}.label_x)",
    "text-margin-y": f"data({Layout.RADIAL}.label_y)",
}


def _ring(theme: Theme) -> dict[str, Any]:
    """Return the style of what the keyboard has reached: a ring apart from it, on the page."""
    return {
        "outline-width": 3,
        "outline-style": "solid",
        "outline-color": ACCENT[theme],
        "outline-offset": 3,
        "z-index": 5,
    }


def _dimmed(theme: Theme) -> dict[str, Any]:
    """Return the style of what is dimmed: pale, and not transparent, lest links cross its text."""
    style = {
        "background-color": f"data(pale.{theme})",
        "text-opacity": DIMMED_TEXT,
        "border-opacity": DIMMED_SHAPE,
    }
    # On a dark page a pale fill is dark: its text has to be light.
    return style | ({"color": TEXT[theme]} if theme is Theme.DARK else {})


def _hierarchy_lines(layout: Layout) -> dict[str, Any]:
    if layout is Layout.RADIAL:
        return {"curve-style": "straight"}
    return {
        "curve-style": "taxi",
        "taxi-direction": "rightward",
        "taxi-turn": "-7px",
        # The borders of two marked nodes leave so little of the room between them.
        "taxi-turn-min-distance": "1px",
        "source-endpoint": "90deg",
        "target-endpoint": "270deg",
    }


def _mention_lines(theme: Theme) -> dict[str, Any]:
    return {
        **_lines(basis_style(Basis.REFERENCE), theme),
        "display": "none",
        "curve-style": "straight",
        "width": 1,
        "opacity": 0.4,
    }


def _lines(style: LinkStyle, theme: Theme) -> dict[str, Any]:
    colour = style.colour(theme)
    lines: dict[str, Any] = {"line-color": colour, "target-arrow-color": colour}
    if style.dashes:
        lines |= {"line-style": "dashed", "line-dash-pattern": list(style.dashes)}
    return lines


def _places(
    tree: Tree,
    references: Mapping[str, Reference],
    named_by: Mapping[str, Sequence[str]],
    layout: Layout,
) -> dict[str, Place]:
    names = {node.key: node.name for node in tree.nodes}
    short = {node.key: node.short_name for node in tree.nodes}
    labels = {key: reference.acronym or reference.name for key, reference in references.items()}
    match layout:
        case Layout.TREE:
            places = tidy_tree(tree, names, inner_width=132, leaf_width=330)
        case Layout.COMPACT:
            places = tidy_tree(tree, short, inner_width=70, leaf_width=160, spacing=DENSE)
        case Layout.RADIAL:
            leaf_width, leaf_lines = (170, 1) if is_crowded(tree) else (78, 6)
            places = radial_tree(
                tree, short, box_width=84, leaf_width=leaf_width, leaf_lines=leaf_lines
            )
            return places | reference_ring(places, labels, named_by, width=96)
    cut = {key: wrap(label, REFERENCE_WIDTH, most=1)[0] for key, label in labels.items()}
    return places | reference_column(places, cut, named_by)


def references_in(scope: Scope) -> tuple[dict[str, Reference], dict[str, list[str]]]:
    """Return the references named in a scope, and the keys of the units that name each, by key."""
    keys: dict[str, str] = {}
    named_by: dict[str, list[str]] = {}
    for unit in scope.units:
        mentions = scope.organization.mentions.of(unit)
        for reference in dict.fromkeys(mention.reference for mention in mentions):
            key = keys.setdefault(reference, f"r{len(keys)}")
            named_by.setdefault(key, []).append(key_of(unit))
    return {key: scope.organization.references[each] for each, key in keys.items()}, named_by


def _unit_element(tree: Tree, node: Node, places: Mapping[Layout, Mapping[str, Place]]) -> Element:
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
            "pale": _pale(fills),
            "text": {theme: text_on(fill) for theme, fill in fills.items()},
            **{layout: _placed(placed[node.key]) for layout, placed in places.items()},
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
    words: Words, key: str, reference: Reference, places: Mapping[Layout, Mapping[str, Place]]
) -> Element:
    return {
        "data": {
            "id": key,
            "name": reference.name,
            "reference": reference.id,
            "note": capitalized(reference_text(reference, words)),
            "fill": dict(REFERENCE_FILL),
            "pale": _pale(REFERENCE_FILL),
            "text": dict(TEXT),
            **{layout: _placed(placed[key]) for layout, placed in places.items()},
        },
        "classes": "reference dot",
    }


def _pale(fills: Mapping[Theme, str]) -> dict[Theme, str]:
    """Return fills as they look through to the page."""
    return {theme: mix(fill, BACKGROUND[theme], 1 - DIMMED_SHAPE) for theme, fill in fills.items()}


def _placed(place: Place) -> dict[str, Any]:
    """Return a place as node data, to a hundredth of a pixel."""
    return {
        "x": round(place.x, 2),
        "y": round(place.y, 2),
        "width": round(place.width, 2),
        "height": round(place.height, 2),
        "label": "\n".join(place.lines),
        "rotation": round(place.rotation, 4),
        "label_x": round(place.label_x, 2),
        "label_y": round(place.label_y, 2),
    }


def _edge(key: str, source: str, target: str, classes: str, **data: Any) -> Element:
    return {"data": {"id": key, "source": source, "target": target, **data}, "classes": classes}


def _link_elements(tree: Tree, places: Mapping[Layout, Mapping[str, Place]]) -> Iterator[Element]:
    """Yield the cross-links; several between the same two units lie beside each other."""
    between: Counter[frozenset[int]] = Counter()
    for number, link in enumerate(cross_links(tree.organization, tree.scope.units)):
        ends = frozenset((link.origin, link.target))
        yield _link_element(tree, number, link, places, lane=between[ends])
        between[ends] += 1


def _link_element(
    tree: Tree,
    number: int,
    link: Link,
    places: Mapping[Layout, Mapping[str, Place]],
    *,
    lane: int,
) -> Element:
    origin, target, words = key_of(link.origin), key_of(link.target), tree.words
    if link.basis is Basis.STATED:
        classes = kind_class(link.through)
        note = relation_text(link.through, Direction.OUT, words)
    elif link.basis is Basis.REFERENCE:
        reference = tree.organization.references[link.through]
        classes, note = link.basis.value, words("both-work-with", name=reference.name)
    else:
        theme = tree.organization.themes[link.through]
        classes, note = link.basis.value, words("both-work-on", name=theme.name)
    outward = " outward" if link.direction is Direction.OUT else ""
    bends = {
        layout: {"bend": bend(_middle(placed[origin]), _middle(placed[target]), layout, lane)}
        for layout, placed in places.items()
    }
    return _edge(f"l{number}", origin, target, f"link {classes}{outward}", note=note, **bends)


def _middle(place: Place) -> tuple[float, float]:
    return place.x, place.y


def bend(
    origin: tuple[float, float], target: tuple[float, float], layout: Layout, lane: int = 0
) -> float:
    """Return how far a link bows from the straight line between two places, in pixels.

    In a tree it bows to the right, in the radial layout towards the centre. Cytoscape measures
    along the normal (-dy, dx) of the line from origin to target.
    """
    dx, dy = target[0] - origin[0], target[1] - origin[1]
    if layout is Layout.RADIAL:
        inwards = dy * (origin[0] + target[0]) - dx * (origin[1] + target[1])
        side = math.copysign(1, inwards)
    else:
        side = math.copysign(1, -dy)
    return round(side * (BEND * (1 + lane) + BEND_SHARE * math.hypot(dx, dy)), 1)
