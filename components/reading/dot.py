"""DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from components import faults
from components.problems import DataError
from components.reading.graph_texts import GraphText, lines_of_label
from components.reading.options import Limits
from components.reading.tables import ReadingReport, Table

ENDINGS = {".dot", ".gv"}
SIGNATURE = re.compile(
    r"(?:\s++|//[^\n]*+|#[^\n]*+|/\*.*?\*/)*+(?:strict\s+)?(?:di)?graph\b\s*"
    r"(?:\"(?:[^\"\\]|\\.)*+\"|[\w.-]+)?\s*\{",
    re.IGNORECASE | re.DOTALL,
)
TOKEN = re.compile(
    r"(?P<space>\s++|//[^\n]*+|/\*.*?\*/|#[^\n]*+)"
    r"|\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|(?P<mark>->|--|[{}\[\];,=:+])"
    r"|(?P<name>[^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?))|(?P<html><)",
    re.DOTALL,
)
TAG = re.compile(r"<[^<>]*>")
HTML_BREAK = re.compile(r"<br\s*/?>|</tr>", re.IGNORECASE)
LINE_BREAK = re.compile(r"\\[nlr]")
MAX_NESTING = 100
KEYWORDS = ("graph", "digraph", "node", "edge", "strict", "subgraph")
UPWARDS = {"BT", "RL"}
NOT_SOLID = {"dashed", "dotted"}
# fmt: off
DRAWING = frozenset((
    "area", "class", "color", "colorscheme", "distortion", "fillcolor", "fixedsize", "fontcolor",
    "fontname", "fontsize", "gradientangle", "group", "height", "id", "image", "imagepos",
    "imagescale", "label", "labelloc", "layer", "margin", "nojustify", "ordering", "orientation",
    "penwidth", "peripheries", "pin", "pos", "rects", "regular", "root", "samplepoints", "shape",
    "shapefile", "showboxes", "sides", "skew", "sortv", "style", "target", "tooltip", "vertices",
    "width", "xlabel", "xlp", "z", "ports", "_draw_", "_ldraw_",
))
# fmt: on
"""The attributes of nodes that describe the drawing; others are facts."""
Token = tuple[str, str, int]
"""A kind (``id``, ``html`` or the mark itself), the text, and its position."""


def read_dot(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the nodes of a graph as a table, with its edges as parents.

    Raises:
        DataError: the text is no DOT, the graph has no nodes, or it is above the limits.
    """
    parser = _Parser(text, name)
    parser.read()
    return parser.graph.tables(name, ReadingReport("DOT"), limits)


class _Parser:
    """Reads the first graph of a text."""

    def __init__(self, text: str, name: str) -> None:
        self.graph = GraphText()
        self._text = text
        self._name = name
        self._tokens = self._tokenized()
        self._next = 0
        self._is_upwards = False

    def read(self) -> None:
        """Add the statements of the graph."""
        while self._peek() not in {"{", ""}:
            self._take()
        # The direction of drawing decides which ends of edges are above, wherever it stands.
        self._is_upwards = any(
            (kind, text.casefold()) == ("id", "rankdir")
            and self._tokens[n + 2 : n + 3]
            and self._tokens[n + 2][1].upper() in UPWARDS
            for n, (kind, text, _) in enumerate(self._tokens)
        )
        self._expect("{")
        self._statements("", 0)

    def _tokenized(self) -> list[Token]:
        tokens: list[Token] = []
        position = 0
        while position < len(self._text):
            match = TOKEN.match(self._text, position)
            if not match:
                raise self._error(position, "unexpected character")
            start, position = position, match.end()
            if match["html"]:
                position = self._end_of_html(start)
                tokens.append(("html", self._text[start + 1 : position - 1], start))
            elif match["quoted"] is not None:
                part = match["quoted"].replace("\\\n", "").replace('\\"', '"')
                if len(tokens) > 1 and tokens[-1][0] == "+":
                    tokens.pop()
                    part = tokens.pop()[1] + part
                tokens.append(("id", part, start))
            elif match["name"]:
                tokens.append(("id", match["name"], start))
            elif match["mark"]:
                tokens.append((match["mark"], match["mark"], start))
        return tokens

    def _end_of_html(self, start: int) -> int:
        depth = 0
        for match in re.compile("[<>]").finditer(self._text, start):
            depth += 1 if match[0] == "<" else -1
            if not depth:
                return match.end()
        raise self._error(start, "unclosed <")

    def _peek(self) -> str:
        return self._tokens[self._next][0] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._tokens[self._next]
        self._next += 1
        return token[1]

    def _expect(self, kind: str) -> str:
        if self._peek() != kind:
            place = self._tokens[self._next][2] if self._peek() else len(self._text)
            raise self._error(place, f"“{kind}” expected")
        return self._take()

    def _error(self, position: int, message: str) -> DataError:
        line = self._text.count("\n", 0, position) + 1
        return faults.INVALID_NOTATION.error(self._name, format="DOT", line=line, message=message)

    def _statements(self, group: str, depth: int) -> list[str]:
        """Add the statements up to the end of a graph or subgraph; return the nodes in it."""
        if depth > MAX_NESTING:
            raise self._error(self._tokens[self._next - 1][2], "subgraphs are nested too deeply")
        nodes: list[str] = []
        while self._peek() not in {"}", ""}:
            if self._peek() in {";", ","}:
                self._take()
            else:
                nodes += self._statement(group, depth)
        self._expect("}")
        return nodes

    def _statement(self, group: str, depth: int) -> list[str]:
        keyword = self._tokens[self._next][1].casefold() if self._peek() == "id" else ""
        after = self._tokens[self._next + 1][0] if self._next + 1 < len(self._tokens) else ""
        if keyword in {"graph", "node", "edge"} and after == "[":
            self._take()
            attributes = self._attributes()
            if keyword == "graph":
                self._name_group(group, attributes.get("label", ""))
            return []
        if after == "=" and self._peek() == "id":
            key = self._take()
            self._take()
            kind = self._peek()
            value = self._take() if kind in {"id", "html"} else self._expect("id")
            if key.casefold() == "label":
                self._name_group(group, _label(value, is_html=kind == "html"))
            return []
        ends = [self._end(group, depth)]
        is_directed = True
        while self._peek() in {"->", "--"}:
            is_directed = self._take() == "->"
            ends.append(self._end(group, depth))
        attributes = self._attributes()
        if len(ends) > 1:
            self._add_edges(ends, attributes, is_directed=is_directed)
        elif not keyword or attributes:
            for node in ends[0]:
                self.graph.add_node(node, group, _cells(attributes))
        return [node for end in ends for node in end]

    def _name_group(self, group: str, label: str) -> None:
        label = label.replace("\n", " ")
        if group and label:
            self.graph.groups[group] = label
        elif label:
            self.graph.title = label

    def _end(self, group: str, depth: int) -> Sequence[str]:
        """Return the nodes of one end of an edge: a node, or all those of a subgraph."""
        is_subgraph = self._peek() == "id" and self._tokens[self._next][1].casefold() == "subgraph"
        if is_subgraph or self._peek() == "{":
            title = ""
            if is_subgraph:
                self._take()
                title = self._take() if self._peek() == "id" else ""
            inner = group
            if title.startswith("cluster"):
                inner = title
                self.graph.groups.setdefault(
                    title, title.removeprefix("cluster").strip("_ ") or title
                )
                if group:
                    self.graph.group_of.setdefault(title, group)
            self._expect("{")
            return self._statements(inner, depth + 1)
        is_html = self._peek() == "html"
        node = _label(self._take(), is_html=True) if is_html else self._expect("id")
        while self._peek() == ":":
            self._take()
            self._expect("id")
        self.graph.add_node(node, group)
        return [node]

    def _attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._peek() == "[":
            self._take()
            while self._peek() not in {"]", ""}:
                if self._peek() in {";", ","}:
                    self._take()
                    continue
                key = self._expect("id")
                value, kind = "true", "id"
                if self._peek() == "=":
                    self._take()
                    kind = self._peek()
                    value = self._take() if kind == "html" else self._expect("id")
                if key in {"label", "tooltip"}:
                    value = _label(value, is_html=kind == "html")
                attributes[key] = value
            self._expect("]")
        return attributes

    def _add_edges(
        self, ends: Sequence[Sequence[str]], attributes: Mapping[str, str], *, is_directed: bool
    ) -> None:
        styles = set(attributes.get("style", "").replace(" ", "").split(","))
        if "invis" in styles:
            return
        is_back = attributes.get("dir") == "back"
        is_dotted = bool(styles & NOT_SOLID) or attributes.get("constraint") == "false"
        label = attributes.get("label", attributes.get("xlabel", "")).replace("\n", " ")
        for sources, targets in pairwise(ends):
            for source in sources:
                for target in targets:
                    is_reversed = is_back != self._is_upwards
                    parent, child = (target, source) if is_reversed else (source, target)
                    if is_directed or (child, parent) not in self.graph.edges:
                        self.graph.add_edge(parent, child, label, is_dotted=is_dotted)


def _cells(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes of a node that are facts, the fields of a record label included."""
    label = attributes.get("label", "")
    cells = {key: value for key, value in attributes.items() if key not in DRAWING}
    has_fields = label.startswith("{") and "|" in label
    if has_fields or "record" in attributes.get("shape", "").casefold():
        fields = [re.sub(r"<[^<>]*>", "", part).strip(" {}") for part in label.split("|")]
        label, *others = [part for part in fields if part] or [""]
        if others:
            cells["description"] = "; ".join(others)
    if attributes.get("tooltip"):
        cells.setdefault("description", attributes["tooltip"])
    if label and label != r"\N":
        cells["name"] = label
    return cells


def _label(text: str, *, is_html: bool) -> str:
    """Return the lines of a label, without tags and escapes."""
    if is_html:
        return lines_of_label(html.unescape(TAG.sub(" ", HTML_BREAK.sub("\n", text))))
    return lines_of_label(LINE_BREAK.sub("\n", text).replace("\\\\", "\\"))
