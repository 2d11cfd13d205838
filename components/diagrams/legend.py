"""The legend of a picture: what its colours, lines and shapes stand for, those that are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import ConnectionPath, station_mark
from components.diagrams.marks import Marks
from components.diagrams.network import kind_class
from components.diagrams.network_drawing import NetworkDrawing
from components.diagrams.style import (
    ACCENT,
    DASHES,
    FOLDED,
    HIERARCHY,
    LINE_HEIGHT,
    MUTED,
    REFERENCE_FILL,
    RIM,
    TEXT,
    LinkStyle,
    Theme,
    basis_style,
    stated_style,
)
from components.diagrams.svg import dash_array, element, placed, text_lines
from components.diagrams.text import wrap
from components.diagrams.tree import Node, Tree
from components.model.relations import Basis, Direction
from components.words.filter_names import filter_names, matching_units
from components.words.relation_names import relation_text

COLUMN, SWATCH = 230.0, 36.0
"""Pixels: the breadth of a column, at least, and of the samples in it."""
SIZE = 11.5
"""Font size in pixels."""
GAP = 5.0
"""Pixels between two entries."""
MIDDLE = 0.66
"""Of a line of text, in font sizes from its top."""
MAX_BRANCHES = 20
REST = "…"
"""Stands for what there is no room for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample of what is drawn, and what it means."""

    text: str
    swatch: Element | None = None


def sunburst_legend(
    tree: Tree, marks: Marks, theme: Theme, *, without_label: int = 0
) -> list[Entry]:
    """Return the entries for a sunburst, the most needed first; so many sectors have no label."""
    words = tree.words
    return [
        *_filters(tree, marks, theme),
        Entry(words("legend-angle")),
        Entry(words("legend-ring")),
        *([Entry(words("without-label", count=without_label))] * bool(without_label)),
        *_states(tree, marks, theme),
        *_branches(tree, theme),
    ]


def network_legend(tree: Tree, drawing: NetworkDrawing, marks: Marks, theme: Theme) -> list[Entry]:
    """Return the entries for a network, the most needed first."""
    return [
        *_filters(tree, marks, theme),
        *_lines(tree, drawing, theme),
        *_states(tree, marks, theme),
        *_branches(tree, theme),
    ]


def legend_elements(
    entries: Sequence[Entry], width: float, height: float, theme: Theme
) -> tuple[list[Element], float]:
    """Return a legend in columns, with its upper left corner at (0, 0), and its height in pixels.

    What does not fit into ``height`` is left out, and an ellipsis says so.
    """
    columns = max(1, int(width // COLUMN))
    breadth = width / columns
    shown, places = list(entries), _in_columns(entries, columns, breadth)
    while shown and max(bottom for *_, bottom in places) > height:
        shown = [*shown[:-2], Entry(REST)] if len(shown) > 1 else []
        places = _in_columns(shown, columns, breadth)
    parts = []
    for entry, (column, top, _) in zip(shown, places, strict=True):
        left = column * breadth
        if entry.swatch is not None:
            at = placed(left, top + SIZE * MIDDLE)
            parts.append(element("g", entry.swatch, transform=at))
            left += SWATCH
        lines = _wrapped(entry, breadth)
        parts.append(text_lines(lines, SIZE, x=left, y=top, fill=MUTED[theme]))
    return parts, max((bottom for *_, bottom in places), default=0.0)


def _wrapped(entry: Entry, breadth: float) -> list[str]:
    indent = SWATCH if entry.swatch is not None else 0.0
    return wrap(entry.text, breadth - indent - 2 * GAP, size=SIZE)


def _in_columns(
    entries: Sequence[Entry], columns: int, breadth: float
) -> list[tuple[int, float, float]]:
    """Return column, top and bottom of each entry; the columns are about equally long."""
    heights = [len(_wrapped(entry, breadth)) * SIZE * LINE_HEIGHT + GAP for entry in entries]
    fair, column, y, places = sum(heights) / columns, 0, 0.0, []
    for height in heights:
        if y and y + height / 2 > fair and column + 1 < columns:
            column, y = column + 1, 0.0
        places.append((column, y, y + height))
        y += height
    return places


def _branches(tree: Tree, theme: Theme) -> list[Entry]:
    """Return what the colours stand for: the units right below the organization's top."""
    if tree.organization.depth[tree.focus.unit]:
        return []
    branches = [node for node in tree.children.get(tree.focus.key, ()) if not node.is_fold]
    named = [
        Entry(
            f"{node.name} ({tree.words.number(tree.organization.count(node.unit))})",
            _sample(tree, node, theme),
        )
        for node in branches[:MAX_BRANCHES]
    ]
    heading = [Entry(tree.words("legend-branches"))] if named else []
    more = len(branches) - len(named)
    return [
        *heading,
        *named,
        *([Entry(tree.words("and-more-branches", count=more))] if more else []),
    ]


def _states(tree: Tree, marks: Marks, theme: Theme) -> list[Entry]:
    told, words = [], tree.words
    if any(node.is_fold for node in tree.nodes):
        patch = _patch(FOLDED[theme], MUTED[theme])
        told.append(Entry(words("legend-folded"), patch))
    placeholder = next((node for node in tree.nodes if node.is_placeholder), None)
    if placeholder is not None:
        told.append(Entry(words("legend-placeholder"), _sample(tree, placeholder, theme)))
    if marks.path.stations:
        return [*told, *_path(tree, marks.path, theme)]
    if marks.selected:
        told.append(Entry(words("legend-selected"), _patch("none", TEXT[theme], rim=2.5)))
        if not marks.filtered:
            told.append(Entry(words("legend-pale")))
    return told


def _filters(tree: Tree, marks: Marks, theme: Theme) -> list[Entry]:
    """Return what is bright and what is pale while filters are on."""
    filtered, words = marks.filtered, tree.words
    if not filtered:
        return []
    names = "; ".join(filter_names(tree.organization, filtered.types, filtered.themes, words))
    matching = matching_units(filtered.total, tree.organization, words)
    bright = words("filter-bright", filters=names, matching=matching)
    return [
        Entry(bright, _patch("none", ACCENT[theme], rim=2.5)),
        Entry(words("filter-pale")),
    ]


def _path(tree: Tree, path: ConnectionPath, theme: Theme) -> list[Entry]:
    """Return the stations of a path in order."""
    middle = (SWATCH / 2 - 4, 0.0)
    return [
        Entry(tree.words("legend-path")),
        *(
            Entry(tree.by_key[each.key].name, element("g", *station_mark(each, middle, theme)))
            for each in path.stations
        ),
    ]


def _lines(tree: Tree, drawing: NetworkDrawing, theme: Theme) -> list[Entry]:
    """Return what the lines and shapes stand for."""
    kinds, words = tree.organization.relation_kinds, tree.words
    shared, theme_link = basis_style(Basis.REFERENCE), basis_style(Basis.THEME)
    part_of = LinkStyle((HIERARCHY[Theme.LIGHT], HIERARCHY[Theme.DARK]), ())
    reference = _patch(REFERENCE_FILL[theme], shared.colour(theme))
    told = [
        ("hierarchy", Entry(words("legend-hierarchy"), _line(part_of, theme, width=1.0))),
        *(
            (
                kind_class(kind),
                Entry(
                    relation_text(kind, Direction.OUT, words),
                    _line(stated_style(kind, kinds), theme),
                ),
            )
            for kind in kinds
        ),
        (Basis.REFERENCE, Entry(words("share-framework"), _line(shared, theme))),
        (Basis.THEME, Entry(words("share-theme"), _line(theme_link, theme))),
        ("mention", Entry(words("legend-mention"), _line(shared, theme, width=1.0))),
        ("mention", Entry(words("legend-reference"), reference)),
    ]
    return [entry for name, entry in told if name in drawing.edge_classes]


def _sample(tree: Tree, node: Node, theme: Theme) -> Element:
    """Return a patch that looks like a unit."""
    fill = tree.fill(node, theme)
    if not node.is_placeholder:
        return _patch(fill)
    return _patch(fill, MUTED[theme], rim=RIM, dashes=DASHES)


def _patch(
    fill: str, stroke: str | None = None, rim: float = 1.0, dashes: Sequence[int] = ()
) -> Element:
    return element(
        "rect",
        x=0.0,
        y=-6.0,
        width=24.0,
        height=12.0,
        rx=3.0,
        fill=fill,
        stroke=stroke,
        stroke_width=rim if stroke else None,
        stroke_dasharray=dash_array(dashes),
    )


def _line(style: LinkStyle, theme: Theme, width: float = 2.0) -> Element:
    return element(
        "path",
        d="M0 0H28",
        stroke=style.colour(theme),
        stroke_width=width,
        stroke_dasharray=dash_array(style.dashes),
    )
