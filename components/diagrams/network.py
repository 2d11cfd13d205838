"""The network of a scope: Cytoscape elements and their stylesheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from urllib.parse import quote

from components.diagrams.arrangement import Arrangement, arrange, lines_of
from components.diagrams.curves import Curve, curve_data
from components.diagrams.encoding import bar_lengths
from components.diagrams.initials import NON_JOINER
from components.diagrams.layout import TURN, Placement
from components.diagrams.links import LinkedPair, link_styles, linked_pairs
from components.diagrams.opening import opener_elements, opener_rules
from components.diagrams.references import references_in
from components.diagrams.style import (
    ACCENT,
    BACKGROUND,
    BAR,
    BAR_HEIGHT,
    BAR_INSET,
    BAR_INSET_BELOW,
    BORDER_WIDTH,
    DIMMED_OPACITY,
    DIMMED_TEXT_OPACITY,
    FONT_FALLBACK,
    HIERARCHY,
    LABEL_SIZE,
    LINE_HEIGHT,
    LINK_WIDTHS,
    MARK,
    MARK_GAP,
    MARK_INSET,
    MARK_SIZE,
    MARK_TINT,
    MARKED_BORDER_WIDTH,
    MIN_LABEL_SIZE,
    MUTED,
    NEW_BORDER_WIDTH,
    PATH_WIDTH,
    REFERENCE_FILL,
    STATION_FONT_SIZE,
    TEXT,
    LinkStyle,
    Theme,
    basis_style,
    mix,
    text_on,
)
from components.diagrams.svg import NAMESPACE
from components.diagrams.text import text_width
from components.diagrams.tree import Node, Tree, key_of
from components.model.groups import focus_text
from components.model.organization import Reference
from components.model.relations import Basis
from components.view_state import Layout
from components.words import Words
from components.words.captions import responsibility_note
from components.words.measures import class_note
from components.words.relation_names import reference_text

FEW_CHANGES, MOST_CHANGES, CHANGES_PER_NODE = 6, 24, 0.5
"""Arrows from where units were that are shown at once: a few, or so many for each node, and no more
than the second number. Of more, those of the selected unit are shown."""

CytoscapeElement = dict[str, Any]
Placements = Mapping[Layout, Mapping[str, Placement]]
Arrangements = Mapping[Layout, Arrangement]
STRETCHED = "width='1' height='1' preserveAspectRatio='none' viewBox='0 0 1 1'"
"""Attributes of an SVG image that is stretched to its place."""


def arrangements_of(tree: Tree, layouts: Iterable[Layout]) -> dict[Layout, Arrangement]:
    """Return where a network has its nodes and lines in some layouts; no colour matters."""
    lines = lines_of(linked_pairs(tree))
    return {layout: arrange(tree, lines, layout) for layout in layouts}


def network_elements(
    tree: Tree,
    layouts: Iterable[Layout] = tuple(Layout),
    arrangements: Mapping[Layout, Arrangement] | None = None,
) -> list[CytoscapeElement]:
    """Return the Cytoscape elements of a scope, with the position of each node in some layouts.

    Who has the ``arrangements`` of the network already, in other colours, gives them instead.

    Units and groups have the keys of ``Node``, references ``r0``, ``r1``, ... The data of a node
    are the ``unit`` or group as in an address, its name, note and ``more`` lines for its tooltip,
    the key of its parent (``up``), of the centre the unit ``above`` it, its ``place`` among its
    ``siblings``, whether it has descendants (``below``), by theme its fill, also dimmed (``pale``),
    and its text colour, and by layout its ``Placement``. The mark of a person or a post is a node
    of the class ``mark`` inside the box of its ``owner``, and what opens a box one of the class
    ``opener`` beside it. The class of an edge is ``hierarchy``, ``link`` or ``mention``; the latter
    two, and a ``wrapped`` hierarchy, have a curve by layout, see ``curve_data``. A link has the
    classes of its reasons as ``kinds``, a sentence for each as ``notes``, and how many units have
    ``moved`` that are not drawn; classes of its own are the first of these kinds and its strength,
    a key of ``LINK_WIDTHS``. Those from where a unit was have the class ``change`` if they are few
    enough to be shown at once.
    """
    references, mentioned_by = references_in(tree.scope)
    pairs = linked_pairs(tree)
    most = min(MOST_CHANGES, max(FEW_CHANGES, CHANGES_PER_NODE * len(tree.nodes)))
    has_few_changes = sum(pair.is_change for pair in pairs) <= most
    if arrangements is None:
        arrangements = arrangements_of(tree, layouts)
    placements = {layout: each.nodes for layout, each in arrangements.items()}
    bars = bar_lengths(tree.scope.units, tree.encoding.size)
    return [
        *(_unit_element(tree, node, placements, bars) for node in tree.nodes),
        *opener_elements(tree, placements),
        *(
            _reference_element(tree.words, key, reference, placements)
            for key, reference in references.items()
        ),
        *(_hierarchy_element(node, arrangements) for node in tree.nodes if node.parent),
        *(
            _link_element(
                number, pair, tree, arrangements, is_shown=pair.is_change and has_few_changes
            )
            for number, pair in enumerate(pairs)
        ),
        *(
            _mark_element(tree, node, placements)
            for node in tree.nodes
            if node.initials is not None
        ),
        *(
            _mention_element(unit, key, arrangements)
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
    ``path_elements``), ``cursor`` (the node under the keyboard's cursor) and ``covered`` (a mark
    below a station of the path).
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
        "edge-distances": "endpoints",
        "source-endpoint": f"data({layout}.from)",
        "target-endpoint": f"data({layout}.to)",
        "control-point-weights": f"data({layout}.along)",
        "control-point-distances": f"data({layout}.across)",
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
        *([] if layout is Layout.RADIAL else [("node.measured", _bar_style(theme))]),
        ("node.group", {"border-width": 1, "border-style": "dashed", "border-color": ink}),
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
        *_mark_rules(layout),
        *opener_rules(layout, theme),
        (
            "node.placeholder, node.gone",
            {"border-width": BORDER_WIDTH, "border-color": MUTED[theme]},
        ),
        ("node.vacant", {"border-width": BORDER_WIDTH, "border-color": ink}),
        ("node.new", {"border-width": NEW_BORDER_WIDTH, "border-color": ink}),
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
        *([] if layout is Layout.RADIAL else [("edge.wrapped", curve)]),
        ("edge.mention", curve | _mention_style(theme)),
        ("edge.link", curve | {"display": "none", "z-index": 2}),
        *((f"edge.{strength}", {"width": width}) for strength, width in LINK_WIDTHS.items()),
        *chain.from_iterable(
            _link_rules(name, style, theme) for name, style in link_styles(kinds).items()
        ),
        ("edge.outward", {"target-arrow-shape": "triangle", "arrow-scale": 0.9}),
        ("node.reference.shown, edge.shown", {"display": "element"}),
        ("edge.mention.lifted", {"opacity": 1, "width": 2}),
        ("edge.link.lifted", {"z-index": 3}),
        ("node.dimmed", _dimmed_style(theme)),
        ("edge.dimmed", {"opacity": 0.35}),
        ("edge.hierarchy.lifted", {"width": 2.5, "line-color": ink, "z-index": 2}),
        (
            "node.lifted",
            {"border-width": BORDER_WIDTH, "border-style": "solid", "border-color": ink},
        ),
        ("node.hit", marked | {"border-color": ACCENT[theme]}),
        ("node.selected", marked | {"border-color": ink}),
        ("node.placeholder, node.vacant, node.gone", {"border-style": "dashed"}),
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


def mark_key(owner: str) -> str:
    """Return the key of the mark of a node."""
    return f"i{owner}"


def _dimmed_style(theme: Theme) -> dict[str, Any]:
    # The fill is opaque, so that no link behind it crosses the text.
    style = {
        "background-color": f"data(pale.{theme})",
        "text-opacity": DIMMED_TEXT_OPACITY,
        "border-opacity": DIMMED_OPACITY,
    }
    # A dimmed fill is dark in the dark theme, so its text has to be light.
    return style | ({"color": TEXT[theme]} if theme is Theme.DARK else {})


def _bar_style(theme: Theme) -> dict[str, Any]:
    """Return the style of a bar at the lower edge of a box, as long as its measure says."""
    shape = f"<rect width='1' height='1' fill='{BAR[theme]}'/>"
    image = f"<svg xmlns='{NAMESPACE}' {STRETCHED}>{shape}</svg>"
    return {
        "background-image": f"data:image/svg+xml;utf8,{quote(image, safe='')}",
        "background-width": "data(bar)",
        "background-height": f"{BAR_HEIGHT}px",
        "background-position-x": f"{BAR_INSET}px",
        "background-position-y": "100%",
        "background-offset-y": f"{-BAR_INSET_BELOW}px",
    }


def _mark_rules(layout: Layout) -> list[tuple[str, dict[str, Any]]]:
    """Return the rules of marks, and of the labels beside them. The radial layout has none."""
    if layout is Layout.RADIAL:
        return [("node.mark", {"display": "none"})]
    return [
        ("node.marked", {"text-margin-x": f"data({layout}.label_x)"}),
        ("node.mark", {"shape": "ellipse", "events": "no", "z-index": 5}),
        ("node.mark.covered", {"display": "none"}),
    ]


def _hierarchy_style(layout: Layout) -> dict[str, Any]:
    if layout is Layout.RADIAL:
        return {"curve-style": "straight"}
    return {
        "curve-style": "taxi",
        "taxi-direction": "rightward",
        "taxi-turn": f"-{TURN:g}px",
        # No more space than this is left between the borders of two marked nodes.
        "taxi-turn-min-distance": "1px",
        "source-endpoint": "90deg",
        "target-endpoint": "270deg",
    }


def _mention_style(theme: Theme) -> dict[str, Any]:
    return {
        **_stroke(basis_style(Basis.REFERENCE), theme),
        "display": "none",
        "width": 1,
        "opacity": 0.4,
    }


def _stroke(style: LinkStyle, theme: Theme) -> dict[str, Any]:
    colour = style.colour(theme)
    stroke: dict[str, Any] = {"line-color": colour, "target-arrow-color": colour}
    if style.dashes:
        stroke |= {"line-style": "dashed", "line-dash-pattern": list(style.dashes)}
    return stroke


def _link_rules(name: str, style: LinkStyle, theme: Theme) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rules of a class of links; the dashes of wider ones are longer."""
    yield f"edge.{name}", _stroke(style, theme)
    if style.dashes:
        for strength, width in LINK_WIDTHS.items():
            yield f"edge.{name}.{strength}", {"line-dash-pattern": style.dashes_at(width)}


def _unit_element(
    tree: Tree, node: Node, placements: Placements, bars: Mapping[int, float]
) -> CytoscapeElement:
    organization = tree.organization
    fills = {theme: tree.fill(node, theme) for theme in Theme}
    is_box = node.key in tree.children or node is tree.focus
    bar = 0.0 if tree.holds_several(node) else bars.get(node.unit, 0.0)
    return {
        "data": {
            "id": node.key,
            "unit": focus_text(organization, node.focus),
            "name": node.name,
            "note": node.note,
            **_more(tree, node),
            "up": node.parent,
            **_above(tree, node),
            "place": node.place,
            "siblings": node.siblings,
            "below": node.group is not None or not organization.is_leaf(node.unit),
            "fill": fills,
            "pale": _dimmed(fills),
            "text": {theme: text_on(fill) for theme, fill in fills.items()},
            **({"bar": bar} if bar else {}),
            **_positions(node.key, placements),
        },
        "classes": " ".join(
            [
                "group" if node.group else "unit",
                *(["measured"] if bar else []),
                *(["placeholder"] if node.is_placeholder else []),
                *(["vacant"] if node.is_vacant else []),
                *([node.sign.css_class] if node.sign else []),
                *([] if is_box else ["dot"]),
                *([] if node.initials is None else ["marked"]),
            ]
        ),
    }


def _mark_element(tree: Tree, node: Node, placements: Placements) -> CytoscapeElement:
    """Return the mark in the box of a person or a post: initials, or nothing if it is vacant."""
    fills = {theme: tree.fill(node, theme) for theme in Theme}
    tint = MARK_TINT if node.initials else 0.0
    marks = {theme: mix(fill, MARK, tint) for theme, fill in fills.items()}
    within = {
        layout: {node.key: _mark_placement(by_key[node.key], node.initials or "")}
        for layout, by_key in placements.items()
    }
    return {
        "data": {
            "id": mark_key(node.key),
            "owner": node.key,
            "fill": marks,
            "pale": _dimmed(fills),
            "text": {theme: text_on(fill) for theme, fill in marks.items()},
            **_positions(node.key, within),
        },
        "classes": "mark" if node.initials else "mark vacant",
    }


def _mark_placement(box: Placement, initials: str) -> Placement:
    """Return the circle of a mark at the left edge of a box.

    Two characters of Chinese are too wide for it, so only the first is drawn.
    """
    width = text_width(initials.replace(NON_JOINER, ""))
    label = initials if width <= MARK_SIZE + MARK_GAP else initials[:1]
    middle = box.left + MARK_INSET + MARK_SIZE / 2
    return Placement(middle, box.y, MARK_SIZE, MARK_SIZE, (label,))


def _above(tree: Tree, node: Node) -> dict[str, str]:
    """Return the unit to which the centre leads up."""
    above = tree.scope.above if node is tree.focus else None
    return {} if above is None else {"above": tree.organization.units["id"][above]}


def _more(tree: Tree, node: Node) -> dict[str, list[str]]:
    """Return the further lines of a unit's tooltip: what its colour shows, what it does first."""
    if node.group:
        return {}
    encoding, organization = tree.encoding, tree.organization
    lines = [responsibility_note(organization, node.unit)]
    if encoding.classes and encoding.classes.by is not encoding.size:
        lines.insert(0, class_note(organization, encoding.classes, node.unit, tree.words))
    return {"more": lines} if any(lines) else {}


def _reference_element(
    words: Words, key: str, reference: Reference, placements: Placements
) -> CytoscapeElement:
    return {
        "data": {
            "id": key,
            "name": reference.name,
            "reference": reference.id,
            "note": words.capitalized(reference_text(reference, words)),
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


def placement_of(position: Mapping[str, Any]) -> Placement:
    """Return the placement of a node in a layout, from the data of its element."""
    return Placement(
        position["x"],
        position["y"],
        position["width"],
        position["height"],
        tuple(position["label"].split("\n")),
        position["rotation"],
        position["label_x"],
        position["label_y"],
    )


def _edge(key: str, source: str, target: str, classes: str, **data: Any) -> CytoscapeElement:
    return {"data": {"id": key, "source": source, "target": target, **data}, "classes": classes}


def _hierarchy_element(node: Node, arrangements: Arrangements) -> CytoscapeElement:
    curves = {
        layout: curve_between(each.wrapped[node.key], node.parent, node.key, each.nodes)
        for layout, each in arrangements.items()
        if node.key in each.wrapped
    }
    classes = "hierarchy wrapped" if curves else "hierarchy"
    return _edge(f"h{node.key}", node.parent, node.key, classes, **curves)


def _link_element(
    number: int,
    pair: LinkedPair,
    tree: Tree,
    arrangements: Arrangements,
    *,
    is_shown: bool,
) -> CytoscapeElement:
    origin, target = key_of(pair.origin), key_of(pair.target)
    return _edge(
        f"l{number}",
        origin,
        target,
        " ".join(
            [
                "link",
                pair.kinds[0],
                pair.strength,
                *(["outward"] if pair.is_outward else []),
                *(["change"] if is_shown else []),
            ]
        ),
        kinds=pair.kinds,
        **({"moved": len(pair.moved)} if pair.moved else {}),
        notes=pair.notes(tree),
        **{
            layout: curve_between(each.links[number], origin, target, each.nodes)
            for layout, each in arrangements.items()
        },
    )


def _mention_element(unit: str, reference: str, arrangements: Arrangements) -> CytoscapeElement:
    curves = {
        layout: curve_between(each.mentions[unit, reference], unit, reference, each.nodes)
        for layout, each in arrangements.items()
    }
    return _edge(f"m{reference}{unit}", unit, reference, "mention", **curves)


def curve_between(
    curve: Curve, source: str, target: str, nodes: Mapping[str, Placement]
) -> dict[str, list[float]]:
    """Return a curve between two nodes as the data of an edge."""
    one, other = nodes[source], nodes[target]
    return curve_data(
        curve, (round(one.x, 2), round(one.y, 2)), (round(other.x, 2), round(other.y, 2))
    )
