"""A scope as a picture that stands by itself: SVG text with title, legend, source, date, address.

The same sectors at the same angles, the same nodes at the same places, in the colours and with the
labels of the page. ``sunburst_inset`` and ``network_inset`` draw the diagram alone, for the page to
show before its scripts have run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from xml.etree.ElementTree import Element

from components.diagrams.connection_path import path_lines, path_stations
from components.diagrams.labels import sector_labels
from components.diagrams.legend import (
    COLUMN,
    Entry,
    legend_elements,
    network_legend,
    sunburst_legend,
)
from components.diagrams.marks import Marks
from components.diagrams.network import network_elements
from components.diagrams.network_drawing import NetworkDrawing, network_drawing
from components.diagrams.style import (
    BACKGROUND,
    LABEL_SIZE,
    LINE_HEIGHT,
    MIN_LABEL_SIZE,
    MUTED,
    TEXT,
    Theme,
)
from components.diagrams.sunburst import sunburst_sectors, sunburst_texts
from components.diagrams.svg import NAMESPACE, element, placed, svg_text, text_lines
from components.diagrams.text import wrap
from components.diagrams.tree import Tree
from components.model.text import capitalized
from components.view_state import Layout, ViewState

WIDTH, HEIGHT = 1200.0, 848.0
"""Pixels: a sheet of A4, lying, on which the labels can be read."""
EDGE, GAP = 40.0, 26.0
"""Pixels: around the picture, and between its parts."""
TITLE, SUBTITLE, SMALL = 24.0, 14.0, 11.5
"""Font sizes in pixels."""
BOLDER = 1.08
"""Bold text is wider than the regular text that is measured, at most by this factor."""
MIN_BESIDE = 760.0
"""Pixels: in a narrower picture the legend stands above the diagram, and not beside it."""
MAX_ZOOM, MAX_ZOOM_UNASKED = 1.5, 2.0
"""A network is drawn no larger: as on the page, and where the picture has no given size."""
MAX_OF_THE_HEIGHT = 0.4
"""Share of what is left below the title that a legend above the diagram may take."""
MIN_LEGIBLE = 8.0
"""Font size in pixels: rather than draw labels smaller, a network does without a legend."""
MIN_ZOOM = 0.7
"""What stands around a diagram is made no smaller in a small picture."""
FLAT = 1.6
"""In a flat picture it is at most so much larger than its height alone would make it."""
FLATTEST = 0.4
"""Height of a picture as a share of its breadth, at least."""
A4 = 2**0.5
SHEETS = (1.0, A4, 2.0)
"""A4, A3 and A2: a sunburst gets the smallest on which all its sectors have a label."""
SETTLED = 3
"""Rounds after which the size of a picture and of what stands around its diagram agree."""
Size = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG text and its size in CSS pixels."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a diagram stands in a picture, in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def radius(self) -> float:
        """Return the radius of the largest circle in it."""
        return min(self.width, self.height) / 2


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a diagram, and the room that is left for it."""

    parts: Element
    room: _Room
    width: float
    height: float


def sunburst_picture(
    tree: Tree, marks: Marks, *, theme: Theme, size: Size = (None, None), address: str = ""
) -> Picture:
    """Return the picture of a tree as a sunburst.

    ``size`` is the breadth and the height in CSS pixels; what is None is chosen for a sheet of A4.
    ``address`` shows the same on a page.
    """
    about = _About(tree, marks, theme, address)
    told = sunburst_legend(tree, marks, theme)
    for sheet in (1.0,) if any(size) else SHEETS:
        breadth, height = _sheet(size, sheet)
        frame = about.frame(told, breadth, height)
        labels = sector_labels(tree, frame.room.radius)
        if len(labels) == len(tree.nodes):
            break
    else:
        without = 0
        while without < len(tree.nodes) - len(labels):
            # It takes room to say how many have none, and then there may be a label less.
            without = len(tree.nodes) - len(labels)
            told = sunburst_legend(tree, marks, theme, without_label=without)
            frame = about.frame(told, breadth, height)
            labels = sector_labels(tree, frame.room.radius)
    room = frame.room
    diagram = element(
        "g",
        *sunburst_sectors(tree, room.radius, theme=theme, marks=marks),
        *path_lines(tree, marks.path, room.radius, theme=theme),
        *sunburst_texts(tree, labels, theme=theme, marks=marks),
        *path_stations(tree, marks.path, room.radius, theme=theme),
        transform=placed(room.left + room.width / 2, room.top + room.height / 2),
        lang=tree.language,
        data_diagram="sunburst",
    )
    return about.picture(frame, diagram)


def _sheet(size: Size, sheet: float) -> tuple[float, float]:
    """Return the size of a picture: what is not given is as on a sheet of paper."""
    width, height = size
    if width and height:
        return float(width), float(height)
    if width:
        return float(width), width / A4 if width >= MIN_BESIDE else width * A4
    if height:
        return height * A4, float(height)
    return WIDTH * sheet, HEIGHT * sheet


def network_picture(  # noqa: PLR0913  # three of them are options by keyword
    tree: Tree,
    state: ViewState,
    marks: Marks,
    *,
    theme: Theme,
    size: Size = (None, None),
    address: str = "",
) -> Picture:
    """Return the picture of a tree as a network.

    ``size`` is the breadth and the height in CSS pixels; what is None is as large as the labels
    need. Where they would be too small the tree has short names, as on the page. ``address``
    shows the same there.
    """
    about = _About(tree, marks, theme, address)
    layouts = {state.layout, Layout.COMPACT} if state.layout is Layout.TREE else {state.layout}
    elements, kinds = network_elements(tree, layouts), tree.organization.relation_kinds

    def framed(drawing: NetworkDrawing, told: Sequence[Entry]) -> tuple[_Frame, float]:
        sides = _network_size(about, told, drawing, size)
        frame = about.frame(told, *sides, grows=size[1] is None)
        zoom = min(
            _most_zoom(drawing, size),
            frame.room.width / drawing.box.width,
            frame.room.height / drawing.box.height,
        )
        return frame, zoom

    def drawn(state: ViewState) -> tuple[NetworkDrawing, _Frame, float]:
        drawing = network_drawing(elements, kinds, state, theme=theme, marks=marks)
        told = network_legend(tree, drawing, marks, theme)
        frame, zoom = framed(drawing, told)
        if zoom * LABEL_SIZE < MIN_LEGIBLE:
            # The colours can be told from the names in the diagram, if these can be read.
            bare = framed(drawing, [])
            frame, zoom = bare if bare[1] > zoom else (frame, zoom)
        return drawing, frame, zoom

    drawing, frame, zoom = drawn(state)
    if state.layout is Layout.TREE and zoom < MIN_LABEL_SIZE / LABEL_SIZE:
        drawing, frame, zoom = drawn(replace(state, layout=Layout.COMPACT))
    box, room = drawing.box, frame.room
    left = room.left + (room.width - box.width * zoom) / 2 - box.left * zoom
    top = room.top + (room.height - box.height * zoom) / 2 - box.top * zoom
    diagram = element(
        "g",
        *drawing.elements(),
        transform=f"{placed(left, top)} scale({zoom:.4f})",
        lang=tree.language,
        data_diagram="network",
        data_layout=drawing.layout,
    )
    return about.picture(frame, diagram)


def _network_size(
    about: _About,
    told: Sequence[Entry],
    drawing: NetworkDrawing,
    size: Size,
) -> tuple[float, float]:
    """Return the size of a picture: as given, else as large as the drawing needs to be read."""
    box, (width, height) = drawing.box, size
    if width and height:
        return float(width), float(height)
    if height:
        spare = about.frame(told, WIDTH, float(height)).room
        breadth = box.width * min(MAX_ZOOM, spare.height / box.height)
        return max(WIDTH, breadth + WIDTH - spare.width), float(height)
    beside = 2 * EDGE + GAP + COLUMN
    breadth = float(width or max(WIDTH, box.width + beside))
    most = _most_zoom(drawing, size)
    tall = breadth * FLATTEST
    for _ in range(SETTLED):
        # The taller a picture, the larger what stands around the diagram, up to its breadth.
        room = about.frame(told, breadth, tall, grows=True).room
        zoom = min(most, room.width / box.width)
        tall = max(breadth * FLATTEST, box.height * zoom + tall - room.height)
    return breadth, tall


def _most_zoom(drawing: NetworkDrawing, size: Size) -> float:
    """Return how far a drawing may be enlarged to fill the room that there is."""
    if any(size):
        return MAX_ZOOM
    return min(MAX_ZOOM_UNASKED, max(1.0, HEIGHT / drawing.box.height))


@dataclass(frozen=True, slots=True)
class _About:
    """What a picture says of itself."""

    tree: Tree
    marks: Marks
    theme: Theme
    address: str

    def frame(
        self, entries: Sequence[Entry], width: float, height: float, *, grows: bool = False
    ) -> _Frame:
        """Return title, legend and origin of a picture of this size in pixels.

        What stands around a large diagram is enlarged with it. A picture that ``grows`` becomes
        as tall as all of its legend needs; in another one the legend is cut short.
        """
        broad, tall = width / WIDTH, height / HEIGHT
        zoom = max(MIN_ZOOM, min(broad, (broad * tall) ** 0.5, FLAT * tall))
        parts, room = self._surroundings(entries, width / zoom, height / zoom, grows=grows)
        enlarged = element("g", *parts, transform=f"scale({zoom:.4f})")
        left, top, across, down = (
            zoom * pixels for pixels in (room.left, room.top, room.width, room.height)
        )
        return _Frame(enlarged, _Room(left, top, max(across, 1.0), max(down, 1.0)), width, height)

    def _surroundings(
        self, entries: Sequence[Entry], width: float, height: float, *, grows: bool
    ) -> tuple[list[Element], _Room]:
        parts: list[Element] = []
        inner = width - 2 * EDGE
        y = EDGE - 6.0
        for text, size, bold in self._heading():
            lines = wrap(text, inner / (BOLDER if bold else 1), size=size)
            weight = 700 if bold else None
            parts.append(
                text_lines(lines, size, x=EDGE, y=y, fill=TEXT[self.theme], font_weight=weight)
            )
            y += len(lines) * size * LINE_HEIGHT + (4 if bold else 2)
        top = y + GAP / 2
        origin = [line for text in self._origin() for line in wrap(text, inner, size=SMALL, most=4)]
        bottom = height - EDGE + 8 - len(origin) * SMALL * LINE_HEIGHT
        if origin:
            parts.append(text_lines(origin, SMALL, x=EDGE, y=bottom, fill=MUTED[self.theme]))
        bottom -= GAP / 2
        if width >= MIN_BESIDE and width >= height:
            legend, _ = legend_elements(entries, COLUMN, bottom - top, self.theme)
            corner = placed(width - EDGE - COLUMN, top)
            room = _Room(EDGE, top, inner - COLUMN - GAP, bottom - top)
        else:
            most = inf if grows else MAX_OF_THE_HEIGHT * (bottom - top)
            legend, tall = legend_elements(entries, inner, most, self.theme)
            corner = placed(EDGE, top)
            top += tall + GAP / 2
            room = _Room(EDGE, top, inner, bottom - top)
        return [*parts, element("g", *legend, transform=corner)], room

    def picture(self, frame: _Frame, diagram: Element) -> Picture:
        """Return the whole picture."""
        more = [text for text, _, bold in self._heading() if not bold]
        svg = svg_text(
            [
                element("title", text=self._title, lang=self.tree.language),
                element("desc", text=". ".join([*more, *self._origin()])),
                element(
                    "rect", width=frame.width, height=frame.height, fill=BACKGROUND[self.theme]
                ),
                diagram,
                frame.parts,
            ],
            view_box=(0, 0, frame.width, frame.height),
            xmlns=NAMESPACE,
            width=frame.width,
            height=frame.height,
            role="img",
            lang=self.tree.words.language,
        )
        return Picture(svg, frame.width, frame.height)

    def _heading(self) -> list[tuple[str, float, bool]]:
        """Return lines with their font size, and whether they are bold: the title is."""
        organization, focus = self.tree.organization, self.tree.focus.unit
        size = organization.count(focus)
        shown = sum(unit not in organization.synthetic for unit in self.tree.units)
        words = self.tree.words
        if focus:
            told = [words("units-of", count=size, total=words.number(organization.count()))]
        else:
            told = [words("units", count=size), words("levels", count=organization.levels)]
        if shown < size:
            levels = words("levels", count=self.tree.levels)
            told.append(words("shown-on", count=shown, levels=levels))
        if self.marks.selected:
            told.append(words("selected-is", unit=self.tree.by_key[self.marks.selected].name))
        return [
            *([(organization.about.title, SUBTITLE, False)] if focus else []),
            (self._title, TITLE, True),
            (" · ".join(told), SUBTITLE, False),
        ]

    @property
    def _title(self) -> str:
        focus = self.tree.focus
        return focus.name if focus.unit else self.tree.organization.about.title

    def _origin(self) -> list[str]:
        about = self.tree.organization.about
        source = " – ".join(part for part in (about.source_title, about.source_url) if part)
        words = self.tree.words
        told = (
            (source, words("source", source=source)),
            (about.date, capitalized(words("as-of", date=words.date(about.date)))),
            (self.address, words("live", address=self.address)),
        )
        return [sentence for fact, sentence in told if fact]
