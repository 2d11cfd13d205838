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
from components.reading.tables import Table

ENDINGS = {".dot", ".gv"}
SIGNATURE = re.compile(
    r"(?:\s++|//[^\n]*+|#[^\n]*+|/\*.*?\*/)*+(?:strict\s+)?(?:di)?graph\b\s*"
    r"(?:\"(?:[^\"\\]|\\.)*+\"|[\w.-]+)?\s*\{",
    re.IGNORECASE | re.DOTALL,
)
TOKEN = re.compile(
    r"(?P<space>\s++|//[^\n]*+|/\*.*?\*/|#[^\n]*+)"
    r"|\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|<(?P<html>(?:[^<>]++|<[^<>]*+>)*+)>"
    r"|(?P<mark>->|--|[{}\[\];,=:+])|(?P<name>[^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?))",
    re.DOTALL,
)
TAG = re.compile(r"<[^<>]*>")
HTML_BREAK = re.compile(r"<br\s*/?>|</tr>", re.IGNORECASE)
LINE_BREAK = re.compile(r"\\[nlr]")
MAX_NESTING = 100
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
"""A kind (``id`` or the mark itself), the text, and its position."""


def read_dot(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the nodes of a graph as a table, with its edges as parents.

    Raises:
        DataError: the text is no DOT, the graph has no nodes, or it is above the limits.
    """
    parser = _Parser(text, name)
    parser.read()
    return parser.graph.units("DOT").tables(name, limits)


class _Parser:
    """Reads the first graph of a text."""

    def __init__(self, text: str, name: str) -> None:
        self.graph = GraphText()
        self._text = text
        self._name = name
        self._tokens = self._tokenized()
        self._next = 0
        # The direction of drawing decides which ends of edges are above, wherever it stands.
        self._is_upwards = any(
            key.casefold() == "rankdir" and value.upper() in UPWARDS
            for (_, key, _), (_, value, _) in zip(self._tokens, self._tokens[2:], strict=False)
        )

    def read(self) -> None:
        """Add the statements of the graph."""
        while self._kind() not in {"{", ""}:
            self._next += 1
        self._expect("{")
        self._statements("", 0)

    def _tokenized(self) -> list[Token]:
        tokens: list[Token] = []
        position = 0
        while position < len(self._text):
            match = TOKEN.match(self._text, position)
            if not match:
                is_html = self._text[position] == "<"
                raise self._error(position, "unclosed <" if is_html else "unexpected character")
            kind, text = match.lastgroup, match[match.lastgroup or 0]
            if kind == "mark":
                tokens.append((text, text, position))
            elif kind != "space":
                if kind == "html":
                    text = lines_of_label(html.unescape(TAG.sub(" ", HTML_BREAK.sub("\n", text))))
                elif kind == "quoted":
                    text = text.replace("\\\n", "").replace('\\"', '"')
                if len(tokens) > 1 and tokens[-1][0] == "+":
                    tokens.pop()
                    text = tokens.pop()[1] + text
                tokens.append(("id", text, position))
            position = match.end()
        return tokens

    def _kind(self, ahead: int = 0) -> str:
        """Return the kind of the next token, or of one behind it; empty at the end."""
        place = self._next + ahead
        return self._tokens[place][0] if place < len(self._tokens) else ""

    def _word(self) -> str:
        """Return the next token in lower case if it may be a keyword."""
        return self._tokens[self._next][1].casefold() if self._kind() == "id" else ""

    def _accept(self, *kinds: str) -> bool:
        """Skip the next token if it is of one of these kinds; return whether it is."""
        is_accepted = self._kind() in kinds
        self._next += is_accepted
        return is_accepted

    def _expect(self, kind: str) -> str:
        """Skip the next token and return its text."""
        if not self._accept(kind):
            place = self._tokens[self._next][2] if self._kind() else len(self._text)
            raise self._error(place, f"“{kind}” expected")
        return self._tokens[self._next - 1][1]

    def _error(self, position: int, message: str) -> DataError:
        line = self._text.count("\n", 0, position) + 1
        return faults.INVALID_NOTATION.error(self._name, format="DOT", line=line, message=message)

    def _statements(self, group: str, depth: int) -> list[str]:
        """Add the statements up to the end of a graph or subgraph; return the nodes in it."""
        if depth > MAX_NESTING:
            raise self._error(self._tokens[self._next - 1][2], "subgraphs are nested too deeply")
        nodes: list[str] = []
        while self._kind() not in {"}", ""}:
            if not self._accept(";", ","):
                nodes += self._statement(group, depth)
        self._expect("}")
        return nodes

    def _statement(self, group: str, depth: int) -> list[str]:
        """Add a statement; return the nodes in it."""
        keyword = self._word()
        if keyword and self._kind(1) == "=":
            self._name_group(group, self._setting().get("label", ""))
            return []
        if keyword in {"graph", "node", "edge"} and self._kind(1) == "[":
            self._next += 1
            attributes = self._attributes()
            if keyword == "graph":
                self._name_group(group, attributes.get("label", ""))
            return []
        ends = [self._end(group, depth)]
        is_directed = self._kind() == "->"
        while self._accept("->", "--"):
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
        is_subgraph = self._word() == "subgraph"
        if not is_subgraph and self._kind() != "{":
            node = self._expect("id")
            while self._accept(":"):
                self._expect("id")
            self.graph.add_node(node, group)
            return [node]
        self._next += is_subgraph
        title = self._expect("id") if self._kind() == "id" else ""
        if title.startswith("cluster"):
            default = title.removeprefix("cluster").strip("_ ") or title
            self.graph.groups.setdefault(title, default)
            if group:
                self.graph.group_of.setdefault(title, group)
            group = title
        self._expect("{")
        return self._statements(group, depth + 1)

    def _attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._accept("["):
            while self._kind() not in {"]", ""}:
                if not self._accept(";", ","):
                    attributes |= self._setting()
            self._expect("]")
        return attributes

    def _setting(self) -> dict[str, str]:
        """Return an attribute and its value, which is ``true`` if it has none."""
        key = self._expect("id")
        value = self._expect("id") if self._accept("=") else "true"
        return {key: _label(value) if key in {"label", "tooltip"} else value}

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


def _label(text: str) -> str:
    """Return the lines of a label, without escapes."""
    return lines_of_label(LINE_BREAK.sub("\n", text).replace("\\\\", "\\"))
