"""Mermaid: flowcharts and mind maps (https://mermaid.js.org/syntax/flowchart.html)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from components import faults
from components.problems import Problem
from components.reading.graph_texts import GraphText, lines_of_label
from components.reading.objects import Units
from components.reading.options import Limits
from components.reading.outlines import NAME, Item, rows_of_items, without_front_matter
from components.reading.tables import Table

ENDINGS = {".mmd", ".mermaid"}
COMMENT = re.compile(r"%%[^\n]*")
OTHER_DIAGRAMS = (
    "sequenceDiagram|classDiagram|erDiagram|requirementDiagram|stateDiagram|gantt|pie|journey"
    "|gitGraph|timeline|quadrantChart|xychart|sankey|block|packet|kanban|architecture|C4"
)
SIGNATURE = re.compile(
    r"(?:---[ \t]*\n(?:[^\n]*\n)*?---[ \t]*\n)?(?:[ \t]*(?:%%[^\n]*)?\n)*+[ \t]*(?:"
    r"(?:graph|flowchart)[ \t]+(?:TB|TD|BT|RL|LR)[ \t]*(?:;|$)(?=[^\0]*?[-=\[({])"
    r"|(?:graph|flowchart)[ \t]*\n[^\n]*(?:--|==|-\.)"
    r"|mindmap[ \t]*\n[ \t]+\S"
    r"|(?:sequence|class|er|requirement)Diagram[ \t]*$|stateDiagram(?:-v2)?[ \t]*$)",
    re.MULTILINE,
)
HEAD = re.compile(r"\s*(graph|flowchart(?:-elk)?|mindmap)\b[ \t]*(TB|TD|BT|RL|LR)?[ \t]*;?")
UPWARDS = {"BT", "RL"}
"""The directions in which the ends of edges are above, or left of, their beginnings."""
NO_STATEMENTS = re.compile(
    r"(style|classDef|class|linkStyle|click|direction|accTitle|accDescr)\b|\w+@\{[^\n]*animat"
)
SUBGRAPH = re.compile(r"subgraph\b\s*(?:([^\s\[]+)\s*(?=\[))?(.*)", re.DOTALL)
NODE = re.compile(
    r"\s*(?P<id>[^\s\[\](){}<>|&;:\"@=~-]+(?:-(?![-.])[^\s\[\](){}<>|&;:\"@=~-]+)*)"
    r"(?P<shape>\[{1,2}(?:\"[^\"]*\"|[^\]\"])*\]{1,2}|\({1,3}(?:\"[^\"]*\"|[^)\"])*\)?\]?\){1,3}"
    r"|\{{1,2}(?:\"[^\"]*\"|[^}\"])*\}{1,2}|>(?:\"[^\"]*\"|[^\]\"])*\])?"
    r"(?:@\{(?P<attributes>[^}]*)\})?(?::::?[\w-]+)?"
)
ATTRIBUTE_LABEL = re.compile(r"\blabel:\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]*))")
LINK = re.compile(
    r"\s*(?:[\w]+@(?=[-=]))?(?:[<ox](?=--|==|-\.))?(?:"
    r"(?P<line>-{2,}|={2,}|-\.+-)(?:>|[ox](?=\s))"
    r"|(?P<begin>--|==|-\.)\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<text>[^-=.\s>|][^|\n]*?))\s*"
    r"(?:-{2,}|={2,}|\.+-)[>ox]?"
    r"|(?P<plain>-{3,}|={3,}|-\.+-|~{3,}))"
    r"(?:\s*\|\s*\"?(?P<label>[^|]*?)\"?\s*\|)?"
)
AND = re.compile(r"\s*&")
STATEMENT = re.compile(r"(?:\"[^\"]*\"|[^;\n\"])+")
MINDMAP_NODE = re.compile(
    r"[^\s\[\](){}]*?(?:\[(.+)\]|\(\((.+)\)\)|\((.+)\)|\{\{(.+)\}\}|\)+(.+?)\(+)", re.DOTALL
)
BRACKETS = ("[]", "[]", "()", "()", "()", "[]", "{}", "{}", "//", "\\\\", "/\\", "\\/")
"""The marks around a label, from the outermost; further ones of a kind belong to the label."""
LINE_BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
TAG = re.compile(r"<[a-z/][^<>]{0,200}>", re.IGNORECASE)
ENTITY = re.compile(r"#(\w+);")
TAB_WIDTH = 4
QUOTED = 200
"""A problem quotes this many characters of a statement."""


def read_mermaid(text: str, name: str, limits: Limits) -> list[Table]:
    """Return the nodes of a flowchart or the topics of a mind map as a table.

    Raises:
        DataError: it is another kind of diagram, has no nodes, or is above the limits.
    """
    title, body = without_front_matter(text)
    body = COMMENT.sub("", body)
    head = HEAD.match(body)
    if not head:
        kind = re.match(rf"\s*({OTHER_DIAGRAMS})", body)
        raise faults.OTHER_FORMAT.error(
            name, format=f"a Mermaid diagram of the kind “{kind[1] if kind else 'unknown'}”"
        )
    if head[1] == "mindmap":
        rows = rows_of_items(_topics(body[head.end() :]))
        return Units("Mermaid", rows, title).tables(name, limits)
    chart = _Flowchart(is_upwards=head[2] in UPWARDS)
    first_line = text.count("\n") - body[head.end() :].count("\n") + 1
    problems = list(chart.read(body[head.end() :], name, first_line))
    chart.graph.title = title
    return chart.graph.units("Mermaid", problems).tables(name, limits)


class _Flowchart:
    """Reads the statements of a flowchart into a graph."""

    def __init__(self, *, is_upwards: bool) -> None:
        self.graph = GraphText()
        self._is_upwards = is_upwards
        self._open_groups = [""]
        """The groups around a statement; the outermost one is the chart."""

    def read(self, text: str, name: str, first_line: int) -> Iterator[Problem]:
        """Add the statements of a text; yield a problem for each that is not understood."""
        line, position = first_line, 0
        # A subgraph may be named before it is opened: it is never a node.
        for match in STATEMENT.finditer(text):
            if subgraph := SUBGRAPH.fullmatch(match[0].strip()):
                self.graph.groups.setdefault(_group_id(subgraph), _group_title(subgraph))
        for match in STATEMENT.finditer(text):
            statement = match[0].strip()
            line += text.count("\n", position, match.start())
            position = match.start()
            if statement and not self._add(statement):
                yield faults.STATEMENT_LEFT_OUT.problem(
                    name, record=line, value=statement[:QUOTED], line=line
                )

    def _add(self, statement: str) -> bool:
        """Add a statement; return whether it is understood."""
        if NO_STATEMENTS.match(statement):
            return True
        if subgraph := SUBGRAPH.fullmatch(statement):
            if self._open_groups[-1]:
                self.graph.group_of.setdefault(_group_id(subgraph), self._open_groups[-1])
            self._open_groups.append(_group_id(subgraph))
            return True
        if statement == "end":
            del self._open_groups[max(1, len(self._open_groups) - 1) :]
            return True
        return self._add_chain(statement)

    def _add_chain(self, statement: str) -> bool:
        """Add the nodes and links of ``A & B --> C --> D``."""
        found: dict[str, dict[str, str]] = {}
        links: list[tuple[str, str, str, bool]] = []
        sources, position = _nodes(statement, 0, found)
        while sources and (link := LINK.match(statement, position)):
            targets, position = _nodes(statement, link.end(), found)
            line = link["line"] or link["begin"] or link["plain"]
            label = _in_one_line(link["label"] or link["text"] or link["quoted"] or "")
            for source in sources if not line.startswith("~") else ():
                links += ((source, target, label, "." in line) for target in targets)
            sources = targets
        if not sources or statement[position:].strip():
            return False
        for node, cells in found.items():
            self.graph.add_node(node, self._open_groups[-1], cells)
        for source, target, label, is_dotted in links:
            ends = (target, source) if self._is_upwards else (source, target)
            self.graph.add_edge(*ends, label, is_dotted=is_dotted)
        return True


def _nodes(
    statement: str, position: int, found: dict[str, dict[str, str]]
) -> tuple[Sequence[str], int]:
    """Return the nodes of ``A & B[Label]`` from a position on, and the position behind them.

    The cells of the nodes are added to ``found``.
    """
    nodes: list[str] = []
    while match := NODE.match(statement, position):
        label = _inner_label(match["shape"] or "")
        if attributes := ATTRIBUTE_LABEL.search(match["attributes"] or ""):
            label = next(filter(None, attributes.groups()), "")
        cells = found.setdefault(match["id"], {})
        if label := plain_label(label):
            cells["name"] = label
        nodes.append(match["id"])
        position = match.end()
        if not (conjunction := AND.match(statement, position)):
            break
        position = conjunction.end()
    return nodes, position


def _group_id(subgraph: re.Match[str]) -> str:
    return subgraph[1] or _group_title(subgraph)


def _group_title(subgraph: re.Match[str]) -> str:
    title = subgraph[2].strip()
    title = _in_one_line(_inner_label(title) if subgraph[1] else title)
    return title or subgraph[1] or "subgraph"


def _inner_label(shape: str) -> str:
    """Return the label in the brackets of a node: ``Finance`` of ``[(Finance)]``."""
    label = shape.strip()
    if label.startswith(">"):
        return label[1:].removesuffix("]").strip()
    for opening, closing in map(tuple, BRACKETS):
        if len(label) > 1 and label[0] == opening and label[-1] == closing:
            label = label[1:-1].strip()
    return label


def _topics(text: str) -> Iterator[Item]:
    """Yield the topics of a mind map, whose indentation shows their depth."""
    for line in text.split("\n"):
        topic = line.strip()
        if not topic or topic.startswith("::"):
            continue
        match = MINDMAP_NODE.fullmatch(topic)
        label = next(filter(None, match.groups()), topic) if match else topic
        depth = len(line.expandtabs(TAB_WIDTH)) - len(line.expandtabs(TAB_WIDTH).lstrip())
        yield depth, {NAME: _in_one_line(label)}


def _in_one_line(label: str) -> str:
    return plain_label(label).replace("\n", " ")


def plain_label(label: str) -> str:
    """Return a label without quotation marks, tags, entities and the marks of Markdown strings.

    The lines of the label remain.
    """
    label = LINE_BREAK.sub("\n", label.strip().strip('"').strip("`"))
    label = ENTITY.sub(r"&\1;", label) if "#" in label else label
    return lines_of_label(html.unescape(TAG.sub(" ", label)).replace("**", ""))
