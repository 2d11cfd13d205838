"""Graphs in XML, GraphML and GEXF: a table of nodes and one of edges.

Programs differ in what they write, and networkx refuses what does not fit its types; here all is
text. What is read is never built as a tree: the parser tells of each element as it comes to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl, InputSource

from defusedxml import DefusedXmlException, sax

from components.problems import DataError, Problem, ProblemKind, Severity, refusal
from components.reading.objects import (
    joined,
    refuse_large_file,
    table_of_objects,
    too_many_columns,
    too_many_records,
    untaken,
)
from components.reading.options import Limits, Options
from components.reading.tables import ReadingReport, Table

Attributes = Mapping[str, str]
Column = tuple[str, str]
"""What declares a column (an attribute of XML: "", or else the key of the graph), and its name."""

NODES, EDGES = "nodes", "edges"
FIRST_COLUMNS = {
    NODES: ("id", "label", "parent", "pid"),
    EDGES: ("source", "target", "id", "label", "kind", "type"),
}
CUT_SHORT = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
"""What the parser says at the end of half a file."""
LEFT_OUT = {
    "hyperedge": "an edge between more than two nodes",
    "port": "a port",
    "spell": "a time in which a node or an edge exists",
}
"""What is said in a graph that has no place in a table, by the name of its element."""


def read_graphml(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables ``nodes`` and ``edges`` of a file in GraphML, attributes by their names.

    Raises:
        DataError: it is no GraphML, there are no nodes in it, or it is beyond the limits.
    """
    return _read(path, options, _GraphML(name, limits))


def read_gexf(path: Path, name: str, options: Options, limits: Limits) -> list[Table]:
    """Return the tables ``nodes`` and ``edges`` of a file in GEXF, attributes by their titles.

    Raises:
        DataError: it is no GEXF, there are no nodes in it, or it is beyond the limits.
    """
    return _read(path, options, _Gexf(name, limits))


@dataclass(slots=True)
class _Declared:
    """A column that a graph declares."""

    tables: tuple[str, ...]
    name: str
    default: str = ""


@dataclass(slots=True)
class _Rows:
    """The nodes or the edges of a graph, as they come."""

    rows: list[dict[Column, str]] = field(default_factory=list)
    columns: dict[Column, None] = field(default_factory=dict)
    repeated: dict[tuple[int, Column], list[str]] = field(default_factory=dict)
    """Further values of a row for a column that it has."""

    def whole(self) -> list[dict[Column, str]]:
        """Return the rows with all that is said of them."""
        for (place, column), values in self.repeated.items():
            self.rows[place][column] = joined([self.rows[place][column], *values])
        return self.rows


class _Graph(ContentHandler):
    """What both formats have in common: nodes within nodes, edges, and texts."""

    format: str
    root: str

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self.name = name
        self.limits = limits
        self.tables = {NODES: _Rows(), EDGES: _Rows()}
        self.declared: dict[tuple[str, str], _Declared] = {}
        """By the table and the key."""
        self.path: list[str] = []
        self.open: list[tuple[str, int]] = []
        """The nodes and the edge that the parser is in, from the outermost on, by their places."""
        self.texts: list[list[str]] = [[]]
        """The text so far in each element that the parser is in."""
        self.left_out: dict[str, str] = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # as sax has it
        """Take in what an element says of itself."""
        element = name.rpartition(":")[2]
        if not self.path and element != self.root:
            raise refusal(
                ProblemKind.UNREADABLE,
                self.name,
                f"The file is XML, but no {self.format}: its outermost element is “{name}”.",
                f"Save the graph as {self.format}.",
            )
        self.path.append(element)
        self.texts.append([])
        told = {key: attrs.getValue(key) for key in attrs.getNames()}
        if element in LEFT_OUT:
            self.left_out.setdefault(element, told.get("id", ""))
        if element in ("node", "edge"):
            self._open(NODES if element == "node" else EDGES, told)
        else:
            self.begin(element, told)

    def characters(self, content: str) -> None:
        """Take in a part of a text."""
        self.texts[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802  # as sax has it
        """Take in the text of an element."""
        element, text = self.path.pop(), self.texts.pop()
        if element in ("node", "edge"):
            self.open.pop()
        else:
            self.end(element, "".join(text))

    def begin(self, element: str, told: Attributes) -> None:
        """Take in the beginning of what is neither node nor edge."""
        raise NotImplementedError

    def end(self, element: str, text: str) -> None:
        """Take in the text before the end of what is neither node nor edge."""
        raise NotImplementedError

    def _open(self, table: str, told: Attributes) -> None:
        rows = self.tables[table]
        above = next((place for kind, place in reversed(self.open) if kind == NODES), None)
        rows.rows.append({})
        if len(rows.rows) > self.limits.records:
            raise too_many_records(self.name, len(rows.rows), self.limits)
        self.open.append((table, len(rows.rows) - 1))
        for key, value in told.items():
            if not key.startswith("xmlns"):
                self.put(("", key), value)
        if above is not None and table == NODES:
            self.put(("", "parent"), rows.rows[above].get(("", "id"), ""))

    def put(self, column: Column, value: str) -> None:
        """Put a value into the record of the innermost node or edge."""
        table, place = self.open[-1]
        found = self.tables[table]
        if column in found.rows[place]:
            found.repeated.setdefault((place, column), []).append(value)
        else:
            found.rows[place][column] = value
        columns = found.columns
        columns[column] = None
        if len(columns) > self.limits.columns:
            raise too_many_columns(self.name, len(columns), self.limits)

    def declare(self, key: str, declared: _Declared) -> None:
        """Take in what a key stands for."""
        for table in declared.tables:
            self.declared[table, key] = declared
        if len(self.declared) > 2 * self.limits.columns:
            raise too_many_columns(self.name, self.limits.columns + 1, self.limits)


class _GraphML(_Graph):
    format = "GraphML"
    root = "graphml"

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.key: _Declared | None = None
        self.data = ""

    def begin(self, element: str, told: Attributes) -> None:
        if element == "key":
            domain = told.get("for", "all")
            tables = {"node": (NODES,), "edge": (EDGES,), "all": (NODES, EDGES)}.get(domain, ())
            key = told.get("id", "")
            # yEd puts what a node looks like under a key without a name; its label is taken.
            name = "" if "yfiles.type" in told else told.get("attr.name", key)
            self.key = _Declared(tables, name)
            self.declare(key, self.key)
        elif element == "data":
            self.data = told.get("key", "")

    def end(self, element: str, text: str) -> None:
        if element == "key":
            self.key = None
        elif element == "default" and self.key is not None:
            self.key.default = text
        elif not self.open or LEFT_OUT.keys() & {*self.path}:
            if element == "data" and text.strip():
                self.left_out.setdefault("data", text)
        elif element == "data":
            self._end_data(text)
        elif element == "desc" and self.path[-1] != "graph":
            self.put(("", "desc"), text)
        elif element in ("NodeLabel", "EdgeLabel", "Label.Text") and text.strip():
            # The first is what is seen; a folder has another one for when it is closed.
            table, place = self.open[-1]
            if ("", "label") not in self.tables[table].rows[place]:
                self.put(("", "label"), text.strip())

    def _end_data(self, text: str) -> None:
        # Data of a graph in a node would be taken for the node's.
        declared = self.declared.get((self.open[-1][0], self.data))
        if self.path[-1] == "graph":
            self.left_out.setdefault("data", text)
        elif declared is None or declared.name:
            self.put((self.data, self.data), text)


class _Gexf(_Graph):
    format = "GEXF"
    root = "gexf"

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.domain = ""
        self.attribute: _Declared | None = None

    def begin(self, element: str, told: Attributes) -> None:
        if element == "attributes":
            self.domain = told.get("class", "node")
        elif element == "attribute":
            key = told.get("id", "")
            tables = {"node": (NODES,), "edge": (EDGES,)}.get(self.domain, ())
            self.attribute = _Declared(tables, told.get("title", key))
            self.declare(key, self.attribute)
        elif element == "attvalue" and self.open:
            key = told.get("for", told.get("id", ""))
            self.put((key, key), told.get("value", ""))
        elif element == "parent" and self.open:
            self.put(("", "parent"), told.get("for", ""))

    def end(self, element: str, text: str) -> None:
        if element == "attribute":
            self.attribute = None
        elif element == "default" and self.attribute is not None:
            self.attribute.default = text


class _Errors(ErrorHandler):
    def error(self, exception: BaseException) -> NoReturn:
        raise exception

    def fatalError(self, exception: BaseException) -> NoReturn:  # noqa: N802  # as sax has it
        raise exception


def _read(path: Path, options: Options, graph: _Graph) -> list[Table]:
    name = graph.name
    refuse_large_file(path, name, graph.limits)
    source = InputSource()
    source.setEncoding(options.encoding or None)
    try:
        with path.open("rb") as file:
            source.setByteStream(file)
            sax.parse(source, graph, _Errors(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise refusal(
            ProblemKind.UNREADABLE,
            name,
            "The file has a document type or entities, which can make it as large as any memory.",
            "Remove what begins with <!DOCTYPE.",
        ) from error
    except SAXParseException as error:
        raise _no_xml(name, graph, error) from error
    except (LookupError, ValueError) as error:
        raise refusal(
            ProblemKind.NO_SUCH_CHOICE if options.encoding else ProblemKind.UNREADABLE,
            name,
            f"The file cannot be read in its encoding ({error}).",
            "Save it in UTF-8.",
        ) from error
    problems = _problems(graph)
    reading = ReadingReport(graph.format)
    tables = [
        table_of_objects(table, _named(graph, table, problems), reading, graph.limits)
        for table, found in graph.tables.items()
        if found.columns
    ]
    if not tables:
        raise refusal(
            ProblemKind.EMPTY,
            name,
            "There are no nodes in the graph.",
            "Save it where it was drawn.",
        )
    return [
        replace(
            table,
            problems=(*(each for each in problems if each.table == table.name), *table.problems),
        )
        for table in tables
    ]


def _no_xml(name: str, graph: _Graph, error: SAXParseException) -> DataError:
    line, column = error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1
    place, message = f"line {line}, column {column}", error.getMessage()
    if message.startswith(CUT_SHORT):
        within = f"within “{graph.path[-1]}”" if graph.path else "before its first element"
        return refusal(
            ProblemKind.CUT_SHORT,
            name,
            f"The file ends too early, {within} in {place}.",
            "Save or fetch the whole file again.",
        )
    return refusal(
        ProblemKind.UNREADABLE,
        name,
        f"In {place} it is no XML ({message}).",
        f"Correct it there, or save the graph as {graph.format} again.",
    )


def _problems(graph: _Graph) -> list[Problem]:
    left_out = LEFT_OUT | {"data": "what is said of the graph itself"}
    first = NODES if graph.tables[NODES].columns else EDGES
    return [
        Problem(
            ProblemKind.UNUSED_TABLE,
            f"There is no place in a table for {left_out[element]}; it is left out.",
            "Nothing has to be done if the picture can do without it.",
            table=first,
            value=value,
            severity=Severity.NOTE if element == "data" else Severity.WARNING,
        )
        for element, value in graph.left_out.items()
    ]


def _named(graph: _Graph, table: str, problems: list[Problem]) -> list[dict[str, str]]:
    """Return the rows of a table with names for columns, and defaults where nothing is said."""
    found = graph.tables[table]
    declared = {key: each for (of, key), each in graph.declared.items() if of == table}
    defaults: dict[Column, str] = {
        (key, key): each.default for key, each in declared.items() if each.default and each.name
    }
    columns = found.columns | dict.fromkeys(defaults)
    first = [("", name) for name in FIRST_COLUMNS[table] if ("", name) in columns]
    names: dict[Column, str] = {}
    taken: set[str] = set()
    for column in dict.fromkeys([*first, *columns]):
        of, key = column
        title = declared[key].name if of and key in declared else key
        name = title if title not in taken else untaken(f"{title} ({key})", taken)
        names[column] = name
        taken.add(name)
        problems += _odd_names(table, key, title, name, is_declared=not of or key in declared)
    return [
        {name: row.get(column, defaults.get(column, "")) for column, name in names.items()}
        for row in found.whole()
    ]


def _odd_names(
    table: str, key: str, title: str, name: str, *, is_declared: bool
) -> Iterator[Problem]:
    """Yield what its keeper has to know about the name of a column."""
    if not is_declared:
        yield Problem(
            ProblemKind.NO_HEADER,
            f"The graph does not declare the attribute “{key}”; its key is its name.",
            "Declare it with a name.",
            table=table,
            column=name,
            value=key,
            severity=Severity.NOTE,
        )
    if name != title:
        yield Problem(
            ProblemKind.REPEATED_HEADER,
            f"There is another column “{title}”; this one is called “{name}”.",
            "Give each attribute a name of its own.",
            table=table,
            column=name,
            value=title,
            severity=Severity.NOTE,
        )
