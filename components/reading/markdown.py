"""Markdown: headings, bullets and numbered lists as an outline, or the tables of the document.

The lines are read by their indentation, as people write them: CommonMark would not nest a list
that is indented by two spaces under a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from components.reading.dot import read_dot
from components.reading.mermaid import read_mermaid
from components.reading.objects import Units
from components.reading.options import Limits
from components.reading.outlines import LINE, NAME, Item, rows_of_items, without_front_matter
from components.reading.table_building import table_of
from components.reading.tables import ReadingReport, Table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SIGNATURE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(?:mermaid|dot|graphviz)\b")
ENDINGS = {".md", ".markdown", ".mdown", ".mkd"}
HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})")
"""The line below a heading of level 1 or 2."""
BULLET = re.compile(r"(\s*)(?:(\*+|-+)|[+•‣◦▪]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)")
"""The indentation, the marks whose number is the depth in Wikis and Org mode, and the text."""
RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,}")
FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(\w*)")
TABLE_LINE = re.compile(r"\s*\|.*\|")
TABLE_RULE = re.compile(r"[\s|:-]+")
CELL_END = re.compile(r"(?<!\\)\|")
STRONG_NAME = re.compile(r"(\*\*|__)(?P<name>.+?)\1\s*[:–—-]\s+(?P<text>.+)")
"""A name in bold, and a text about it."""
MARKUP = re.compile(r"[*_`\[<~&\\]")
MAX_INLINE = 2_000
"""Longer texts keep their markup: they are no names."""
DIAGRAMS = {"mermaid": read_mermaid, "dot": read_dot, "graphviz": read_dot}
"""The readers of diagrams in blocks of code."""
PARTS = "headings, lists or tables"
LIST_DEPTH = 10
"""The depth of a list item that is not indented: below each of the six levels of headings."""
TAB_WIDTH = 4
INLINE = [
    *("emphasis", "link", "image", "backticks"),
    *("escape", "entity", "autolink", "strikethrough"),
]
"""The rules of ``markdown_it`` for markup within a line."""


def bullet_depths(text: str) -> set[int]:
    """Return the depths of headings and bullets; none if a line of the text is neither.

    The first line may be a title, above bullets of several depths.
    """
    depths: set[int] = set()
    has_title = False
    for match in LINE.finditer(text):
        line = match[0]
        bullet, heading = BULLET.fullmatch(line), HEADING.fullmatch(line)
        if bullet:
            depths.add(_bullet_depth(bullet))
        elif heading:
            depths.add(len(heading[1]))
        elif line.strip():
            if depths or has_title:
                return set()
            has_title = True
    return depths if len(depths) > has_title else set()


def read_markdown(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the outline of a Markdown document; without list items, its tables if it has any.

    Raises:
        DataError: the document has neither, or it is above the limits.
    """
    document = _Document()
    document.read(text)
    reading = ReadingReport("Markdown")
    if document.tables and not document.has_bullets:
        return [
            table_of(caption or name, rows, reading, 1, limits) for caption, rows in document.tables
        ]
    if not document.has_bullets and document.diagrams:
        language, diagram = document.diagrams[0]
        return DIAGRAMS[language](diagram, name, limits)
    title = document.title
    tops = [n for n, (depth, _) in enumerate(document.items) if depth < LIST_DEPTH]
    if document.has_bullets and tops == [0] and _has_one_root(document.items[1:]):
        # The only heading, above a list with one root, is the document's title.
        title = title or document.items.pop(0)[1][NAME]
    rows = rows_of_items(document.items)
    return Units("Markdown", rows, title, parts=PARTS).tables(name, limits)


def _has_one_root(items: Sequence[Item]) -> bool:
    return sum(depth <= items[0][0] for depth, _ in items) == 1


@dataclass
class _Document:
    """What a Markdown document has of headings, list items, texts below them, and tables."""

    title: str = ""
    items: list[Item] = field(default_factory=list)
    tables: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    """The rows of each table, and the heading above it."""
    diagrams: list[tuple[str, str]] = field(default_factory=list)
    """The language and the text of each diagram."""
    has_bullets: bool = False
    _paragraph: list[str] = field(default_factory=list)
    """The lines of text so far, to which an underline may belong."""
    _is_in_table: bool = False

    def read(self, text: str) -> None:
        """Add the lines of a document."""
        self.title, body = without_front_matter(text)
        lines = iter(body.split("\n"))
        for line in lines:
            if fence := FENCE.match(line):
                self._end_paragraph()
                block = "\n".join(_fenced(lines, fence[1]))
                if fence[2] in DIAGRAMS:
                    self.diagrams.append((fence[2], block))
            else:
                self._add_line(line)
        self._end_paragraph()

    def _add_line(self, line: str) -> None:
        is_table = bool(TABLE_LINE.fullmatch(line))
        underline = UNDERLINE.fullmatch(line.rstrip())
        if underline and len(self._paragraph) == 1:
            self._add_item(1 if underline[1][0] == "=" else 2, self._paragraph.pop())
        elif RULE.fullmatch(line.rstrip()) or not line.strip():
            self._end_paragraph()
        elif heading := HEADING.fullmatch(line):
            self._end_paragraph()
            self._add_item(len(heading[1]), heading[2])
        elif bullet := BULLET.fullmatch(line):
            self._end_paragraph()
            self.has_bullets = True
            self._add_item(_bullet_depth(bullet), bullet[3])
        elif is_table and self._is_in_table:
            if not TABLE_RULE.fullmatch(line):
                self.tables[-1][1].append(_table_cells(line))
        elif is_table:
            self._end_paragraph()
            self.tables.append((self.items[-1][1][NAME] if self.items else "", []))
            self.tables[-1][1].append(_table_cells(line))
        else:
            self._paragraph.append(line.strip())
            return
        self._is_in_table = is_table

    def _add_item(self, depth: int, text: str) -> None:
        if named := STRONG_NAME.fullmatch(text):
            cells = {NAME: plain_text(named["name"]), "description": plain_text(named["text"])}
        else:
            cells = {NAME: plain_text(text)}
        if cells[NAME]:
            self.items.append((depth, cells))

    def _end_paragraph(self) -> None:
        """Add the text to the description of the last item; a line above all items is a title."""
        if not self.items and len(self._paragraph) == 1:
            self.title = self.title or plain_text(self._paragraph[0]).rstrip(":")
        if self._paragraph and self.items:
            cells = self.items[-1][1]
            parts = [cells.get("description", ""), plain_text(" ".join(self._paragraph))]
            cells["description"] = "\n".join(filter(None, parts))
        self._paragraph.clear()


def _fenced(lines: Iterator[str], mark: str) -> Iterator[str]:
    """Yield the lines of a block of code."""
    for line in lines:
        if line.strip().startswith(mark) and not line.strip().strip(mark[0]):
            return
        yield line


@cache
def _inline_parser() -> MarkdownIt:
    # Nearly all datasets are tables, and need none of its 60 modules.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("zero").enable(INLINE)


def _bullet_depth(bullet: re.Match[str]) -> int:
    return LIST_DEPTH + len(bullet[1].expandtabs(TAB_WIDTH)) + len(bullet[2] or "*") - 1


def _table_cells(line: str) -> list[str]:
    cells = CELL_END.split(line.strip()[1:-1])
    return [plain_text(cell.strip().replace("\\|", "|")) for cell in cells]


def plain_text(text: str) -> str:
    """Return a text without the markup of Markdown: emphasis, links, code."""
    text = text.strip()
    if not MARKUP.search(text) or len(text) > MAX_INLINE:
        return text
    (inline,) = _inline_parser().parseInline(text)
    return "".join(token.content for token in inline.children or ()).strip()
