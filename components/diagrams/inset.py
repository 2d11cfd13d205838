"""The diagrams as SVG in the first HTML of the page, shown until its scripts have drawn them.

The server knows neither the size of the window nor its theme, and scripts mark nodes in these
pictures before the living diagrams are there. So elements have classes instead of styles: what a
class looks like is in ``assets/css/pictures.css`` and, where it depends on the organization, in the
rules that come with the pictures. Of what differs by size, CSS rules choose as the scripts would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, tostring

from components.diagrams.connection_path import leg_lines, station_points
from components.diagrams.labels import Label, sector_labels
from components.diagrams.layout import corner_radius
from components.diagrams.links import link_styles
from components.diagrams.marks import Marks
from components.diagrams.network import mark_key, network_elements
from components.diagrams.network_drawing import (
    Data,
    Item,
    NetworkDrawing,
    network_drawing,
    outline,
)
from components.diagrams.opening import opener_key
from components.diagrams.signs import Sign
from components.diagrams.style import (
    LIFTED_BRIGHTNESS,
    LINE_HEIGHT,
    LINK_WIDTHS,
    MIN_ZOOM,
    NETWORK_PADDING,
    SUNBURST_MARGIN,
    THIN_BORDER_WIDTH,
    Theme,
    basis_style,
    brightened,
    text_on,
)
from components.diagrams.sunburst import back_to_front, border_widths, sector_outlines
from components.diagrams.svg import dash_array, element, light_dark
from components.diagrams.text import baselines
from components.diagrams.tree import Node, Tree
from components.model.groups import focus_text
from components.model.relations import Basis
from components.view_state import Layout, ViewState

Colours = Mapping[Theme, str]
RADIUS = 1000.0
"""Radius of the sunburst in its own units; in whole units, it is accurate to a third of a pixel."""
INSET_RADII = (100, 135, 170, 212, 275, 300, 375)
"""Those of ``RADII`` for which the sunburst has labels. They include the radii that windows of
1440x900, 1024x768 and 390x844 pixels need; in others, the page may show some labels more."""
SAME_PLACE = 3.0
"""Labels of two radii that are at most this far apart are one, in units of the sunburst."""
ROOM_BESIDE, ROOM_ALONE = (700, 960), (1520, 960)
"""Pixels; the width and height of a network, beside the sunburst and alone, in a window of 1,920 by
1,080 pixels. If full names need more, the first HTML has only short ones."""
STATES = ("placeholder", "vacant", "gone", "new", "lifted", "hit", "selected", "dimmed", "path")
"""The classes that say how an element is marked."""
NARROW_BORDERS = {THIN_BORDER_WIDTH: "thin", 0.0: "bare"}
"""The classes of sectors with other borders than the usual ones, by their width."""
DECIMAL = re.compile(r"-?\d+\.\d+")
ZERO_BEFORE_POINT = re.compile(r"^(-?)0(?=\.)")


@dataclass(frozen=True, slots=True)
class Insets:
    """The pictures of a view as SVG, empty for a diagram that it does not show, and their rules."""

    sunburst: str
    network: str
    rules: str


class _Palette:
    """CSS classes for the colours of nodes."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, fills: Colours, texts: Colours) -> str:
        """Return the class for the colours of a node and of the text on it."""
        lifted = {theme: brightened(fills[theme], LIFTED_BRIGHTNESS[theme]) for theme in Theme}
        colours = {"--fill": fills, "--lifted": lifted, "--on": texts}
        declarations = "; ".join(f"{name}: {light_dark(c)}" for name, c in colours.items())
        return self._names.setdefault(declarations, f"f{len(self._names)}")

    def rules(self) -> Iterator[str]:
        """Yield the rules of all classes."""
        return (f".{name} {{ {declared} }}" for declared, name in self._names.items())


@dataclass(frozen=True, slots=True)
class Marked:
    """The nodes of a diagram, and which of them are highlighted."""

    tree: Tree
    marks: Marks


def insets(
    sunburst: Marked,
    network: Marked,
    state: ViewState,
    *,
    addresses: Mapping[str, str],
    parent_address: str = "",
) -> Insets:
    """Return the pictures of a view; that without a name shows both or, if narrow, the sunburst.

    ``addresses`` are links by key of the node. The centre of the sunburst leads to the parent of
    the focus, if there is one.
    """
    palette = _Palette()
    rules: list[str] = []
    circle, boxes = "", ""
    if state.view in {"", "both", "sunburst"}:
        up = {sunburst.tree.focus.key: parent_address} if parent_address else {}
        drawn = _sunburst(sunburst.tree, sunburst.marks, {**addresses, **up}, palette)
        circle, rules = drawn[0], [*rules, *drawn[1]]
    if state.view in {"", "both", "network"}:
        drawn = _network(network.tree, state, network.marks, addresses, palette)
        boxes, rules = drawn[0], [*rules, *drawn[1]]
    return Insets(circle, boxes, "\n".join([*rules, *palette.rules()]))


# ---- The sunburst -------------------------------------------------------------------------------


def _sunburst(
    tree: Tree, marks: Marks, addresses: Mapping[str, str], palette: _Palette
) -> tuple[str, list[str]]:
    fills = {node.key: _fill_class(tree, node, palette) for node in tree.nodes}
    borders = _border_classes(tree)
    outlines = sector_outlines(tree, RADIUS)
    points = station_points(tree, marks.path, RADIUS)
    lines = _rounded(" ".join(leg_lines(marks.path, points)), 0)
    labels = _labels(tree)
    distinct_sizes = dict.fromkeys(sizes for *_, sizes in labels)
    classes = {sizes: f"z{number}" for number, sizes in enumerate(distinct_sizes)}
    svg = _svg(
        tree,
        [
            *(
                _link(
                    tree,
                    node,
                    addresses,
                    _classes("node", fills[node.key], *borders[node.key], *_states(node, marks)),
                    element(
                        "path",
                        element("title", text=node.title),
                        d=_rounded(outlines[node.key], 0),
                    ),
                    leads_up=True,
                )
                for node in back_to_front(tree, marks)
            ),
            *(element("path", class_=name, d=lines) for name in ("halo", "line") if lines),
            *(
                _text(
                    label,
                    0,
                    class_=_classes(fills[node.key], classes[sizes], *_states(node, marks)),
                    data_key=node.key,
                )
                for node, label, sizes in labels
            ),
            *(
                _station(str(station.number), *points[station.key], places=0)
                for station in marks.path.stations
            ),
        ],
        (-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS),
        "sunburst-inset",
        tree.words("sunburst-of", name=tree.focus.name),
    )
    return svg, [
        f".sunburst-inset {{ --em: {_em(INSET_RADII[0])} }}",
        *(
            f".sunburst-inset .{name} {{ --border-width: {width}px }}"
            for width, name in NARROW_BORDERS.items()
            if (name,) in borders.values()
        ),
        *_label_rules(classes),
    ]


def _border_classes(tree: Tree) -> dict[str, tuple[str, ...]]:
    """Return the class of the border of each sector that has no usual one, by key."""
    widths = border_widths(tree)
    return {
        key: (NARROW_BORDERS[width],) if width in NARROW_BORDERS else ()
        for key, width in widths.items()
    }


def _fill_class(tree: Tree, node: Node, palette: _Palette) -> str:
    fills = {theme: tree.fill(node, theme) for theme in Theme}
    return palette.name(fills, {theme: text_on(fill) for theme, fill in fills.items()})


def _labels(tree: Tree) -> list[tuple[Node, Label, tuple[int, ...]]]:
    """Return the labels of all radii, in units of the sunburst, each with its font sizes.

    A label has a font size in pixels for each of ``INSET_RADII``, 0 where it is not shown. Labels
    that differ by nothing else are the same.
    """
    labels: list[tuple[Node, Label, tuple[int, ...]]] = []
    by_radius = [sector_labels(tree, radius) for radius in INSET_RADII]
    for node in tree.nodes:
        distinct: list[tuple[Label, list[int]]] = []
        for place, (radius, texts) in enumerate(zip(INSET_RADII, by_radius, strict=True)):
            if text := texts.get(node.key):
                scale = RADIUS / radius
                label = replace(text, x=text.x * scale, y=text.y * scale)
                same = (sizes for other, sizes in distinct if _is_same(label, other))
                sizes = next(same, None)
                if sizes is None:
                    sizes = [0] * len(INSET_RADII)
                    distinct.append((label, sizes))
                sizes[place] = label.size
        labels += [(node, label, tuple(sizes)) for label, sizes in distinct]
    return labels


def _is_same(one: Label, other: Label) -> bool:
    """Return whether two labels differ only in their font size, if at all."""
    return (
        one.lines == other.lines
        and one.rotation == other.rotation
        and max(abs(one.x - other.x), abs(one.y - other.y)) <= SAME_PLACE
    )


def _label_rules(classes: Mapping[tuple[int, ...], str]) -> Iterator[str]:
    """Yield the rules that show the labels of the largest radius that fits."""
    yield ":where(.sunburst-inset > text) { display: none }"
    for place, radius in enumerate(INSET_RADII):
        # The rules of the smaller radii apply, too.
        changed: dict[int, list[str]] = {}
        for sizes, name in classes.items():
            if sizes[place] != (sizes[place - 1] if place else 0):
                changed.setdefault(sizes[place], []).append(f".{name}")
        rules = [f".sunburst-inset {{ --em: {_em(radius)} }}"]
        for size, names in changed.items():
            declarations = f"display: inline; --size: {size}px" if size else "display: none"
            rules.append(f"{','.join(names)} {{ {declarations} }}")
        side = 2 * (radius + SUNBURST_MARGIN)
        yield f"@container (min-width: {side}px) and (min-height: {side}px) {{ {' '.join(rules)} }}"


def _em(radius: int) -> str:
    """Return the size of one pixel in the units of a sunburst of a radius."""
    return f"{RADIUS / radius:.3f}"


# ---- The network --------------------------------------------------------------------------------


def _network(
    tree: Tree, state: ViewState, marks: Marks, addresses: Mapping[str, str], palette: _Palette
) -> tuple[str, list[str]]:
    drawings = _drawings(tree, state, marks)
    svg = "".join(
        _svg(
            tree,
            [
                part
                for item in drawing.back_to_front
                if "owner" not in item.data
                for part in (
                    [_node(tree, drawing, item, addresses, palette)]
                    if item.is_node
                    else _edge(drawing, item)
                )
            ],
            (drawing.box.left, drawing.box.top, drawing.box.width, drawing.box.height),
            f"network-inset {drawing.layout}",
            tree.words("network-of", name=tree.focus.name),
        )
        for drawing in drawings
    )
    rules = [*_size_rules(drawings, marks, tree.focus), *_line_rules(tree, drawings)]
    return svg, rules


def _drawings(tree: Tree, state: ViewState, marks: Marks) -> list[NetworkDrawing]:
    """Return the drawings of a network: a tree with full names, if it may fit, and short ones."""
    layouts = state.layout.alternatives
    elements = network_elements(tree, layouts)
    # The theme has no effect: the colours are those of the classes.
    drawings = [
        network_drawing(
            elements,
            tree.organization.relation_kinds,
            replace(state, layout=layout),
            theme=Theme.LIGHT,
            marks=marks,
        )
        for layout in layouts
    ]
    room = ROOM_ALONE if state.view == "network" else ROOM_BESIDE
    return [
        drawing
        for drawing in drawings
        if drawing.layout is not Layout.TREE
        or all(needed <= side for needed, side in zip(_needed_room(drawing), room, strict=True))
    ]


def _needed_room(drawing: NetworkDrawing) -> tuple[float, float]:
    """Return the width and the height that a drawing needs to be legible, in pixels."""
    width, height = (
        side * MIN_ZOOM + 2 * NETWORK_PADDING for side in (drawing.box.width, drawing.box.height)
    )
    return width, height


def _node(
    tree: Tree,
    drawing: NetworkDrawing,
    item: Item,
    addresses: Mapping[str, str],
    palette: _Palette,
) -> Element:
    data, at = item.data, item.data[drawing.layout]
    if "station" in item.classes:
        return _station(at["label"], at["x"], at["y"], places=1)
    # In a tree, nodes without children are boxes, too.
    shapes = ["dot"] if drawing.layout is Layout.RADIAL else []
    names = (*shapes, "group", "reference", *STATES)
    classes = _classes(
        "node",
        palette.name(data["fill"], data["text"]),
        *(name for name in names if name in item.classes),
    )
    parts = [_shape(item.style["shape"], at, item.title), _text(drawing.label(item), 1)]
    if mark := drawing.nodes.get(mark_key(data["id"])):
        parts.append(_mark(mark.data[drawing.layout]))
    if opener := drawing.nodes.get(opener_key(data["id"])):
        place = opener.data[drawing.layout]
        shape = _shape(opener.style["shape"], place, opener.title)
        parts.append(element("g", shape, _text(drawing.label(opener), 1), class_="opener"))
    if "background-image" in item.style:
        parts.append(element("path", d=_rounded(drawing.bar(item), 1), class_="bar"))
    node = tree.by_key.get(data["id"])
    if node is None:
        return element("g", *parts, class_=classes, data_key=data["id"])
    return _link(tree, node, addresses, classes, *parts)


def _mark(at: Data) -> Element:
    """Return the mark of a person or a post; that of a vacant one is empty."""
    x, y = _number(at["x"], 1), _number(at["y"], 1)
    text = element("text", text=at["label"], x=x, y=y, dy=f"{_number(baselines(1, 1)[0], 3)}em")
    circle = element("circle", cx=x, cy=y)
    return element("g", circle, *([text] if at["label"] else []), class_="mark")


def _shape(shape: str, at: Data, title: str) -> Element:
    content = element("title", text=title)
    if shape != "round-rectangle":
        return element("path", content, d=_rounded(outline(shape, at), 1))
    width, height = at["width"], at["height"]
    return element(
        "rect",
        content,
        x=_number(at["x"] - width / 2, 1),
        y=_number(at["y"] - height / 2, 1),
        width=_number(width, 1),
        height=_number(height, 1),
        rx=_number(corner_radius(width, height), 1),
    )


def _edge(drawing: NetworkDrawing, item: Item) -> Iterator[Element]:
    """Yield the line of an edge, and its arrowhead."""
    data, (line, arrowhead) = item.data, drawing.lines(item)
    names = item.classes - {"hierarchy", "shown", "outward", "change"}
    kind = ["edge"] if "hierarchy" in item.classes else []
    classes = _classes(*kind, *sorted(names, key=lambda name: (name != "link", name)))
    yield element(
        "path",
        *([element("title", text=title)] if (title := drawing.edge_title(item)) else []),
        class_=classes,
        data_key=data["id"],
        d=_rounded(line, 1),
    )
    if arrowhead:
        yield element("path", class_=f"{classes} arrow", d=_rounded(arrowhead, 1))


def _line_rules(tree: Tree, drawings: Iterable[NetworkDrawing]) -> Iterator[str]:
    """Yield the rules that style the drawn cross-links and mentions."""
    styles = {
        **link_styles(tree.organization.relation_kinds),
        "mention": basis_style(Basis.REFERENCE),
    }
    drawn = {name for drawing in drawings for item in drawing.items for name in item.classes}
    widths = {name: width for name, width in LINK_WIDTHS.items() if name in drawn}
    for strength, width in widths.items():
        yield f".network-inset > .{strength} {{ stroke-width: {width:g} }}"
    for name in filter(drawn.__contains__, styles):
        style = styles[name]
        colour = light_dark({theme: style.colour(theme) for theme in Theme})
        yield f".network-inset .{name} {{ --link: {colour} }}"
        yield _dash_rule(name, style.dashes)
        if style.dashes:
            for strength, width in widths.items():
                yield _dash_rule(f"{name}.{strength}", style.dashes_at(width))


def _dash_rule(classes: str, dashes: Sequence[float]) -> str:
    return f".network-inset path.{classes} {{ stroke-dasharray: {dash_array(dashes) or 'none'} }}"


def _size_rules(drawings: Iterable[NetworkDrawing], marks: Marks, focus: Node) -> Iterator[str]:
    """Yield the rules that scale and place the drawings as ``fit`` of the network's script does."""
    for drawing in drawings:
        box, at = drawing.box, drawing.nodes[marks.selected or focus.key].data[drawing.layout]
        x, y = (at["x"] - box.left) / box.width, (at["y"] - box.top) / box.height
        yield (
            f".network-inset.{drawing.layout} {{ --width: {box.width:.2f}; "
            f"--height: {box.height:.2f}; --middle-x: {x:.4f}; --middle-y: {y:.4f} }}"
        )
        if drawing.layout is Layout.TREE:
            width, height = _needed_room(drawing)
            yield ".network-inset.tree { display: none }"
            yield (
                f"@container (min-width: {width:.2f}px) and (min-height: {height:.2f}px) "
                "{ .network-inset.tree { display: block } "
                ".network-inset.compact { display: none } }"
            )


# ---- Both ---------------------------------------------------------------------------------------


def _svg(
    tree: Tree, children: Iterable[Element], view_box: Sequence[float], classes: str, name: str
) -> str:
    root = element(
        "svg",
        *children,
        viewBox=" ".join(_number(side, 2) for side in view_box),
        class_=classes,
        role="group",
        lang=tree.language,
        aria_label=name,
    )
    # In texts and attributes ">" is escaped.
    return tostring(root, encoding="unicode").replace(" />", "/>")


def _link(
    tree: Tree,
    node: Node,
    addresses: Mapping[str, str],
    classes: str,
    *children: Element,
    leads_up: bool = False,
) -> Element:
    """Return a node as a link without a tab stop: keyboards use the links of the outline.

    It selects a unit or makes a group the focus. With ``leads_up`` the focus leads to
    its own parent, if there is one.
    """
    organization, above = tree.organization, tree.scope.above
    text = focus_text(organization, node.focus)
    target = {"data_focus_on" if node.group else "data_unit": text}
    if leads_up and node is tree.focus and above is not None:
        target = {"data_focus_on": organization.units["id"][above]}
    return element(
        "a",
        *children,
        class_=classes,
        data_key=node.key,
        **target,
        href=addresses.get(node.key),
        tabindex=-1,
    )


def _states(node: Node, marks: Marks) -> list[str]:
    """Return the classes that say how a node of the sunburst is marked."""
    states = {
        "placeholder": node.is_placeholder,
        "vacant": node.is_vacant,
        "gone": node.sign is Sign.GONE,
        "new": node.is_new,
        "lifted": node.key in marks.chain,
        "hit": node.key in marks.hits,
        "selected": node.key == marks.selected,
        "dimmed": marks.is_dimmed(node.key),
    }
    return [name for name, is_set in states.items() if is_set]


def _text(label: Label, places: int, **attributes: str) -> Element:
    """Return a label; its position is rounded, and its lines are in ems below it."""
    x, y = _number(label.x, places), _number(label.y, places)
    position = {"x": x, "y": y}
    if label.rotation:
        x, position = "0", {"transform": f"translate({x} {y})rotate({_number(label.rotation, 1)})"}
    first, *others = label.lines
    return element(
        "text",
        *(element("tspan", text=line, x=x, dy=f"{LINE_HEIGHT}em") for line in others),
        text=first,
        **position,
        dy=f"{_number(baselines(len(label.lines), 1)[0], 2)}em",
        **attributes,
    )


def _station(number: str, x: float, y: float, *, places: int) -> Element:
    """Return the numbered dot of a station on a path."""
    at = _number(x, places), _number(y, places)
    return element(
        "g",
        element("circle", cx=at[0], cy=at[1]),
        element("text", text=number, x=at[0], y=at[1], dy=f"{_number(baselines(1, 1)[0], 2)}em"),
        class_="station",
    )


def _classes(*names: str) -> str:
    return " ".join(names)


def _rounded(path: str, places: int) -> str:
    """Return path data with numbers of fewer decimals."""
    return DECIMAL.sub(lambda number: _number(float(number[0]), places), path).replace(" -", "-")


def _number(value: float, places: int) -> str:
    """Return a number as short as possible."""
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    return "0" if text == "-0" else ZERO_BEFORE_POINT.sub(r"\1", text)
