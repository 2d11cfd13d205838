"""The legend of a picture: the meaning of the colours, lines and shapes that are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import ConnectionPath, station_mark
from components.diagrams.encoding import (
    class_texts,
    shows_levels,
    shows_small_branches,
    width_text,
)
from components.diagrams.links import kind_class
from components.diagrams.marks import Marks
from components.diagrams.network_drawing import NetworkDrawing
from components.diagrams.signs import Sign, hidden_changes, sign_text, signs_in
from components.diagrams.style import (
    ACCENT,
    BAR_HEIGHT,
    BORDER_WIDTH,
    CLASS_COLOURS,
    DASH_PATTERN,
    GROUPED,
    HIERARCHY,
    LEAST_LINK_WIDTH,
    LINE_HEIGHT,
    MAX_LABEL_SIZE,
    MUTED,
    NEW_BORDER_WIDTH,
    REFERENCE_FILL,
    SMALL_BRANCH,
    TEXT,
    LinkStyle,
    Theme,
    basis_style,
    stated_style,
)
from components.diagrams.svg import dash_array, element, text_block, text_lines, translate
from components.diagrams.text import ELLIPSIS, wrap
from components.diagrams.tree import Node, Tree
from components.model.relations import Basis, Direction
from components.words.filter_names import filter_name, matching_units
from components.words.measures import encoded_name, measure_name
from components.words.relation_names import relation_text

MIN_COLUMN_WIDTH, SWATCH_WIDTH = 230.0, 36.0
FONT_SIZE, ENTRY_GAP = 11.5, 5.0
"""In pixels, as all sizes here."""
SWATCH_CENTRE = 0.66
"""Height of a swatch's centre below the top of the text, in font sizes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A swatch and its meaning, or a sentence without swatch."""

    text: str
    swatch: Element | None = None


def sunburst_legend(
    tree: Tree, marks: Marks, theme: Theme, *, unlabelled: Sequence[Node] = ()
) -> list[Entry]:
    """Return the entries for a sunburst, the most important first.

    ``unlabelled`` are the nodes whose sectors have no label.
    """
    words, missing = tree.words, len(unlabelled)
    return [
        *_filter_entries(tree, marks, theme),
        *_sign_entries(tree, theme),
        *_width_entries(tree),
        *([Entry(words("without-label", count=missing))] if missing else []),
        *_state_entries(tree, marks, theme),
        *_branch_entries(tree, unlabelled, theme),
        *_colour_entries(tree, theme),
    ]


def network_legend(tree: Tree, drawing: NetworkDrawing, marks: Marks, theme: Theme) -> list[Entry]:
    """Return the entries for a network, the most important first."""
    return [
        *_filter_entries(tree, marks, theme),
        *_sign_entries(tree, theme),
        *_edge_entries(tree, drawing, theme),
        *_bar_entries(tree, theme),
        *_state_entries(tree, marks, theme),
        *_colour_entries(tree, theme),
    ]


def legend_elements(
    entries: Sequence[Entry], width: float, max_height: float, theme: Theme
) -> tuple[list[Element], float]:
    """Return a legend in columns, with its top left corner at (0, 0), and its height in pixels.

    An ellipsis replaces the last entries if they do not fit.
    """
    columns = max(1, int(width // MIN_COLUMN_WIDTH))
    column_width = width / columns
    shown, positions = list(entries), _in_columns(entries, columns, column_width)
    while shown and max(bottom for *_, bottom in positions) > max_height:
        shown = [*shown[:-2], Entry(ELLIPSIS)] if len(shown) > 1 else []
        positions = _in_columns(shown, columns, column_width)
    parts = []
    for entry, (column, top, _) in zip(shown, positions, strict=True):
        left = column * column_width
        if entry.swatch is not None:
            centre = translate(left, top + FONT_SIZE * SWATCH_CENTRE)
            parts.append(element("g", entry.swatch, transform=centre))
            left += SWATCH_WIDTH
        lines = _wrapped(entry, column_width)
        parts.append(text_lines(lines, FONT_SIZE, x=left, y=top, fill=MUTED[theme]))
    return parts, max((bottom for *_, bottom in positions), default=0.0)


def _wrapped(entry: Entry, column_width: float) -> Sequence[str]:
    indent = SWATCH_WIDTH if entry.swatch is not None else 0.0
    return wrap(entry.text, column_width - indent - 2 * ENTRY_GAP, size=FONT_SIZE)


def _in_columns(
    entries: Sequence[Entry], columns: int, column_width: float
) -> list[tuple[int, float, float]]:
    """Return column, top and bottom of each entry; the columns are about equally high."""
    heights = [
        len(_wrapped(entry, column_width)) * FONT_SIZE * LINE_HEIGHT + ENTRY_GAP
        for entry in entries
    ]
    mean_height, column, y, positions = sum(heights) / columns, 0, 0.0, []
    for height in heights:
        if y and y + height / 2 > mean_height and column + 1 < columns:
            column, y = column + 1, 0.0
        positions.append((column, y, y + height))
        y += height
    return positions


def _bar_entries(tree: Tree, theme: Theme) -> list[Entry]:
    size, words = tree.encoding.size, tree.words
    if size is None:
        return []
    bar = element("path", d=f"M0 {-BAR_HEIGHT / 2}h24v{BAR_HEIGHT}h-24Z", fill=TEXT[theme])
    return [Entry(words("legend-bars", name=measure_name(size, words)), bar)]


def _colour_entries(tree: Tree, theme: Theme) -> list[Entry]:
    """Return the meaning of the colours of classes, or of the grey of small branches."""
    classes, words = tree.encoding.classes, tree.words
    if classes is None:
        grey = _swatch(SMALL_BRANCH[theme])
        is_grey = shows_small_branches(tree.scope, tree.encoding)
        return [Entry(words("legend-small"), grey)] if is_grey else []
    return [
        Entry(words("legend-colour", name=encoded_name(classes.by, words))),
        *(
            Entry(text, _swatch(CLASS_COLOURS[colour][theme], HIERARCHY[theme]))
            for colour, text in class_texts(classes, words)
        ),
    ]


def _width_entries(tree: Tree) -> list[Entry]:
    """Return what widths and lightness show, if there is more than one sector."""
    scope, encoding, words = tree.scope, tree.encoding, tree.words
    if len(tree.nodes) == 1:
        return []
    has_shades = encoding.size and encoding.classes is None and shows_levels(scope)
    return [
        Entry(width_text(scope, encoding, words)),
        *([Entry(words("legend-ring"))] if has_shades else []),
    ]


def _branch_entries(tree: Tree, unlabelled: Sequence[Node], theme: Theme) -> list[Entry]:
    """Return the hues of the branches that no label names."""
    organization, words = tree.organization, tree.words
    if tree.encoding.classes is not None:
        return []
    entries = [
        Entry(
            f"{node.name} ({words.number(organization.count(node.unit))})",
            _swatch_of(node, tree, theme),
        )
        for node in unlabelled
        if not node.group
        and organization.branch[node.unit] >= 0
        and organization.branch_level(node.unit) == 1
    ]
    return [Entry(words("legend-branches")), *entries] if entries else []


def _state_entries(tree: Tree, marks: Marks, theme: Theme) -> list[Entry]:
    """Return entries for groups and placeholders, and for the selected unit or the path."""
    entries, words = [], tree.words
    if any(node.group for node in tree.nodes):
        entries.append(Entry(words("legend-grouped"), _swatch(GROUPED[theme], MUTED[theme])))
    placeholder = next((node for node in tree.nodes if node.is_placeholder), None)
    if placeholder is not None:
        entries.append(Entry(words("legend-placeholder"), _swatch_of(placeholder, tree, theme)))
    if any(node.is_vacant for node in tree.nodes):
        vacant = _swatch("none", TEXT[theme], width=BORDER_WIDTH, dashes=DASH_PATTERN)
        entries.append(Entry(words("legend-vacant"), vacant))
    if marks.path.stations:
        return [*entries, *_path_entries(tree, marks.path, theme)]
    if marks.selected:
        entries.append(Entry(words("legend-selected"), _outline(TEXT[theme])))
        if not marks.matching_nodes:
            entries.append(Entry(words("legend-pale")))
    return entries


def _sign_entries(tree: Tree, theme: Theme) -> list[Entry]:
    """Return what the signs before names mean, if two states are compared."""
    scope, words = tree.scope, tree.words
    return [
        *(Entry(sign_text(sign, words), _sign_swatch(sign, theme)) for sign in signs_in(scope)),
        *([Entry(words("legend-changes-below"))] if hidden_changes(scope) else []),
    ]


def _sign_swatch(sign: Sign, theme: Theme) -> Element:
    """Return a box with a sign, with the border that units of the sign have."""
    dashes = DASH_PATTERN if sign is Sign.GONE else ()
    border = {Sign.GONE: MUTED[theme], Sign.NEW: TEXT[theme]}.get(sign, HIERARCHY[theme])
    width = {Sign.GONE: BORDER_WIDTH, Sign.NEW: NEW_BORDER_WIDTH}.get(sign, 1.0)
    text = text_block((sign,), MAX_LABEL_SIZE, x=12.0, y=0.0, fill=TEXT[theme])
    return element("g", _swatch("none", border, width=width, dashes=dashes), text)


def _filter_entries(tree: Tree, marks: Marks, theme: Theme) -> list[Entry]:
    matched, organization, words = marks.matching_nodes, tree.organization, tree.words
    if not matched:
        return []
    names = "; ".join(filter_name(active, words) for active in matched.active)
    matching = matching_units(matched.total, organization, words)
    bright = words("filter-bright", filters=names, matching=matching)
    return [Entry(bright, _outline(ACCENT[theme])), Entry(words("filter-pale"))]


def _path_entries(tree: Tree, path: ConnectionPath, theme: Theme) -> list[Entry]:
    centre = (SWATCH_WIDTH / 2 - 4, 0.0)
    return [
        Entry(tree.words("legend-path")),
        *(
            Entry(
                tree.by_key[station.key].name,
                element("g", *station_mark(station, centre, theme)),
            )
            for station in path.stations
        ),
    ]


def _edge_entries(tree: Tree, drawing: NetworkDrawing, theme: Theme) -> list[Entry]:
    """Return entries for the classes of edges that are drawn, and for references."""
    kinds, words = tree.organization.relation_kinds, tree.words
    hierarchy = LinkStyle((HIERARCHY[Theme.LIGHT], HIERARCHY[Theme.DARK]), ())
    by_reference, by_theme = basis_style(Basis.REFERENCE), basis_style(Basis.THEME)
    reference = _swatch(REFERENCE_FILL[theme], by_reference.colour(theme))
    entries = [
        ("hierarchy", words("legend-hierarchy"), _line(hierarchy, theme, width=1.0)),
        *(
            (
                kind_class(kind),
                relation_text(kind, Direction.OUT, words),
                _line(stated_style(kind, kinds), theme),
            )
            for kind in kinds
        ),
        (Basis.REFERENCE, words("share-framework"), _line(by_reference, theme)),
        (Basis.THEME, words("share-theme"), _line(by_theme, theme)),
        ("mention", words("legend-mention"), _line(by_reference, theme, width=1.0)),
        ("mention", words("legend-reference"), reference),
    ]
    return [Entry(text, swatch) for css, text, swatch in entries if css in drawing.edge_classes]


def _swatch_of(node: Node, tree: Tree, theme: Theme) -> Element:
    fill = tree.fill(node, theme)
    if not node.is_placeholder:
        return _swatch(fill)
    return _swatch(fill, MUTED[theme], width=BORDER_WIDTH, dashes=DASH_PATTERN)


def _outline(colour: str) -> Element:
    return _swatch("none", colour, width=2.5)


def _swatch(
    fill: str, stroke: str | None = None, *, width: float = 1.0, dashes: Sequence[int] = ()
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
        stroke_width=width if stroke else None,
        stroke_dasharray=dash_array(dashes),
    )


def _line(style: LinkStyle, theme: Theme, *, width: float = LEAST_LINK_WIDTH) -> Element:
    return element(
        "path",
        d="M0 0H28",
        stroke=style.colour(theme),
        stroke_width=width,
        stroke_dasharray=dash_array(style.dashes),
    )
