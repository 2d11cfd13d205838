"""Outlines in XML: OPML of outliners, and the mind maps of FreeMind and Freeplane."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.sax.xmlreader import AttributesImpl

from components import faults
from components.reading.budget import check_limit
from components.reading.graphs import FileHandler, parse_file
from components.reading.options import Limits, Options
from components.reading.outlines import NAME, Item, table_of_items
from components.reading.tables import ReadingReport, Table

COLUMNS = {"_note": "description", "htmlUrl": "url", "LINK": "url", "created": "created"}
"""The columns for attributes; others have a column of their own name."""
NAMES = ("text", "title", "TEXT")
MIND_MAP_ONLY = {
    "ID",
    "POSITION",
    "FOLDED",
    "COLOR",
    "STYLE",
    "CREATED",
    "MODIFIED",
    "BACKGROUND_COLOR",
    "LOCALIZED_TEXT",
    "STYLE_REF",
    "HGAP_QUANTITY",
    "VSHIFT_QUANTITY",
}
"""The attributes of mind maps that describe the drawing."""
NOTES = {"NODE": NAME, "NOTE": "description", "DETAILS": "description"}
"""The columns for texts with markup in mind maps, by their type."""


def read_opml(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the table of an OPML file, whose nested outlines are the items.

    Raises:
        DataError: the file is no OPML, has no outlines, or is above the limits.
    """
    return _read(path, options, _OutlineHandler(name, limits, "OPML", "opml", "outline"))


def read_mind_map(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the table of a mind map, whose nested nodes are the items.

    Raises:
        DataError: the file is no mind map, has no nodes, or is above the limits.
    """
    return _read(path, options, _OutlineHandler(name, limits, "FreeMind", "map", "node"))


def _read(path: Path, options: Options, outline: _OutlineHandler) -> list[Table]:
    parse_file(path, options, outline)
    items = [(depth, cells) for depth, cells in outline.items if cells[NAME]]
    if not items:
        raise faults.NO_NODES.error(outline.name)
    table = table_of_items(outline.name, items, ReadingReport(outline.format), outline.limits)
    return [replace(table, about={"title": outline.title} if outline.title else {})]


class _OutlineHandler(FileHandler):
    """Collects the nested elements that are items, with their attributes as cells."""

    def __init__(self, name: str, limits: Limits, kind: str, root: str, element: str) -> None:
        super().__init__()
        self.name = name
        self.limits = limits
        self.format = kind
        self.path: list[str] = []
        """The names of the open elements."""
        self.items: list[Item] = []
        self.title = ""
        self._root = root
        self._element = element
        self._open: list[int] = []
        """The open items."""
        self._column = ""
        """The column for the texts of the open element."""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # named by SAX
        """Handle a start tag."""
        if not self.path and name.casefold() != self._root:
            raise faults.WRONG_XML_ROOT.error(self.name, root=name, format=self.format)
        self.path.append(name)
        attributes = {key: attrs.getValue(key).strip() for key in attrs.getNames()}
        if name == self._element:
            self._add_item(attributes)
        elif name == "richcontent":
            self._column = NOTES.get(attributes.get("TYPE", ""), "")

    def _add_item(self, attributes: dict[str, str]) -> None:
        label = next((attributes[key] for key in NAMES if attributes.get(key)), "")
        cells = {NAME: " ".join(label.split())}
        ignored = {*NAMES, *(MIND_MAP_ONLY if self._element == "node" else ())}
        for key, value in attributes.items():
            if key not in ignored and value and value != label:
                cells.setdefault(COLUMNS.get(key, key), value)
        check_limit(self.name, self.limits, "records", len(self.items) + 1)
        self._open.append(len(self.items))
        self.items.append((len(self._open), cells))

    def characters(self, content: str) -> None:
        """Handle a part of a text."""
        if self.path[-2:] == ["head", "title"]:
            self.title += content
        elif self._column and self._open and content.strip():
            cells = self.items[self._open[-1]][1]
            cells[self._column] = " ".join([cells.get(self._column, ""), *content.split()]).strip()

    def endElement(self, name: str) -> None:  # noqa: N802  # named by SAX
        """Handle an end tag."""
        self.path.pop()
        if name == self._element:
            self._open.pop()
        elif name == "richcontent":
            self._column = ""
