"""Complete pictures: a diagram as SVG with title, legend, source, date and address.

The diagram has the angles, positions, colours and labels of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from xml.etree.ElementTree import Element

from components.diagrams.labels import sector_labels
from components.diagrams.legend import (
    MIN_COLUMN_WIDTH,
    Entry,
    legend_elements,
    network_legend,
    sunburst_legend,
)
from components.diagrams.marks import Marks
from components.diagrams.network import network_elements
from components.diagrams.network_drawing import Box, NetworkDrawing, network_drawing
from components.diagrams.style import (
    BACKGROUND,
    LABEL_SIZE,
    LINE_HEIGHT,
    MAX_ZOOM,
    MIN_ZOOM,
    MUTED,
    TEXT,
    Theme,
)
from components.diagrams.sunburst import sector_squares, sunburst_overlay, sunburst_sectors
from components.diagrams.svg import NAMESPACE, element, svg_text, text_lines, translate
from components.diagrams.text import ELLIPSIS, text_width, wrap
from components.diagrams.tree import Tree
from components.view_state import Layout, ViewState
from components.words.captions import picture_source, picture_subtitle

WIDTH, HEIGHT = 1200.0, 848.0
"""Default size in pixels: A4 in landscape, on which labels are legible."""
EDGE, GAP = 40.0, 26.0
"""Pixels: the margin of a picture, and the gap between its parts."""
TITLE_SIZE, SUBTITLE_SIZE, SOURCE_SIZE = 24.0, 14.0, 11.5
"""Font sizes in pixels."""
MAX_BOLD_FACTOR = 1.08
"""Maximum width of bold text relative to regular text, which is measured."""
MIN_WIDTH_FOR_SIDE_LEGEND = 760.0
"""Pixels; in a narrower picture the legend is above the diagram."""
MAX_ZOOM_OF_FREE_SIZE = 2.0
"""Maximum zoom of a network in a picture without a given size."""
MAX_LEGEND_SHARE = 0.4
"""Maximum height of a legend above the diagram, as a share of the space below the title."""
MIN_LEGIBLE_SIZE = 8.0
"""Pixels; to avoid smaller labels, a network is drawn without legend."""
MIN_SURROUND_SCALE = 0.7
MAX_FLAT_FACTOR = 1.6
"""In a flat picture, the scale of the text is at most this factor of the scale of the height."""
MIN_ASPECT = 0.4
"""Minimum height of a network's picture, as a share of its width."""
A4 = 2**0.5
SHEET_SCALES = (1.0, A4, 2.0)
"""A4, A3 and A2. A sunburst takes the smallest sheet on which all its sectors have a label."""
GROWN_SCALES = (*SHEET_SCALES, 2 * A4, 4.0, 4 * A4)
"""The same, up to four times A2."""
SIZE_ROUNDS = 3
"""Iterations until the height of a network's picture and its surround agree."""
Size = tuple[float | None, float | None]
UP = "up"
"""The area of the line that leads to the page above."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG document and its size in CSS pixels."""

    svg: str
    width: float
    height: float
    smallest_text: float = inf
    """The smallest font size of a label in the diagram, in CSS pixels."""
    radius: float = 0.0
    """Of a sunburst, in pixels of the drawing."""
    unlabelled: int = 0
    """The number of nodes without a label."""
    unread: int = 0
    """The number of nodes whose label is left out, cut, or shorter than their layout has it."""
    areas: Mapping[str, Sequence[Box]] = field(default_factory=dict)
    """Where each node of the diagram is, by key, and the line ``UP``; in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around the diagram of a picture, and how large it is all drawn."""

    magnification: float = 1.0
    """CSS pixels per pixel of the drawing."""
    min_text_scale: float = MIN_SURROUND_SCALE
    """The least scale of the text around the diagram."""
    grows: bool = False
    """Whether a sunburst takes as large a sheet as its labels need."""
    has_title: bool = True
    has_legend: bool = True
    has_footer: bool = True
    is_transparent: bool = False
    up: str = ""
    """A line above the title that leads to the page above; empty if there is none."""
    notes: Sequence[str] = ()
    """Lines below the source, with or without the footer."""


PLAIN = Frame()


@dataclass(frozen=True, slots=True)
class _Surround:
    """The title, legend and source of a picture, and the area left for the diagram."""

    elements: Element
    area: Box
    width: float
    height: float
    up: Box | None
    """The line that leads to the page above."""

    @property
    def radius(self) -> float:
        """Return the radius of the largest circle in the area."""
        return min(self.area.width, self.area.height) / 2


def sunburst_picture(  # noqa: PLR0913  # most of them are options by keyword
    tree: Tree,
    marks: Marks,
    *,
    theme: Theme,
    size: Size = (None, None),
    address: str = "",
    frame: Frame = PLAIN,
) -> Picture:
    """Return the picture of a sunburst.

    ``size`` is width and height in pixels of the drawing; None means the proportions of a sheet of
    A4. ``address`` is that of the same view on the page.
    """
    template = _Template(tree, marks, theme, address, frame)
    legend = sunburst_legend(tree, marks, theme)
    for scale in (1.0,) if any(size) else GROWN_SCALES if frame.grows else SHEET_SCALES:
        sides = _sheet_size(size, scale)
        surround = template.surround(legend, *sides)
        labels = sector_labels(tree, surround.radius)
        if len(labels) == len(tree.nodes):
            break
    # What the legend says of sectors without label needs room, which may cost further labels.
    counted = 0
    while len(unlabelled := [node for node in tree.nodes if node.key not in labels]) > counted:
        counted = len(unlabelled)
        legend = sunburst_legend(tree, marks, theme, unlabelled=unlabelled)
        surround = template.surround(legend, *sides)
        labels = sector_labels(tree, surround.radius)
    area, radius = surround.area, surround.radius
    x, y = area.left + area.width / 2, area.top + area.height / 2
    diagram = element(
        "g",
        *sunburst_sectors(tree, radius, theme=theme, marks=marks),
        *sunburst_overlay(tree, labels, radius, theme=theme, marks=marks),
        transform=translate(x, y),
        lang=tree.language,
        data_diagram="sunburst",
    )
    areas = {
        key: [
            Box(x + across - half, y + down - half, 2 * half, 2 * half)
            for across, down, half in squares
        ]
        for key, squares in sector_squares(tree, radius).items()
    }
    smallest = min((label.size for label in labels.values()), default=inf)
    whole = [label for label in labels.values() if not label.lines[-1].endswith(ELLIPSIS)]
    return replace(
        template.picture(surround, diagram, areas, smallest),
        radius=radius,
        unlabelled=len(tree.nodes) - len(labels),
        unread=len(tree.nodes) - len(whole),
    )


def _sheet_size(size: Size, scale: float) -> tuple[float, float]:
    """Return the size of a picture, completed by the proportions of A4."""
    width, height = size
    if width and height:
        return float(width), float(height)
    if width:
        return float(width), width / A4 if width >= MIN_WIDTH_FOR_SIDE_LEGEND else width * A4
    if height:
        return height * A4, float(height)
    return WIDTH * scale, HEIGHT * scale


def network_picture(  # noqa: PLR0913  # three of them are options by keyword
    tree: Tree,
    state: ViewState,
    marks: Marks,
    *,
    theme: Theme,
    size: Size = (None, None),
    address: str = "",
    frame: Frame = PLAIN,
) -> Picture:
    """Return the picture of a network.

    ``size`` is width and height in pixels of the drawing; None means as large as the labels need.
    A tree gets short names if full ones would be too small, as on the page. ``address`` is that of
    the same view on the page.
    """
    template = _Template(tree, marks, theme, address, frame)
    elements = network_elements(tree, state.layout.alternatives)
    kinds = tree.organization.relation_kinds

    def fit(drawing: NetworkDrawing, legend: Sequence[Entry]) -> tuple[float, _Surround]:
        sides = _network_size(template, legend, drawing, size)
        surround = template.surround(legend, *sides, grows=size[1] is None)
        area, box = surround.area, drawing.box
        zoom = min(_max_zoom(drawing, size), area.width / box.width, area.height / box.height)
        return zoom, surround

    def draw(state: ViewState) -> tuple[NetworkDrawing, float, _Surround]:
        drawing = network_drawing(elements, kinds, state, theme=theme, marks=marks)
        zoom, surround = fit(drawing, network_legend(tree, drawing, marks, theme))
        if zoom * LABEL_SIZE < MIN_LEGIBLE_SIZE:
            # The names in the diagram explain its colours, if they are legible.
            larger_zoom, bare = fit(drawing, [])
            if larger_zoom > zoom:
                return drawing, larger_zoom, bare
        return drawing, zoom, surround

    drawing, zoom, surround = draw(state)
    if state.layout is Layout.TREE and zoom < MIN_ZOOM:
        drawing, zoom, surround = draw(replace(state, layout=Layout.COMPACT))
    box, area = drawing.box, surround.area
    left = area.left + (area.width - box.width * zoom) / 2 - box.left * zoom
    top = area.top + (area.height - box.height * zoom) / 2 - box.top * zoom
    diagram = element(
        "g",
        *drawing.elements(),
        transform=f"{translate(left, top)} scale({zoom:.4f})",
        lang=tree.language,
        data_diagram="network",
        data_layout=drawing.layout,
    )
    areas = {
        key: [Box(left + at.left * zoom, top + at.top * zoom, at.width * zoom, at.height * zoom)]
        for key, at in drawing.boxes.items()
    }
    # The scale is written with four decimals.
    smallest = drawing.smallest_text * round(zoom, 4)
    unread = 0 if drawing.layout is state.layout else len(tree.nodes)
    return replace(template.picture(surround, diagram, areas, smallest), unread=unread)


def _network_size(
    template: _Template, legend: Sequence[Entry], drawing: NetworkDrawing, size: Size
) -> tuple[float, float]:
    """Return the size of a picture, completed by what the drawing needs to be legible."""
    box, (width, height) = drawing.box, size
    if width and height:
        return float(width), float(height)
    if height:
        area = template.surround(legend, WIDTH, float(height)).area
        needed = box.width * min(MAX_ZOOM, area.height / box.height)
        return max(WIDTH, needed + WIDTH - area.width), float(height)
    total_width = float(width or max(WIDTH, box.width + 2 * EDGE + GAP + MIN_COLUMN_WIDTH))
    max_zoom, min_height = _max_zoom(drawing, size), total_width * MIN_ASPECT
    total_height = min_height
    for _ in range(SIZE_ROUNDS):
        # The scale of the surround grows with the height of the picture.
        area = template.surround(legend, total_width, total_height, grows=True).area
        zoom = min(max_zoom, area.width / box.width)
        total_height = max(min_height, box.height * zoom + total_height - area.height)
    return total_width, total_height


def _max_zoom(drawing: NetworkDrawing, size: Size) -> float:
    if any(size):
        return MAX_ZOOM
    return min(MAX_ZOOM_OF_FREE_SIZE, max(1.0, HEIGHT / drawing.box.height))


@dataclass(frozen=True, slots=True)
class _Template:
    """A picture without its diagram."""

    tree: Tree
    marks: Marks
    theme: Theme
    address: str
    frame: Frame

    def surround(
        self, legend: Sequence[Entry], width: float, height: float, *, grows: bool = False
    ) -> _Surround:
        """Return title, legend and source of a picture, scaled to its size in pixels.

        If the picture ``grows`` to the height that it needs, the legend is complete; otherwise it
        is cut to the space there is.
        """
        x_scale, y_scale = width / WIDTH, height / HEIGHT
        mean_scale = (x_scale * y_scale) ** 0.5
        scale = max(self.frame.min_text_scale, min(x_scale, mean_scale, MAX_FLAT_FACTOR * y_scale))
        parts, area, up = self._unscaled(legend, width / scale, height / scale, grows=grows)
        return _Surround(
            element("g", *parts, transform=f"scale({scale:.4f})"),
            Box(
                scale * area.left,
                scale * area.top,
                max(scale * area.width, 1.0),
                max(scale * area.height, 1.0),
            ),
            width,
            height,
            up and _enlarged(up, scale),
        )

    def _unscaled(
        self, legend: Sequence[Entry], width: float, height: float, *, grows: bool
    ) -> tuple[list[Element], Box, Box | None]:
        parts: list[Element] = []
        entries: list[Element] = []
        up: Box | None = None
        legend = legend if self.frame.has_legend else []
        inner_width = width - 2 * EDGE
        y = EDGE - 6.0
        for text, size, is_bold in self._heading() if self.frame.has_title else []:
            lines = wrap(text, inner_width / (MAX_BOLD_FACTOR if is_bold else 1), size=size)
            weight = 700 if is_bold else None
            parts.append(
                text_lines(lines, size, x=EDGE, y=y, fill=TEXT[self.theme], font_weight=weight)
            )
            if self.frame.up and not up:
                up = Box(EDGE, y, max(text_width(line, size) for line in lines), size * LINE_HEIGHT)
            y += len(lines) * size * LINE_HEIGHT + (4 if is_bold else 2)
        top = y + GAP / 2
        source = [
            line
            for text in self._footer()
            for line in wrap(text, inner_width, size=SOURCE_SIZE, max_lines=4)
        ]
        bottom = height - EDGE + 8 - len(source) * SOURCE_SIZE * LINE_HEIGHT
        if source:
            parts.append(text_lines(source, SOURCE_SIZE, x=EDGE, y=bottom, fill=MUTED[self.theme]))
        bottom -= GAP / 2
        if not legend:
            corner = translate(EDGE, top)
            area = Box(EDGE, top, inner_width, bottom - top)
        elif width >= MIN_WIDTH_FOR_SIDE_LEGEND and width >= height:
            entries, _ = legend_elements(legend, MIN_COLUMN_WIDTH, bottom - top, self.theme)
            corner = translate(width - EDGE - MIN_COLUMN_WIDTH, top)
            area = Box(EDGE, top, inner_width - MIN_COLUMN_WIDTH - GAP, bottom - top)
        else:
            max_height = inf if grows else MAX_LEGEND_SHARE * (bottom - top)
            entries, legend_height = legend_elements(legend, inner_width, max_height, self.theme)
            corner = translate(EDGE, top)
            top += legend_height + GAP / 2
            area = Box(EDGE, top, inner_width, bottom - top)
        return [*parts, element("g", *entries, transform=corner)], area, up

    def picture(
        self,
        surround: _Surround,
        diagram: Element,
        areas: Mapping[str, Sequence[Box]],
        smallest_text: float,
    ) -> Picture:
        """Return the picture with its diagram.

        ``areas`` and ``smallest_text`` are those of the diagram, in pixels of the drawing.
        """
        width, height = surround.width, surround.height
        by = self.frame.magnification
        ground = element("rect", width=width, height=height, fill=BACKGROUND[self.theme])
        subtitles = [text for text, _, is_title in self._heading() if not is_title]
        svg = svg_text(
            [
                element("title", text=self.tree.title, lang=self.tree.language),
                element("desc", text=". ".join([*subtitles, *self._source()])),
                *([] if self.frame.is_transparent else [ground]),
                diagram,
                surround.elements,
            ],
            view_box=(0, 0, width, height),
            xmlns=NAMESPACE,
            width=width * by,
            height=height * by,
            role="img",
            lang=self.tree.words.language,
        )
        ups = {UP: [surround.up]} if surround.up else {}
        enlarged = {
            key: [_enlarged(box, by) for box in boxes] for key, boxes in {**areas, **ups}.items()
        }
        return Picture(svg, width * by, height * by, smallest_text * by, areas=enlarged)

    def _heading(self) -> list[tuple[str, float, bool]]:
        """Return the lines above the diagram with their font size; the title is bold."""
        tree, selected = self.tree, self.marks.selected
        unit = tree.by_key[selected].unit if selected else None
        subtitle = picture_subtitle(tree.scope, tree.levels, unit, tree.words)
        organization = tree.organization.about.title if tree.focus.unit else ""
        above = self.frame.up or organization
        return [
            *([(above, SUBTITLE_SIZE, False)] if above else []),
            (self.tree.title, TITLE_SIZE, True),
            (subtitle, SUBTITLE_SIZE, False),
        ]

    def _footer(self) -> list[str]:
        """Return the lines below the diagram."""
        return [*(self._source() if self.frame.has_footer else []), *self.frame.notes]

    def _source(self) -> list[str]:
        return picture_source(self.tree.organization, self.address, self.tree.words)


def _enlarged(box: Box, by: float) -> Box:
    return Box(box.left * by, box.top * by, box.width * by, box.height * by)
