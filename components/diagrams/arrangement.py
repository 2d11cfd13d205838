"""Where the nodes of a network stand in a layout, and along which curves its links run."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from components.diagrams.bundles import Rings
from components.diagrams.curves import Curve, rounded_line
from components.diagrams.gutters import Columns, Line, Plan, box_heights, mention_curves, plan
from components.diagrams.layout import (
    DENSE,
    WIDE,
    Placement,
    Spacing,
    Wrapped,
    box_edges,
    dot_edges,
    edges_of_all,
    is_crowded,
    radial_tree,
    reference_column,
    reference_gap,
    reference_ring,
    tidy_tree,
    wide_families,
    wrapped_lines,
)
from components.diagrams.links import LinkedPair, linked_pairs
from components.diagrams.opening import opener_width, with_openers, without_openers
from components.diagrams.references import reference_forms, references_in
from components.diagrams.style import (
    BAR_HEIGHT,
    BAR_INSET,
    BAR_INSET_BELOW,
    BAR_LENGTH,
    MARK_GAP,
    MARK_INSET,
    MARK_MARGIN,
    MARK_SIZE,
)
from components.diagrams.tree import Node, Tree, key_of
from components.view_state import Layout

REFERENCE_WIDTH, SHORT_REFERENCE_WIDTH, LEAST_REFERENCE_WIDTH = 230.0, 110.0, 60.0
"""Width of the labels of references in pixels: beside a tree with full names, beside one with short
names, and beside one that is itself narrow, at least."""
REFERENCE_SHARE = 0.4
"""How much wider a tree with short names is with its references, about."""
RING_LABEL_WIDTH = 84.0
"""Width of the labels of references around a radial tree, in pixels."""
MAX_WIDENING = 80.0
"""By how much a gutter of a tree is wider at most, to have a lane for each link, in pixels."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The placement of each node by key, and the curves of links and mentions.

    A mention is a unit and a reference.
    """

    nodes: Mapping[str, Placement]
    links: Sequence[Curve]
    mentions: Mapping[tuple[str, str], Curve]
    wrapped: Mapping[str, Curve] = field(default_factory=dict)
    """The line of the hierarchy to each node in a further column of its siblings, by key."""


def texts_of(tree: Tree) -> Hashable:
    """Return the texts in a network, which decide in different languages where its nodes are."""
    return tuple(
        (node.forms, _old_name(tree, node), opener_width(tree, node.key)) for node in tree.nodes
    )


def _old_name(tree: Tree, node: Node) -> str:
    """Return what the box of a renamed unit says of its old name."""
    return tree.words("was", name=node.old_name) if node.old_name else ""


def arrange(tree: Tree, lines: Sequence[Line], layout: Layout) -> Arrangement:
    """Return the arrangement of a tree, with its references, in a layout; ``lines`` are links."""
    _, mentioned_by = references_in(tree.scope)
    mentions = [(unit, key) for key, units in mentioned_by.items() for unit in units]
    wrapped = _wrapped(tree)
    if layout is Layout.RADIAL:
        units = _radial(tree)
        rings = Rings({node.key: node.parent for node in tree.nodes}, units)
        around = _reference_ring(tree, units)
        return Arrangement(
            units | around,
            [rings.curve(line.source, line.target) for line in lines],
            {(unit, key): rings.mention_curve(unit, around[key]) for unit, key in mentions},
        )
    columns, ways = _routed(tree, layout, wrapped, lines)
    beside = _reference_column(tree, columns.boxes, layout)
    boxes = without_openers(tree, columns.boxes)
    return Arrangement(
        {**boxes, **beside},
        ways.curves(columns),
        mention_curves(columns, beside, mentions),
        {key: rounded_line(corners, 1.0) for key, corners in wrapped_lines(boxes, wrapped)},
    )


def extent_of(tree: Tree, layout: Layout, *, has_references: bool) -> tuple[float, float]:
    """Return the width and the height of a layout in pixels, with or without references."""
    shapes: Mapping[str, Placement]
    if layout is Layout.RADIAL:
        shapes, beside, edges = _radial(tree), _reference_ring, dot_edges
    else:
        columns, _ = _routed(tree, layout, _wrapped(tree), lines_of(linked_pairs(tree)))
        shapes, beside, edges = (
            columns.boxes,
            partial(_reference_column, layout=layout),
            box_edges,
        )
    if has_references:
        shapes = {**shapes, **beside(tree, shapes)}
    left, top, right, bottom = edges_of_all(map(edges, shapes.values()))
    return right - left, bottom - top


def _reference_column(
    tree: Tree, units: Mapping[str, Placement], layout: Layout
) -> dict[str, Placement]:
    """Return the references beside a tidy tree."""
    _, mentioned_by = references_in(tree.scope)
    width, spacing = REFERENCE_WIDTH, WIDE
    if layout is Layout.COMPACT:
        left, _, right, _ = edges_of_all(map(box_edges, units.values()))
        room = (right - left) * REFERENCE_SHARE - reference_gap(len(mentioned_by), DENSE)
        width, spacing = max(LEAST_REFERENCE_WIDTH, min(SHORT_REFERENCE_WIDTH, room)), DENSE
    return reference_column(
        units,
        reference_forms(tree),
        mentioned_by,
        width=width,
        spacing=spacing,
        language=tree.organization.about.language,
    )


def _reference_ring(tree: Tree, units: Mapping[str, Placement]) -> dict[str, Placement]:
    """Return the references around a radial tree."""
    _, mentioned_by = references_in(tree.scope)
    language = tree.organization.about.language
    return reference_ring(
        units, reference_forms(tree), mentioned_by, width=RING_LABEL_WIDTH, language=language
    )


def lines_of(pairs: Iterable[LinkedPair]) -> list[Line]:
    """Return the lines of linked units."""
    return [
        Line(key_of(pair.origin), key_of(pair.target), pair.width, pair.is_by_theme)
        for pair in pairs
    ]


def _routed(
    tree: Tree, layout: Layout, wrapped: Wrapped, lines: Sequence[Line]
) -> tuple[Columns, Plan]:
    """Return a tidy tree with room for some lines, and the ways of these."""
    columns = _columns(tree, layout, wrapped, {})
    if lines:
        columns = _columns(tree, layout, wrapped, box_heights(columns, lines))
    ways = plan(columns, lines)
    return columns.widened(ways.widening(columns, MAX_WIDENING)), ways


def curves_between(
    parents: Mapping[str, str],
    units: Mapping[str, Placement],
    lines: Sequence[Line],
    layout: Layout,
) -> list[Curve]:
    """Return the curves of further links between nodes that are already placed."""
    if layout is Layout.RADIAL:
        rings = Rings(parents, units)
        return [rings.curve(line.source, line.target) for line in lines]
    columns = Columns(parents, units)
    return plan(columns, lines).curves(columns)


def _wrapped(tree: Tree) -> Wrapped:
    """Return the columns of children, for each node that has many and only leaf nodes.

    Children with links or mentions stay in one column, beside which their lines run.
    """
    wide = wide_families(tree)
    if not wide:
        return wide
    mentions = tree.organization.mentions
    linked = {unit for pair in linked_pairs(tree) for unit in (pair.origin, pair.target)}
    linked |= {unit for unit in tree.scope.units if mentions.of(unit)}
    with_lines = set(map(key_of, linked))
    return {
        parent: columns
        for parent, columns in wide.items()
        if with_lines.isdisjoint(chain.from_iterable(columns))
    }


def _short_names(tree: Tree) -> dict[str, Sequence[str]]:
    return {node.key: node.forms.short for node in tree.nodes}


def _radial(tree: Tree) -> dict[str, Placement]:
    """Return the placement of each unit and each group in the radial layout."""
    leaf_width, leaf_lines = (170, 1) if is_crowded(tree) else (60, 6)
    return radial_tree(
        tree, _short_names(tree), box_width=76, leaf_width=leaf_width, leaf_lines=leaf_lines
    )


def _columns(
    tree: Tree, layout: Layout, wrapped: Wrapped, least_heights: Mapping[str, float]
) -> Columns:
    """Return the boxes of a tidy tree with their openers, and gutters as narrow as possible."""
    names, spacing, inner_width, leaf_width = _short_names(tree), DENSE, 70, 160
    old_names: dict[str, str] = {}
    if layout is Layout.TREE:
        old_names = {node.key: _old_name(tree, node) for node in tree.nodes if node.old_name}
        names = {node.key: (node.forms.full, *node.forms.short) for node in tree.nodes}
        spacing, inner_width, leaf_width = WIDE, 132, 330
    units = tidy_tree(
        tree,
        names,
        inner_width=inner_width,
        leaf_width=leaf_width,
        spacing=_spacing(
            spacing,
            has_bars=tree.encoding.size is not None,
            has_marks=any(node.initials is not None for node in tree.nodes),
        ),
        second_lines=old_names,
        least_heights=least_heights,
        wrapped=wrapped,
        beside=partial(opener_width, tree),
    )
    return Columns({node.key: node.parent for node in tree.nodes}, with_openers(tree, units))


def _spacing(spacing: Spacing, *, has_bars: bool, has_marks: bool) -> Spacing:
    """Return the spacing with room for bars below the labels, and for marks before them."""
    above_bars = BAR_HEIGHT + BAR_INSET_BELOW if has_bars else 0.0
    if has_marks:
        width = MARK_INSET + MARK_SIZE + MARK_GAP - spacing.padding_x
        height = MARK_SIZE + 2 * max(MARK_MARGIN, above_bars)
        spacing = replace(spacing, mark_width=width, mark_height=height)
    if not has_bars:
        return spacing
    padding = spacing.padding_y + BAR_HEIGHT
    return replace(spacing, min_width=BAR_LENGTH + 2 * BAR_INSET, padding_y=padding)
