"""Outlines in XML: OPML of outliners, and the mind maps of FreeMind and Freeplane."""

from __future__ import annotations

from components.reading.budget import check_limit
from components.reading.objects import Units
from components.reading.options import Limits
from components.reading.outlines import NAME, Item, rows_of_items
from components.reading.tables import Table
from components.reading.xml_parsing import XmlReader

COLUMNS = {"_note": "description", "htmlUrl": "url", "LINK": "url", "created": "created"}
"""The columns for attributes; others have a column of their own name."""
NAMES = ("text", "title", "TEXT")
MIND_MAP_ONLY = frozenset((
    "ID", "POSITION", "FOLDED", "COLOR", "STYLE", "CREATED", "MODIFIED", "BACKGROUND_COLOR",
    "LOCALIZED_TEXT", "STYLE_REF", "HGAP_QUANTITY", "VSHIFT_QUANTITY",
))  # fmt: skip
"""The attributes of mind maps that describe the drawing."""
NOTES = {"NODE": NAME, "NOTE": "description", "DETAILS": "description"}
"""The columns for texts with markup in mind maps, by their type."""


class _OutlineReader(XmlReader):
    """Collects the nested elements that are items, with their attributes as cells."""

    item: str
    """The name of the elements that are items."""
    ignored: frozenset[str] = frozenset()
    """The attributes that are no cells."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.items: list[Item] = []
        self.title = ""
        self._open: list[int] = []
        """The open items."""
        self._column = ""
        """The column for the texts of the open element."""

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element == self.item:
            self._add_item({key: value.strip() for key, value in attributes.items()})
        elif element == "richcontent":
            self._column = NOTES.get(attributes.get("TYPE", ""), "")

    def _add_item(self, attributes: dict[str, str]) -> None:
        label = next((attributes[key] for key in NAMES if attributes.get(key)), "")
        cells = {NAME: " ".join(label.split())}
        for key, value in attributes.items():
            if key not in {*NAMES, *self.ignored} and value and value != label:
                cells.setdefault(COLUMNS.get(key, key), value)
        check_limit(self.name, self.limits, "records", len(self.items) + 1)
        self._open.append(len(self.items))
        self.items.append((len(self._open), cells))

    def _characters(self, text: str) -> None:
        super()._characters(text)
        if self._column and self._open and text.strip():
            cells = self.items[self._open[-1]][1]
            cells[self._column] = " ".join([cells.get(self._column, ""), *text.split()]).strip()

    def _end(self, element: str, text: str) -> None:
        if element == self.item:
            self._open.pop()
        elif element == "richcontent":
            self._column = ""
        elif element == "title" and self.path[-1] == "head":
            self.title += text

    def tables(self) -> list[Table]:
        rows = rows_of_items(item for item in self.items if item[1][NAME])
        return Units(self.format, rows, self.title).tables(self.name, self.limits)


class Opml(_OutlineReader):
    """Reads an OPML file, whose nested outlines are the items, into one table."""

    format = "OPML"
    root = "opml"
    item = "outline"


class MindMap(_OutlineReader):
    """Reads a mind map, whose nested nodes are the items, into one table."""

    format = "FreeMind"
    root = "map"
    item = "node"
    ignored = MIND_MAP_ONLY
