"""A scope as a picture that stands by itself: SVG text with title, legend, source, date, address.

The same sectors at the same angles, the same nodes at the same places, in the colours and with the
labels of the page. ``sunburst_inset`` and ``network_inset`` draw the diagram alone, for the page to
show before its scripts have run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any
from xml.etree.ElementTree import Element

from components.diagrams.labels import sector_labels
from components.diagrams.marks import Marks, marks_of
from components.diagrams.network import Layout, Look, kind_class, network_elements, references_in
from components.diagrams.network_drawing import NetworkDrawing, network_drawing
from components.diagrams.style import (
    BACKGROUND,
    FOLDED,
    HIERARCHY,
    LABEL_SIZE,
    LEAST_LABEL_SIZE,
    LINE_HEIGHT,
    MUTED,
    REFERENCE_FILL,
    TEXT,
    LinkStyle,
    Theme,
    basis_style,
    stated_style,
)
from components.diagrams.sunburst import sunburst_sectors, sunburst_texts
from components.diagrams.svg import NAMESPACE, element, svg_text
from components.diagrams.text import wrap
from components.diagrams.tree import Tree, counted, tree_of
from components.model.organization import Scope
from components.model.relations import Basis, Direction, words_of

WIDTH, HEIGHT = 1200.0, 848.0
"""Pixels: a sheet of A4, lying, on which the labels can be read."""
EDGE, GAP = 40.0, 26.0
"""Pixels: around the picture, and between its parts."""
TITLE, SUBTITLE, SMALL = 24.0, 14.0, 11.5
"""Font sizes in pixels."""
BOLDER = 1.08
"""Bold text is wider than the regular text that is measured, at most by this factor."""
LEGEND, SWATCH = 230.0, 36.0
"""Pixels: the legend's breadth beside a diagram, and that of the samples in it."""
LEAST_BESIDE = 760.0
"""Pixels: in a narrower picture the legend stands below the diagram."""
BRANCHES_TOLD = (20, 12, 8, 5, 3, 1, 0)
"""A legend tells so many branches at most, and fewer where it would not fit."""
MOST_OF_THE_HEIGHT = 0.5
"""A legend below the title leaves the diagram this share of the height, if that is given."""
MOST_ZOOM, MOST_ZOOM_UNASKED = 1.5, 1.3
"""A network is drawn no larger: as on the page, and where the picture has no given size."""
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
class _Entry:
    """A line of the legend: what a sample of the diagram means."""

    text: str
    swatch: Element | None = None


_Legend = Callable[[int], Sequence[_Entry]]
"""The entries of a legend that tells at most so many branches."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a diagram, and the room that is left for it."""

    parts: Element
    room: _Room
    width: float
    height: float


def sunburst_picture(
    scope: Scope, look: Look, *, theme: Theme, size: Size = (None, None), address: str = ""
) -> Picture:
    """Return the picture of a scope as a sunburst.

    ``size`` is the breadth and the height in CSS pixels; what is None is chosen for a sheet of A4.
    ``address`` shows the same on a page.
    """
    tree = tree_of(scope)
    marks = marks_of(tree, look.unit)
    about = _About(scope, look, theme, address)
    unlabelled = 0

    def told(most: int) -> list[_Entry]:
        return [
            *_branches(tree, theme, most),
            _Entry("Angle: how many lowest-level units there are, equal for equals."),
            _Entry("Ring: level, lighter from the inside out."),
            *_states(tree, marks, theme),
            *([_too_narrow(unlabelled)] if unlabelled else []),
        ]

    for sheet in (1.0,) if any(size) else SHEETS:
        breadth, height = float(size[0] or WIDTH * sheet), float(size[1] or HEIGHT * sheet)
        unlabelled = 0
        for _ in range(SETTLED):
            # It takes room to say that labels are missing, and then there may be one less.
            frame, before = about.frame(told, breadth, height), unlabelled
            unlabelled = len(tree.nodes) - len(sector_labels(tree, frame.room.radius))
            if unlabelled == before:
                break
        if not unlabelled:
            break
    room = frame.room
    diagram = element(
        "g",
        *sunburst_sectors(tree, room.radius, theme=theme, marks=marks),
        *sunburst_texts(tree, sector_labels(tree, room.radius), theme=theme, marks=marks),
        transform=_placed(room.left + room.width / 2, room.top + room.height / 2),
        data_diagram="sunburst",
    )
    return about.picture(frame, diagram)


def network_picture(
    scope: Scope, look: Look, *, theme: Theme, size: Size = (None, None), address: str = ""
) -> Picture:
    """Return the picture of a scope as a network.

    ``size`` is the breadth and the height in CSS pixels; what is None is as large as the labels
    need. Where they would be too small the tree has short names, as on the page. ``address``
    shows the same there.
    """
    tree = tree_of(scope)
    marks = marks_of(tree, look.unit, references_in(scope)[1])
    about = _About(scope, look, theme, address)
    elements, kinds = network_elements(scope), scope.organization.kinds

    def drawn(look: Look) -> tuple[NetworkDrawing, _Frame, float]:
        drawing = network_drawing(elements, kinds, look, theme=theme, marks=marks)

        def told(most: int) -> list[_Entry]:
            return [
                *_branches(tree, theme, most),
                *_lines(scope, drawing, theme),
                *_states(tree, marks, theme),
            ]

        sides = _network_size(about, told, drawing, size)
        frame = about.frame(told, *sides, grows=size[1] is None)
        zoom = min(
            _most_zoom(drawing, size),
            frame.room.width / drawing.box.width,
            frame.room.height / drawing.box.height,
        )
        return drawing, frame, zoom

    drawing, frame, zoom = drawn(look)
    if look.layout is Layout.TREE and zoom < LEAST_LABEL_SIZE / LABEL_SIZE:
        drawing, frame, zoom = drawn(replace(look, layout=Layout.COMPACT))
    box, room = drawing.box, frame.room
    left = room.left + (room.width - box.width * zoom) / 2 - box.left * zoom
    top = room.top + (room.height - box.height * zoom) / 2 - box.top * zoom
    diagram = element(
        "g",
        *drawing.elements(),
        transform=f"{_placed(left, top)} scale({zoom:.4f})",
        data_diagram="network",
        data_layout=drawing.layout,
    )
    return about.picture(frame, diagram)


def _network_size(
    about: _About,
    told: _Legend,
    drawing: NetworkDrawing,
    size: Size,
) -> tuple[float, float]:
    """Return the size of a picture: as given, else as large as the drawing needs to be read."""
    box, (width, height) = drawing.box, size
    if width and height:
        return float(width), float(height)
    if height:
        spare = about.frame(told, WIDTH, float(height)).room
        breadth = box.width * min(MOST_ZOOM, spare.height / box.height)
        return max(WIDTH, breadth + WIDTH - spare.width), float(height)
    beside = 2 * EDGE + GAP + LEGEND
    breadth = float(width or max(WIDTH, box.width + beside))
    most = _most_zoom(drawing, size)
    tall = breadth / A4
    for _ in range(SETTLED):
        # The taller a picture, the larger what stands around the diagram, up to its breadth.
        room = about.frame(told, breadth, tall, grows=True).room
        zoom = min(most, room.width / box.width)
        tall = max(breadth / A4, box.height * zoom + tall - room.height)
    return breadth, tall


def _most_zoom(drawing: NetworkDrawing, size: Size) -> float:
    """Return how far a drawing may be enlarged to fill the room that there is."""
    if any(size):
        return MOST_ZOOM
    return MOST_ZOOM_UNASKED if drawing.box.height < HEIGHT else 1.0


@dataclass(frozen=True, slots=True)
class _About:
    """What a picture says of itself."""

    scope: Scope
    look: Look
    theme: Theme
    address: str

    def frame(self, told: _Legend, width: float, height: float, *, grows: bool = False) -> _Frame:
        """Return title, legend and origin of a picture of this size in pixels.

        What stands around a large diagram is enlarged with it. A picture that ``grows`` becomes
        as high as it must be for all of a legend below its title.
        """
        zoom = max(1.0, min(width, height * A4) / WIDTH)
        parts, room = self._surroundings(told, width / zoom, height / zoom, grows=grows)
        enlarged = element("g", *parts, transform=f"scale({zoom:.4f})")
        left, top, across, down = (
            zoom * pixels for pixels in (room.left, room.top, room.width, room.height)
        )
        return _Frame(enlarged, _Room(left, top, max(across, 1.0), max(down, 1.0)), width, height)

    def _surroundings(
        self, told: _Legend, width: float, height: float, *, grows: bool
    ) -> tuple[list[Element], _Room]:
        parts: list[Element] = []
        inner = width - 2 * EDGE
        y = EDGE - 6.0
        for text, size, bold in self._heading():
            lines = wrap(text, inner / (BOLDER if bold else 1), size=size, most=3)
            weight = 700 if bold else None
            parts.append(_text(lines, size, (EDGE, y), fill=TEXT[self.theme], font_weight=weight))
            y += len(lines) * size * LINE_HEIGHT + (4 if bold else 2)
        top = y + GAP / 2
        origin = [line for text in self._origin() for line in wrap(text, inner, size=SMALL, most=4)]
        bottom = height - EDGE + 8 - len(origin) * SMALL * LINE_HEIGHT
        if origin:
            parts.append(_text(origin, SMALL, (EDGE, bottom), fill=MUTED[self.theme]))
        bottom -= GAP / 2
        beside = width >= LEAST_BESIDE and width >= height
        legend, tall = self._fitting_legend(
            told,
            LEGEND if beside else inner,
            (width - EDGE - LEGEND if beside else EDGE, top),
            most=bottom - top if beside else inf if grows else (bottom - top) * MOST_OF_THE_HEIGHT,
        )
        if beside:
            room = _Room(EDGE, top, inner - LEGEND - GAP, bottom - top)
        else:
            top += tall + GAP / 2
            room = _Room(EDGE, top, inner, bottom - top)
        return [*parts, *legend], room

    def _fitting_legend(
        self, told: _Legend, width: float, corner: tuple[float, float], *, most: float
    ) -> tuple[list[Element], float]:
        """Return a legend no higher than ``most``, and its height; nothing if none is."""
        left, top = corner
        for branches in BRANCHES_TOLD:
            legend, tall = self._legend(told(branches), width, left=left, top=top)
            if tall <= most:
                return legend, tall
        return [], 0.0

    def picture(self, frame: _Frame, diagram: Element) -> Picture:
        """Return the whole picture."""
        title, *more = (
            text for text, _, bold in sorted(self._heading(), key=lambda each: -each[2])
        )
        svg = svg_text(
            [
                element("title", text=title),
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
        )
        return Picture(svg, frame.width, frame.height)

    def _heading(self) -> list[tuple[str, float, bool]]:
        """Return lines with their font size, and whether they are bold: the title is."""
        scope, organization = self.scope, self.scope.organization
        names, whole = organization.units["name"], organization.about.title
        size = int(organization.size[scope.focus])
        told = [f"{counted(size, 'unit')}"]
        if scope.focus:
            told[0] += f" of {len(organization):,}"
        levels = counted(organization.levels, "level")
        told += [] if scope.focus else [levels]
        if self.look.unit is not None:
            told.append(f"Selected: {names[self.look.unit]}")
        return [
            *([(whole, SUBTITLE, False)] if scope.focus else []),
            (names[scope.focus] if scope.focus else whole, TITLE, True),
            (" · ".join(told), SUBTITLE, False),
        ]

    def _origin(self) -> list[str]:
        about = self.scope.organization.about
        source = " – ".join(part for part in (about.source_title, about.source_url) if part)
        data = (f"Source: {source}" * bool(source), f"As of {about.date}" * bool(about.date))
        told = (
            " · ".join(filter(None, data)),
            f"To walk through it: {self.address}" * bool(self.address),
        )
        return list(filter(None, told))

    def _legend(
        self, entries: Sequence[_Entry], width: float, *, left: float, top: float
    ) -> tuple[list[Element], float]:
        """Return the legend in as many columns as there is room for, and its height."""
        columns = max(1, int(width // LEGEND))
        breadth = width / columns
        blocks = [
            (entry, wrap(entry.text, breadth - SWATCH * (entry.swatch is not None) - 8, size=SMALL))
            for entry in entries
        ]
        heights = [len(lines) * SMALL * LINE_HEIGHT + 5 for _, lines in blocks]
        most = max(sum(heights) / columns, max(heights, default=0.0))
        parts, column, y, lowest = [], 0, 0.0, 0.0
        for (entry, lines), height in zip(blocks, heights, strict=True):
            if y and y + height / 2 > most and column + 1 < columns:
                column, y = column + 1, 0.0
            x = left + column * breadth
            if entry.swatch is not None:
                middle = top + y + SMALL * (0.5 + 0.16)
                parts.append(element("g", entry.swatch, transform=_placed(x, middle)))
                x += SWATCH
            parts.append(_text(lines, SMALL, (x, top + y), fill=MUTED[self.theme]))
            y += height
            lowest = max(lowest, y)
        return parts, lowest


def _text(
    lines: Iterable[str], size: float, corner: tuple[float, float], **attributes: Any
) -> Element:
    """Return lines of text with their upper left corner at a point."""
    x, y = corner
    return element(
        "text",
        *(
            element("tspan", text=line, x=x, y=y + size * (1 + LINE_HEIGHT * row))
            for row, line in enumerate(lines)
        ),
        font_size=size,
        **attributes,
    )


def _placed(x: float, y: float) -> str:
    return f"translate({x:.2f} {y:.2f})"


def _branches(tree: Tree, theme: Theme, most: int) -> list[_Entry]:
    """Return what the colours stand for: the units right below the organization's top."""
    if tree.organization.depth[tree.focus.unit]:
        return []
    branches = [node for node in tree.children.get(tree.focus.key, ()) if not node.is_fold]
    named = [
        _Entry(
            f"{node.name} ({tree.organization.size[node.unit]:,})",
            _patch(tree.fill(node, theme)),
        )
        for node in branches[:most]
    ]
    more = len(branches) - len(named)
    heading = [_Entry("Colour: branch, with its number of units")] if named else []
    rest = [_Entry(f"and {more:,} more")] if named and more else []
    return [*heading, *named, *rest]


def _states(tree: Tree, marks: Marks, theme: Theme) -> list[_Entry]:
    told = []
    if any(node.is_fold for node in tree.nodes):
        told.append(
            _Entry("Units that are not drawn one by one", _patch(FOLDED[theme], MUTED[theme]))
        )
    if marks.selected:
        told.append(_Entry("Selected", _patch("none", TEXT[theme], rim=2.5)))
        told.append(_Entry("Pale: not above or below it, and not linked to it"))
    return told


def _lines(scope: Scope, drawing: NetworkDrawing, theme: Theme) -> list[_Entry]:
    """Return what the lines and shapes stand for that are drawn."""
    organization, classes = scope.organization, drawing.edge_classes
    shared, theme_link = basis_style(Basis.REFERENCE), basis_style(Basis.THEME)
    part_of = LinkStyle((HIERARCHY[Theme.LIGHT], HIERARCHY[Theme.DARK]), ())
    told = [("hierarchy", _Entry("Is part of", _line(part_of, theme, width=1.0)))]
    told += [
        (
            kind_class(kind),
            _Entry(
                words_of(kind, Direction.OUT), _line(stated_style(kind, organization.kinds), theme)
            ),
        )
        for kind in organization.kinds
    ]
    told += [
        (Basis.REFERENCE, _Entry("Name the same framework or body", _line(shared, theme))),
        (Basis.THEME, _Entry("Work on the same theme (inferred)", _line(theme_link, theme))),
        ("mention", _Entry("Names a framework, a body, ...", _line(shared, theme, width=1.0))),
        (
            "mention",
            _Entry(
                "Framework, body, ... that units name",
                _patch(REFERENCE_FILL[theme], shared.colour(theme)),
            ),
        ),
    ]
    return [entry for name, entry in told if name in classes]


def _too_narrow(count: int) -> _Entry:
    return _Entry(f"{counted(count, 'sector')} too narrow for a label; the page names them.")


def _patch(fill: str, stroke: str | None = None, rim: float = 1.0) -> Element:
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
    )


def _line(style: LinkStyle, theme: Theme, width: float = 2.0) -> Element:
    return element(
        "path",
        d="M0 0H28",
        stroke=style.colour(theme),
        stroke_width=width,
        stroke_dasharray=" ".join(map(str, style.dashes)) or None,
    )
